"""What drawn slides and documents lack for people who listen to them."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document
from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from collateral.ooxml.frames.barriers import document_barriers, slide_barriers
from collateral.ooxml.package import Package, open_package

BOX = (Inches(1), Inches(1), Inches(2), Inches(1))
DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    '<d:decorative xmlns:d="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


def png() -> io.BytesIO:
    stream = io.BytesIO()
    Image.new("RGB", (20, 10)).save(stream, "PNG")
    stream.seek(0)
    return stream


def package_of(made: Any) -> Package:
    stream = io.BytesIO()
    made.save(stream)
    package, found = open_package(stream.getvalue(), file="made")
    assert package is not None, found
    return package


@pytest.fixture
def slide() -> Any:
    """A slide with a title."""
    made = Presentation().slides
    new = made.add_slide(made.parent.slide_layouts[5])
    new.shapes.title.text = "{{ prospect.name }} at a glance"
    return new


def lacks(slide: Any) -> list[tuple[str, tuple[str, ...]]]:
    deck = package_of(slide.part.package.presentation_part.presentation)
    return [(barrier.kind, barrier.names) for barrier in slide_barriers(deck)]


def named(shape: Any) -> Any:
    return next(shape._element.iter("{*}cNvPr"))


def test_slide_that_says_everything_lacks_nothing(slide: Any) -> None:
    picture = slide.shapes.add_picture(png(), *BOX)
    named(picture).set("descr", "A yard")
    slide.shapes.add_textbox(*BOX).text_frame.text = "Words"
    assert lacks(slide) == []


@pytest.mark.parametrize("text", ["", " "])
def test_slide_without_words_in_its_title_lacks_one(slide: Any, text: str) -> None:
    slide.shapes.title.text = text
    assert ("title", ()) in lacks(slide)


@pytest.mark.parametrize(
    ("alt", "told"),
    [
        ("", False),
        ("{%shape if x %}", False),
        ("{# later #}", False),
        ("My yard.PNG", False),
        ("{{ logo }}", True),
        ("A yard", True),
    ],
)
def test_picture_is_told_by_its_alt_text_or_a_value(slide: Any, alt: str, told: bool) -> None:
    named(slide.shapes.add_picture(png(), *BOX)).set("descr", alt)
    assert lacks(slide) == ([] if told else [("description", ("Picture 2",))])


def test_picture_marked_as_decorative_needs_no_words(slide: Any) -> None:
    picture = named(slide.shapes.add_picture(png(), *BOX))
    picture.attrib.pop("descr", None)
    picture.append(etree.fromstring(DECORATIVE))
    assert lacks(slide) == []


@pytest.mark.parametrize(("name", "told"), [("Chart 4", False), ("Saving by quarter", True)])
def test_chart_whose_words_are_its_tag_is_told_by_its_name(slide: Any, name: str, told: bool) -> None:
    data = CategoryChartData()
    data.categories = ["Q1"]
    data.add_series("Saving", (1,))
    chart = slide.shapes.add_chart(XL_CHART_TYPE.PIE, *BOX, data)
    chart.name = name
    named(chart).set("descr", "{{ chart(value.by_quarter) }}")
    assert lacks(slide) == ([] if told else [("description", ("Chart 4",))])


def test_panels_and_lines_are_told_apart_from_pictures(slide: Any) -> None:
    slide.shapes.add_shape(1, *BOX).name = "Panel"
    slide.shapes.add_connector(1, 0, 0, 1, 1).name = "Line"
    assert lacks(slide) == [("decoration", ("Panel", "Line"))]


def test_group_speaks_for_what_is_in_it(slide: Any) -> None:
    group = slide.shapes.add_group_shape()
    group.shapes.add_picture(png(), *BOX)
    assert [kind for kind, _ in lacks(slide)] == ["description"]
    group._element.nvGrpSpPr.cNvPr.set("descr", "The yard before and after")
    assert lacks(slide) == []


def test_table_needs_its_header_row(slide: Any) -> None:
    table = slide.shapes.add_table(3, 2, *BOX)
    named(table).set("name", "Lanes")
    assert lacks(slide) == []
    table.table.first_row = False
    assert lacks(slide) == [("header", ("Lanes",))]


def lacks_in_text(document: Any) -> list[tuple[str, tuple[str, ...], int | None]]:
    return [(b.kind, b.names, b.at.table) for b in document_barriers(package_of(document))]


def test_picture_of_a_document_needs_words() -> None:
    document = Document()
    shape = document.add_picture(png())
    assert lacks_in_text(document) == [("description", ("Picture 1",), None)]
    shape._inline.docPr.set("descr", "{{ prospect.logo }}")
    assert lacks_in_text(document) == []


def test_table_of_a_document_with_rows_of_a_list_needs_a_header_and_one_for_layout_does_not() -> None:
    document = Document()
    document.add_table(2, 2)
    table = document.add_table(4, 1)
    texts = ("Lane", "{%tr for lane in lanes %}", "{{ lane }}", "{%tr endfor %}")
    for row, text in zip(table.rows, texts, strict=True):
        row.cells[0].text = text
    assert lacks_in_text(document) == [("header", (), 2)]
    table.rows[0]._tr.get_or_add_trPr().append(
        etree.fromstring(
            '<w:tblHeader xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
        )
    )
    assert lacks_in_text(document) == []
