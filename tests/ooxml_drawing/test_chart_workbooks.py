"""The workbook a designed chart came with: only the cells of the chart's data change, everything else stays."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.packaging.relationship import Relationship
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.external_link.external import ExternalBook, ExternalLink, ExternalSheetNames
from openpyxl.worksheet.table import Table, TableStyleInfo
from pptx import Presentation
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE as KIND

sys.path.insert(0, str(Path(__file__).parent))

from drawing_builders import cells_against_cache, charts_in, saved, series_in, template_deck, workbook_of

from collateral.ooxml import fill

OLD = [["", "Old 0", "Old 1"], ["old a", 1, 2], ["old b", 1, 2]]


def _chart_data() -> CategoryChartData:
    data = CategoryChartData(number_format="0.0")
    data.categories = ["old a", "old b"]
    for number in range(2):
        data.add_series(f"Old {number}", (1, 2))
    return data


def _company_book() -> Any:
    """A workbook as a controller makes it: a styled table, a sheet that computes from it, a name, a note."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    for row in OLD:
        sheet.append(row)
    sheet["A1"] = " "
    sheet["B2"].number_format = sheet["B3"].number_format = "#,##0.00"
    sheet["E1"] = "do not round"
    summary = book.create_sheet("Summary")
    summary["A1"] = "=SUM(Sheet1!B2:B3)"
    summary["A2"] = "kept text"
    book.defined_names["Total"] = DefinedName("Total", attr_text="Summary!$A$1")
    return book


def _with_table(book: Any) -> Any:
    table = Table(displayName="Data", ref="A1:C3")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleMedium9", showRowStripes=True)
    book["Sheet1"].add_table(table)
    return book


def _deck(book: Any, formulas: dict[str, str] | None = None, kind: Any = KIND.COLUMN_CLUSTERED) -> bytes:
    """A deck whose chart has this workbook; `formulas` replaces some of its formulas."""
    return _with_book(template_deck(kind, _chart_data()), book, formulas)


def _with_book(deck: bytes, book: Any, formulas: dict[str, str] | None = None) -> bytes:
    out = io.BytesIO()
    if isinstance(book, bytes):
        out.write(book)
    else:
        book.save(out)
    opened = Presentation(io.BytesIO(deck))
    chart = next(s for s in opened.slides[0].shapes if s.has_chart).chart
    chart.part.chart_workbook.xlsx_part._blob = out.getvalue()
    for formula in chart._chartSpace.iter("{*}f"):
        formula.text = (formulas or {}).get(formula.text, formula.text)
    return saved(opened)


def _data(series: int, points: int) -> dict[str, Any]:
    return {
        "categories": [f"new {i}" for i in range(points)],
        "series": [
            {"name": f"New {n}", "values": [n * 10 + i for i in range(points)]} for n in range(series)
        ],
    }


def _filled(deck: bytes, data: dict[str, Any]) -> tuple[Any, list[str]]:
    made, found = fill(deck, {"data": data})
    assert made is not None, found
    chart = charts_in(made)[0]
    assert cells_against_cache(chart) == []
    assert [(n.rstrip(), v) for n, v in series_in(chart)] == [
        (s["name"], s["values"]) for s in data["series"]
    ]
    return chart, [d.code for d in found]


def _rows(book: Any, sheet: str = "Sheet1") -> list[list[Any]]:
    return [[cell.value for cell in row] for row in book[sheet].iter_rows()]


def test_other_sheets_names_notes_and_number_formats_stay() -> None:
    chart, found = _filled(_deck(_company_book()), _data(2, 2))
    book = workbook_of(chart)
    assert found == []
    assert book.sheetnames == ["Sheet1", "Summary"]
    assert book["Summary"]["A1"].value == "=SUM(Sheet1!B2:B3)"
    assert book.defined_names["Total"].attr_text == "Summary!$A$1"
    assert book["Sheet1"]["E1"].value == "do not round"
    assert book["Sheet1"]["B2"].number_format == "#,##0.00"


