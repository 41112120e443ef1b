"""The text of a rendered slide's shapes, read back from its XML, so that a composer can measure it.

In: the XML of a slide as it was written, and the ids of the shapes wanted. Out: for each its paragraphs. Knows nothing of
measuring. Reads with expat: no tree is built.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import TypeVar
from xml.parsers import expat

from collateral.ooxml.pieces import Marked, Pieces

Made = TypeVar("Made")
Look = tuple[float | None, bool | None, bool | None, str | None, bool | None, float | None]
"""Size in points, bold, italic, font, capitals, points between characters: None where a run itself
does not say, and for a font of the theme, which its level knows."""
Run = tuple[str, float | None, bool | None, bool | None, str | None, bool | None, float | None]
"""Text and look."""
Said = tuple[tuple[str, object], ...]
"""What a paragraph says of its own style, as fields of `LevelStyle` with their values; a size is for when it is empty."""
Paragraph = tuple[int, list[Run], Said]
"""Level from 0, runs, what it says itself. A line break inside the paragraph is a newline in a run's text."""


class _Locals(dict[str, str]):
    """Names without their prefix, worked out once each; emptied when a hostile file fills it."""

    def __missing__(self, name: str) -> str:
        if len(self) >= 5_000:
            self.clear()
        local = self[name] = name.rpartition(":")[2]
        return local


LOCALS = _Locals()
_PLAIN: Look = (None, None, None, None, None, None)
_CAPITALS = frozenset(("all", "small"))
_NUMBERS = ("marL", "margin_left"), ("indent", "indent"), ("marR", "margin_right"), ("defTabSz", "tab_size")
_DISTANCES = {
    "lnSpc": ("line_spacing", -1.0, 1.0),
    "spcBef": ("space_before", 1.0, -1.0),
    "spcAft": ("space_after", 1.0, -1.0),
}
"""By element the field of `LevelStyle`, and the sign points and percentages have there."""
_BULLETS = {"buNone": False, "buChar": True, "buAutoNum": True, "buBlip": True}
_RUNS = frozenset(
    ("r", "fld", "br")
)  # what has properties of its own; the line a break ends is as high as these say


class BodyReader:
    """One pass. Ends and text are listened to only inside the text bodies that are wanted."""

    __slots__ = (
        "body",
        "distance",
        "found",
        "in_run",
        "level",
        "look",
        "parser",
        "runs",
        "said",
        "shape",
        "text",
        "wanted",
    )

    def __init__(self, wanted: Collection[int], parser: expat.XMLParserType) -> None:
        self.wanted = wanted
        self.parser = parser
        self.found: list[tuple[int, list[Paragraph]]] = []
        self.shape: int | None = None
        self.body = self.in_run = False
        self.level = 0
        self.runs: list[Run] = []
        self.said: dict[str, object] = {}
        self.distance = "line_spacing", -1.0, 1.0
        self.look = _PLAIN
        self.text: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """What begins outside of the bodies; what begins in them is `inside`."""
        local = LOCALS[name]
        if self.body:
            self.inside(local, attributes)
        elif local == "cNvPr":
            number = attributes.get("id", "")
            self.shape = int(number) if number.isdecimal() and int(number) in self.wanted else None
        elif local == "txBody" and self.shape is not None:
            self.begin_body(self.shape)

    def begin_body(self, shape: int) -> None:
        """A body that is wanted begins: the text of this shape."""
        self.body = True
        self.found.append((shape, []))
        self.parser.EndElementHandler = self.end

    def inside(self, local: str, attributes: dict[str, str]) -> None:
        """What begins in a body that is wanted."""
        if local == "p":
            self.level, self.runs, self.said = 0, [], {}
        elif local == "pPr":
            level = attributes.get("lvl", "0")
            self.level = int(level) if level.isdecimal() else 0
            self.said |= {field: _number(attributes[name]) for name, field in _NUMBERS if name in attributes}
        elif local in _RUNS:
            self.in_run, self.look = True, _PLAIN
        elif local == "rPr" and self.in_run:
            self.look = _look(attributes)
        elif local == "latin" and self.in_run:
            font = attributes.get("typeface", "")
            self.look = (*self.look[:3], None if font.startswith("+") else font or None, *self.look[4:])
        elif local == "t":
            self.text = []
            self.parser.CharacterDataHandler = self.text.append
        elif local in _PROPERTIES:
            self.property(local, attributes)

    def property(self, local: str, attributes: dict[str, str]) -> None:
        """What a paragraph says of itself."""
        if local in _DISTANCES:
            self.distance = _DISTANCES[local]
        elif local == "spcPct":
            self.said[self.distance[0]] = _number(attributes.get("val")) / 100_000 * self.distance[2]
        elif local == "spcPts":
            self.said[self.distance[0]] = _number(attributes.get("val")) / 100 * self.distance[1]
        elif local in _BULLETS:
            self.said["bullet"] = _BULLETS[local]
        elif local == "tabLst":
            self.said["tabs"] = ()
        elif local == "tab":
            stop = _number(attributes.get("pos")), attributes.get("algn", "l")
            self.said["tabs"] = (*self.said.get("tabs", ()), stop)  # type: ignore[misc]
        elif "sz" in attributes:
            self.said["size"] = max(_number(attributes["sz"], 1800) / 100, 1.0)

    def end(self, name: str) -> None:
        """What ends in a body that is wanted."""
        local = LOCALS[name]
        if local == "t":
            self.parser.CharacterDataHandler = None
            text = "".join(self.text)
            if text:
                self.runs.append((text, *self.look))
        elif local in _RUNS:
            self.in_run = False
            if local == "br":
                self.runs.append(("\n", *self.look))
        elif local == "p":
            self.found[-1][1].append((self.level, self.runs, tuple(self.said.items())))
        elif local == "txBody":
            self.body, self.shape = False, None
            self.parser.EndElementHandler = None


