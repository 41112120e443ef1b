"""The body of one Word file inside another: designed document parts."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from word_builders import W, master, members, opened, png, poured, saved, texts

from collateral.diagnostics import Diagnostic
from collateral.model import content as c
from collateral.ooxml.values import Fragment
from collateral.ooxml.word.insertion import body_fragment
from collateral.ooxml.word.nodes import WordSetting, word_content
from collateral.ooxml.word.styles import WordStyles


def carried(part: Document, styles: WordStyles | None = None) -> tuple[Fragment | None, list[Diagnostic]]:
    return body_fragment(saved(part), styles or master()[1], file="part.docx")


def inserted(part: Document, times: int = 1) -> Document:
    """The part in the master, read back."""
    fragments = []
    for _ in range(times):
        fragment, found = carried(part)
        assert fragment is not None and found == [], found
        fragments.append(fragment)
    return opened(poured(*fragments))


def renamed(part: Document, **ids: str) -> Document:
    """The part with other style ids, as Word in another language has them."""
    for style in part.styles.element.iter(f"{W}style"):
        style.set(qn("w:styleId"), ids.get(style.get(qn("w:styleId")), style.get(qn("w:styleId"))))
    for element in part.element.body.iter(f"{W}pStyle"):
        element.set(qn("w:val"), ids.get(element.get(qn("w:val")), element.get(qn("w:val"))))
    return part


def test_paragraphs_and_tables_arrive_in_their_order() -> None:
    part = docx.Document()
    part.add_paragraph("before")
    part.add_table(1, 2).rows[0].cells[0].text = "in the table"
    part.add_paragraph("after")
    made = inserted(part)
    assert texts(made) == ["before", "after"]
    assert made.tables[0].rows[0].cells[0].text == "in the table"


def test_styles_are_found_by_name_whatever_their_id_is() -> None:
    part = docx.Document()
    part.add_heading("Kop", 1)
    made = inserted(renamed(part, Heading1="Kop1"))
    assert [p.style.name for p in made.paragraphs if p.text] == ["Heading 1"]


def test_style_the_master_does_not_have_is_named_and_its_text_stays() -> None:
    part = docx.Document()
    part.styles.add_style("House Special", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    part.add_paragraph("special", style="House Special")
    fragment, found = carried(part)
    assert fragment is not None
    assert [(d.code, "house special" in d.message.lower()) for d in found] == [("unknown-style", True)]
    assert texts(opened(poured(fragment))) == ["special"]


def test_numbered_list_of_a_part_counts_from_one_in_every_copy() -> None:
    part = docx.Document()
    numbered(part, "one", "two")
    made = inserted(part, times=2)
    numbers = [p._p.pPr.numPr.numId.val for p in made.paragraphs if p.text]
    assert numbers[0] == numbers[1] and numbers[2] == numbers[3] and numbers[0] != numbers[2]


def numbered(part: Document, *words: str) -> None:
    """Paragraphs that name the list of "List Number" themselves."""
    number = part.styles["List Number"].element.find(f".//{W}numId").get(qn("w:val"))
    for word in words:
        paragraph = part.add_paragraph(word, style="List Number")
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = int(number)


def test_picture_comes_along_and_is_stored_once() -> None:
    part = docx.Document()
    part.add_picture(io.BytesIO(png(30, 20)))
    fragment, _ = carried(part)
    assert fragment is not None
    data = poured(fragment, fragment)
    assert len([name for name in members(data) if "/media/" in name]) == 1
    made = opened(data)
    assert len({shape._inline.docPr.get("id") for shape in made.inline_shapes}) == 2
    blip = next(made.element.body.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip"))
    assert made.part.related_parts[blip.embed].blob == png(30, 20)


def test_link_comes_along() -> None:
    part = docx.Document()
    link(part, "https://example.com/a?b=1&c=2", "site")
    (found,) = inserted(part).paragraphs[0].hyperlinks
    assert (found.text, found.address) == ("site", "https://example.com/a?b=1&c=2")


def link(part: Document, address: str, words: str) -> None:
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), part.part.relate_to(address, RT.HYPERLINK, is_external=True))
    run = part.add_paragraph().add_run(words)
    run._r.addprevious(element)
    element.append(run._r)


def test_chart_comes_along_with_its_workbook() -> None:
    chart = c.Chart("bar", ("A", "B"), (c.Series("S", (1, 2)),))
    fragment, _ = word_content((chart,), WordSetting(master()[1]))
    part = opened(poured(fragment))
    made, found = carried(part)
    assert made is not None and found == []
    names = members(poured(made))
    assert [n for n in names if n.startswith("word/charts/chart")] and [
        n for n in names if n.endswith(".xlsx")
    ]


def test_section_breaks_headers_and_bookmarks_stay_behind() -> None:
    part = docx.Document()
    part.sections[0].header.paragraphs[0].text = "header of the part"
    paragraph = part.add_paragraph("body")
    paragraph._p.append(parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="7" w:name="here"/>'))
    paragraph._p.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="7"/>'))
    part.add_section()
    made = inserted(part)
    assert len(made.sections) == 1 and "header of the part" not in made.sections[0].header.paragraphs[0].text
    assert list(made.element.body.iter(f"{W}bookmarkStart")) == []


def reference(kind: str) -> Any:
    return parse_xml(f'<w:{kind} {nsdecls("w")} w:id="1"/>')


@pytest.mark.parametrize(
    ("kind", "name"),
    [("footnoteReference", "footnote"), ("endnoteReference", "endnote"), ("commentReference", "comment")],
)
def test_what_hangs_on_its_own_file_is_refused_by_name(kind: str, name: str) -> None:
    part = docx.Document()
    part.add_paragraph().add_run("text")._r.append(reference(kind))
    fragment, found = carried(part)
    assert fragment is None
    assert [(d.code, name in d.message) for d in found] == [("not-carried", True)]


def test_every_reason_is_given_at_once() -> None:
    part = docx.Document()
    run = part.add_paragraph().add_run("text")._r
    run.append(reference("footnoteReference"))
    run.append(reference("commentReference"))
    assert len(carried(part)[1]) == 2


def test_text_that_looks_like_our_own_marks_stays_as_it_is() -> None:
    part = docx.Document()
    part.add_paragraph("\ue000ref1\ue000 @@id1@@ {{ x }}")
    part.add_picture(io.BytesIO(png(3, 2)))
    assert texts(inserted(part)) == ["\ue000ref1\ue000 @@id1@@ {{ x }}"]


@pytest.mark.parametrize("data", [b"", b"not a zip", saved(docx.Document())[:500]])
def test_file_that_is_no_document_is_a_diagnostic(data: bytes) -> None:
    fragment, found = body_fragment(data, master()[1], file="part.docx")
    assert fragment is None and found and all(d.at is not None for d in found)