def test_number_format_of_the_data_replaces_that_of_the_cells_and_keeps_their_look() -> None:
    book = _company_book()
    book["Sheet1"]["B2"].font = Font(bold=True)
    chart, _ = _filled(_deck(book), {**_data(3, 2), "number_format": '0.0 "k€"'})
    sheet = workbook_of(chart)["Sheet1"]
    assert {sheet[name].number_format for name in ("B2", "B3", "C2", "D3")} == {'0.0 "k€"'}
    assert (sheet["B2"].font.bold, sheet["B3"].font.bold, sheet["A2"].number_format) == (
        True,
        False,
        "General",
    )
    assert {code.text for code in chart._chartSpace.iter("{*}formatCode")} == {'0.0 "k€"'}


def test_data_on_a_sheet_of_their_own_keep_the_number_formats_of_the_chart() -> None:
    book = _company_book()
    book["Sheet1"]["B4"] = "in the way"
    chart, found = _filled(_deck(book), _data(1, 4))
    assert found == ["chart-data-moved"]
    assert workbook_of(chart)["Chart data"]["B2"].number_format == "0.0"


def test_more_points_take_the_style_of_the_cells_above_them() -> None:
    chart, _ = _filled(_deck(_company_book()), _data(2, 5))
    assert workbook_of(chart)["Sheet1"]["B6"].number_format == "#,##0.00"


