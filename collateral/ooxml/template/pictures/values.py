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
    cut: tuple[int, int, int, int] = (0, 0, 0, 0)
    """What the crop says: left, top, right and bottom, in 1/1000 percent."""


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
        cut = cover(image.width_px, image.height_px, Box(*frame))
        crop = "".join([f' {side}="{share}"' for side, share in cut.sides() if share]).encode()
        sides = cut.left, cut.top, cut.right, cut.bottom
        return Placed(frame, rel_id, svg_id, image.alt, b"<a:srcRect%b/>" % crop, sides)
    box = contain(image.width_px, image.height_px, Box(*frame))
    return Placed((box.x, box.y, box.width, box.height), rel_id, svg_id, image.alt)


def fill(placed: Placed, frame: tuple[int, int, int, int], opening: bytes, effects: bytes) -> bytes:
    """The fill of a shape whose box is the frame: a picture contained in it, or one of which it shows as much as its crop leaves. What
    lies outside of the box is said as Office says it of fills, by sides less than nought: not every reader knows crops there."""
    x, y, width, height = placed.frame
    right, bottom = frame[0] + frame[2] - x - width, frame[1] + frame[3] - y - height
    gaps = ((x - frame[0], frame[2]), (y - frame[1], frame[3]), (right, frame[2]), (bottom, frame[3]))
    shares = [gap / whole if whole else 0.0 for gap, whole in gaps]
    for at, (side, across) in enumerate(zip(placed.cut, placed.cut[2:] + placed.cut[:2], strict=True)):
        shares[at] -= side / (100_000 - side - across)
    sides = "".join(
        [f' {side}="{round(100_000 * share)}"' for side, share in zip("ltrb", shares, strict=True) if share]
    )
    return b"%b%b<a:stretch><a:fillRect%b/></a:stretch></a:blipFill>" % (
        opening,
        blip(placed, effects),
        sides.encode(),
    )


def blip(placed: Placed, effects: bytes) -> bytes:
    """The reference to a placed picture's file; `effects` are those its designer gave it."""
    svg = _SVG % placed.svg_id.encode() if placed.svg_id else b""
    return b'<a:blip %s r:embed="%s">%s%s</a:blip>' % (_SPACES, placed.rel_id.encode(), effects, svg)
