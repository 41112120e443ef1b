"""Charts, workbooks, diagrams, objects, films and ink that a directive leaves out are not in the file either."""

from __future__ import annotations

import io
import posixpath
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.opc.packuri import PackURI as WordURI
from docx.opc.part import Part as WordPart
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Inches

sys.path.insert(0, str(Path(__file__).parent))
from template_builders import _saved as saved
from template_builders import chart_deck, member, png

from collateral.ooxml import compile_template, fill
from collateral.ooxml.template.filling.deck_values import TemplateSlide
from collateral.ooxml.template.parts.additions import holds

CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
)
PLACE = '<p:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></p:xfrm>'
IF = "{%shape if shown %}"


def _own(part: Any, name: str, kind: str, relation: str, data: bytes = b"<x/>") -> tuple[str, Any]:
    """A new part this one leads to, and the id of the relationship."""
    if isinstance(part, WordPart):
        made: Any = WordPart(WordURI(name), kind, data, part.package)
    else:
        made = Part(PackURI(name), kind, part.package, data)
    relation = relation if ":" in relation else RELATION + relation
    return part.relate_to(made, relation), made


def _add(slide: Any, xml: str) -> None:
    slide.shapes._spTree.append(etree.fromstring(xml.replace(" ", f" {SPACES} ", 1)))


def _chart(slide: Any, alt: str) -> None:
    data = CategoryChartData()
    data.categories = ["Q1", "Q2"]
    data.add_series("Secret", (1, 2))
    frame = slide.shapes.add_chart(
        XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(1), Inches(4), Inches(3), data
    )
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    number = len(list(slide.part.package.iter_parts()))
    for kind in ("style", "colors"):
        name = f"/ppt/charts/{kind}{number}.xml"
        _own(frame.chart.part, name, f"application/vnd.ms-office.chart{kind}+xml", f"urn:chart-{kind}")


def _object(slide: Any, alt: str) -> None:
    made = slide.shapes.add_ole_object(io.BytesIO(b"sheet"), "Excel.Sheet.12", Inches(1), Inches(1))
    made._element.nvGraphicFramePr.cNvPr.set("descr", alt)


def _film(slide: Any, alt: str) -> None:
    made = slide.shapes.add_movie(
        io.BytesIO(b"film"), 0, 0, Inches(2), Inches(1), io.BytesIO(png(4, 4)), "video/mp4"
    )
    made._element.nvPicPr.cNvPr.set("descr", alt)


def _ink(slide: Any, alt: str) -> None:
    ink, _ = _own(slide.part, "/ppt/ink/ink1.xml", "application/inkml+xml", "customXml", b"<ink/>")
    shown, _ = slide.part.get_or_add_image_part(io.BytesIO(png(4, 4, "green")))[::-1]
    look = '<p:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
    _add(
        slide,
        f'<mc:AlternateContent ><mc:Choice Requires="p14"><p:contentPart p14:bwMode="auto" r:id="{ink}">'
        f'<p14:nvContentPartPr><p14:cNvPr id="90" name="Ink"/><p14:cNvContentPartPr/><p14:nvPr/></p14:nvContentPartPr>'
        f"</p:contentPart></mc:Choice><mc:Fallback><p:pic><p:nvPicPr>"
        f'<p:cNvPr id="90" name="Ink" descr="{alt}"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr>'
        f'<p:blipFill><a:blip r:embed="{shown}"/></p:blipFill>{look}</p:pic></mc:Fallback></mc:AlternateContent>',
    )


