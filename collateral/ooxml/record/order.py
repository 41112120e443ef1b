"""The order of the slides, read from the presentation part.

In: its XML. Out: the relationship ids of the slides as they are shown. One expat pass.
"""

from __future__ import annotations

from typing import Final
from xml.parsers import expat

from collateral.ooxml.names import NAMESPACES
from collateral.ooxml.xml import XmlError

_SLIDE: Final = NAMESPACES["p"] + " sldId"
_REL: Final = NAMESPACES["r"] + " id"


def slide_ids(presentation: bytes) -> list[str]:
    """The relationship ids of the slides in order. Raises XmlError."""
    found: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == _SLIDE and _REL in attributes:
            found.append(attributes[_REL])

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    try:
        parser.Parse(presentation, True)
    except (expat.ExpatError, ValueError) as problem:
        raise XmlError(f"not well-formed: {problem}") from None
    return found
