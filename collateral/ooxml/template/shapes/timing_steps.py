"""Animations of shapes that a directive drops or repeats.

In: a slide's tree and the ids of those shapes. Out: the same tree with a hook in place of its timing, which `timing` writes
anew from the shapes that are there. A slide whose animated shapes always stand keeps its timing as it is. Compile time only.
"""

from __future__ import annotations

from collections.abc import Collection

from lxml import etree

from collateral.ooxml.names import qn
from collateral.ooxml.template.language.lift import empty_copy
from collateral.ooxml.template.language.marks import Marks, instruction
from collateral.ooxml.template.language.ops import Hook
from collateral.ooxml.template.language.scan import bare_xml
from collateral.ooxml.template.shapes.timing import BUILD, EFFECT, LIST, NODE, Timing

_LISTS = (qn("p:tnLst"), qn("p:childTnLst"), qn("p:bldLst"))
_NODES = (qn("p:timing"), qn("p:par"), qn("p:seq"), qn("p:excl"), qn("p:cTn"))
_MEDIA = (qn("p:video"), qn("p:audio"), qn("p:cmd"), qn("p:set"), qn("p:anim"))
_CONDITIONS = (qn("p:stCondLst"), qn("p:nextCondLst"), qn("p:prevCondLst"))


def hook_timing(root: etree._Element, shapes: Collection[str], marks: Marks) -> None:
    """Put a hook in place of the slide's timing when it animates one of these shapes."""
    for timing in list(root.iter(qn("p:timing"))):
        if shapes and _targets(timing, shapes):
            hook = Hook("timing", _tree(timing, shapes))
            timing.addprevious(instruction(marks.add("hook", note=hook)))
            timing.getparent().remove(timing)  # type: ignore[union-attr]


def _tree(element: etree._Element, shapes: Collection[str]) -> Timing:
    """What must be decided when the shapes are known, as nested values; everything else as bytes."""
    targets = _targets(element, shapes)
    if not targets:
        return bare_xml(element)
    if _is_effect(element, shapes):
        return EFFECT, bare_xml(element), (), b"", targets
    if element.get("spid") in shapes:
        return BUILD, bare_xml(element), (), b"", targets
    kind = LIST if element.tag in _LISTS else NODE if element.tag in _NODES else ""
    if not kind:
        return EFFECT, bare_xml(element), (), b"", targets
    before, after = _shell(element)
    children = tuple(_tree(child, shapes) for child in element.iterchildren(etree.Element))
    return kind, before, children, after, ()


def _is_effect(element: etree._Element, shapes: Collection[str]) -> bool:
    """Whether the element is one effect on a shape, or a sequence that a click on a shape starts."""
    if element.tag in _MEDIA:
        return True
    node = element.find(qn("p:cTn"))
    if element.tag == qn("p:par"):
        return node is not None and node.get("presetClass") is not None
    if element.tag != qn("p:seq"):
        return False
    conditions = [
        c for parent in (element, node) if parent is not None for c in parent if c.tag in _CONDITIONS
    ]
    return any(_targets(condition, shapes) for condition in conditions)


def _targets(element: etree._Element, shapes: Collection[str]) -> tuple[str, ...]:
    found = [e.get("spid") or "" for e in element.iter(etree.Element) if e.get("spid") is not None]
    return tuple(number for number in dict.fromkeys(found) if number in shapes)


def _shell(element: etree._Element) -> tuple[bytes, bytes]:
    """The element's start and end tag."""
    copy = empty_copy(element)
    copy.append(etree.ProcessingInstruction("c8", "cut"))
    text = etree.tostring(copy, encoding="UTF-8")
    parent = element.getparent()
    for prefix, uri in (parent.nsmap if parent is not None else {}).items():
        name = f":{prefix}" if prefix else ""
        text = text.replace(f' xmlns{name}="{uri}"'.encode(), b"", 1)
    before, _, after = text.partition(b"<?c8 cut?>")
    return before, after
