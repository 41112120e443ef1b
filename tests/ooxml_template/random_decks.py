"""Decks with random tags, and what filling them must give: the words of every slide in order, worked out by itself.

A deck is a tree of nodes. Every node can be written into slides (as a user would type it) and told: what its words are for
some data. Constant words and values are all different, so that a word that is lost, doubled or moved shows.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.util import Inches

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
Data = Mapping[str, Any]


@dataclass(frozen=True)
class Word:
    """A constant, or a tag for a value of the data."""

    text: str
    path: str = ""

    def typed(self) -> str:
        return f"{{{{ {self.path} }}}}" if self.path else self.text

    def words(self, data: Data) -> str:
        return str(_value(self.path, data)) if self.path else self.text


@dataclass(frozen=True)
class Directive:
    """A condition (`path`, or `not path`) or, with a `name`, a loop over the list at `path`."""

    path: str
    name: str = ""

    def typed(self, prefix: str) -> tuple[str, str]:
        """What opens and what closes it."""
        word = "for" if self.name else "if"
        opens = f"for {self.name} in {self.path}" if self.name else f"if {self.path}"
        return f"{{%{prefix} {opens} %}}", f"{{%{prefix} end{word} %}}"

    def turns(self, data: Data) -> list[Data]:
        """The data of every turn: as they are where a condition is true."""
        if self.name:
            return [{**data, self.name: item} for item in _value(self.path, data)]
        wanted = not self.path.startswith("not ")
        return [data] if bool(_value(self.path.removeprefix("not "), data)) is wanted else []


@dataclass(frozen=True)
class Governed:
    """Nodes under a directive with its prefix: "" in text, p, tr, shape, slide or section."""

    directive: Directive
    prefix: str
    nodes: Sequence[Any]

    def words(self, data: Data) -> str:
        return "".join(_words(self.nodes, turn) for turn in self.directive.turns(data))


@dataclass(frozen=True)
class Holder:
    """A paragraph, row, cell, box, group, table, line or slide with what is in it."""

    kind: str
    nodes: Sequence[Any]

    def words(self, data: Data) -> str:
        return _words(self.nodes, data)


def _words(nodes: Sequence[Any], data: Data) -> str:
    return "".join(node.words(data) for node in nodes)


def _value(path: str, data: Data) -> Any:
    found: Any = data
    for step in path.split("."):
        found = found[step]
    return found


class DeckMaker:
    """Makes the tree of a deck from a seed."""

    def __init__(self, seed: int) -> None:
        self.random, self._count = Random(seed), 0

    def deck(self, depth: int = 0, loops: tuple[str, ...] = ()) -> list[Any]:
        """Slides, some of them in sections that are governed together."""
        return [self._slides(depth, loops) for _ in range(self._some(3 - depth))]

    def data(self) -> dict[str, Any]:
        """Data for any deck."""
        return {
            "yes": self._coin(),
            "no": self._coin(),
            "name": self.random.choice(['R&D <"x">;', "Ünal;", "日本;"]),
            "empty": "",
            "items": self._items("i", 2),
            "nothing": [],
        }

    def _items(self, stem: str, depth: int) -> list[dict[str, Any]]:
        names = [f"{stem}{at}" for at in range(self.random.choice((0, 1, 2, 3)))]
        return [
            {"n": f"{n};", "on": self._coin(), "items": self._items(n, depth - 1) if depth else []}
            for n in names
        ]

    def _slides(self, depth: int, loops: tuple[str, ...]) -> Any:
        if depth < 2 and self._coin(0.2):
            directive, inner = self._directive(loops)
            return Governed(directive, "section", self.deck(depth + 1, inner))
        if self._coin(0.35):
            directive, inner = self._directive(loops)
            return Governed(directive, "slide", [self._slide(inner)])
        return self._slide(loops)

    def _slide(self, loops: tuple[str, ...]) -> Holder:
        title = Holder("box", [Holder("p", self._line(loops))])
        return Holder("slide", [title, *(self._shape(loops) for _ in range(self._some(3)))])

    def _shape(self, loops: tuple[str, ...], depth: int = 0) -> Any:
        if depth < 3 and self._coin(0.3):
            directive, inner = self._directive(loops)
            shapes = [self._shape(inner, depth + 1) for _ in range(self._some(2))]
            return Governed(directive, "shape", shapes)
        kind = self.random.choice(
            ("box", "box", "box", "table", "group", "line") if depth < 3 else ("box", "line")
        )
        if kind == "group":
            return Holder("group", [self._plain_shape(loops) for _ in range(self._some(2))])
        if kind == "table":
            columns = self._some(3)
            return Holder("table", [self._row(loops, columns) for _ in range(self._some(3))])
        return self._plain_shape(loops) if kind == "box" else Holder("line", [])

    def _plain_shape(self, loops: tuple[str, ...]) -> Holder:
        return Holder("box", [Holder("p", [self._word(())]), *self._paragraphs(loops)])

    def _row(self, loops: tuple[str, ...], columns: int, depth: int = 0) -> Any:
        if depth < 2 and self._coin(0.4):
            directive, inner = self._directive(loops)
            rows = [self._row(inner, columns, depth + 1) for _ in range(self._some(2))]
            return Governed(directive, "tr", rows)
        return Holder("row", [Holder("cell", self._paragraphs(loops, 2)) for _ in range(columns)])

    def _paragraphs(self, loops: tuple[str, ...], depth: int = 0) -> list[Any]:
        made: list[Any] = []
        for _ in range(self._some(3)):
            if depth < 3 and self._coin(0.4):
                directive, inner = self._directive(loops)
                made.append(
                    Governed(directive, self.random.choice(("p", "")), self._paragraphs(inner, depth + 1))
                )
            else:
                made.append(Holder("p", self._line(loops)))
        return made

    def _line(self, loops: tuple[str, ...], depth: int = 0) -> list[Any]:
        made: list[Any] = []
        for _ in range(self._some(3)):
            if depth < 3 and self._coin(0.3):
                directive, inner = self._directive(loops)
                made.append(Governed(directive, "", self._line(inner, depth + 1)))
            else:
                made.append(self._word(loops))
        return made

    def _word(self, loops: tuple[str, ...]) -> Word:
        if self._coin(0.4) or not loops:
            self._count += 1
            return Word(f"w{self._count};")
        return Word("", self.random.choice(("name", "empty", *(f"{loop}.n" for loop in loops))))

    def _directive(self, loops: tuple[str, ...]) -> tuple[Directive, tuple[str, ...]]:
        if self._coin():
            path = self.random.choice(("yes", "no", "empty", *(f"{loop}.on" for loop in loops)))
            return Directive(f"not {path}" if self._coin(0.3) else path), loops
        deepest = [f"{loops[-1]}.items"] if loops and len(loops) < 3 else []
        name = f"v{len(loops)}"
        path = self.random.choice(("nothing", *deepest, *deepest) if loops else ("items", "items", "nothing"))
        return Directive(path, name), (*loops, name)

    def _coin(self, share: float = 0.5) -> bool:
        return self.random.random() < share

    def _some(self, most: int) -> int:
        return self.random.randint(1, max(most, 1))


def expected(nodes: Sequence[Any], data: Data) -> Iterator[str]:
    """The words of every slide the deck becomes."""
    for node in nodes:
        if isinstance(node, Governed):
            for turn in node.directive.turns(data):
                yield from expected(node.nodes, turn)
        else:
            yield node.words(data)


def words_of(data: bytes) -> list[str]:
    """The words of every slide of a deck."""
    slides = Presentation(io.BytesIO(data)).slides
    return ["".join(t.text or "" for t in slide._element.iter(f"{_A}t")) for slide in slides]


def written(nodes: Sequence[Any], random: Random) -> bytes:
    """The deck as a file; runs are cut at random, as editors leave them."""
    deck = Presentation()
    _write_slides(deck, nodes, random)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _write_slides(deck: Any, nodes: Sequence[Any], random: Random, first: str = "", last: str = "") -> None:
    for at, node in enumerate(nodes):
        before = first if at == 0 else ""
        after = last if at == len(nodes) - 1 else ""
        if isinstance(node, Governed) and node.prefix == "section":
            opens, closes = node.directive.typed("section")
            _write_slides(deck, node.nodes, random, before + opens, closes + after)
            continue
        governs = node.directive.typed("slide")[0] if isinstance(node, Governed) else ""
        slide = node.nodes[0] if isinstance(node, Governed) else node
        home = deck.slides.add_slide(deck.slide_layouts[5])
        home.notes_slide.notes_text_frame.text = before + governs + after
        title, *shapes = slide.nodes
        _write_text(home.shapes.title.text_frame, title.nodes, random)
        for shape in shapes:
            _write_shape(home.shapes, shape, random)


def _write_shape(home: Any, node: Any, random: Random) -> None:
    if isinstance(node, Governed):
        lone = node.nodes[0]
        if len(node.nodes) == 1 and isinstance(lone, Holder) and random.random() < 0.5:
            shape = _write_holder(home, lone, random)
            named = next(element for element in shape._element.iter() if str(element.tag).endswith("}cNvPr"))
            named.set("descr", node.directive.typed("shape")[0])
            return
        opens, closes = node.directive.typed("shape")
        _box(home, random).text_frame.text = opens
        for inner in node.nodes:
            _write_shape(home, inner, random)
        _box(home, random).text_frame.text = closes
    else:
        _write_holder(home, node, random)


def _write_holder(home: Any, node: Holder, random: Random) -> Any:
    if node.kind == "group":
        group = home.add_group_shape()
        for inner in node.nodes:
            _write_holder(group.shapes, inner, random)
        return group
    if node.kind == "line":
        return home.add_connector(1, Inches(1), Inches(2), Inches(3), Inches(2))
    if node.kind == "table":
        rows = list(_rows(node.nodes))
        frame = home.add_table(len(rows), max(map(len, rows)), Inches(1), Inches(4), Inches(6), Inches(1))
        for row, texts in zip(frame.table.rows, rows, strict=True):
            for cell, nodes in zip(row.cells, texts, strict=False):
                _write_text(cell.text_frame, nodes, random)
        return frame
    box = _box(home, random)
    _write_text(box.text_frame, node.nodes, random)
    return box


def _box(home: Any, random: Random) -> Any:
    return home.add_textbox(
        Inches(random.uniform(0.2, 8)), Inches(random.uniform(1.5, 6.5)), Inches(1), Inches(0.5)
    )


def _rows(nodes: Sequence[Any]) -> Iterator[list[list[Any]]]:
    """The paragraphs of every cell, row by row; directives stand in rows of their own."""
    for node in nodes:
        if isinstance(node, Governed):
            opens, closes = node.directive.typed("tr")
            yield [[Holder("p", [Word(opens)])]]
            yield from _rows(node.nodes)
            yield [[Holder("p", [Word(closes)])]]
        else:
            yield [cell.nodes for cell in node.nodes]


def _write_text(frame: Any, nodes: Sequence[Any], random: Random) -> None:
    body = frame._txBody
    for paragraph in body.findall(f"{_A}p"):
        body.remove(paragraph)
    for text in _typed_paragraphs(nodes):
        paragraph = etree.SubElement(body, f"{_A}p")
        cuts = sorted(
            {0, len(text), *(random.randrange(len(text)) for _ in range(random.choice((0, 0, 1, 3))))}
        )
        for start, end in pairwise(cuts):
            run = etree.SubElement(paragraph, f"{_A}r")
            etree.SubElement(run, f"{_A}rPr", b=random.choice("01"))
            etree.SubElement(run, f"{_A}t").text = text[start:end]


def _typed_paragraphs(nodes: Sequence[Any]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Governed):
            opens, closes = node.directive.typed(node.prefix)
            yield opens
            yield from _typed_paragraphs(node.nodes)
            yield closes
        else:
            yield _typed(node.nodes)


def _typed(nodes: Sequence[Any]) -> str:
    parts = []
    for node in nodes:
        if isinstance(node, Governed):
            opens, closes = node.directive.typed("")
            parts.append(f"{opens}{_typed(node.nodes)}{closes}")
        else:
            parts.append(node.typed())
    return "".join(parts)
