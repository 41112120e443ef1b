"""Charts whose data a tag replaces: cache, workbook, formats."""

from __future__ import annotations

import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation
from template_builders import chart_deck, member, names_in

from collateral.model.content import Chart, Series
from collateral.ooxml import compile_template, fill

SALES = {"categories": ["x", "y", "z"], "series": [{"name": "A & B", "values": [1.5, None, 3]}]}


def _filled(sales: object) -> bytes:
    made, problems = fill(chart_deck(), {"sales": sales, "name": "Acme"})
    assert made is not None, [d.message for d in problems]
    return made


def _chart(data: bytes):  # type: ignore[no-untyped-def]
    return next(s for s in Presentation(io.BytesIO(data)).slides[0].shapes if s.has_chart)


def test_cache_and_workbook_hold_the_new_data() -> None:
    made = _filled(SALES)
    chart = _chart(made).chart
    assert list(chart.plots[0].categories) == ["x", "y", "z"]
    assert [(s.name, list(s.values)) for s in chart.plots[0].series] == [("A & B", [1.5, None, 3.0])]
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    assert [[c.value for c in row[:2]] for row in sheet.iter_rows()] == [
        [None, "A & B"], ["x", 1.5], ["y", None], ["z", 3]
    ]  # fmt: skip


def test_number_format_of_the_series_stays() -> None:
    name = next(n for n in names_in(_filled(SALES)) if "charts/chart" in n and "rels" not in n)
    assert "<c:formatCode>0.0</c:formatCode>" in member(_filled(SALES), name)


def test_more_series_than_drawn_get_a_look_of_their_own() -> None:
    series = [{"name": str(i), "values": [i]} for i in range(4)]
    plot = _chart(_filled({"categories": ["x"], "series": series})).chart.plots[0]
    assert [s.name for s in plot.series] == ["0", "1", "2", "3"]


def test_plain_mapping_is_a_chart_of_one_series() -> None:
    assert list(_chart(_filled({"x": 1, "y": 2})).chart.plots[0].categories) == ["x", "y"]


@pytest.mark.parametrize(
    "value",
    [
        {"categories": ["a", "b"], "series": {"Old": [1, 2], "New": [3, 4]}},
        {"categories": ["a", "b"], "series": {"Old": {"values": [1, 2]}, "New": {"values": [3, 4]}}},
        {"categories": ["a", "b"], "Old": [1, 2], "New": [3, 4]},
        [["", "Old", "New"], ["a", 1, 3], ["b", 2, 4]],
        [{"quarter": "a", "Old": 1, "New": 3}, {"quarter": "b", "New": 4, "Old": 2}],
    ],
    ids=["by name", "by name with keys", "beside the categories", "rows", "records"],
)
def test_forms_that_can_be_meant_in_one_way_are_taken(value: object) -> None:
    plot = _chart(_filled(value)).chart.plots[0]
    assert list(plot.categories) == ["a", "b"]
    assert [(s.name, list(s.values)) for s in plot.series] == [("Old", [1, 2]), ("New", [3, 4])]


def test_one_series_needs_no_name_and_takes_the_designed_one() -> None:
    for value in ({"categories": ["x", "y"], "series": [1, 2]}, [["x", 1], ["y", 2]]):
        (series,) = _chart(_filled(value)).chart.plots[0].series
        assert (series.name, list(series.values)) == ("Old", [1, 2])


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"a": [1, 2], "b": [3, 4]}, "these lists may be series or categories"),
        ({"categories": ["a"], "series": {"Old": 1}}, 'the series "Old" has no list of values'),
        ([], "the list of a chart is empty"),
        ([{"a": "x", "b": 1}, {"a": "y"}], "the records of a chart need the same fields, the category first"),
        ([["a", 1, 2], ["b", 3, 4]], "the rows of a chart need the names of the series above them"),
        ("text", "a chart needs categories and series"),
    ],
)
def test_forms_that_may_be_meant_otherwise_are_refused_with_the_right_one(value: object, reason: str) -> None:
    _, found = fill(chart_deck(), {"sales": value, "name": "Acme"})
    assert found[0].message.endswith(
        f"{reason}: write {{categories: [Q1, Q2], series: [{{name: Sales, values: [1, 2]}}]}}"
    )


