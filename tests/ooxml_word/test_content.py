"""Rich text in a Word document, read back by python-docx: text, lists, tables, links."""

from __future__ import annotations

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement
from hypothesis import given, settings
from hypothesis import strategies as st
from word_builders import (
    SLOT,
    W,
    compiled,
    document,
    master,
    numbering_of,
    opened,
    para,
    poured,
    saved,
    text,
    texts,
    written,
)  # fmt: skip

from collateral.model import content as c
from collateral.ooxml.word.nodes import WordSetting, word_content
from collateral.ooxml.xml import clean_text

ANY = st.text(max_size=60)


def item(words: str, kind: str, level: int = 0, *, start: int | None = None) -> c.Paragraph:
    return para(words, list=kind, level=level, start=start)


def test_headings_take_the_masters_styles_by_depth() -> None:
    made = document(c.Heading(1, text("One")), c.Heading(2, text("Two")), c.Heading(3, text("Three")))
    assert [p.style.name for p in made.paragraphs if p.text] == ["Heading 1", "Heading 2", "Heading 3"]


def test_heading_deeper_than_the_master_goes_takes_its_last_style() -> None:
    made = document(c.Heading(9, text("Deep")))
    assert made.paragraphs[0].style.name == "Heading 6"


def test_depth_of_the_setting_moves_every_heading_down() -> None:
    fragment, _ = word_content((c.Heading(1, text("One")),), WordSetting(master()[1], depth=2))
    assert opened(poured(fragment)).paragraphs[0].style.name == "Heading 3"


def test_master_without_heading_styles_gets_bold_text_set_apart_that_word_lists_as_a_heading() -> None:
    bare = docx.Document()
    for style in list(bare.styles.element):
        if style.tag == f"{W}style":
            bare.styles.element.remove(style)
    bare.add_paragraph(SLOT)
    template, styles = compiled(saved(bare))
    fragment, _ = word_content((c.Heading(2, text("Two")),), WordSetting(styles))
    (heading,) = opened(poured(fragment, template=template)).paragraphs
    look = heading.paragraph_format
    assert heading.runs[0].bold and look.keep_with_next
    assert look.space_before == docx.shared.Pt(12) and look.space_after == docx.shared.Pt(4)
    assert [e.get(f"{W}val") for e in heading._p.pPr.iter(f"{W}outlineLvl")] == ["1"]


def test_looks_of_runs_survive() -> None:
    runs = (c.Run("b", bold=True), c.Run("i", italic=True), c.Run("s", strike=True), c.Run("c", code=True))
    made = document(c.Paragraph(runs)).paragraphs[0].runs
    assert (made[0].bold, made[1].italic, made[2].font.strike) == (True, True, True)
    assert made[3].font.name == "Courier New"


def test_newlines_and_tabs_in_text_become_breaks_and_tabs() -> None:
    made = document(para("one\ntwo\tthree\r\nfour")).paragraphs[0]
    assert made.text == "one\ntwo\tthree\nfour"
    assert len(list(made._p.iter(f"{W}br"))) == 2


def test_quotes_and_sources_take_the_masters_styles() -> None:
    made = document(para("said", quote=True), para("from where", note=True))
    assert [p.style.name for p in made.paragraphs if p.text] == ["Quote", "Caption"]


def test_every_numbered_list_starts_over() -> None:
    made = document(
        item("a", "number", start=1), item("b", "number"), para("between"), item("c", "number", start=1)
    )  # fmt: skip
    first, second, third = numbering_of(made)
    assert first[0] == second[0] != third[0]
    starts = [
        n.find(f"{W}lvlOverride/{W}startOverride").get(f"{W}val")
        for n in made.part.numbering_part.element.iter(f"{W}num")
        if n.get(f"{W}numId") in {str(first[0]), str(third[0])}
    ]
    assert starts == ["1", "1"]


def starts_of(made: Document, number: int) -> list[tuple[str, str]]:
    (found,) = (
        n for n in made.part.numbering_part.element.iter(f"{W}num") if n.get(f"{W}numId") == str(number)
    )
    return [
        (over.get(f"{W}ilvl"), over.find(f"{W}startOverride").get(f"{W}val"))
        for over in found.iter(f"{W}lvlOverride")
    ]