def _diagram(slide: Any, alt: str) -> None:
    drawing, _ = _own(
        slide.part,
        "/ppt/diagrams/drawing1.xml",
        "application/vnd.ms-office.drawingml.diagramDrawing+xml",
        "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing",
    )
    drawn = f'<d:dataModelExt xmlns:d="http://schemas.microsoft.com/office/drawing/2008/diagram" relId="{drawing}"/>'
    parts = {}
    for name in ("Data", "Layout", "QuickStyle", "Colors"):
        kind = f"application/vnd.openxmlformats-officedocument.drawingml.diagram{name}+xml"
        where = f"/ppt/diagrams/{name.lower()}1.xml"
        parts[name] = _own(slide.part, where, kind, f"diagram{name}", drawn.encode())
    _own(parts["Data"][1], "/ppt/media/image77.png", "image/png", "image", png(4, 4, "navy"))
    ids = {name: rel_id for name, (rel_id, _) in parts.items()}
    _add(
        slide,
        f'<p:graphicFrame ><p:nvGraphicFramePr><p:cNvPr id="80" name="Diagram" descr="{alt}"/><p:cNvGraphicFramePr/>'
        f"<p:nvPr/></p:nvGraphicFramePr>{PLACE}<a:graphic>"
        f'<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/diagram"><dgm:relIds r:dm="{ids["Data"]}" '
        f'r:lo="{ids["Layout"]}" r:qs="{ids["QuickStyle"]}" r:cs="{ids["Colors"]}"/></a:graphicData></a:graphic>'
        "</p:graphicFrame>",
    )


def _older_objects(*alts: str) -> bytes:
    """Objects as PowerPoint writes them: with their pictures in a drawing they share, and beside each of them."""
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    _, drawing = _own(
        slide.part,
        "/ppt/drawings/vmlDrawing1.vml",
        "application/vnd.openxmlformats-officedocument.vmlDrawing",
        "vmlDrawing",
        "".join(f'<v:shape id="_x0000_s{1026 + n}"/>' for n in range(len(alts))).encode(),
    )
    for n, alt in enumerate(alts):
        _own(drawing, f"/ppt/media/image{50 + n}.png", "image/png", "image", png(4, 4 + n, "gray"))
        kind = "application/vnd.openxmlformats-officedocument.oleObject"
        rel_id, _ = _own(slide.part, f"/ppt/embeddings/oleObject{n + 1}.bin", kind, "oleObject", b"ole")
        shown, _ = slide.part.get_or_add_image_part(io.BytesIO(png(4, 4 + n, "olive")))[::-1]
        about = f'name="Worksheet" r:id="{rel_id}" imgW="900" imgH="900" progId="Excel.Sheet.8"'
        _add(
            slide,
            f'<p:graphicFrame ><p:nvGraphicFramePr><p:cNvPr id="{60 + 2 * n}" name="Object" descr="{alt}"/>'
            f"<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>{PLACE}<a:graphic>"
            '<a:graphicData uri="http://schemas.openxmlformats.org/presentationml/2006/ole"><mc:AlternateContent>'
            f'<mc:Choice Requires="v"><p:oleObj spid="_x0000_s{1026 + n}" {about}><p:embed/></p:oleObj></mc:Choice>'
            f'<mc:Fallback><p:oleObj {about}><p:embed/><p:pic><p:nvPicPr><p:cNvPr id="{61 + 2 * n}" name=""/>'
            f'<p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="{shown}"/></p:blipFill>'
            '<p:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic></p:oleObj></mc:Fallback>'
            "</mc:AlternateContent></a:graphicData></a:graphic></p:graphicFrame>",
        )
    return saved(made)


def _deck(*adds: Callable[[Any, str], None], alt: str = IF, slides: int = 1) -> bytes:
    made = Presentation()
    for _ in range(slides):
        slide = made.slides.add_slide(made.slide_layouts[5])
        slide.shapes.title.text = "{{ title }}"
        for add in adds:
            add(slide, alt)
    return saved(made)


def _letter(before: str, after: str, *, shown_too: bool = False) -> bytes:
    """A document with a chart between two paragraphs, and with a paragraph that holds the same chart again."""
    made = Document()
    rel_id, chart = _own(made.part, "/word/charts/chart1.xml", CHART, "chart")
    book = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    inner, _ = _own(chart, "/word/embeddings/book1.xlsx", book, "package", b"book")
    spaces = (
        'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="' + RELATION[:-1] + '"'
    )
    chart._blob = f'<c:chartSpace {spaces}><c:externalData r:id="{inner}"/></c:chartSpace>'.encode()
    made.add_paragraph(before)
    for number in range(1 + shown_too):
        run = made.add_paragraph().add_run()
        run._r.append(
            etree.fromstring(
                '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
                'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
                'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><wp:inline>'
                f'<wp:extent cx="900" cy="900"/><wp:docPr id="{number + 1}" name="Chart"/><a:graphic><a:graphicData '
                'uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
                f'<c:chart {spaces} r:id="{rel_id}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
            )
        )
        if not number:
            made.add_paragraph(after)
    return saved(made)


