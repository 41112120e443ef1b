"""Where the tables of contents and the headings of a Word part stand, as byte positions.

In: the XML of a document part. Out: its paragraphs that may be entries, its TOC fields and the bookmarks it has. One pass
of expat and no tree, because this runs for every document. Decides nothing and changes nothing.
"""

from __future__ import annotations

from collections.abc import Container
from xml.parsers import expat

from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.ooxml.word.scanning import WordScanner


@dataclass(slots=True)
class FoundParagraph:
    """A paragraph: bytes `start` to `end`; its content begins at `content`, after its properties."""

    start: int
    content: int = 0
    closing: int = 0  # where its end tag begins
    end: int = 0
    style: str = ""
    outline: int | None = None
    rtl: bool = False
    listed: bool = False  # its style or outline level makes it a heading
    run: int = 0
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What a reader sees of it, on one line."""
        return " ".join("".join(self.texts).split())


@dataclass(slots=True)
class FoundField:
    """A complex field from the run at `start` in paragraph `first` to `end` in `last`."""

    first: FoundParagraph
    start: int
    code: list[str] = field(default_factory=list)
    shows: bool = False  # past its separator
    last: FoundParagraph | None = None
    end: int = 0
    sound: bool = True

    @property
    def instruction(self) -> str:
        """The field's code, `TOC \\o "1-2" \\h`."""
        return "".join(self.code).strip()

    @property
    def is_contents(self) -> bool:
        """Whether it is a table of contents."""
        return self.instruction[:4].upper().rstrip(" \\") == "TOC"


@dataclass(slots=True)
class Scan:
    """What a pass over the part found. `highest` is the highest bookmark number, `names` are the bookmarks' names."""

    paragraphs: list[FoundParagraph] = field(default_factory=list)
    contents: list[FoundField] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    highest: int = 0


def scan_part(xml: bytes, styles: Container[str]) -> Scan | None:
    """The headings outside text boxes and tables of contents, and the tables; None for XML we do not know.

    A heading is a paragraph in one of these styles (by id), or one with an outline level of its own.
    """
    scanner = _Scanner(xml, styles)
    if not scanner.scan():
        return None
    for table in scanner.found.contents:
        table.sound = table.sound and _is_whole(xml, table)
    return scanner.found


def _is_whole(xml: bytes, table: FoundField) -> bool:
    """Whether the field begins and ends in one container, so that its paragraphs can be taken out."""
    if table.last is None:
        return False
    try:
        expat.ParserCreate().Parse(b"<x>%b</x>" % xml[table.first.start : table.last.end], True)
    except expat.ExpatError:
        return False
    return True


class _Scanner(WordScanner):
    def __init__(self, xml: bytes, styles: Container[str]) -> None:
        super().__init__(xml)
        self.styles, self.found = styles, Scan()
        self.open: list[FoundParagraph] = []
        self.fields: list[FoundField] = []
        self.changes = 0
        self.ending: FoundField | None = None
        self.starts = {
            "w:p": self._start_paragraph, "w:r": self._start_run, "w:fldChar": self._field_character,
            "w:t": self._start_text, "w:instrText": self._start_code, "w:pStyle": self._style,
            "w:outlineLvl": self._outline, "w:bidi": self._direction, "w:bookmarkStart": self._bookmark,
            "w:tab": self._blank, "w:br": self._blank, "w:noBreakHyphen": self._hyphen, "w:pPrChange": self._change,
        }  # fmt: skip
        self.ends = {
            "w:p": self._end_paragraph, "w:pPr": self._end_properties, "w:t": self._end_text,
            "w:instrText": self._end_text, "w:r": self._end_run, "w:pPrChange": self._end_change,
        }  # fmt: skip

    def _start_paragraph(self, _: dict[str, str]) -> None:
        start = self.at
        self.open.append(FoundParagraph(start, self.after_tag()))

    def _end_paragraph(self) -> None:
        paragraph = self.open.pop()
        paragraph.closing, paragraph.end = self.at, self.after_tag()
        if paragraph.listed and not self.open and not any(f.is_contents for f in self.fields):
            self.found.paragraphs.append(paragraph)

    def _end_properties(self) -> None:
        if self.open and not self.changes:
            self.open[-1].content = self.after_tag()

    def _style(self, attributes: dict[str, str]) -> None:
        if self.open and not self.changes:
            style = attributes.get("w:val", "")
            self.open[-1].style, self.open[-1].listed = style, style in self.styles

    def _outline(self, attributes: dict[str, str]) -> None:
        value = attributes.get("w:val", "")
        if self.open and not self.changes and value.isdecimal():
            self.open[-1].outline, self.open[-1].listed = int(value) + 1, True

    def _direction(self, attributes: dict[str, str]) -> None:
        if self.open and not self.changes:
            self.open[-1].rtl = attributes.get("w:val", "true") not in ("0", "false", "off")

    def _change(self, _: dict[str, str]) -> None:
        self.changes += 1

    def _end_change(self) -> None:
        self.changes -= 1

    def _start_run(self, _: dict[str, str]) -> None:
        if self.open:
            self.open[-1].run = self.at

    def _end_run(self) -> None:
        if self.ending is not None:
            self.ending.end, self.ending = self.after_tag(), None

    def _start_text(self, _: dict[str, str]) -> None:
        if self.ending is not None:  # text in the run that ends the field would be lost
            self.ending.sound = False
        if len(self.open) == 1 and self.open[0].listed:
            self.collect(self.open[0].texts)

    def _start_code(self, _: dict[str, str]) -> None:
        if self.fields and not self.fields[-1].shows:
            self.collect(self.fields[-1].code)

    def _end_text(self) -> None:
        self.stop_collecting()

    def _blank(self, _: dict[str, str]) -> None:
        if len(self.open) == 1 and self.open[0].texts:
            self.open[0].texts.append(" ")

    def _hyphen(self, _: dict[str, str]) -> None:
        if len(self.open) == 1:
            self.open[0].texts.append("-")

    def _bookmark(self, attributes: dict[str, str]) -> None:
        self.found.names.add(attributes.get("w:name", ""))
        number = attributes.get("w:id", "")
        if number.isdecimal():
            self.found.highest = max(self.found.highest, int(number))

    def _field_character(self, attributes: dict[str, str]) -> None:
        kind = attributes.get("w:fldCharType")
        if not self.open:
            return
        if kind == "begin":
            self.fields.append(FoundField(self.open[-1], self.open[-1].run, sound=len(self.open) == 1))
        elif kind == "separate" and self.fields:
            self.fields[-1].shows = True
        elif kind == "end" and self.fields:
            self._close(self.fields.pop())

    def _close(self, closed: FoundField) -> None:
        if not closed.is_contents:
            return
        closed.last = self.open[-1]
        self.ending = closed
        self.found.contents.append(closed)
