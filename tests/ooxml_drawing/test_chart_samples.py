"""What the workbook of a designed chart tells of its sample data once the chart has others."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE as KIND

sys.path.insert(0, str(Path(__file__).parent))

from drawing_builders import charts_in, saved, template_deck, workbook_of

from collateral.ooxml import fill

DATA = {"categories": ["new a", "new b"], "series": {"New": [1, 2]}}


def _book(rows: list[list[Any]], add: Any = None) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Sheet1")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    if add is not None:
        add(book, sheet)
    book.close()
    return out.getvalue()


def _filled(book: bytes, formulas: dict[str, str] | None = None) -> tuple[Any, list[Any]]:
    """The filled chart with this workbook, whose data were in column B, and what was found."""
    data = CategoryChartData()
    data.categories = ["old a", "old b"]
    data.add_series("Old", (1, 2))
    deck = Presentation(io.BytesIO(template_deck(KIND.COLUMN_CLUSTERED, data)))
    chart = next(s for s in deck.slides[0].shapes if s.has_chart).chart
    chart.part.chart_workbook.xlsx_part._blob = book
    for formula in chart._chartSpace.iter("{*}f"):
        formula.text = (formulas or {}).get(formula.text, formula.text)
    made, found = fill(saved(deck), {"data": DATA})
    assert made is not None, found
    return charts_in(made)[0], found


OLD = [["", "Old"], ["old a", 1], ["old b", 2]]


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        ([["", "Old", "Not shown"], ["old a", 1, 777], ["old b", 2, 777]], "column C"),
        ([["", "Old", "note", "Not shown"], ["old a", 1, "x", 777], ["old b", 2, "y", 777]], "column D"),
        ([["", "Old", None, "Apart"], ["old a", 1, None, 777], ["old b", 2, None, 777]], ""),
        ([["", "Old", "Unit"], ["old a", 1, "hours"], ["old b", 2, "days"]], ""),
        ([["", "Old", "Twice"], ["old a", 1, "=B2*2"], ["old b", 2, "=B3*2"]], ""),
        ([*OLD, ["", ""], ["target", 50]], ""),
    ],
    ids=["next to it", "behind a text", "apart", "texts", "formulas", "below"],
)
def test_numbers_that_look_like_more_of_the_sample_are_told(rows: list[list[Any]], where: str) -> None:
    chart, found = _filled(_book(rows))
    messages = [d.message for d in found if d.code == "chart-workbook-numbers"]
    assert [message.endswith(f"in {where}") for message in messages] == ([True] if where else [])
    assert workbook_of(chart)["Sheet1"]["B2"].value == 1


def test_series_in_rows_are_told_of_by_rows() -> None:
    rows = [["", "old a", "old b"], ["Old", 1, 2], ["Not shown", 777, 777]]
    formulas = {
        "Sheet1!$B$1": "Sheet1!$A$2",
        "Sheet1!$A$2:$A$3": "Sheet1!$B$1:$C$1",
        "Sheet1!$B$2:$B$3": "Sheet1!$B$2:$C$2",
    }
    _, found = _filled(_book(rows), formulas)
    assert [d.message.rpartition(" in ")[2] for d in found] == ["row 3"]


def test_charts_on_the_sheets_remember_no_points() -> None:
    def add(book: Any, sheet: Any) -> None:
        inner = book.add_chart({"type": "column"})
        inner.add_series({"values": "=Sheet1!$B$2:$B$3", "values_data": [777, 777]})
        sheet.insert_chart("F2", inner)

    chart, _ = _filled(_book(OLD, add))
    archive = zipfile.ZipFile(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    kept = archive.read("xl/charts/chart1.xml")
    assert b"777" not in kept
    assert b"Sheet1!$B$2:$B$3" in kept


def test_filter_over_the_data_shows_all_of_the_new_ones() -> None:
    def add(_: Any, sheet: Any) -> None:
        sheet.autofilter(0, 0, 2, 1)
        sheet.filter_column("A", 'x == "old a"')

    chart, _ = _filled(_book(OLD, add))
    sheet = zipfile.ZipFile(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).read(
        "xl/worksheets/sheet1.xml"
    )
    assert b"<autoFilter" in sheet
    assert b"old a" not in sheet and b"filterColumn" not in sheet