def _names(data: bytes) -> list[str]:
    """What is in the file besides what every file has, after a look at whether all of it is reached and listed."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    names, found = archive.namelist(), [""]
    for source in found:
        folder, base = posixpath.split(source)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        for rel in etree.fromstring(archive.read(rels)) if rels in names else ():
            if rel.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, rel.get("Target")))[1:]
                assert target in names, f"{source} leads to {target}"
                found += [target] if target not in found else []
    rels = {n for n in names if n.endswith(".rels")}
    assert sorted(set(names) - rels - {"[Content_Types].xml"}) == sorted(found[1:])
    types = etree.fromstring(archive.read("[Content_Types].xml"))
    assert {o.get("PartName")[1:] for o in types if o.get("PartName")} <= set(found)
    return sorted(
        n for n in found if re.search("charts/|embeddings/|diagrams/|media/|ink/|drawings/|footnotes", n)
    )


def _filled(data: bytes, **values: Any) -> bytes:
    made, problems = fill(data, {"title": "T", **values})
    assert made is not None, [d.message for d in problems]
    assert fill(data, {"title": "T", **values})[0] == made
    return made


@pytest.mark.parametrize("add", [_chart, _object, _film, _ink, _diagram])
def test_all_that_a_dropped_shape_needed_leaves_the_deck(add: Callable[[Any, str], None]) -> None:
    source = _deck(add)
    assert _names(_filled(source, shown=True)) == _names(source) != []
    made = _filled(source, shown=False)
    assert _names(made) == []
    assert [shape.name for shape in Presentation(io.BytesIO(made)).slides[0].shapes] == ["Title 1"]


@pytest.mark.parametrize("add", [_chart, _object, _film, _ink, _diagram])
def test_what_is_not_under_a_directive_stays(add: Callable[[Any, str], None]) -> None:
    source = _deck(add, alt="as drawn")
    assert _names(_filled(source, shown=False)) == _names(source)


def test_a_loop_over_nothing_leaves_no_chart_and_one_over_two_shares_it() -> None:
    source = _deck(_chart, alt="{%shape for x in xs %}")
    assert _names(_filled(source, xs=[])) == []
    made = _filled(source, xs=[1, 2])
    assert _names(made) == _names(source)
    assert len(Presentation(io.BytesIO(made)).slides[0].shapes) == 3


def test_a_tagged_chart_leaves_the_deck_with_its_workbook_and_is_filled_when_shown() -> None:
    source = _deck(_chart, alt=IF + "{{ chart(sales) }}")
    assert _names(_filled(source, shown=False)) == []
    made = _filled(source, shown=True, sales={"May": 5})
    assert _names(made) == _names(source)
    plot = Presentation(io.BytesIO(made)).slides[0].shapes[1].chart.plots[0]
    assert list(plot.categories) == ["May"]


def test_a_chart_with_tags_of_its_own_asks_for_no_value_when_it_is_left_out() -> None:
    source = chart_deck()
    deck = Presentation(io.BytesIO(source))
    frame = next(s for s in deck.slides[0].shapes if s.has_chart)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", IF)
    frame.chart.has_title = True
    frame.chart.chart_title.text_frame.text = "Sales of {{ missing }}"
    tagged = saved(deck)
    values = {"name": "N", "sales": {"May": 5}}
    assert not [n for n in _names(_filled(tagged, shown=False, **values)) if "chart" in n]
    assert fill(tagged, {"shown": True, **values})[0] is None
    assert [n for n in _names(_filled(tagged, shown=True, missing="May", **values)) if "chart" in n]


def test_copies_of_a_slide_each_keep_what_they_show() -> None:
    template, problems = compile_template(_deck(_chart, _film), file="deck.pptx")
    assert template is not None, problems
    shown = [True, False, True, False]
    chunks, found = template.assemble([TemplateSlide(1, {"title": "T", "shown": each}) for each in shown])
    assert chunks is not None, found
    made = b"".join(chunks)
    names = _names(made)
    assert len([n for n in names if "embeddings/" in n]) == 2
    assert len([n for n in names if n.endswith(".mp4")]) == 1
    slides = Presentation(io.BytesIO(made)).slides
    assert [any(s.has_chart for s in slide.shapes) for slide in slides] == shown


def test_a_film_that_another_slide_shows_stays() -> None:
    made = Presentation()
    for alt in (IF, "as drawn"):
        _film(made.slides.add_slide(made.slide_layouts[6]), alt)
    assert len([n for n in _names(_filled(saved(made), shown=False)) if n.endswith(".mp4")]) == 1


def test_a_film_that_only_a_left_out_slide_shows_besides_leaves_the_deck() -> None:
    made = Presentation()
    for alt, note in ((IF, ""), ("as drawn", "{%slide if shown %}")):
        slide = made.slides.add_slide(made.slide_layouts[6])
        _film(slide, alt)
        slide.notes_slide.notes_text_frame.text = note
    assert _names(_filled(saved(made), shown=False)) == []


def test_the_drawing_that_objects_share_leaves_with_them() -> None:
    source = _older_objects(IF)
    assert "ppt/embeddings/oleObject1.bin" in _names(_filled(source, shown=True))
    assert _names(_filled(source, shown=False)) == []


def test_of_two_objects_with_one_drawing_the_dropped_one_leaves_no_picture() -> None:
    names = _names(_filled(_older_objects(IF, "as drawn"), shown=False))
    assert [n for n in names if "media" not in n] == ["ppt/embeddings/oleObject2.bin"]
    assert len(names) == 2


def test_objects_under_no_directive_are_written_as_they_were() -> None:
    source = _older_objects("one", "two")
    assert _names(_filled(source)) == _names(source)


def _with_layout_picture(alt: str, *, shown_too: bool = False) -> bytes:
    """A deck whose layout shows a picture; its slide may show the same."""
    made = Presentation()
    layout = made.slide_layouts[6]
    slide = made.slides.add_slide(layout)
    if shown_too:
        slide.shapes.add_picture(io.BytesIO(png(4, 4, "teal")), 0, 0)
    _, rel_id = layout.part.get_or_add_image_part(io.BytesIO(png(4, 4, "teal")))
    picture = etree.fromstring(
        f'<p:pic {SPACES}><p:nvPicPr><p:cNvPr id="90" name="Seal" descr="{alt}"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr>'
        f'<p:blipFill><a:blip r:embed="{rel_id}"/></p:blipFill>'
        '<p:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )
    layout.shapes._spTree.append(picture)
    return saved(made)


def test_what_a_layout_leaves_out_leaves_the_deck() -> None:
    source = _with_layout_picture(IF)
    assert _names(_filled(source, shown=True)) == _names(source) == ["ppt/media/image1.png"]
    assert _names(_filled(source, shown=False)) == []


def test_what_a_slide_shows_stays_whatever_its_layout_leaves_out() -> None:
    source = _with_layout_picture(IF, shown_too=True)
    for shown in (True, False):
        assert _names(_filled(source, shown=shown)) == ["ppt/media/image1.png"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{%p if shown %}", "{%p endif %}"),
        ("{% if shown %}", "{% endif %}"),
        ("{%p for x in xs %}", "{%p endfor %}"),
    ],
)
def test_a_chart_that_is_left_out_of_a_document_is_not_in_its_file(before: str, after: str) -> None:
    source = _letter(before, after)
    assert _names(_filled(source, shown=True, xs=[1])) == _names(source) != []
    assert _names(_filled(source, shown=False, xs=[])) == []


def test_a_chart_in_a_comment_is_not_in_the_file() -> None:
    assert _names(_filled(_letter("{# old", "draft #}"))) == []


def test_a_chart_that_a_document_shows_elsewhere_stays() -> None:
    source = _letter("{%p if shown %}", "{%p endif %}", shown_too=True)
    assert _names(_filled(source, shown=False)) == _names(source)


def _with_notes(before: str, after: str, kind: str = "footnote") -> bytes:
    """A document with two notes, the first of which with a picture and a tag, referred to between two paragraphs."""
    made = Document()
    spaces = (
        f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{RELATION[:-1]}"'
    )
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    _, notes = _own(made.part, f"/word/{kind}s.xml", f"{main}.{kind}s+xml", f"{kind}s")
    shown, _ = _own(notes, "/word/media/image9.png", "image/png", "image", png(4, 4))
    texts = [f'secret {{{{ price }}}}<w:pict r:id="{shown}"/>', "public"]
    notes._blob = (
        f"<w:{kind}s {spaces}>"
        + "".join(
            f'<w:{kind} w:id="{number}"><w:p><w:r><w:t>{text.partition("<")[0]}</w:t>'
            f"{''.join(text.partition('<')[1:])}</w:r></w:p></w:{kind}>"
            for number, text in enumerate(texts, 1)
        )
        + f"</w:{kind}s>"
    ).encode()
    made.add_paragraph(before)
    for number in (1, 2):
        run = made.add_paragraph(f"text {number}").add_run()
        run._r.append(etree.fromstring(f'<w:{kind}Reference {spaces} w:id="{number}"/>'))
        if number == 1:
            made.add_paragraph(after)
    return saved(made)


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_note_goes_with_its_reference_and_asks_for_no_value_then(kind: str) -> None:
    source = _with_notes("{%p if shown %}", "{%p endif %}", kind)
    notes = member(_filled(source, shown=True, price=7), f"word/{kind}s.xml")
    assert ("secret 7" in notes, "public" in notes) == (True, True)
    made = _filled(source, shown=False)
    notes = member(made, f"word/{kind}s.xml")
    assert ("secret" in notes, "public" in notes) == (False, True)
    assert not [name for name in _names(made) if "media" in name]


def test_a_note_in_a_comment_goes() -> None:
    assert "secret" not in member(_filled(_with_notes("{# old", "draft #}")), "word/footnotes.xml")


def test_notes_that_are_always_referred_to_stay() -> None:
    assert "secret 7" in member(_filled(_with_notes("from", "to"), price=7), "word/footnotes.xml")


def _with_comment(*texts: str) -> bytes:
    """A document with a comment on the second of these paragraphs, which three parts know by three numbers."""
    made = Document()
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    more = 'xmlns:x="urn:more"'
    xml = {
        "comments": f'<w:comments {word} {more}><w:comment w:id="3"><w:p x:paraId="0A"><w:r><w:t>secret</w:t></w:r></w:p>'
        '</w:comment><w:comment w:id="4"><w:p x:paraId="0B"><w:r><w:t>public</w:t></w:r></w:p></w:comment></w:comments>',
        "commentsExtensible": f'<x:all {more}><x:one x:durableId="1A"/><x:one x:durableId="1B"/></x:all>',
        "commentsIds": f'<x:ids {more}><x:id x:paraId="0A" x:durableId="1A"/><x:id x:paraId="0B" x:durableId="1B"/></x:ids>',
    }
    for name, data in xml.items():
        kind = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml"
        _own(made.part, f"/word/{name}.xml", kind, name, data.encode())
    for number, text in enumerate(texts):
        paragraph = made.add_paragraph(text)
        if number in (1, len(texts) - 1):
            mark = f'<w:commentReference {word} w:id="{3 if number == 1 else 4}"/>'
            paragraph.add_run()._r.append(etree.fromstring(mark))
    return saved(made)


def test_a_reviewers_comment_goes_with_what_it_is_about_from_all_parts_that_know_it() -> None:
    source = _with_comment("{%p if shown %}", "commented", "{%p endif %}", "the end")
    names = ("comments", "commentsIds", "commentsExtensible")
    for shown in (True, False):
        made = _filled(source, shown=shown)
        found = [member(made, f"word/{name}.xml") for name in names]
        assert [word in xml for word, xml in zip(("secret", "1A", "1A"), found, strict=True)] == [shown] * 3
        assert [word in xml for word, xml in zip(("public", "1B", "1B"), found, strict=True)] == [True] * 3


@given(
    st.binary(max_size=40),
    st.lists(st.sampled_from([b"I", b'"rI', b'"rId1', b"x_", b"Id11", b'"', b'"rId11"']), max_size=12),
)
def test_a_name_is_found_wherever_it_stands(name: bytes, pieces: list[bytes]) -> None:
    xml = b"".join(pieces)
    for each in (b'"rId11"', b'"rid11"', b"_x0", b"I", name):
        assert holds(xml, each) is (each in xml)
        assert holds(xml + each + xml, each)
        assert holds(b"I" * 600 + each, each)
        assert holds(b"I_" * 600, each) is (each in b"I_" * 600)
