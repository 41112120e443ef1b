"""What its author says of a master in its properties: comments, category and status, a manager, a folder that links begin at.

In: a package. Out: the same without; a piece that is made of it for somebody else has properties of its own. What holds a tag stays.
"""

from __future__ import annotations

from typing import Final

from collateral.ooxml.names import CT_CORE_PROPERTIES, CT_EXTENDED_PROPERTIES, qn
from collateral.ooxml.package import Package, Part
from collateral.ooxml.template.language.tags import may_hold_tags
from collateral.ooxml.xml import XmlError, parse_xml, serialise

_SAID: Final = {
    CT_CORE_PROPERTIES: (
        "dc:description", "cp:category", "cp:contentStatus", "dc:identifier", "cp:lastPrinted", "cp:revision", "cp:version",
    ),
    CT_EXTENDED_PROPERTIES: ("ep:Manager", "ep:HyperlinkBase"),
}  # fmt: skip


def without_descriptions(package: Package) -> Package:
    """The package without any of them; the same one when there is none."""
    parts = [part for part in package.parts.values() if part.content_type in _SAID]
    changed = [made for part in parts if (made := _without(part)) is not None]
    return package.with_parts(changed) if changed else package


def _without(part: Part) -> Part | None:
    try:
        root = parse_xml(part.data())
    except XmlError:
        return None
    gone = [
        element
        for name in _SAID[part.content_type]
        for element in root.findall(qn(name))
        if not may_hold_tags(element.text or "")
    ]
    for element in gone:
        root.remove(element)
    return part.with_data(serialise(root)) if gone else None
