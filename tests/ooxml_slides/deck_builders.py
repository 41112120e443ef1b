"""Small decks made in code, and edits on their packages for what python-pptx cannot write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace

from PIL import Image
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Emu, Inches

from collateral.ooxml.package import Package, Part, Relationship, open_package, write_package

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
NS = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def deck(*titles: str, layout: int = 5, size: tuple[int, int] | None = None) -> Package:
    """A deck with one slide per title, on the layout of that number ("Title Only")."""
    presentation = Presentation()
    if size is not None:
        presentation.slide_width, presentation.slide_height = Emu(size[0]), Emu(size[1])
    for title in titles:
        presentation.slides.add_slide(presentation.slide_layouts[layout]).shapes.title.text = title
    return package_of(presentation)


def package_of(presentation: object) -> Package:
    """The package of a python-pptx presentation."""
    stream = io.BytesIO()
    presentation.save(stream)  # type: ignore[attr-defined]
    package, found = open_package(stream.getvalue(), file="deck.pptx")
    assert package is not None, found
    return package


def chart_deck() -> Package:
    """One slide with a column chart and its workbook."""
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    slide.shapes.title.text = "Chart"
    data = CategoryChartData()
    data.categories = ["Q1", "Q2"]
    data.add_series("Sales", (4.5, 9.25))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(2), Inches(5), Inches(4), data)
    return package_of(presentation)


def picture_deck(slides: int = 2, color: str = "red") -> Package:
    """Slides that all show one picture."""
    presentation = Presentation()
    for _ in range(slides):
        slide = presentation.slides.add_slide(presentation.slide_layouts[6])
        slide.shapes.add_picture(io.BytesIO(png(color)), Inches(1), Inches(1))
    return package_of(presentation)


def noted_deck(*notes: str) -> Package:
    """Slides with speaker notes."""
    presentation = Presentation()
    for text in notes:
        slide = presentation.slides.add_slide(presentation.slide_layouts[6])
        slide.notes_slide.notes_text_frame.text = text
    return package_of(presentation)


def table_deck(text: str = "Cell") -> Package:
    """One slide with a 2 × 2 table."""
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    table = slide.shapes.add_table(2, 2, Inches(1), Inches(1), Inches(4), Inches(2)).table
    for row in range(2):
        for column in range(2):
            table.cell(row, column).text = f"{text} {row}{column}"
    return package_of(presentation)


def png(color: str = "red") -> bytes:
    """A small picture."""
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), color).save(stream, "PNG")
    return stream.getvalue()


def saved(package: Package) -> bytes:
    """The file's bytes."""
    return b"".join(write_package(package))


def reopened(package: Package) -> object:
    """What python-pptx makes of the result."""
    return Presentation(io.BytesIO(saved(package)))


def titles(package: Package) -> list[str]:
    """The titles of all slides, read by python-pptx."""
    return [slide.shapes.title.text for slide in reopened(package).slides]  # type: ignore[attr-defined]


def slide_part(package: Package, number: int) -> str:
    """The name of the n-th slide's part, as python-pptx writes them."""
    return f"ppt/slides/slide{number}.xml"


def text(package: Package, name: str) -> str:
    """A part's XML."""
    return package.parts[name].data().decode()


def swap(package: Package, name: str, old: str, new: str) -> Package:
    """The package with text of a part replaced."""
    part = package.parts[name]
    data = part.data().decode()
    assert old in data, f"{old!r} is not in {name}"
    return package.with_parts([part.with_data(data.replace(old, new).encode())])


def relate(
    package: Package, owner: str, rel_id: str, kind: str, target: str, *, external: bool = False
) -> Package:
    """The package with one more relationship; `kind` is the last step of its type or the whole of it."""
    part = package.parts[owner]
    type_ = kind if "/" in kind else OFFICE + kind
    return package.with_parts(
        [part.with_relationships([*part.relationships, Relationship(rel_id, type_, target, external)])]
    )


