"""Content controls with tags in them: what they show is the value, and nothing writes over it when the file is opened.

In: the tree of a Word part whose tags are marked. Out: the same tree; such controls are bound to no data any more (Word would show
what its data store says, which is the tag still) and do not count as prompts, which vanish at a click. Compile time only.
"""

from __future__ import annotations

from lxml import etree

from collateral.ooxml.names import qn
from collateral.ooxml.template.language.marks import Marks, is_instruction

_BINDINGS = frozenset({"dataBinding", "showingPlcHdr"})
"""Local names: newer files bind in a namespace of their own."""
_DAY = qn("w:fullDate")
"""The day a date's control was set to by hand."""


def free_controls(root: etree._Element, marks: Marks) -> None:
    """Take the binding, the prompt and the day chosen before off every control that shows a tag."""
    for properties in list(root.iter(qn("w:sdtPr"))):
        content = properties.getparent().find(qn("w:sdtContent"))  # type: ignore[union-attr]
        if content is None or not _shows_tag(content):
            continue
        for child in list(properties.iterchildren(etree.Element)):
            if etree.QName(child).localname in _BINDINGS:
                properties.remove(child)
            elif child.get(_DAY) is not None:
                del child.attrib[_DAY]


def _shows_tag(content: etree._Element) -> bool:
    """Whether a tag is in the control itself; those of a control in it are that one's."""
    return any(
        is_instruction(node) and next(node.iterancestors(qn("w:sdtContent"))) is content
        for node in content.iter(etree.ProcessingInstruction)
    )
