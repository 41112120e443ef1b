"""Tables whose columns repeat or drop: their grid repeats and drops with them.

In: a tree whose directives stand in their places, and the columns of cells that held only directives. Out: the same tree,
with the `gridCol`s of those columns gone and the column directives around the grid too. Compile time only.
"""

from __future__ import annotations

import re

from lxml import etree

from collateral.ooxml.names import qn
from collateral.ooxml.template.lift import CELLS, ROWS
from collateral.ooxml.template.marks import Marks, instruction, is_instruction

_GRIDS = {qn("w:tbl"): (qn("w:tblGrid"), qn("w:gridCol")), qn("a:tbl"): (qn("a:tblGrid"), qn("a:gridCol"))}
_WORD = re.compile(r"[A-Za-z_]\w*")


def repeat_grid_columns(root: etree._Element, marks: Marks, dropped: dict[etree._Element, set[int]]) -> None:
    """Bring the grid of every table with column directives in line with its first such row."""
    for table in root.iter(*_GRIDS):
        row = next((r for r in table if r.tag in ROWS and _directives(r, marks)), None)
        if row is None:
            continue
        grid_name, column_name = _GRIDS[str(table.tag)]
        grid = table.find(grid_name)
        if grid is None:
            continue
        if _depends_on_row(row, marks):
            _complain(table, row, marks)
            continue
        columns = grid.findall(column_name)
        gone = dropped.get(row, set())
        kept = [c for i, c in enumerate(columns) if i not in gone]
        for column in [c for i, c in enumerate(columns) if i in gone]:
            grid.remove(column)
        _wrap(row, kept, marks)


def _directives(row: etree._Element, marks: Marks) -> list[etree._Element]:
    return [n for n in row if is_instruction(n) and marks.of(n).kind == "directive"]


def _depends_on_row(row: etree._Element, marks: Marks) -> bool:
    """Whether a column directive uses the variable of a loop around its row."""
    names: set[str] = {"loop"}
    for node in row.itersiblings(preceding=True):
        tag = marks.of(node).tag if is_instruction(node) else None
        if tag is not None and tag.word == "for":
            names |= set(_WORD.findall(tag.rest.partition(" in ")[0]))
    used = {
        w
        for n in _directives(row, marks)
        if (t := marks.of(n).tag)
        for w in _WORD.findall(t.rest.rpartition(" in ")[2])
    }
    return bool(names & used)


def _complain(table: etree._Element, row: etree._Element, marks: Marks) -> None:
    """Word forgives a grid that does not match; PowerPoint calls the file broken."""
    if table.tag == qn("w:tbl"):
        return
    mark = marks.of(_directives(row, marks)[0])
    text = mark.tag.text if mark.tag else ""
    marks.error(
        "tag-misplaced",
        f'"{text}" would give the rows of the table different numbers of columns',
        mark.place,
        "loop over a list that is the same for all rows",
    )


def _wrap(row: etree._Element, columns: list[etree._Element], marks: Marks) -> None:
    """Put the row's directives around the grid columns of the cells they govern."""
    at = 0
    for node in row:
        if is_instruction(node):
            mark = marks.of(node)
            if mark.kind != "directive":
                continue
            copy = instruction(marks.add("directive", tag=mark.tag, place=mark.place))
            if at < len(columns):
                columns[at].addprevious(copy)
            elif columns:
                _after_all(columns[-1]).addnext(copy)
        elif node.tag in CELLS:
            at += _span(node)


def _after_all(column: etree._Element) -> etree._Element:
    """The last instruction put after a column, or the column."""
    last = column
    while (following := last.getnext()) is not None and is_instruction(following):
        last = following
    return last


def _span(cell: etree._Element) -> int:
    found = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    text = found.get(qn("w:val")) if found is not None else cell.get("gridSpan")
    return int(text) if cell.tag == qn("w:tc") and text and text.isdecimal() else 1
