"""Lift directives to the element they govern: inline, paragraph, row, column, shape.

In: a part's tree with marks, and the groups of its directives. Out: the same tree, rearranged so that whatever lies
between the marks of a group is exactly what the group repeats or drops. A directive that would take other text with it
is refused. Must not know expressions.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from lxml import etree

from collateral.ooxml.names import qn
from collateral.ooxml.template.language.contents import BRANCHES, draws_without_text, holds_only, visible_text
from collateral.ooxml.template.language.edges import Edges
from collateral.ooxml.template.language.groups import Group, Member, members_of, pair, prefix_of
from collateral.ooxml.template.language.marks import Mark, Marks, instruction, is_instruction
from collateral.ooxml.template.language.scan import (
    PARAGRAPHS,
    RUNS,
    TEXTS,
    is_empty,
    prune,
    remove_keeping_tail,
)

ROWS = frozenset({qn("w:tr"), qn("a:tr")})
CELLS = frozenset({qn("w:tc"), qn("a:tc")})
SHAPES = frozenset(
    qn(n)
    for n in (
        "p:sp",
        "p:pic",
        "p:graphicFrame",
        "p:grpSp",
        "p:cxnSp",
        "mc:AlternateContent",
        "w:drawing",
        "w:pict",
    )
)
_LEVELS = {"p": frozenset(PARAGRAPHS), "tr": ROWS, "tc": CELLS, "shape": SHAPES}
_LEVEL_WORDS = {"p": "paragraph", "tr": "table row", "tc": "table cell", "shape": "shape"}
SPAN = "span"
"""The note of directives that open in one paragraph and close within another."""
_SPLITTABLE = RUNS | {qn(n) for n in ("w:hyperlink", "w:ins", "w:smartTag", "w:moveTo")}


class Lifter:
    """Moves the marks of one part to where they belong. `dropped` tells by row which cells held only directives."""

    def __init__(self, root: etree._Element, marks: Marks) -> None:
        self.root, self.marks = root, marks
        self._after: dict[etree._Element, etree._Element] = {}
        self._gone: dict[etree._Element, None] = {}
        self._edges = Edges((), (), marks)
        self.dropped: dict[etree._Element, set[int]] = {}

    def run(self) -> tuple[list[Group], list[Member]]:
        """Rearrange the tree; returns the groups that were placed and the directives standing alone."""
        _take_out_repeated(members_of(self.root, self.marks))
        groups, alone = pair(members_of(self.root, self.marks), self.marks, self._keeps_shape)
        placed: dict[int, tuple[str, Group]] = {}
        for group, level in self._levels(groups):
            for member in group.members:
                placed[member.mark.id] = (level, group)
        order = [m for m in members_of(self.root, self.marks) if m.mark.id in placed]
        nodes = {m.mark.id: m for g in groups for m in g.members}
        for member in order:
            level, group = placed[member.mark.id]
            self._place(nodes[member.mark.id], level, group)
        for group in groups:
            self._close_by_itself(group)
        self._give_up_empty(alone)
        for element in self._gone:
            self._note_column(element)
        for element in self._gone:
            _bring_out_settings(element, element, self.marks)
            remove_keeping_tail(element)
        return groups, alone

    def _keeps_shape(self, opened: Member, later: Member) -> bool:
        """Whether a shape directive stands beside what only its own shape can be meant by, and the later one elsewhere, or in
        another group."""
        shape, other = governed(opened.node, "shape"), governed(later.node, "shape")
        if shape is None or any(shape is around for around in later.node.iterancestors()):
            return False
        apart = other is not None and other.getparent() is not shape.getparent()
        return apart or not self._is_only_for(shape, opened)

    def _levels(self, groups: list[Group]) -> list[tuple[Group, str]]:
        """The groups, each with the level it works at: those that span paragraphs go to the edges of these if they can."""
        levels = [(group, self._level(group)) for group in groups]
        spanning = [group for group, level in levels if level == "span"]
        moved = [m for g, level in levels if level == "p" and not self._one(g, "p") for m in g.members]
        self._edges = Edges(spanning, moved, self.marks)
        return [(g, "edge" if level == "span" and self._edges.moves(g) else level) for g, level in levels]

    def _give_up_empty(self, alone: list[Member]) -> None:
        """Rows that hold nothing but `{%tr set … %}` or `{#tr … #}` go, and what else a prefix says is a setting's own."""
        for member in alone:
            element = ancestor(member.node, _LEVELS.get(prefix_of(member.mark), ()))
            if (
                member.mark.word == "set"
                and element is not None
                and not _ends_section(element)
                and self._loses_nothing(member, element, Group(member))
            ):
                self._gone[element] = None
        for node in [n for n in self.root.iter(etree.ProcessingInstruction) if is_instruction(n)]:
            mark = self.marks.of(node)
            row = ancestor(node, ROWS) if mark.kind == "comment" and prefix_of(mark) == "tr" else None
            if row is not None and self._only_directives(row):
                self._gone[row] = None

    def _note_column(self, element: etree._Element) -> None:
        """Remember the column of a cell that goes: its grid column goes with it."""
        row = element.getparent()
        if element.tag in CELLS and row is not None:
            cells = [c for c in row if c.tag in CELLS]
            self.dropped.setdefault(row, set()).add(cells.index(element))

    def _level(self, group: Group) -> str:
        """The level a group works at; "" when it is misplaced (and said so)."""
        level = group.prefix if group.prefix in _LEVELS else self._inferred(group)
        if level == "p" and group.prefix == "p" and self._one(group, "p"):
            return "p" if not group.middles else "inline"
        if level in _LEVELS and not self._fits(group, level):
            return ""
        return level

    def _inferred(self, group: Group) -> str:
        homes = [ancestor(m.node, frozenset(PARAGRAPHS)) for m in group.members]
        if all(h is homes[0] for h in homes):
            return "inline"
        cells = [ancestor(m.node, CELLS) for m in group.members]
        if all(c is not None for c in cells) and cells[0] is not cells[-1]:
            return "tr"
        parents = [h.getparent() if h is not None else None for h in homes]
        if parents[0] is None or any(p is not parents[0] for p in parents):
            return self._misplaced(
                group,
                "opens and closes in different places",
                "keep both ends in one paragraph, cell or shape",
            )
        return "span"

    def _fits(self, group: Group, level: str) -> bool:
        word = _LEVEL_WORDS[level]
        elements = [governed(m.node, level) for m in group.members]
        for member, element in zip(group.members, elements, strict=True):
            if element is None:
                text = member.mark.tag.text if member.mark.tag else ""
                self.marks.error(
                    "tag-misplaced", f'"{text}" governs a {word} but stands in none', member.mark.place
                )
                return False
        if any(e.getparent() is not elements[0].getparent() for e in elements):  # type: ignore[union-attr]
            self._misplaced(
                group,
                f"opens and closes in {word}s that are not side by side",
                f"put both into {word}s of one parent",
            )
            return False
        if self._one(group, level) or (level == "shape" and group.end is None):
            return True
        return all(self._loses_nothing(m, e, group) for m, e in zip(group.members, elements, strict=True))

    def _loses_nothing(self, member: Member, element: etree._Element | None, group: Group) -> bool:
        """Whether the element may be replaced by the directive (or kept, for rows lifted without a prefix)."""
        if element is None:
            return True
        beside = visible_text(element).strip()[:60]
        lost = f'the text beside it: "{beside}"' if beside else "what is beside it"
        hint = f"give the directive a {_LEVEL_WORDS.get(group.prefix, 'paragraph')} of its own, or leave out the prefix"
        if self._is_only_for(element, member):
            if not _ends_section(element):
                return True
            lost, hint = "the section break beside it", "give the section break a paragraph of its own"
        if not group.prefix and member not in group.middles:
            return True
        text = member.mark.tag.text if member.mark.tag else ""
        self.marks.error("text-beside-directive", f'"{text}" would delete {lost}', member.mark.place, hint)
        return False

    def _misplaced(self, group: Group, what: str, hint: str) -> str:
        text = group.open.mark.tag.text if group.open.mark.tag else ""
        self.marks.error("tag-misplaced", f'"{text}" {what}', group.open.mark.place, hint)
        return ""

    def _one(self, group: Group, level: str) -> bool:
        elements = {governed(m.node, level) for m in group.members}
        return len(elements) == 1

    def _only_directives(self, element: etree._Element) -> bool:
        """Whether nothing but directives is inside: no text, no values, no pictures."""
        return holds_only(element, self.marks, ("directive", "comment"))

    def _is_only_for(self, element: etree._Element, member: Member) -> bool:
        """Whether an element is there for directives only, and shows nothing itself."""
        drawn = element.tag in SHAPES and draws_without_text(element, member.node)
        return not drawn and self._only_directives(element)

    def _place(self, member: Member, level: str, group: Group) -> None:
        if not level:
            take_out(member.node)
        elif level == "edge":
            self._place_at_edge(member)
        elif level in _LEVELS:
            self._place_at_element(member, level, group)
        else:
            self._place_inline(member, group, level)

    def _place_at_element(self, member: Member, level: str, group: Group) -> None:
        element = governed(member.node, level)
        if element is None:
            return
        whole = self._one(group, level)
        replaced = (
            not whole and not (level == "shape" and group.end is None) and self._is_bare(element, member)
        )
        if replaced:
            self._replace(element, member.node)
            return
        take_out(member.node)
        if member is group.open:
            self._first_hook(element).addprevious(member.node)
        elif member is group.end:
            self._put_after(element, member.node)

    def _place_at_edge(self, member: Member) -> None:
        """In front of the member's paragraph or behind it, or in the place of one that holds nothing else."""
        paragraph = next(member.node.iterancestors(*PARAGRAPHS))
        before = self._edges.goes_before(member)
        if self._edges.empties(paragraph) and not _ends_section(paragraph):
            self._replace(paragraph, member.node)
            return
        take_out(member.node)
        if before:
            self._first_hook(paragraph).addprevious(member.node)
        else:
            self._put_after(paragraph, member.node)

    def _replace(self, element: etree._Element, node: etree._Element) -> None:
        """Put a directive in the place of an element that goes, behind what was set in it before."""
        _bring_out_settings(element, node, self.marks)
        take_out(node)
        self._gone[element] = None
        element.addprevious(node)

    def _put_after(self, element: etree._Element, node: etree._Element) -> None:
        self._after.get(element, element).addnext(node)
        self._after[element] = node

    def _first_hook(self, element: etree._Element) -> etree._Element:
        """The first of the hooks that stand before an element and belong to it (what its picture or chart is)."""
        first, before = element, element.getprevious()
        while before is not None and is_instruction(before) and self.marks.of(before).kind == "hook":
            first, before = before, before.getprevious()
        return first

    def _is_bare(self, element: etree._Element, member: Member) -> bool:
        return element in self._gone or self._is_only_for(element, member)

    def _place_inline(self, member: Member, group: Group, level: str) -> None:
        """Same text element: leave the mark where it is. Otherwise split runs until all marks are siblings."""
        nodes = [m.node for m in group.members]
        if level == "inline" and all(n.getparent() is nodes[0].getparent() for n in nodes):
            return
        home = common_ancestor(nodes) if level == "inline" else ancestor(member.node, frozenset(PARAGRAPHS))
        if level == "span":
            member.mark.note = SPAN
        while (parent := member.node.getparent()) is not None and parent is not home:
            if parent.tag not in TEXTS and parent.tag not in _SPLITTABLE:
                self._misplaced(group, "reaches into a field or control", "keep it outside")
                return
            split_at(member.node)

    def _close_by_itself(self, group: Group) -> None:
        """A shape directive without an end covers its shape."""
        if group.end is not None or group.prefix != "shape":
            return
        element = next((e for e in group.open.node.itersiblings() if not is_instruction(e)), None)
        if element is None:
            return
        node = instruction(self.marks.add("directive", tag=None, place=group.open.mark.place, closes=True))
        self._put_after(element, node)


