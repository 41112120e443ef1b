"""What diagnostics look like, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from collateral.diagnostics import Diagnostic, Place, Severity, Span
from collateral.diagnostics.formats import render, summary

SPAN = Span("prospects/p.yaml", 2, 11, 2, 17)
FOUND = Diagnostic(
    Severity.ERROR,
    "unknown-dimension-value",
    '"retial" is not a value of industry',
    SPAN,
    ('did you mean "retail"?',),
    (("the dimension", Span("collateral.yaml", 4, 3)),),
)
IN_DECK = Diagnostic.warning(
    "missing-value", "no name", Place("m.pptx", slide=3, shape="Title 1", paragraph=2)
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "prospects").mkdir()
    (tmp_path / "prospects/p.yaml").write_text("name: N\nindustry: retial\n")
    return tmp_path


def test_text_shows_the_line_and_points_at_the_place(root: Path) -> None:
    assert render([FOUND], root=root).splitlines() == [
        'error[unknown-dimension-value]: "retial" is not a value of industry',
        "  --> prospects/p.yaml:2:11",
        "    |",
        "  2 | industry: retial",
        "    |           ^^^^^^",
        "  note: the dimension (collateral.yaml:4:3)",
        '  help: did you mean "retail"?',
        "",
        "1 error",
    ]


def test_place_in_an_office_file_is_told_in_its_authors_words() -> None:
    assert '  --> m.pptx › slide 3 › "Title 1" › paragraph 2' in render([IN_DECK])


def test_colour_is_only_there_when_asked_for(root: Path) -> None:
    assert "\x1b[1;31merror[" in render([FOUND], root=root, color=True)
    assert "\x1b" not in render([FOUND], root=root)


def test_file_that_is_gone_or_binary_is_no_problem(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"\xff\xfe\x00\x01")
    for span in (Span("gone", 3, 1), Span("b", 1, 1), Span("b", 99, 5), Span("b", 1, 500)):
        assert render([Diagnostic.error("x", "y", span)], root=tmp_path).startswith("error[x]: y")


def test_values_cannot_steer_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("evil\x1b[2J\n")
    text = render([Diagnostic.error("x", "evil \x1b[2J", Span("f", 1, 1))], root=tmp_path)
    assert "\x1b" not in text


def test_caret_stands_under_wide_characters(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("名前: x\n")
    lines = render([Diagnostic.error("x", "y", Span("f", 1, 5, 1, 6))], root=tmp_path).splitlines()
    assert lines[4].index("^") == lines[3].index("x") + 2


def test_long_line_is_cut_around_the_place(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("a" * 500 + "HERE" + "b" * 500)
    lines = render([Diagnostic.error("x", "y", Span("f", 1, 501, 1, 505))], root=tmp_path).splitlines()
    start = lines[4].index("^")
    assert lines[3][start : start + 4] == "HERE" and len(lines[3]) < 130


def test_short_is_a_line_each() -> None:
    assert render([FOUND, IN_DECK], form="short").splitlines() == [
        'prospects/p.yaml:2:11: error: "retial" is not a value of industry [unknown-dimension-value]',
        'm.pptx › slide 3 › "Title 1" › paragraph 2: warning: no name [missing-value]',
    ]


def test_json_holds_everything() -> None:
    first, second = json.loads(render([FOUND, IN_DECK], form="json"))
    assert first["at"] == {
        "file": "prospects/p.yaml",
        "line": 2,
        "column": 11,
        "end_line": 2,
        "end_column": 17,
    }
    assert first["notes"] == [
        {"message": "the dimension", "at": {"file": "collateral.yaml", "line": 4, "column": 3}}
    ]
    assert second["at"] == {"file": "m.pptx", "slide": 3, "shape": "Title 1", "paragraph": 2}


def test_github_annotations_are_escaped() -> None:
    text = render([Diagnostic.error("x", "50% off\nnow", Span("a,b:c", 1, 2))], form="github")
    assert text == "::error file=a%2Cb%3Ac,title=x,line=1,col=2::50%25 off%0Anow"


def test_sarif_names_rules_and_regions() -> None:
    run = json.loads(render([FOUND, IN_DECK], form="sarif"))["runs"][0]
    assert [r["id"] for r in run["tool"]["driver"]["rules"]] == ["missing-value", "unknown-dimension-value"]
    result = run["results"][0]
    assert result["level"] == "error"
    assert result["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 2, "startColumn": 11, "endLine": 2, "endColumn": 17}  # fmt: skip


def test_nothing_found_prints_nothing_for_people_and_an_empty_list_for_programs() -> None:
    assert render([]) == "" and render([], form="short") == ""
    assert json.loads(render([], form="json")) == []
    assert json.loads(render([], form="sarif"))["runs"][0]["results"] == []


def test_summary_counts() -> None:
    assert summary([FOUND, FOUND, IN_DECK]) == "2 errors, 1 warning"
    assert summary([]) == "no problems"