def test_numbered_list_begins_at_its_number_and_goes_on_behind_a_paragraph() -> None:
    made = document(
        item("e", "number", start=5), para("between"), item("f", "number"), item("z", "number", start=0)
    )
    numbers = {words: number for number, _, words in numbering_of(made) if number}
    assert numbers["e"] == numbers["f"] != numbers["z"]
    assert starts_of(made, numbers["e"]) == [("0", "5")]
    assert starts_of(made, numbers["z"]) == [("0", "0")]


def test_list_in_an_item_begins_at_its_number() -> None:
    made = document(item("a", "number", start=1), item("c", "number", 1, start=3), item("b", "number"))
    numbers = {words: number for number, _, words in numbering_of(made) if number}
    assert numbers["a"] == numbers["b"] != numbers["c"]
    assert starts_of(made, numbers["c"]) == [("0", "1"), ("1", "3")]


def test_two_numbered_lists_without_text_between_them_start_over_too() -> None:
    made = document(item("a", "number", start=1), item("b", "number", start=1))
    assert len({number for number, _, _ in numbering_of(made)}) == 2


def test_points_below_a_number_do_not_break_its_count() -> None:
    made = document(
        item("a", "number", start=1), item("point", "bullet", 1), item("b", "number")
    )  # fmt: skip
    numbers = {words: number for number, _, words in numbering_of(made)}
    assert numbers["a"] == numbers["b"]


def test_numbered_list_goes_on_behind_what_stands_in_its_items() -> None:
    made = document(
        item("a", "number", start=1), para("of a"), table(("x",)), item("b", "number"), item("-", "bullet"),
        item("c", "number"), para("outside"), item("1", "number", start=1),
    )  # fmt: skip
    numbers = {words: number for number, _, words in numbering_of(made) if number}
    assert numbers["a"] == numbers["b"] == numbers["c"] != numbers["1"]


def test_lists_in_items_start_over() -> None:
    made = document(
        item("a", "number", start=1), item("a1", "number", 1, start=1), item("b", "number"),
        item("b1", "number", 1, start=1), para("of b1"), item("b2", "number", 1), item("x1", "number", 1, start=1),
        item("-", "bullet"), item("-1", "number", 1, start=1), item("-", "bullet"), item("=1", "number", 1, start=1),
        item("c", "number"),
    )  # fmt: skip
    numbers = {words: number for number, _, words in numbering_of(made) if number}
    assert (
        len({numbers[name] for name in ("a", "a1", "b", "b1", "b2", "c")}) == 1
    )  # Word begins a1 and b1 anew
    assert len({numbers[name] for name in ("a", "x1", "-1", "=1")}) == 4


def test_what_follows_in_an_item_lines_up_with_its_text() -> None:
    made = document(
        item("a", "number", start=1), para("of a", inside=True), item("-", "bullet", 1), para("of -", level=1, inside=True, quote=True),
        para("outside"),
    )  # fmt: skip
    left = {p.text: p.paragraph_format.left_indent for p in made.paragraphs if p.text}
    assert left["of a"] == docx.shared.Twips(360) and left["of -"] == docx.shared.Twips(720)
    assert left["outside"] is None


def test_levels_take_the_list_styles_of_the_master() -> None:
    made = document(*(item(str(n), "bullet", n) for n in range(3)))
    assert [p.style.name for p in made.paragraphs if p.text] == [
        "List Bullet", "List Bullet 2", "List Bullet 3",
    ]  # fmt: skip


def test_level_deeper_than_the_styles_go_takes_the_last_one() -> None:
    made = document(*(item(str(n), "bullet", n) for n in range(8)))
    assert made.paragraphs[7].style.name == "List Bullet 3"


def table(*rows: tuple[str, ...], caption: str = "") -> c.Table:
    header, *body = [tuple(text(cell) if cell else () for cell in row) for row in rows]
    return c.Table(header, tuple(body), (None, "right"), text(caption) if caption else ())


def test_table_is_a_table_with_its_texts_in_place() -> None:
    made = document(table(("What", "Amount"), ("Work", "10"), ("Rest", "2"))).tables[0]
    cells = [[cell.text for cell in row.cells] for row in made.rows]
    assert cells == [["What", "Amount"], ["Work", "10"], ["Rest", "2"]]