def ancestor(node: etree._Element, tags: Iterable[str]) -> etree._Element | None:
    """The nearest ancestor with one of these names."""
    return next((a for a in node.iterancestors() if a.tag in tags), None)


def governed(node: etree._Element, level: str) -> etree._Element | None:
    """What a directive of this level governs: the nearest element of its kind, a shape with what older programs show instead."""
    element = ancestor(node, _LEVELS[level])
    branch = element.getparent() if element is not None else None
    return branch.getparent() if branch is not None and branch.tag in BRANCHES else element


def _take_out_repeated(members: Iterable[Member]) -> None:
    """What older programs show instead of a shape repeats its text: the directives in it are said already."""
    said: set[etree._Element] = set()
    for member in members:
        branch = ancestor(member.node, BRANCHES)
        both = branch.getparent() if branch is not None else None
        if branch is None or both is None or not _acts_once(member.mark):
            continue
        if branch.tag == BRANCHES[0]:
            said.add(both)
        elif both in said:
            take_out(member.node)


def _acts_once(mark: Mark) -> bool:
    """Whether a directive must not be followed twice: one of the shape itself, and one that counts on in a namespace."""
    tag = mark.tag
    counts = mark.word == "set" and tag is not None and "." in tag.rest.partition("=")[0]
    return counts or (tag is not None and tag.prefix == "shape")


