"""SVG files cleaned and given their PNG stand-in.

In: the bytes of what may be an SVG. Out: an SVG without scripts, event handlers, foreign content and references to
anything outside of itself, and a PNG of it. What Office shows in old versions, and what other programs show, is the PNG.
"""

from __future__ import annotations

import re
from math import inf
from typing import TYPE_CHECKING, Final

from collateral.ooxml.xml import MAX_XML_BYTES, XmlError, parse_xml, serialise

if TYPE_CHECKING:
    from collateral.ooxml.xml import Element

SVG: Final = "http://www.w3.org/2000/svg"
SIDE: Final = 1200  # pixels of the stand-in's longer side: sharp on a projector, small in the file
MAX_ELEMENTS: Final = 50_000
_HEAD: Final = 4_096  # bytes in which a document type begins
_FORBIDDEN: Final = frozenset(
    {
        "script",
        "foreignObject",
        "iframe",
        "audio",
        "video",
        "handler",
        "listener",
        "set",
        "animate",
        "metadata",
    }
)
_PRIVATE: Final = ("{http://ns.adobe.com/", "{http://sodipodi.", "{http://www.inkscape.org/")
"""What drawing programs keep in a file for themselves: whose it is, and in which folder."""
_IMAGES: Final = ("data:image/png;", "data:image/jpeg;", "data:image/gif;")
_LENGTH: Final = re.compile(r"\+?([0-9]{1,9}\.?[0-9]{0,9}|\.[0-9]{1,9})\s*([A-Za-z]{0,2})")
_UNITS: Final = {
    "": 1, "px": 1, "pt": 96 / 72, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4, "em": 16, "ex": 8,
}  # fmt: skip
_DOCTYPE: Final = re.compile(r"<!DOCTYPE\s+[^\[>]*(?:\[(.*?)\]\s*)?>", re.S)
_ENTITY: Final = re.compile(r"""<!ENTITY\s+([\w.-]+)\s+(?:"([^"&%<]*)"|'([^'&%<]*)')\s*>""")
_MOST_STEPS: Final = 50
_SLOW: Final = {"numOctaves": 8.0, "radius": 10.0, "order": 9.0}
"""What takes a filter more time than a logo is worth, and how much of it is drawn."""


class VectorError(ValueError):
    """Why a file is no usable SVG."""


def clean_svg(data: bytes) -> bytes:
    """The SVG with only what draws. Raises VectorError when it is not an SVG at all."""
    try:
        root = parse_xml(_without_doctype(data))
    except XmlError:
        raise VectorError("it is no picture this program knows") from None
    if root.tag not in (f"{{{SVG}}}svg", "svg"):
        raise VectorError("it is XML, but no SVG")
    elements = list(root.iter())
    if len(elements) > MAX_ELEMENTS:
        raise VectorError(f"it has more than {MAX_ELEMENTS:,} elements")
    if sum(1 for element in elements if _is_filter_step(element)) > _MOST_STEPS:
        raise VectorError(f"its filters have more than {_MOST_STEPS} steps")
    for element in elements:
        _clean(element)
    return serialise(root)


def _without_doctype(data: bytes) -> bytes:
    """The drawing as other programs read it: they write a document type before it, and short names for what they repeat."""
    head = data[:_HEAD]
    if b"<!DOCTYPE" not in head:
        return data
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data
    found = _DOCTYPE.search(text)
    if found is None:
        return data
    names = {one[1]: one[2] or one[3] or "" for one in _ENTITY.finditer(found[1] or "")}
    text = text[: found.start()] + text[found.end() :]
    for name, value in names.items():
        if text.count(f"&{name};") * len(value) > MAX_XML_BYTES:
            return data
        text = text.replace(f"&{name};", value)
    return text.encode()


def _is_filter_step(element: Element) -> bool:
    return isinstance(element.tag, str) and element.tag.rpartition("}")[2].startswith("fe")


def _clean(element: Element) -> None:
    if not isinstance(element.tag, str):  # a comment or a processing instruction
        _remove(element)
        return
    if element.tag.rpartition("}")[2] in _FORBIDDEN or element.tag.startswith(_PRIVATE):
        _remove(element)
        return
    if _is_filter_step(element):
        _bound(element)
    for name, text in list(element.attrib.items()):
        if str(name).startswith(_PRIVATE) or _is_unsafe(str(name).rpartition("}")[2].lower(), str(text)):
            del element.attrib[name]
    if element.tag.rpartition("}")[2] == "style" and element.text and _reaches_out(element.text):
        element.text = ""


def _bound(step: Element) -> None:
    """Keep a step of a filter to what is drawn in a moment."""
    for name, most in _SLOW.items():
        amounts = (step.get(name) or "").replace(",", " ").split()
        try:
            if any(float(amount) > most for amount in amounts):
                step.set(name, f"{most:g}")
        except ValueError:
            del step.attrib[name]


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


def rasterise(svg: bytes, *, seconds: float) -> tuple[bytes, int, int, int]:
    """A PNG of the SVG with its width and height in pixels; the longer side has SIDE pixels.

    Last comes how many pixels that side has by itself, 0 for a drawing that says no size of its own. Raises VectorError,
    also when it takes longer than so many seconds.
    """
    root = parse_xml(svg)
    wide, high = _proportions(root) or _drawn(svg, seconds, width=1)[1:]
    if max(wide, high) > SIDE * min(wide, high):
        raise VectorError("one of its sides is too short for the other")
    natural = round(max(wide, high)) if any(_own_sides(root)) else 0
    side = {"width": SIDE} if wide >= high else {"height": SIDE}
    png, width, height = _drawn(svg, seconds, **side)
    return png, width, height, natural


def _drawn(svg: bytes, seconds: float, **side: int) -> tuple[bytes, int, int]:
    """A PNG of this width or height, and its pixels."""
    import struct

    from collateral.ooxml.drawing.rasters import DrawingError, draw

    try:
        png = draw(svg, seconds=seconds, **side)
        wide, high = struct.unpack_from(">II", png, 16)
    except DrawingError as error:
        raise VectorError(str(error)) from None
    except struct.error:
        raise VectorError("it cannot be drawn") from None
    return png, wide, high


def _own_sides(root: Element) -> tuple[float, float]:
    """Width and height in pixels as the drawing says them; 0 where it says none, or a share of what it stands in."""
    sides = []
    for name in ("width", "height"):
        found = _LENGTH.fullmatch((root.get(name) or "").strip())
        sides.append(float(found[1]) * _UNITS.get(found[2].lower(), 0) if found is not None else 0.0)
    return sides[0], sides[1]


def _proportions(root: Element) -> tuple[float, float] | None:
    """Width and height in pixels, or in units of its own of a drawing that says no size; None when it says neither."""
    width, height = _own_sides(root)
    if width and height:
        return width, height
    try:
        *_, across, down = map(float, (root.get("viewBox") or "").replace(",", " ").split())
    except ValueError:
        return None
    if not (0 < across < inf and 0 < down < inf):
        return None
    scale = width / across or height / down or 1.0
    return across * scale, down * scale
