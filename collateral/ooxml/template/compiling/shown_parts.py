"""Which shape of a slide shows a part of its own: a chart, a SmartArt graphic and what belongs to them.

In: a slide's tree and its part. Out: names of shapes by the names of parts, so that what is wrong in a chart is told with the chart's
name. Compile time only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.names import CT_DIAGRAM_DATA, CT_SLIDE, NAMESPACES
from collateral.ooxml.package import Package, Part
from collateral.ooxml.template.language.places import SHAPES, name_of

_R: Final = "{" + NAMESPACES["r"] + "}"
_DRAWING_ID: Final = re.compile(rb'relId="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Shown:
    """The shape that shows a part, if one does, and the part its texts are told of: a SmartArt graphic has each of them twice."""

    shape: str | None
    part: str


def shown_parts(root: etree._Element, slide: Part, package: Package) -> dict[str, Shown]:
    """The shapes of a slide that show parts, and which ones they show."""
    targets = {rel.id: rel.target for rel in slide.relationships if not rel.external}
    found: dict[str, Shown] = {}
    for rel_id, shape in _references(root):
        name = targets.get(rel_id, "")
        part = package.parts.get(name)
        if part is None or name in found or part.content_type == CT_SLIDE:
            continue
        found[name] = Shown(shape, name)
        if part.content_type == CT_DIAGRAM_DATA and (drawn := _DRAWING_ID.search(part.data())):
            found[targets.get(drawn[1].decode("utf-8", "replace"), "")] = Shown(shape, name)
    for name in list(found):
        for rel in package.parts[name].relationships if name in package.parts else ():
            if not rel.external:
                found.setdefault(rel.target, Shown(found[name].shape, rel.target))
    return found


def _references(root: etree._Element) -> Iterator[tuple[str, str]]:
    """The relationship ids in shapes, with the shapes' names."""
    for element in root.iter(etree.Element):
        rel_ids = [str(value) for key, value in element.attrib.items() if str(key).startswith(_R) and value]
        shape = next(element.iterancestors(*SHAPES), None) if rel_ids else None
        name = name_of(shape) if shape is not None else None
        yield from ((rel_id, name) for rel_id in rel_ids if name)