def test_fewer_points_and_series_leave_no_old_cell_and_no_old_text() -> None:
    chart, _ = _filled(_deck(_company_book()), _data(1, 1))
    assert _rows(workbook_of(chart)) == [
        [" ", "New 0", None, None, "do not round"], ["new 0", 0, None, None, None], [None] * 5
    ]  # fmt: skip
    book = zipfile.ZipFile(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    assert b"old" not in b"".join(book.read(name).lower() for name in book.namelist() if "xml" in name)


def test_table_around_the_data_grows_and_shrinks_with_them() -> None:
    for series, points, area in ((1, 1, "A1:B2"), (2, 2, "A1:C3"), (3, 6, "A1:D7")):
        chart, _ = _filled(_deck(_with_table(_company_book())), _data(series, points))
        table = workbook_of(chart)["Sheet1"].tables["Data"]
        assert [c.name for c in table.tableColumns] == [" ", *(f"New {n}" for n in range(series))]
        assert table.ref == area
        assert table.autoFilter.ref == area


def test_headers_of_a_table_differ_although_series_have_the_same_name_or_none() -> None:
    data = _data(3, 2)
    for one, name in zip(data["series"], ("Sales", "SALES", ""), strict=True):
        one["name"] = name
    chart, _ = _filled(_deck(_with_table(_company_book())), data)
    sheet = workbook_of(chart)["Sheet1"]
    columns = [column.name for column in sheet.tables["Data"].tableColumns]
    assert len({name.casefold() for name in columns}) == 4
    assert columns == [cell.value for cell in sheet[1][:4]]


def test_formulas_are_computed_again_when_the_workbook_is_opened() -> None:
    chart, _ = _filled(_deck(_company_book()), _data(2, 2))
    assert workbook_of(chart).calculation.fullCalcOnLoad


def test_data_that_would_run_over_other_content_go_to_a_sheet_of_their_own() -> None:
    book = _company_book()
    book["Sheet1"]["B5"] = "=SUM(B2:B3)"
    chart, found = _filled(_deck(book), _data(2, 5))
    made = workbook_of(chart)
    assert found == ["chart-data-moved"]
    assert made.sheetnames == ["Sheet1", "Summary", "Chart data"]
    assert made["Sheet1"]["B5"].value == "=SUM(B2:B3)"
    assert made["Sheet1"]["B2"].value is None
    assert made.active.title == "Chart data"


def test_formulas_that_name_no_plain_area_move_the_data_to_a_sheet_of_their_own() -> None:
    changed = {"Sheet1!$B$2:$B$3": "(Sheet1!$B$2,Sheet1!$B$3)"}
    chart, found = _filled(_deck(_company_book(), changed), _data(2, 3))
    assert found == ["chart-data-moved"]
    assert workbook_of(chart).sheetnames[-1] == "Chart data"
    assert [row[1:3] for row in _rows(workbook_of(chart))] == [[None, None]] * 3


def test_series_in_rows_stay_in_rows() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Q & A's"
    for row in zip(*OLD, strict=True):
        book.active.append([None, *row])
    name = "'Q & A''s'!"
    changed = {
        "Sheet1!$B$1": f"{name}$B$2", "Sheet1!$C$1": f"{name}$B$3", "Sheet1!$A$2:$A$3": f"{name}$C$1:$D$1",
        "Sheet1!$B$2:$B$3": f"{name}$C$2:$D$2", "Sheet1!$C$2:$C$3": f"{name}$C$3:$D$3",
    }  # fmt: skip
    chart, found = _filled(_deck(book, changed), _data(3, 3))
    assert found == []
    assert _rows(workbook_of(chart), "Q & A's") == [
        [None, None, "new 0", "new 1", "new 2"], [None, "New 0", 0, 1, 2],
        [None, "New 1", 10, 11, 12], [None, "New 2", 20, 21, 22],
    ]  # fmt: skip


def test_formulas_that_name_a_file_or_a_defined_name_are_followed() -> None:
    book = _company_book()
    book.defined_names["Sales"] = DefinedName("Sales", attr_text="Sheet1!$B$2:$B$3")
    changed = {"Sheet1!$B$2:$B$3": "Sheet1!Sales", "Sheet1!$C$2:$C$3": "[Book1.xlsx]Sheet1!$C$2:$C$3"}
    chart, found = _filled(_deck(book, changed), _data(2, 4))
    assert found == []
    assert workbook_of(chart)["Sheet1"]["C5"].value == 13


def test_x_values_that_series_share_stay_shared_until_they_differ() -> None:
    def xy(*xs: list[float]) -> dict[str, Any]:
        return {"series": [{"name": f"S{n}", "values": [1, 2], "x": x} for n, x in enumerate(xs)]}

    old = XyChartData()
    for name in ("Old 0", "Old 1"):
        series = old.add_series(name)
        series.add_data_point(1, 2)
    book = openpyxl.Workbook()
    book.active.title = "Sheet1"
    for row in (["X", "Old 0", "Old 1"], [1, 2, 2]):
        book.active.append(row)
    changed = {
        "Sheet1!$A$2:$A$2": "Sheet1!$A$2", "Sheet1!$B$2:$B$2": "Sheet1!$B$2", "Sheet1!$A$5:$A$5": "Sheet1!$A$2",
        "Sheet1!$B$5:$B$5": "Sheet1!$C$2", "Sheet1!$B$4": "Sheet1!$C$1",
    }  # fmt: skip
    deck = _with_book(template_deck(KIND.XY_SCATTER, old), book, changed)
    for xs, width in (([[1, 2], [1, 2], [1, 2]], 4), ([[1, 2], [3, 4]], 4), ([[1, 2], [3, 4], [5, 6]], 6)):
        chart, found = _filled(deck, xy(*xs))
        assert found == []
        assert len(_rows(workbook_of(chart))[0]) == width


def test_workbook_that_cannot_be_read_is_replaced_and_said_so() -> None:
    chart, found = _filled(_with_book(template_deck(KIND.PIE, _chart_data()), b"not a zip"), _data(1, 3))
    assert found == ["chart-workbook-replaced"]
    assert workbook_of(chart).sheetnames == ["Sheet1"]


@pytest.mark.parametrize(
    ("part", "old", "new", "codes"),
    [
        ("xl/worksheets/sheet1.xml", "<sheetData>.*</sheetData>", "", ["chart-workbook-replaced"]),
        ("xl/worksheets/sheet1.xml", "</worksheet>", "", ["chart-workbook-replaced"]),
        ("xl/workbook.xml", "<sheets>.*</sheets>", "", ["chart-workbook-replaced"]),
        ("xl/workbook.xml", 'name="Sheet1"', 'name="Other"', ["chart-data-moved"]),
        ("[Content_Types].xml", "sheet.main", "template.main", ["chart-workbook-replaced"]),
        ("xl/worksheets/sheet1.xml", 'r="B2"', 'r="ZZZZ99999999"', ["chart-workbook-numbers"]),
        (
            "xl/tables/table1.xml",
            "<tableColumns.*</tableColumns>",
            "",
            ["chart-workbook-numbers", "chart-data-moved"],
        ),
        ("xl/tables/table1.xml", ' ref="A1:C3"', "", ["chart-workbook-numbers"]),
        ("xl/styles.xml", "<cellXfs.*</cellXfs>", "", ["chart-workbook-numbers"]),
    ],
)
def test_damaged_workbooks_never_raise(part: str, old: str, new: str, codes: list[str]) -> None:
    out = io.BytesIO()
    _with_table(_company_book()).save(out)
    members = _members(out.getvalue())
    members[part] = re.sub(old, new, members[part].decode(), flags=re.DOTALL).encode()
    damaged = io.BytesIO()
    with zipfile.ZipFile(damaged, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    deck = _with_book(template_deck(KIND.PIE, _chart_data()), damaged.getvalue())
    made, found = fill(deck, {"data": {**_data(1, 3), "number_format": "0.00"}})
    assert made is not None
    assert [d.code for d in found] == codes
    book = _members(charts_in(made)[0].part.chart_workbook.xlsx_part.blob)
    for name, data in book.items():
        if name.startswith("xl/worksheets/sheet"):
            parse_xml(data)


def test_texts_that_read_like_an_escape_of_excel_reach_the_cell_as_they_are() -> None:
    data = {"categories": ["_x0041_", "a\rb\x07"], "series": [{"name": "_x000D_ & _x4", "values": [1, 2]}]}
    for deck in (_deck(_company_book()), _with_book(template_deck(KIND.PIE, _chart_data()), b"none")):
        made, _ = fill(deck, {"data": data})
        assert made is not None
        book = zipfile.ZipFile(io.BytesIO(charts_in(made)[0].part.chart_workbook.xlsx_part.blob))
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        for text in ("_x005F_x0041_<", ">a_x000D_b<", ">_x005F_x000D_ &amp; _x4<"):
            assert text in sheet


def _without_workbook(deck: bytes) -> bytes:
    opened = Presentation(io.BytesIO(deck))
    part = next(s for s in opened.slides[0].shapes if s.has_chart).chart.part
    tie = part._element.find("{*}externalData")
    part.drop_rel(next(iter(part.rels)))
    part._element.remove(tie)
    return saved(opened)


def _document_with_chart(deck: bytes) -> bytes:
    """A document with the chart part of a deck, tagged in its alt text."""
    document = docx.Document()
    xml = next(data for name, data in _members(deck).items() if name.startswith("ppt/charts/chart"))
    part = Part(PackURI("/word/charts/chart1.xml"), CT.DML_CHART, xml, document.part.package)
    rel_id = document.part.relate_to(part, RT.CHART)
    uri = "http://schemas.openxmlformats.org/drawingml/2006/"
    inline = f"""<w:drawing {nsdecls("w", "wp", "a", "r")}><wp:inline distT="0" distB="0" distL="0" distR="0">
        <wp:extent cx="4000000" cy="2000000"/><wp:docPr id="1" name="Chart" descr="{{{{ chart(data) }}}}"/><a:graphic>
        <a:graphicData uri="{uri}chart"><c:chart xmlns:c="{uri}chart" r:id="{rel_id}"/></a:graphicData>
        </a:graphic></wp:inline></w:drawing>"""
    document.add_paragraph().add_run()._r.append(parse_xml(inline))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _members(data: bytes) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    return {name: archive.read(name) for name in archive.namelist()}


def test_chart_without_a_workbook_gets_one_in_every_copy_of_its_slide() -> None:
    deck = Presentation(io.BytesIO(_without_workbook(_deck(_company_book()))))
    deck.slides[0].notes_slide.notes_text_frame.text = "{%slide for data in many %}"
    made, found = fill(saved(deck), {"many": [_data(1, 2), _data(3, 4)]})
    assert made is not None, found
    charts = charts_in(made)
    assert [len(workbook_of(chart).active["A"]) for chart in charts] == [3, 5]
    assert [cells_against_cache(chart) for chart in charts] == [[], []]


def test_chart_of_a_document_without_a_workbook_gets_one() -> None:
    made, found = fill(_document_with_chart(_without_workbook(_deck(_company_book()))), {"data": _data(2, 3)})
    assert made is not None, found
    package = _members(made)
    (book,) = [name for name in package if name.endswith(".xlsx")]
    assert openpyxl.load_workbook(io.BytesIO(package[book])).active["C4"].value == 12
    assert book.rpartition("/")[2] in package["word/charts/_rels/chart1.xml.rels"].decode()


def _with_labels(deck: bytes, cells: str) -> bytes:
    """The first series shows labels taken from cells, as PowerPoint writes it."""
    c15 = "http://schemas.microsoft.com/office/drawing/2012/chart"
    uri = "{02D57815-91ED-43cb-92C2-25804820EDAC}"
    opened = Presentation(io.BytesIO(deck))
    chart = next(s for s in opened.slides[0].shapes if s.has_chart).chart
    series, c = chart._chartSpace.find(".//{*}ser"), chart._chartSpace.nsmap["c"]
    shows = "".join(f'<c:{n} val="0"/>' for n in ("showLegendKey", "showVal", "showCatName", "showSerName"))
    labels = f"""<c:dLbls xmlns:c="{c}">{shows}<c:showPercent val="0"/><c:showBubbleSize val="0"/><c:extLst>
        <c:ext uri="{{CE6537A1-D6FC-4f65-9D91-7224C49458BB}}" xmlns:c15="{c15}"><c15:showDataLabelsRange val="1"/>
        </c:ext></c:extLst></c:dLbls>"""
    texts = f"""<c:extLst xmlns:c="{c}"><c:ext uri="{uri}" xmlns:c15="{c15}"><c15:datalabelsRange><c15:f>{cells}</c15:f>
        <c15:dlblRangeCache><c:ptCount val="1"/><c:pt idx="0"><c:v>old</c:v></c:pt></c15:dlblRangeCache>
        </c15:datalabelsRange></c:ext></c:extLst>"""
    series.find("{*}cat").addprevious(parse_xml(labels))
    series.append(parse_xml(texts))
    return saved(opened)


def test_labels_from_cells_are_those_of_the_data_in_chart_and_cells() -> None:
    book = _company_book()
    book["Sheet1"]["D2"] = book["Sheet1"]["D3"] = "old label"
    deck = _with_labels(_deck(book), "Sheet1!$D$2:$D$3")
    data = _data(1, 3)
    data["series"][0]["labels"] = ["one", "two & a half", "three"]
    chart, found = _filled(deck, data)
    shown = [
        point.find("{*}v").text for point in chart._chartSpace.find(".//{*}dlblRangeCache").iter("{*}pt")
    ]
    assert (found, shown) == ([], ["one", "two & a half", "three"])
    assert [workbook_of(chart)["Sheet1"][f"D{n}"].value for n in (2, 3, 4)] == shown


def test_chart_with_labels_from_cells_wants_labels_or_categories() -> None:
    deck = _with_labels(_deck(_company_book()), "Sheet1!$D$2:$D$3")
    data = {"series": [{"name": "a", "values": [1, 2]}]}
    assert [d.code for d in fill(deck, {"data": data})[1]] == ["chart-without-labels"]
    chart, _ = _filled(deck, _data(1, 2))
    assert [p.find("{*}v").text for p in chart._chartSpace.find(".//{*}dlblRangeCache").iter("{*}pt")] == [
        "new 0", "new 1"
    ]  # fmt: skip


def test_filtered_categories_and_series_leave_nothing_in_chart_or_workbook() -> None:
    c15 = "http://schemas.microsoft.com/office/drawing/2012/chart"
    book = _company_book()
    book["Sheet1"]["D1"], book["Sheet1"]["D2"] = "hidden series", 99
    book["Sheet1"].row_dimensions[3].hidden = True
    opened = Presentation(io.BytesIO(_deck(book, {"Sheet1!$A$2:$A$3": "Sheet1!$A$2"})))
    chart = next(s for s in opened.slides[0].shapes if s.has_chart).chart
    c = chart._chartSpace.nsmap["c"]
    whole = f"""<c:extLst xmlns:c="{c}"><c:ext uri="x" xmlns:c15="{c15}"><c15:fullRef><c15:sqref>Sheet1!$A$2:$A$3</c15:sqref>
        </c15:fullRef></c:ext></c:extLst>"""
    for reference in chart._chartSpace.findall(".//{*}cat/*"):
        reference.append(parse_xml(whole))
    hidden = f"""<c:extLst xmlns:c="{c}"><c:ext uri="y" xmlns:c15="{c15}"><c15:filteredBarSeries><c15:ser><c:idx val="2"/>
        <c:order val="2"/><c:tx><c:strRef><c:f>Sheet1!$D$1</c:f></c:strRef></c:tx><c:val><c:numRef><c:f>Sheet1!$D$2:$D$3</c:f>
        </c:numRef></c:val></c15:ser></c15:filteredBarSeries></c:ext></c:extLst>"""
    chart._chartSpace.find(".//{*}barChart").append(parse_xml(hidden))
    chart, found = _filled(saved(opened), _data(2, 2))
    sheet = workbook_of(chart)["Sheet1"]
    assert found == []
    assert next(chart._chartSpace.iter("{*}filteredBarSeries"), None) is None
    assert (sheet["D1"].value, sheet["D2"].value, sheet.row_dimensions[3].hidden) == (None, None, False)


def test_texts_on_an_axis_of_dates_are_reported() -> None:
    data = CategoryChartData()
    data.categories = [date(2025, 1, 1), date(2025, 2, 1)]
    data.add_series("s", (1, 2))
    deck = template_deck(KIND.LINE, data)
    assert _filled(deck, _data(1, 2))[1] == ["chart-categories-no-dates"]
    dates = {"categories": ["2026-01-31", "2026-02-28"], "series": [{"name": "s", "values": [1, 2]}]}
    made, found = fill(deck, {"data": dates})
    assert made is not None
    assert (found, workbook_of(charts_in(made)[0]).active["A2"].value) == ([], datetime(2026, 1, 31))


def test_workbook_that_two_charts_share_is_refused_by_the_shapes_names() -> None:
    deck = Presentation(io.BytesIO(template_deck(KIND.PIE, _chart_data())))
    slide = deck.slides[0]
    other = slide.shapes.add_chart(KIND.PIE, 0, 0, 99, 99, _chart_data())
    first = next(s for s in slide.shapes if s.has_chart).chart.part
    other.chart.part.rels[next(iter(other.chart.part.rels))]._target = first.chart_workbook.xlsx_part
    made, found = fill(saved(deck), {"data": _data(1, 2)})
    assert made is None
    assert [(d.code, d.message) for d in found] == [
        ("chart-workbook-shared", '"Results" shares its workbook with another chart')
    ]


def test_workbook_with_links_to_other_files_is_kept_and_said_so() -> None:
    book = _company_book()
    link = ExternalLink(ExternalBook(sheetNames=ExternalSheetNames(["Plan"])))
    link.file_link = Relationship(
        type="externalLinkPath", Target="plan.xlsx", TargetMode="External", Id="rId1"
    )
    book._external_links.append(link)
    book["Summary"]["A3"] = "=[1]Plan!A1"
    chart, found = _filled(_deck(book), _data(2, 2))
    assert found == ["chart-workbook-links"]
    assert workbook_of(chart)["Summary"]["A3"].value == "=[1]Plan!A1"


def test_tags_in_cells_outside_the_data_are_reported() -> None:
    book = _company_book()
    book["Summary"]["A2"] = "for {{ prospect.name }}"
    chart, found = _filled(_deck(book), _data(2, 2))
    assert found == ["chart-workbook-tags"]
    assert workbook_of(chart)["Summary"]["A2"].value == "for {{ prospect.name }}"
    book = _company_book()
    book["Sheet1"]["A2"] = "{{ replaced }}"
    assert _filled(_deck(book), _data(2, 2))[1] == []
