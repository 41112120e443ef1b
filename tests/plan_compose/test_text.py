"""Tags in blocks become text, and only text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collateral.expressions import Formats
from collateral.model import content as c
from collateral.plan.text import Filler
from collateral.plan.words import word


def filler(**scope: object) -> Filler:
    return Filler(scope, Formats("en", "EUR"))


def paragraph(*inlines: c.Inline) -> c.Paragraph:
    return c.Paragraph(inlines, list="bullet")


def tag(expression: str) -> c.Field:
    return c.Field(expression, c.Run("", bold=True))


def texts(nodes: c.Nodes) -> list[str]:
    return [c.plain_text(node.inlines) for node in nodes if isinstance(node, c.Paragraph)]


def test_value_takes_the_look_of_its_tag() -> None:
    runs = filler(prospect={"name": "Van Dijk"}).inlines((c.Run("For "), tag("prospect.name")))
    assert runs == (c.Run("For "), c.Run("Van Dijk", bold=True))


def test_missing_value_is_an_error_that_says_what_to_add() -> None:
    fill = filler(prospect={})
    assert fill.nodes((paragraph(tag("prospect.fleet_size")),)) == ()
    assert [(d.code, d.message) for d in fill.problems] == [
        ("missing-value", "no value for 'prospect.fleet_size'")
    ]
    assert "add 'fleet_size' to the profile" in fill.problems[0].hints[0]


def test_tag_whose_filters_leave_nothing_may_be_given_a_default() -> None:
    fill = filler(prospect={"fee": {}})
    assert fill.nodes((paragraph(tag("prospect.fee | money")),)) == ()
    (problem,) = fill.problems
    assert problem.message == "no value for 'prospect.fee | money'"
    assert problem.hints == ("write '{{ prospect.fee | money | default(…) }}'",)


def test_default_stands_in_for_what_is_missing() -> None:
    fill = filler(prospect={})
    assert texts(fill.nodes((paragraph(tag("prospect.name | default('you')")),))) == ["you"]
    assert fill.problems == []


def test_list_alone_in_a_bullet_becomes_one_bullet_an_item() -> None:
    fill = filler(steps=["measure", "pilot"])
    assert texts(fill.nodes((paragraph(tag("steps")),))) == ["measure", "pilot"]


def test_empty_value_alone_in_a_bullet_leaves_no_bullet() -> None:
    assert filler(steps=[], note="").nodes((paragraph(tag("steps")), paragraph(tag("note")))) == ()


def test_false_condition_leaves_nothing() -> None:
    inside = c.InlineIf((("sites > 3", (c.Run("many sites"),)),))
    assert filler(sites=2).nodes((paragraph(inside),)) == ()


def test_condition_on_what_is_unknown_takes_the_else_branch() -> None:
    either = c.InlineIf((("prospect.sites", (c.Run("known"),)), (None, (c.Run("unknown"),))))
    assert texts(filler(prospect={}).nodes((paragraph(either),))) == ["unknown"]


def test_loop_over_whole_nodes_sees_each_item() -> None:
    loop = c.For("step", "steps", (paragraph(tag("loop.index"), c.Run(". "), tag("step.what")),))
    fill = filler(steps=[{"what": "measure"}, {"what": "pilot"}])
    assert texts(fill.nodes((loop,))) == ["1. measure", "2. pilot"]


def test_loop_over_no_list_is_an_error() -> None:
    fill = filler(steps="measure")
    fill.nodes((c.For("step", "steps", (paragraph(tag("step")),)),))
    assert [d.code for d in fill.problems] == ["loop-over-no-list"]


def test_runaway_loop_is_refused() -> None:
    fill = filler(steps=list(range(5_000)))
    assert fill.nodes((c.For("s", "steps", (paragraph(tag("s")),)),)) == ()
    assert [d.code for d in fill.problems] == ["loop-too-long"]


def test_numbers_are_written_in_the_language() -> None:
    dutch = Filler({"value": {"saving": Decimal("215519.475")}}, Formats("nl", "EUR"))
    text = c.plain_text(dutch.inlines((tag("value.saving | money"),)))
    assert text.replace("\u00a0", " ") == "€ 215.519"


def test_group_of_values_is_an_error_with_its_tag_wherever_it_stands() -> None:
    from collateral.plan.patterns import fill_pattern

    filler_ = filler(deal={"value": 5}, people=[{"name": "Els"}])
    assert filler_.nodes((paragraph(c.Run("a "), tag("deal")), paragraph(tag("people")))) == (
        paragraph(c.Run("a ")),
    )
    assert fill_pattern("for {{ deal }}", filler_) == "for "
    assert [d.message for d in filler_.problems] == [
        "a group of values is not text in '{{ deal }}'",
        "a group of values is not text in '{{ people }}'",
        "a group of values is not text in '{{ deal }}'",
    ]


def test_chart_with_a_group_for_a_title_is_an_error() -> None:
    filler_ = filler(deal={"value": 5})
    filler_.nodes((chart(categories=["a"], series=[{"name": "x", "values": [1]}], title="{{ deal }}"),))
    assert [d.code for d in filler_.problems] == ["bad-value"]


def test_picture_tag_takes_a_picture_and_nothing_else() -> None:
    logo = c.Picture("prospects/logos/x.svg", "Van Dijk")
    node = c.Picture("{{ prospect.logo }}", "")
    assert filler(prospect={"logo": logo}).nodes((node,)) == (logo,)
    hostile = filler(prospect={"logo": "../../etc/passwd"})
    assert hostile.nodes((node,)) == ()
    assert [d.code for d in hostile.problems] == ["not-a-picture"]


@given(st.text(min_size=1).filter(lambda s: s.strip()))
def test_any_text_is_data_never_a_tag_or_markup(text: str) -> None:
    fill = filler(prospect={"name": text})
    assert texts(fill.nodes((paragraph(tag("prospect.name")),))) == [text]
    assert fill.problems == []


def chart(**data: object) -> c.ChartSource:
    return c.ChartSource(tuple(data.items()))


def test_chart_takes_its_data_from_values() -> None:
    source = chart(
        kind="line", categories="{{ q }}", series=[{"name": "Saved by {{ who }}", "values": "{{ saved }}"}]
    )
    (made,) = filler(q=["Q1", "Q2"], who="Van Dijk", saved=[1, Decimal("2.5")]).nodes((source,))
    assert made == c.Chart("line", ("Q1", "Q2"), (c.Series("Saved by Van Dijk", (1, Decimal("2.5"))),))


def test_chart_has_titles_at_its_axes() -> None:
    source = chart(series=[1, 2], category_title="{{ unit }}", value_title="Hours")
    (made,) = filler(unit="Quarter").nodes((source,))
    assert isinstance(made, c.Chart)
    assert (made.category_title, made.value_title) == ("Quarter", "Hours")


def test_chart_takes_series_by_name_and_data_in_rows() -> None:
    wanted = c.Chart("column", ("Q1", "Q2"), (c.Series("Old", (1, 2)), c.Series("New", (3, 4))))
    by_name = chart(categories=["Q1", "Q2"], series={"Old": "{{ old }}", "New": [3, 4]})
    rows = chart(data="{{ rows }}")
    table = [["", "Old", "New"], ["Q1", 1, 3], ["Q2", 2, 4]]
    assert filler(old=[1, 2], rows=table).nodes((by_name, rows)) == (wanted, wanted)


def test_chart_with_a_text_among_its_numbers_is_an_error() -> None:
    fill = filler()
    assert fill.nodes((chart(categories=["a"], series=[{"name": "s", "values": ["=1+1"]}]),)) == ()
    assert [d.code for d in fill.problems] == ["chart-value-not-a-number", "chart-without-data"]


def test_ragged_chart_is_an_error() -> None:
    fill = filler()
    assert fill.nodes((chart(categories=["a", "b"], series=[{"name": "s", "values": [1]}]),)) == ()
    assert [d.code for d in fill.problems] == ["ragged-chart"]


def numbered(inline: c.Inline, *, start: int | None = 1) -> c.Paragraph:
    return c.Paragraph((inline,), list="number", start=start)


def starts(nodes: c.Nodes) -> list[int | None]:
    return [node.start for node in nodes if isinstance(node, c.Paragraph) and node.list]


def test_list_alone_in_a_numbered_item_counts_on() -> None:
    fill = filler(steps=["measure", "pilot", "roll out"])
    assert starts(fill.nodes((numbered(tag("steps")),))) == [1, None, None]


def test_numbered_items_that_are_the_turns_of_a_loop_count_on() -> None:
    loop = c.For("x", "steps", (numbered(tag("x")),))
    assert starts(filler(steps=["a", "", "b", "c"]).nodes((loop,))) == [1, None, None]


def test_numbered_list_behind_something_else_starts_over_in_every_turn() -> None:
    loop = c.For(
        "x",
        "steps",
        (c.Paragraph((tag("x"),)), numbered(c.Run("one")), numbered(c.Run("two"), start=None)),
    )
    assert starts(filler(steps=["a", "b"]).nodes((loop,))) == [1, None, 1, None]


@pytest.mark.parametrize(
    ("language", "words"),
    [("ja", "出典"), ("ar-EG", "المصدر"), ("de", "Quelle"), ("zh-Hant", "來源"), ("xx", "Source")],
)
def test_line_below_a_claim_is_in_the_language_of_the_piece(language: str, words: str) -> None:
    assert word("source", language) == words
    assert word("facts", language) == "What we know"