_PROPERTIES = frozenset((*_DISTANCES, *_BULLETS, "spcPct", "spcPts", "tabLst", "tab", "endParaRPr"))


def _look(attributes: dict[str, str]) -> Look:
    """What the properties of a run say; its font comes later."""
    size, spacing = attributes.get("sz", ""), attributes.get("spc")
    return (
        int(size) / 100 if size.isdecimal() else None,
        _flag(attributes, "b"),
        _flag(attributes, "i"),
        None,
        attributes["cap"] in _CAPITALS if "cap" in attributes else None,
        _number(spacing) / 100 if spacing is not None else None,
    )


def _number(text: str | None, default: int = 0) -> int:
    try:
        return int(text) if text else default
    except ValueError:
        return default


def _flag(attributes: dict[str, str], name: str) -> bool | None:
    value = attributes.get(name)
    return None if value is None else value in ("1", "true")


def made_of_texts(
    xml: bytes,
    shapes: Sequence[int],
    ready: Callable[[OpenParagraph], Callable[[Sequence[str]], Made]],
    pieces: Pieces | None = None,
) -> list[tuple[int, list[Made]]]:
    """The paragraphs of these shapes in the order they stand on the slide; of a shape that repeats those of each copy with its id.

    Each is what `ready` makes of it: once of a paragraph of all slides that differ in their texts only, and of that with the
    texts of each; `as_read` is the paragraph itself. `pieces` are the same XML as the template's function gave it: quicker to
    read.
    """
    if pieces is not None:
        plan, values = pieces.read((made_of_texts, shapes, ready), partial(_plan_of, shapes, ready))
        if plan is not None:
            return [(shape, [make(values) for make in found]) for shape, found in plan]
    return [(shape, [ready((said, None))(()) for said in found]) for shape, found in _read_texts(xml, shapes)]


def _read_texts(xml: bytes, shapes: Sequence[int]) -> list[tuple[int, list[Paragraph]]]:
    parser = expat.ParserCreate()
    reader = BodyReader(frozenset(shapes), parser)
    parser.StartElementHandler = reader.start
    parser.buffer_text = True
    parser.Parse(xml, True)
    return reader.found


OpenRun = tuple[Marked, Look]
OpenParagraph = tuple[Paragraph, list[OpenRun] | None]
"""A paragraph whose texts may hold marks, and its runs with these texts; None when they hold none."""


def _plan_of(
    shapes: Sequence[int], ready: Callable[[OpenParagraph], Callable[[Sequence[str]], Made]], xml: bytes
) -> list[tuple[int, list[Callable[[Sequence[str]], Made]]]]:
    """What makes the paragraphs of all slides that differ in their texts only."""
    return [
        (shape, [ready(_open_paragraph(said)) for said in found]) for shape, found in _read_texts(xml, shapes)
    ]


def _open_paragraph(paragraph: Paragraph) -> OpenParagraph:
    """A paragraph with marks in its texts, ready to have them filled in."""
    runs = [(Marked(run[0]), run[1:]) for run in paragraph[1]]
    return paragraph, runs if any(text for text, _ in runs) else None


def as_read(planned: OpenParagraph) -> Callable[[Sequence[str]], Paragraph]:
    """The paragraph itself, for `made_of_texts`."""
    return partial(_filled_paragraph, planned)


def _filled_paragraph(planned: OpenParagraph, values: Sequence[str]) -> Paragraph:
    """The paragraph with the values in place of the marks; a run that says nothing is left out."""
    paragraph, runs = planned
    if runs is None:
        return paragraph
    filled = [(said, *look) for text, look in runs if (said := text.filled(values))]
    return paragraph[0], filled, paragraph[2]
