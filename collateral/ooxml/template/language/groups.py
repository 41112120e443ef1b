"""Pair directives: each `if` and `for` with its `else`s and its end, in the order a reader meets them.

In: a part's tree with marks. Out: groups, and diagnostics for what is unclosed, unopened or crossed. Must not move
anything: `lift` does.
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.ooxml.template.language.marks import Mark, Marks, is_instruction

OPENERS = {"if": "endif", "for": "endfor", "with": "endwith"}
MIDDLES = frozenset({"elif", "else"})
_MIDDLES_OF = {"if": MIDDLES, "for": frozenset({"else"})}
CLOSERS = frozenset(OPENERS.values())
LONE = frozenset({"set", "colspan", "cellbg", "vm", "hm"})
WHOLE = frozenset({"slide", "section"})
"""Prefixes of directives that govern something larger than a part's tree shows."""


@dataclass(slots=True)
class Member:
    """A mark with the instruction that stands for it in the tree."""

    mark: Mark
    node: etree._Element


@dataclass(slots=True)
class Group:
    """An opening directive, its middles and its end; `end` is None for `{%shape if … %}`, which needs none."""

    open: Member
    middles: list[Member] = field(default_factory=list)
    end: Member | None = None

    @property
    def members(self) -> list[Member]:
        """All of them, in reading order."""
        return [self.open, *self.middles, *([self.end] if self.end else [])]

    @property
    def prefix(self) -> str:
        """The prefix the author gave to any of them, or ""."""
        return next((p for m in self.members if (p := prefix_of(m.mark))), "")


def prefix_of(mark: Mark) -> str:
    """The prefix of the mark's tag, or ""."""
    return mark.tag.prefix if mark.tag else ""


def members_of(root: etree._Element, marks: Marks) -> list[Member]:
    """All directive marks of the tree, in reading order."""
    found = [Member(marks.of(n), n) for n in root.iter(etree.ProcessingInstruction) if is_instruction(n)]
    return [m for m in found if m.mark.kind == "directive"]


def pair(
    members: list[Member], marks: Marks, keeps_shape: Callable[[Member, Member], bool]
) -> tuple[list[Group], list[Member]]:
    """The groups, and the directives that stand alone (`set`, cell directives, slide and section ones).

    `keeps_shape` tells of a shape directive and a later one whether the first can only mean its own shape: it stands
    there beside other things, and the later one elsewhere.
    """
    groups: list[Group] = []
    alone: list[Member] = []
    stack: list[Group] = []
    for member in members:
        word = member.mark.word
        if prefix_of(member.mark) in WHOLE or word in LONE:
            alone.append(member)
        elif word in OPENERS:
            stack.append(Group(member))
        elif word in MIDDLES or word in CLOSERS:
            _close_own(member, word, stack, groups, keeps_shape)
            _continue(member, word, stack, groups, marks)
        else:
            _unknown(member.mark, marks)
    for group in stack:
        _finish(group, groups, marks)
    return groups, alone


def _close_own(
    member: Member,
    word: str,
    stack: list[Group],
    groups: list[Group],
    keeps_shape: Callable[[Member, Member], bool],
) -> None:
    """Close the shape directives that this one does not belong to: it may be the end of one further out."""
    while stack and _closes_itself(stack[-1]):
        outer = any(_fits(word, group, member) for group in stack[:-1])
        if _fits(word, stack[-1], member) and not (outer and keeps_shape(stack[-1].open, member)):
            return
        groups.append(stack.pop())


def _continue(member: Member, word: str, stack: list[Group], groups: list[Group], marks: Marks) -> None:
    if not stack:
        _error(marks, "tag-not-opened", member.mark, f"closes nothing: there is no open {_opener_for(word)}")
    elif not _fits(word, stack[-1], member):
        opener = stack[-1].open.mark
        _error(
            marks,
            "tags-crossed",
            member.mark,
            f'comes while "{opener.tag.text if opener.tag else ""}" is open',
        )
        if any(OPENERS[g.open.mark.word] == word for g in stack):
            while stack and OPENERS[stack[-1].open.mark.word] != word:
                stack.pop()
            stack.pop()
    elif word in MIDDLES:
        if any(m.mark.word == "else" for m in stack[-1].middles):
            _error(marks, "tag-misplaced", member.mark, "comes after the else of the same directive")
        stack[-1].middles.append(member)
    else:
        stack[-1].end = member
        groups.append(stack.pop())


def _closes_itself(group: Group) -> bool:
    return prefix_of(group.open.mark) == "shape"


def _fits(word: str, group: Group, member: Member) -> bool:
    if _closes_itself(group) and prefix_of(member.mark) != "shape":
        return False
    opener = group.open.mark.word
    return word == OPENERS[opener] or (word in _MIDDLES_OF.get(opener, ()))


def _opener_for(word: str) -> str:
    return {"endfor": '"for"', "endwith": '"with"'}.get(word, '"if"')


def _finish(group: Group, groups: list[Group], marks: Marks) -> None:
    if _closes_itself(group):
        groups.append(group)
        return
    closer = OPENERS[group.open.mark.word]
    prefix = prefix_of(group.open.mark)
    wanted = f"{{%{prefix} {closer} %}}"
    _error(marks, "tag-not-closed", group.open.mark, f'has no "{wanted}"', f'add "{wanted}"')


_KNOWN = "known are if, elif, else, for, set, with, raw, and their ends"
_WITH_FILES = "write the text where it is needed: a template brings no other files and defines no functions"
_INSTEAD = {
    **dict.fromkeys(("macro", "call", "import", "from", "include", "extends", "block"), _WITH_FILES),
    "with": "write {% set name = value %} in front of what uses it",
    "filter": "put the filter into each tag: {{ value | upper }}",
    "autoescape": "leave it out: what a tag prints is always escaped",
    "do": "leave it out: a tag changes no data",
    "break": "choose the items in the loop itself: {% for item in list if … %}",
    "continue": "choose the items in the loop itself: {% for item in list if … %}",
    "endset": "write {% set name = value %}",
}
"""What to write instead of the directives of Jinja that are none here."""


def _unknown(mark: Mark, marks: Marks) -> None:
    hint = _INSTEAD.get(mark.word) or _INSTEAD.get(mark.word.removeprefix("end")) or _KNOWN
    _error(marks, "unknown-directive", mark, "is not a directive", hint)


def _error(marks: Marks, code: str, mark: Mark, what: str, *hints: str) -> None:
    text = mark.tag.text if mark.tag else ""
    marks.error(code, f'"{text}" {what}', mark.place, *hints)