def add(package: Package, name: str, content_type: str, data: bytes | str) -> Package:
    """The package with one more part."""
    return package.with_parts([Part.of(name, content_type, data.encode() if isinstance(data, str) else data)])


def add_shape(package: Package, slide: str, xml: str) -> Package:
    """The package with a shape more on a slide; namespace prefixes a, p, p14, mc and r may be used."""
    first = xml.index(">") if xml[xml.index(">") - 1] != "/" else xml.index(">") - 1
    return swap(package, slide, "</p:spTree>", f"{xml[:first]} {NS}{xml[first:]}</p:spTree>")


def box(
    id_: int,
    name: str,
    *,
    link: str = "",
    body: str = "",
    xfrm: Sequence[int] = (914400, 914400, 1828800, 914400),
) -> str:
    """A text box; `link` is the XML of its click action."""
    x, y, cx, cy = xfrm
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{id_}" name="{name}">{link}</p:cNvPr><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f"<p:txBody><a:bodyPr/><a:lstStyle/><a:p>{body or '<a:r><a:t>text</a:t></a:r>'}</a:p></p:txBody></p:sp>"
    )


def jump_deck() -> Package:
    """Three slides, of which the first has a button to the third."""
    package = deck("One", "Two", "Three")
    link = '<a:hlinkClick r:id="rId9" action="ppaction://hlinksldjump"/>'
    package = add_shape(package, "ppt/slides/slide1.xml", box(9, "Button", link=link))
    return relate(package, "ppt/slides/slide1.xml", "rId9", "slide", "ppt/slides/slide3.xml")


def diagram_deck(*titles: str, words: str = "Go") -> Package:
    """A deck whose first slide has SmartArt with words that are a link to the second."""
    kind = "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml"
    link = '<a:hlinkClick r:id="rId1" action="ppaction://hlinksldjump"/>'
    line = f'<a:p {NS}><a:r><a:rPr lang="en-US">{link}</a:rPr><a:t>{words}</a:t></a:r></a:p>'
    space = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
    data = f'<dgm:dataModel xmlns:dgm="{space}">{line}</dgm:dataModel>'
    package = add(deck(*titles), "ppt/diagrams/data1.xml", kind, data)
    package = relate(package, "ppt/diagrams/data1.xml", "rId1", "slide", "ppt/slides/slide2.xml")
    return relate(package, "ppt/slides/slide1.xml", "rId9", "diagramData", "ppt/diagrams/data1.xml")


def sectioned(package: Package, **sections: Sequence[int]) -> Package:
    """The package with sections, given as name=(slide numbers); ids are those python-pptx gives (256 + n - 1)."""
    rows = "".join(
        f'<p14:section name="{name}" id="{{00000000-0000-0000-0000-00000000000{index}}}"><p14:sldIdLst>'
        + "".join(f'<p14:sldId id="{255 + number}"/>' for number in numbers)
        + "</p14:sldIdLst></p14:section>"
        for index, (name, numbers) in enumerate(sections.items(), 1)
    )
    xml = (
        f'<p:extLst {NS}><p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}"><p14:sectionLst>{rows}'
        "</p14:sectionLst></p:ext></p:extLst></p:presentation>"
    )
    main = package.main.name
    if "<p:extLst>" in text(package, main):
        start = text(package, main).index("<p:extLst>")
        package = swap(package, main, text(package, main)[start:], "</p:presentation>")
    return swap(package, main, "</p:presentation>", xml)


def as_template(package: Package) -> Package:
    """The package as a .potx."""
    main = replace(
        package.main,
        content_type="application/vnd.openxmlformats-officedocument.presentationml.template.main+xml",
    )
    return replace(package.with_parts([main]), kind="potx")


def everything(package: Package) -> bytes:
    """All parts and relationship files of the written file, inflated, one after the other."""
    archive = zipfile.ZipFile(io.BytesIO(saved(package)))
    return b"\n".join(name.encode() + archive.read(name) for name in archive.namelist())
