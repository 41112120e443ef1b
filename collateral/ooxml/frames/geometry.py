"""The rectangle a preset geometry leaves for text, as what it takes off each side of the shape's box.

After the text rectangles (`rect`) of ECMA-376's presetShapeDefinitions. Not here are signs, gears, moons and arrows in circles; any other
counts as a rectangle, which is also what most of the rest are.
"""

from __future__ import annotations

from collections.abc import Callable
from math import hypot
from typing import TYPE_CHECKING

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.frames.theme import whole
from collateral.ooxml.names import qn

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

_SLANT = 0.70711  # cos 45°
_CORNER = 1 - _SLANT
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
_Rule = Callable[[_Shape], Insets]


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


def _within(part: float, number: int = 0, default: float = 0.16667, most: float = 0.5) -> _Rule:
    """All sides keep free this part of what an adjustment takes of the shorter side."""
    return lambda shape: _even(shape.short * shape.adjusted(number, default, most) * part)


def _parts(left: float, top: float, right: float, bottom: float) -> _Rule:
    """Sides that are parts of the width and the height."""
    return lambda shape: shape.sides(left, top, right, bottom)


def _corners(part: float, first: float, second: float, *, diagonal: bool = False) -> _Rule:
    """Two pairs of corners, cut off or rounded: those at the top and those at the bottom, or those across."""

    def rule(shape: _Shape) -> Insets:
        top = shape.short * shape.adjusted(0, first, 0.5) * part
        bottom = shape.short * shape.adjusted(1, second, 0.5) * part
        side = max(top, bottom)
        return _even(side) if diagonal else (side, top, side, bottom)

    return rule


def _one_corner(part: float, *, all_of_top: bool) -> _Rule:
    def rule(shape: _Shape) -> Insets:
        inset = shape.short * shape.adjusted(0, 0.16667, 0.5) * part
        return 0.0, inset if all_of_top else 0.0, inset, 0.0

    return rule


def _cut_and_round(shape: _Shape) -> Insets:
    round_ = shape.short * shape.adjusted(0, 0.16667, 0.5) * _CORNER
    return round_, round_, shape.short * shape.adjusted(1, 0.16667, 0.5) / 2, 0.0


def _folded(shape: _Shape) -> Insets:
    return 0.0, 0.0, 0.0, shape.short * shape.adjusted(0, 0.16667, 0.5)


def _hexagon(shape: _Shape) -> Insets:
    most = shape.width / shape.short / 2 if shape.short else 0.5
    tip = shape.adjusted(0, 0.25, most) / most
    part = (2 + 4 * tip if tip <= 0.5 else 4 + 6 * (tip - 0.5)) / 24
    return shape.sides(part, part, part, part)


def _triangle(shape: _Shape) -> Insets:
    tip = shape.adjusted(0, 0.5)
    return shape.sides(tip / 2, 0.5, (1 - tip) / 2, 0.0)


def _parallelogram(shape: _Shape) -> Insets:
    slant = shape.short * shape.adjusted(0, 0.25, 4.0)
    part = (min(slant / shape.width, 1.0) * 5 + 1) / 12 if shape.width else 0.0
    return shape.sides(part, part, part, part)


def _trapezoid(shape: _Shape) -> Insets:
    most = shape.width / shape.short / 2 if shape.short else 0.5
    part = shape.adjusted(0, 0.25, most) / most / 3
    return shape.sides(part, part, part, 0.0)


def _plus(shape: _Shape) -> Insets:
    arm = shape.short * shape.adjusted(0, 0.25, 0.5)
    return (0.0, arm, 0.0, arm) if shape.width > shape.height else (arm, 0.0, arm, 0.0)


def _corner(shape: _Shape) -> Insets:
    if shape.width > shape.height:
        return 0.0, shape.height - shape.short * shape.adjusted(0, 0.5), 0.0, 0.0
    return 0.0, 0.0, shape.width - shape.short * shape.adjusted(1, 0.5), 0.0


def _stripe(shape: _Shape) -> Insets:
    free = (1 - shape.adjusted(0, 0.5)) / 2
    return shape.sides(0.0, 0.0, free, free)


def _home_plate(shape: _Shape) -> Insets:
    return 0.0, 0.0, shape.short * shape.adjusted(0, 0.5, 10.0) / 2, 0.0


def _chevron(shape: _Shape) -> Insets:
    tip = shape.short * shape.adjusted(0, 0.5, 10.0)
    inset = tip if shape.width > 2 * tip else 0.0
    return inset, 0.0, inset, 0.0


