"""Tables whose every row or column comes of a directive, content controls around such rows, groups whose every shape does: without any,
they go.

In: a part's tree with the directives in their places. Out: the same tree with brackets around them, which say what must be written
for them to stay. Office calls a table without rows, or rows without cells, broken. Compile time only.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from collateral.ooxml.names import qn
from collateral.ooxml.template.language.lift import SHAPES
from collateral.ooxml.template.language.marks import Marks, bracket_needing, is_instruction
from collateral.ooxml.template.shapes.unique_ids import track

_TABLES = {qn("w:tbl"): (qn("w:tr"), qn("w:tc")), qn("a:tbl"): (qn("a:tr"), qn("a:tc"))}
_CONTROL, _CONTENT = qn("w:sdt"), qn("w:sdtContent")
_GROUP = qn("p:grpSp")
_IN_GROUPS = SHAPES | {qn("p:contentPart")}
_SHAPE_ENDS = (b"</p:sp>", b"</p:pic>", b"</p:graphicFrame>", b"</p:cxnSp>", b"<p:contentPart ")


def bracket_tables(root: etree._Element, marks: Marks) -> None:
    """Put brackets around the tables that may come out without a cell, and around such controls in them."""
    for control in reversed(list(root.iter(_CONTROL))):
        if _is_of_rows(control) and _is_tagged(control) and not _keeps(control, *_TABLES[qn("w:tbl")], marks):
            bracket_needing(control, marks, (b"<w:tc>", b"<w:tc "))
    for table in list(root.iter(*_TABLES)):
        row, cell = _TABLES[str(table.tag)]
        frame = next(table.iterancestors(qn("p:graphicFrame")), None)
        shape = table if frame is None else frame
        if _is_tagged(table) and not any(_keeps(child, row, cell, marks) for child in _fixed(table, marks)):
            name = f"{table.prefix}:tc" if table.prefix else "tc"
            bracket_needing(shape, marks, (f"<{name}".encode(),), _id_of(frame))


def bracket_groups(root: etree._Element, marks: Marks) -> None:
    """Put brackets around the groups that may come out without a shape; the inner ones first."""
    for group in reversed(list(root.iter(_GROUP))):
        if any(child.tag in _IN_GROUPS for child in group) and not any(
            child.tag in _IN_GROUPS for child in _fixed(group, marks)
        ):
            bracket_needing(group, marks, _SHAPE_ENDS, _id_of(group))


def _id_of(shape: etree._Element | None) -> str:
    named = next(shape.iter(qn("p:cNvPr")), None) if shape is not None else None
    return (named.get("id") or "") if named is not None else ""


def _is_tagged(element: etree._Element) -> bool:
    return next(element.iter(etree.ProcessingInstruction), None) is not None


def _is_of_rows(control: etree._Element) -> bool:
    """Whether a control stands around rows or cells of a table."""
    above = next((each for each in control.iterancestors() if each.tag not in (_CONTROL, _CONTENT)), None)
    return above is not None and above.tag in (qn("w:tbl"), qn("w:tr"))


def _keeps(child: etree._Element, row: str, cell: str, marks: Marks) -> bool:
    """Whether a cell of the table will be in this child of it, whatever the data are."""
    if child.tag == cell:
        return True
    inner = child.find(_CONTENT) if child.tag == _CONTROL else child
    if inner is None or inner.tag not in (_CONTENT, row):
        return child.find(f".//{cell}") is not None
    return any(_keeps(each, row, cell, marks) for each in _fixed(inner, marks))


def _fixed(parent: etree._Element, marks: Marks) -> Iterator[etree._Element]:
    """The children that nothing beside them governs."""
    open_: list[str] = []
    for child in parent:
        if is_instruction(child):
            track(marks.of(child), open_)
        elif not open_:
            yield child
