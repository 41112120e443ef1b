"""Charts in loops: every turn gets a chart with data, workbook and texts of its own."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document
from lxml import etree
from openpyxl import load_workbook
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches
from template_builders import W, names_in

from collateral.diagnostics import Severity
from collateral.ooxml import compile_template, fill, inspect
from collateral.ooxml.package import open_package
from collateral.ooxml.validate import validate_package

REGIONS = [
    {"name": "North", "sales": {"Q1": 1, "Q2": 2}},
    {"name": "South & East", "sales": {"Q1": 3, "Q2": 4, "Q3": 5}},
    {"name": "West", "sales": {"Q1": 6}},
]


def _deck(alt: str, *, title: str = "", loop: bool = False) -> bytes:
    """A deck of one slide with one chart."""
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    data = CategoryChartData()
    data.categories = ["a", "b"]
    data.add_series("Sales", (1, 2))
    if loop:
        _box(slide, "{%shape for r in regions %}")
    frame = slide.shapes.add_chart(
        XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(0.5), Inches(1), Inches(2), Inches(2), data
    )
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    if title:
        frame.chart.has_title = True
        frame.chart.chart_title.text_frame.text = title
    if loop:
        _box(slide, "{%shape endfor %}")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _box(slide: Any, text: str) -> None:
    box = slide.shapes.add_textbox(Inches(0.5), Inches(0.5), Inches(2), Inches(0.4))
    box.text_frame.text = text


def _made(template: bytes, file: str, **data: Any) -> bytes:
    made, problems = fill(template, data, file=file)
    assert made is not None, [str(d) for d in problems]
    package, _ = open_package(made, file=file)
    assert package is not None
    assert [d.message for d in validate_package(package) if d.severity is Severity.ERROR] == []
    return made


def _charts(data: bytes) -> list[Any]:
    return [s.chart for slide in Presentation(io.BytesIO(data)).slides for s in slide.shapes if s.has_chart]


def _book(chart: Any) -> list[list[Any]]:
    """What the workbook of a chart holds."""
    sheet = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("loop", [False, True], ids=["in its alt text", "between shapes"])
def test_a_chart_a_loop_repeats_has_its_own_data_in_every_turn(loop: bool) -> None:
    alt = "{{ chart(r.sales) }}" if loop else "{%shape for r in regions %}{{ chart(r.sales) }}"
    made = _made(_deck(alt, loop=loop), "pitch.pptx", regions=REGIONS)
    charts = _charts(made)
    assert [list(chart.plots[0].categories) for chart in charts] == [["Q1", "Q2"], ["Q1", "Q2", "Q3"], ["Q1"]]
    assert [list(chart.plots[0].series[0].values) for chart in charts] == [[1, 2], [3, 4, 5], [6]]
    assert [_book(chart)[1][:2] for chart in charts] == [["Q1", 1], ["Q1", 3], ["Q1", 6]]
    assert len({chart.part.partname for chart in charts}) == 3
    assert len([name for name in names_in(made) if name.endswith(".xlsx")]) == 3


def test_texts_of_a_chart_know_the_turn_it_stands_in() -> None:
    template = _deck(
        "{%shape for r in regions %}{{ chart(r.sales) }}", title="Sales of {{ r.name }}, {{ year }}"
    )
    charts = _charts(_made(template, "pitch.pptx", regions=REGIONS, year=2026))
    titles = [chart.chart_title.text_frame.text for chart in charts]
    assert titles == ["Sales of North, 2026", "Sales of South & East, 2026", "Sales of West, 2026"]


def test_texts_of_a_chart_know_which_turn_it_stands_in() -> None:
    title = "{{ loop.index }} of {{ loop.length }}: {{ r.name }}{% if not loop.last %}, then {{ loop.nextitem.name }}{% endif %}"
    template = _deck("{%shape for r in regions %}{{ chart(r.sales) }}", title=title)
    charts = _charts(_made(template, "pitch.pptx", regions=REGIONS))
    titles = [chart.chart_title.text_frame.text for chart in charts]
    assert titles == ["1 of 3: North, then South & East", "2 of 3: South & East, then West", "3 of 3: West"]
    found, _ = inspect(template, file="pitch.pptx")
    assert found is not None
    assert [field.path for field in found.fields] == ["regions", "regions[].name", "regions[].sales"]


def test_what_a_repeated_chart_reads_is_read_of_the_items() -> None:
    template = _deck("{%shape for r in regions %}{{ chart(r.sales) }}", title="Sales of {{ r.name }}")
    found, _ = inspect(template, file="pitch.pptx")
    assert found is not None
    assert [field.path for field in found.fields] == ["regions", "regions[].name", "regions[].sales"]
    compiled, _ = compile_template(template, file="pitch.pptx")
    assert compiled is not None
    assert compiled.fields == ("regions",)


@pytest.mark.parametrize("count", [0, 1])
def test_a_chart_of_no_turn_leaves_nothing_and_one_of_one_turn_is_the_one_drawn(count: int) -> None:
    made = _made(
        _deck("{%shape for r in regions %}{{ chart(r.sales) }}"), "pitch.pptx", regions=REGIONS[:count]
    )
    assert len(_charts(made)) == count
    assert (
        len([name for name in names_in(made) if "/charts/chart" in name or "embeddings" in name]) == 2 * count
    )


def test_a_turn_that_drops_its_chart_leaves_no_part_of_it() -> None:
    alt = "{%shape for r in regions %}{%shape if r.sales.Q1 != 3 %}{{ chart(r.sales) }}"
    made = _made(_deck(alt), "pitch.pptx", regions=REGIONS)
    assert [list(chart.plots[0].series[0].values) for chart in _charts(made)] == [[1, 2], [6]]
    assert len([name for name in names_in(made) if name.endswith(".xlsx")]) == 2


def test_data_that_cannot_be_shown_are_named_with_the_turn() -> None:
    made, problems = fill(
        _deck("{%shape for r in regions %}{{ chart(r.sales) }}"),
        {"regions": [REGIONS[0], {"name": "x", "sales": "none"}]},
        file="pitch.pptx",
    )
    assert made is None
    assert any("in turn 2 of its loop" in problem.message for problem in problems)


def _document(body: str) -> bytes:
    """A document with a chart whose alt text is `{{ chart(r.sales) }}`; `CHART` in the body is its place."""
    deck = Presentation(io.BytesIO(_deck("none", title="{{ r.name }}")))
    chart = next(s.chart for s in deck.slides[0].shapes if s.has_chart)
    document = Document()
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package = document.part.package
    book = Part(
        PackURI("/word/embeddings/Microsoft_Excel_Sheet1.xlsx"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        chart.part.chart_workbook.xlsx_part.blob,
        package,
    )
    part = Part(
        PackURI("/word/charts/chart1.xml"),
        "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
        etree.tostring(chart._chartSpace),
        package,
    )
    old = next(rel.rId for rel in chart.part.rels.values() if "package" in rel.reltype)
    part.load_rel(chart.part.rels[old].reltype, book, old)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
    rel_id = document.part.relate_to(part, kind)
    a, c = (
        "http://schemas.openxmlformats.org/drawingml/2006/main",
        "http://schemas.openxmlformats.org/drawingml/2006/chart",
    )
    drawing = (
        '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<wp:extent cx="3000000" cy="2000000"/><wp:docPr id="1" name="Sales" descr="{{ chart(r.sales) }}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{a}"><a:graphicData uri="{c}"><c:chart xmlns:c="{c}" xmlns:r='
        f'"http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="{rel_id}"/></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )
    for child in reversed(etree.fromstring(f'<x xmlns:w="{W}">{body.replace("CHART", drawing)}</x>')):
        document.element.body.insert(0, child)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _p(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def test_a_chart_in_a_loop_of_a_document_has_its_own_data_in_every_turn() -> None:
    body = f"{_p('{%p for r in regions %}')}{_p('{{ r.name }}')}<w:p>CHART</w:p>{_p('{%p endfor %}')}"
    made = _made(_document(body), "letter.docx", regions=REGIONS)
    document = Document(io.BytesIO(made))
    shown = [
        document.part.related_parts[chart.get(f"{{{chart.nsmap['r']}}}id")]
        for chart in document.element.body.iter(
            "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
        )
    ]
    titles = ["".join(etree.fromstring(part.blob).itertext("{*}t")) for part in shown]
    assert titles == ["North", "South & East", "West"]
    values = [[v.text for v in etree.fromstring(part.blob).iterfind(".//{*}val//{*}v")] for part in shown]
    assert values == [["1", "2"], ["3", "4", "5"], ["6"]]
    books = [rel.target_part.blob for part in shown for rel in part.rels.values()]
    assert [load_workbook(io.BytesIO(book)).active["B2"].value for book in books] == [1, 3, 6]
