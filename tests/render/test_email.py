"""E-mails: what a mail program finds in the file."""

from __future__ import annotations

from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from collateral.diagnostics import Diagnostic
from collateral.model.content import Paragraph, Run
from collateral.model.library import BlockId, Digest, TemplateId
from collateral.model.plan import DocumentPart, EmailContent, Origin, Plan, Properties
from collateral.model.prospect import ProspectId
from collateral.ooxml.record import read_record
from collateral.render.email import Logo, render_email
from collateral.render.html_template import compile_html

MASTER = """<html><head><style>p {color: #111111}</style></head><body>
<img src="cid:logo" alt="Harborline"><p>Hi {{ contact.first_name | default("there") }},</p>
{{ body }}
{% if seller.phone %}<p>{{ seller.phone }}</p>{% endif %}<p><a href="{{ seller.website }}">web</a></p></body></html>"""

PNG = bytes.fromhex("89504e470d0a1a0a")


def make_plan(*paragraphs: Run, to: str = "els@example.com", **values: object) -> tuple[Plan, EmailContent]:
    origin = Origin(BlockId("intro"), "en", Digest("sha256:1"))
    part = DocumentPart(tuple(Paragraph((run,)) for run in paragraphs), origin)
    seller = {"website": "https://harborline.example", "phone": "+31 10 555 0100"}
    content = EmailContent(
        to=to,
        to_name="Els van Dijk",
        sender="hello@harborline.example",
        sender_name="Harborline",
        subject="Docks & doors",
        parts=(part,),
        values={"seller": seller, "contact": {"first_name": "Els"}, **values},
    )
    plan = Plan(
        TemplateId("intro"), Digest("sha256:2"), "email", "email.html", ProspectId("van-dijk"), "Van Dijk", "en",
        date(2026, 11, 22), "intro.eml", Properties("Intro"), content,
    )  # fmt: skip
    return plan, content


def sent(
    *runs: Run, to: str = "els@example.com", **values: object
) -> tuple[EmailMessage | None, list[Diagnostic], bytes]:
    master, _ = compile_html(MASTER, "email.html")
    artifact, found = render_email(*make_plan(*runs, to=to, **values), master, logo=Logo(PNG, "png"))
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