def _arrow(heads: tuple[bool, bool], upright: bool) -> _Rule:
    """Arrows with a head at the start, the end or both; text stands in the shaft and runs into the head."""

    def rule(shape: _Shape) -> Insets:
        long, wide = (shape.height, shape.width) if upright else (shape.width, shape.height)
        shaft = shape.adjusted(0, 0.5)
        head = min(shape.short * shape.adjusted(1, 0.5, 10.0), long / (1 + all(heads)))
        side, free = wide * (1 - shaft) / 2, head * shaft
        start, end = free * heads[0], free * heads[1]
        return (side, start, side, end) if upright else (start, side, end, side)

    return rule


def _tailed(notched: bool) -> _Rule:
    """Arrows to the right whose tail is notched or in stripes."""

    def rule(shape: _Shape) -> Insets:
        _, side, end, _ = _arrow((False, True), upright=False)(shape)
        head = min(shape.short * shape.adjusted(1, 0.5, 10.0), shape.width)
        tail = head * shape.adjusted(0, 0.5) if notched else shape.short * 5 / 32
        return tail, side, end, side

    return rule


def _callout_arrow(sides: str, default: float) -> _Rule:
    """A box with arrows on these of its sides (l, t, r, b), which takes this part of the whole."""

    def rule(shape: _Shape) -> Insets:
        along = max(shape.width if sides[0] in "lr" else shape.height, 1.0)
        head = shape.short * shape.adjusted(2, 0.18515, 10.0) / along
        free = 1 - shape.adjusted(3, default)
        free = max(free / 2 if len(sides) > 1 else free, min(head, 0.5))
        return shape.sides(*(free if side in sides else 0.0 for side in "ltrb"))

    return rule


def _cross_arrow(shape: _Shape) -> Insets:
    shaft, wing, head = (shape.short * shape.adjusted(n, 0.225, 0.5) for n in range(3))
    shaft = min(shaft, 2 * wing)
    start = shaft / 2 * head / wing if wing else 0.0
    side = shape.height / 2 - shaft / 2
    return start, side, start, side


def _turned_arrow(kind: str) -> _Rule:
    """Arrows with a bar at the bottom that goes up at the right, or goes on to the left, too."""

    def rule(shape: _Shape) -> Insets:
        shaft, wing, head = (shape.short * shape.adjusted(n, 0.25, 0.5) for n in range(3))
        shaft = min(shaft, 2 * wing)
        if kind == "bentUpArrow":
            return 0.0, shape.height - shaft, max(wing - shaft / 2, 0.0), 0.0
        start = shaft / 2 * head / wing if wing else 0.0
        end = start if kind == "leftRightUpArrow" else wing
        return start, shape.height - wing - shaft / 2, end, wing - shaft / 2

    return rule


def _can(shape: _Shape) -> Insets:
    lid = shape.short * shape.adjusted(0, 0.25, 5.0) / 2
    return 0.0, 2 * lid, 0.0, lid


def _cube(shape: _Shape) -> Insets:
    depth = shape.short * shape.adjusted(0, 0.25)
    return 0.0, depth, depth, 0.0


def _wave(default: float, most: float) -> _Rule:
    def rule(shape: _Shape) -> Insets:
        crest = 2 * shape.adjusted(0, default, most)
        return shape.sides(0.0, crest, 0.0, crest)

    return rule


def _scroll(shape: _Shape) -> Insets:
    roll = shape.short * shape.adjusted(0, 0.125, 0.25)
    return roll, roll, roll / 2, roll


def _upright_scroll(shape: _Shape) -> Insets:
    roll = shape.short * shape.adjusted(0, 0.125, 0.25)
    return roll, roll, roll, roll / 2


def _ribbon(default: float, edge: float, *, fold_on_top: bool) -> _Rule:
    def rule(shape: _Shape) -> Insets:
        ends, fold = (1 - max(shape.adjusted(1, 0.5, 0.75), 0.25)) / 2, shape.adjusted(0, default)
        return shape.sides(ends, fold if fold_on_top else edge, ends, edge if fold_on_top else fold)

    return rule


def _braces(shape: _Shape) -> Insets:
    bend = shape.short * shape.adjusted(0, 0.08333, 0.25)
    side = bend * (1 + _CORNER)
    return side, side, side, bend * _CORNER


def _bracket(left: float, right: float) -> _Rule:
    """A bracket or brace at one side, and how much of the width it keeps free."""

    def rule(shape: _Shape) -> Insets:
        bend = shape.short * shape.adjusted(0, 0.08333, 0.5) * _CORNER
        return shape.width * left, bend, shape.width * right, bend

    return rule


