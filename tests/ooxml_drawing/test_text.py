"""Paragraphs as DrawingML: looks, lists, links, directions."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collateral.model.content import Heading, Paragraph, Picture, Run
from collateral.model.frames import LevelStyle
from collateral.ooxml.drawing.addresses import safe_address
from collateral.ooxml.drawing.language import office_language
from collateral.ooxml.drawing.relations import Relations
from collateral.ooxml.drawing.slides import FullSize
from collateral.ooxml.drawing.text import (
    TextWriter,
    body_properties,
    line,
    paragraphs,
    runs,
)
from collateral.ooxml.xml import clean_text, parse_xml

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
ROOT = (
    '<r xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">{}</r>'
)


def _writer(slides: tuple[str, ...] | None = None) -> TextWriter:
    return TextWriter(Relations("/ppt/media"), "nl", slides)


def _number(text: str, *, start: int | None = None, level: int = 0) -> Paragraph:
    return Paragraph((Run(text),), list="number", start=start, level=level)


def _numbering(*nodes: Paragraph) -> list[tuple[str | None, str | None]]:
    root = parse_xml(ROOT.format("".join(paragraphs(_writer(), nodes, ()))).encode())
    return [(e.get("type"), e.get("startAt")) for e in root.iter(f"{A}buAutoNum")]


@given(st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_text_comes_back_as_it_was_but_for_what_xml_cannot_hold(text: str) -> None:
    xml = "".join(paragraphs(_writer(), (Paragraph((Run(text),)),), ()))
    root = parse_xml(ROOT.format(xml).encode())
    back = "".join("\n" if e.tag == f"{A}br" else e.text or "" for e in root.iter(f"{A}t", f"{A}br"))
    assert back == clean_text(text)


def test_run_says_its_language_and_look() -> None:
    xml = "".join(paragraphs(_writer(), (Paragraph((Run("x", bold=True, italic=True, strike=True),)),), ()))
    assert '<a:rPr lang="nl-NL" b="1" i="1" strike="sngStrike"/>' in xml


def test_second_list_right_after_the_first_starts_again_in_another_scheme() -> None:
    found = _numbering(_number("a", start=1), _number("b"), _number("c", start=1), _number("d"))
    assert found == [("arabicPeriod", None)] * 2 + [("arabicParenR", None)] * 2


def test_list_goes_on_after_a_paragraph_where_it_left_off() -> None:
    nodes = (_number("a", start=1), Paragraph((Run("between"),)), _number("b"), _number("c"))
    assert _numbering(*nodes) == [("arabicPeriod", None), ("arabicPeriod", "2"), ("arabicPeriod", "2")]


def test_list_begins_at_its_number_and_goes_on_from_there() -> None:
    nodes = (_number("e", start=5), _number("f"), Paragraph((Run("between"),)), _number("g"))
    assert _numbering(*nodes) == [("arabicPeriod", "5"), ("arabicPeriod", "5"), ("arabicPeriod", "7")]


def test_list_that_would_begin_at_nought_begins_at_one_and_says_so() -> None:
    writer = _writer()
    xml = "".join(paragraphs(writer, (_number("a", start=0), _number("b")), ()))
    assert "startAt" not in xml and xml.count("arabicPeriod") == 2
    assert [d.code for d in writer.diagnostics] == ["list-number"]


def test_list_after_a_paragraph_restarts_without_help() -> None:
    nodes = (_number("a", start=1), Paragraph((Run("between"),)), _number("b", start=1))
    assert _numbering(*nodes) == [("arabicPeriod", None)] * 2


def test_inner_list_counts_for_itself_and_the_outer_one_goes_on() -> None:
    nodes = (_number("a", start=1), _number("i", start=1, level=1), _number("b"))
    assert _numbering(*nodes) == [("arabicPeriod", None), ("alphaLcPeriod", None), ("arabicPeriod", None)]


def test_plain_paragraph_switches_an_inherited_bullet_off() -> None:
    levels = (LevelStyle(bullet=True, margin_left=300000, indent=-300000),)
    assert "<a:buNone/>" in "".join(paragraphs(_writer(), (Paragraph((Run("x"),)),), levels))
    assert "<a:buNone/>" not in "".join(
        paragraphs(_writer(), (Paragraph((Run("x"),), list="bullet"),), levels)
    )


def _set(text: str, language: str, *levels: LevelStyle) -> str:
    writer = TextWriter(Relations("/ppt/media"), language)
    return "".join(paragraphs(writer, (Paragraph((Run(text),)),), levels))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("שלום עולם", "nl"),
        ("Harborline מקצרת את ההמתנה", "he"),
        ("Acme Warehousing International קונה", "he"),
    ],
)
def test_right_to_left_text_begins_at_the_right(text: str, language: str) -> None:
    assert 'algn="r" rtl="1"' in _set(text, language)


def test_right_to_left_title_begins_at_the_right_unless_it_is_centred() -> None:
    writer, title = TextWriter(Relations("/ppt/media"), "he"), (Run("Harborline מקצרת את ההמתנה"),)
    assert 'algn="r" rtl="1"' in "".join(line(writer, title, ()))
    centred = "".join(line(writer, title, (LevelStyle(align="ctr"),)))
    assert "algn" not in centred and 'rtl="1"' in centred


def test_name_of_the_other_direction_does_not_turn_a_sentence() -> None:
    assert "rtl" not in _set("קפה loses nine hours a week at the gate", "en")


def test_figures_and_items_run_as_an_arabic_piece_does() -> None:
    item = Paragraph((Run("Microsoft Teams"),), list="bullet")
    writer = TextWriter(Relations("/ppt/media"), "ar")
    assert 'rtl="1"' in "".join(paragraphs(writer, (item,), ()))
    assert 'algn="r" rtl="1"' in _set("31%", "ar")
    assert "rtl" not in _set("A sentence in English", "ar")


def test_text_does_not_take_the_other_direction_from_the_master() -> None:
    turned = LevelStyle(align="r", right_to_left=True)
    assert 'algn="l" rtl="0"' in _set("Nine hours a week", "en", turned)
    assert "rtl" not in _set("2026", "en", turned)
    assert 'rtl="1"' in _set("שלום עולם", "he", turned)


def test_link_is_a_relationship_and_listed_once() -> None:
    run = Run("x", link="https://example.org/?a=1&b=2")
    writer = _writer()
    xml = "".join(runs(writer, (run, run)))
    (part,) = writer.relations.parts()
    assert part.target == "https://example.org/?a=1&b=2" and not writer.diagnostics
    assert xml.count(f'r:id="{part.rel_id}"') == 2


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "https://a b/", "ftp://x.org", "x"]
)
def test_other_links_are_dropped_and_named_while_the_text_stays(link: str) -> None:
    writer = _writer()
    assert "stays" in "".join(runs(writer, (Run("stays", link=link),)))
    assert not writer.relations.parts()
    assert [p.code for p in writer.diagnostics] == ["link-dropped"] and link in writer.diagnostics[0].message


def test_jump_goes_to_slides_that_are_in_the_deck_only() -> None:
    writer = _writer(("cover",))
    nodes = (Paragraph((Run("a", link="#cover"), Run("b", link="#gone"))),)
    assert "".join(paragraphs(writer, nodes, ())).count("hlinksldjump") == 1
    assert [part.target for part in writer.relations.parts()] == ["#cover"]
    assert [d.code for d in writer.diagnostics] == ["link-dropped"]


def test_what_is_no_text_is_named_and_the_rest_written() -> None:
    writer = _writer()
    xml = "".join(paragraphs(writer, (Heading(3, (Run("Head"),)), Picture("a.png", "A")), ()))
    assert "Head" in xml and [p.code for p in writer.diagnostics] == ["content-not-text"]


@pytest.mark.parametrize(
    ("given_address", "written"),
    [
        ("https://bücher.example/é", "https://xn--bcher-kva.example/%C3%A9"),
        ("HTTPS://Example.org/100%", "https://Example.org/100%25"),
        ("mailto:a.b@example.org?subject=Hi there", None),
        ("mailto:a.b@example.org?subject=Hi%20there", "mailto:a.b@example.org?subject=Hi%20there"),
        ("https://user@evil.example:99999999/", None),
    ],
)
def test_addresses_are_written_as_uris_or_not_at_all(given_address: str, written: str | None) -> None:
    assert safe_address(given_address) == written


@pytest.mark.parametrize(
    ("tag", "office"), [("nl", "nl-NL"), ("pt_BR", "pt-BR"), ("en-GB", "en-GB"), ("", "en-US")]
)
def test_languages_have_the_region_office_expects(tag: str, office: str) -> None:
    assert office_language(tag) == office


@pytest.mark.parametrize(
    ("fit", "autofit", "written"),
    [
        (FullSize(), "none", "<a:bodyPr/>"),
        (FullSize(), "shrink", "<a:bodyPr><a:normAutofit/></a:bodyPr>"),
        (
            FullSize(0.85, 0.2),
            "none",
            '<a:bodyPr><a:normAutofit fontScale="85000" lnSpcReduction="20000"/></a:bodyPr>',
        ),
    ],
)
def test_scale_is_written_for_powerpoint_does_not_work_it_out(
    fit: FullSize, autofit: str, written: str
) -> None:
    assert body_properties(fit, autofit) == written
