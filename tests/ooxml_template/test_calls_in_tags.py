"""What slot, block and chart give is no text: a tag that would print it is refused with its place."""

from __future__ import annotations

import pytest
from template_builders import deck, image, p, problems_of, tbl, tr

from collateral.ooxml import compile_template

CHART = {"categories": ["a"], "series": [{"name": "s", "values": [1]}]}


@pytest.mark.parametrize(
    "text",
    [
        "See {{ chart(x) }}.",
        "{{ chart(x) }}",
        "{{p chart(x) }}",
        "{{ chart(x) | upper }}",
        "{% if chart(x) %}a{% endif %}",
    ],
)
def test_chart_in_running_text_is_refused_with_its_place(text: str) -> None:
    found = problems_of(p("first") + p(text), x="a text that could be printed")
    assert [d.code for d in found] == ["tag-misplaced"]
    assert "chart" in found[0].message
    assert "alt text" in found[0].hints[0]
    assert str(found[0].at) == "letter.docx › word/document.xml › paragraph 2"


def test_chart_in_the_text_of_a_slide_is_refused_with_its_shape() -> None:
    _, found = compile_template(deck({"boxes": {"Note": "{{ chart(x) }}"}}), file="pitch.pptx")
    assert [(d.code, d.at.slide, d.at.shape) for d in found] == [("tag-misplaced", 1, "Note")]


@pytest.mark.parametrize(
    "text", ["{{ slot('a') | upper }}", "{% if slot('a') %}x{% endif %}", "{{ slot(x) }}"]
)
def test_content_inside_of_something_else_is_refused(text: str) -> None:
    assert [d.code for d in problems_of(p(text), x="a")] == ["tag-misplaced"]


@pytest.mark.parametrize("value", [{"a": 1}, CHART, [{"a": 1}]])
@pytest.mark.parametrize("body", [p("{{ x }}"), p("See {{ x }} here"), tbl(tr("{{ x }}", "b"))])
def test_group_of_values_is_not_printed(value: object, body: str) -> None:
    found = problems_of(body, x=value)
    assert [d.code for d in found] == ["value-unusable"]
    assert '"{{ x }}"' in found[0].message


def test_pictures_in_a_list_between_words_are_not_printed() -> None:
    assert [d.code for d in problems_of(p("See {{ x }} here"), x=[image()])] == ["value-unusable"]
