"""SVG files cleaned and given their PNG stand-in.

In: the bytes of what may be an SVG. Out: an SVG without scripts, event handlers, foreign content and references to
anything outside of itself, and a PNG of it. What Office shows in old versions, and what other programs show, is the PNG.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collateral.ooxml.xml import XmlError, parse_xml, serialise

if TYPE_CHECKING:
    from collateral.ooxml.xml import Element

SVG: Final = "http://www.w3.org/2000/svg"
XLINK_HREF: Final = "{http://www.w3.org/1999/xlink}href"
SIDE: Final = 1200  # pixels of the stand-in's longer side: sharp on a projector, small in the file
MAX_ELEMENTS: Final = 50_000
_FORBIDDEN: Final = frozenset(
    {"script", "foreignObject", "iframe", "audio", "video", "handler", "listener", "set", "animate"}
)
_IMAGES: Final = ("data:image/png;", "data:image/jpeg;", "data:image/gif;")


class VectorError(ValueError):
    """Why a file is no usable SVG."""


def clean_svg(data: bytes) -> bytes:
    """The SVG with only what draws. Raises VectorError when it is not an SVG at all."""
    try:
        root = parse_xml(data)
    except XmlError:
        raise VectorError("it is no picture this program knows") from None
    if root.tag not in (f"{{{SVG}}}svg", "svg"):
        raise VectorError("it is XML, but no SVG")
    elements = list(root.iter())
    if len(elements) > MAX_ELEMENTS:
        raise VectorError(f"it has more than {MAX_ELEMENTS:,} elements")
    for element in elements:
        _clean(element)
    return serialise(root)


def _clean(element: Element) -> None:
    if not isinstance(element.tag, str):  # a comment or a processing instruction
        _remove(element)
        return
    if element.tag.rpartition("}")[2] in _FORBIDDEN:
        _remove(element)
        return
    for name, text in list(element.attrib.items()):
        if _is_unsafe(str(name).rpartition("}")[2].lower(), str(text)):
            del element.attrib[name]
    if element.tag.rpartition("}")[2] == "style" and element.text and _reaches_out(element.text):
        element.text = ""


def _is_unsafe(name: str, text: str) -> bool:
    folded = "".join(text.split()).lower()
    if name.startswith("on"):
        return True
    if name == "href":
        return not folded.startswith(("#", *_IMAGES))
    return "javascript:" in folded or _reaches_out(folded)


def _reaches_out(style: str) -> bool:
    """Whether a style names something outside of the file."""
    folded = "".join(style.split()).lower()
    return "@import" in folded or any(
        not rest.lstrip("'\"").startswith("#") for rest in folded.split("url(")[1:]
    )


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def rasterise(svg: bytes) -> tuple[bytes, int, int, int]:
    """A PNG of the SVG with its width and height in pixels; the longer side has SIDE pixels.

    Last comes how many pixels that side has by itself, 0 for a drawing that says no size of its own.
    """
    import struct

    import resvg_py

    text = svg.decode("utf-8", "replace")
    try:
        png = bytes(resvg_py.svg_to_bytes(svg_string=text))
        width, height = struct.unpack_from(">II", png, 16)
        natural = max(width, height) if _says_its_size(svg) else 0
        wide, high = (SIDE, None) if width >= height else (None, SIDE)
        png = bytes(resvg_py.svg_to_bytes(svg_string=text, width=wide, height=high))
    except (ValueError, struct.error) as error:
        raise VectorError(f"it cannot be drawn ({str(error)[:80]})") from None
    width, height = struct.unpack_from(">II", png, 16)
    return png, width, height, natural


def _says_its_size(svg: bytes) -> bool:
    """Whether the drawing has a width or height that is no share of what it stands in."""
    root = parse_xml(svg)
    return any(not side.strip().endswith("%") for name in ("width", "height") if (side := root.get(name)))
