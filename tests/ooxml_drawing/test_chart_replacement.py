"""Charts that somebody designed and a tag fills: data in points and cells, looks kept."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pptx import Presentation
from pptx.chart.data import BubbleChartData, CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE as KIND
from pptx.opc.constants import RELATIONSHIP_TYPE as RT

sys.path.insert(0, str(Path(__file__).parent))

from drawing_builders import (
    HOSTILE,
    ROOT,
    cells_against_cache,
    charts_in,
    saved,
    series_in,
    template_deck,
    workbook_of,
)

from collateral.ooxml import fill

CORPUS = ROOT / ".." / "shared" / "corpus"
CATEGORY_KINDS = [
    KIND.BAR_CLUSTERED, KIND.COLUMN_STACKED, KIND.LINE_MARKERS, KIND.AREA, KIND.PIE, KIND.DOUGHNUT,
    KIND.RADAR_MARKERS, KIND.BAR_STACKED_100,
]  # fmt: skip


def _category_data(series: int = 2) -> CategoryChartData:
    data = CategoryChartData(number_format="0.0%")
    data.categories = ["old a", "old b"]
    for number in range(series):
        data.add_series(f"Old {number}", (1, 2))
    return data


def _xy_data(kind: type) -> Any:
    data = kind(number_format="0.00")
    series = data.add_series("Old")
    for point in ((1, 2, 3), (4, 5, 6)):
        series.add_data_point(*point[: 3 if kind is BubbleChartData else 2])
    return data


def _data(series: int, points: int) -> dict[str, Any]:
    return {
        "categories": [f"{i} {HOSTILE}" for i in range(points)],
        "series": [
            {
                "name": f"{HOSTILE} {n}",
                "values": [None if i == 1 and n == 1 else n + i + 0.25 for i in range(points)],
                "x": [i * 1.5 for i in range(points)],
                "sizes": [i + 1 for i in range(points)],
            }
            for n in range(series)
        ],
    }


def _filled(deck: bytes, data: dict[str, Any]) -> Any:
    made, found = fill(deck, {"data": data})
    assert made is not None, found
    return charts_in(made)[0]


def _wanted(data: dict[str, Any]) -> list[tuple[str, list[float | None]]]:
    return [(s["name"], s["values"]) for s in data["series"]]


@pytest.mark.parametrize("kind", CATEGORY_KINDS, ids=lambda k: k.name)
@pytest.mark.parametrize("size", [(1, 1), (2, 2), (4, 9)], ids=str)
def test_series_and_categories_shrink_and_grow(kind: Any, size: tuple[int, int]) -> None:
    data = _data(*size)
    chart = _filled(template_deck(kind, _category_data()), data)
    assert series_in(chart) == _wanted(data)
    assert [str(c) for c in chart.plots[0].categories] == data["categories"]
    assert cells_against_cache(chart) == []


@pytest.mark.parametrize("kind", [KIND.XY_SCATTER, KIND.XY_SCATTER_LINES, KIND.BUBBLE], ids=lambda k: k.name)
@pytest.mark.parametrize("size", [(1, 1), (3, 5)], ids=str)
def test_points_with_x_values_shrink_and_grow(kind: Any, size: tuple[int, int]) -> None:
    data = _data(*size)
    old = _xy_data(BubbleChartData if kind == KIND.BUBBLE else XyChartData)
    chart = _filled(template_deck(kind, old), data)
    assert series_in(chart) == _wanted(data)
    assert cells_against_cache(chart) == []
    xs = [float(p.find("{*}v").text) for p in next(chart._chartSpace.iter("{*}xVal")).iter("{*}pt")]
    assert xs == data["series"][0]["x"]


def test_formats_looks_and_numbers_of_the_series_stay() -> None:
    deck = Presentation(io.BytesIO(template_deck(KIND.COLUMN_CLUSTERED, _category_data())))
    chart = charts_in(saved(deck))[0]
    plot = next(s for s in deck.slides[0].shapes if s.has_chart).chart.plots[0]
    fill_ = plot.series[1].format.fill
    fill_.solid()
    fill_.fore_color.rgb = RGBColor(1, 2, 3)
    chart = _filled(saved(deck), _data(4, 2))
    fills = [one.format.fill for one in chart.plots[0].series]
    assert fills[1].fore_color.rgb == RGBColor(1, 2, 3)
    assert fills[2].fore_color.theme_color.name == "ACCENT_3"
    assert {e.text for e in chart._chartSpace.iter("{*}formatCode")} == {"0.0%"}
    assert [e.get("val") for e in chart._chartSpace.iter("{*}order")] == ["0", "1", "2", "3"]


def test_points_without_lines_get_no_lines_when_series_are_added() -> None:
    chart = _filled(template_deck(KIND.XY_SCATTER, _xy_data(XyChartData)), _data(3, 2))
    lines = [one._element.find("{*}spPr/{*}ln/{*}noFill") for one in chart.plots[0].series]
    assert all(line is not None for line in lines)


def _edited(deck: bytes, change: Callable[[Any], None]) -> bytes:
    """The deck with its chart changed."""
    opened = Presentation(io.BytesIO(deck))
    change(next(s for s in opened.slides[0].shapes if s.has_chart).chart)
    return saved(opened)


def _line_beside_columns(chart: Any) -> None:
    """The second of three series becomes a line on axes of its own."""
    area = chart._chartSpace.find(".//{*}plotArea")
    bars = area.find("{*}barChart")
    moved = bars.findall("{*}ser")[1]
    for name in moved.findall("{*}invertIfNegative"):
        moved.remove(name)
    line = etree.fromstring(
        f'<c:lineChart xmlns:c="{area.nsmap["c"]}"><c:grouping val="standard"/><c:varyColors val="0"/></c:lineChart>'
    )
    bars.addnext(line)
    line.append(moved)
    for number, name in enumerate(("catAx", "valAx")):
        axis = deepcopy(area.find("{*}" + name))
        axis.find("{*}axId").set("val", str(11 + number))
        axis.find("{*}crossAx").set("val", str(12 - number))
        area.findall("{*}valAx")[-1].addnext(axis)
        line.append(deepcopy(axis.find("{*}axId")))


@pytest.mark.parametrize("count", [1, 3, 5])
def test_columns_with_a_line_on_a_second_axis_take_their_series_by_order(count: int) -> None:
    data = _data(count, 4)
    chart = _filled(
        _edited(template_deck(KIND.COLUMN_CLUSTERED, _category_data(3)), _line_beside_columns), data
    )
    assert series_in(chart) == _wanted(data)
    assert cells_against_cache(chart) == []
    lines = chart._chartSpace.findall(".//{*}lineChart/{*}ser")
    names = ["".join(t.text for t in ser.find("{*}tx").iter("{*}v")) for ser in lines]
    assert names == [s["name"] for s in data["series"][1:2]]


def test_plot_without_series_goes_with_the_axes_only_it_had() -> None:
    deck = _edited(template_deck(KIND.COLUMN_CLUSTERED, _category_data(3)), _line_beside_columns)
    for count, plots, axes in ((1, ["barChart"], 2), (2, ["barChart", "lineChart"], 4)):
        area = _filled(deck, _data(count, 2))._chartSpace.find(".//{*}plotArea")
        names = [etree.QName(e).localname for e in area]
        assert [n for n in names if n.endswith("Chart")] == plots
        assert len([n for n in names if n.endswith("Ax")]) == axes
        assert {e.get("val") for e in area.iterfind("{*}*/{*}axId")} == {
            e.get("val") for e in area.iterfind("{*}*/{*}crossAx")
        }


def test_further_series_go_into_the_plot_of_the_last_one() -> None:
    deck = _edited(template_deck(KIND.COLUMN_CLUSTERED, _category_data(2)), _line_beside_columns)
    chart = _filled(deck, _data(4, 2))
    assert [len(plot.series) for plot in chart.plots] == [1, 3]


def _points_beside_columns(chart: Any) -> None:
    """The second of two series becomes points with x values of their own."""
    area = chart._chartSpace.find(".//{*}plotArea")
    bars, c = area.find("{*}barChart"), area.nsmap["c"]
    moved = bars.findall("{*}ser")[1]
    for name in moved.findall("{*}invertIfNegative"):
        moved.remove(name)
    moved.find("{*}cat").tag, moved.find("{*}val").tag = f"{{{c}}}xVal", f"{{{c}}}yVal"
    points = etree.fromstring(
        f'<c:scatterChart xmlns:c="{c}"><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/></c:scatterChart>'
    )
    bars.addnext(points)
    points.append(moved)
    points.extend(deepcopy(axis) for axis in bars.findall("{*}axId"))


@pytest.mark.parametrize("x", [[0.5, 1.5, 2.5], []], ids=["with x", "without x"])
def test_points_beside_columns_take_their_x_or_stand_at_the_categories(x: list[float]) -> None:
    deck = _edited(template_deck(KIND.COLUMN_CLUSTERED, _category_data(2)), _points_beside_columns)
    data = _data(3, 3)
    for one in data["series"]:
        one["x"] = x
    chart = _filled(deck, data)
    assert series_in(chart) == _wanted(data)
    assert cells_against_cache(chart) == []
    assert [str(c) for c in chart.plots[0].categories] == data["categories"]
    shown = [[float(p.find("{*}v").text) for p in e.iter("{*}pt")] for e in chart._chartSpace.iter("{*}xVal")]
    assert shown == [x or [1, 2, 3]] * 2


def _titled(formula: str) -> bytes:
    """A pie whose title is taken from a cell, which holds what its series is called."""

    def tie(chart: Any) -> None:
        text = chart.chart_title._element.get_or_add_tx()
        text.append(deepcopy(chart._chartSpace.find(".//{*}ser/{*}tx/{*}strRef")))
        text.find("{*}strRef/{*}f").text = formula
        for rich in text.findall("{*}rich"):
            text.remove(rich)

    return _edited(template_deck(KIND.PIE, _category_data(1)), tie)


@pytest.mark.parametrize("formula", ["Sheet1!$B$1", "Sheet1!B1"])
def test_title_tied_to_the_name_of_a_series_shows_its_new_name(formula: str) -> None:
    data = _data(1, 2)
    chart = _filled(_titled(formula), data)
    reference = chart.chart_title._element.find("{*}tx/{*}strRef")
    assert (reference.find("{*}f").text, reference.find(".//{*}v").text) == (
        "Sheet1!$B$1",
        data["series"][0]["name"],
    )
    assert cells_against_cache(chart) == []
    nameless = _filled(_titled(formula), {"a": 1, "b": 2})
    assert nameless.chart_title._element.find(".//{*}v").text == "Old 0"


def test_title_from_another_cell_stays_as_text() -> None:
    chart = _filled(_titled("Sheet1!$F$9"), _data(1, 2))
    assert chart.chart_title.text_frame.text == "Old 0"
    assert cells_against_cache(chart) == []


@pytest.mark.parametrize("value", [float("inf"), "-inf", 10**400])
def test_number_no_sheet_can_hold_is_refused(value: float) -> None:
    code, message = _refusal(template_deck(KIND.PIE, _category_data(1)), {"a": 1, "b": value})
    assert code == "value-unusable"
    assert "no sheet can hold" in message


def _refusal(deck: bytes, data: dict[str, Any] | None = None) -> tuple[str, str]:
    made, found = fill(deck, {"data": data or _data(1, 2)})
    assert made is None
    return found[0].code, found[0].message


def _data_on_levels() -> CategoryChartData:
    data = CategoryChartData()
    for year in ("2025", "2026"):
        group = data.add_category(year)
        for quarter in ("Q1", "Q2"):
            group.add_sub_category(quarter)
    data.add_series("s", (1, 2, 3, 4))
    return data


LEVELS = {"north": ["a", "b & c", "d"], "south": ["a"]}


@pytest.mark.parametrize(
    "categories", [LEVELS, [(k, v) for k, below in LEVELS.items() for v in below]], ids=str
)
def test_categories_on_levels_are_replaced_with_their_levels(categories: Any) -> None:
    deck = template_deck(KIND.COLUMN_CLUSTERED, _data_on_levels())
    chart = _filled(deck, {"categories": categories, "series": [{"name": "n", "values": [1, 2, 3, 4]}]})
    assert chart.plots[0].categories.flattened_labels == (
        ("north", "a"), ("north", "b & c"), ("north", "d"), ("south", "a")
    )  # fmt: skip
    rows = [[cell.value for cell in row] for row in workbook_of(chart).active.iter_rows(min_row=2)]
    assert rows == [["north", "a", 1], [None, "b & c", 2], [None, "d", 3], ["south", "a", 4]]
    assert chart._chartSpace.find(".//{*}cat//{*}f").text == "Sheet1!$A$2:$B$5"


def test_categories_may_have_fewer_or_more_levels_than_designed() -> None:
    flat = {"categories": ["x", "y"], "series": [{"name": "n", "values": [1, 2]}]}
    chart = _filled(template_deck(KIND.COLUMN_CLUSTERED, _data_on_levels()), flat)
    assert [str(c) for c in chart.plots[0].categories] == ["x", "y"]
    assert [c.value for c in workbook_of(chart).active["A"]][1:] == [None] * 4
    deep = {"categories": LEVELS, "series": [{"name": "n", "values": [1, 2, 3, 4]}]}
    chart = _filled(template_deck(KIND.BAR_CLUSTERED, _category_data(1)), deep)
    assert chart.plots[0].categories.depth == 2
    assert workbook_of(chart).sheetnames == ["Sheet1", "Chart data"]


def test_linked_workbook_is_refused_by_the_shapes_name() -> None:
    def link(chart: Any) -> None:
        rel_id = chart.part.relate_to("file:///c:/sales.xlsx", RT.PACKAGE, is_external=True)
        data = chart._chartSpace.find("{*}externalData")
        data.set(f"{{{data.nsmap['r']}}}id", rel_id)

    found = _refusal(_edited(template_deck(KIND.BAR_CLUSTERED, _category_data()), link))
    assert found == ("chart-linked", '"Results" takes its data from a linked workbook')


def test_bubbles_need_sizes() -> None:
    deck = template_deck(KIND.BUBBLE, _xy_data(BubbleChartData))
    data = {"series": [{"name": "s", "values": [1], "x": [1]}]}
    assert _refusal(deck, data)[0] == "chart-points-unequal"


def test_chart_tag_on_a_shape_that_is_no_chart_is_refused_by_name() -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    box = slide.shapes.add_textbox(0, 0, 100, 100)
    box.name = "Waterfall"
    box._element.nvSpPr.cNvPr.set("descr", "{{ chart(data) }}")
    found = _refusal(saved(deck))
    assert found == ("chart-unsupported", '"Waterfall" is no chart whose data can be replaced')


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)
NUMBER = st.one_of(
    st.none(), st.integers(-(10**15), 10**15), st.floats(allow_nan=False, allow_infinity=False)
)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(TEXT, NUMBER, NUMBER), min_size=1, max_size=6), TEXT, TEXT)
def test_any_texts_and_numbers_survive_in_a_designed_chart(
    rows: list[tuple[str, float, float]], first: str, second: str
) -> None:
    labels, *columns = zip(*rows, strict=True)
    series = [{"name": n, "values": list(v)} for n, v in zip((first, second), columns, strict=True)]
    chart = _filled(_DESIGNED, {"categories": list(labels), "series": series})
    floats = [(s["name"], [None if v is None else float(v) for v in s["values"]]) for s in series]
    assert series_in(chart) == floats
    assert [str(c) for c in chart.plots[0].categories] == list(labels)
    assert cells_against_cache(chart) == []


_DESIGNED = template_deck(KIND.LINE, _category_data())


def _corpus_charts() -> list[Path]:
    names = ("ChartBarsStacked*", "ChartBubbles", "ChartLinesVertical", "ChartUserShape", "SlideWithCharts")
    return [file for name in names for file in sorted(CORPUS.glob(f"decks/*/*{name}.pptx"))]


def test_charts_of_real_decks_take_new_data() -> None:
    files = _corpus_charts()
    if not files:
        pytest.skip("the corpus is not on this machine")
    data = _data(5, 7)
    for file in files:
        deck = Presentation(str(file))
        for slide in deck.slides:
            for shape in (s for s in slide.shapes if s.has_chart):
                shape._element.nvGraphicFramePr.cNvPr.set("descr", "{{ chart(data) }}")
        made, found = fill(saved(deck), {"data": data})
        assert made is not None, (file.name, found)
        for chart in charts_in(made):
            assert (series_in(chart), cells_against_cache(chart)) == (_wanted(data), []), file.name


def test_charts_of_real_documents_take_new_data() -> None:
    import docx

    files = sorted(CORPUS.glob("documents/*/*chart_-_*.docx"))
    if not files:
        pytest.skip("the corpus is not on this machine")
    for file in (f for f in files if "empty" not in f.name):
        document = docx.Document(str(file))
        for named in document.element.body.iter("{*}docPr"):
            named.set("descr", "{{ chart(data) }}")
        out = io.BytesIO()
        document.save(out)
        made, found = fill(out.getvalue(), {"data": _data(2, 3)})
        assert made is not None, (file.name, found)
        archive = zipfile.ZipFile(io.BytesIO(made))
        for name in archive.namelist():
            if name.startswith("word/charts/chart"):
                assert archive.read(name).decode().count("日本") >= 2, (file.name, name)
