"""Mistakes people make, and the words they get: what is wrong, what is wanted, what was given."""

from __future__ import annotations

import pytest

from collateral.diagnostics.hints import one_of
from collateral.load.validate import check_file, shown
from collateral.markdown.yaml import read_yaml


def message(kind: str, text: str) -> str:
    yaml, found = read_yaml(text, "f.yaml")
    assert yaml is not None and found == []
    _, problems = check_file(yaml, kind)
    return "; ".join(f"{d.at} {d.message}" for d in problems)


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        (
            "workspace",
            "seller: Harborline",
            'f.yaml:1:9 "seller" must be a map of keys and values, not "Harborline"',
        ),
        ("workspace", "seller: {}", 'f.yaml:1:1 "name" is missing in "seller"'),
        ("workspace", "{}", 'f.yaml:1:1 "seller" is missing'),
        ("claims", "[a]", 'f.yaml:1:1 it must be a map of keys and values, not "[a]"'),
        (
            "claims",
            "a: {says: 1, permission: {name_customer: yes}}",
            'f.yaml:1:42 "name_customer" must be true or false, not "yes"',
        ),
        ("claims", "a: {says: ''}", 'f.yaml:1:11 "says" must not be empty, not ""'.replace(', not ""', "")),
        (
            "claims",
            "a: {says: s, expires: soon}",
            'f.yaml:1:23 "expires" must be a date such as 2027-06-30, not "soon"',
        ),
        ("lexicon", "rules: [{extends: x, message: m}]", 'f.yaml:1:19 "extends" cannot be "x"'),
        ("value-model", "outputs: {a: {unit: EUR}}", 'f.yaml:1:11 "formula" is missing in "outputs.a"'),
        (
            "template",
            "id: t\npiece: deck\nsections: [{title: x, slots: [cover]}]",
            'f.yaml:3:31 item 1 of "slots" must be a map of keys and values, not "cover"',
        ),
        (
            "template",
            "id: t\npiece: deck\nlimits: {slides: many}\nsections: []",
            'f.yaml:3:18 "slides" must be a whole number, not "many"',
        ),
        (
            "prospect",
            "name: N\nlanguage: english",
            'f.yaml:2:11 "language" must be a language code such as en, nl or pt-BR, not "english"',
        ),
        (
            "block",
            "id: B\nkind: k\ntitle: T",
            'f.yaml:1:5 "id" must be an id: small letters from a to z, digits and hyphens, not "B"',
        ),
    ],
)
def test_mistake_is_named_at_its_place(kind: str, text: str, said: str) -> None:
    assert message(kind, text) == said


def test_long_values_are_cut_and_kept_on_one_line() -> None:
    assert shown("a\nb") == '"a b"'
    assert len(shown("x" * 500)) == 60


def test_close_choices_are_suggested_and_few_ones_listed() -> None:
    assert one_of("retial", ["retail", "logistics"]) == ('did you mean "retail"?',)
    assert one_of("zzz", ["a", "b"]) == ("use one of a, b",)
    assert one_of("zzz", [f"value-{n}" for n in range(50)]) == ()