def test_header_repeats_on_every_page_and_rows_are_not_torn() -> None:
    rows = document(table(("What", "Amount"), ("Work", "10"))).tables[0]._tbl.tr_lst
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_columns_are_aligned_as_asked_and_fill_the_text_width() -> None:
    made = document(table(("What", "Amount"), ("Work", "10")))
    cell = made.tables[0].rows[1].cells[1]
    assert cell.paragraphs[0]._p.pPr.jc.val == docx.enum.text.WD_ALIGN_PARAGRAPH.RIGHT
    section = made.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    assert abs(sum(column.width for column in made.tables[0].columns) - room) < 1000


def test_ragged_table_keeps_every_text_it_has() -> None:
    made = document(table(("A", "B"), ("1",), ("2", "3", "4"))).tables[0]
    assert [cell.text for row in made.rows for cell in row.cells] == [
        "A", "B", "", "1", "", "", "2", "3", "4",
    ]  # fmt: skip


def test_two_tables_in_a_row_stay_two() -> None:
    assert len(document(table(("A", "B")), table(("C", "D"))).tables) == 2


def kept_rows(rows: int) -> list[bool]:
    """For the header and each row of a table whether it stays on the page of the next."""
    made = document(table(("A", "B"), *[(str(n), "x") for n in range(rows)])).tables[0]._tbl
    return [row.find(f".//{W}keepNext") is not None for row in made.tr_lst]


def test_short_table_is_not_torn_apart_and_of_a_long_one_no_row_stands_alone() -> None:
    assert kept_rows(3) == [True, True, True, False]
    assert kept_rows(20) == [True, *[False] * 18, True, False]


def test_table_of_few_rows_with_much_text_may_be_torn_apart() -> None:
    rows = tuple((text("words " * 200),) for _ in range(4))
    made = document(c.Table((text("A"),), rows, ())).tables[0]._tbl
    assert made.tr_lst[2].find(f".//{W}keepNext") is None


def test_caption_of_a_table_stands_below_it() -> None:
    made = document(table(("A", "B"), caption="What it means"))
    assert [p.style.name for p in made.paragraphs if p.text == "What it means"] == ["Caption"]


def link_of(*runs: c.Run) -> list[tuple[str, str]]:
    data, _ = written(c.Paragraph(runs))
    return [(link.text, link.address) for link in opened(data).paragraphs[0].hyperlinks]


def test_web_and_mail_links_are_links() -> None:
    links = link_of(
        c.Run("site", link="https://example.com/a?b=1&c=2"), c.Run("me", link="mailto:a@b.example")
    )
    assert links == [("site", "https://example.com/a?b=1&c=2"), ("me", "mailto:a@b.example")]


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "file:///etc/passwd", "\\\\server\\share", "http://", "data:text/html,x"],
)
def test_other_addresses_are_kept_as_text_with_a_warning(address: str) -> None:
    data, found = written(c.Paragraph((c.Run("click", link=address),)))
    assert [d.code for d in found] == ["unsafe-link"]
    assert texts(opened(data)) == ["click"] and opened(data).paragraphs[0].hyperlinks == []


def test_same_address_twice_works_twice() -> None:
    links = link_of(c.Run("a", link="https://example.com"), c.Run("b", link="https://example.com"))
    assert [address for _, address in links] == ["https://example.com"] * 2


def test_language_of_the_piece_is_on_every_run() -> None:
    made = document(para("Hallo"), c.Heading(1, text("Kop")), language="nl")
    assert {e.get(f"{W}val") for e in made.element.body.iter(f"{W}lang")} == {"nl-NL"}


@pytest.mark.parametrize(
    ("language", "words", "slot"),
    [
        ("ja-JP", "待ち", "eastAsia"),
        ("zh-CN", "等待", "eastAsia"),
        ("th-TH", "รอ", "bidi"),
        ("hi-IN", "समय", "bidi"),
    ],
)
def test_language_stands_where_word_looks_for_it_in_its_script(language: str, words: str, slot: str) -> None:
    (found,) = document(para(words), language=language[:2]).element.body.iter(f"{W}lang")
    assert dict(found.attrib) == {f"{W}{slot}": language}


def test_chinese_quotation_marks_are_taken_from_the_chinese_font() -> None:
    look = _looks(document(para("“等待”"), language="zh"))[0]
    assert look.find(f"{W}rFonts").get(f"{W}hint") == "eastAsia"