def common_ancestor(nodes: list[etree._Element]) -> etree._Element | None:
    """The nearest element that holds all of them."""
    shared = [set(n.iterancestors()) for n in nodes]
    return next((a for a in nodes[0].iterancestors() if all(a in s for s in shared)), None)


def _bring_out_settings(element: etree._Element, until: etree._Element, marks: Marks) -> None:
    """Put what is set in an element that goes in front of it: all of it, or what comes before a node in it."""
    for node in list(element.iter(etree.ProcessingInstruction)):
        if node is until:
            return
        if is_instruction(node) and marks.of(node).word == "set":
            take_out(node)
            element.addprevious(node)


def _ends_section(paragraph: etree._Element) -> bool:
    return paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None


def take_out(node: etree._Element) -> None:
    """Remove an instruction and whatever it leaves empty up to its run."""
    text = node.getparent()
    remove_keeping_tail(node)
    if text is not None:
        prune(text)


def empty_copy(element: etree._Element) -> etree._Element:
    """A copy of the element without what is in it, its namespaces kept."""
    copy = deepcopy(element)
    for child in list(copy):
        copy.remove(child)
    copy.text = copy.tail = None
    return copy


def split_at(node: etree._Element) -> None:
    """Split the node's parent in two at the node, which then stands between the halves; empty halves go."""
    parent = node.getparent()
    if parent is None:
        return
    other = empty_copy(parent)
    if parent.tag in RUNS:
        for child in parent:
            if str(child.tag).endswith("}rPr"):
                other.append(deepcopy(child))
    if parent.tag in TEXTS:
        other.text, node.tail = node.tail, None
    for sibling in list(node.itersiblings()):
        other.append(sibling)
    parent.addnext(other)
    parent.addnext(node)
    for half in (parent, other):
        if is_empty(half):
            remove_keeping_tail(half)
