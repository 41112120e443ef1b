"""The text of a rendered slide's shapes, read back from its XML, so that a composer can measure it.

In: the XML of a slide as it was written, and the ids of the shapes wanted. Out: for each its paragraphs. Knows nothing of
measuring. Reads with expat: no tree is built.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import field
from xml.parsers import expat

from collateral.diagnostics.lazy_dataclass import dataclass

Run = tuple[str, float | None, bool | None, bool | None, str | None]
"""Text, size in points, bold, italic, font: None where the run itself does not say."""
Paragraph = tuple[int, list[Run]]
"""Level from 0, runs. A line break inside the paragraph is a newline in a run's text."""


@dataclass(slots=True)
class _Reader:
    wanted: Collection[int]
    found: dict[int, list[Paragraph]] = field(default_factory=dict)
    shape: int | None = None
    body: bool = False
    level: int = 0
    runs: list[Run] = field(default_factory=list)
    look: tuple[float | None, bool | None, bool | None] = (None, None, None)
    font: str | None = None
    text: list[str] | None = None
    in_run: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "cNvPr":
            number = attributes.get("id", "")
            self.shape = int(number) if number.isdecimal() and int(number) in self.wanted else None
        elif local == "txBody":
            self.body = self.shape is not None
        elif self.body:
            self._inside(local, attributes)

    def _inside(self, local: str, attributes: dict[str, str]) -> None:
        if local == "p":
            self.level, self.runs = 0, []
        elif local == "pPr":
            level = attributes.get("lvl", "0")
            self.level = int(level) if level.isdecimal() else 0
        elif local in ("r", "fld"):
            self.in_run, self.look, self.font = True, (None, None, None), None
        elif local == "rPr" and self.in_run:
            size = attributes.get("sz", "")
            self.look = (
                int(size) / 100 if size.isdecimal() else None,
                _flag(attributes, "b"),
                _flag(attributes, "i"),
            )
        elif local == "latin" and self.in_run:
            self.font = attributes.get("typeface")
        elif local == "t":
            self.text = []
        elif local == "br":
            self.runs.append(("\n", None, None, None, None))

    def end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if not self.body:
            return
        if local == "t":
            text, self.text = "".join(self.text or ()), None
            if text:
                size, bold, italic = self.look
                self.runs.append((text, size, bold, italic, self.font))
        elif local in ("r", "fld"):
            self.in_run = False
        elif local == "p" and self.shape is not None:
            self.found.setdefault(self.shape, []).append((self.level, self.runs))
        elif local == "txBody":
            self.body, self.shape = False, None

    def data(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)


def _flag(attributes: dict[str, str], name: str) -> bool | None:
    value = attributes.get(name)
    return None if value is None else value in ("1", "true")


def shape_texts(xml: bytes, shapes: Collection[int]) -> list[tuple[int, list[Paragraph]]]:
    """The paragraphs of these shapes in the order they stand on the slide."""
    reader = _Reader(frozenset(shapes))
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.buffer_text = True
    parser.Parse(xml, True)
    return list(reader.found.items())
