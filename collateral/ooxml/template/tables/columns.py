"""Tables whose columns repeat or drop: their grid repeats and drops with them.

In: a tree whose directives stand in their places, and the columns of cells that held only directives. Out: the same tree,
with the `gridCol`s of those columns gone and the column directives around the grid too. Compile time only.
"""

from __future__ import annotations

import re

from lxml import etree

from collateral.expressions.typography import NAME
from collateral.ooxml.names import qn
from collateral.ooxml.template.language.contents import holds_only
from collateral.ooxml.template.language.lift import CELLS, ROWS
from collateral.ooxml.template.language.marks import Context, Mark, Marks, instruction, is_instruction
from collateral.ooxml.template.language.tags import Tag
from collateral.ooxml.template.shapes.unique_ids import track
from collateral.ooxml.template.tables.cell_marks import CellDirective
from collateral.ooxml.template.tables.merged_cells import TRUE
from collateral.ooxml.xml import whole_number

_GRIDS = {qn("w:tbl"): (qn("w:tblGrid"), qn("w:gridCol")), qn("a:tbl"): (qn("a:tblGrid"), qn("a:gridCol"))}
_WORD = re.compile(NAME)


def repeat_grid_columns(root: etree._Element, marks: Marks, dropped: dict[etree._Element, set[int]]) -> None:
    """Bring the grid of every table with column directives in line with its first such row, one without spans if it can be."""
    for table in root.iter(*_GRIDS):
        rows = [r for r in table if r.tag in ROWS and _directives(r, marks)]
        if not rows:
            continue
        row = min(rows, key=lambda r: _has_spans(r, marks))
        grid_name, column_name = _GRIDS[str(table.tag)]
        grid = table.find(grid_name)
        if grid is None:
            continue
        if _depends_on_row(row, marks):
            _complain(table, row, marks)
            continue
        columns = grid.findall(column_name)
        width = sum(_width(column) for column in columns)
        gone = dropped.get(row, set())
        kept = [c for i, c in enumerate(columns) if i not in gone]
        for column in [c for i, c in enumerate(columns) if i in gone]:
            grid.remove(column)
        wrap_like(row, kept, marks)
        if table.tag == qn("a:tbl"):
            for other in [r for r in table.iterchildren(qn("a:tr")) if not _directives(r, marks)]:
                follow_columns(other, row, gone, len(columns), marks)
        _share_width(table, grid, width, marks)


def _directives(row: etree._Element, marks: Marks) -> list[etree._Element]:
    return [n for n in row if is_instruction(n) and marks.of(n).kind == "directive"]


def _has_spans(row: etree._Element, marks: Marks) -> bool:
    return any(is_instruction(n) and marks.of(n).word in ("colspan", "hm") for n in row.iter())


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


def follow_columns(
    row: etree._Element, model: etree._Element, gone: set[int], columns: int, marks: Marks
) -> None:
    """Let a row of a slide's table without directives have the columns of `model`: its cells beside a loop go on once, and one
    over a loop is merged over its turns. `gone` are the columns that held directives only."""
    cells = row.findall(qn("a:tc"))
    directives = [marks.of(node) for node in _directives(model, marks)]
    if len(cells) != columns or not directives:
        return
    kept: list[etree._Element] = []
    for first, region in _regions(cells):
        there = sum(at not in gone for at in range(first, first + len(region)))
        if not there and not holds_only(region[0], marks, ("comment",)):
            _lost_text(directives[0], marks)
        for cell in region[there:]:
            row.remove(cell)
        kept += region[:there]
    wrap_like(model, kept, marks)
    loop = next((mark for mark in directives if mark.word == "for"), None)
    for cell in _repeated(row, marks)[0] if loop is not None else ():
        if cell.get("hMerge") not in TRUE and loop is not None:
            directive = CellDirective(cell, loop, marks)
            cell.set("gridSpan", "2")
            cell.set("hMerge", directive.value("0 if loop.first else 1"))
            directive.show_in_first_turn()


def _regions(cells: list[etree._Element]) -> list[tuple[int, list[etree._Element]]]:
    """The cells with those beside them that they cover, and the column each begins at."""
    found: list[tuple[int, list[etree._Element]]] = []
    for at, cell in enumerate(cells):
        if found and cell.get("hMerge") in TRUE:
            found[-1][1].append(cell)
        else:
            found.append((at, [cell]))
    return found


def _lost_text(mark: Mark, marks: Marks) -> None:
    text = mark.tag.text if mark.tag else ""
    message = f'"{text}" stands in a column of its own, where another row has a text that would be lost'
    hint = "merge that text's cell with the column that repeats, or open and close the loop in one cell"
    marks.error("text-beside-directive", message, mark.place, hint)


def wrap_like(row: etree._Element, columns: list[etree._Element], marks: Marks) -> None:
    """Put the row's directives around what stands in the columns of the cells they govern."""
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


def _share_width(table: etree._Element, grid: etree._Element, width: int, marks: Marks) -> None:
    """The columns a loop repeats share the width that is not the others', so the table stays as wide as it was drawn."""
    repeated, others = _repeated(grid, marks)
    each = sum(map(_width, repeated))
    room = width - sum(map(_width, others))
    if not each or room <= 0:
        return
    shares = [f"{room * _width(column) // each} // loop.length" for column in repeated]
    for column, share in zip(repeated, shares, strict=True):
        column.set(qn("w:w") if table.tag == qn("w:tbl") else "w", _token(share, grid, marks))
    for row in table.iterchildren(qn("w:tr")):
        cells, _ = _repeated(row, marks)
        for cell, share in zip(cells, shares, strict=False):
            wide = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
            if wide is not None and wide.get(qn("w:type")) == "dxa" and len(cells) == len(shares):
                wide.set(qn("w:w"), _token(share, row, marks))


def _repeated(parent: etree._Element, marks: Marks) -> tuple[list[etree._Element], list[etree._Element]]:
    """The columns or cells in the only loop there is, and the others; none when there are more loops."""
    open_: list[str] = []
    loops = 0
    inside: list[etree._Element] = []
    outside: list[etree._Element] = []
    for node in parent:
        if is_instruction(node):
            loops += marks.of(node).word == "for"
            track(marks.of(node), open_)
        elif node.tag in CELLS or node.tag in (qn("w:gridCol"), qn("a:gridCol")):
            (inside if "for" in open_ else outside).append(node)
    return (inside if loops == 1 else []), outside


def _token(source: str, parent: etree._Element, marks: Marks) -> str:
    """An attribute's token for the value of an expression; what is wrong with it is said at the loop's own tag."""
    loop = next(marks.of(n) for n in parent if is_instruction(n) and marks.of(n).word == "for")
    tag = Tag("value", "", source, 0, 0, loop.tag.text if loop.tag else "")
    made = marks.add("value", tag=tag, place=loop.place, context=Context("width"))
    return f"{marks.token}{made.id}{marks.token}"


def _width(column: etree._Element) -> int:
    return whole_number(column.get(qn("w:w")) or column.get("w"))