def _looks(made: Document) -> list[BaseOxmlElement]:
    return [run.find(f"{W}rPr") for run in made.element.body.iter(f"{W}r")]


def test_latin_words_in_arabic_text_are_runs_of_their_own() -> None:
    made = document(para("الطلب في Microsoft Teams 365 (البريد)"), language="ar")
    runs = [(r.text, r._r.find(f"{W}rPr/{W}rtl") is not None) for r in made.paragraphs[0].runs]
    assert runs == [("الطلب في ", True), ("Microsoft Teams 365", False), (" (البريد)", True)]
    assert [look.find(f"{W}lang") is not None for look in _looks(made)] == [True, False, True]


def test_arabic_words_in_english_text_are_runs_of_their_own() -> None:
    made = document(para("We met شركة النور today"))
    runs = [(r.text, r._r.find(f"{W}rPr/{W}rtl") is not None) for r in made.paragraphs[0].runs]
    assert runs == [("We met ", False), ("شركة النور", True), (" today", False)]


def test_items_cells_and_figures_run_as_an_arabic_document_does() -> None:
    item = c.Paragraph(text("Microsoft Teams"), list="bullet")
    table = c.Table((text("Teams"), text("4")), ((text("1,200 EUR"), text("٦")),), (None, None))
    made = document(item, para("42"), table, para("A sentence in English"), language="ar")
    turned = [p.find(f"{W}pPr/{W}bidi") is not None for p in made.element.body.iter(f"{W}p")]
    assert turned[:2] == [True, True] and turned[2:6] == [False, True, False, True]
    sides = [p.find(f"{W}pPr/{W}jc") for p in made.tables[0]._tbl.iter(f"{W}p")]
    assert [None if side is None else side.get(f"{W}val") for side in sides] == ["right", None, "right", None]
    assert made.tables[0]._tbl.find(f"{W}tblPr/{W}bidiVisual") is not None
    assert made.paragraphs[-1]._p.find(f"{W}pPr/{W}bidi") is None


def test_heading_without_a_style_is_as_large_in_arabic() -> None:
    bare = docx.Document()
    for style in [s for s in bare.styles if s.name.startswith("Heading")]:
        style.delete()
    bare.add_paragraph(SLOT)
    template, styles = compiled(saved(bare))
    fragment, _ = word_content((c.Heading(1, text("العمل Teams")),), WordSetting(styles, language="ar"))
    for look in _looks(opened(poured(fragment, template=template))):
        assert look.find(f"{W}szCs").get(f"{W}val") == look.find(f"{W}sz").get(f"{W}val") == "32"


def test_right_to_left_text_is_marked_in_paragraph_and_run() -> None:
    made = document(para("שלום עולם"), para("plain"))
    hebrew, plain = (p._p for p in made.paragraphs[:2])
    assert hebrew.find(f"{W}pPr/{W}bidi") is not None and hebrew.find(f"{W}r/{W}rPr/{W}rtl") is not None
    assert plain.find(f"{W}pPr") is None


def test_right_to_left_table_runs_from_the_right_and_keeps_its_sides() -> None:
    cells = ((text("אתר"), text("שעות")), (text("חיפה"), text("14")))
    made = document(c.Table(cells[0], cells[1:], (None, "right")))
    table = made.tables[0]._tbl
    assert table.find(f"{W}tblPr/{W}bidiVisual") is not None
    found = [(p.find(f"{W}pPr/{W}bidi") is not None, p.find(f"{W}pPr/{W}jc")) for p in table.iter(f"{W}p")]
    said = [(turned, None if side is None else side.get(f"{W}val")) for turned, side in found]
    # Word takes left for where a line begins, which is the right side of a turned paragraph
    assert said == [(True, None), (True, "left"), (True, None), (False, "right")]


def _turned() -> Document:
    """What English and Hebrew become in a master whose Normal style runs from right to left."""
    bare = docx.Document()
    bare.styles["Normal"].element.get_or_add_pPr().append(parse_xml(f"<w:bidi {nsdecls('w')}/>"))
    bare.add_paragraph(SLOT)
    template, styles = compiled(saved(bare))
    nodes = (c.Heading(1, text("Nine hours")), para("שלום עולם"), para("Every week"), para("2026"))
    fragment, _ = word_content(nodes, WordSetting(styles))
    return opened(poured(fragment, template=template))


