"""Directives at the edges of their paragraphs: a group that begins in one paragraph and ends in another.

In: groups without a prefix whose members stand in several paragraphs of one parent. Out: for each member that may go to
the edge of its paragraph, the side; whole paragraphs then lie between the members, and no empty one is left where a
directive stood alone. A group with text outside of it at both ends joins what is left of its paragraphs instead, as
docxtpl does, so it gets no sides. Must not move anything: `lift` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from collateral.ooxml.template.language.contents import CONTENT, breaks_page
from collateral.ooxml.template.language.groups import Group, Member
from collateral.ooxml.template.language.marks import Marks, is_instruction
from collateral.ooxml.template.language.scan import PARAGRAPHS, TEXTS

_Sequence = list[int | None]


class Edges:
    """Which directives of one part may leave their paragraphs, and on which side."""

    def __init__(self, groups: Iterable[Group], moved: Iterable[Member], marks: Marks) -> None:
        """`groups` are to be judged; `moved` are members that leave their paragraphs anyway."""
        self._marks = marks
        self._sequences: dict[etree._Element, _Sequence] = {}
        self._moved = {m.mark.id for m in moved}
        left = list(groups)
        self._moved |= {m.mark.id for g in left for m in g.members}
        while stuck := [g for g in left if not self._fits(g)]:
            self._moved -= {m.mark.id for g in stuck for m in g.members}
            left = [g for g in left if g not in stuck]

    def moves(self, group: Group) -> bool:
        """Whether all members of the group go to edges."""
        return group.open.mark.id in self._moved

    def empties(self, paragraph: etree._Element) -> bool:
        """Whether nothing is left in the paragraph when its directives have gone to their edges."""
        return all(each in self._moved for each in self._sequence(paragraph))

    def goes_before(self, member: Member) -> bool:
        """Whether the member goes in front of its paragraph, not behind it."""
        return self._free(member, before=True)

    def _fits(self, group: Group) -> bool:
        sides = all(self._free(m, before=True) or self._free(m, before=False) for m in group.members)
        end = group.end
        return (
            sides
            and end is not None
            and not (self._has_more(group.open, before=True) and self._has_more(end))
        )

    def _has_more(self, member: Member, *, before: bool = False) -> bool:
        """Whether its paragraph holds something outside of the group: in front of its opening, behind its end."""
        return not self._free(member, before=before)

    def _free(self, member: Member, *, before: bool) -> bool:
        sequence = self._sequence(_home(member.node))
        at = sequence.index(member.mark.id)
        beside = sequence[:at] if before else sequence[at + 1 :]
        return all(each in self._moved for each in beside)

    def _sequence(self, paragraph: etree._Element) -> _Sequence:
        """What stands in the paragraph, in order: the numbers of its directives, None for what a reader sees."""
        if paragraph not in self._sequences:
            self._sequences[paragraph] = list(_standing(paragraph, self._marks))
        return self._sequences[paragraph]


def _home(node: etree._Element) -> etree._Element:
    return next(a for a in node.iterancestors() if a.tag in PARAGRAPHS)


def _standing(element: etree._Element, marks: Marks) -> Iterator[int | None]:
    in_text = element.tag in TEXTS
    if in_text and (element.text or "").strip():
        yield None
    for child in element:
        if is_instruction(child):
            mark = marks.of(child)
            if mark.kind != "comment":
                yield mark.id if mark.kind == "directive" else None
        elif child.tag in CONTENT or breaks_page(child):
            yield None
        elif child.tag not in PARAGRAPHS:
            yield from _standing(child, marks)
        if in_text and (child.tail or "").strip():
            yield None