def test_chart_value_works_as_well() -> None:
    chart = Chart("bar", ("a",), (Series("s", (1,)),))
    assert [s.name for s in _chart(_filled(chart)).chart.plots[0].series] == ["s"]


def test_rest_of_the_alt_text_stays() -> None:
    assert _chart(_filled(SALES))._element.nvGraphicFramePr.cNvPr.get("descr") == "Sales of Acme"


@pytest.mark.parametrize("value", ["text", {"categories": ["a"], "series": []}, {"a": "x"}])
def test_unusable_data_are_refused_with_the_place(value: object) -> None:
    made, found = fill(chart_deck(), {"sales": value, "name": "Acme"}, file="pitch.pptx")
    assert made is None
    assert found[0].code in ("value-unusable", "chart-without-data")
    assert "slide 1" in str(found[0].at)


def test_two_copies_of_a_slide_have_charts_of_their_own() -> None:
    from collateral.ooxml.template.filling.deck_values import TemplateSlide

    template, _ = compile_template(chart_deck())
    assert template is not None
    values = [{"sales": {"x": n}, "name": "n"} for n in (1, 2)]
    chunks, _ = template.assemble([TemplateSlide(1, v) for v in values])
    slides = Presentation(io.BytesIO(b"".join(chunks))).slides
    charts = [next(s for s in slide.shapes if s.has_chart).chart for slide in slides]
    assert [list(c.plots[0].series[0].values) for c in charts] == [[1.0], [2.0]]


def _tagged_chart(*, linked: bool = False) -> bytes:
    """A deck with a chart whose cells hold tags."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches

    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    data = CategoryChartData()
    data.categories = ["{{ year }}", "then"]
    data.add_series("{{ name }}", (1, 2))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, 0, 0, Inches(5), Inches(4), data)
    if linked:
        part, data = frame.chart.part, frame.chart.part._element.externalData
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/oleObject"
        part.drop_rel(data.rId)
        data.set(
            "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
            part.relate_to("file:///c:/data.xlsx", kind, is_external=True),
        )
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def test_tags_in_cells_are_filled_in_the_chart_and_in_its_workbook() -> None:
    made, problems = fill(_tagged_chart(), {"year": 2026, "name": "R&D"})
    assert made is not None, [d.message for d in problems]
    chart = _chart(made).chart
    assert list(chart.plots[0].categories) == ["2026", "then"]
    assert chart.plots[0].series[0].name == "R&D"
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    assert [[c.value for c in row] for row in sheet.iter_rows()] == [[None, "R&D"], ["2026", 1], ["then", 2]]


def test_tags_in_cells_of_a_linked_workbook_are_refused_with_their_slide() -> None:
    made, found = fill(_tagged_chart(linked=True), {"year": 2026, "name": "R&D"}, file="pitch.pptx")
    assert made is None
    assert [(d.code, d.at.slide) for d in found if d.at] == [("chart-linked", 1)]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.lists(
            st.one_of(st.none(), st.integers(-9, 9), st.sampled_from([0.5, 1e300])), min_size=2, max_size=4
        ),
        min_size=2,
        max_size=5,
    ),
    st.sampled_from(["", "Plan", "_x0041_", "a&b", "x\ny", "\ue0000\ue001"]),
)
def test_chart_is_the_same_whatever_was_filled_before(rows: list[list[object]], name: str) -> None:
    data = chart_deck()
    warm, _ = compile_template(data, file="pitch.pptx")
    for number, values in enumerate(rows):
        chart = {
            "categories": [f"{name}{n}" for n in range(len(values))],
            "series": [{"name": name, "values": values}, {"name": "B", "values": values[::-1]}],
        }
        fresh, _ = compile_template(data, file="pitch.pptx")
        record = {"sales": chart, "name": "Acme"}
        (first, found), (again, _) = fresh.fill(record), warm.fill(record)
        assert first is not None and again is not None, [d.message for d in found]
        assert b"".join(first) == b"".join(again), number