def test_text_does_not_take_the_other_direction_from_the_masters_styles() -> None:
    found = [p._p.find(f"{W}pPr/{W}bidi") for p in _turned().paragraphs]
    said = [None if e is None else e.get(f"{W}val", "1") for e in found]
    assert said == ["0", "1", "0", None]


def test_value_that_was_never_filled_in_is_an_error() -> None:
    _, found = written(c.Paragraph((c.Field("prospect.name", c.Run("")),)))
    assert [d.code for d in found] == ["unresolved-field"]


def test_source_nodes_are_refused_by_name() -> None:
    _, found = written(c.If(((None, (para("x"),)),)))
    assert [d.code for d in found] == ["not-final"]


def test_characters_xml_does_not_allow_leave_and_the_rest_stays() -> None:
    made = document(para("a\x00b\x0bc\ud800d\ufffee <&> \"'"))
    assert texts(made) == [clean_text("a\x00b\x0bc\ud800d\ufffee <&> \"'")]
    assert "<&>" in texts(made)[0]


def test_text_that_looks_like_a_tag_is_printed_as_it_is() -> None:
    assert texts(document(para("{{ prospect.name }} {% if x %}"))) == ["{{ prospect.name }} {% if x %}"]


@settings(max_examples=40, deadline=None)
@given(st.lists(ANY, min_size=1, max_size=4))
def test_any_text_survives_into_the_reopened_file(words: list[str]) -> None:
    made = document(*(para(f"[{w}]") for w in words))
    wanted = [clean_text(f"[{w}]").replace("\r\n", "\n").replace("\r", "\n") for w in words]
    assert [p.text for p in made.paragraphs if p.text] == wanted


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(ANY, ANY), min_size=1, max_size=4))
def test_any_text_survives_in_tables(rows: list[tuple[str, str]]) -> None:
    made = document(table(("A", "B"), *((f"[{a}]", f"[{b}]") for a, b in rows))).tables[0]
    wanted = [clean_text(f"[{w}]").replace("\r\n", "\n").replace("\r", "\n") for row in rows for w in row]
    assert [cell.text for row in made.rows[1:] for cell in row.cells] == wanted


def test_sources_stay_on_the_page_of_what_they_are_the_sources_of() -> None:
    note = para("Source: a report", note=True)
    for node in (
        para("Words"),
        item("A point", "bullet"),
        item("A step", "number"),
        c.Table((text("A"),), ((text("1"),), (text("2"),)), ()),
    ):
        kept = [
            bool(p.paragraph_format.keep_with_next) for p in document(node, note, para("After")).paragraphs
        ]
        assert kept[-3:] == [True, False, False], node


@pytest.mark.parametrize(
    ("first", "following"),
    [
        (para("“We had been paying people to look.”", quote=True), para("Ingrid Solheim, Oakline")),
        (para("Three steps:"), item("Measure", "number")),
        (para("In numbers: "), c.Table((text("A"),), ((text("1"),),), ())),
    ],
    ids=["a quotation", "an announced list", "an announced table"],
)
def test_what_is_nothing_without_what_follows_stays_on_its_page(first: c.Node, following: c.Node) -> None:
    kept = [p.paragraph_format.keep_with_next for p in document(para("Before"), first, following).paragraphs]
    assert kept[:2] == [None, True]
    alone = [p.paragraph_format.keep_with_next for p in document(para("Before"), first).paragraphs]
    assert alone[:2] == [None, None]


def test_a_table_keeps_its_last_row_with_its_caption_and_nothing_else_with_what_follows() -> None:
    rows = tuple((text(str(n)),) for n in range(10))
    made = document(c.Table((text("A"),), rows, (), text("Caption")), para("After"))
    cells = [row.cells[0].paragraphs[0] for row in made.tables[0].rows]
    assert [bool(p.paragraph_format.keep_with_next) for p in cells] == [True, *[False] * 8, True, True]
    alone = document(c.Table((text("A"),), rows, ()), para("After"))
    assert not alone.tables[0].rows[-1].cells[0].paragraphs[0].paragraph_format.keep_with_next
