"""What a chart leads to besides its workbook: its style and colours, drawings on it, a theme of its own.

In: a chart part. Out: the same once more, for a copy of the chart. Compile time only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from collateral.ooxml.names import REL_OLE_OBJECT, REL_PACKAGE
from collateral.ooxml.package import Package, Part
from collateral.ooxml.values import RelatedPart

_NUMBER = re.compile(r"\d*(\.[^./]*)$")


def companions_of(part: Part, package: Package) -> tuple[RelatedPart, ...]:
    """All that the part leads to but for workbooks, with all that leads to."""
    return tuple(_related(part, package, (part.name,)))


def _related(part: Part, package: Package, around: tuple[str, ...]) -> Iterator[RelatedPart]:
    for rel in part.relationships:
        if rel.external:
            yield RelatedPart(rel.id, rel.type, rel.target)
            continue
        other = package.parts.get(rel.target)
        if other is None or rel.type in (REL_PACKAGE, REL_OLE_OBJECT) or other.name in around:
            continue
        related = tuple(_related(other, package, (*around, other.name)))
        name = "/" + _NUMBER.sub(r"{n}\1", other.name)
        yield RelatedPart(rel.id, rel.type, None, name, other.content_type, other.data(), related)
