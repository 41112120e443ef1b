"""Shapes that reach the edges of a slide reach those of one of other proportions, too.

A slide is laid onto another one evenly, so that strips are left over at two sides. What was drawn from edge to edge, or as a
panel at one of them, goes on into the strips: plain areas and lines are lengthened, pictures show less of their height or width. In go
scaled shapes, changed in place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.slides.inheritance import placeholder_of
from collateral.ooxml.slides.vocabulary import A, P, local, whole

if TYPE_CHECKING:
    from lxml.etree import _Element

_PLAIN: Final = frozenset({"rect", "line", "straightConnector1"})
_NEAR: Final = 200  # so close to an edge, in parts of the slide's size, it was meant to be at it
_PANEL: Final = 4  # what reaches one edge only is a panel from a quarter of the slide's other size on
_BLEEDING: Final = 3  # so many edges a picture reaches that was meant to bleed off
_ALL: Final = 100_000  # a:ST_Percentage
_MEDIA: Final = frozenset({"videoFile", "audioFile", "audioCd", "wavAudioFile", "quickTimeFile"})


@dataclass(frozen=True, slots=True)
class Sides:
    """One direction: the new slide's size, and the strip left over on either side, both in EMU."""

    size: int
    strip: int

    def near(self, start: int, end: int) -> tuple[bool, bool]:
        """Whether something from `start` to `end` reaches the first and the second edge of the old slide."""
        close = (self.size - 2 * self.strip) // _NEAR
        return start <= self.strip + close, end >= self.size - self.strip - close

    def span(self, start: int, end: int) -> tuple[int, int]:
        """From where to where it reaches then; as far over the edge as before."""
        first, second = self.near(start, end)
        return (
            min(0, start - self.strip) if first else start,
            max(self.size, end + self.strip) if second else end,
        )


def reach_edges(shape: _Element, across: Sides, down: Sides) -> None:
    """Let a scaled shape that stands directly on the slide go on to the new slide's edges."""
    transform = shape.find(f"{P}spPr/{A}xfrm")
    if transform is None or whole(transform.get("rot")) or placeholder_of(shape) is not None:
        return
    offset, extent = transform.find(f"{A}off"), transform.find(f"{A}ext")
    if offset is None or extent is None:
        return
    x, y = whole(offset.get("x")), whole(offset.get("y"))
    cx, cy = whole(extent.get("cx")), whole(extent.get("cy"))
    left, right = _reached(across, x, x + cx, is_panel=cy >= down.size // _PANEL)
    top, bottom = _reached(down, y, y + cy, is_panel=cx >= across.size // _PANEL)
    grown = (x - left, y - top, right - x - cx, bottom - y - cy)
    if not any(grown) or not _is_plain(shape):
        return
    if local(shape) == "pic":
        bleeds = sum((*across.near(x, x + cx), *down.near(y, y + cy))) >= _BLEEDING
        done = bleeds and _crop(shape, (right - left) / cx, (bottom - top) / cy)
    else:
        done = _keep_words(shape, grown)
    if done:
        offset.set("x", str(left))
        offset.set("y", str(top))
        extent.set("cx", str(right - left))
        extent.set("cy", str(bottom - top))


def _reached(sides: Sides, start: int, end: int, *, is_panel: bool) -> tuple[int, int]:
    first, second = sides.near(start, end)
    reaches = (first and second) or (is_panel and (first or second))
    return sides.span(start, end) if sides.strip and reaches and start != end else (start, end)


def _is_plain(shape: _Element) -> bool:
    """Whether nobody sees that a shape is longer, or how a picture is cropped."""
    properties = shape.find(f"{P}spPr")
    form = properties.find(f"{A}prstGeom") if properties is not None else None
    return form is not None and form.get("prst") in _PLAIN


def _keep_words(shape: _Element, grown: tuple[int, int, int, int]) -> bool:
    """Let the words of a shape that grew stay where they were; false where its look would change."""
    body = shape.find(f"{P}txBody/{A}bodyPr")
    if shape.find(f"{P}spPr/{A}blipFill") is not None or (
        body is not None and body.get("vert", "horz") != "horz"
    ):
        return False
    if body is not None:
        for name, more in zip(("lIns", "tIns", "rIns", "bIns"), grown, strict=True):
            if more:
                body.set(name, str(whole(body.get(name)) + more))
    return True


def _crop(picture: _Element, wider: float, higher: float) -> bool:
    """Let a picture in a box that grew show less of itself, so that it keeps its proportions; false for films and tiles."""
    fill = picture.find(f"{P}blipFill")
    stretch = fill.find(f"{A}stretch") if fill is not None else None
    if fill is None or stretch is None or any(local(child) in _MEDIA for child in picture.iter("*")):
        return False
    filled = stretch.find(f"{A}fillRect")
    if filled is not None and any(whole(filled.get(side)) for side in "lrtb"):
        return False
    source = fill.find(f"{A}srcRect")
    if source is None:
        source = fill.makeelement(f"{A}srcRect")
        stretch.addprevious(source)
    _show_less(source, ("l", "r"), higher / wider)
    _show_less(source, ("t", "b"), wider / higher)
    return True


def _show_less(source: _Element, sides: tuple[str, str], grown: float) -> None:
    """Cut both sides evenly, so that what is seen is smaller by as much as the box grew in the other direction."""
    if grown <= 1:
        return
    cut = [whole(source.get(side)) for side in sides]
    more = (_ALL - sum(cut)) * (1 - 1 / grown) / 2
    for side, already in zip(sides, cut, strict=True):
        source.set(side, str(round(already + more)))