def _star(
    default: float,
    left: float,
    top: tuple[float, float] = (0.5, 0.0),
    bottom: tuple[float, float] = (0.5, 0.0),
) -> _Rule:
    """Stars whose text stands in a box that reaches to their inner points; the numbers are what an adjustment by one takes away, for
    top and bottom behind what is kept free without any. Without those all sides are alike."""

    def rule(shape: _Shape) -> Insets:
        inner = shape.adjusted(0, default, 0.5)
        side = 0.5 - inner * left
        ends = [kept - inner * (taken or left) for kept, taken in (top, bottom)]
        return shape.sides(side, ends[0], side, ends[1])

    return rule


def _sun(shape: _Shape) -> Insets:
    part = 0.5 - (0.5 - max(shape.adjusted(0, 0.25, 0.46875), 0.125)) * _SLANT
    return shape.sides(part, part, part, part)


def _tabs(shape: _Shape) -> Insets:
    return _even(hypot(shape.width, shape.height) / 20)


_ELLIPSE = _parts(_ARC, _ARC, _ARC, _ARC)
_CLOUD = _parts(2977 / 21600, 3262 / 21600, 4513 / 21600, 4263 / 21600)
_DIAMOND = _parts(0.25, 0.25, 0.25, 0.25)
_FUNNELS = _parts(0.25, 0.0, 0.25, 0.5)
_SIXTHS = _parts(1 / 6, 0.0, 1 / 6, 0.0)
_FIFTHS = _parts(0.2, 0.0, 0.2, 0.0)
_RULES: dict[str, _Rule] = {
    "roundRect": _within(_CORNER),
    "bracketPair": _within(_CORNER),
    "plaque": _within(_SLANT),
    "bevel": _within(1.0, 0, 0.125),
    "frame": _within(1.0, 0, 0.125),
    "wedgeRoundRectCallout": _within(_CORNER, 2),
    "octagon": _within(0.5, 0, 0.29289),
    "round2SameRect": _corners(_CORNER, 0.16667, 0.0),
    "snip2SameRect": _corners(0.5, 0.16667, 0.0),
    "round2DiagRect": _corners(_CORNER, 0.16667, 0.0, diagonal=True),
    "snip2DiagRect": _corners(0.5, 0.0, 0.16667, diagonal=True),
    "round1Rect": _one_corner(_CORNER, all_of_top=False),
    "snip1Rect": _one_corner(0.5, all_of_top=True),
    "snipRoundRect": _cut_and_round,
    "foldedCorner": _folded,
    **dict.fromkeys(("cornerTabs", "plaqueTabs", "squareTabs"), _tabs),
    **dict.fromkeys(
        ("ellipse", "donut", "chord", "pie", "teardrop", "smileyFace", "noSmoking", "wedgeEllipseCallout"),
        _ELLIPSE,
    ),
    "cloud": _CLOUD,
    "cloudCallout": _CLOUD,
    "heart": _parts(1 / 6, 1 / 4, 1 / 6, 1 / 3),
    "diamond": _DIAMOND,
    "triangle": _triangle,
    "rtTriangle": _parts(1 / 12, 7 / 12, 5 / 12, 1 / 12),
    "pentagon": _parts(0.191, 0.2361, 0.191, 0.0),
    "hexagon": _hexagon,
    "heptagon": _parts(0.099, 0.1981, 0.099, 0.1981),
    "decagon": _parts(0.0955, 0.191, 0.0955, 0.191),
    "dodecagon": _parts(0.134, 0.134, 0.134, 0.134),
    "parallelogram": _parallelogram,
    "trapezoid": _trapezoid,
    "nonIsoscelesTrapezoid": _trapezoid,
    "plus": _plus,
    "corner": _corner,
    "diagStripe": _stripe,
    "homePlate": _home_plate,
    "chevron": _chevron,
    "rightArrow": _arrow((False, True), upright=False),
    "leftArrow": _arrow((True, False), upright=False),
    "leftRightArrow": _arrow((True, True), upright=False),
    "upArrow": _arrow((True, False), upright=True),
    "downArrow": _arrow((False, True), upright=True),
    "upDownArrow": _arrow((True, True), upright=True),
    "notchedRightArrow": _tailed(notched=True),
    "stripedRightArrow": _tailed(notched=False),
    "rightArrowCallout": _callout_arrow("r", 0.64977),
    "leftArrowCallout": _callout_arrow("l", 0.64977),
    "upArrowCallout": _callout_arrow("t", 0.64977),
    "downArrowCallout": _callout_arrow("b", 0.64977),
    "leftRightArrowCallout": _callout_arrow("lr", 0.48123),
    "upDownArrowCallout": _callout_arrow("tb", 0.48123),
    "quadArrowCallout": _callout_arrow("ltrb", 0.48123),
    "quadArrow": _cross_arrow,
    **{kind: _turned_arrow(kind) for kind in ("bentUpArrow", "leftUpArrow", "leftRightUpArrow")},
    "can": _can,
    "cube": _cube,
    "wave": _wave(0.125, 0.2),
    "doubleWave": _wave(0.0625, 0.125),
    "horizontalScroll": _scroll,
    "verticalScroll": _upright_scroll,
    "ribbon": _ribbon(1 / 6, 0.0, fold_on_top=True),
    "ribbon2": _ribbon(1 / 6, 0.0, fold_on_top=False),
    "ellipseRibbon": _ribbon(0.25, 1 / 32, fold_on_top=True),
    "ellipseRibbon2": _ribbon(0.25, 1 / 32, fold_on_top=False),
    "bracePair": _braces,
    "leftBracket": _bracket(_CORNER, 0.0),
    "rightBracket": _bracket(0.0, _CORNER),
    "leftBrace": _bracket(1 - _SLANT / 2, 0.0),
    "rightBrace": _bracket(0.0, 1 - _SLANT / 2),
    "star4": _star(0.125, _SLANT),
    "star5": _star(0.19098, 1.0, (0.5555, 0.9082), (0.4446, 1.0916)),
    "star6": _star(0.28868, 1.1547, (0.5, 0.866), (0.5, 0.866)),
    "star7": _star(0.34601, 0.802, (0.5275, 0.952), (0.4705, 0.646)),
    "star8": _star(0.375, 0.92388),
    "star10": _star(0.42533, 0.8506, (0.5, 0.5878), (0.5, 0.5878)),
    **dict.fromkeys(("star12", "star16", "star24", "star32"), _star(0.375, _SLANT)),
    "sun": _sun,
    "irregularSeal1": _parts(0.2142, 0.2926, 0.2268, 0.3548),
    "irregularSeal2": _parts(0.2487, 0.2955, 0.3222, 0.2623),
    "lightningBolt": _parts(0.4054, 0.3443, 0.3557, 0.339),
    "blockArc": _parts(0.0, 0.0, 0.0, 0.5),
    "pieWedge": _parts(_CORNER, _CORNER, 0.0, 0.0),
    "flowChartAlternateProcess": _within(_CORNER),
    **dict.fromkeys(
        ("flowChartConnector", "flowChartOr", "flowChartSummingJunction", "flowChartMagneticTape"), _ELLIPSE
    ),
    **dict.fromkeys(("flowChartDecision", "flowChartCollate", "flowChartSort"), _DIAMOND),
    "flowChartDelay": _parts(0.0, _ARC, _ARC, _ARC),
    **dict.fromkeys(("flowChartDisplay", "flowChartOnlineStorage"), _SIXTHS),
    "flowChartDocument": _parts(0.0, 0.0, 0.0, 4278 / 21600),
    "flowChartExtract": _parts(0.25, 0.5, 0.25, 0.0),
    **dict.fromkeys(("flowChartMerge", "flowChartOfflineStorage"), _FUNNELS),
    **dict.fromkeys(("flowChartInputOutput", "flowChartManualOperation", "flowChartPreparation"), _FIFTHS),
    "flowChartInternalStorage": _parts(0.125, 0.125, 0.0, 0.0),
    "flowChartMagneticDisk": _parts(0.0, 1 / 3, 0.0, 1 / 6),
    "flowChartMagneticDrum": _parts(1 / 6, 0.0, 1 / 3, 0.0),
    **dict.fromkeys(("flowChartManualInput", "flowChartPunchedCard"), _parts(0.0, 0.2, 0.0, 0.0)),
    "flowChartMultidocument": _parts(0.0, 0.1701, 0.1391, 0.0379),
    "flowChartOffpageConnector": _parts(0.0, 0.0, 0.0, 0.2),
    "flowChartPredefinedProcess": _parts(0.125, 0.0, 0.125, 0.0),
    "flowChartPunchedTape": _parts(0.0, 0.2, 0.0, 0.2),
    "flowChartTerminator": _parts(1018 / 21600, 3163 / 21600, 1018 / 21600, 3163 / 21600),
}
"""Those that keep something free; in all others text may stand in the whole box."""
