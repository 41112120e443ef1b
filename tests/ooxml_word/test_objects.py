"""Pictures and charts in a Word document: native, described, stored once."""

from __future__ import annotations

import io

import openpyxl
from word_builders import W, document, image, members, opened, para, texts, written

from collateral.model import content as c

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><rect width="2" height="1"/></svg>'
BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
VECTOR = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def picture(alt: str = "A yard", title: str = "") -> c.Picture:
    return c.Picture("yard.png", alt, title)


def chart(kind: str = "column") -> c.Chart:
    series = (c.Series("Saving", (1, None, 3)), c.Series("Cost", (2, 2, 2.5)))
    return c.Chart(kind, ("Q1", "Q2", "Q3"), series, "By quarter", "Saving and cost by quarter")


def test_picture_is_there_in_its_proportions_with_its_alt_text() -> None:
    made = document(picture('Gate & "yard"'), images={"yard.png": image(200, 100)})
    (shape,) = made.inline_shapes
    assert shape.width == 2 * shape.height
    assert shape._inline.docPr.get("descr") == 'Gate & "yard"'


def test_wide_picture_is_no_wider_than_the_text() -> None:
    made = document(picture(), images={"yard.png": image(4000, 100)})
    section = made.sections[0]
    assert (
        made.inline_shapes[0].width <= section.page_width - section.left_margin - section.right_margin + 635
    )


def test_tall_picture_leaves_room_on_the_page() -> None:
    made = document(picture(), images={"yard.png": image(100, 4000)})
    assert made.inline_shapes[0].height <= 7_200_000


def test_title_of_a_picture_is_its_caption() -> None:
    made = document(picture(title="The yard at eight"), images={"yard.png": image()})
    assert [(p.text, p.style.name) for p in made.paragraphs if p.text] == [("The yard at eight", "Caption")]


def test_same_picture_twice_is_stored_once_with_two_numbers() -> None:
    data, _ = written(picture(), picture(), images={"yard.png": image()})
    assert len([name for name in members(data) if "media" in name]) == 1
    numbers = [shape._inline.docPr.get("id") for shape in opened(data).inline_shapes]
    assert len(set(numbers)) == 2


def test_vector_picture_has_its_drawing_and_a_stand_in() -> None:
    data, _ = written(picture(), images={"yard.png": image(svg=SVG)})
    made = opened(data)
    blip = next(made.element.body.iter(BLIP))
    vector = next(blip.iter(VECTOR))
    related = made.part.related_parts
    assert related[vector.get(f"{R}embed")].blob == SVG
    assert related[blip.get(f"{R}embed")].blob.startswith(b"\x89PNG")


def test_picture_that_is_not_there_is_an_error_and_the_rest_is_written() -> None:
    data, found = written(picture(), para("after"))
    assert [d.code for d in found] == ["missing-picture"]
    assert texts(opened(data)) == ["after"]


def test_chart_is_native_with_its_workbook() -> None:
    data, found = written(chart())
    assert found == []
    parts = members(data)
    xml = next(body for name, body in parts.items() if name.startswith("word/charts/chart"))
    assert b"Saving" in xml and b"<c:barChart>" in xml
    (book,) = (body for name, body in parts.items() if name.endswith(".xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    assert sheet is not None
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert [row[1:] for row in rows[1:]] == [[1, 2], [None, 2], [3, 2.5]]


def test_chart_says_what_it_shows_to_those_who_cannot_see_it() -> None:
    made = document(chart())
    assert made.inline_shapes[0]._inline.docPr.get("descr") == "Saving and cost by quarter"


def test_two_charts_have_a_part_and_a_number_each() -> None:
    data, _ = written(chart(), chart("line"))
    assert len([n for n in members(data) if n.startswith("word/charts/chart")]) == 2
    assert len({shape._inline.docPr.get("id") for shape in opened(data).inline_shapes}) == 2


def test_chart_of_an_unknown_kind_is_an_error() -> None:
    _, found = written(chart("spider"))
    assert [d.severity.value for d in found] == ["error"]


def test_rule_is_a_line() -> None:
    made = document(para("above"), c.Rule(), para("below"))
    assert made.paragraphs[1]._p.find(f"{W}pPr/{W}pBdr") is not None


DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"


def test_picture_without_a_description_is_decoration() -> None:
    made = document(picture(alt=""), images={"yard.png": image()})
    named = made.inline_shapes[0]._inline.docPr
    assert named.get("descr") is None
    assert [mark.get("val") for mark in named.iter(DECORATIVE)] == ["1"]


def test_chart_that_says_nothing_of_itself_is_described_by_what_it_counts() -> None:
    counted = c.Chart("column", ("Q1",), (c.Series("Saving", (1,)), c.Series("Cost", (2,))))
    unnamed = c.Chart("column", ("Q1", "Q2"), (c.Series("", (1, 2)),), value_title="Hours")
    told = [shape._inline.docPr.get("descr") for shape in document(counted, unnamed).inline_shapes]
    assert told == ["Saving, Cost", "Hours"]


def told_of_table(caption: c.Inlines) -> list[tuple[str, str | None]]:
    table = c.Table(
        ((c.Run("Week"),), (c.Run("What & who"),)), (((c.Run("1"),), (c.Run("Gate"),)),), (), caption
    )
    properties = document(table).tables[0]._tbl.tblPr
    return [(one.tag, one.get(f"{W}val")) for one in properties if one.tag.startswith(f"{W}tbl")][-2:]


def test_table_says_what_it_holds_before_somebody_enters_it() -> None:
    assert told_of_table((c.Run("The first weeks"),)) == [
        (f"{W}tblCaption", "The first weeks"),
        (f"{W}tblDescription", "Week, What & who"),
    ]
    assert told_of_table(())[-1] == (f"{W}tblDescription", "Week, What & who")
