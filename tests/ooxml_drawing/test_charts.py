"""Charts made from data on the sample master: what python-pptx and openpyxl read back."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx.enum.chart import XL_MARKER_STYLE

sys.path.insert(0, str(Path(__file__).parent))

from drawing_builders import (
    HOSTILE,
    KINDS,
    XY,
    cells_against_cache,
    chart_of,
    charts_in,
    deck_with,
    series_in,
    workbook_of,
)

from collateral.model.content import Chart, Series
from collateral.ooxml.drawing.charts import ChartLook, chart_part, chart_problems

NUMBER = st.one_of(
    st.none(),
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False),
    st.decimals(-(10**12), 10**12, places=4),
)
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)


def _made(chart: Chart):  # type: ignore[no-untyped-def]
    return charts_in(deck_with([chart], "Chart"))[0]


def _wanted(chart: Chart) -> list[tuple[str, list[float | None]]]:
    return [(s.name, [None if v is None else float(v) for v in s.values]) for s in chart.series]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_reads_back_equal_and_its_cells_hold_what_it_shows(kind: str) -> None:
    chart = chart_of(kind)
    made = _made(chart)
    assert series_in(made) == _wanted(chart)
    assert cells_against_cache(made) == []
    if kind not in XY:
        assert [str(c) for c in made.plots[0].categories] == list(chart.categories)


@pytest.mark.parametrize("kind", ["bar", "column", "line", "area"])
def test_stacked_charts_say_so(kind: str) -> None:
    made = _made(chart_of(kind, stacked=True))
    assert next(made._chartSpace.iter("{*}grouping")).get("val") == "stacked"


def test_twenty_series_of_sixty_points_keep_every_one() -> None:
    chart = chart_of("line", series=20, points=60)
    made = _made(chart)
    assert (series_in(made), cells_against_cache(made)) == (_wanted(chart), [])


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ((1, 9999.5), "General"),
        ((1, -12345), "#,##0"),
        ((Decimal("1E+30"), 2.0, None), "#,##0"),
        ((12345, 0.5), "#,##0.0"),
    ],
)
def test_large_numbers_are_shown_with_separators(values: tuple[float | None, ...], code: str) -> None:
    categories = tuple(map(str, range(len(values))))
    made = _made(Chart("column", categories, (Series("New", values),), labels=True))
    assert made.plots[0].data_labels.number_format == made.value_axis.tick_labels.number_format == code
    assert workbook_of(made).active["B2"].number_format == code


@pytest.mark.parametrize(
    ("points", "gap", "marked"), [(24, False, True), (60, False, False), (60, True, True)]
)
def test_a_long_line_has_no_marks_unless_points_stand_alone(points: int, gap: bool, marked: bool) -> None:
    values = tuple(None if gap and i % 2 else i for i in range(points))
    made = _made(Chart("line", tuple(map(str, range(points))), (Series("New", values),)))
    assert (made.plots[0].series[0].marker.style is not XL_MARKER_STYLE.NONE) is marked


def test_one_or_two_bars_do_not_fill_the_plot() -> None:
    widths = [_made(chart_of("column", series=1, points=points)).plots[0].gap_width for points in (1, 2, 3)]
    assert widths == [219, 219, 70]


def test_number_format_is_in_labels_axis_cache_and_cells() -> None:
    code = '#,##0.0 "k€"'
    made = _made(chart_of("column", number_format=code, labels=True))
    assert made.plots[0].data_labels.number_format == code
    assert made.value_axis.tick_labels.number_format == code
    assert {e.text for e in made._chartSpace.iter("{*}formatCode")} == {code}
    assert workbook_of(made).active["B2"].number_format == code


def test_value_axis_goes_where_labels_at_the_bars_say_the_same() -> None:
    for kind, gone in (("bar", True), ("column", True), ("line", False)):
        axis = _made(chart_of(kind, labels=True)).value_axis
        assert (axis.visible, axis.has_major_gridlines) == (not gone, not gone)


def test_areas_that_lie_on_each_other_are_translucent() -> None:
    for rest, alphas in (({}, 2), ({"stacked": True}, 0), ({"series": 1}, 0)):
        area = next(_made(chart_of("area", **rest))._chartSpace.iter("{*}areaChart"))
        assert len(list(area.iter("{*}alpha"))) == alphas


def test_titles_of_chart_and_axes_are_plain_text() -> None:
    made = _made(chart_of("column", title=HOSTILE, category_title="<Year>", value_title="€ & $"))
    assert made.chart_title.text_frame.text == HOSTILE
    assert made.category_axis.axis_title.text_frame.text == "<Year>"
    assert made.value_axis.axis_title.text_frame.text == "€ & $"


def test_texts_that_look_like_formulas_stay_texts() -> None:
    chart = Chart("bar", ("=1+1", "@SUM(A1)", "-2"), (Series("=HYPERLINK()", (1, 2, 3)),))
    cells = [cell for row in workbook_of(_made(chart)).active.iter_rows() for cell in row]
    assert {c.data_type for c in cells if isinstance(c.value, str)} <= {"s", "inlineStr"}
    assert [c.value for c in cells if isinstance(c.value, str)] == ["=HYPERLINK()", "=1+1", "@SUM(A1)", "-2"]


def test_numbers_that_are_none_are_gaps() -> None:
    chart = Chart("line", ("a", "b", "c"), (Series("s", (float("nan"), float("inf"), Decimal("NaN"))),))
    assert series_in(_made(chart)) == [("s", [None, None, None])]


@pytest.mark.parametrize(
    ("chart", "code"),
    [
        (Chart("treemap", ("a",), (Series("s", (1,)),)), "unknown-chart-kind"),
        (Chart("bar", ("a",), ()), "chart-without-data"),
        (Chart("scatter", (), (Series("s", (1, 2), (1,)),)), "chart-points-unequal"),
        (Chart("bubble", (), (Series("s", (1,), (1,)),)), "chart-points-unequal"),
    ],
)
def test_what_cannot_be_drawn_is_refused(chart: Chart, code: str) -> None:
    assert [d.code for d in chart_problems(chart)] == [code]
    assert chart_part(chart, ChartLook())[0] is None


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from(["column", "line", "pie", "radar"]),
    st.lists(st.tuples(TEXT, NUMBER), min_size=1, max_size=6),
)
def test_any_labels_and_numbers_survive_into_points_and_cells(
    kind: str, rows: list[tuple[str, float]]
) -> None:
    chart = Chart(kind, tuple(t for t, _ in rows), (Series("s", tuple(v for _, v in rows)),))
    made = _made(chart)
    assert series_in(made) == _wanted(chart)
    assert cells_against_cache(made) == []


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(NUMBER, NUMBER, NUMBER), min_size=1, max_size=6))
def test_any_points_of_a_bubble_chart_survive(points: list[tuple[float, float, float]]) -> None:
    x, y, size = zip(*points, strict=True)
    made = _made(Chart("bubble", (), (Series("s", y, x, size),)))
    assert series_in(made) == [("s", [None if v is None else float(v) for v in y])]
    assert cells_against_cache(made) == []
