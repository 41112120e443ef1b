"""Rows of a document's table whose spanning cells take as many columns as the data say: marked, so that they come out as
wide as their table.

In: the cell directives of a part. Out: hooks around the cells of such rows, and at the columns of tables whose columns
repeat, for `row_filling`. Rows of tables whose grid does not tell how many columns they have are left alone. Compile time only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from copy import deepcopy

from lxml import etree

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.expressions import parse
from collateral.ooxml.names import qn
from collateral.ooxml.template.language.contents import holds_only
from collateral.ooxml.template.language.lift import ancestor
from collateral.ooxml.template.language.marks import Marks, instruction, is_instruction
from collateral.ooxml.template.language.ops import ROW_ENDS, Hook
from collateral.ooxml.template.language.scan import bare_xml
from collateral.ooxml.template.tables.cell_marks import CellDirective
from collateral.ooxml.xml import whole_number

_ROW = qn("w:tr")
_TABLES = (qn("w:tbl"),)
_HOLE = "\u241fgap\u241f"
_KEPT = frozenset(
    qn(name) for name in ("w:cnfStyle", "w:tcBorders", "w:shd", "w:noWrap", "w:tcMar", "w:vAlign")
)


@dataclass(frozen=True, slots=True)
class SpannedRow:
    """A row with a cell whose span the data give: its first such directive, and the columns of its table. `repeats` is the
    number of a table whose columns repeat, else 0. `drawn` is how many columns each of its cells was drawn with."""

    row: etree._Element
    first: CellDirective
    repeats: int
    columns: int
    drawn: Mapping[etree._Element, int]


def find_spanned_rows(directives: Iterable[CellDirective], marks: Marks) -> list[SpannedRow]:
    """The rows with spanning cells in tables that tell how many columns they have. Columns that repeat are counted."""
    every = list(directives)
    firsts: dict[etree._Element, CellDirective] = {}
    for directive in every:
        if directive.mark.word == "colspan":
            firsts.setdefault(_row_of(directive.cell), directive)
    spanned = {_row_of(d.cell) for d in every if d.mark.word in ("colspan", "hm")}
    tables = dict.fromkeys(table for row in firsts if (table := ancestor(row, _TABLES)) is not None)
    found: list[SpannedRow] = []
    for number, table in enumerate(tables, 1):
        grid = _true_grid(table, spanned)
        columns = len(grid.findall(qn("w:gridCol"))) if grid is not None else 0
        if grid is None or not columns:
            continue
        repeats = any(is_instruction(node) for node in grid)
        if repeats:
            _count_columns(grid, number, marks)
        rows = [row for row in firsts if ancestor(row, _TABLES) is table]
        which = number if repeats else 0
        found += [SpannedRow(row, firsts[row], which, columns, _drawn(row)) for row in rows]
    return found


def mark_spanned_rows(rows: Iterable[SpannedRow], spanning: Collection[etree._Element], marks: Marks) -> None:
    """Mark the rows and their cells, once their directives are carried out; `spanning` cells take what the data say."""
    for each in rows:
        _mark_cells(each, spanning, marks)
        each.row.insert(0, _hook(marks, "row_edge", ("row",)))
        mark, source = each.first.mark, each.first.source
        argument = (each.repeats, each.columns, _beside(each.row))
        hook = Hook(ROW_ENDS, argument, parse(source, at=mark.place)[0], mark.place, each.first.text)
        each.row.append(instruction(marks.add("hook", note=hook)))


def _row_of(cell: etree._Element) -> etree._Element:
    return next(cell.iterancestors(_ROW))


def span_of(cell: etree._Element) -> int:
    """How many columns a cell takes as it was drawn."""
    found = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return max(whole_number(found.get(qn("w:val"))) if found is not None else 1, 1)


def _true_grid(table: etree._Element, spanned: Iterable[etree._Element]) -> etree._Element | None:
    """The grid of a table, when it tells how many columns its rows have. One that repeats is made for a row without spans."""
    grid = table.find(qn("w:tblGrid"))
    if grid is None:
        return None
    rows = [row for row in table.iter(_ROW) if ancestor(row, _TABLES) is table]
    repeating = [row for row in rows if any(is_instruction(node) for node in row)]
    if any(is_instruction(node) for node in grid):
        return grid if any(row not in spanned for row in repeating) else None
    columns = len(grid.findall(qn("w:gridCol")))
    plain = [row for row in rows if row not in spanned]
    return grid if not repeating and all(_length(row) <= columns for row in plain) else None


def _length(row: etree._Element) -> int:
    """How many columns a row takes as it was drawn."""
    return _beside(row) + sum(_drawn(row).values())


def _beside(row: etree._Element) -> int:
    """How many columns a row leaves out before its first cell and after its last."""
    found = [row.find(f"{qn('w:trPr')}/{qn(name)}") for name in ("w:gridBefore", "w:gridAfter")]
    return sum(whole_number(element.get(qn("w:val"))) for element in found if element is not None)


def _drawn(row: etree._Element) -> dict[etree._Element, int]:
    """How many columns each of the row's own cells takes, those of tables in it left out."""
    return {cell: span_of(cell) for cell in row.iter(qn("w:tc")) if _row_of(cell) is row}


def _count_columns(grid: etree._Element, number: int, marks: Marks) -> None:
    for column in grid.findall(qn("w:gridCol")):
        column.addprevious(_hook(marks, "grid_column", number))
    grid.insert(0, _hook(marks, "grid_column", -number))


def _mark_cells(row: SpannedRow, spanning: Collection[etree._Element], marks: Marks) -> None:
    for cell, drawn in row.drawn.items():
        spans_here = cell in spanning
        empty = not spans_here and cell.getparent() is row.row and _says_nothing(cell, marks)
        gap = _gap(cell, marks) if spans_here else None
        width = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}") if spans_here else None
        if width is not None:
            width.addprevious(_hook(marks, "drawn_width", bare_xml(width)))
            width.getparent().remove(width)  # type: ignore[union-attr]
        cell.addprevious(_hook(marks, "row_edge", ("cell", drawn, empty)))
        cell.addnext(_hook(marks, "row_edge", ("", 0, False, gap)))


def _says_nothing(cell: etree._Element, marks: Marks) -> bool:
    merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}") is not None
    return not merged and holds_only(cell, marks, ("comment",))


def _hook(marks: Marks, name: str, argument: object) -> etree._Element:
    return instruction(marks.add("hook", note=Hook(name, argument)))


def _gap(cell: etree._Element, marks: Marks) -> tuple[bytes, bytes]:
    """An empty cell that looks like this one, cut where the number of its columns goes."""
    made = etree.SubElement(cell, qn("w:tc"))  # in the cell for a moment: its names are declared there
    properties = etree.SubElement(made, qn("w:tcPr"))
    own = cell.find(qn("w:tcPr"))
    kept = [
        deepcopy(child)
        for child in (own if own is not None else ())
        if child.tag in _KEPT and not any(marks.token in str(value) for value in child.attrib.values())
    ]
    at = 1 if kept and kept[0].tag == qn("w:cnfStyle") else 0
    span = etree.Element(qn("w:gridSpan"))
    span.set(qn("w:val"), _HOLE)
    properties.extend([*kept[:at], span, *kept[at:]])
    paragraph = etree.SubElement(made, qn("w:p"))
    look = cell.find(f"{qn('w:p')}/{qn('w:pPr')}")
    if look is not None:
        paragraph.append(deepcopy(look))
    before, _, after = bare_xml(made).partition(_HOLE.encode())
    cell.remove(made)
    return before, after
