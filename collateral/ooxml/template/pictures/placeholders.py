"""Empty picture placeholders with a tag in their alt text or name: they become the pictures they wait for.

In: a slide's tree. Out: the same tree with such placeholders as pictures without a file, which filling gives. Compile time only.
"""

from __future__ import annotations

from lxml import etree

from collateral.ooxml.names import qn
from collateral.ooxml.template.language.contents import visible_text

_LOCKS = ("noGrp", "noChangeAspect")


def fill_placeholders_with_pictures(root: etree._Element) -> set[etree._Element]:
    """Turn the placeholders into pictures, which are returned."""
    return {_as_picture(shape) for shape in list(root.iter(qn("p:sp"))) if _waits_for_picture(shape)}


def _waits_for_picture(shape: etree._Element) -> bool:
    placeholder = shape.find(f"{qn('p:nvSpPr')}/{qn('p:nvPr')}/{qn('p:ph')}")
    named = shape.find(f"{qn('p:nvSpPr')}/{qn('p:cNvPr')}")
    if (
        placeholder is None
        or named is None
        or placeholder.get("type") != "pic"
        or visible_text(shape).strip()
    ):
        return False
    alt, name = (named.get(attribute) or "" for attribute in ("descr", "name"))
    return alt.lstrip().startswith("{{") or (name.lstrip().startswith("{{") and name.rstrip().endswith("}}"))


def _as_picture(shape: etree._Element) -> etree._Element:
    head, look = shape[0], shape.find(qn("p:spPr"))
    picture = etree.Element(qn("p:pic"), nsmap={p: uri for p, uri in shape.nsmap.items() if p})
    names = etree.SubElement(picture, qn("p:nvPicPr"))
    names.append(head[0])
    locks = etree.SubElement(etree.SubElement(names, qn("p:cNvPicPr")), qn("a:picLocks"))
    for lock in _LOCKS:
        locks.set(lock, "1")
    names.append(head[-1])
    fill = etree.SubElement(picture, qn("p:blipFill"))
    etree.SubElement(fill, qn("a:blip"))
    etree.SubElement(etree.SubElement(fill, qn("a:stretch")), qn("a:fillRect"))
    picture.append(look if look is not None else etree.Element(qn("p:spPr")))
    picture.tail = shape.tail
    parent = shape.getparent()
    if parent is not None:
        parent.replace(shape, picture)
    return picture
