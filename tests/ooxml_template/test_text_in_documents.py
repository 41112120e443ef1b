"""Values in text: where they go, what they keep, what they may hold."""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from template_builders import deck, filled, p, problems_of, tbl, tc, tr, word, word_texts

from collateral.ooxml import compile_template, fill


def test_tag_split_over_runs_takes_the_look_of_its_first_character() -> None:
    made, _ = fill(word(p("Dear *{", "*{ na", "me }} and", "*bold")), {"name": "Els"})
    assert made is not None
    from io import BytesIO

    from docx import Document

    runs = [(r.text, bool(r.bold)) for r in Document(BytesIO(made)).paragraphs[0].runs]
    assert runs == [("Dear *Els", False), (" and", False), ("bold", True)]


def test_smart_quotes_and_hard_spaces_inside_tags_are_forgiven() -> None:
    assert filled(p("{{\u00a0x | default(\u201cnone\u201d)\u00a0}}"), x="y") == ["y"]
    assert filled(p("{% if y == \u2018a\u2019 %}A{% endif %}!"), y="a") == ["A!"]


def test_what_a_word_processor_makes_of_minus_signs_is_read_as_they_were_typed() -> None:
    assert filled(p("{{ x – 1 }}{% if x – 1 ≥ 1 %}!{% endif %}"), x=2) == ["1!"]
    assert filled(p("{%– if x –%} a – {{ “b – c” }} {%– endif –%}"), x=2) == ["a – b – c"]
    assert filled(p("{{ \u200ex\xad\u200f }}"), x="שלום") == ["שלום"]


def test_signs_of_east_asian_keyboards_are_read_in_tags() -> None:
    assert filled(p("{{\u3000x ｜ default（「無し」）}}｛｛ x ｝｝"), x="東京") == ["東京東京"]
    assert filled(p("{％ if x ！＝ 1 ％}a｛％ endif ％｝｛＃ note ＃｝"), x=2) == ["a"]
    assert filled(p("｛x｝ ％ {50％} ｛"), x=2) == ["｛x｝ ％ {50％} ｛"]


def test_tag_typed_with_full_width_signs_alone_is_found_on_slides_too() -> None:
    made, found = fill(deck({"title": "｛｛ x ｝｝"}), {"x": "東京"})
    assert found == [] and made is not None
    assert "東京" in "".join(_slide_texts(made))


def _slide_texts(made: bytes) -> list[str]:
    from io import BytesIO

    from pptx import Presentation

    slides = Presentation(BytesIO(made)).slides
    return [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]


def test_quotation_marks_of_other_kinds_stand_in_a_quoted_text() -> None:
    assert filled(p('{{ x | default("„unbekannt“") }}'), x=None) == ["„unbekannt“"]
    assert filled(p("{{ x | default('«нет»') }}{{ x | default(“y”) }}"), x=None) == ["«нет»y"]


def test_names_may_be_in_any_script_also_in_loops() -> None:
    assert filled(p("{% for 行 in 表 %}{{ 行.名前 }}{% endfor %}"), 表=[{"名前": "a"}, {"名前": "b"}]) == [
        "ab"
    ]
    assert filled(p("{% for नाम, मूल्य in सूची.items() %}{{ नाम }}{{ मूल्य }}{% endfor %}"), सूची={"k": 1}) == [
        "k1"
    ]
    assert filled(p("{% set größe = 3 %}{{ größe }}{{ ชื่อ }}"), ชื่อ="x") == ["3x"]


def test_accent_typed_behind_its_letter_makes_no_other_name() -> None:
    assert filled(p("{{ gro\u0308ße }}{% for u\u0308 in x %}{{ \u00fc }}{% endfor %}"), größe=3, x=[1]) == [
        "31"
    ]


def test_spaces_in_tags_are_optional() -> None:
    assert filled(p("{{x}}{%if x%}!{%endif%}"), x="y") == ["y!"]


def test_line_ends_and_tabs_of_a_value_become_breaks_and_tabs() -> None:
    assert filled(p("{{ x }}."), x="a\nb\tc") == ["a\nb\tc."]


def test_markup_in_a_value_is_text() -> None:
    assert filled(p("{{ x }} end"), x="Smith & Sons <Ltd> ]]> &amp;") == ["Smith & Sons <Ltd> ]]> &amp; end"]


def test_a_tag_in_a_value_is_text() -> None:
    assert filled(p("{{ x }}."), x="{{ y }} {% if %}", y="no") == ["{{ y }} {% if %}."]


def test_escaped_braces_are_written_as_braces() -> None:
    assert filled(p("{_{ a }_} {_% b %_} {{ x }}"), x="X") == ["{{ a }} {% b %} X"]


def test_comments_leave_nothing() -> None:
    assert filled(p("a{# why #}b") + p("{# alone #}") + p("c")) == ["ab", "c"]


def test_paragraph_of_a_lone_empty_value_disappears() -> None:
    assert filled(p("a") + p("{{ x }}") + p("b"), x="") == ["a", "b"]


def test_list_alone_in_a_paragraph_gives_a_paragraph_an_item() -> None:
    assert filled(p("{{ items }}"), items=["one", "", "three"]) == ["one", "three"]


def test_cell_keeps_a_paragraph_when_its_only_one_disappears() -> None:
    assert filled(tbl(tr("{{ x }}", tc(p("{%p if x %}"), p("y"), p("{%p endif %}")))), x="") == [["", ""]]


