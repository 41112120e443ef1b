"""Tables of contents: what is really in the document, as links, and nothing for Word to ask about."""

from __future__ import annotations

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st
from word_builders import SLOT, W, compiled, members, opened, poured, saved, text

from collateral.model import content as c
from collateral.ooxml import fill
from collateral.ooxml.values import Fragment
from collateral.ooxml.word.nodes import WordSetting, word_content
from collateral.ooxml.word.toc import parse_switches
from collateral.ooxml.xml import clean_text

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TOC_STYLES = "".join(
    f'<w:style {NS} w:type="paragraph" w:styleId="Inhopg{n}"><w:name w:val="toc {n}"/></w:style>'
    for n in (1, 2, 3)
)


def character(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(words: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve"> {words} </w:instrText></w:r>'


def field(words: str, shown: str = "Press F9.") -> str:
    """A TOC field in one paragraph."""
    inner = f"{character('begin')}{code(words)}{character('separate')}<w:r><w:t>{shown}</w:t></w:r>{character('end')}"
    return f"<w:p {NS}>{inner}</w:p>"


def long_field(words: str) -> str:
    """A TOC field as Word leaves it: entries with page numbers, the end in a paragraph of its own."""
    number = f"{character('begin')}{code('PAGEREF _Toc5 ')}{character('separate')}<w:r><w:t>7</w:t></w:r>{character('end')}"
    first = f"{character('begin')}{code(words)}{character('separate')}<w:r><w:t>Old one</w:t><w:tab/></w:r>{number}"
    return (
        f"<w:sdt {NS}><w:sdtContent><w:p>{first}</w:p><w:p><w:r><w:t>Old two</w:t></w:r></w:p>"
        f"<w:p>{character('end')}<w:r><w:t>kept</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )


def with_field(xml: str, *, headings: tuple[str, ...] = ("Own heading",)) -> Document:
    """A master with a TOC field, headings of its own and a slot."""
    document = docx.Document()
    for style in parse_xml(f"<r>{TOC_STYLES}</r>"):
        document.styles.element.append(style)
    document.element.body.insert(0, parse_xml(xml))
    for heading in headings:
        document.add_heading(heading, 1)
    document.add_paragraph(SLOT)
    return document


def filled(document: Document, *nodes: c.Node) -> bytes:
    template, styles = compiled(saved(document))
    fragment, _ = word_content(nodes, WordSetting(styles))
    return poured(fragment, template=template)


def entries(data: bytes) -> list[tuple[str, str, str]]:
    """(style, text, heading the link leads to) of each entry."""
    body = opened(data).element.body
    targets = {
        mark.get(f"{W}name"): "".join(t.text or "" for t in mark.getparent().iter(f"{W}t"))
        for mark in body.iter(f"{W}bookmarkStart")
    }
    found = []
    for link in body.iter(f"{W}hyperlink"):
        style = link.getparent().find(f"{W}pPr/{W}pStyle")
        words = "".join(t.text or "" for t in link.iter(f"{W}t"))
        found.append((style.get(f"{W}val"), words, targets[link.get(f"{W}anchor")]))
    return found


def heading(depth: int, words: str) -> c.Heading:
    return c.Heading(depth, text(words))


def test_entries_are_the_headings_of_master_and_slots_each_linked_to_its_place() -> None:
    made = filled(with_field(field(r'TOC \o "1-2" \h')), heading(1, "From a slot"), heading(2, "Below it"))
    assert entries(made) == [
        ("Inhopg1", "Own heading", "Own heading"),
        ("Inhopg1", "From a slot", "From a slot"),
        ("Inhopg2", "Below it", "Below it"),
    ]


def test_range_of_the_field_decides_the_depth() -> None:
    made = filled(with_field(field(r'TOC \o "2-3" \h')), *(heading(n, f"H{n}") for n in (1, 2, 3, 4)))
    assert [words for _, words, _ in entries(made)] == ["H2", "H3"]


def test_field_keeps_its_code_so_that_word_can_update_it() -> None:
    made = filled(with_field(field(r'TOC \o "1-2" \h \z \u')))
    codes = [e.text.strip() for e in opened(made).element.body.iter(f"{W}instrText")]
    assert codes == [r'TOC \o "1-2" \h \z \u']
    kinds = [e.get(f"{W}fldCharType") for e in opened(made).element.body.iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"]


def test_word_is_asked_for_nothing() -> None:
    dirty = field(r"TOC \o \h").replace('"begin"', '"begin" w:dirty="true"')
    made = filled(with_field(dirty), heading(1, "One"))
    assert b"dirty" not in members(made)["word/document.xml"]
    assert b"updateFields" not in members(made)["word/settings.xml"]


def test_old_entries_leave_and_what_follows_the_field_stays() -> None:
    made = filled(with_field(long_field(r"TOC \o \h")), heading(1, "New"))
    body = "".join(t.text or "" for t in opened(made).element.body.iter(f"{W}t"))
    assert "Old" not in body and "7" not in body
    assert [words for _, words, _ in entries(made)] == ["Own heading", "New"]
    assert "kept" in body


def test_heading_that_a_condition_leaves_out_is_not_listed() -> None:
    document = with_field(field(r"TOC \o \h"), headings=())
    for words in ("{%p if wanted %}",):
        document.add_paragraph(words)
    document.add_heading("Sometimes", 1)
    document.add_paragraph("{%p endif %}")
    document.add_heading("Always: {{ name }}", 1)
    template, _ = compiled(saved(document))
    for wanted, listed in ((True, ["Sometimes", "Always: A & B"]), (False, ["Always: A & B"])):
        chunks, found = template.fill(
            {"wanted": wanted, "name": "A & B"}, slots={"body": Fragment.of("block", b"")}
        )
        assert chunks is not None, found
        assert [words for _, words, _ in entries(b"".join(chunks))] == listed


def test_engine_alone_writes_them_too() -> None:
    document = with_field(field(r"TOC \o \h"), headings=("For {{ name }}",))
    document.paragraphs[-1]._p.getparent().remove(document.paragraphs[-1]._p)
    made, found = fill(saved(document), {"name": "Acme"})
    assert made is not None, found
    assert [words for _, words, _ in entries(made)] == ["For Acme"]


def test_bookmarks_have_numbers_and_names_of_their_own() -> None:
    document = with_field(field(r"TOC \o \h"))
    mark = f'<w:bookmarkStart {NS} w:id="41" w:name="_Toc100000001"/>'
    document.paragraphs[1]._p.append(parse_xml(mark))
    document.paragraphs[1]._p.append(parse_xml(f'<w:bookmarkEnd {NS} w:id="41"/>'))
    made = filled(document, heading(1, "One"))
    marks = list(opened(made).element.body.iter(f"{W}bookmarkStart"))
    assert len({m.get(f"{W}id") for m in marks}) == len({m.get(f"{W}name") for m in marks}) == 3


def test_links_only_when_the_field_asks_for_them() -> None:
    made = opened(filled(with_field(field(r"TOC \o")), heading(1, "One")))
    assert list(made.element.body.iter(f"{W}hyperlink")) == []
    assert [p.text for p in made.paragraphs][:2] == ["Own heading", "One"]


def test_outline_level_of_a_paragraph_counts_only_when_asked() -> None:
    outlined = "<w:p><w:pPr><w:outlineLvl w:val='1'/></w:pPr><w:r><w:t>Outlined</w:t></w:r></w:p>"
    for switches, listed in ((r'TOC \o "1-2" \h', False), (r'TOC \o "1-2" \h \u', True)):
        template, _ = compiled(saved(with_field(field(switches))))
        made = poured(Fragment.of("block", outlined.encode()), template=template)
        assert ("Outlined" in [words for _, words, _ in entries(made)]) is listed


def test_styles_named_in_the_field_are_listed_at_their_level() -> None:
    document = with_field(field(r'TOC \t "Intense Quote,2" \h'))
    document.add_paragraph("A quotation", style="Intense Quote")
    assert entries(filled(document, heading(1, "One"))) == [("Inhopg2", "A quotation", "A quotation")]


def test_heading_in_a_text_box_is_not_listed_and_does_not_disturb() -> None:
    box = (
        '<w:p xmlns:v="urn:schemas-microsoft-com:vml"><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Around</w:t></w:r>'
        '<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr>'
        "<w:r><w:t>Boxed</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    template, _ = compiled(saved(with_field(field(r"TOC \o \h"), headings=())))
    made = poured(Fragment.of("block", box.encode()), template=template)
    assert [words for _, words, _ in entries(made)] == ["Around"]


def test_right_to_left_heading_has_a_right_to_left_entry() -> None:
    made = opened(filled(with_field(field(r"TOC \o \h"), headings=()), heading(1, "שלום")))
    entry = next(made.element.body.iter(f"{W}hyperlink")).getparent()
    assert entry.find(f"{W}pPr/{W}bidi") is not None
    assert entry.find(f"{W}hyperlink/{W}r/{W}rPr/{W}rtl") is not None


def test_empty_headings_are_not_listed_and_none_at_all_is_no_error() -> None:
    made = filled(with_field(field(r"TOC \o \h"), headings=("",)))
    assert entries(made) == []
    assert len(list(opened(made).element.body.iter(f"{W}fldChar"))) == 3


@pytest.mark.parametrize("switches", [r'TOC \c "Figure"', r"TOC \a Table", r"TOC \b part \o", r"TOC \f"])
def test_tables_of_something_else_are_left_alone_and_word_is_asked(switches: str) -> None:
    document = with_field(field(switches))
    document.add_paragraph("{{ x }}")
    chunks, _ = compiled(saved(document))[0].fill({"x": 1}, slots={"body": Fragment.of("block", b"")})
    assert chunks is not None
    parts = members(b"".join(chunks))
    assert b"Press F9." in parts["word/document.xml"] and b"_Toc1" not in parts["word/document.xml"]
    assert b"updateFields" in parts["word/settings.xml"]


def test_field_that_begins_and_ends_in_different_containers_is_left_alone() -> None:
    begin = f"<w:sdt><w:sdtContent><w:p>{character('begin')}{code('TOC ')}{character('separate')}</w:p></w:sdtContent></w:sdt>"
    document = with_field(f"<w:p {NS}><w:r><w:t>in front</w:t></w:r></w:p>")
    for at, child in enumerate(
        parse_xml(f"<r {NS}>{begin}<w:p><w:r><w:t>shown</w:t></w:r>{character('end')}</w:p></r>")
    ):
        document.element.body.insert(at, child)
    made = filled(document, heading(1, "One"))
    assert "shown" in [p.text for p in opened(made).paragraphs]
    assert b"updateFields" in members(made)["word/settings.xml"]


def test_switches_are_read_as_word_reads_them() -> None:
    read = parse_switches(r'TOC \O "2-4" \h \t "Box Title;3;Other,1"')
    assert read is not None
    assert (read.levels, read.links, read.by_outline) == (range(2, 5), True, False)
    assert read.styles == {"box title": 3, "other": 1}
    assert parse_switches("TOC") is not None and parse_switches("TOC").levels == range(1, 10)  # type: ignore[union-attr]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=4))
def test_any_heading_text_is_listed_as_it_stands_in_the_document(words: list[str]) -> None:
    made = filled(with_field(field(r"TOC \o \h"), headings=()), *(heading(1, f"[{w}]") for w in words))
    wanted = [" ".join(clean_text(f"[{w}]").split()) for w in words]
    assert [" ".join(shown.split()) for _, shown, _ in entries(made)] == wanted
