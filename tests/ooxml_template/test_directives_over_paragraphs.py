"""Directives that open in one paragraph and close in another, and what stands beside them there."""

from __future__ import annotations

import pytest
from template_builders import filled, p, problems_of, tbl, tc, tr, word, word_texts

from collateral.ooxml import fill

PAGE_BREAK = '<w:r><w:br w:type="page"/></w:r>'


def _with_break(paragraph: str) -> str:
    return paragraph.replace("</w:p>", f"{PAGE_BREAK}</w:p>")


def _breaks(body: str, **data: object) -> int:
    made, problems = fill(word(body), data, file="letter.docx")
    assert made is not None, [d.message for d in problems]
    return "".join(str(t) for t in word_texts(made)).count("\n")


BODIES = {
    "text before": (("a {% if x %}", "b", "{% endif %}", "z"), ["a ", "b", "z"], ["a ", "z"]),
    "text behind": (("{% if x %}", "b", "{% endif %} c", "z"), ["b", " c", "z"], [" c", "z"]),
    "text before and behind": (("a{% if x %}", "b", "{% endif %}c", "z"), ["a", "b", "c", "z"], ["ac", "z"]),
    "text in the opening": (("{% if x %}a", "b", "{% endif %}", "z"), ["a", "b", "z"], ["z"]),
    "text in the end": (("{% if x %}", "b{% endif %}", "z"), ["b", "z"], ["z"]),
    "text in the end and behind it": (("{% if x %}", "b{% endif %}c", "z"), ["", "bc", "z"], ["c", "z"]),
    "an else beside text": (("{% if x %}", "a{% else %}", "b{% endif %}", "z"), ["a", "z"], ["b", "z"]),
    "an else before text": (("{% if x %}", "a", "{% else %}b{% endif %}", "z"), ["a", "z"], ["b", "z"]),
    "an else of its own": (("{% if x %}a", "{% else %}", "b{% endif %}c"), ["a", "c"], ["", "bc"]),
    "two in a paragraph": (
        ("{% if x %}a{% endif %}{% if not x %}", "b", "{% endif %}c", "z"),
        ["ac", "z"],
        ["", "b", "c", "z"],
    ),
    "one in another": (
        ("{% if true %}{% if x %}", "a", "{% endif %}", "b{% endif %}c"),
        ["", "a", "bc"],
        ["", "bc"],
    ),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_condition_may_open_and_close_beside_text(name: str) -> None:
    texts, kept, dropped = BODIES[name]
    body = "".join(map(p, texts))
    assert filled(body, x=True) == kept
    assert filled(body, x=False) == dropped


def test_a_loop_may_open_and_close_beside_text() -> None:
    behind = p("{% for x in xs %}") + p("{{ x }}{% endfor %}")
    before = p("{{ n }}:{% for x in xs %}") + p("{{ x }}") + p("{% endfor %}")
    assert filled(behind + p("z"), xs=[1, 2]) == ["1", "2", "z"]
    assert filled(before + p("z"), n="N", xs=[1, 2]) == ["N:", "1", "2", "z"]


def test_a_cell_keeps_a_paragraph_when_all_of_a_loop_beside_text_goes() -> None:
    body = tbl(tr(tc(p("{% for x in xs %}{{ x }}"), p("{% endfor %}")), "k"))
    assert filled(body, xs=[1, 2]) == [["1¶2", "k"]]
    assert filled(body, xs=[]) == [["", "k"]]


def test_a_page_break_beside_a_condition_is_kept() -> None:
    body = p("a") + _with_break(p("{% if x %}")) + p("b") + p("{% endif %}")
    assert _breaks(body, x=True) == 1
    assert _breaks(body, x=False) == 0


def test_a_page_break_is_something_a_condition_shows() -> None:
    body = p("a") + _with_break(p("{% if x %}")).replace("</w:p>", p("{% endif %}")[5:])
    assert _breaks(body, x=True) == 1
    assert filled(body, x=False) == ["a"]


def test_a_page_break_beside_a_paragraph_directive_is_refused() -> None:
    body = _with_break(p("{%p if x %}")) + p("b") + p("{%p endif %}")
    assert "would delete what is beside it" in problems_of(body, x=True)[0].message


def test_what_is_set_beside_a_directive_that_takes_its_paragraph_or_row_is_kept() -> None:
    loop = p("{%p for x in xs %}{% set y = x + 1 %}") + p("{{ y }}") + p("{%p endfor %}")
    assert filled(loop, xs=[1, 2]) == ["2", "3"]
    before = p("{% set n = 2 %}{%p for x in range(n) %}") + p("{{ x }}") + p("{%p endfor %}")
    assert filled(before) == ["0", "1"]
    rows = (
        tr("{%tr for x in xs %}{% set y = x + 1 %}", ""),
        tr("{{ x }}", "{{ y }}"),
        tr("{%tr endfor %}", ""),
    )
    assert filled(tbl(*rows), xs=[1, 2]) == [["1", "2"], ["2", "3"]]


def test_rows_that_only_set_something_or_hold_a_comment_go() -> None:
    rows = (
        tr("{#tr the lanes #}", ""),
        tr("{%tr for x in xs %}", ""),
        tr("{%tr set y = x + 1 %}", ""),
        tr("{{ x }}", "{{ y }}"),
        tr("{%tr endfor %}", ""),
        tr("{#tr totals #}sum", "3"),
    )
    assert filled(tbl(*rows), xs=[1, 2]) == [["1", "2"], ["2", "3"], ["sum", "3"]]


def test_text_beside_a_row_that_sets_something_is_refused() -> None:
    problems = problems_of(tbl(tr("{%tr set y = 1 %}", "text"), tr("{{ y }}", "")))
    assert problems[0].message == '"{%tr set y = 1 %}" would delete the text beside it: "text"'


def test_an_outer_loop_may_go_by_a_name_of_its_own() -> None:
    body = p(
        "{% for g in gs %}{% set outer = loop %}{% for x in g %}{{ outer.index }}.{{ loop.index }}"
        "{% if not outer.last %},{% endif %} {% endfor %}{% endfor %}"
    )
    assert filled(body, gs=[["a", "b"], ["c"]]) == ["1.1, 1.2, 2.1 "]