def test_deleted_text_holds_no_tags() -> None:
    body = '<w:p><w:del w:id="1" w:author="a"><w:r><w:delText>{{ gone }}</w:delText></w:r></w:del><w:r><w:t>x{{ a }}</w:t></w:r></w:p>'
    assert filled(body, a="1") == ["x1"]


def test_missing_values_are_all_named_with_tag_and_place() -> None:
    found = problems_of(p("{{ a.b }}") + p("x {{ c }}{{ d | default('-') }}"), a={})
    assert [d.message for d in found] == [
        'no value for "a.b" in "{{ a.b }}"',
        'no value for "c" in "{{ c }}"',
    ]
    assert str(found[1].at) == "letter.docx › word/document.xml › paragraph 2"


def test_missing_value_in_a_loop_names_the_turns() -> None:
    row = {"a": 1}
    body = p("{%p for r in rows %}") + p("{{ r.a }} {{ r.b }}") + p("{%p endfor %}")
    found = problems_of(body, rows=[row | {"b": 2}, row, row])
    assert [d.message for d in found] == ['no value for "r.b" in "{{ r.b }}", in turn 2, 3 of its loop']


def test_missing_value_in_nested_loops_names_the_turn_of_each() -> None:
    body = p("{% for r in rows %}{% for c in r %}{{ c.b }}{% endfor %}{% endfor %}")
    found = problems_of(body, rows=[[{"b": 1}], [{"b": 1}, {"c": 1}]])
    assert [d.message for d in found] == ['no value for "c.b" in "{{ c.b }}", in turn 2.2 of its loop']


def test_unknown_filter_is_named_with_its_tag() -> None:
    assert [d.message for d in problems_of(p("{{ a | nope }}"), a=1)] == [
        'there is no filter "nope", in "{{ a | nope }}"'
    ]


def test_group_of_values_as_text_is_an_error() -> None:
    assert [d.code for d in problems_of(p("{{ a }}!"), a={"b": 1})] == ["value-unusable"]


def test_document_without_tags_keeps_its_bytes() -> None:
    template, _ = compile_template(word(p("plain")))
    assert template is not None
    first, _ = template.fill({})
    second, _ = template.fill({})
    assert first == second


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=200))
def test_any_text_survives(value: str) -> None:
    expected = value.replace("\u2028", "\n").replace("\ufffe", "").replace("\uffff", "")
    chunks, _ = _sentence_template().fill({"x": value})
    assert chunks is not None
    assert word_texts(b"".join(chunks)) == [f"<{expected}>"]


@lru_cache(maxsize=1)
def _sentence_template():  # type: ignore[no-untyped-def]
    return compile_template(word(p("<{{ x }}>")))[0]


def test_control_characters_and_lone_surrogates_are_dropped() -> None:
    assert filled(p("{{ x }}."), x="a\x00\x0c\ud800b\x1f") == ["ab."]


def test_places_in_tables_name_table_row_and_column_and_do_not_count_among_the_paragraphs_of_the_text() -> (
    None
):
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p/></w:tc>'
    body = p("one") + tbl(tr("a", "b")) + tbl(tr("a", "b"), tr(wide, "{{ x }}"), columns=3) + p("{{ y }}")
    assert [str(d.at).partition("document.xml › ")[2] for d in problems_of(body)] == [
        "table 2 › row 2, column 3 › paragraph 1",
        "paragraph 2",
    ]


@pytest.mark.parametrize("source", [word(p("Dear {{ x }}")), deck({"title": "{{ x }}"})])
def test_characters_that_were_left_out_are_told(source: bytes) -> None:
    for value, told in (("a\x07b", True), ("a\ud800", True), ("a\tb\nc é—", False)):
        made, found = fill(source, {"x": value}, file="letter")
        assert made is not None
        assert [d.code for d in found] == (["characters-left-out"] if told else [])
    assert "'a\\x07b' holds" in fill(source, {"x": "a\x07b"}, file="letter")[1][0].message


@pytest.mark.parametrize(
    ("tag", "hint"),
    [
        ("{% if a = 1 %}x{% endif %}", 'write "==" to compare'),
        ("{{ a && b }}", 'write "and"'),
        ("{{ a | default: 'x' }}", "write what a filter takes in brackets: default(…)"),
        ("{{ Client Name }}", "a name has no blanks: prospect.name, client_name"),
        (
            "{{#if a}}x",
            "a loop is written {% for item in list %}, a condition {% if … %}, their ends {% endfor %}, {% endif %}",
        ),
    ],
)
def test_what_is_written_as_elsewhere_is_told_how_to_write(tag: str, hint: str) -> None:
    assert [d.hints for d in problems_of(p(tag))] == [(hint,)]


@pytest.mark.parametrize("tag", ["{{ a’s }}", '{{ "x }}'])
def test_quotation_mark_without_its_partner_is_named(tag: str) -> None:
    (found,) = problems_of(p(tag))
    assert found.message == f'the tag "{tag}" has a quotation mark without its partner'


def test_text_that_is_no_date_is_told_how_one_is_written() -> None:
    (found,) = problems_of(p("{{ a | date }}"), a="31.05.2026")
    assert found.message.endswith('the text "31.05.2026" is not a date such as 2026-05-31')
