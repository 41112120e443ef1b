"""Directives for table cells from the docxtpl dialect: colspan, cellbg, vm (merge down a loop), hm (merge across one).

In: a tree whose directives stand where they belong. Out: cell properties with marks in them. In Word the cells a merged
one covers go; `slide_cells` does the same for PowerPoint, which keeps them. Compile time only.
"""

from __future__ import annotations

from collections.abc import Collection

from lxml import etree

from collateral.ooxml.names import qn
from collateral.ooxml.template.cell_marks import CellDirective
from collateral.ooxml.template.groups import Member
from collateral.ooxml.template.lift import CELLS, ancestor, take_out
from collateral.ooxml.template.marks import Marks, is_instruction
from collateral.ooxml.template.slide_cells import apply_to_slide
from collateral.ooxml.xml import whole_number

MOST_COLUMNS = 63
"""How many columns a table of Word can have."""
_BEFORE_SPAN = ("w:cnfStyle", "w:tcW")
_BEFORE_MERGE = (*_BEFORE_SPAN, "w:gridSpan", "w:hMerge")
_BEFORE_SHADE = (*_BEFORE_MERGE, "w:vMerge", "w:tcBorders")


def apply_cell_directives(alone: list[Member], marks: Marks) -> None:
    """Carry out the cell directives among those standing alone."""
    found = [m for m in alone if m.mark.word in ("colspan", "cellbg", "vm", "hm")]
    wanted: list[CellDirective] = []
    for member in found:
        cell = ancestor(member.node, CELLS)
        if cell is None:
            text = member.mark.tag.text if member.mark.tag else member.mark.word
            marks.error("tag-misplaced", f'"{text}" stands in no table cell', member.mark.place)
        else:
            wanted.append(CellDirective(cell, member.mark, marks))
        take_out(member.node)
    wanted = [directive for directive in wanted if directive.makes_sense()]
    spanning = [d.cell for d in wanted if d.mark.word == "colspan"]
    reaches = {d.cell: _reach(d, spanning) for d in wanted if d.cell in spanning and d.cell.tag == qn("w:tc")}
    for directive in wanted:
        if directive.cell.tag != qn("w:tc"):
            apply_to_slide(directive)
            continue
        if directive.mark.word == "colspan":
            _leave_out_covered(directive, reaches[directive.cell], spanning)
        _apply_to_document(directive)


def _apply_to_document(directive: CellDirective) -> None:
    word, cell = directive.mark.word, directive.cell
    if word == "colspan":
        span = directive.hooked("cell_span", MOST_COLUMNS)
        _property(cell, "w:gridSpan", _BEFORE_SPAN).set(qn("w:val"), span)
    elif word == "cellbg":
        shade = _property(cell, "w:shd", _BEFORE_SHADE)
        drawn = shade.get(qn("w:fill")) or "auto"
        shade.attrib.clear()
        for name, value in (("w:val", "clear"), ("w:color", "auto")):
            shade.set(qn(name), value)
        shade.set(qn("w:fill"), directive.hooked("cell_color", drawn))
    elif word == "vm":
        merge = _property(cell, "w:vMerge", _BEFORE_MERGE)
        merge.set(qn("w:val"), directive.value("'restart' if loop.first else 'continue'"))
        directive.show_in_first_turn()
    else:
        own = _span(cell)
        _property(cell, "w:gridSpan", _BEFORE_SPAN).set(
            qn("w:val"), directive.value(f"loop.length * {own}" if own > 1 else "loop.length")
        )
        directive.only_if(cell, "loop.first")


def _leave_out_covered(directive: CellDirective, reach: int, others: Collection[etree._Element]) -> None:
    """Leave out the empty cells beside a cell that its span covers, so that the row ends where the table does."""
    merged = f"{qn('w:tcPr')}/{qn('w:vMerge')}"
    for neighbour in list(directive.empty_neighbours()):
        if not reach or neighbour in others or neighbour.find(merged) is not None:
            return
        reach += _span(neighbour)
        directive.only_if(neighbour, f"({directive.source}) | int < {reach}")


def _reach(directive: CellDirective, spanning: Collection[etree._Element]) -> int:
    """How many columns a cell may cover before one of its neighbours has to go; 0 when that depends on the data."""
    row = directive.cell.getparent()
    columns = _columns(row) if row is not None else 0
    if row is None or not columns:
        return 0
    lone = sum(cell.getparent() is row for cell in spanning) == 1
    return _span(directive.cell) + (max(columns - _length(row), 0) if lone else 0)


def _columns(row: etree._Element) -> int:
    """How many columns the row's table has; 0 when that depends on the data."""
    table = ancestor(row, (qn("w:tbl"),))
    grid = table.find(qn("w:tblGrid")) if table is not None else None
    if grid is None or any(is_instruction(n) for n in (*grid, *row)):
        return 0
    return len(grid.findall(qn("w:gridCol")))


def _length(row: etree._Element) -> int:
    """How many columns a row takes as it was drawn."""
    beside = sum(
        whole_number(found.get(qn("w:val")))
        for name in ("w:gridBefore", "w:gridAfter")
        if (found := row.find(f"{qn('w:trPr')}/{qn(name)}")) is not None
    )
    return beside + sum(_span(cell) for cell in row.iter(qn("w:tc")) if ancestor(cell, (qn("w:tr"),)) is row)


def _span(cell: etree._Element) -> int:
    """How many columns a cell takes as it was drawn."""
    found = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return max(whole_number(found.get(qn("w:val"))) if found is not None else 1, 1)


def _property(cell: etree._Element, name: str, before: tuple[str, ...]) -> etree._Element:
    """The cell property of this name, made in its place when it is not there."""
    properties = cell.find(qn("w:tcPr"))
    if properties is None:
        properties = etree.Element(qn("w:tcPr"))
        cell.insert(0, properties)
    found = properties.find(qn(name))
    if found is None:
        found = etree.Element(qn(name))
        wanted = {qn(b) for b in before}
        at = max((i + 1 for i, child in enumerate(properties) if child.tag in wanted), default=0)
        properties.insert(at, found)
    return found
