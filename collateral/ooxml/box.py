"""A box on a slide or a page, and how a picture goes into one: contained, or covering it and cropped.

Goes in: sizes in pixels and boxes in EMU. Comes out: boxes and crops. No XML, no pictures.
"""

from __future__ import annotations

from collateral.diagnostics.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a slide or a page, in EMU."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Crop:
    """What is cut off each side of a picture, in 1/1000 percent of its size (`a:srcRect`)."""

    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0

    def sides(self) -> tuple[tuple[str, int], ...]:
        """The sides as the attributes of `a:srcRect`."""
        return (("l", self.left), ("t", self.top), ("r", self.right), ("b", self.bottom))


def contain(width_px: int, height_px: int, box: Box) -> Box:
    """The largest box of the picture's proportions inside `box`, centred."""
    width, height = box.width, round(box.width * height_px / width_px)
    if height > box.height:
        width, height = round(box.height * width_px / height_px), box.height
    width, height = max(width, 1), max(height, 1)
    return Box(box.x + (box.width - width) // 2, box.y + (box.height - height) // 2, width, height)


def cover(width_px: int, height_px: int, box: Box) -> Crop:
    """What to cut off, evenly on two sides, so that the picture fills `box` without distortion."""
    wanted = box.width * height_px
    given = box.height * width_px
    if wanted == given or not wanted or not given:
        return Crop()
    if given > wanted:
        side = round((1 - wanted / given) * 50000)
        return Crop(left=side, right=side)
    side = round((1 - given / wanted) * 50000)
    return Crop(top=side, bottom=side)
