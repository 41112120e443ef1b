"""Tables of a document that may come to stand one right behind the other: Word would make one table of the two.

In: a part's tree with brackets around what may go. Out: the same tree with a hook before each table that a turn of a loop, or what
goes, may leave behind another one. Tables drawn without anything between them stay as they are. Compile time only.
"""

from __future__ import annotations

from lxml import etree

from collateral.ooxml.names import qn
from collateral.ooxml.template.language.groups import MIDDLES
from collateral.ooxml.template.language.marks import Mark, Marks, instruction, is_instruction
from collateral.ooxml.template.language.ops import TABLES_APART, Hook
from collateral.ooxml.template.language.vanishing import empty_paragraph
from collateral.ooxml.template.tables.separators import SEPARATOR

_TABLE, _PARAGRAPH = qn("w:tbl"), qn("w:p")
_CONTROL, _CONTENT = qn("w:sdt"), qn("w:sdtContent")
_BRACKETS = frozenset({"para", "needs"})


def hook_adjacent_tables(root: etree._Element, marks: Marks) -> None:
    """Put a hook before each table that may follow another one."""
    for table in list(root.iter(_TABLE)):
        before = _Before(marks)
        if before.may_be_table(table):
            table.addprevious(instruction(marks.add("hook", note=Hook(TABLES_APART, _separator(before)))))


def _separator(before: _Before) -> bytes:
    """A paragraph like the one that went, unless its style may show something of its own, as the number of a heading."""
    lost = before.paragraph
    styled = lost is None or lost.find(f"{qn('w:pPr')}/{qn('w:pStyle')}") is not None
    return SEPARATOR if lost is None or styled else empty_paragraph(lost)


class _Before:
    """What stands before a table, read backwards; `paragraph` is the first of those that may go."""

    def __init__(self, marks: Marks) -> None:
        self.marks, self.depth, self.moved = marks, 0, False
        self.paragraph: etree._Element | None = None

    def may_be_table(self, node: etree._Element) -> bool:
        """Whether a table may come to stand right before this node."""
        while True:
            for before in node.itersiblings(preceding=True):
                found = self._instruction(before) if is_instruction(before) else self._element(before)
                if found is not None:
                    return found
            parent = node.getparent()
            if parent is None or parent.tag != _CONTENT:
                return False
            node = parent.getparent()  # type: ignore[assignment]

    def _instruction(self, node: etree._Element) -> bool | None:
        """True in a loop's turn, which follows another; None when it is to be seen from what comes before."""
        mark, self.moved = self.marks.of(node), True
        if _ends(mark) or (self.depth == 0 and mark.word in MIDDLES):
            self.depth += 1
        elif _begins(mark):
            if self.depth == 0 and mark.word == "for":
                return True
            self.depth = max(self.depth - 1, 0)
        return None

    def _element(self, node: etree._Element) -> bool | None:
        if node.tag == _TABLE or (node.tag == _CONTROL and node.find(f".//{_TABLE}") is not None):
            return self.moved or node.tag == _CONTROL
        if node.tag == _PARAGRAPH:
            self.moved, self.paragraph = True, node
            return True if self._is_content(node) else None if self.depth else False
        return False if node.tag == _CONTROL and not self.depth else None

    def _is_content(self, paragraph: etree._Element) -> bool:
        """Whether content that may end in a table takes the paragraph's place."""
        found = [
            self.marks.of(each)
            for each in paragraph.iter(etree.ProcessingInstruction)
            if is_instruction(each)
        ]
        return any(mark.kind == "value" and mark.tag is not None and mark.tag.prefix == "p" for mark in found)


def _ends(mark: Mark) -> bool:
    if mark.kind in _BRACKETS:
        return mark.closes
    return mark.kind == "directive" and (mark.closes or mark.word in ("endif", "endfor"))


def _begins(mark: Mark) -> bool:
    if mark.kind in _BRACKETS:
        return not mark.closes
    return mark.word in ("if", "for")
