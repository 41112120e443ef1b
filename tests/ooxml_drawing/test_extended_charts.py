"""Waterfall, funnel, treemap and their like: data replaced in the chart and in its workbook."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree
from PIL import Image
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE as KIND

sys.path.insert(0, str(Path(__file__).parent))

from drawing_builders import ROOT, template_deck

from collateral.diagnostics import Diagnostic
from collateral.ooxml import fill

CX = "http://schemas.microsoft.com/office/drawing/2014/chartex"
CHART_TYPE = "application/vnd.ms-office.chartex+xml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
LAYOUTS = {
    "waterfall": '<cx:layoutPr><cx:subtotals><cx:idx val="0"/><cx:idx val="1"/></cx:subtotals></cx:layoutPr>',
    "funnel": "", "sunburst": "", "regionMap": "", "clusteredColumn": '<cx:layoutPr><cx:binning intervalClosed="r"/></cx:layoutPr>',
    "treemap": '<cx:layoutPr><cx:parentLabelLayout val="overlapping"/></cx:layoutPr>',
    "boxWhisker": '<cx:layoutPr><cx:statistics quartileMethod="exclusive"/></cx:layoutPr>',
}  # fmt: skip


def _chart(layout: str) -> str:
    dimension = "size" if layout in ("treemap", "sunburst") else "val"
    texts = """<cx:strDim type="cat"><cx:f>Sheet1!$A$2:$A$3</cx:f><cx:lvl ptCount="2"><cx:pt idx="0">old a</cx:pt>
        <cx:pt idx="1">old b</cx:pt></cx:lvl></cx:strDim>"""
    return f"""<cx:chartSpace xmlns:cx="{CX}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
        <cx:chartData><cx:externalData r:id="rId1" cx:autoUpdate="0"/><cx:data id="0">
        {"" if layout == "clusteredColumn" else texts}<cx:numDim type="{dimension}"><cx:f>Sheet1!$B$2:$B$3</cx:f>
        <cx:lvl ptCount="2" formatCode="0.0"><cx:pt idx="0">1</cx:pt><cx:pt idx="1">2</cx:pt></cx:lvl></cx:numDim></cx:data>
        </cx:chartData><cx:chart><cx:plotArea><cx:plotAreaRegion><cx:series layoutId="{layout}" uniqueId="{{A}}"><cx:tx>
        <cx:txData><cx:f>Sheet1!$B$1</cx:f><cx:v>Old</cx:v></cx:txData></cx:tx><cx:dataId val="0"/>{LAYOUTS[layout]}
        </cx:series></cx:plotAreaRegion></cx:plotArea></cx:chart></cx:chartSpace>"""


def _deck(layout: str, tag: str = "{{ chart(data) }}") -> bytes:
    """A deck with an extended chart, and a picture for programs that do not know it."""
    data = CategoryChartData()
    data.categories = ["old a", "old b"]
    data.add_series("Old", (1, 2))
    package = zipfile.ZipFile(io.BytesIO(template_deck(KIND.BAR_CLUSTERED, data, tag)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in package.namelist():
            text = package.read(name)
            if re.fullmatch(r"ppt/charts/chart\d+\.xml", name):
                text = _chart(layout).encode()
            elif name == "[Content_Types].xml":
                text = text.replace(
                    b"vnd.openxmlformats-officedocument.drawingml.chart+xml", b"vnd.ms-office.chartex+xml"
                )
            elif name == "ppt/slides/_rels/slide1.xml.rels":
                old = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
                text = text.replace(old, b"http://schemas.microsoft.com/office/2014/relationships/chartEx")
            elif name == "ppt/slides/slide1.xml":
                text = _both(text)
            made.writestr(name, text)
    return out.getvalue()


def _both(slide: bytes) -> bytes:
    """The slide with its chart in one branch and a shape with the same alt text in the other."""
    old = b"http://schemas.openxmlformats.org/drawingml/2006/chart"
    slide = (
        slide.replace(old, CX.encode()).replace(b"c:chart", b"cx:chart").replace(b"xmlns:c=", b"xmlns:cx=")
    )
    frame = re.search(b"<p:graphicFrame>.*</p:graphicFrame>", slide, re.DOTALL)
    assert frame is not None
    named = re.search(b"<p:cNvPr [^>]*descr=[^>]*/>", frame[0])
    assert named is not None
    stand_in = (
        b"<p:pic><p:nvPicPr>" + named[0] + b"<p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill/><p:spPr/></p:pic>"
    )
    choice = f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice xmlns:cx1="{CX}" Requires="cx1">'.encode()
    rest = b"</mc:Choice><mc:Fallback>" + stand_in + b"</mc:Fallback></mc:AlternateContent>"
    return slide.replace(frame[0], choice + frame[0] + rest)


def _filled(layout: str, data: object) -> tuple[etree._Element, Any, list[str]]:
    made, found = fill(_deck(layout), {"data": data})
    assert made is not None, found
    package = zipfile.ZipFile(io.BytesIO(made))
    chart = next(n for n in package.namelist() if re.fullmatch(r"ppt/charts/chart\d+\.xml", n))
    book = next(n for n in package.namelist() if n.endswith(".xlsx"))
    return (
        etree.fromstring(package.read(chart)),
        openpyxl.load_workbook(io.BytesIO(package.read(book))),
        [d.code for d in found],
    )


def _points(chart: etree._Element, dimension: str) -> list[list[list[str | None]]]:
    """The texts of all points: by data, level and point."""
    return [
        [[point.text for point in level] for level in one.iterfind(f"{{{CX}}}lvl")]
        for one in chart.iter(f"{{{CX}}}{dimension}")
    ]


@pytest.mark.parametrize("layout", ["waterfall", "funnel", "treemap", "sunburst"])
def test_points_and_cells_hold_the_new_data(layout: str) -> None:
    chart, book, found = _filled(layout, {"categories": ["a & b", "c", "d"], "New": [5, None, 7.5]})
    assert found == []
    assert (_points(chart, "strDim"), _points(chart, "numDim")) == ([[["a & b", "c", "d"]]], [[["5", "7.5"]]])
    assert [f.text for f in chart.iter(f"{{{CX}}}f")] == [
        "Sheet1!$A$2:$A$4",
        "Sheet1!$B$2:$B$4",
        "Sheet1!$B$1",
    ]
    assert [[c.value for c in row] for row in book.active.iter_rows()] == [
        [None, "New"], ["a & b", 5], ["c", None], ["d", 7.5]
    ]  # fmt: skip
    assert chart.find(f".//{{{CX}}}series").get("uniqueId") == "{A}"


def test_treemap_takes_categories_on_levels() -> None:
    chart, book, _ = _filled(
        "treemap", {"categories": {"north": ["a", "b"], "south": ["c"]}, "New": [1, 2, 3]}
    )
    assert _points(chart, "strDim") == [[["a", "b", "c"], ["north", "north", "south"]]]
    rows = [[c.value for c in row] for row in book.active.iter_rows(min_row=2)]
    assert rows == [["north", "a", 1], ["north", "b", 2], ["south", "c", 3]]


def test_histogram_takes_values_alone() -> None:
    chart, book, _ = _filled("clusteredColumn", {"series": [3, 1, 2]})
    assert (_points(chart, "strDim"), _points(chart, "numDim")) == ([], [[["3", "1", "2"]]])
    assert book.sheetnames == ["Sheet1"]


def test_box_and_whisker_takes_any_number_of_series() -> None:
    data = {"categories": ["x", "x"], "A": [1, 2], "B": [3, 4], "C": [5, 6]}
    chart, _, _ = _filled("boxWhisker", data)
    series = list(chart.iter(f"{{{CX}}}series"))
    assert [one.findtext(f"{{{CX}}}tx/{{{CX}}}txData/{{{CX}}}v") for one in series] == ["A", "B", "C"]
    assert [one.find(f"{{{CX}}}dataId").get("val") for one in series] == ["0", "1", "2"]
    assert [one.get("id") for one in chart.iter(f"{{{CX}}}data")] == ["0", "1", "2"]
    assert len({one.get("uniqueId") for one in series}) == 3


def test_last_total_of_a_waterfall_stays_the_last() -> None:
    chart, _, _ = _filled("waterfall", {"a": 1, "b": 2, "c": 3, "d": 6})
    assert [e.get("val") for e in chart.find(f".//{{{CX}}}subtotals")] == ["0", "3"]


DESIGNED = ("Start", "Won", "Half-year", "Lost", "End")


def _waterfall(
    data: object, totals: tuple[int, ...] = (0, 2, 4), looks: str = ""
) -> tuple[list[int] | None, list[Diagnostic]]:
    """The points that are totals in a waterfall of five designed points, None without any, and what is said."""
    made, found = _filled_waterfall(data, totals, looks)
    held = made.find(f".//{{{CX}}}subtotals") if made is not None else None
    return None if held is None else [int(one.get("val")) for one in held], found


def _filled_waterfall(data: object, totals: tuple[int, ...], looks: str) -> tuple[Any, list[Diagnostic]]:
    """The chart of a waterfall of five designed points, filled; `looks` are points that look different, as `cx:dataPt`."""
    layout = "waterfall"
    points = "".join(f'<cx:pt idx="{at}">{name}</cx:pt>' for at, name in enumerate(DESIGNED))
    numbers = "".join(f'<cx:pt idx="{at}">{at + 1}</cx:pt>' for at in range(5))
    index = "".join(f'<cx:idx val="{at}"/>' for at in totals)
    designed = f"<cx:layoutPr><cx:subtotals>{index}</cx:subtotals></cx:layoutPr>"
    chart = _chart(layout)
    chart = re.sub(
        r'<cx:lvl ptCount="2">.*?</cx:lvl>', f'<cx:lvl ptCount="5">{points}</cx:lvl>', chart, flags=re.DOTALL
    )
    chart = re.sub(
        r'ptCount="2" formatCode="0.0">.*?</cx:lvl>',
        f'ptCount="5" formatCode="0.0">{numbers}</cx:lvl>',
        chart,
        flags=re.DOTALL,
    )
    chart = chart.replace(LAYOUTS["waterfall"], designed if totals else "")
    chart = chart.replace("<cx:dataId", f"{looks}<cx:dataId")
    chart = chart.replace("$A$3", "$A$6").replace("$B$3", "$B$6")
    package = zipfile.ZipFile(io.BytesIO(_deck(layout)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in package.namelist():
            is_chart = re.fullmatch(r"ppt/charts/chart\d+\.xml", name)
            made.writestr(name, chart.encode() if is_chart else package.read(name))
    filled, found = fill(out.getvalue(), {"data": data})
    if filled is None:
        return None, found
    package = zipfile.ZipFile(io.BytesIO(filled))
    name = next(n for n in package.namelist() if re.fullmatch(r"ppt/charts/chart\d+\.xml", n))
    return etree.fromstring(package.read(name)), found


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (dict.fromkeys(DESIGNED, 1), {0: "first", 1: "delta", 2: "inner", 4: "last"}),
        (
            dict.fromkeys(("Start", "a", "b", "Half-year", "c", "End"), 1),
            {0: "first", 1: "delta", 3: "inner", 5: "last"},
        ),
        ({"a": 1, "b": 2, "c": 3, "totals": ["b"]}, {1: "inner"}),
        ({"a": 1, "b": 2, "totals": []}, {1: "delta"}),
    ],
)
def test_totals_of_a_waterfall_take_their_looks_along(data: object, expected: dict[int, str]) -> None:
    shown = {0: "first", 1: "delta", 2: "inner", 4: "last"}
    looks = "".join(
        f'<cx:dataPt idx="{at}"><cx:spPr name="{name}"/></cx:dataPt>' for at, name in shown.items()
    )
    made, found = _filled_waterfall(data, (0, 2, 4), looks)
    assert found == []
    assert {int(point.get("idx")): point[0].get("name") for point in made.iter(f"{{{CX}}}dataPt")} == expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("Start", "a", "b", "c", "Half-year", "d", "End"), [0, 4, 6]),
        (("Begin", "a", "Half-year", "Finish"), [0, 2, 3]),
        (("Start", "Half-year", "a", "b", "End"), [0, 1, 4]),
        (("v", "w", "x", "y", "z"), [0, 2, 4]),
    ],
    ids=["further on", "first and last renamed", "as many points", "all renamed"],
)
def test_inner_total_of_a_waterfall_goes_where_its_category_is(
    names: tuple[str, ...], expected: list[int]
) -> None:
    assert _waterfall(dict.fromkeys(names, 1)) == (expected, [])


def test_inner_total_whose_category_is_gone_is_dropped_with_a_warning() -> None:
    totals, found = _waterfall(dict.fromkeys(("Start", "a", "End"), 1))
    assert totals == [0, 2]
    assert [(d.code, d.severity.value) for d in found] == [("chart-totals-lost", "warning")]
    assert '"Half-year"' in found[0].message
    assert "totals: [" in found[0].hints[0]


@pytest.mark.parametrize(
    "data",
    [
        {"categories": ["a", "b", "c"], "series": [{"name": "N", "values": [1, 2, 3]}], "totals": ["b", "c"]},
        {"categories": ["a", "b", "c"], "N": [1, 2, 3], "totals": ["c", "b"]},
        {"a": 1, "b": 2, "c": 3, "totals": ["b", "c"]},
    ],
)
@pytest.mark.parametrize("designed", [(0, 2, 4), ()])
def test_data_say_which_points_of_a_waterfall_are_totals(data: object, designed: tuple[int, ...]) -> None:
    assert _waterfall(data, designed) == ([1, 2], [])


def test_data_may_say_that_no_point_is_a_total() -> None:
    assert _waterfall({"a": 1, "b": 2, "totals": []}) == (None, [])


def test_series_and_categories_may_be_called_totals() -> None:
    assert _waterfall({"categories": ["a", "b"], "totals": [1, 2]})[0] == [0, 1]
    assert _waterfall({"a": 1, "totals": 2})[0] == [0, 1]


def test_total_that_is_no_category_is_refused() -> None:
    totals, found = _waterfall({"a": 1, "b": 2, "totals": ["c"]})
    assert totals is None
    assert [(d.code, d.severity.value) for d in found] == [("chart-total-unknown", "error")]
    assert '"c"' in found[0].message


def test_totals_that_are_no_list_are_refused_with_the_right_form() -> None:
    data = {"categories": ["a"], "series": [{"name": "N", "values": [1]}], "totals": "a"}
    assert [d.code for d in _waterfall(data)[1]] == ["value-unusable"]


def test_totals_for_another_kind_of_chart_are_reported() -> None:
    _, _, found = _filled("funnel", {"a": 1, "b": 2, "totals": ["b"]})
    assert found == ["chart-totals-unused"]


def test_picture_that_shows_the_old_data_elsewhere_goes() -> None:
    made, _ = fill(_deck("funnel"), {"data": {"a": 1}})
    assert made is not None
    slide = etree.fromstring(zipfile.ZipFile(io.BytesIO(made)).read("ppt/slides/slide1.xml"))
    stand_in = slide.find(f".//{{{MC}}}Fallback")
    assert [etree.QName(e).localname for e in stand_in] == ["sp"]
    assert "".join(stand_in.itertext()) == "Results"


@pytest.mark.parametrize(
    ("layout", "data", "code"),
    [
        ("regionMap", {"a": 1}, "chart-unsupported"),
        ("funnel", {"categories": ["a"], "A": [1], "B": [2]}, "chart-series-unequal"),
    ],
)
def test_what_cannot_be_filled_is_refused_by_name(layout: str, data: object, code: str) -> None:
    made, found = fill(_deck(layout), {"data": data})
    assert made is None
    assert [d.code for d in found] == [code]


def test_waterfall_of_a_real_deck_takes_new_data() -> None:
    files = sorted((ROOT / ".." / "shared" / "corpus").glob("decks/*/*ChartWaterfall.pptx"))
    if not files:
        pytest.skip("the corpus is not on this machine")
    from pptx import Presentation

    deck = Presentation(str(files[0]))
    for named in deck.slides[0]._element.iter("{*}cNvPr"):
        if named.get("name", "").startswith("Waterfall"):
            named.set("descr", "{{ chart(data) }}")
    out = io.BytesIO()
    deck.save(out)
    made, found = fill(out.getvalue(), {"data": {"categories": ["a", "b"], "New": [1, 2]}})
    assert made is not None, found
    names = zipfile.ZipFile(io.BytesIO(made)).namelist()
    assert not [name for name in names if name.startswith("ppt/media/")]


def test_extended_chart_of_a_document_takes_new_data() -> None:
    package = zipfile.ZipFile(io.BytesIO(_deck("funnel")))
    chart = package.read(next(n for n in package.namelist() if re.fullmatch(r"ppt/charts/chart\d+\.xml", n)))
    document = docx.Document()
    part = Part(PackURI("/word/charts/chartEx1.xml"), CHART_TYPE, chart, document.part.package)
    rel_id = document.part.relate_to(part, "http://schemas.microsoft.com/office/2014/relationships/chartEx")
    stored = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(stored, "PNG")
    picture, _ = document.part.get_or_add_image(stored)
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/"
    start = """<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="900000" cy="900000"/>
        <wp:docPr id="1" name="Funnel" descr="{{ chart(data) }}"/><a:graphic>"""
    shown = f'<a:graphicData uri="{CX}"><cx:chart xmlns:cx="{CX}" r:id="{rel_id}"/></a:graphicData>'
    stand_in = f'<a:graphicData uri="{drawing}picture"><pic:pic xmlns:pic="{drawing}picture"><a:blip r:embed="{picture}"/>'
    end = "</a:graphic></wp:inline></w:drawing>"
    run = f"""<w:r xmlns:w="{word}" xmlns:wp="{drawing}wordprocessingDrawing" xmlns:a="{drawing}main" xmlns:mc="{MC}"
        xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><mc:AlternateContent>
        <mc:Choice xmlns:cx1="{CX}" Requires="cx1">{start}{shown}{end}</mc:Choice>
        <mc:Fallback>{start}{stand_in}</pic:pic></a:graphicData>{end}</mc:Fallback></mc:AlternateContent></w:r>"""
    document.add_paragraph()._p.append(etree.fromstring(run))
    out = io.BytesIO()
    document.save(out)
    made, found = fill(out.getvalue(), {"data": {"a": 1, "b": 2}})
    assert made is not None, found
    filled = zipfile.ZipFile(io.BytesIO(made))
    assert _points(etree.fromstring(filled.read("word/charts/chartEx1.xml")), "numDim") == [[["1", "2"]]]
    assert not [name for name in filled.namelist() if name.startswith("word/media/")]
    assert [name for name in filled.namelist() if name.endswith(".xlsx")]
