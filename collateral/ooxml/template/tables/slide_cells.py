"""Cell directives in PowerPoint tables: a merged cell says how far it reaches, and the cells under it stay and say so.

In: a directive and its cell. Out: attributes of the cell and its neighbours with tokens in them. A merge that could not
come out right whatever the data are is refused: PowerPoint calls a table broken whose cells do not add up.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from itertools import takewhile

from lxml import etree

from collateral.ooxml.names import qn
from collateral.ooxml.template.language.marks import Marks, instruction
from collateral.ooxml.template.language.scan import bare_xml
from collateral.ooxml.template.tables.cell_marks import CellDirective

_MERGES = ("gridSpan", "rowSpan", "hMerge", "vMerge")
_MERGING = frozenset({"colspan", "vm", "hm"})


def apply_to_slide(directive: CellDirective, words: Mapping[etree._Element, Set[str]]) -> None:
    """Carry out a cell directive of a slide's table; `words` are those of the directives in each cell."""
    word, beside = directive.mark.word, words[directive.cell]
    if word == "cellbg":
        _background(directive)
    elif _is_merged(directive.cell, directive.marks):
        directive.refuse("stands in a merged cell", "take the merge out in PowerPoint, or leave out the tag")
    elif "hm" in beside and len(beside & _MERGING) > 1:
        hint = "merge across a loop in one cell and the rest in another"
        directive.refuse("stands beside another tag that merges its cell", hint)
    elif word == "colspan":
        _across(directive, words, down="vm" in beside)
    elif word == "vm":
        _down_a_loop(directive)
    else:
        _across_a_loop(directive)


def _is_merged(cell: etree._Element, drawn_in: Marks | None = None) -> bool:
    """Whether a cell is merged; with marks, whether it was drawn so."""
    values = [(name, value) for name in _MERGES if (value := cell.get(name))]
    plain = {name: "1" if name.endswith("Span") else "0" for name in _MERGES}
    return any(
        value not in (plain[name], "false")
        for name, value in values
        if drawn_in is None or drawn_in.token not in value
    )


def _across(directive: CellDirective, words: Mapping[etree._Element, Set[str]], *, down: bool) -> None:
    """Span the empty cells beside it; `down` the rows of a loop, too."""
    free = list(takewhile(lambda cell: _may_be_covered(cell, words), directive.empty_neighbours()))
    directive.cell.set("gridSpan", directive.hooked("cell_span", len(free) + 1))
    for number, cell in enumerate(free, 1):
        covered = f"({directive.source}) | int > {number}"
        cell.set("hMerge", directive.value(f"1 if {covered} else 0"))
        if down:
            cell.set("rowSpan", directive.value(f"loop.length if {covered} and loop.first else 1"))
            cell.set("vMerge", directive.value(f"1 if {covered} and not loop.first else 0"))


def _may_be_covered(cell: etree._Element, words: Mapping[etree._Element, Set[str]]) -> bool:
    return not _is_merged(cell) and not _MERGING & words.get(cell, set())


def _down_a_loop(directive: CellDirective) -> None:
    row = directive.cell.getparent()
    if row is None or not directive.is_alone_in_loop(row):
        hint = "put it into the only row of {%tr for … %}; choose rows with {%tr for … if … %}"
        directive.refuse("merges the rows of a loop, and its row is not all that a loop repeats", hint)
        return
    _merge(directive, "rowSpan", "vMerge")


def _across_a_loop(directive: CellDirective) -> None:
    if not directive.is_alone_in_loop(directive.cell):
        hint = "put it into the only cell of {%tc for … %}; choose columns with {%tc for … if … %}"
        directive.refuse("merges the columns of a loop, and its cell is not all that a loop repeats", hint)
        return
    _merge(directive, "gridSpan", "hMerge")


def _merge(directive: CellDirective, spans: str, follows: str) -> None:
    directive.cell.set(spans, directive.value("loop.length if loop.first else 1"))
    directive.cell.set(follows, directive.value("0 if loop.first else 1"))
    directive.show_in_first_turn()


def _background(directive: CellDirective) -> None:
    cell = directive.cell
    properties = cell.find(qn("a:tcPr"))
    if properties is None:
        properties = etree.SubElement(cell, qn("a:tcPr"))
    drawn = b""
    for old in [c for c in properties if str(c.tag).endswith("Fill")]:
        drawn = bare_xml(old)
        properties.remove(old)
    fill = instruction(directive.hook("cell_fill", drawn))
    lines = [i for i, c in enumerate(properties) if str(c.tag).rpartition("}")[2].startswith("ln")]
    properties.insert(lines[-1] + 1 if lines else 0, fill)
