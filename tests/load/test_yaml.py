"""The YAML reader: YAML 1.2 values, a place for everything, nothing that can explode."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collateral.diagnostics import Span
from collateral.markdown.yaml import read_yaml


def value(text: str) -> object:
    yaml, found = read_yaml(text, "f.yaml")
    assert yaml is not None and found == []
    return yaml.value


def codes(text: str) -> list[str]:
    return [d.code for d in read_yaml(text, "f.yaml")[1]]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
        ("0o17", 15),
        ("0x1F", 31),
        ("1_000", "1_000"),
        ("12:30:45", "12:30:45"),
        ("3.10", Decimal("3.10")),
        ("1e3", Decimal("1e3")),
        ("2026-03-01", date(2026, 3, 1)),
        ("2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z"),
        ('"2026-03-01"', "2026-03-01"),
        ("'12'", "12"),
        ("+31 10 555 0100", "+31 10 555 0100"),
    ],
)
def test_plain_words_are_read_as_yaml_1_2_reads_them(written: str, read: object) -> None:
    assert value(f"key: {written}") == {"key": read}


def test_keys_are_text_whatever_they_look_like() -> None:
    assert value("no: 1\n2026: 2\nnull: 3") == {"no": 1, "2026": 2, "null": 3}


def test_every_key_and_value_knows_its_line_and_column() -> None:
    yaml, _ = read_yaml("a:\n  b: [x, yy]\n", "f.yaml", first_line=3)
    assert yaml is not None
    assert yaml.key_span("a.b") == Span("f.yaml", 4, 3, 4, 4)
    assert yaml.span("a.b.1") == Span("f.yaml", 4, 10, 4, 12)
    assert yaml.table()["a.b.1"] == yaml.span("a.b.1")


def test_a_place_that_is_not_there_falls_back_on_what_contains_it() -> None:
    yaml, _ = read_yaml("a:\n  b: 1\n", "f.yaml")
    assert yaml is not None and yaml.span("a.c.d") == yaml.key_span("a")


def test_duplicate_key_names_both_places_and_reading_goes_on() -> None:
    yaml, found = read_yaml("a: 1\nb: 2\na: 3\nb: 4\n", "f.yaml")
    assert yaml is not None and yaml.value == {"a": 1, "b": 2}
    assert [(d.code, d.at.line) for d in found if isinstance(d.at, Span)] == [
        ("duplicate-key", 3),
        ("duplicate-key", 4),
    ]
    assert found[0].notes[0][1] == Span("f.yaml", 1, 1, 1, 2)


def test_anchors_work_in_moderation() -> None:
    assert value("a: &x [1, 2]\nb: *x") == {"a": [1, 2], "b": [1, 2]}


def test_billion_laughs_are_refused() -> None:
    levels = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    levels += [f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]" for n in range(9)]
    assert codes("\n".join(levels)) == ["too-many-aliases"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: *missing", "unknown-anchor"),
        ("a: &a [*a]", "unknown-anchor"),
        ("<<: {a: 1}", "merge-key"),
        ("a: !!python/object:os.system x", "yaml-tag"),
        ("a: !custom x", "yaml-tag"),
        ("a:\n\tb: 1", "tab-indentation"),
        ("a: b: c", "yaml-syntax"),
        ("a: [1, 2", "yaml-syntax"),
        ("a: 1\n---\nb: 2", "several-documents"),
        ("a: .inf", "not-a-number"),
        ("a: 1e99999", "number-too-large"),
        ("a: 2026-02-30", "no-such-date"),
        ("a: 02134", "leading-zero"),
        ("a: {{ prospect.name }}", "key-not-text"),
        ("a: \x01", "control-character"),
        ("[" * 5_000, "too-deep"),
    ],
)
def test_what_cannot_be_meant_is_said_with_a_place(text: str, code: str) -> None:
    _, found = read_yaml(text, "f.yaml")
    assert [d.code for d in found] == [code]
    assert isinstance(found[0].at, Span) and found[0].at.line is not None


def test_empty_text_is_nothing_and_no_error() -> None:
    assert value("") is None
    assert value("# only a comment\n") is None


_scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=20)
)
_values = st.recursive(
    _scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=4)
    ),
)


@settings(max_examples=60, deadline=None)
@given(_values)
def test_what_another_program_writes_as_json_is_read_back_exactly(data: object) -> None:
    import json

    assert value(json.dumps({"data": data}, ensure_ascii=False)) == {"data": data}


@settings(max_examples=80, deadline=None)
@given(st.text("ab:-[]{}&*!|>'\"#%@,?\n\t 0.~<", max_size=60))
def test_no_text_makes_it_raise(text: str) -> None:
    yaml, found = read_yaml(text, "f.yaml")
    assert yaml is not None or found


def test_place_in_an_empty_text_is_its_first_line() -> None:
    yaml, _ = read_yaml("", "a.md", first_line=2)
    assert yaml is not None and str(yaml.span("id")) == "a.md:2:1"
