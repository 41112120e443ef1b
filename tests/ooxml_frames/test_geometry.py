"""What preset shapes keep free of text: the text rectangles of ECMA-376's presetShapeDefinitions, for a box of 300 × 200."""

from __future__ import annotations

import pytest
from lxml import etree

from collateral.ooxml.frames.geometry import text_insets

A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def insets(kind: str, *adjustments: int, width: int = 300_000, height: int = 200_000) -> list[int]:
    """Left, top, right and bottom in thousandths."""
    guides = "".join(f'<a:gd name="adj{n}" fmla="val {v}"/>' for n, v in enumerate(adjustments, 1))
    xml = f'<a:prstGeom xmlns:a="{A}" prst="{kind}"><a:avLst>{guides}</a:avLst></a:prstGeom>'
    return [round(inset / 1000) for inset in text_insets(etree.fromstring(xml), width, height)]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("rect", [0, 0, 0, 0]),
        ("roundRect", [10, 10, 10, 10]),
        ("round2DiagRect", [10, 10, 10, 10]),
        ("snip1Rect", [0, 17, 17, 0]),
        ("snip2SameRect", [17, 17, 17, 0]),
        ("snipRoundRect", [10, 10, 17, 0]),
        ("foldedCorner", [0, 0, 0, 33]),
        ("plaque", [24, 24, 24, 24]),
        ("bevel", [25, 25, 25, 25]),
        ("ellipse", [44, 29, 44, 29]),
        ("teardrop", [44, 29, 44, 29]),
        ("pentagon", [57, 47, 57, 0]),
        ("hexagon", [42, 28, 42, 28]),
        ("octagon", [29, 29, 29, 29]),
        ("rtTriangle", [25, 117, 125, 17]),
        ("trapezoid", [33, 22, 33, 0]),
        ("parallelogram", [46, 31, 46, 31]),
        ("plus", [0, 50, 0, 50]),
        ("corner", [0, 100, 0, 0]),
        ("chevron", [100, 0, 100, 0]),
        ("rightArrow", [0, 50, 50, 50]),
        ("notchedRightArrow", [50, 50, 50, 50]),
        ("rightArrowCallout", [0, 0, 105, 0]),
        ("leftRightArrowCallout", [78, 0, 78, 0]),
        ("quadArrow", [22, 78, 22, 78]),
        ("leftRightUpArrow", [25, 125, 25, 25]),
        ("ribbon2", [75, 0, 75, 33]),
        ("horizontalScroll", [25, 25, 12, 25]),
        ("wave", [0, 50, 0, 50]),
        ("leftBrace", [194, 5, 0, 5]),
        ("star5", [93, 76, 93, 47]),
        ("star12", [70, 47, 70, 47]),
        ("flowChartPreparation", [60, 0, 60, 0]),
        ("flowChartMagneticDisk", [0, 67, 0, 33]),
        ("flowChartDelay", [0, 29, 44, 29]),
    ],
)
def test_shape_keeps_text_where_the_format_says(kind: str, expected: list[int]) -> None:
    assert insets(kind) == expected


@pytest.mark.parametrize(
    ("kind", "adjustments", "expected"),
    [
        ("rightArrow", (80000, 25000), [0, 20, 40, 20]),
        ("downArrowCallout", (25000, 25000, 25000, 80000), [0, 0, 0, 50]),
        ("star4", (50000,), [44, 29, 44, 29]),
        ("hexagon", (60000,), [72, 48, 72, 48]),
        ("frame", (50000,), [100, 100, 100, 100]),
        ("trapezoid", (10**9,), [100, 67, 100, 0]),
    ],
)
def test_adjustments_of_its_author_count(
    kind: str, adjustments: tuple[int, ...], expected: list[int]
) -> None:
    assert insets(kind, *adjustments) == expected


def test_plus_keeps_the_longer_bar_for_text() -> None:
    assert insets("plus", width=200_000, height=300_000) == [50, 0, 50, 0]


@pytest.mark.parametrize(("width", "height"), [(0, 0), (0, 100), (100, 0)])
def test_shape_without_extent_keeps_nothing(width: int, height: int) -> None:
    for kind in ("hexagon", "trapezoid", "parallelogram", "rightArrowCallout", "quadArrow", "star5"):
        assert all(inset >= 0 for inset in insets(kind, width=width, height=height))
