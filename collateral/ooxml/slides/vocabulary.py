"""The words of slide XML that this room needs beside `collateral.ooxml.names`: Clark prefixes, id ranges, short names.

Pure values. `f"{P}sld"` is the name lxml wants for `p:sld`; relationship types are compared by their last step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collateral.ooxml.names import NAMESPACES

if TYPE_CHECKING:
    from lxml.etree import _Element


def _clark(prefix: str) -> str:
    return "{" + NAMESPACES[prefix] + "}"


A: Final = _clark("a")
A16: Final = _clark("a16")
C: Final = _clark("c")
EP: Final = _clark("ep")
MC: Final = _clark("mc")
P: Final = _clark("p")
P14: Final = _clark("p14")
R: Final = _clark("r")
DSP: Final = "{http://schemas.microsoft.com/office/drawing/2008/diagram}"

CREATION_EXT: Final = "{BB962C8B-B14F-4D97-AF65-F5344CB8AC3E}"
SECTIONS_EXT: Final = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"

FIRST_SLIDE_ID: Final = 256  # p:ST_SlideId
FIRST_MASTER_ID: Final = 2_147_483_648  # masters and layouts share one range, above the slides'
LAST_SLIDE_ID: Final = FIRST_MASTER_ID - 1
LAST_MASTER_ID: Final = 4_294_967_295
LARGEST_NUMBER: Final = 27_273_042_329_600  # a:ST_Coordinate, EMU


def local(element: _Element) -> str:
    """An element's name without its namespace, "" for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def kind_of(relationship_type: str) -> str:
    """The last step of a relationship type: "image", "slideLayout", "chartEx"."""
    return relationship_type.rpartition("/")[2]


def whole(text: str | None, default: int = 0) -> int:
    """The whole number an attribute holds, rounded; `default` when it holds none or one no file format has room for."""
    try:
        value = float(text or "")
    except ValueError:
        return default
    return round(value) if abs(value) <= LARGEST_NUMBER else default
