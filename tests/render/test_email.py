"""E-mails: what a mail program finds in the file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from collateral.diagnostics import Diagnostic
from collateral.model.content import Inlines, Node, Paragraph, Run, Table
from collateral.model.library import BlockId, Digest, TemplateId
from collateral.model.plan import DocumentPart, EmailContent, Origin, Plan, Properties
from collateral.model.prospect import ProspectId
from collateral.ooxml.record import compare, read_record
from collateral.render.email import Logo, render_email
from collateral.render.html import nodes_to_html
from collateral.render.html_page import undescribed_pictures
from collateral.render.html_template import compile_html

MASTER = """<html><head><style>p {color: #111111}</style></head><body>
<img src="cid:logo" alt="Harborline"><p>Hi {{ contact.first_name | default("there") }},</p>
{{ body }}
{% if seller.phone %}<p>{{ seller.phone }}</p>{% endif %}<p><a href="{{ seller.website }}">web</a></p></body></html>"""

PNG = bytes.fromhex("89504e470d0a1a0a")


def make_plan(
    *paragraphs: Run,
    to: str = "els@example.com",
    to_name: str = "Els van Dijk",
    subject: str = "Docks & doors",
    **values: object,
) -> tuple[Plan, EmailContent]:
    origin = Origin(BlockId("intro"), "en", Digest("sha256:1"))
    part = DocumentPart(tuple(Paragraph((run,)) for run in paragraphs), origin)
    seller = {"website": "https://harborline.example", "phone": "+31 10 555 0100"}
    content = EmailContent(
        to=to,
        to_name=to_name,
        sender="hello@harborline.example",
        sender_name="Harborline",
        subject=subject,
        parts=(part,),
        values={"seller": seller, "contact": {"first_name": "Els"}, **values},
    )
    plan = Plan(
        TemplateId("intro"), Digest("sha256:2"), "email", "email.html", ProspectId("van-dijk"), "en",
        date(2026, 11, 22), "intro.eml", Properties("Intro"), content,
    )  # fmt: skip
    return plan, content


def sent(
    *runs: Run, master: str = MASTER, **given: object
) -> tuple[EmailMessage | None, list[Diagnostic], bytes]:
    template, _ = compile_html(master, "email.html")
    artifact, found = render_email(*make_plan(*runs, **given), template, logo=Logo(PNG, "png"))  # type: ignore[arg-type]
    data = artifact.to_bytes() if artifact else b""
    message = message_from_bytes(data, policy=default) if artifact else None
    assert message is None or isinstance(message, EmailMessage)
    return message, found, data


def part_of(message: EmailMessage | None, kind: str) -> str:
    assert message is not None
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def test_message_opens_as_a_draft_with_text_html_and_the_logo_inside() -> None:
    message, found, _ = sent(Run("Trucks wait."))
    assert message is not None and not found
    assert message["X-Unsent"] == "1"
    assert message["Subject"] == "Docks & doors"
    assert message["To"] == "Els van Dijk <els@example.com>"
    assert message.get_content_type() == "multipart/alternative"
    logo = next(p for p in message.walk() if p.get_content_type() == "image/png")
    assert logo["Content-ID"] == "<logo>"
    assert logo.get_content() == PNG


def test_plain_text_says_what_the_html_says() -> None:
    message, _, _ = sent(
        Run("Trucks wait.", bold=True), Run("See "), Run("the case", link="https://harborline.example/case")
    )
    text = part_of(message, "plain")
    assert "Hi Els," in text
    assert "Trucks wait." in text
    assert "the case (https://harborline.example/case)" in text


def test_styles_are_inlined() -> None:
    message, _, _ = sent(Run("Trucks wait."))
    assert 'style="color: #111111' in part_of(message, "html")


def test_hostile_values_are_text_in_both_parts() -> None:
    message, found, _ = sent(Run("<script>alert(1)</script> {{ 7*7 }} & Sons"))
    assert not found
    assert "<script>" not in part_of(message, "html")
    assert "&lt;script&gt;" in part_of(message, "html")
    assert "<script>alert(1)</script> {{ 7*7 }} & Sons" in part_of(message, "plain")


def test_script_address_in_a_value_stops_the_message() -> None:
    seller = {"website": "javascript:alert(1)", "phone": ""}
    message, found, _ = sent(Run("x"), seller=seller)
    assert message is None
    assert [d.code for d in found] == ["unsafe-address"]


def test_broken_address_is_left_out_with_a_warning() -> None:
    message, found, _ = sent(Run("x"), to="els@example.com\r\nBcc: all@example.com")
    assert message is not None
    assert message["To"] is None and message["Bcc"] is None
    assert [d.code for d in found] == ["bad-address"]


def test_equal_plans_give_equal_bytes() -> None:
    assert sent(Run("Trucks wait."))[2] == sent(Run("Trucks wait."))[2]


def test_record_travels_in_a_header() -> None:
    _, _, data = sent(Run("Trucks wait."))
    record = read_record(data)
    assert record is not None
    assert (record.template, record.prospect, record.items[0].block) == ("intro", "van-dijk", "intro")


@given(st.text(max_size=40), st.text(max_size=40))
@example("\u202estores\u202c Ltd", "\u202estores\u202c\u2028Ltd\x85")
def test_message_with_any_words_is_intact_as_it_was_made(subject: str, words: str) -> None:
    _, _, data = sent(Run(words), subject=subject)
    record = read_record(data)
    assert record is not None
    assert {state.state for state in compare(data, record)} == {"intact"}


def test_missing_value_names_the_place_in_the_master() -> None:
    master, _ = compile_html("<p>{{ contact.phone }}</p>", "email.html")
    artifact, found = render_email(*make_plan(Run("x")), master, logo=None)
    assert artifact is None
    assert [(d.code, str(d.at)) for d in found] == [("missing-value", "email.html:1:4")]


def test_unclosed_tag_in_the_master_is_named() -> None:
    _, found = compile_html("<p>{% if seller.phone %}</p>", "email.html")
    assert [(d.code, str(d.at)) for d in found] == [("unclosed-tag", "email.html:1:4")]


def test_loops_and_choices_of_the_master_are_run() -> None:
    master, found = compile_html(
        "{% for s in steps %}<i>{{ s }}</i>{% endfor %}{% if a %}A{% elif b %}B{% else %}C{% endif %}",
        "m.html",
    )
    html, problems = master.fill({"steps": ["1", "2"], "b": True}, body="", language="en")
    assert not found and not problems
    assert html == "<i>1</i><i>2</i>B"


def test_what_cannot_be_written_and_loops_that_run_away_stop_the_message() -> None:
    master, _ = compile_html(
        "{{ seller }} {% for x in range(1500) %}{{ x }}{% endfor %} {{ body }}", "email.html"
    )
    assert master is not None
    plan, content = make_plan(Run("Hello"))
    artifact, problems = render_email(plan, content, master, logo=None)
    assert artifact is None
    assert [d.message for d in problems] == [
        "a group of values is not text in '{{ seller }}'",
        "'range(1500)' has 1500 items, the limit is 1000",
    ]


HEBREW = "\u05e9\u05dc\u05d5\u05dd"


def item(text: str, level: int = 0, kind: str = "bullet", start: int | None = None) -> Paragraph:
    return Paragraph((Run(text),), list=kind, level=level, start=start)


def html(*nodes: Node, language: str = "en") -> str:
    return nodes_to_html(nodes, language).replace("\n", "")


def test_list_within_a_list_stands_in_the_item_before_it() -> None:
    made = html(item("a"), item("b", 1), item("c", 2), item("d"))
    assert made == "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"


def test_level_that_is_skipped_makes_no_empty_item() -> None:
    made = html(item("a"), item("deep", 3), item("less", 1))
    assert made == "<ul><li>a<ul><li>deep</li></ul><ul><li>less</li></ul></li></ul>"
    assert html(item("first", 2), item("then")) == "<ul><li>first</li></ul><ul><li>then</li></ul>"


def test_numbered_list_goes_on_behind_a_paragraph_and_starts_again_where_it_should() -> None:
    one, two = item("one", kind="number", start=1), item("two", kind="number")
    made = html(one, Paragraph((Run("so"),)), two, one, item("sub", 1), two)
    assert made == (
        '<ol><li>one</li></ol><p>so</p><ol start="2"><li>two</li></ol>'
        "<ol><li>one<ul><li>sub</li></ul></li><li>two</li></ol>"
    )


def test_numbered_list_begins_at_its_number() -> None:
    five, six = item("five", kind="number", start=5), item("six", kind="number")
    assert html(five, item("-"), six) == (
        '<ol start="5"><li>five</li></ol><ul><li>-</li></ul><ol start="6"><li>six</li></ol>'
    )


def test_bullets_behind_numbers_are_a_list_of_their_own() -> None:
    assert html(item("one", kind="number", start=1), item("a")) == "<ol><li>one</li></ol><ul><li>a</li></ul>"


def test_text_runs_as_most_of_its_letters_do() -> None:
    hebrew, english = Paragraph((Run(HEBREW),)), Paragraph((Run("Docks"),))
    assert html(hebrew, english) == f'<p dir="rtl">{HEBREW}</p><p>Docks</p>'
    assert html(hebrew, english, language="he") == f'<p dir="rtl">{HEBREW}</p><p dir="ltr">Docks</p>'
    assert html(item(HEBREW * 9), item("b")) == (
        f'<ul dir="rtl"><li dir="rtl">{HEBREW * 9}</li><li dir="ltr">b</li></ul>'
    )
    assert html(Paragraph((Run("42"),)), language="he") == '<p dir="rtl">42</p>'


def test_items_and_cells_in_a_hebrew_message_stay_on_their_side() -> None:
    assert html(item(HEBREW), item("Teams"), language="he") == (
        f'<ul dir="rtl"><li dir="rtl">{HEBREW}</li><li dir="rtl"><span dir="ltr">Teams</span></li></ul>'
    )
    made = html(Table(((Run("Site"),),), (((Run("42"),),),), (None,)), language="he")
    assert made == (
        '<table dir="rtl"><thead><tr><th scope="col" dir="rtl" style="text-align:right"><span dir="ltr">Site</span></th></tr></thead>'
        '<tbody><tr><td dir="rtl" style="text-align:right">42</td></tr></tbody></table>'
    )


def test_indents_and_bars_are_on_the_other_side_of_text_from_right_to_left() -> None:
    style = "ul {padding-left: 22px} blockquote {border-left: 4px solid} p {text-align: left} li {margin-left: 1px; margin-right: 2px}"
    template, _ = compile_html(
        f"<html><head><style>{style}</style></head><body>{{{{ body }}}}</body></html>", "email.html"
    )
    plan, content = make_plan()
    nodes = (item(HEBREW), Paragraph((Run(HEBREW),), quote=True), item("Latin"))
    part = replace(content.parts[0], nodes=nodes)
    artifact, _ = render_email(plan, replace(content, parts=(part,)), template, logo=None)
    assert artifact is not None
    page = part_of(message_from_bytes(artifact.to_bytes(), policy=default), "html")
    assert '<ul dir="rtl" style="padding-right: 22px' in page and '<ul style="padding-left: 22px' in page
    assert '<blockquote dir="rtl" style="border-right: 4px solid' in page
    assert '<p dir="rtl" style="text-align: right' in page
    assert "margin-left: 1px;margin-right: 2px" in page


def test_columns_of_a_table_run_as_its_header_does() -> None:
    cells: tuple[Inlines, ...] = ((Run(HEBREW),), (Run("42"),))
    made = html(Table(cells, (((Run("Docks"),),),), (None, "right"), caption=(Run("Doors"),)))
    assert made == (
        f'<table dir="rtl"><caption dir="ltr">Doors</caption><thead><tr><th scope="col" dir="rtl" style="text-align:right">{HEBREW}</th>'
        '<th scope="col" style="text-align:right">42</th></tr></thead><tbody><tr><td dir="ltr" style="text-align:left">Docks</td>'
        '<td style="text-align:right"></td></tr></tbody></table>'
    )


@pytest.mark.parametrize(
    ("master", "root"),
    [("<html><body>{{ body }}</body></html>", '<html dir="rtl" lang="he"><head></head><body dir="rtl">'),
     ('<html dir="ltr"><body>{{ body }}</body></html>', '<html dir="ltr" lang="he"><head></head><body>')],
)  # fmt: skip
def test_page_runs_as_its_language_unless_the_master_says_how(master: str, root: str) -> None:
    template, _ = compile_html(master, "email.html")
    plan, content = make_plan(Run(HEBREW))
    artifact, _ = render_email(replace(plan, language="he"), content, template, logo=None)
    assert artifact is not None
    message = message_from_bytes(artifact.to_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    assert part_of(message, "html").replace("\n", "").startswith(root)


def test_money_in_the_master_is_in_the_currency_of_the_piece() -> None:
    template, _ = compile_html("<p>{{ price | money }}</p>", "email.html")
    plan, content = make_plan(Run("x"), price=5)
    artifact, _ = render_email(replace(plan, currency="GBP"), content, template, logo=None)
    assert artifact is not None
    message = message_from_bytes(artifact.to_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    assert "£5" in part_of(message, "plain")


def test_value_within_an_address_stays_one_value() -> None:
    master = '<p><a href="https://x.example/?q={{ a }}&amp;r={{ b }}">{{ a }}</a> <a href="{{ site }}">site</a></p>{{ body }}'
    message, found, _ = sent(Run("x"), master=master, a="R&D #1", b="é", site="https://münchen.example/{a}")
    assert not found
    page = part_of(message, "html")
    assert 'href="https://x.example/?q=R%26D%20%231&amp;r=%C3%A9">R&amp;D #1</a>' in page
    assert 'href="https://xn--mnchen-3ya.example/%7Ba%7D"' in page


def test_characters_that_no_mail_can_hold_are_left_out_with_a_warning() -> None:
    message, found, data = sent(Run("Tru\x07cks\ud800 wait\uffff."), subject="Docks\x00", to_name="Els\u202e")
    assert "Trucks wait." in part_of(message, "plain") and "Trucks wait." in part_of(message, "html")
    assert [d.code for d in found] == ["characters-left-out"]
    assert data.isascii()


NAMES = [
    "Els van Dijk", "Dr. Els", 'Els "the boss" \\ van Dijk', "Els, COO <els@x.example>", "a@b.example", "Zoë", "名前 太郎",
    "Prof. Dr. Els van Dijk-Wittgensteinsberg of the Very Long Name and Title, Chair of All Boards There Are",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_every_name_comes_back_as_it_was(name: str) -> None:
    message, found, _ = sent(Run("x"), to_name=name)
    assert message is not None and not found
    assert message["To"].addresses[0].display_name == name
    assert message["To"].addresses[0].addr_spec == "els@example.com"
    assert not message["To"].defects


@pytest.mark.parametrize(
    "subject",
    ["Docks", "É" * 300, "x" * 1200, "a =?utf-8?q?b?= c", "日本語 " * 80 + "x", "word " * 60 + "end", "🚛"],
)
def test_every_subject_comes_back_as_it_was(subject: str) -> None:
    message, _, data = sent(Run("x"), subject=subject)
    assert message is not None
    assert message["Subject"] == subject and not message["Subject"].defects
    head = data.partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert max(map(len, head)) <= 78
    assert all(b":" in line or line.startswith(b" ") for line in head)
    assert b"Subject:\r\n" not in data


def test_line_break_in_the_subject_makes_no_header() -> None:
    message, _, _ = sent(Run("x"), subject="Docks\r\nBcc: all@example.com")
    assert message is not None and message["Bcc"] is None
    assert message["Subject"] == "Docks Bcc: all@example.com"


def test_address_in_another_script_has_its_domain_in_ascii() -> None:
    message, found, _ = sent(Run("x"), to="els@münchen.example")
    assert message is not None and not found
    assert message["To"].addresses[0].addr_spec == "els@xn--mnchen-3ya.example"
    message, found, _ = sent(Run("x"), to="élise@example.com")
    assert message is not None and message["To"] is None
    assert [d.code for d in found] == ["bad-address"]


def test_message_is_ascii_in_short_lines_without_defects() -> None:
    message, _, data = sent(Run("é" * 5000 + "x" * 5000))
    assert message is not None and data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 78
    assert b"\n" not in data.replace(b"\r\n", b"") and b"\r" not in data.replace(b"\r\n", b"")
    assert not [defect for part in message.walk() for defect in part.defects]


def test_page_says_its_language_unless_its_author_did() -> None:
    page = part_of(sent(Run("Hi"))[0], "html")
    assert page.count('lang="') == 1 and '<html lang="en">' in page
    said = MASTER.replace("<html>", "<!--<html>--><html dir='ltr' lang='en-IE'>")
    assert '<html dir="ltr" lang="en-IE">' in part_of(sent(Run("Hi"), master=said)[0], "html")


def test_pictures_without_words_are_found_and_decoration_is_not() -> None:
    page = '<img src="a.png"><img src="b.png" alt=""><img src="c.png" role="presentation"><IMG SRC="d.png" alt="{{ x }}">'
    assert undescribed_pictures(page) == ("a.png",)
