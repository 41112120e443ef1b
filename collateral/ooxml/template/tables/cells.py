"""Directives for table cells from the docxtpl dialect: colspan, cellbg, vm (merge down a loop), hm (merge across one).

In: a tree whose directives stand where they belong. Out: cell properties with marks in them. In Word the cells a merged
one covers go (`spanned_rows`); `slide_cells` does the same for PowerPoint, which keeps them. Compile time only.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from collateral.ooxml.names import qn
from collateral.ooxml.template.language.groups import Member
from collateral.ooxml.template.language.lift import CELLS, ROWS, ancestor, take_out
from collateral.ooxml.template.language.marks import Marks
from collateral.ooxml.template.tables.cell_marks import CellDirective
from collateral.ooxml.template.tables.slide_cells import apply_to_slide
from collateral.ooxml.template.tables.spanned_rows import find_spanned_rows, mark_spanned_rows, span_of

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
    rows = find_spanned_rows([d for d in wanted if d.cell.tag == qn("w:tc")], marks)
    filled = {each.row for each in rows}
    words = words_of(wanted)
    for directive in wanted:
        if directive.cell.tag == qn("w:tc"):
            _apply_to_document(directive, filled=ancestor(directive.cell, ROWS) in filled)
        else:
            apply_to_slide(directive, words)
    mark_spanned_rows(rows, {cell for cell in words if "colspan" in words[cell]}, marks)


def words_of(directives: Iterable[CellDirective]) -> dict[etree._Element, set[str]]:
    """The words of the directives in each cell."""
    found: dict[etree._Element, set[str]] = {}
    for directive in directives:
        found.setdefault(directive.cell, set()).add(directive.mark.word)
    return found


def _apply_to_document(directive: CellDirective, *, filled: bool) -> None:
    """Carry out a cell directive of a document's table; `filled` says that its row is brought to the table's width."""
    word, cell = directive.mark.word, directive.cell
    if word == "colspan":
        span = directive.hooked("row_span" if filled else "cell_span", MOST_COLUMNS)
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
        own = span_of(cell)
        source = f"loop.length * {own}" if own > 1 else "loop.length"
        span = directive.hooked("row_span", MOST_COLUMNS, source) if filled else directive.value(source)
        _property(cell, "w:gridSpan", _BEFORE_SPAN).set(qn("w:val"), span)
        directive.only_if(cell, "loop.first")


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
