"""Fields of a Word part that a directive would part from their end: Word takes all that follows for the code of such a field.

In: the tree of a part whose directives stand where they belong. Out: an error for each directive that would leave more beginnings
of fields than ends, or fewer. Must not change the tree.
"""

from __future__ import annotations

from lxml import etree

from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.ooxml.names import qn
from collateral.ooxml.template.language.groups import CLOSERS, MIDDLES, OPENERS
from collateral.ooxml.template.language.marks import Mark, Marks, is_instruction

_STEPS = {"begin": 1, "end": -1}
_HINT = "put the whole field between the two, or none of it; Alt+F9 in Word shows where fields begin and end"


@dataclass(slots=True)
class _Group:
    """An open directive: how many fields were open where it and its branch began, and how many each branch leaves open."""

    mark: Mark
    before: int
    left: list[int] = field(default_factory=list)
    has_else: bool = False

    def branch_ends(self, depth: int) -> None:
        """One branch is over."""
        self.left.append(depth - self.before)

    def is_torn(self) -> bool:
        """Whether it depends on the data how many fields are left open."""
        may_be_nothing = self.mark.word == "for" or not self.has_else
        return len({*self.left, *([0] if may_be_nothing else [])}) > 1


def check_fields(root: etree._Element, marks: Marks) -> None:
    """Refuse directives that part a field."""
    open_: list[_Group] = []
    depth = 0
    for node in root.iter():
        if node.tag == qn("w:fldChar"):
            depth += _STEPS.get(node.get(qn("w:fldCharType")) or "", 0)
        elif is_instruction(node) and (mark := marks.of(node)).kind == "directive":
            depth = _directive(mark, depth, open_, marks)


def _directive(mark: Mark, depth: int, open_: list[_Group], marks: Marks) -> int:
    """Follow a directive; the number of fields that are open behind it."""
    if mark.word in OPENERS and not mark.closes:
        open_.append(_Group(mark, depth))
    elif open_ and mark.word in MIDDLES:
        open_[-1].branch_ends(depth)
        open_[-1].has_else = mark.word == "else"
        return open_[-1].before
    elif open_ and (mark.closes or mark.word in CLOSERS):
        group = open_.pop()
        group.branch_ends(depth)
        if group.is_torn():
            _refuse(group.mark, marks)
        return group.before + group.left[0]
    return depth


def _refuse(mark: Mark, marks: Marks) -> None:
    text = mark.tag.text if mark.tag else ""
    marks.error("tag-misplaced", f'"{text}" would part a field from its end', mark.place, _HINT)
