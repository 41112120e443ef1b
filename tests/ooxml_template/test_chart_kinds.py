"""Chart data of one kind in a designed chart of another, and what a reader would miss in them."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pptx import Presentation
from pptx.chart.data import BubbleChartData, CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from collateral.diagnostics import Diagnostic
from collateral.ooxml import fill


def _deck(kind: str) -> bytes:
    """A deck with one chart of this kind, filled by `{{ chart(sales) }}`."""
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[5])
    data: Any = {"XY_SCATTER": XyChartData, "BUBBLE": BubbleChartData}.get(kind, CategoryChartData)()
    series = data.add_series("Designed", *([(1, 2)] if isinstance(data, CategoryChartData) else []))
    if isinstance(data, CategoryChartData):
        data.categories = ["a", "b"]
    else:
        series.add_data_point(*(1, 2, 3)[: 3 if kind == "BUBBLE" else 2])
    place = (Inches(1), Inches(2), Inches(6), Inches(4))
    frame = slide.shapes.add_chart(getattr(XL_CHART_TYPE, kind), *place, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", "{{ chart(sales) }}")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _filled(kind: str, sales: object) -> tuple[Any, list[Diagnostic]]:
    made, problems = fill(_deck(kind), {"sales": sales})
    if made is None:
        return None, problems
    slide = Presentation(io.BytesIO(made)).slides[0]
    return next(s for s in slide.shapes if s.has_chart).chart.plots[0], problems


def _xs(plot: Any) -> list[list[float]]:
    return [[float(v.text) for v in s._element.findall(".//{*}xVal//{*}v")] for s in plot.series]


@pytest.mark.parametrize(
    "sales",
    [
        {"categories": [1, 2.5], "Sites": [10, 20]},
        [["day", "Sites"], [1, 10], [2.5, 20]],
        [{"day": 1, "Sites": 10}, {"day": 2.5, "Sites": 20}],
    ],
)
def test_categories_that_are_numbers_are_the_x_values_of_points(sales: object) -> None:
    plot, problems = _filled("XY_SCATTER", sales)
    assert not problems
    assert (_xs(plot), list(plot.series[0].values)) == ([[1.0, 2.5]], [10, 20])


def test_points_without_x_values_are_refused_with_the_form_to_write() -> None:
    for kind, form in (
        ("XY_SCATTER", "points: [[1, 2], [3, 4]]"),
        ("BUBBLE", "points: [[1, 2, 10], [3, 4, 20]]"),
    ):
        _, (problem,) = _filled(kind, {"categories": [1] if kind == "BUBBLE" else ["a"], "Sites": [10]})
        assert form in problem.message


def test_x_values_all_series_share_are_the_categories_of_a_column_chart() -> None:
    points = {"series": [{"name": "A", "points": [[1, 5], [2.5, 6]]}, {"name": "B", "points": [[1.0, 7]]}]}
    plot, problems = _filled("COLUMN_CLUSTERED", points)
    assert not problems
    assert (list(plot.categories), list(plot.series[0].values)) == (["1", "2.5"], [5, 6])


def test_x_values_of_each_series_in_a_column_chart_are_refused() -> None:
    points = {"series": [{"name": "A", "points": [[1, 5], [2, 6]]}, {"name": "B", "points": [[2, 7]]}]}
    plot, (problem,) = _filled("COLUMN_CLUSTERED", points)
    assert plot is None
    assert "give them x values of their own" in problem.message


def test_series_a_pie_does_not_show_are_told() -> None:
    two = {"categories": ["a"], "Old": [1], "New": [2]}
    assert [d.message for d in _filled("PIE", two)[1]] == [
        "a pie shows its first series only, and the data have 2"
    ]
    assert not _filled("DOUGHNUT", two)[1]


def test_values_without_a_category_are_told() -> None:
    _, problems = _filled("COLUMN_CLUSTERED", {"categories": ["a"], "Old": [1, 2]})
    assert [d.message for d in problems] == ["the chart gets 2 values for one category"]
