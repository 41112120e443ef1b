"""What a template brings beside its text: a mail merge, its own template, building blocks, files taken in, and controls."""

from __future__ import annotations

from typing import Any

import pytest
from docx import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from template_builders import W, _saved, filled, member, names_in, p, word

from collateral.ooxml import fill

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
R = f'xmlns:w="{W}" xmlns:r="{OFFICE}"'


def filled_file(document: Any, **data: Any) -> bytes:
    made, problems = fill(_saved(document), data)
    assert made is not None, problems
    return made


def test_filled_file_is_no_form_letter_and_names_no_path_of_its_author() -> None:
    document = Document()
    document.add_paragraph("{{ x }}")
    settings = document.part._settings_part
    own = settings.relate_to("file:///C:/Users/ann/Corp.dotm", f"{OFFICE}/attachedTemplate", is_external=True)
    list_ = settings.relate_to(
        "file:///C:/Users/ann/secret.xlsx", f"{OFFICE}/mailMergeSource", is_external=True
    )
    merge = f'<w:mailMerge {R}><w:mainDocumentType w:val="formLetters"/><w:dataSource r:id="{list_}"/></w:mailMerge>'
    settings.element.insert(0, parse_xml(merge))
    settings.element.insert(0, parse_xml(f'<w:attachedTemplate {R} r:id="{own}"/>'))
    made = filled_file(document, x="X")
    assert not any("ann" in member(made, name) for name in names_in(made) if name.endswith((".xml", ".rels")))
    assert "mailMerge" not in member(made, "word/settings.xml")


def merge_field(shown: str, *, simple: bool) -> str:
    text = f"<w:r><w:rPr><w:b/></w:rPr><w:t>{shown}</w:t></w:r>"
    if simple:
        return f'<w:p><w:fldSimple w:instr=" MERGEFIELD &quot;First name&quot; \\* MERGEFORMAT ">{text}</w:fldSimple></w:p>'
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    return f"<w:p>{begin}<w:r><w:instrText> MERGEFIELD First name </w:instrText></w:r>{separate}{text}{end}</w:p>"


@pytest.mark.parametrize("simple", [True, False])
def test_tag_in_a_mail_merge_field_is_no_field_any_more(simple: bool) -> None:
    made, problems = fill(word(merge_field("{{ x }}", simple=simple)), {"x": "Ann"})
    assert made is not None and not problems
    written = member(made, "word/document.xml")
    assert ("MERGEFIELD" in written, "fldChar" in written, "<w:b/>" in written, ">Ann<" in written) == (
        False, False, True, True,
    )  # fmt: skip


@pytest.mark.parametrize("simple", [True, False])
def test_mail_merge_field_that_nobody_will_fill_is_warned_of(simple: bool) -> None:
    made, problems = fill(word(merge_field("«First name»", simple=simple) * 2 + p("{{ x }}")), {"x": "Ann"})
    assert made is not None and "MERGEFIELD" in member(made, "word/document.xml")
    assert [(d.code, d.severity.value) for d in problems] == [("merge-field", "warning")]
    assert 'the mail merge field "First name" is not filled' in problems[0].message


def test_building_blocks_with_tags_are_left_out_and_ask_for_no_value() -> None:
    document = Document()
    document.add_paragraph("{{ x }}")
    blocks = "".join(
        f"<w:docPart><w:docPartBody><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:docPartBody></w:docPart>"
        for text in ("{{ row.name }}", "Click to enter text")
    )
    xml = f"<w:glossaryDocument {R}><w:docParts>{blocks}</w:docParts></w:glossaryDocument>"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.glossary+xml"
    part = Part(PackURI("/word/glossary/document.xml"), kind, xml.encode(), document.part.package)
    document.part.relate_to(part, f"{OFFICE}/glossaryDocument")
    glossary = member(filled_file(document, x="X"), "word/glossary/document.xml")
    assert ("row.name" in glossary, "Click" in glossary) == (False, True)


def test_tag_in_a_file_taken_in_is_warned_of() -> None:
    document = Document()
    document.add_paragraph("{{ x }}")
    part = Part(PackURI("/word/a.html"), "text/html", b"<p>{{ x }}</p>", document.part.package)
    taken = document.part.relate_to(part, f"{OFFICE}/aFChunk")
    document.element.body.insert(0, parse_xml(f'<w:altChunk {R} r:id="{taken}"/>'))
    made, problems = fill(_saved(document), {"x": 1})
    assert made is not None
    assert [(d.code, d.at.part if d.at else "") for d in problems] == [("tag-unfilled", "word/a.html")]  # type: ignore[union-attr]


def test_date_control_with_a_tag_forgets_the_day_chosen_before() -> None:
    control = (
        '<w:sdt><w:sdtPr><w:date w:fullDate="2020-01-01T00:00:00Z"><w:dateFormat w:val="d"/></w:date></w:sdtPr>'
        f"<w:sdtContent>{p('{{ x }}')}</w:sdtContent></w:sdt>"
    )
    made, _ = fill(word(control), {"x": "today"})
    assert made is not None
    assert "2020-01-01" not in member(made, "word/document.xml")


def test_what_counts_in_a_text_box_counts_once_though_older_programs_have_it_twice() -> None:
    mc, wps = "http://schemas.openxmlformats.org/markup-compatibility/2006", "urn:x"
    box = f"<w:txbxContent>{p('{% set n.i = n.i + 1 %}{{ n.i }}')}</w:txbxContent>"
    both = (
        f'<w:r><mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="wps" xmlns:wps="{wps}"><w:drawing>{box}</w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    body = p("{%p set n = namespace(i=0) %}") + f"<w:p>{both}</w:p>" + p("{{ n.i }}")
    assert filled(body)[-1] == "1"
