"""Numbered lists of a Word part that start over in loops.

In: the tree of a part whose directives stand where they belong, and the lists that paragraph styles bring along. Out: the same tree
with hooks at the numbers of these lists. Compile time only.

A list whose items are the turns of a loop goes on through the loop, and starts over when the loop runs again. A list that a turn
has for itself (several items behind something else, as a heading) starts over in every turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from itertools import takewhile

from lxml import etree

from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.ooxml.names import qn
from collateral.ooxml.template.compiling.word_copies import Loops, loops_around
from collateral.ooxml.template.language.marks import Marks, instruction
from collateral.ooxml.template.language.ops import NEW_LIST, Hook
from collateral.ooxml.template.shapes.unique_ids import token

_BEFORE_NUMBERS = frozenset(
    qn(n)
    for n in ("w:pStyle", "w:keepNext", "w:keepLines", "w:pageBreakBefore", "w:framePr", "w:widowControl")
)
_VALUE = qn("w:val")


@dataclass(slots=True)
class _Item:
    """A numbered paragraph in a loop: its `w:numId`, its level, whether it is a heading, and what stands before it."""

    paragraph: etree._Element
    number: etree._Element
    level: str
    heads: bool
    loops: Loops
    follows: frozenset[etree._Element]
    """The loops in a turn of which a paragraph without a number came before."""


@dataclass(slots=True)
class ListStyles:
    """The `w:numPr` paragraph styles bring along, and the styles of headings, by their ids."""

    lists: Mapping[str, etree._Element] = field(default_factory=dict)
    headings: frozenset[str] = frozenset()

    @staticmethod
    def of(styles: etree._Element) -> ListStyles:
        """What the part of the styles says."""
        lists: dict[str, etree._Element] = {}
        headings: set[str] = set()
        for style in styles.iter(qn("w:style")):
            name = style.get(qn("w:styleId")) or ""
            numbers = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if numbers is not None and numbers.find(qn("w:numId")) is not None:
                lists[name] = deepcopy(numbers)  # the element itself would keep all styles in memory
            if style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}") is not None:
                headings.add(name)
        return ListStyles(lists, frozenset(headings))


def restart_lists(root: etree._Element, marks: Marks, styles: ListStyles) -> None:
    """Put hooks at the numbers of lists that start over."""
    lists: dict[tuple[str, etree._Element], list[_Item]] = {}
    for item in _items(root, marks, styles):
        lists.setdefault((item.number.get(_VALUE) or "", item.loops[0]), []).append(item)
    homes: dict[etree._Element, str] = {}
    for at, items in enumerate(lists.values()):
        loop = _turn_of(items)
        if loop is not None:
            key = f"{marks.part} turn {at}"
            loop.addnext(instruction(marks.add("hook", note=Hook(NEW_LIST, key))))
            _hook(items, key, marks)
        else:
            _hook_runs([item for item in items if len(item.loops) > 1], homes, marks)


def _items(root: etree._Element, marks: Marks, styles: ListStyles) -> Iterable[_Item]:
    follows: set[etree._Element] = set()
    for node, loops in loops_around(root, marks):
        if node.tag != qn("w:p") or not loops:
            continue
        number, style = _number_of(node, styles)
        if number is None:
            follows.update(loops)
        else:
            level = number.getparent().find(qn("w:ilvl"))  # type: ignore[union-attr]
            found = (level.get(_VALUE) if level is not None else None) or "0"
            yield _Item(node, number, found, style in styles.headings, loops, frozenset(follows))


def _turn_of(items: list[_Item]) -> etree._Element | None:
    """The loop whose turns have the list each for itself; None for a list that goes on through a loop."""
    pairs = zip(*(item.loops for item in items), strict=False)
    shared = [loops[0] for loops in takewhile(lambda loops: len(set(loops)) == 1, pairs)]
    highest = min(item.level for item in items)
    several = sum(item.level == highest for item in items) > 1
    own = several and not any(item.heads for item in items) and shared[-1] in items[0].follows
    return shared[-1] if own else None


def _hook_runs(items: list[_Item], homes: dict[etree._Element, str], marks: Marks) -> None:
    """A list inside a loop inside a loop starts over each time the inner loop runs."""
    for item in items:
        loop = item.loops[-1]
        if loop not in homes:
            homes[loop] = f"{marks.part} {len(homes)}"
            loop.addprevious(instruction(marks.add("hook", note=Hook(NEW_LIST, homes[loop]))))
        _hook([item], homes[loop], marks)


def _hook(items: list[_Item], key: str, marks: Marks) -> None:
    for item in items:
        hook = Hook("list_number", (key, item.number.get(_VALUE) or ""))
        item.number.set(_VALUE, token(marks, hook))
        _write_out(item.number, item.paragraph)


def _number_of(paragraph: etree._Element, styles: ListStyles) -> tuple[etree._Element | None, str]:
    """The paragraph's `w:numId`, or one that says what its style brings, which is in no tree yet; and the style."""
    properties = paragraph.find(qn("w:pPr"))
    if properties is None:
        return None, ""
    number = properties.find(f"{qn('w:numPr')}/{qn('w:numId')}")
    element = properties.find(qn("w:pStyle"))
    style = (element.get(_VALUE) or "") if element is not None else ""
    brought = styles.lists.get(style)
    if number is not None and number.get(_VALUE) == "0":  # a paragraph without the list of its style
        return None, style
    if number is not None or brought is None:
        return number, style
    return deepcopy(brought).find(qn("w:numId")), style


def _write_out(number: etree._Element, paragraph: etree._Element) -> None:
    """Put what a style brings into the paragraph itself, where another list can take its place."""
    properties, wanted = paragraph.find(qn("w:pPr")), number.getparent()
    if properties is None or wanted is None or wanted.getparent() is not None:
        return
    at = max((i + 1 for i, child in enumerate(properties) if child.tag in _BEFORE_NUMBERS), default=0)
    properties.insert(at, wanted)
