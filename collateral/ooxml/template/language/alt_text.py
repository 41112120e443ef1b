"""Shape directives in a shape's alt text or name: taken out and put into the shape, where they are lifted like any other.

In: a part's tree before its tags are searched. Out: the same tree; what else the alt text says stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collateral.diagnostics import Place
from collateral.ooxml.names import qn
from collateral.ooxml.template.language.marks import instruction
from collateral.ooxml.template.language.tags import find_tags, may_hold_tags

if TYPE_CHECKING:
    from lxml import etree

    from collateral.ooxml.template.language.marks import Marks

_NAMED = (qn("p:cNvPr"), qn("wp:docPr"))
_ATTRIBUTES = ("descr", "title", "name")


def lift_shape_directives(root: etree._Element, marks: Marks) -> None:
    """Move `{%shape … %}` from names and descriptions to the beginning of the shape they stand in."""
    for named in list(root.iter(*_NAMED)):
        for attribute in _ATTRIBUTES:
            value = named.get(attribute) or ""
            if "shape" in value and may_hold_tags(value):
                named.set(attribute, _without_directives(named, value, marks))


def _without_directives(named: etree._Element, value: str, marks: Marks) -> str:
    place = Place(marks.file, part=marks.part, slide=marks.slide, shape=named.get("name"))
    kept, at, before = [], 0, 0
    for tag in find_tags(value)[0]:
        if tag.kind != "directive" or tag.prefix != "shape":
            continue
        named.insert(before, instruction(marks.add("directive", tag=tag, place=place)))
        kept.append(value[at : tag.start])
        at, before = tag.end, before + 1
    return "".join([*kept, value[at:]]).strip() if before else value
