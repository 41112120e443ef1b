"""What must differ from copy to copy of a loop in a Word part: bookmarks and what refers to them, tracked changes, content
controls, editable ranges, older shapes.

In: the tree of a part whose directives stand where they belong. Out: the same tree with hooks at numbers, names and references.
A bookmark that a directive would part from its end ends where it begins. Compile time only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from collateral.ooxml.names import NAMESPACES, qn
from collateral.ooxml.template.language.groups import CLOSERS, MIDDLES, OPENERS
from collateral.ooxml.template.language.marks import Mark, Marks, instruction, is_instruction
from collateral.ooxml.template.language.ops import Hook
from collateral.ooxml.template.language.scan import bare_xml, remove_keeping_tail
from collateral.ooxml.template.shapes.unique_ids import token

Loops = tuple[etree._Element, ...]
"""The loops that are open somewhere, outermost first."""
Repeated = list[tuple[etree._Element, Loops]]
Open = tuple[tuple[etree._Element, int], ...]
"""The directives that are open somewhere, outermost first, each with the number of its branch."""

_ID, _NAME = qn("w:id"), qn("w:name")
_START, _END = qn("w:bookmarkStart"), qn("w:bookmarkEnd")
_RANGES = {
    qn(f"w:{name}{end}"): (name, end == "Start")
    for name, ends in {
        "perm": ("Start", "End"),
        "moveFromRange": ("Start", "End"),
        "moveToRange": ("Start", "End"),
    }.items()
    for end in ends
}
_COMMENTED = frozenset(qn(f"w:comment{name}") for name in ("RangeStart", "RangeEnd", "Reference"))
_PARAGRAPH_IDS = (qn("w14:paraId"), qn("w14:textId"))
_SHAPE = f"{{{NAMESPACES['v']}}}"
_OLE = qn("o:OLEObject")
_CODE = qn("w:instr")
_REFERENCE = re.compile(r'(?<![\w\\])(?:(?:PAGE|NOTE)?REF|HYPERLINK\s+\\l)\s+"?([^\s"\\]+)', re.IGNORECASE)


def open_directives(root: etree._Element, marks: Marks) -> Iterator[tuple[etree._Element, Open]]:
    """The elements of a part with the directives that are open there. The tree must not change meanwhile."""
    open_: list[tuple[etree._Element, int]] = []
    for node in root.iter():
        if is_instruction(node):
            _follow(node, marks.of(node), open_)
        elif isinstance(node.tag, str):
            yield node, tuple(open_)


def _follow(node: etree._Element, mark: Mark, open_: list[tuple[etree._Element, int]]) -> None:
    if mark.kind != "directive":
        return
    if mark.closes or mark.word in CLOSERS:
        open_[-1:] = []
    elif mark.word in OPENERS:
        open_.append((node, 0))
    elif mark.word in MIDDLES and open_:
        open_[-1] = (open_[-1][0], open_[-1][1] + 1)


def hook_copies(root: etree._Element, marks: Marks) -> None:
    """Put hooks at all that a loop repeats and that must not be there twice."""
    _keep_bookmarks_whole(
        [(n, open_) for n, open_ in open_directives(root, marks) if n.tag in (_START, _END)]
    )
    repeated = [(node, loops) for node, loops in loops_around(root, marks) if loops]
    for node, _ in repeated:
        if node.tag in _COMMENTED:
            _keep_first(node, marks)
        else:
            _hook_numbers(node, marks)
    bookmarks = _Bookmarks(repeated, marks)
    for node, loops in repeated:
        bookmarks.hook(node, loops)


def loops_around(root: etree._Element, marks: Marks) -> Iterator[tuple[etree._Element, Loops]]:
    """The elements of a part with the loops around them."""
    for node, open_ in open_directives(root, marks):
        yield node, tuple(each for each, _ in open_ if marks.of(each).word == "for")


def _keep_bookmarks_whole(found: list[tuple[etree._Element, Open]]) -> None:
    """In the order they stand in: a text box has them twice with one number, for older programs."""
    starts: dict[str | None, tuple[etree._Element, Open]] = {}
    for node, open_ in found:
        if node.tag == _START:
            starts[node.get(_ID)] = node, open_
        elif node.get(_ID) in starts:
            start, there = starts.pop(node.get(_ID))
            if open_ != there:
                start.addnext(node)


def _hook_numbers(node: etree._Element, marks: Marks) -> None:
    tag = str(node.tag)
    for name in _PARAGRAPH_IDS:
        if name in node.attrib:
            del node.attrib[name]
    if tag in _RANGES:
        kind, starts = _RANGES[tag]
        _set(node, _ID, Hook("bookmark", (f"{kind} {node.get(_ID)}", starts)), marks)
    elif node.get(qn("w:author")) is not None:
        _set(node, _ID, Hook("unique", ("change", node.get(_ID) or "")), marks)
    elif tag == _ID and node.getparent().tag == qn("w:sdtPr"):  # type: ignore[union-attr]
        _set(node, qn("w:val"), Hook("unique", ("control", node.get(qn("w:val")) or "")), marks)
    elif tag.startswith(_SHAPE) and tag != f"{_SHAPE}shapetype":
        for name, kind in (("id", "shape"), (qn("o:spid"), "spid")):
            _set(node, name, Hook("copied_name", (kind, node.get(name) or "", "new")), marks)
    elif tag == _OLE:
        _set(node, "ShapeID", Hook("copied_name", ("shape", node.get("ShapeID") or "", "last")), marks)


def _keep_first(node: etree._Element, marks: Marks) -> None:
    """A reviewer's comment is one: it stays with the first turn."""
    run = node.getparent() if node.tag == qn("w:commentReference") else None
    whole = run if run is not None and all(c is node or c.tag == qn("w:rPr") for c in run) else node
    hook = Hook("once", (f"{node.tag} {node.get(_ID)}", bare_xml(whole)))
    whole.addprevious(instruction(marks.add("hook", note=hook)))
    remove_keeping_tail(whole)


