"""Ids that must differ from turn to turn of a loop, and what refers to them.

In: a part's tree whose directives stand where they belong. Out: the same tree with hooks at ids and references. Compile
time only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from lxml import etree

from collateral.ooxml.names import qn
from collateral.ooxml.template.language.groups import WHOLE
from collateral.ooxml.template.language.marks import Mark, Marks, instruction, is_instruction
from collateral.ooxml.template.language.ops import CHART_ID, CONNECTED, Hook
from collateral.ooxml.template.language.scan import bare_xml
from collateral.ooxml.template.shapes.timing_steps import hook_timing

_UNIQUE = {
    qn("wp:docPr"): "id",
    qn("a16:rowId"): "val",
    qn("a16:colId"): "val",
    qn("a16:creationId"): "id",
}
_CHARTS = (qn("c:chart"), qn("cx:chart"))
_DROPPING = ("needs", "piece", "about")
_CONNECTIONS = (qn("a:stCxn"), qn("a:endCxn"))


def token(marks: Marks, hook: Hook) -> str:
    """A new hook's token, for use in an attribute."""
    return f"{marks.token}{marks.add('hook', note=hook).id}{marks.token}"


def track(mark: Mark, open_: list[str]) -> None:
    """Follow what is open, outermost first: `for` and `if`, and brackets around what may go without one of them.

    Directives for whole slides are no part of it, wherever on the slide they stand."""
    is_wide = mark.tag is not None and mark.tag.prefix in WHOLE
    if is_wide or mark.kind not in ("directive", *_DROPPING):
        return
    if mark.closes or mark.word in ("endfor", "endif"):
        if open_:
            open_.pop()
    elif mark.word in ("for", "if", *_DROPPING):
        open_.append(mark.word)


def inside_loop(loop: etree._Element, marks: Marks) -> Iterator[tuple[etree._Element, list[str]]]:
    """What stands between a loop and its end, side by side, with the directives that are open there."""
    open_ = ["for"]
    for node in loop.itersiblings():
        if is_instruction(node):
            track(marks.of(node), open_)
            if not open_:
                return
        else:
            yield node, open_


def hook_unique_ids(
    root: etree._Element,
    marks: Marks,
    drawn: Mapping[str, int] = MappingProxyType({}),
    charts: Collection[str] = (),
) -> None:
    """Ids inside loops differ from turn to turn; lines between shapes and animations keep to theirs. `drawn` are the paragraphs
    of texts that move one by one, `charts` the relationships of charts that get other data."""
    targets = {e.get("spid") or "" for e in root.iter(qn("p:spTgt"))}
    targets |= {e.get("id") or "" for e in root.iter(*_CONNECTIONS)}
    named: set[str] = set()
    repeated: set[etree._Element] = set()
    older = _older_forms(root)
    for node, open_ in with_directives(root, marks):
        if not open_:
            continue
        if node.tag in _CONNECTIONS and "for" in open_:
            repeated.add(node)
        elif node.tag == qn("p:cNvPr"):
            number = node.get("id") or ""
            if number in older:
                again = node in older[number]
                node.set("id", token(marks, Hook("shape_id_again" if again else "shape_id", number)))
                named |= {number} & targets
            elif number in targets:
                named.add(number)
                node.set("id", token(marks, Hook("shape_id", number)))
            elif "for" in open_:
                node.set("id", token(marks, Hook("unique", ("cNvPr", number))))
        elif "for" in open_ and node.tag in _CHARTS and node.get(qn("r:id")) in charts:
            node.set(qn("r:id"), token(marks, Hook(CHART_ID, node.get(qn("r:id")))))
        elif "for" in open_ and node.tag in _UNIQUE:
            name = _UNIQUE[str(node.tag)]
            value = node.get(name)
            if value is not None and marks.token not in value:
                kind = str(node.tag).rpartition("}")[2]
                node.set(name, token(marks, Hook("unique", (kind, value))))
    _hook_connections(root, named, repeated, marks)
    hook_timing(root, named, drawn, marks, charts)


def with_directives(root: etree._Element, marks: Marks) -> Iterator[tuple[etree._Element, list[str]]]:
    """The elements of a part with the directives that are open there."""
    open_: list[str] = []
    for node in list(root.iter()):
        if is_instruction(node):
            track(marks.of(node), open_)
        elif isinstance(node.tag, str):
            yield node, open_


def _older_forms(root: etree._Element) -> dict[str, set[etree._Element]]:
    """Shapes that are there once more for older programs, as equations, zooms and 3D models are, by the id both have."""
    found: dict[str, set[etree._Element]] = {}
    for both in root.iter(qn("mc:AlternateContent")):
        newer = {e.get("id") for e in both.iterfind(f"{qn('mc:Choice')}//{qn('p:cNvPr')}")}
        for shape in both.iterfind(f"{qn('mc:Fallback')}//{qn('p:cNvPr')}"):
            if shape.get("id") in newer:
                found.setdefault(shape.get("id") or "", set()).add(shape)
    return found


def _hook_connections(
    root: etree._Element, named: set[str], repeated: set[etree._Element], marks: Marks
) -> None:
    """The ends of a line in a loop stay with the shapes of their own turn, those of another line with the first; both let
    go of a shape that is not there."""
    if not named:
        return
    passed: set[str] = set()
    later = False
    shapes = {
        f"{marks.token}{mark.id}{marks.token}": str(mark.note.argument)
        for mark in marks.all
        if isinstance(mark.note, Hook) and mark.note.name == "shape_id"
    }
    for element in list(root.iter(qn("p:cNvPr"), *_CONNECTIONS)):
        number = element.get("id") or ""
        if element.tag == qn("p:cNvPr"):
            passed.add(shapes.get(number, number))
        elif number in named:
            before, _, after = bare_xml(element).partition(f'id="{number}"'.encode())
            which = "later" if number not in passed else "last" if element in repeated else "first"
            later = later or which == "later"
            hook = Hook("connection", (number, which, before + b'id="', b'"' + after))
            element.addprevious(instruction(marks.add("hook", note=hook)))
            element.getparent().remove(element)  # type: ignore[union-attr]
    if later:
        root.append(instruction(marks.add("hook", note=Hook(CONNECTED))))


_MOST = 1_000_000_000
"""Word makes numbers up to twice that; behind one of those there may be no room for more."""


def next_free_id(root: etree._Element) -> int:
    """A number above all shape and drawing ids of the part."""
    return max(_ids(root), default=0) + 1


def highest_given(root: etree._Element) -> int:
    """The highest of the part's drawing and bookmark ids that may come from an earlier filling."""
    return max((number for number in _ids(root) if number < _MOST), default=0)


def _ids(root: etree._Element) -> Iterator[int]:
    for element in root.iter(qn("p:cNvPr"), qn("wp:docPr"), qn("w:bookmarkStart")):
        if (text := element.get("id") or element.get(qn("w:id")) or "").isdecimal():
            yield int(text)
