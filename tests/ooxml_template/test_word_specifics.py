"""What only Word has: slots, lists, sections, bookmarks, headers, properties, links, stale fields."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from lxml import etree
from template_builders import (
    CORPUS,
    W,
    deck,
    filled,
    member,
    names_in,
    p,
    png,
    problems_of,
    tbl,
    tc,
    tr,
    word,
    word_texts,
)

from collateral.ooxml import compile_template, fill
from collateral.ooxml.package import open_package
from collateral.ooxml.template.parts.properties import PieceProperties
from collateral.ooxml.values import Fragment, NumberingRequest, RelatedPart

LIST = '<w:pStyle w:val="ListNumber"/>'
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
IMAGE = LINK.replace("hyperlink", "image")


def _bytes(document) -> bytes:  # type: ignore[no-untyped-def]
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _filled(data: bytes, values: dict[str, object], **rest: object) -> bytes:
    template, problems = compile_template(data, file="offer.docx")
    assert template is not None, [d.message for d in problems]
    chunks, problems = template.fill(values, **rest)
    assert chunks is not None, [d.message for d in problems]
    return b"".join(chunks)


def test_slot_takes_paragraphs_and_wires_what_they_point_to() -> None:
    link = b'<w:p><w:hyperlink r:id="', "a", b'"><w:r><w:t>link</w:t></w:r></w:hyperlink></w:p>'
    first = Fragment("paragraph", link, (RelatedPart("a", LINK, "https://example.com"),))
    second = Fragment.of("block", b"<w:p><w:r><w:t>more</w:t></w:r></w:p>")
    made = _filled(word(p("{{p slot('why') }}") + p("end")), {}, slots={"why": [first, second]})
    assert word_texts(made) == ["link", "more", "end"]
    assert "https://example.com" in member(made, "word/_rels/document.xml.rels")


def test_slot_nobody_fills_is_an_error_with_its_place() -> None:
    template, _ = compile_template(word(p("{{p slot('why') }}")), file="offer.docx")
    assert template is not None
    assert template.slots == ("why",)
    _, found = template.fill({})
    assert [(d.code, str(d.at)) for d in found] == [
        ("missing-value", "offer.docx › word/document.xml › paragraph 1")
    ]


def test_fragment_of_runs_goes_into_a_sentence() -> None:
    bold = Fragment.of("run", b"<w:r><w:rPr><w:b/></w:rPr><w:t>bold</w:t></w:r>")
    assert word_texts(_filled(word(p("a {{r x }} c")), {"x": bold})) == ["a bold c"]


def test_lists_a_fragment_asks_for_are_made() -> None:
    pieces = b'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="', "n", b'"/></w:numPr></w:pPr></w:p>'
    wanted = Fragment("paragraph", pieces, numberings=(NumberingRequest("n", "number"),))
    made = _filled(word(p("{{p slot('x') }}")), {}, slots={"x": [wanted]})
    numbering = member(made, "word/numbering.xml")
    number = member(made, "word/document.xml").partition('<w:numId w:val="')[2].partition('"')[0]
    assert f'<w:num w:numId="{number}">' in numbering
    assert "<w:startOverride" in numbering


def test_numbered_list_starts_over_each_time_its_loop_runs_again() -> None:
    body = (
        p("{%p for g in gs %}") + p("{{ g.n }}") + p("{%p for i in g.all %}") + p("{{ i }}", properties=LIST)
    )
    made = _filled(
        word(body + p("{%p endfor %}") + p("{%p endfor %}")),
        {"gs": [{"n": "A", "all": [1, 2]}, {"n": "B", "all": [3]}]},
    )
    numbers = [x.partition('"')[0] for x in member(made, "word/document.xml").split('<w:numId w:val="')[1:]]
    assert len(numbers) == 3
    assert numbers[0] == numbers[1] != numbers[2]


def _numbers_of(body: str, **data: Any) -> list[str]:
    """The texts of the numbered paragraphs, each behind the place of its list among the lists."""
    root = etree.fromstring(member(_filled(word(body), data), "word/document.xml").encode())
    found = [(q.findtext(f".//{{{W}}}t") or "", q.find(f".//{{{W}}}numId")) for q in root.iter(f"{{{W}}}p")]
    listed = [(text, str(number.get(f"{{{W}}}val"))) for text, number in found if number is not None]
    order = list(dict.fromkeys(number for _, number in listed))
    return [f"{order.index(number)}{text}" for text, number in listed]


def _item(text: str) -> str:
    return p(text, properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')


def test_list_that_a_turn_has_for_itself_starts_over_in_every_turn() -> None:
    body = p("{%p for x in xs %}") + p("{{ x }}") + _item("a") + p("text") + _item("b") + p("{%p endfor %}")
    assert _numbers_of(body, xs=[1, 2]) == ["0a", "0b", "1a", "1b"]


def test_list_of_a_style_starts_over_in_every_turn_that_has_it_for_itself() -> None:
    one = p("a", properties=LIST)
    body = p("{%p for x in xs %}") + p("{{ x }}") + one + one + p("{%p endfor %}")
    assert _numbers_of(body, xs=[1, 2]) == ["0a", "0a", "1a", "1a"]


def test_list_of_a_turn_and_of_loops_in_it_is_one() -> None:
    loop = p("{%p for y in x %}") + _item("{{ y }}") + p("{%p endfor %}")
    body = p("{%p for x in xs %}") + p("head") + _item("a") + loop + p("and") + loop + p("{%p endfor %}")
    assert _numbers_of(body, xs=[[1], [2]]) == ["0a", "01", "01", "1a", "12", "12"]


def test_list_whose_items_are_the_turns_goes_on() -> None:
    body = p("{%p for x in xs %}") + p("{{ x }}") + _item("a") + p("text") + p("{%p endfor %}")
    assert _numbers_of(body, xs=[1, 2]) == ["0a", "0a"]
    body = p("{%p for x in xs %}") + _item("a") + _item("b") + p("{%p endfor %}")
    assert _numbers_of(body, xs=[1, 2]) == ["0a", "0b", "0a", "0b"]


def test_cell_whose_lists_all_come_out_empty_keeps_a_paragraph() -> None:
    inner = p("{%p for y in x %}") + _item("{{ y }}") + p("{%p endfor %}")
    cell = tc(p("{%p for x in xs %}"), inner, p("{%p endfor %}"))
    made = _filled(word(tbl(tr(cell, "b"))), {"xs": [[], []]})
    assert word_texts(made) == [["", "b"]]


def test_section_directive_governs_its_section() -> None:
    end = "<w:sectPr/>"
    body = (
        p("one")
        + p("", properties=end)
        + p("{%section if x %}")
        + p("two")
        + p("", properties=end)
        + p("three")
    )
    assert [t for t in filled(body, x=False) if t] == ["one", "three"]
    assert [t for t in filled(body, x=True) if t] == ["one", "two", "three"]


def test_section_directive_with_an_end_governs_what_is_between_only() -> None:
    body = p("one") + p("{%section if x %}") + p("two") + p("{%section endif %}") + p("three")
    assert filled(body, x=False) == ["one", "three"]
    assert filled(body, x=True) == ["one", "two", "three"]


def test_section_end_that_closes_nothing_is_an_error() -> None:
    assert [d.code for d in problems_of(p("one") + p("{%section endif %}"))] == ["tag-not-opened"]


def test_bookmarks_in_loops_stay_unique() -> None:
    mark = '<w:p><w:bookmarkStart w:id="1" w:name="here"/><w:r><w:t>{{ i }}.</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>'
    made = _filled(word(p("{%p for i in xs %}") + mark + p("{%p endfor %}")), {"xs": [1, 2]})
    xml = member(made, "word/document.xml")
    ids = [x.partition('"')[0] for x in xml.split('<w:bookmarkStart w:id="')[1:]]
    ends = [x.partition('"')[0] for x in xml.split('<w:bookmarkEnd w:id="')[1:]]
    assert ids == ends
    assert len(set(ids)) == 2
    assert 'w:name="here"' in xml
    assert 'w:name="here_2"' in xml


def test_header_footer_and_properties_are_filled() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "For {{ name }}"
    document.core_properties.title = "Offer to {{ name }}"
    made = Document(io.BytesIO(_filled(_bytes(document), {"name": "A & B"})))
    assert made.sections[0].header.paragraphs[0].text == "For A & B"
    assert made.core_properties.title == "Offer to A & B"


@pytest.mark.parametrize("properties", [None, PieceProperties(company="C")])
def test_properties_say_nothing_of_the_text_as_it_was(properties: PieceProperties | None) -> None:
    app = member(_filled(word(p("{{ x }}")), {"x": 1}, properties=properties), "docProps/app.xml")
    assert "<Application>" in app
    assert not [name for name in ("Titles", "Pairs", "Words", "Pages", "Lines", "TotalTime") if name in app]


def test_properties_given_win_over_the_templates() -> None:
    made = Document(
        io.BytesIO(
            _filled(word(p("x")), {}, properties=PieceProperties(title="T", author="Els", language="nl"))
        )
    )
    assert (made.core_properties.title, made.core_properties.author) == ("T", "Els")
    assert made.core_properties.language == "nl"


def _address(target: str, **values: object) -> str:
    """The address a link with this target has in the filled document."""
    made = _filled(_linked(target), values)
    rels = etree.fromstring(member(made, "word/_rels/document.xml.rels").encode())
    return next(r.get("Target") for r in rels if r.get("TargetMode") == "External")


@pytest.mark.parametrize(
    ("target", "value", "expected"),
    [
        ("https://x.test/?q={{ v }}", "R&D #1 50%", "https://x.test/?q=R%26D%20%231%2050%25"),
        ("https://x.test/?a=1&q={{ v }}&z=2", "a=b&c", "https://x.test/?a=1&q=a%3Db%26c&z=2"),
        ("https://x.test/?a=R%26D&q=%7B%7B%20v%20%7D%7D", "1&2", "https://x.test/?a=R%26D&q=1%262"),
        ("mailto:a@x.test?subject={{ v }}", "R&D: hello", "mailto:a@x.test?subject=R%26D%3A%20hello"),
        ("https://x.test/?q={{ v | urlencode }}", "a&b", "https://x.test/?q=a%26b"),
        ("{{ v }}", "https://x.test/a%20b?q=1&r=2", "https://x.test/a%20b?q=1&r=2"),
        ("{{ v }}?from=deck", "https://x.test/a", "https://x.test/a?from=deck"),
        ("https://x.test/{{ v }}", "a/b", "https://x.test/a/b"),
        (
            "https://x.test/{{ v }}?q=1",
            "R&D #1? 50%20é",
            "https://x.test/R%26D%20%231%3F%2050%2520%C3%A9?q=1",
        ),
        ("https://x.test/a-{{ v }}", "b?c=1#d", "https://x.test/a-b%3Fc%3D1%23d"),
        ("{{ v }}/{{ v[:5] }}", "https://x.test", "https://x.test/https"),
        ("https://{{ v }}", "x.test/a?b=1#c", "https://x.test/a?b=1#c"),
        ("https://x.test/#{{ v }}", "a b#c", "https://x.test/#a%20b%23c"),
        ("https://x.test/?{{ v }}", "c=1#d", "https://x.test/?c=1#d"),
        ("https://x.test/?a=1#{{ v | urlencode }}", "b c", "https://x.test/?a=1#b%20c"),
        ("https://x.test/?{{ v }}", "c=1&d=2", "https://x.test/?c=1&d=2"),
    ],
)
def test_value_in_the_path_or_query_of_a_link_stays_one_value(target: str, value: str, expected: str) -> None:
    assert _address(target, v=value) == expected


def test_address_of_a_link_may_hold_tags() -> None:
    made = _filled(_linked("https://example.com/{{ id }}?q={{ q }}"), {"id": 7, "q": "a b"})
    rels = member(made, "word/_rels/document.xml.rels")
    assert "https://example.com/7?q=a%20b" in rels
    assert "{{" not in rels


def _linked(target: str) -> bytes:
    """A document with a link to this target."""
    document = Document()
    rel = document.part.relate_to(target, LINK, is_external=True)
    paragraph = document.add_paragraph("see ")
    link = paragraph._p.makeelement(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}hyperlink", {}
    )
    link.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", rel)
    link.append(paragraph.add_run("here")._r)
    paragraph._p.append(link)
    return _bytes(document)


def test_script_in_a_link_is_refused() -> None:
    document = Document()
    rel = document.part.relate_to("{{ url }}", LINK, is_external=True)
    paragraph = document.add_paragraph("see ")
    link = paragraph._p.makeelement(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}hyperlink", {}
    )
    link.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", rel)
    paragraph._p.append(link)
    made, found = fill(_bytes(document), {"url": "javascript:alert(1)"})
    assert made is None
    assert [d.code for d in found] == ["value-unusable"]


def _field(code: str) -> str:
    return (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
        f'{code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>shown</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


@pytest.mark.parametrize("simple", [True, False])
def test_value_in_a_field_that_links_is_a_safe_address(simple: bool) -> None:
    code = ' HYPERLINK "https://x.test/?q={{ v }}&amp;z=1" \\o "tip" '
    body = (
        f"<w:p><w:fldSimple w:instr='{code}'><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>"
        if simple
        else _field(code)
    )
    xml = member(_filled(word(body), {"v": 'R&D "x" \\l'}), "word/document.xml").replace("&quot;", '"')
    assert ' HYPERLINK "https://x.test/?q=R%26D%20%22x%22%20%5Cl&amp;z=1" \\o "tip" ' in xml
    made, found = fill(word(_field(' HYPERLINK "{{ v }}" ')), {"v": "javascript:alert(1)"})
    assert made is None
    assert [d.code for d in found] == ["value-unusable"]


def test_code_of_a_field_may_be_spread_over_runs() -> None:
    again = '</w:instrText></w:r><w:r><w:instrText xml:space="preserve">'
    made = _filled(word(_field(f' HYPERLINK "https://x.test/{{{again}{{ v {again}}}}}" ')), {"v": "a"})
    assert "https://x.test/a" in member(made, "word/document.xml")
    assert "{{" not in member(made, "word/document.xml")


def test_value_in_the_code_of_a_field_ends_nothing_and_switches_nothing_on() -> None:
    made = _filled(word(_field(' QUOTE "{{ v }}" ')), {"v": 'a" \\* MERGEFORMAT\nb'})
    assert 'QUOTE "a\\" \\\\* MERGEFORMAT b" ' in member(made, "word/document.xml").replace("&quot;", '"')


def test_table_of_contents_is_updated_on_opening() -> None:
    field = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r></w:p>'
    assert '<w:updateFields w:val="true"/>' in member(
        _filled(word(field + p("{{ x }}.")), {"x": 1}), "word/settings.xml"
    )
    assert "updateFields" not in member(_filled(word(p("{{ x }}.")), {"x": 1}), "word/settings.xml")


def test_picture_by_alt_text_replaces_the_drawn_one() -> None:
    from template_builders import image

    document = Document()
    document.add_picture(io.BytesIO(png(4, 4)))
    document.inline_shapes[0]._inline.docPr.set("descr", "{{ logo }}")
    made = _filled(_bytes(document), {"logo": image(40, 10)})
    shape = Document(io.BytesIO(made)).inline_shapes[0]
    assert round(shape.width / shape.height, 1) == 4.0
    assert len([n for n in names_in(made) if "media" in n]) == 1


def test_custom_parts_hang_on_the_document() -> None:
    part = RelatedPart(
        "", LINK.replace("hyperlink", "customXml"), None, "customXml/item{n}.xml", "application/xml", b"<x/>"
    )
    made = _filled(word(p("x")), {}, custom_parts=[part])
    assert "customXml/item1.xml" in names_in(made)
    assert "../customXml/item1.xml" in member(made, "word/_rels/document.xml.rels")


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of foreign files is not here")
def test_corpus_documents_without_tags_keep_their_text() -> None:
    files = sorted(Path(CORPUS / "documents" / "python-openxml+python-docx").glob("*.docx"))[:12]
    for file in files:
        made, _ = fill(file, {})
        assert made is not None
        assert word_texts(made) == word_texts(file.read_bytes())


@pytest.mark.parametrize("kind", ["docx", "pptx"])
def test_filled_template_file_is_an_ordinary_document_or_presentation(kind: str) -> None:
    made, wanted = (
        (word(p("{{ x }}")), "document") if kind == "docx" else (deck({"title": "{{ x }}"}), "presentation")
    )
    opened, _ = open_package(made, file="f")
    assert opened is not None
    main = replace(
        opened.main, content_type=opened.main.content_type.replace(f"{wanted}.main", "template.main")
    )
    template_file = replace(opened.with_parts([main]), kind="dotx" if kind == "docx" else "potx")
    filled_file, _ = fill(template_file, {"x": "y"})
    assert filled_file is not None
    types = member(filled_file, "[Content_Types].xml")
    assert f"{wanted}.main+xml" in types and "template.main+xml" not in types


@pytest.mark.parametrize("name", ["w:dataBinding", "w15:dataBinding"])
def test_control_that_shows_a_value_is_bound_to_no_data(name: str) -> None:
    uri = "http://schemas.microsoft.com/office/word/2012/wordml"
    control = (
        f'<w:sdt><w:sdtPr><w:alias w:val="Client"/><{name} xmlns:w15="{uri}" w:xpath="/a" w:storeItemID="{{0}}"/>'
        "<w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    made = member(_filled(word(control % "{{ x }}" + control % "fixed"), {"x": "Els"}), "word/document.xml")
    filled_control, fixed = made.split("</w:sdt>")[:2]
    assert "Els" in filled_control and "Client" in filled_control
    assert "dataBinding" not in filled_control and "showingPlcHdr" not in filled_control
    assert "dataBinding" in fixed and "showingPlcHdr" in fixed
