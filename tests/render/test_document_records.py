"""What the record of a document knows of what stands outside its blocks."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from docx import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE

from collateral.model import content as c
from collateral.model.library import BlockId, Digest, TemplateId
from collateral.model.plan import DocumentContent, DocumentPart, DocumentSection, Origin, Plan, Properties
from collateral.model.prospect import ProspectId
from collateral.ooxml import compile_template
from collateral.ooxml.package import open_package
from collateral.ooxml.record import changed_around, compare, read_record
from collateral.ooxml.template.filling.document import DocumentTemplate
from collateral.ooxml.word.styles import read_styles
from collateral.render.document import DocumentTools, render_document

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
INLINE = """<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:drawing>
<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:extent cx="900000" cy="900000"/>
<wp:docPr id="{number}" name="Chart {number}" descr="{alt}"/>
<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">
<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="{rel}"/>
</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"""
WATERMARK = """<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:pict>
<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="CONFIDENTIAL"/></v:shape></w:pict></w:r>"""


def _chart() -> bytes:
    data = CategoryChartData()
    data.categories = ["Q1", "Q2"]
    data.add_series("Saving", (10, 20))
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    shape = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, 900000, 900000, data)
    xml: bytes = shape.chart.part.blob
    return re.sub(rb"<c:externalData.*?</c:externalData>", b"", xml, flags=re.DOTALL)


def _master() -> bytes:
    """A master with a slot, a chart that a tag fills, one that stays as it is, and a watermark."""
    document = Document()
    kind = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
    for number, alt in ((1, "{{ chart(savings) }}"), (2, "Ours")):
        part = Part(PackURI(f"/word/charts/chart{number}.xml"), kind, _chart(), document.part.package)
        rel_id = document.part.relate_to(part, RELATION + "chart")
        run = parse_xml(INLINE.format(number=number, alt=alt, rel=rel_id))
        document.add_paragraph()._p.append(run)
    document.sections[0].header.paragraphs[0]._p.append(parse_xml(WATERMARK))
    document.add_paragraph('{{p slot("why") }}')
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _made(*blocks: str | None) -> bytes:
    """The piece with a part from each of these blocks."""
    package, _ = open_package(_master(), file="master.docx")
    assert package is not None
    template, found = compile_template(package)
    assert isinstance(template, DocumentTemplate), found
    nodes = (c.Paragraph((c.Run("Because."),)),)
    parts = tuple(DocumentPart(nodes, Origin(BlockId(b) if b else None, "en", None)) for b in blocks)
    savings = c.Chart("column", ("Q1", "Q2"), (c.Series("Saving", (1, 2)),))
    content = DocumentContent((DocumentSection("Why", parts, "why"),), {"savings": savings})
    plan = Plan(
        TemplateId("letter"), Digest("d"), "document", "master.docx", ProspectId("acme"), "en",
        date(2026, 11, 30), "letter.docx", Properties("Letter"), content,
    )  # fmt: skip
    tools = DocumentTools(template, read_styles(package), lambda _: (None, []))
    artifact, problems = render_document(plan, content, tools)
    assert artifact is not None, problems
    return artifact.to_bytes()


@pytest.fixture(scope="module")
def piece() -> bytes:
    return _made(None)


def _edited(piece: bytes, name: str, edit: Callable[[bytes], bytes]) -> list[str]:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(piece)) as before, zipfile.ZipFile(out, "w") as after:
        for member in before.namelist():
            data = before.read(member)
            if re.fullmatch(name, member):
                assert edit(data) != data
                data = edit(data)
            after.writestr(member, data)
    package, _ = open_package(out.getvalue())
    assert package is not None
    record = read_record(package)
    assert record is not None
    assert [state.state for state in compare(package)] == ["intact"]
    return changed_around(package, record)


def test_fresh_document_is_as_it_was_made(piece: bytes) -> None:
    assert _edited(piece, "docProps/core.xml", lambda data: data + b"\n") == []


@pytest.mark.parametrize("number", [1, 2], ids=["filled", "as-drawn"])
def test_other_numbers_in_a_chart_outside_blocks_are_told(piece: bytes, number: int) -> None:
    last = re.compile(rb"<c:v>([\d.]+)</c:v>(?!.*<c:v>)", re.DOTALL)
    assert _edited(piece, f"word/charts/chart{number}.xml", lambda xml: last.sub(b"<c:v>99</c:v>", xml)) == [
        "charts"
    ]


def test_other_words_of_a_watermark_are_told(piece: bytes) -> None:
    told = _edited(piece, r"word/header\d.xml", lambda xml: xml.replace(b"CONFIDENTIAL", b"FINAL OFFER"))
    assert told == ["headers, footers or notes"]


def test_block_that_is_called_like_the_second_part_of_another_has_a_key_of_its_own() -> None:
    states = compare(_made("case", "case-2", "case"))
    assert [(state.key, state.state) for state in states] == [
        ("case", "intact"),
        ("case-2", "intact"),
        ("case-3", "intact"),
    ]
