"""What a condition or an empty value leaves out is not in the file either: pictures, charts with their workbooks, addresses of links."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree
from PIL import Image as Pillow
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Inches

from collateral.ooxml import fill
from collateral.ooxml.values import Image

ADDRESS = "https://intranet.example/prices"


def _png(color: str) -> bytes:
    out = io.BytesIO()
    Pillow.new("RGB", (40, 20), color).save(out, "PNG")
    return out.getvalue()


NAVY = _png("navy")
LOGO = Image(NAVY, "image/png", 40, 20, "digest")


def _deck(alt: str, *, twice: bool = False) -> bytes:
    """A slide with a linked box and a picture that has this alt text, and with the picture once more when asked for."""
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    picture = slide.shapes.add_picture(io.BytesIO(_png("teal")), Inches(1), Inches(1))
    picture._element.nvPicPr.cNvPr.set("descr", alt)
    if twice:
        slide.shapes.add_picture(io.BytesIO(_png("teal")), Inches(4), Inches(1))
    box = slide.shapes.add_textbox(Inches(1), Inches(3), Inches(3), Inches(1))
    paragraph = box.text_frame.paragraphs[0]
    paragraph.add_run().text = "{%shape if shown %}"
    linked = paragraph.add_run()
    linked.text, linked.hyperlink.address = "prices", ADDRESS
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _letter() -> bytes:
    made = Document()
    made.add_paragraph("{%p if shown %}")
    made.add_picture(io.BytesIO(_png("teal")), Mm(20))
    made.add_paragraph("{%p endif %}")
    made.add_paragraph("the end")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _filled(data: bytes, **values: Any) -> tuple[list[bytes], str]:
    """The pictures in the filled file, and its relationships."""
    made, problems = fill(data, values)
    assert made is not None, [d.message for d in problems]
    archive = zipfile.ZipFile(io.BytesIO(made))
    names = archive.namelist()
    rels = "".join(archive.read(name).decode() for name in names if name.endswith(".rels"))
    return [archive.read(name) for name in names if "/media/" in name], rels


def test_a_picture_and_a_link_that_are_left_out_of_a_slide_are_not_in_its_file() -> None:
    deck = _deck("{%shape if shown %}the team")
    pictures, rels = _filled(deck, shown=False)
    assert pictures == []
    assert ADDRESS not in rels
    pictures, rels = _filled(deck, shown=True)
    assert pictures == [_png("teal")]
    assert ADDRESS in rels


def test_a_picture_that_is_shown_elsewhere_stays() -> None:
    pictures, _ = _filled(_deck("{%shape if shown %}the team", twice=True), shown=False)
    assert pictures == [_png("teal")]


def test_a_picture_that_is_left_out_of_a_document_is_not_in_its_file() -> None:
    assert _filled(_letter(), shown=False)[0] == []
    assert _filled(_letter(), shown=True)[0] == [_png("teal")]


def _linked_letter() -> bytes:
    """A letter with a link that only shows on a condition."""
    made = Document()
    made.add_paragraph("{%p if shown %}")
    paragraph = made.add_paragraph("prices: ")
    link = etree.SubElement(paragraph._p, qn("w:hyperlink"))
    link.set(qn("r:id"), made.part.relate_to(ADDRESS, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.append(paragraph.runs[0]._r)
    made.add_paragraph("{%p endif %}")
    made.add_paragraph("the end")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_the_address_of_a_link_that_is_left_out_of_a_document_is_not_in_its_file() -> None:
    assert ADDRESS not in _filled(_linked_letter(), shown=False)[1]
    assert ADDRESS in _filled(_linked_letter(), shown=True)[1]


@pytest.mark.parametrize(
    "tag", ["{{ logo }}", '{{ photo | default("") }}', "{{ logo if shown else '' }} of us"]
)
def test_an_empty_value_takes_the_sample_picture_away(tag: str) -> None:
    pictures, _ = _filled(_deck(tag), logo="", shown=False)
    assert pictures == []


def test_an_empty_value_among_others_shows_no_sample() -> None:
    made, _ = fill(
        _deck("{%shape for logo in logos %}{{ logo }}"), {"logos": [LOGO, "", LOGO], "shown": False}
    )
    assert made is not None
    shapes = Presentation(io.BytesIO(made)).slides[0].shapes
    assert [shape.image.blob for shape in shapes] == [NAVY, NAVY]


def test_a_picture_that_is_missing_is_an_error() -> None:
    made, problems = fill(_deck("{{ logo }}"), {"shown": False})
    assert made is None
    assert [d.message for d in problems] == ['no value for "logo" in "{{ logo }}"']


def _charts(*alts: str, title: str = "", notes: str = "") -> bytes:
    """A slide with charts that have these alt texts."""
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    for at, alt in enumerate(alts):
        data = CategoryChartData()
        data.categories = ["secret"]
        data.add_series("internal", (at,))
        place = (Inches(1 + 4 * at), Inches(1), Inches(3), Inches(3))
        frame = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *place, data)
        frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
        if title:
            frame.chart.has_title = True
            frame.chart.chart_title.text_frame.text = title
    if notes:
        slide.notes_slide.notes_text_frame.text = notes
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _parts(data: bytes, **values: Any) -> tuple[list[list[str]], list[str], str]:
    """The names of the charts' series on each slide, the charts and workbooks in the file, and its content types."""
    made, problems = fill(data, values)
    assert made is not None, [d.message for d in problems]
    archive = zipfile.ZipFile(io.BytesIO(made))
    slides = Presentation(io.BytesIO(made)).slides
    names = [[s.chart.plots[0].series[0].name for s in slide.shapes if s.has_chart] for slide in slides]
    parts = [n for n in archive.namelist() if "/charts/chart" in n or "/embeddings/" in n]
    return names, parts, archive.read("[Content_Types].xml").decode()


