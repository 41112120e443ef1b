"""Merged cells of a slide's table whose rows or columns go or repeat: they reach as far as the cells they cover.

A merged cell says how far it reaches, and each cell under it that it is covered; PowerPoint calls a table broken where the two do not
agree. So both are written from the cells that are really there. In: a tree whose directives stand where they belong. Out: the same tree
with hooks at what such cells say of their merging, for `spans`. Compile time only.
"""

from __future__ import annotations

from lxml import etree

from collateral.ooxml.names import qn
from collateral.ooxml.template.language.marks import Marks, instruction
from collateral.ooxml.template.language.ops import SPANS_END, Hook
from collateral.ooxml.template.shapes.unique_ids import token

SPANS = ("gridSpan", "rowSpan")
MERGES = ("hMerge", "vMerge")
TRUE = ("1", "true")


def hook_merged_cells(root: etree._Element, marks: Marks) -> None:
    """Hook the merged cells of every table with directives."""
    for table in root.iter(qn("a:tbl")):
        cells = [cell for cell in table.iter(qn("a:tc")) if _is_merged(cell)]
        if not cells or next(table.iter(etree.ProcessingInstruction), None) is None:
            continue
        for cell in cells:
            for name in _drawn(cell):
                cell.set(name, token(marks, Hook("span_place", name)))
        table.insert(0, instruction(marks.add("hook", note=Hook("spans_begin"))))
        table.append(instruction(marks.add("hook", note=Hook(SPANS_END))))


def _is_merged(cell: etree._Element) -> bool:
    return bool(_drawn(cell))


def _drawn(cell: etree._Element) -> list[str]:
    """What a cell was drawn with of its merging."""
    spans = [name for name in SPANS if (cell.get(name) or "1").isdecimal() and cell.get(name, "1") != "1"]
    return spans + [name for name in MERGES if cell.get(name) in TRUE]
