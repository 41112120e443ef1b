"""if, for, set and the cell directives: what they govern, and what they leave behind."""

from __future__ import annotations

import pytest
from template_builders import filled, p, problems_of, tbl, tc, tr, word

from collateral.ooxml import fill

ROWS = [{"a": 1, "b": 2}, {"a": 3, "b": 4}]


def test_inline_condition_keeps_the_look_of_what_stays() -> None:
    body = p("a {% if x %}", "*b{{ x }}", "c{% else %}d", "e{% endif %} f")
    assert filled(body, x="X") == ["a bXc f"]
    assert filled(body, x="") == ["a de f"]


def test_paragraph_directive_takes_its_own_paragraph_with_it() -> None:
    body = p("{%p if x %}") + p("one") + p("{%p else %}") + p("two") + p("{%p endif %}") + p("end")
    assert filled(body, x=True) == ["one", "end"]
    assert filled(body, x=False) == ["two", "end"]


def test_directives_alone_in_their_paragraphs_need_no_prefix() -> None:
    body = p("{% for i in xs %}") + p("- {{ i }} {{ loop.index }}/{{ loop.length }}") + p("{% endfor %}")
    assert filled(body, xs=["a", "b"]) == ["- a 1/2", "- b 2/2"]


def test_row_directives_in_rows_of_their_own() -> None:
    rows = (tr("{%tr for r in rows %}", ""), tr("{{ r.a }}", "{{ r.b }}"), tr("{%tr endfor %}", ""))
    assert filled(tbl(tr("A", "B"), *rows), rows=ROWS) == [["A", "B"], ["1", "2"], ["3", "4"]]


def test_loop_from_first_to_last_cell_repeats_the_row() -> None:
    body = tbl(tr("{% for r in rows %}{{ r.a }}", "{{ r.b }}{% endfor %}"))
    assert filled(body, rows=ROWS) == [["1", "2"], ["3", "4"]]


def test_column_directive_repeats_cells() -> None:
    body = tbl(tr("{%tc for c in cs %}", "{{ c }}", "{%tc endfor %}"), columns=3)
    assert filled(body, cs=["x", "y"]) == [["x", "y"]]


def test_loops_nest_across_levels() -> None:
    inner = tc(p("{%p for i in g.all %}"), p("{{ i }}"), p("{%p endfor %}"))
    body = tbl(tr("{%tr for g in gs %}", ""), tr("{{ g.n }}", inner), tr("{%tr endfor %}", ""))
    assert filled(body, gs=[{"n": "A", "all": [1, 2]}, {"n": "B", "all": []}]) == [["A", "1¶2"], ["B", ""]]


def test_condition_may_span_paragraphs_with_text() -> None:
    body = p("A {% if x %}b") + p("c {% endif %}D")
    assert filled(body, x=1) == ["A b", "c D"]
    assert filled(body, x=0) == ["A D"]


def test_trimming_tags_join_paragraphs() -> None:
    body = "".join(p(t) for t in ("My house is ", "{%- if x -%}", "in town", "{%- endif -%}", " and nice."))
    assert filled(body, x=1) == ["My house is in town and nice."]


def test_for_with_condition_else_and_several_names() -> None:
    assert filled(p("{% for x in xs if x > 1 %}{{ x }},{% endfor %}."), xs=[1, 2, 3]) == ["2,3,."]
    assert filled(p("{% for x in xs %}{{ x }}{% else %}none{% endfor %}"), xs=[]) == ["none"]
    assert filled(p("{% for k, v in d.items() %}{{ k }}={{ v }};{% endfor %}"), d={"a": 1}) == ["a=1;"]


def test_set_gives_a_name_to_a_value() -> None:
    assert filled(p("{%p set t = 3 %}") + p("{{ t * 2 }}")) == ["6"]


def test_colspan_and_cell_background_are_written_into_the_cell() -> None:
    made, _ = fill(word(tbl(tr("{% colspan n %}{% cellbg c %}x"))), {"n": 2, "c": "FF0000"})
    assert made is not None
    from template_builders import member

    xml = member(made, "word/document.xml")
    assert '<w:gridSpan w:val="2"/><w:shd w:val="clear" w:color="auto" w:fill="FF0000"/>' in xml


