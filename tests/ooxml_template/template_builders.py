"""Small tagged files for the tests, and ways to read what came out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from lxml import etree
from pptx import Presentation
from pptx.util import Inches

from collateral.diagnostics import Diagnostic, Severity
from collateral.ooxml import compile_template, fill
from collateral.ooxml.package import Package, open_package
from collateral.ooxml.validate import validate_package
from collateral.ooxml.values import Image

CORPUS = Path(__file__).parents[2] / ".." / "shared" / "corpus"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_W = f"{{{W}}}"


def p(*runs: str, properties: str = "") -> str:
    """A paragraph; a run that starts with `*` is bold."""
    look = "<w:rPr><w:b/></w:rPr>"
    made = [
        f'<w:r>{look if r.startswith("*") else ""}<w:t xml:space="preserve">{escape(r.removeprefix("*"))}</w:t></w:r>'
        for r in runs
    ]
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{''.join(made)}</w:p>"


def tc(*paragraphs: str) -> str:
    """A table cell."""
    return f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>{"".join(paragraphs)}</w:tc>'


def tr(*cells: str) -> str:
    """A table row; a bare text is a cell of one paragraph."""
    return f"<w:tr>{''.join(c if c.startswith('<w:tc') else tc(p(c)) for c in cells)}</w:tr>"


def tbl(*rows: str, columns: int = 2) -> str:
    """A table."""
    grid = '<w:gridCol w:w="2000"/>' * columns
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'


def word(body: str) -> bytes:
    """A .docx with this body."""
    document = Document()
    home = document.element.body
    for child in list(home)[:-1]:
        home.remove(child)
    for at, child in enumerate(list(etree.fromstring(f'<r xmlns:w="{W}">{body}</r>'))):
        home.insert(at, child)
    return _saved(document)


def word_texts(data: bytes) -> list[Any]:
    """The texts of a document's body: a string for each paragraph, a list of cells for each table row."""
    found: list[Any] = []
    for child in Document(io.BytesIO(data)).element.body:
        if child.tag == f"{_W}p":
            found.append(_text(child))
        elif child.tag == f"{_W}tbl":
            found += [
                ["¶".join(_text(q) for q in c.iter(f"{_W}p")) for c in row.iter(f"{_W}tc")]
                for row in child.iter(f"{_W}tr")
            ]
    return found


def _text(paragraph: Any) -> str:
    pieces = {f"{_W}br": "\n", f"{_W}tab": "\t"}
    return "".join(n.text or "" if n.tag == f"{_W}t" else pieces.get(n.tag, "") for n in paragraph.iter())


def filled(body: str, /, **data: Any) -> list[Any]:
    """The texts of a body after filling it."""
    made, problems = fill(word(body), data, file="letter.docx")
    assert made is not None, [d.message for d in problems]
    return word_texts(made)


def problems_of(body: str, /, **data: Any) -> list[Diagnostic]:
    """What filling a body complains about; nothing may come out."""
    made, problems = fill(word(body), data, file="letter.docx")
    assert made is None
    return problems


def deck(*slides: Mapping[str, Any]) -> bytes:
    """A deck; a slide has `title`, `bullets`, `notes`, `boxes` (name → text), `table` (rows) and `picture` (alt text)."""
    made = Presentation()
    for one in slides:
        slide = made.slides.add_slide(made.slide_layouts[1 if "bullets" in one else 5])
        slide.shapes.title.text = one.get("title", "")
        if "bullets" in one:
            slide.placeholders[1].text = "\n".join(one["bullets"])
        for name, text in one.get("boxes", {}).items():
            box = slide.shapes.add_textbox(Inches(1), Inches(3), Inches(4), Inches(1))
            box.name, box.text_frame.text = name, text
        if "table" in one:
            _add_table(slide, one["table"])
        if "picture" in one:
            picture = slide.shapes.add_picture(
                io.BytesIO(png(4, 4)), Inches(1), Inches(1), Inches(2), Inches(1)
            )
            picture._element.nvPicPr.cNvPr.set("descr", one["picture"])
        if "notes" in one:
            slide.notes_slide.notes_text_frame.text = one["notes"]
    return _saved(made)


def _add_table(slide: Any, rows: list[list[str]]) -> None:
    table = slide.shapes.add_table(len(rows), len(rows[0]), Inches(1), Inches(4), Inches(6), Inches(1)).table
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text


def _saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def slides_of(data: bytes) -> list[list[str]]:
    """The texts of each slide, paragraph by paragraph, tables included."""
    return [
        [
            "".join(t.text or "" for t in paragraph.iter("{*}t"))
            for paragraph in slide._element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}p")
        ]
        for slide in Presentation(io.BytesIO(data)).slides
    ]


