"""Tags in every corner of a Word file: notes, comments, headers, text boxes, groups, controls, fields, properties."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree
from template_builders import W, member, names_in, p, problems_of

from collateral.diagnostics import Place
from collateral.ooxml import fill

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_NAMES = {
    "w": W,
    "r": _R,
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMES.items())
_VALUE = 'R&D "<1>"'
_HEADERS = (
    "header",
    "footer",
    "first_page_header",
    "first_page_footer",
    "even_page_header",
    "even_page_footer",
)


def _t(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


_LOOP = _t("{%p for i in xs %}") + _t("item {{ i }}") + _t("{%p endfor %}")


def _drawing(number: int, kind: str, inner: str) -> str:
    uri = _NAMES[kind]
    return (
        f'<w:drawing><wp:inline><wp:extent cx="914400" cy="914400"/><wp:docPr id="{number}" name="Box" descr="alt {{{{ x }}}}"/>'
        f'<a:graphic><a:graphicData uri="{uri}">{inner}</a:graphicData></a:graphic></wp:inline></w:drawing>'
    )


def _shape(content: str) -> str:
    return f"<wps:wsp><wps:cNvSpPr/><wps:spPr/><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"


_GROUP = f"<wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr/>{_shape(_t('{{ x }}'))}</wpg:wgp>"
_BODY = {
    "text box and its fallback": (
        f'<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">{_drawing(50, "wps", _shape(_t("{{ x }}") + _LOOP))}'
        f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{_t('{{ x }}') + _LOOP}</w:txbxContent>"
        "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        [_VALUE, "item 1", "item 2", _VALUE, "item 1", "item 2"],
    ),
    "group": (f"<w:p><w:r>{_drawing(51, 'wpg', _GROUP)}</w:r></w:p>", [_VALUE]),
    "control in a paragraph": (
        "<w:p><w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>{{ x }}</w:t></w:r></w:sdtContent></w:sdt></w:p>",
        [_VALUE],
    ),
    "control around paragraphs": (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{_t('{{ x }}') + _LOOP}</w:sdtContent></w:sdt>",
        [_VALUE, "item 1", "item 2"],
    ),
    "formula": ("<w:p><m:oMath><m:r><m:t>{{ x }}</m:t></m:r></m:oMath></w:p>", [_VALUE]),
    "insertion beside a deletion": (
        '<w:p><w:ins w:id="9" w:author="a"><w:r><w:t>{{ x }}</w:t></w:r></w:ins><w:del w:id="10" w:author="a"><w:r>'
        "<w:delText>{{ gone }}</w:delText></w:r></w:del></w:p>",
        [_VALUE],
    ),
}


def _filled(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    made, problems = fill(out.getvalue(), {"x": _VALUE, "y": False, "xs": [1, 2]}, file="letter.docx")
    assert made is not None, [d.message for d in problems]
    return made


def _texts(xml: str) -> list[str]:
    root = etree.fromstring(xml.encode())
    return [e.text for e in root.iter(f"{{{W}}}t", f"{{{_NAMES['m']}}}t") if e.text]


@pytest.mark.parametrize("name", _BODY)
def test_tags_in_the_body_are_filled(name: str) -> None:
    xml, expected = _BODY[name]
    document = Document()
    document.element.body.insert(0, etree.fromstring(f"<r {_DECLARED}>{xml}</r>")[0])
    made = member(_filled(document), "word/document.xml")
    assert _texts(made) == expected
    assert 'descr="alt {{' not in made


@pytest.mark.parametrize(
    ("part", "one"), [("footnotes", "footnote"), ("endnotes", "endnote"), ("comments", "comment")]
)
def test_tags_in_notes_and_comments_are_filled(part: str, one: str) -> None:
    document = Document()
    body = _t("{{ x }}") + _t("{%p if y %}") + _t("no") + _t("{%p endif %}") + _LOOP
    xml = f'<w:{part} {_DECLARED}><w:{one} w:id="1">{body}</w:{one}><w:{one} w:id="2">{_t("{{ z | default(1 > 2) }}")}</w:{one}></w:{part}>'
    made = Part(PackURI(f"/word/{part}.xml"), _TYPE.format(part), xml.encode(), document.part.package)
    document.part.relate_to(made, f"{_R}/{part}")
    assert _texts(member(_filled(document), f"word/{part}.xml")) == [_VALUE, "item 1", "item 2", "False"]


def test_tags_in_headers_and_footers_of_all_pages_are_filled() -> None:
    document = Document()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True
    for name in _HEADERS:
        home = getattr(section, name)
        home.is_linked_to_previous = False
        home.paragraphs[0].text = f"{name} {{{{ x }}}}"
        home.add_table(1, 1, 914_400).cell(0, 0).text = "{{ x }}"
    made = _filled(document)
    parts = [n for n in names_in(made) if re.fullmatch(r"word/(header|footer)\d\.xml", n)]
    assert sorted(text for n in parts for text in _texts(member(made, n))) == sorted(
        [f"{name} {_VALUE}" for name in _HEADERS] + [_VALUE] * 6
    )


def test_tags_in_all_kinds_of_properties_are_filled() -> None:
    document = Document()
    document.core_properties.title = document.core_properties.subject = "{{ x }}"
    types = "http://schemas.openxmlformats.org/officeDocument/2006/"
    custom = (
        f'<Properties xmlns="{types}custom-properties" xmlns:vt="{types}docPropsVTypes"><property fmtid='
        '"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Client"><vt:lpwstr>{{ x }}</vt:lpwstr></property></Properties>'
    )
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    part = Part(PackURI("/docProps/custom.xml"), kind, custom.encode(), document.part.package)
    document.part.package.relate_to(part, f"{_R}/custom-properties")
    made = _filled(document)
    core = Document(io.BytesIO(made)).core_properties
    assert (core.title, core.subject) == (_VALUE, _VALUE)
    assert etree.fromstring(member(made, "docProps/custom.xml").encode())[0][0].text == _VALUE


def test_copies_of_a_floating_shape_lie_side_by_side_and_go_on_below() -> None:
    place = '<wp:position{0} relativeFrom="column"><wp:posOffset>{1}</wp:posOffset></wp:position{0}>'
    anchor = (
        '<w:p><w:r><w:drawing><wp:anchor><wp:simplePos x="0" y="0"/>'
        f'{place.format("H", 100_000)}{place.format("V", 0)}<wp:extent cx="2000000" cy="800000"/><wp:wrapNone/>'
        f'<wp:docPr id="5" name="Card"/><a:graphic><a:graphicData uri="{_NAMES["wps"]}">'
        f"{_shape(_t('{%shape for i in xs %}{{ i }}'))}</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r></w:p>"
    )
    document = Document()
    document.element.body.insert(0, etree.fromstring(f"<r {_DECLARED}>{anchor}</r>")[0])
    out = io.BytesIO()
    document.save(out)
    made, _ = fill(out.getvalue(), {"xs": [1, 2, 3]}, file="letter.docx")
    assert made is not None
    offsets = [int(n) for n in re.findall(r"posOffset>(\d+)<", member(made, "word/document.xml"))]
    assert list(zip(offsets[::2], offsets[1::2], strict=True)) == [
        (100_000, 0),
        (2_200_000, 0),
        (100_000, 900_000),
    ]


def test_paragraph_is_named_of_raw_text_without_end_and_of_tags_in_field_codes() -> None:
    code = "<w:p><w:r><w:instrText>%s</w:instrText></w:r></w:p>"
    for wrong in (p("a {% raw %} b"), code % "IF {{ x | nothing }}", code % "IF {% if x %}"):
        found = problems_of(p("first") + wrong + p("last"), x=1)
        assert [d.at.paragraph for d in found if isinstance(d.at, Place)] == [2], found
