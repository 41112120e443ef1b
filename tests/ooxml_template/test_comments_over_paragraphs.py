"""Comments that begin in one paragraph and end in a later one."""

from __future__ import annotations

import pytest
from template_builders import deck, filled, filled_deck, member, p, problems_of, slides_of, tbl, tc, tr, word

from collateral.ooxml import fill

GOING = {
    "whole paragraphs": ([p("{# why"), p("b"), p("#}")], []),
    "with text outside of it": ([p("a {# why"), p("b"), p("so #} c")], ["a ", " c"]),
    "in one paragraph and the next": ([p("{# why"), p("so #}")], []),
    "spread over runs": ([p("a", "{", "*# why"), p("so ", "*#", "} c")], ["a", " c"]),
    "values": ([p("{# why"), p("{{ missing }}"), p("#}")], []),
    "directives with their ends": (
        [
            p("{# {% if missing %}"),
            p("{%p for x in xs %}"),
            p("{{ x }}"),
            p("{%p endfor %}"),
            p("{% endif %} #}"),
        ],
        [],
    ),
    "tables": ([p("{# why"), tbl(tr("{{ missing }}", "b")), p("#}")], []),
    "two of them": ([p("{# one"), p("#} a {# two"), p("#}")], [" a "]),
    "in a cell": ([tbl(tr(tc(p("{# why"), p("b"), p("#}"), p("c")), "d"))], [["c", "d"]]),
    "all of a cell": ([tbl(tr(tc(p("{# why"), p("b"), p("#}")), "d"))], [["", "d"]]),
}


@pytest.mark.parametrize("name", GOING)
def test_all_between_the_ends_of_a_comment_goes(name: str) -> None:
    body, expected = GOING[name]
    assert filled(p("before") + "".join(body) + p("{{ x }}"), x="after") == ["before", *expected, "after"]


SECTION = "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>"
FIELD = '<w:p><w:r><w:t>%s</w:t></w:r><w:r><w:fldChar w:fldCharType="%s"/></w:r></w:p>'
REFUSED = {
    "without an end": [p("{# why"), p("b")],
    "another comment begins in it": [p("{# why"), p("{# b #}"), p("#}")],
    "a condition ends outside": [p("{# {% if x %}"), p("#}"), p("{% endif %}")],
    "a condition begins outside": [p("{% if x %}"), p("{# {% endif %}"), p("#}")],
    "an else of a condition outside": [
        p("{% if x %}"),
        p("{# why"),
        p("{% else %}"),
        p("#}"),
        p("{% endif %}"),
    ],
    "ends in a cell": [p("{# why"), tbl(tr("#}", "b")), p("#}")],
    "reaches from cell to cell": [tbl(tr("{# why", "#}"))],
    "a section ends in it": [p("{# why"), SECTION, p("#}")],
    "a field begins in it": [FIELD % ("{# why", "begin"), p("#}"), FIELD % ("b", "end")],
}


@pytest.mark.parametrize("name", REFUSED)
def test_comment_that_would_take_more_with_it_is_refused_with_its_place(name: str) -> None:
    found = problems_of("".join(REFUSED[name]), x=True)
    assert "tag-not-closed" in [d.code for d in found]
    refused = next(d for d in found if "{#" in d.message)
    assert "paragraph" in str(refused.at) and "ends in it" in refused.hints[-1]


def test_picture_beside_the_ends_and_a_bookmark_in_a_comment() -> None:
    picture = "<w:r><w:pict/></w:r>"
    mark = '<w:bookmarkStart w:id="%d" w:name="m%d"/>'
    ends = '<w:bookmarkEnd w:id="%d"/>'
    first = p("a {# why").replace("</w:p>", f"{picture}</w:p>")
    between = f"<w:p>{mark % (1, 1)}{ends % 1}{mark % (2, 2)}</w:p>"
    last = p("#} b").replace("<w:p>", f"<w:p>{picture}") + p("c").replace("</w:p>", f"{ends % 2}</w:p>")
    made, found = fill(word(first + between + last), {}, file="letter.docx")
    assert made is not None, [d.message for d in found]
    xml = member(made, "word/document.xml")
    assert "w:pict" not in xml
    assert ('w:name="m1"' in xml, 'w:name="m2"' in xml, xml.count("w:bookmarkEnd")) == (False, True, 1)


def test_comment_in_a_text_box_of_a_slide() -> None:
    made = filled_deck({"title": "T", "boxes": {"Box": "a {# why\n{{ missing }}\n#}\n{{ x }}"}}, x="b")
    assert slides_of(made) == [["T", "a ", "b"]]


def test_comment_from_box_to_box_is_refused() -> None:
    made, found = fill(deck({"boxes": {"One": "{# why", "Two": "#}"}}), {}, file="pitch.pptx")
    assert made is None
    assert [(d.code, str(d.at)) for d in found] == [
        ("tag-not-closed", 'pitch.pptx › slide 1 › "One" › paragraph 1')
    ]