def in_sections(data: bytes, sizes: Sequence[int], names: Sequence[str] = ()) -> bytes:
    """The deck with sections of so many slides."""
    named = names or [f"Section {number}" for number, _ in enumerate(sizes)]
    deck = Presentation(io.BytesIO(data))
    ids = iter([entry.get("id") for entry in deck.slides._sldIdLst])
    p14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
    sections = "".join(
        f'<p14:section name="{named[number]}" id="{{00000000-0000-0000-0000-00000000000{number}}}"><p14:sldIdLst>'
        + "".join(f'<p14:sldId id="{next(ids)}"/>' for _ in range(size))
        + "</p14:sldIdLst></p14:section>"
        for number, size in enumerate(sizes)
    )
    uri = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
    p = "http://schemas.openxmlformats.org/presentationml/2006/main"
    extensions = f'<p:extLst xmlns:p="{p}"><p:ext uri="{uri}"><p14:sectionLst xmlns:p14="{p14}">{sections}'
    element = deck.part._element
    for old in element.findall(f"{{{p}}}extLst"):
        element.remove(old)
    element.append(etree.fromstring(f"{extensions}</p14:sectionLst></p:ext></p:extLst>"))
    return _saved(deck)


def filled_deck(*slides: Mapping[str, Any], **data: Any) -> bytes:
    """A deck after filling it."""
    made, problems = fill(deck(*slides), data, file="pitch.pptx")
    assert made is not None, [d.message for d in problems]
    return made


def compiled_deck(*slides: Mapping[str, Any]) -> Any:
    """The compiled template of a deck."""
    template, problems = compile_template(deck(*slides), file="pitch.pptx")
    assert template is not None, [d.message for d in problems]
    return template


def animated(slide: Any, *shapes: Any) -> None:
    """Let each shape appear on a click of its own."""
    clicks = "".join(
        f'<p:par><p:cTn id="{at}0" fill="hold"><p:stCondLst><p:cond delay="indefinite"/></p:stCondLst><p:childTnLst>'
        f'<p:par><p:cTn id="{at}1" fill="hold"><p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst>'
        f'<p:par><p:cTn id="{at}2" presetID="1" presetClass="entr" presetSubtype="0" fill="hold" grpId="0"'
        f' nodeType="clickEffect"><p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst><p:set><p:cBhvr>'
        f'<p:cTn id="{at}3" dur="1" fill="hold"/><p:tgtEl><p:spTgt spid="{shape.shape_id}"/></p:tgtEl><p:attrNameLst>'
        '<p:attrName>style.visibility</p:attrName></p:attrNameLst></p:cBhvr><p:to><p:strVal val="visible"/></p:to>'
        "</p:set></p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn></p:par>"
        for at, shape in enumerate(shapes, 1)
    )
    builds = "".join(f'<p:bldP spid="{shape.shape_id}" grpId="0" animBg="1"/>' for shape in shapes)
    slide._element.append(
        etree.fromstring(
            f'<p:timing xmlns:p="{P}"><p:tnLst><p:par><p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot">'
            '<p:childTnLst><p:seq concurrent="1" nextAc="seek"><p:cTn id="2" dur="indefinite" nodeType="mainSeq">'
            f'<p:childTnLst>{clicks}</p:childTnLst></p:cTn><p:prevCondLst><p:cond evt="onPrev" delay="0"><p:tgtEl>'
            '<p:sldTgt/></p:tgtEl></p:cond></p:prevCondLst><p:nextCondLst><p:cond evt="onNext" delay="0"><p:tgtEl>'
            "<p:sldTgt/></p:tgtEl></p:cond></p:nextCondLst></p:seq></p:childTnLst></p:cTn></p:par></p:tnLst>"
            f"<p:bldLst>{builds}</p:bldLst></p:timing>"
        )
    )


def connected(line: Any, *shapes: Any) -> Any:
    """The line's element, its ends at these shapes: what python-pptx refuses of groups and tables."""
    element = line._element
    home = element.nvCxnSpPr.cNvCxnSpPr
    for end, shape in zip((home._add_stCxn(), home._add_endCxn()), shapes, strict=True):
        end.id, end.idx = shape.shape_id, 1
    return element


def names_in(data: bytes) -> list[str]:
    """The names of all members of a file."""
    return zipfile.ZipFile(io.BytesIO(data)).namelist()


def member(data: bytes, name: str) -> str:
    """The text of one member of a file."""
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


@lru_cache
def png(width: int, height: int, color: str = "red") -> bytes:
    """A small picture."""
    from PIL import Image as Picture

    out = io.BytesIO()
    Picture.new("RGB", (width, height), color).save(out, "PNG")
    return out.getvalue()


def image(width: int = 40, height: int = 10, color: str = "blue") -> Image:
    """A picture as a value."""
    return Image(png(width, height, color), "image/png", width, height, f"{color}{width}x{height}")


def chart_deck() -> bytes:
    """A deck with a chart whose alt text asks for data."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[5])
    data = CategoryChartData(number_format="0.0")
    data.categories = ["a", "b"]
    data.add_series("Old", (1, 2))
    data.add_series("Other", (3, 4))
    frame = slide.shapes.add_chart(
        XL_CHART_TYPE.BAR_CLUSTERED, Inches(1), Inches(2), Inches(4), Inches(4), data
    )
    frame._element.nvGraphicFramePr.cNvPr.set("descr", "{{ chart(sales) }} Sales of {{ name }}")
    return _saved(made)


def filled_package(package: Package, **data: object) -> Package:
    """What comes out, after a look at whether every id and every relationship leads somewhere."""
    made, problems = fill(package, data)
    assert made is not None, problems
    result, _ = open_package(made, file="made.pptx")
    assert result is not None
    assert [d.message for d in validate_package(result) if d.severity is Severity.ERROR] == []
    return result
