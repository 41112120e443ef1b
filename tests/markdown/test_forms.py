"""Fixtures: `title . input . expected`. The first word of a title names the piece when it is not a document."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collateral.diagnostics import Span
from collateral.markdown import parse_form, parse_form_cached
from collateral.markdown.stored import form_key
from collateral.model.content import Field, FormContent, Paragraph
from collateral.model.library import Form
from tests.markdown.dump import dump

FOLDER = Path(__file__).parent / "fixtures"
UPDATE = bool(os.environ.get("UPDATE_FIXTURES"))


def cases() -> list[tuple[str, int, str, str, str]]:
    found = []
    for file in sorted(FOLDER.glob("*.txt")):
        parts = file.read_text(encoding="utf-8").split("\n.\n")
        for number in range(0, len(parts) - 2, 3):
            found.append((file.name, number, parts[number].strip(), parts[number + 1], parts[number + 2]))
    return found


def parse(source: str, piece: str = "document", line: int = 1) -> str:
    content, found = parse_form(Form(piece, "full", source, line), file="f.md")
    return dump(content, found)


@pytest.mark.parametrize(
    ("file", "number", "title", "source", "expected"), cases(), ids=lambda v: v if isinstance(v, str) else ""
)
def test_fixture(file: str, number: int, title: str, source: str, expected: str) -> None:
    piece = title.partition(":")[0] if ":" in title else "document"
    got = parse(source + "\n", piece)
    if UPDATE and got != expected:
        parts = (FOLDER / file).read_text(encoding="utf-8").split("\n.\n")
        parts[number + 2] = got
        (FOLDER / file).write_text("\n.\n".join(parts), encoding="utf-8")
        return
    assert got == expected


def test_lines_count_from_where_the_form_begins_in_its_file() -> None:
    assert parse("one\n\ntwo {{ a\n }} {% if %}", line=40).splitlines() == [
        "p@40 one",
        "p@42 two {a}",
        'error 43:5 bad-directive: "if" needs a condition',
        'error 43:5 unclosed-directive: "{% if %}" is not closed',
    ]


def test_field_knows_its_exact_stretch() -> None:
    content, _ = parse_form(Form("email", "full", "Dear {{ contact.name }},\n", 7), file="f.md")
    paragraph = content.nodes[0]
    assert isinstance(paragraph, Paragraph) and isinstance(paragraph.inlines[1], Field)
    assert paragraph.inlines[1].at == Span("f.md", 7, 6, 7, 24)


def test_content_survives_pickling() -> None:
    content, _ = parse_form(
        Form("deck", "full", "## A {{ b }}\n- c\n\n```chart\nseries: []\n```\n", 1), file="f.md"
    )
    assert pickle.loads(pickle.dumps(content)) == content


def test_cached_form_is_the_parsed_one_and_needs_no_parser() -> None:
    import subprocess
    import sys

    form = Form("document", "full", "# A\n{{ b }} {% if %}\n", 3)
    store: dict[str, bytes] = {}
    first = parse_form_cached(form, file="f.md", store=store)
    assert first == parse_form(form, file="f.md")
    assert list(store) == [form_key(form, "f.md")]
    code = """
import sys
from collateral.markdown import parse_form_cached
from collateral.model.library import Form
store = eval(sys.stdin.read())
parse_form_cached(Form("document", "full", "# A\\n{{ b }} {% if %}\\n", 3), file="f.md", store=store)
print([m for m in ("markdown_it", "yaml") if m in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", code], input=repr(store), capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_damaged_cache_entry_is_parsed_again() -> None:
    form = Form("document", "full", "text\n", 1)
    store = {form_key(form, "f.md"): b"rubbish"}
    assert parse_form_cached(form, file="f.md", store=store) == parse_form(form, file="f.md")
    assert store[form_key(form, "f.md")] != b"rubbish"


def test_place_and_piece_are_part_of_the_key() -> None:
    form = Form("document", "full", "text\n", 1)
    others = [Form("email", "full", "text\n", 1), Form("document", "full", "text\n", 2)]
    assert len({form_key(f, "f.md") for f in (form, *others)} | {form_key(form, "g.md")}) == 4


@settings(max_examples=150, deadline=None)
@given(st.text("ab *_#-|`[]()!{}%:\"'\\\n>1.<&~", max_size=80), st.sampled_from(["deck", "document"]))
def test_no_text_makes_it_raise(source: str, piece: str) -> None:
    content, _ = parse_form(Form(piece, "full", source, 1), file="f.md")
    assert isinstance(content, FormContent)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn", "Z")), min_size=1, max_size=30))
def test_plain_words_between_tags_are_kept(word: str) -> None:
    escaped = "".join(f"\\{c}" if c.isascii() and not c.isalnum() else c for c in word)
    content, found = parse_form(Form("email", "full", f"x{escaped}x {{{{ a }}}}\n", 1), file="f.md")
    assert found == []
    assert dump(content, []) == f"p@1 x{word}x {{a}}"
