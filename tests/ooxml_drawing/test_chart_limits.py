"""What the cells behind a designed chart can hold: dates as their workbook counts them, and no more than Office takes."""

from __future__ import annotations

import io
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.table import Table
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE as KIND

sys.path.insert(0, str(Path(__file__).parent))

from drawing_builders import charts_in, saved, series_in, template_deck, workbook_of

from collateral.model.content import Chart, Series
from collateral.ooxml import fill
from collateral.ooxml.drawing.charts import ChartLook, chart_part


def _dates(book: bytes | None, *, since_1904: bool) -> bytes:
    """A chart of dates; without a workbook when none is given."""
    data = CategoryChartData()
    data.categories = [date(2026, 1, 1), date(2026, 1, 2)]
    data.add_series("Old", (1, 2))
    deck = Presentation(io.BytesIO(template_deck(KIND.LINE, data)))
    chart = next(s for s in deck.slides[0].shapes if s.has_chart).chart
    chart._chartSpace.find("{*}date1904").set("val", str(int(since_1904)))
    if book is None:
        tie = chart._chartSpace.find("{*}externalData")
        chart.part.drop_rel(next(value for key, value in tie.attrib.items() if key.endswith("}id")))
        tie.getparent().remove(tie)
    else:
        chart.part.chart_workbook.xlsx_part._blob = book
    return saved(deck)


def _book(*, since_1904: bool, header: str = "") -> bytes:
    book = openpyxl.Workbook()
    if since_1904:
        book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    sheet.title = "Sheet1"
    for row in ([header, "Old"], [date(2026, 1, 1), 1], [date(2026, 1, 2), 2]):
        sheet.append(row)
    if header:
        sheet.add_table(Table(displayName="Data", ref="A1:B3"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _filled(deck: bytes, data: object) -> tuple[Any, list[str]]:
    made, found = fill(deck, {"data": data})
    assert made is not None, found
    return charts_in(made)[0], [d.code for d in found]


@pytest.mark.parametrize("since_1904", [False, True])
def test_dates_are_counted_as_the_workbook_counts_them(since_1904: bool) -> None:
    deck = _dates(_book(since_1904=since_1904), since_1904=since_1904)
    chart, found = _filled(deck, {"2026-03-01": 5, "2026-03-02T12:00:00": 6})
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    held = [cell.value for cell in book["Sheet1"]["A"][1:3]]
    assert held == [datetime(2026, 3, 1), datetime(2026, 3, 2, 12)]
    points = [p.findtext("{*}v") for p in next(chart._chartSpace.iter("{*}cat")).iter("{*}pt")]
    assert points == (["44620", "44621.5"] if since_1904 else ["46082", "46083.5"])
    assert found == []


def test_chart_that_gets_a_workbook_counts_as_that_does() -> None:
    chart, _ = _filled(_dates(None, since_1904=True), {"2026-03-01": 5})
    assert chart._chartSpace.find("{*}date1904").get("val") == "0"
    assert next(chart._chartSpace.iter("{*}cat")).findtext(".//{*}v") == "46082"
    assert workbook_of(chart).active["A2"].value == datetime(2026, 3, 1)


def test_name_too_long_for_the_header_of_a_table_goes_to_a_sheet_of_its_own() -> None:
    deck = _dates(_book(since_1904=False, header="Day"), since_1904=False)
    for length, codes in ((255, []), (256, ["chart-data-moved"])):
        chart, found = _filled(deck, {"categories": ["2026-03-01"], "series": {"N" * length: [1]}})
        assert found == codes
        assert series_in(chart) == [("N" * length, [1])]
        tables = [t.ref for sheet in workbook_of(chart) for t in sheet.tables.values()]
        assert len(tables) == 1


def _columns() -> bytes:
    data = CategoryChartData()
    data.categories = ["a"]
    data.add_series("Old", (1,))
    return template_deck(KIND.COLUMN_CLUSTERED, data)


def test_text_no_cell_can_hold_is_refused() -> None:
    made, found = fill(_columns(), {"data": {"x" * 32_768: 1}})
    assert made is None
    assert "32,767 characters" in found[0].message
    assert fill(_columns(), {"data": {"x" * 32_767: 1}})[0] is not None


def test_more_series_than_office_shows_are_refused() -> None:
    series = {str(n): [n] for n in range(256)}
    made, found = fill(_columns(), {"data": {"categories": ["a"], "series": series}})
    assert made is None
    assert [d.code for d in found] == ["chart-too-many-series"]
    series.popitem()
    assert fill(_columns(), {"data": {"categories": ["a"], "series": series}})[0] is not None


@pytest.mark.parametrize("values", [[], [None, None]])
def test_chart_that_stays_empty_is_told(values: list[None]) -> None:
    data = {"categories": ["a", "b"][: len(values)], "series": [{"name": "New", "values": values}]}
    assert _filled(_columns(), data)[1] == ["chart-without-values"]


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        (KIND.PIE, ["chart-negative-share"]),
        (KIND.DOUGHNUT, ["chart-negative-share"]),
        (KIND.BAR_CLUSTERED, []),
    ],
)
def test_negative_numbers_in_a_pie_are_told(kind: Any, codes: list[str]) -> None:
    data = CategoryChartData()
    data.categories = ["a"]
    data.add_series("Old", (1,))
    assert _filled(template_deck(kind, data), {"a": 2, "b": -1})[1] == codes


@pytest.mark.parametrize(
    ("kind", "values", "codes"),
    [
        ("pie", (2, -1), ["chart-negative-share"]),
        ("doughnut", (0, 0.0), ["chart-without-values"]),
        ("column", (2, -1), []),
        ("line", (None,), ["chart-without-values"]),
    ],
)
def test_charts_made_from_data_tell_the_same(
    kind: str, values: tuple[int | None, ...], codes: list[str]
) -> None:
    part, found = chart_part(Chart(kind, ("a", "b")[: len(values)], (Series("New", values),)), ChartLook())
    assert part is not None
    assert [d.code for d in found] == codes


def test_chart_made_from_data_has_no_edge_in_word() -> None:
    part, _ = chart_part(Chart("column", ("a",), (Series("New", (1,)),)), ChartLook(), folder="/word")
    assert part is not None and part.data is not None
    assert b"</c:chart><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>" in part.data
