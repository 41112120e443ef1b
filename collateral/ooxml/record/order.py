"""The order of the slides, read from the presentation part.

In: its XML. Out: the relationship ids of the slides as they are shown. One expat pass.
"""

from __future__ import annotations

from typing import Final

from collateral.ooxml.names import NAMESPACES
from collateral.ooxml.xml import read_events

_SLIDE: Final = NAMESPACES["p"] + " sldId"
_REL: Final = NAMESPACES["r"] + " id"


def slide_ids(presentation: bytes) -> list[str]:
    """The relationship ids of the slides in order. Raises XmlError."""
    found: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == _SLIDE and _REL in attributes:
            found.append(attributes[_REL])

    read_events(presentation, start=start)
    return found