def test_cells_merge_down_a_loop() -> None:
    rows = (tr("{%tr for i in xs %}", ""), tr("{% vm %}all", "{{ i }}"), tr("{%tr endfor %}", ""))
    assert filled(tbl(*rows), xs=[1, 2]) == [["all", "1"], ["", "2"]]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (p("{% if x %}a"), "tag-not-closed"),
        (p("a{% endif %}"), "tag-not-opened"),
        (p("{% if x %}{% for i in x %}{% endif %}{% endfor %}"), "tags-crossed"),
        (p("{{ x "), "tag-not-closed"),
        (p("{% include 'x' %}"), "unknown-directive"),
        (p("{{ x | nofilter }}"), "unknown-filter"),
        (p("{% for x %}{% endfor %}"), "expression-syntax"),
        (p("{%tr if x %}") + p("{%tr endif %}"), "tag-misplaced"),
        (p("{%p if x %} lost") + p("b") + p("{%p endif %}"), "text-beside-directive"),
        (tbl(tr("{%tr for x in xs %}", "kept")) + p("{%tr endfor %}"), "tag-misplaced"),
    ],
)
def test_broken_directives_are_refused_with_their_place(body: str, code: str) -> None:
    found = problems_of(body, x=1)
    assert code in [d.code for d in found]
    assert all(d.at is not None for d in found)


def test_all_broken_tags_are_named_in_one_run() -> None:
    found = problems_of(p("{{ a b }}") + p("{% if x %}") + p("{{ y | nofilter }}"))
    assert len(found) == 3


def test_text_beside_a_row_directive_is_not_lost() -> None:
    body = tbl(tr("{%tr for r in rows %}", "kept"), tr("{{ r.a }}", ""), tr("{%tr endfor %}", ""))
    found = problems_of(body, rows=ROWS)
    assert [d.code for d in found] == ["text-beside-directive"]
    assert '"kept"' in found[0].message


def test_loop_over_something_that_is_no_list_is_an_error() -> None:
    found = problems_of(p("{% for x in s %}{{ x }}{% endfor %}"), s="text")
    assert found[0].message == '"{% for x in s %}": a loop needs a list, not "text"'


@pytest.mark.parametrize("pairs", [["ab"], [1, 2], [[1, 2, 3]], [{"k": 1, "v": 2}]])
def test_loop_with_two_names_over_what_are_no_pairs_is_an_error(pairs: list[object]) -> None:
    (found,) = problems_of(p("{% for k, v in pairs %}{{ k }}{% endfor %}"), pairs=pairs)
    assert found.message.startswith(
        '"{% for k, v in pairs %}": a loop with 2 names needs lists of 2 values, not "'
    )


def test_runaway_loops_are_stopped() -> None:
    body = p("{% for a in xs %}{% for b in xs %}{% for c in xs %}x{% endfor %}{% endfor %}{% endfor %}")
    assert [d.code for d in problems_of(body, xs=list(range(200)))] == ["piece-too-large"]


def test_grid_of_a_table_grows_with_its_columns() -> None:
    made, _ = fill(
        word(tbl(tr("{%tc for c in cs %}", "{{ c }}", "{%tc endfor %}", "end"), columns=4)), {"cs": [1, 2, 3]}
    )
    assert made is not None
    from template_builders import member

    assert member(made, "word/document.xml").count("<w:gridCol ") == 4


def test_value_that_takes_a_paragraph_may_not_have_text_beside_it() -> None:
    assert [d.code for d in problems_of(p("x {{p a }}"), a=1)] == ["text-beside-directive"]


def test_dashes_take_away_the_blanks_beside_an_inline_tag() -> None:
    assert filled(p("a {%- if x -%} b {%- endif -%} c", "  {{- x }} d {{ x -}} "), x=1) == ["abc1 d 1"]
    assert filled(p("a {{ x -}}  {{- x }} b"), x=1) == ["a 11 b"]


@pytest.mark.parametrize("second", ["{% else %}", "{% elif y %}"])
def test_nothing_may_follow_an_else(second: str) -> None:
    found = problems_of(p("{% if x %}a{% else %}b" + second + "c{% endif %}"), x=1, y=1)
    assert [d.code for d in found] == ["tag-misplaced"]
    assert second in found[0].message
