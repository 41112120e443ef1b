"""Where each paragraph of a part stands, in the words of its author: shape, heading, table cell, number.

In: paragraphs in document order. Out: places for diagnostics. Compile time only.
"""

from __future__ import annotations

from lxml import etree

from collateral.diagnostics import Place
from collateral.ooxml.names import qn
from collateral.ooxml.template.language.marks import Marks
from collateral.ooxml.xml import whole_number

NAMED = frozenset({qn("p:cNvPr"), qn("wp:docPr"), qn("pic:cNvPr"), qn("wps:cNvPr"), qn("a:cNvPr")})
SHAPES = frozenset(qn(n) for n in ("p:sp", "p:pic", "p:graphicFrame", "p:grpSp", "p:cxnSp"))
_CELLS = {qn("w:tc"): (qn("w:tr"), qn("w:tbl")), qn("a:tc"): (qn("a:tr"), qn("a:tbl"))}


_NOTES = {qn("w:footnote"): "footnote", qn("w:endnote"): "endnote"}


class Places:
    """The places of one part's paragraphs, which must be asked for in order: each is counted in its cell, shape or part."""

    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        self._counts: dict[etree._Element | None, int] = {}
        self._rows: dict[etree._Element, tuple[int, int]] = {}
        self._tables = 0
        self._heading: str | None = None

    def of(self, paragraph: etree._Element, text: str) -> Place:
        """The place of the next paragraph, whose text this is."""
        shape, cell = _home_of(paragraph)
        note = _note_in_text(paragraph)
        home = cell if cell is not None else shape if note is None else note
        number = self._counts[home] = self._counts.get(home, 0) + 1
        if home is None and _is_heading(paragraph):
            self._heading = text.strip()[:60] or None
        table, row, column = (
            self._cell(cell, in_shape=shape is not None) if cell is not None else (None, None, None)
        )
        marks = self.marks
        shown = home is None and marks.shape is not None
        return Place(
            marks.file,
            part=marks.part,
            slide=marks.slide,
            shape=name_of(shape)
            if shape is not None
            else _NOTES[str(note.tag)]
            if note is not None
            else marks.shape,
            paragraph=None if shown else number,
            heading=self._heading,
            table=table,
            row=row,
            column=column,
        )

    def _cell(self, cell: etree._Element, *, in_shape: bool) -> tuple[int | None, int, int]:
        """The table (a shape has one only), row and column of a cell."""
        row_name, table_name = _CELLS[str(cell.tag)]
        row = next((a for a in cell.iterancestors() if a.tag == row_name), None)
        if row is not None and row not in self._rows:
            self._number_rows(row, row_name, table_name)
        table, number = self._rows.get(row, (0, 0)) if row is not None else (0, 0)
        column = 1 + sum(_span(other) for other in cell.itersiblings(str(cell.tag), preceding=True))
        return None if in_shape else table, number, column

    def _number_rows(self, row: etree._Element, row_name: str, table_name: str) -> None:
        table = next((a for a in row.iterancestors() if a.tag == table_name), None)
        self._tables += 1
        own = [
            other
            for other in (table.iter(row_name) if table is not None else [row])
            if next((a for a in other.iterancestors() if a.tag == table_name), None) is table
        ]
        self._rows |= {other: (self._tables, number) for number, other in enumerate(own, 1)}


def _note_in_text(paragraph: etree._Element) -> etree._Element | None:
    """The note a paragraph stands in, when it was put beside what refers to it."""
    note = next(paragraph.iterancestors(*_NOTES), None)
    above = note.getparent() if note is not None else None
    return note if above is not None and above.tag == qn("w:r") else None


def _home_of(paragraph: etree._Element) -> tuple[etree._Element | None, etree._Element | None]:
    """The shape and the table cell a paragraph stands in."""
    cell = None
    for element in paragraph.iterancestors():
        if element.tag in _CELLS and cell is None:
            cell = element
        elif element.tag in SHAPES:
            return element, cell
    return None, cell


def _span(cell: etree._Element) -> int:
    """How many columns a cell of a document takes; on a slide covered cells are there and count for themselves."""
    found = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return max(whole_number(found.get(qn("w:val"))), 1) if found is not None else 1


def name_of(element: etree._Element) -> str | None:
    """The name of a shape, or of the element that says it."""
    first = list(element)[:1]
    for candidate in [element, *(c for child in first for c in [child, *child])]:
        if candidate.tag in NAMED:
            name = candidate.get("name")
            return None if name is None else str(name)
    return None


def _is_heading(paragraph: etree._Element) -> bool:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return style is not None and (style.get(qn("w:val")) or "").lower().startswith(("heading", "title"))
