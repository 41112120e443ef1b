"""Hooks in docProps where document properties go, when the template is compiled.

In: the tree of core.xml or app.xml. Out: the tree with marks. A property nobody sets keeps the template's value.
"""

from __future__ import annotations

from lxml import etree

from collateral.ooxml.app_properties import drop_derived
from collateral.ooxml.names import qn
from collateral.ooxml.template.language.marks import Marks, instruction
from collateral.ooxml.template.language.ops import Hook
from collateral.ooxml.template.parts.presentation import COUNTS
from collateral.ooxml.xml import escape_text

_CORE = (
    ("dc:title", "title"),
    ("dc:subject", "subject"),
    ("dc:creator", "author"),
    ("cp:keywords", "keywords"),
    ("cp:lastModifiedBy", "author"),
    ("dcterms:modified", "modified"),
    ("dc:language", "language"),
)


def hook_core_properties(root: etree._Element, marks: Marks) -> None:
    """Put a hook at every core property that can be set."""
    for name, source in _CORE:
        _hook(root, marks, name, source)


def hook_company(root: etree._Element, marks: Marks) -> None:
    """Put a hook at the company of app.xml, when it has one: the order of its elements is fixed."""
    if root.find(qn("ep:Company")) is not None:
        _hook(root, marks, "ep:Company", "company")


def drop_stale(root: etree._Element, marks: Marks) -> None:
    """Take out of app.xml what it says of a text that has changed."""
    drop_derived(root)
    marks.changed = True


def hook_counts(root: etree._Element, marks: Marks) -> None:
    """Put a hook at the numbers of slides in app.xml, and take out what else it says of them."""
    drop_derived(root, COUNTS)
    for name in COUNTS:
        count = root.find(qn(f"ep:{name}"))
        if count is not None:
            count.text = None
            count.append(instruction(marks.add("hook", note=Hook("app_count", name))))


def _hook(root: etree._Element, marks: Marks, name: str, source: str) -> None:
    element = root.find(qn(name))
    if element is None:
        if name == "dcterms:modified":
            return
        wanted = Hook("property_element", (source, _tag_of(root, name)))
        root.append(instruction(marks.add("hook", note=wanted)))
        return
    text = element.text or ""
    if ("{" in text and "}" in text) or len(element):
        return
    default = escape_text(text).encode()
    element.text = None
    element.append(instruction(marks.add("hook", note=Hook("property", (source, default)))))


def _tag_of(root: etree._Element, name: str) -> tuple[bytes, bytes]:
    """Start and end tag for an element the root has no example of."""
    prefix, _, local = name.partition(":")
    uri = qn(name)[1:].partition("}")[0]
    known = next((p for p, u in root.nsmap.items() if u == uri), "")
    if known is None:
        return f"<{local}>".encode(), f"</{local}>".encode()
    declaration = "" if known else f' xmlns:{prefix}="{uri}"'
    shown = known or prefix
    return f"<{shown}:{local}{declaration}>".encode(), f"</{shown}:{local}>".encode()
