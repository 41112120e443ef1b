"""A picture put into a frame: where it comes to lie, and the XML that refers to it.

In: an `Image` and the frame its designer drew. Out: the box that contains it without distortion, and its relationships.
Hot path.
"""

from __future__ import annotations

from collections.abc import Callable

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.box import Box, contain, cover
from collateral.ooxml.drawing.relations import Relations
from collateral.ooxml.values import Image, RelatedPart

_SPACES = b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_SVG = (
    b'<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip'
    b' xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="%s"/></a:ext></a:extLst>'
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture in its frame (x, y, width, height in EMU), and what is cut off it; no `rel_id` when the template's own stays."""

    frame: tuple[int, int, int, int]
    rel_id: str
    svg_id: str
    alt: str
    crop: bytes = b""


def place_picture(
    image: Image,
    frame: tuple[int, int, int, int],
    folder: str,
    relate: Callable[[RelatedPart], str],
    *,
    covers: bool = False,
) -> Placed:
    """The image contained in the frame, or filling it. `relate` relates the part being written to its files, kept below `folder`, and
    gives the relationship ids."""
    relations = Relations(f"/{folder}/media")
    names = [relations.image(image), *([relations.vector(image)] if image.svg is not None else [])]
    ids = {part.rel_id: relate(part) for part in relations.parts()}
    rel_id, svg_id = ids[names[0]], ids[names[1]] if len(names) > 1 else ""
    if not frame[2] or not frame[3]:
        return Placed(frame, rel_id, svg_id, image.alt)
    if covers:
        sides = cover(image.width_px, image.height_px, Box(*frame)).sides()
        crop = "".join([f' {side}="{share}"' for side, share in sides if share]).encode()
        return Placed(frame, rel_id, svg_id, image.alt, b"<a:srcRect%b/>" % crop)
    box = contain(image.width_px, image.height_px, Box(*frame))
    return Placed((box.x, box.y, box.width, box.height), rel_id, svg_id, image.alt)


def fill(placed: Placed, frame: tuple[int, int, int, int], opening: bytes, effects: bytes) -> bytes:
    """The fill of a shape whose box is the frame: the whole of the picture in it, or as much as its crop leaves."""
    x, y, width, height = placed.frame
    sides: tuple[tuple[str, int, int], ...] = ()
    if width and height:
        right, bottom = frame[0] + frame[2] - x - width, frame[1] + frame[3] - y - height
        sides = (
            ("l", x - frame[0], frame[2]),
            ("t", y - frame[1], frame[3]),
            ("r", right, frame[2]),
            ("b", bottom, frame[3]),
        )
    insets = "".join([f' {side}="{round(100_000 * gap / whole)}"' for side, gap, whole in sides if gap > 0])
    shown = blip(placed, effects) + placed.crop
    return b"%b%b<a:stretch><a:fillRect%b/></a:stretch></a:blipFill>" % (opening, shown, insets.encode())


def blip(placed: Placed, effects: bytes) -> bytes:
    """The reference to a placed picture's file; `effects` are those its designer gave it."""
    svg = _SVG % placed.svg_id.encode() if placed.svg_id else b""
    return b'<a:blip %s r:embed="%s">%s%s</a:blip>' % (_SPACES, placed.rel_id.encode(), effects, svg)
