"""The rectangle a preset geometry leaves for text, as what it takes off each side of the shape's box.

After the text rectangles (`rect`) of ECMA-376's presetShapeDefinitions. Only the shapes people write into are here;
any other counts as a rectangle, which is also what most of the rest are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.frames.theme import whole
from collateral.ooxml.names import qn

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

_CORNER = 0.29289  # 1 - cos 45°
_ARC = _CORNER / 2


@dataclass(frozen=True, slots=True)
class _Shape:
    """A box with the adjustments its author made, as parts of 1."""

    width: float
    height: float
    adjustments: tuple[float, ...]

    @property
    def short(self) -> float:
        return min(self.width, self.height)

    def adjusted(self, index: int, default: float, most: float = 1.0) -> float:
        value = self.adjustments[index] if index < len(self.adjustments) else default
        return min(max(value, 0.0), most)

    def sides(self, left: float, top: float, right: float, bottom: float) -> Insets:
        """Insets given as parts of the width and the height."""
        return self.width * left, self.height * top, self.width * right, self.height * bottom


Insets = tuple[float, float, float, float]  # left, top, right, bottom in EMU


def text_insets(geometry: Element | None, width: int, height: int) -> tuple[int, int, int, int]:
    """What an `a:prstGeom` keeps free of text at the left, top, right and bottom, in EMU."""
    rule = _RULES.get(geometry.get("prst", "")) if geometry is not None else None
    if geometry is None or rule is None:
        return 0, 0, 0, 0
    left, top, right, bottom = rule(_Shape(width, height, _adjustments(geometry)))
    return round(left), round(top), round(right), round(bottom)


def _adjustments(geometry: Element) -> tuple[float, ...]:
    guides = geometry.iterfind(f"{qn('a:avLst')}/{qn('a:gd')}")
    return tuple(whole(guide.get("fmla", "").removeprefix("val "), 0) / 100_000 for guide in guides)


def _even(inset: float) -> Insets:
    return inset, inset, inset, inset


def _rounded(shape: _Shape) -> Insets:
    return _even(shape.short * shape.adjusted(0, 0.16667, 0.5) * _CORNER)


def _round_top(shape: _Shape) -> Insets:
    inset = shape.short * shape.adjusted(0, 0.16667, 0.5) * _CORNER
    return inset, inset, inset, 0.0


def _callout(shape: _Shape) -> Insets:
    return _even(shape.short * shape.adjusted(2, 0.16667, 0.5) * _CORNER)


def _octagon(shape: _Shape) -> Insets:
    return _even(shape.short * shape.adjusted(0, 0.29289, 0.5) / 2)


def _hexagon(shape: _Shape) -> Insets:
    side = shape.short * shape.adjusted(0, 0.25, shape.width / shape.short / 2 if shape.short else 0.5)
    return side / 2 + shape.width / 24, shape.height / 12, side / 2 + shape.width / 24, shape.height / 12


def _triangle(shape: _Shape) -> Insets:
    tip = shape.adjusted(0, 0.5)
    return shape.sides(tip / 2, 0.5, (1 - tip) / 2, 0.0)


def _parallelogram(shape: _Shape) -> Insets:
    slant = shape.short * shape.adjusted(0, 0.25, 4.0)
    part = min(slant / shape.width, 1.0) if shape.width else 0.0
    return shape.sides(part * 5 / 12 + 1 / 12, 1 / 12, part * 5 / 12 + 1 / 12, 1 / 12)


def _home_plate(shape: _Shape) -> Insets:
    return 0.0, 0.0, shape.short * shape.adjusted(0, 0.5) / 2, 0.0


def _chevron(shape: _Shape) -> Insets:
    tip = shape.short * shape.adjusted(0, 0.5)
    inset = tip if shape.width > 2 * tip else 0.0
    return inset, 0.0, inset, 0.0


def _arrow(heads: tuple[bool, bool], upright: bool) -> Callable[[_Shape], Insets]:
    """Arrows with a head at the start, the end or both; text stands in the shaft and runs into the head."""

    def rule(shape: _Shape) -> Insets:
        long, wide = (shape.height, shape.width) if upright else (shape.width, shape.height)
        shaft = shape.adjusted(0, 0.5)
        head = min(shape.short * shape.adjusted(1, 0.5, 10.0), long / (1 + all(heads))) * shaft
        side = wide * (1 - shaft) / 2
        start, end = head * heads[0], head * heads[1]
        return (side, start, side, end) if upright else (start, side, end, side)

    return rule


def _can(shape: _Shape) -> Insets:
    lid = shape.short * shape.adjusted(0, 0.25, 0.5) / 2
    return 0.0, 2 * lid, 0.0, lid


def _cube(shape: _Shape) -> Insets:
    depth = shape.short * shape.adjusted(0, 0.25)
    return 0.0, depth, depth, 0.0


def _parts(left: float, top: float, right: float, bottom: float) -> Callable[[_Shape], Insets]:
    return lambda shape: shape.sides(left, top, right, bottom)


_ELLIPSE = _parts(_ARC, _ARC, _ARC, _ARC)
_CLOUD = _parts(2977 / 21600, 3262 / 21600, 4513 / 21600, 4263 / 21600)
_RULES: dict[str, Callable[[_Shape], Insets]] = {
    "roundRect": _rounded,
    "flowChartAlternateProcess": _rounded,
    "round2SameRect": _round_top,
    "wedgeRoundRectCallout": _callout,
    "ellipse": _ELLIPSE,
    "flowChartConnector": _ELLIPSE,
    "donut": _ELLIPSE,
    "wedgeEllipseCallout": _ELLIPSE,
    "cloud": _CLOUD,
    "cloudCallout": _CLOUD,
    "diamond": _parts(0.25, 0.25, 0.25, 0.25),
    "flowChartDecision": _parts(0.25, 0.25, 0.25, 0.25),
    "flowChartTerminator": _parts(1018 / 21600, 3163 / 21600, 1018 / 21600, 3163 / 21600),
    "flowChartDocument": _parts(0.0, 0.0, 0.0, 4278 / 21600),
    "flowChartInputOutput": _parts(0.2, 0.0, 0.2, 0.0),
    "heart": _parts(1 / 6, 1 / 4, 1 / 6, 1 / 3),
    "star5": _parts(0.309, 0.382, 0.309, 0.236),
    "triangle": _triangle,
    "hexagon": _hexagon,
    "octagon": _octagon,
    "parallelogram": _parallelogram,
    "homePlate": _home_plate,
    "chevron": _chevron,
    "rightArrow": _arrow((False, True), upright=False),
    "leftArrow": _arrow((True, False), upright=False),
    "leftRightArrow": _arrow((True, True), upright=False),
    "upArrow": _arrow((True, False), upright=True),
    "downArrow": _arrow((False, True), upright=True),
    "upDownArrow": _arrow((True, True), upright=True),
    "can": _can,
    "cube": _cube,
}
