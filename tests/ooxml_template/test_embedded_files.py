"""Workbooks inside a template name nobody in what is made of it: who made them, for which company, in which folder."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from openpyxl.packaging.custom import StringProperty
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from collateral.ooxml import fill

FOLDER = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="x15"><x15ac:absPath url="C:\\Users\\els\\Rivalsoft\\" xmlns:x15ac='
    '"http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/></mc:Choice></mc:AlternateContent>'
    '<fileSharing userName="Els"/>'
)
APP = "<Manager>Bob</Manager><Company>Rivalsoft</Company><HyperlinkBase>C:\\els</HyperlinkBase>"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _book() -> bytes:
    """A workbook as Excel leaves it."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in ([" ", "Old"], ["a", 1]):
        sheet.append(row)
    sheet.title = "Sheet1"
    book.custom_doc_props.append(StringProperty(name="Customer", value="Rivalsoft"))
    book.properties.creator, book.properties.lastModifiedBy = "Els", "Bob"
    plain = io.BytesIO()
    book.save(plain)
    out = io.BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == "docProps/app.xml":
                text = text.replace(b"</Properties>", APP.encode() + b"</Properties>")
            if name == "xl/workbook.xml":
                text = text.replace(b"<workbookPr", FOLDER.encode() + b"<workbookPr")
            target.writestr(name, text)
    return out.getvalue()


def _deck(alt: str) -> bytes:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    data = CategoryChartData()
    data.categories = ["a"]
    data.add_series("Old", (1,))
    box = (Inches(1), Inches(1), Inches(3), Inches(3))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *box, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    frame.chart.part.chart_workbook.xlsx_part._blob = _book()
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _letter(book: bytes) -> bytes:
    letter = Document()
    part = Part(PackURI("/word/embeddings/book1.xlsx"), TYPE, book, letter.part.package)
    letter.part.relate_to(part, RT.PACKAGE)
    out = io.BytesIO()
    letter.save(out)
    return out.getvalue()


def _embedded(data: bytes) -> bytes:
    made, found = fill(data, {"data": {"new": 2}})
    assert made is not None, found
    archive = zipfile.ZipFile(io.BytesIO(made))
    return archive.read(next(name for name in archive.namelist() if "/embeddings/" in name))


@pytest.mark.parametrize("source", [_deck(""), _deck("{{ chart(data) }}"), _letter(_book())])
def test_workbook_of_a_template_names_nobody_in_what_is_made_of_it(source: bytes) -> None:
    embedded = _embedded(source)
    archive = zipfile.ZipFile(io.BytesIO(embedded))
    told = b"".join(archive.read(name) for name in archive.namelist())
    assert not [name for name in (b"Els", b"Users", b"Bob", b"Rivalsoft") if name in told]
    assert openpyxl.load_workbook(io.BytesIO(embedded))["Sheet1"]["B1"].value in ("Old", "new", None)


def test_workbook_that_names_nobody_stays_byte_by_byte() -> None:
    cleaned = _embedded(_letter(_book()))
    assert _embedded(_letter(cleaned)) == cleaned


def test_embedded_file_that_cannot_be_read_stays_as_it_is() -> None:
    assert _embedded(_letter(b"no workbook")) == b"no workbook"