def _set(node: etree._Element, name: str, hook: Hook, marks: Marks) -> None:
    value = node.get(name)
    if value and marks.token not in value:
        node.set(name, token(marks, hook))


class _Bookmarks:
    """A bookmark in a loop has a number and a name of its own each time; what refers to it in the same turn follows it."""

    def __init__(self, repeated: Repeated, marks: Marks) -> None:
        self.marks = marks
        self.homes = {node.get(_NAME) or "": loops for node, loops in repeated if node.tag == _START}
        self.passed: set[str] = set()

    def hook(self, node: etree._Element, loops: Loops) -> None:
        """Put the hooks of one element."""
        name = node.get(_NAME) or ""
        if node.tag == _START:
            self.passed.add(name)
            _set(node, _ID, Hook("bookmark", (node.get(_ID) or "", True)), self.marks)
            _set(node, _NAME, Hook("copied_name", ("bookmark", name, "new")), self.marks)
        elif node.tag == _END:
            _set(node, _ID, Hook("bookmark", (node.get(_ID) or "", False)), self.marks)
        elif node.tag == qn("w:hyperlink"):
            self._refer(node, qn("w:anchor"), loops)
        elif node.tag == qn("w:name") and node.getparent().tag == qn("w:ffData"):  # type: ignore[union-attr]
            self._refer(node, qn("w:val"), loops)
        elif node.tag == qn("w:fldSimple"):
            self._refer_in_code(node, loops)
        elif node.tag == qn("w:instrText"):
            self._refer_in_text(node, loops)

    def _follows(self, name: str, loops: Loops) -> Hook | None:
        """The name of this turn's bookmark, where the bookmark is in this loop or in one around it."""
        home = self.homes.get(name)
        if home is None or loops[: len(home)] != home:
            return None
        return Hook("copied_name", ("bookmark", name, "last" if name in self.passed else "next"))

    def _refer(self, node: etree._Element, attribute: str, loops: Loops) -> None:
        hook = self._follows(node.get(attribute) or "", loops)
        if hook is not None:
            _set(node, attribute, hook, self.marks)

    def _refer_in_code(self, node: etree._Element, loops: Loops) -> None:
        code = node.get(_CODE) or ""
        found = _REFERENCE.search(code)
        hook = self._follows(found[1], loops) if found else None
        if found and hook is not None:
            node.set(_CODE, code[: found.start(1)] + token(self.marks, hook) + code[found.end(1) :])

    def _refer_in_text(self, node: etree._Element, loops: Loops) -> None:
        found = _REFERENCE.search(node.text or "")
        hook = self._follows(found[1], loops) if found else None
        if found and hook is not None:
            code = node.text or ""
            reference = instruction(self.marks.add("hook", note=hook))
            node.text, reference.tail = code[: found.start(1)], code[found.end(1) :]
            node.insert(0, reference)