@pytest.mark.parametrize("title", ["", "{{ name }}"], ids=["plain", "with a tag in it"])
@pytest.mark.parametrize("tag", ["prices", "{{ chart(sales) }}"])
def test_a_chart_that_is_left_out_is_not_in_the_file_nor_is_its_workbook(tag: str, title: str) -> None:
    deck = _charts("{%shape if shown %}" + tag, "ours", title=title)
    values = {"sales": {"categories": ["a"], "public": [1]}, "name": "Acme"}
    names, parts, types = _parts(deck, shown=False, **values)
    assert names == [["internal"]]
    assert len(parts) == 2
    assert types.count("/charts/chart") == 1
    names, parts, types = _parts(deck, shown=True, **values)
    assert names == [["public" if "chart(" in tag else "internal", "internal"]]
    assert len(parts) == 4
    assert types.count("/charts/chart") == 2


def test_each_copy_of_a_slide_has_the_charts_it_shows() -> None:
    deck = _charts("{%shape if x.shown %}prices", "{%shape if x.more %}more", notes="{%slide for x in xs %}")
    shown = [{"shown": True, "more": False}, {"shown": False, "more": False}, {"shown": True, "more": True}]
    names, parts, types = _parts(deck, xs=shown)
    assert names == [["internal"], [], ["internal", "internal"]]
    assert (len(parts), types.count("/charts/chart")) == (6, 3)


def test_vector_pictures_that_stay_keep_their_content_type_whatever_way_the_template_gives_it() -> None:
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    picture = slide.shapes.add_picture(io.BytesIO(_png("teal")), Inches(1), Inches(1))
    picture._element.nvPicPr.cNvPr.set("descr", "{%shape if shown %}the team")
    drawing = Part(PackURI("/ppt/media/image9.svg"), "image/svg+xml", made.part.package, b"<svg/>")
    blip = picture._element.blipFill.find(qn("a:blip"))
    blip.set(qn("r:link"), slide.part.relate_to(drawing, RELATIONSHIP_TYPE.IMAGE))
    source = io.BytesIO()
    made.save(source)
    filled, _ = fill(source.getvalue(), {"shown": True})
    assert filled is not None
    archive = zipfile.ZipFile(io.BytesIO(filled))
    assert "ppt/media/image9.svg" in archive.namelist()
    types = archive.read("[Content_Types].xml").decode()
    assert '<Default Extension="svg" ContentType="image/svg+xml"/>' in types
    assert "any.svg" not in types


def test_the_preview_and_the_history_of_a_template_are_not_in_what_is_made_of_it() -> None:
    made = Presentation()
    kind = "http://schemas.microsoft.com/office/2016/11/relationships/changesInfo"
    name = PackURI("/ppt/changesInfos/changesInfo1.xml")
    history = Part(name, "application/vnd.ms-powerpoint.changesinfo+xml", made.part.package, b"<c/>")
    made.part.relate_to(history, kind)
    for source in (made, Document()):
        out = io.BytesIO()
        source.save(out)
        data = out.getvalue()
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
        assert any("thumbnail" in each for each in names)
        filled, _ = fill(data, {})
        assert filled is not None
        archive = zipfile.ZipFile(io.BytesIO(filled))
        assert not [each for each in archive.namelist() if "thumbnail" in each or "changesInfo" in each]
        assert b"thumbnail" not in archive.read("_rels/.rels")
