"""Tables whose every row or column comes of a directive: without any, the table goes.

In: a part's tree with the directives in their places. Out: the same tree with brackets around such tables, which say what must be
written for the table to stay. Office calls a table without rows, or rows without cells, broken. Compile time only.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from collateral.ooxml.names import qn
from collateral.ooxml.template.language.marks import Marks, instruction, is_instruction
from collateral.ooxml.template.shapes.unique_ids import track

_TABLES = {qn("w:tbl"): (qn("w:tr"), qn("w:tc")), qn("a:tbl"): (qn("a:tr"), qn("a:tc"))}


def bracket_tables(root: etree._Element, marks: Marks) -> None:
    """Put brackets around the tables that may come out without a cell."""
    for table in list(root.iter(*_TABLES)):
        row, cell = _TABLES[str(table.tag)]
        if len(table) and not any(_keeps(child, row, cell, marks) for child in _fixed(table, marks)):
            _bracket(table, marks)


def _keeps(child: etree._Element, row: str, cell: str, marks: Marks) -> bool:
    """Whether a cell of the table will be in this child of it, whatever the data are; those in content controls always are."""
    if child.tag != row:
        return child.find(f".//{cell}") is not None
    return any(c.tag == cell or c.find(f".//{cell}") is not None for c in _fixed(child, marks))


def _fixed(parent: etree._Element, marks: Marks) -> Iterator[etree._Element]:
    """The children that no directive beside them governs."""
    open_: list[str] = []
    for child in parent:
        if is_instruction(child):
            track(marks.of(child), open_)
        elif not open_:
            yield child


def _bracket(table: etree._Element, marks: Marks) -> None:
    shape = next(table.iterancestors(qn("p:graphicFrame")), table)
    name = f"{table.prefix}:tc" if table.prefix else "tc"
    tail, shape.tail = shape.tail, None
    shape.addprevious(instruction(marks.add("needs", note=f"<{name}".encode())))
    end = instruction(marks.add("needs", closes=True))
    shape.addnext(end)
    end.tail = tail
