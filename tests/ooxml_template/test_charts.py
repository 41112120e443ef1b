"""Charts whose data a tag replaces: cache, workbook, formats."""

from __future__ import annotations

import io

import openpyxl
import pytest
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
    from collateral.ooxml.template.deck_values import TemplateSlide

    template, _ = compile_template(chart_deck())
    assert template is not None
    values = [{"sales": {"x": n}, "name": "n"} for n in (1, 2)]
    chunks, _ = template.assemble([TemplateSlide(1, v) for v in values])
    slides = Presentation(io.BytesIO(b"".join(chunks))).slides
    charts = [next(s for s in slide.shapes if s.has_chart).chart for slide in slides]
    assert [list(c.plots[0].series[0].values) for c in charts] == [[1.0], [2.0]]
