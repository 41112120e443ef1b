"""Rules: three truth values, explained."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collateral.expressions import Expression, Unknown, evaluate, explain, is_unknown, parse, shortfalls

SCOPE: Mapping[str, object] = {
    "prospect": {
        "name": "Van Dijk",
        "fleet_size": 40,
        "stage": "evaluation",
        "needs": ["dwell-time", "labour-cost"],
        "empty": [],
        "blank": None,
        "rate": 0.1,
        "since": date(2026, 3, 1),
    },
    "as_of": date(2026, 6, 1),
}


def parsed(source: str) -> Expression:
    expression, problems = parse(source)
    assert expression is not None, problems
    return expression


def result(source: str, **definitions: str) -> object:
    found = evaluate(parsed(source), SCOPE, definitions={k: parsed(v) for k, v in definitions.items()})
    return "unknown" if is_unknown(found) else found


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("prospect.fleet_size >= 40", True),
        ("prospect.fleet_size > 40", False),
        ("prospect.trucks > 40", "unknown"),
        ("prospect.trucks > 40 and false", False),
        ("prospect.trucks > 40 or true", True),
        ("not prospect.trucks > 40", "unknown"),
        ("prospect.trucks == 1 or prospect.trucks != 1", "unknown"),
        ("prospect.blank == 1", "unknown"),
        ("known(prospect.trucks)", False),
        ("known(prospect.fleet_size)", True),
        ("prospect.trucks is defined", False),
        ("prospect.blank is none", True),
        ("prospect.trucks == none", True),
        ('"dwell-time" in prospect.needs', True),
        ('"x" in prospect.needs', False),
        ('"x" not in prospect.needs', True),
        ('"x" in prospect.empty', False),
        ('"x" in prospect.wishes', "unknown"),
        ("has(prospect.needs, 'dwell-time')", True),
        ('prospect.stage in ["evaluation", prospect.other]', True),
        ('prospect.stage in ["discovery", prospect.other]', "unknown"),
        ("prospect.trucks | default(3) == 3", True),
        ("prospect.short_name or prospect.name", "Van Dijk"),
        ("1 if prospect.trucks else 2", "unknown"),
        ("1 < prospect.fleet_size <= 40", True),
        ("100 < prospect.trucks < prospect.fleet_size", "unknown"),
        ('prospect.fleet_size == "40"', False),
        ('prospect.fleet_size > "x"', "unknown"),
        ("prospect.name > 3", "unknown"),
        ("prospect.name.first", "unknown"),
        ("prospect.rate + 0.2 == 0.3", True),
        ("as_of - prospect.since", 92),
        ("prospect.since < as_of", True),
        ("10 / 4", Decimal("2.5")),
        ("10 / 5", 2),
        ("-7 // 2", -4),
        ("-7 % 3", 2),
        ("-7.5 // 2", Decimal(-4)),
        ("1 / 0", "unknown"),
        ("2 ** 10", 1024),
        ("2 ** 100000", "unknown"),
        ("9 ** 60 ** 60", "unknown"),
        ("'a' * 1000000000", "unknown"),
        ("range(1000000000)", "unknown"),
        ("prospect.needs | length", 2),
        ("prospect.needs[0]", "dwell-time"),
        ("prospect.needs[7]", "unknown"),
        ("true + 1", "unknown"),
    ],
)
def test_rule_comes_to(source: str, expected: object) -> None:
    assert result(source) == expected
    assert type(result(source)) is type(expected)


def test_definitions_may_use_each_other() -> None:
    assert result("ready and 1 < 2", ready="late or false", late='prospect.stage == "evaluation"') is True


def test_definition_that_refers_to_itself_is_unknown_with_the_reason() -> None:
    found = evaluate(parsed("a"), {}, definitions={"a": parsed("b"), "b": parsed("a")})
    assert isinstance(found, Unknown) and found.reason == 'the definition "a" refers to itself'


def test_unknown_names_the_facts_that_would_have_to_be_known() -> None:
    found = evaluate(parsed("prospect.a > 1 and prospect.b.c > prospect.fleet_size"), SCOPE)
    assert isinstance(found, Unknown) and found.facts == ("prospect.a", "prospect.b.c")


TRUTHS = st.sampled_from(("true", "false", "u.x"))


@given(
    st.recursive(TRUTHS, lambda inner: st.tuples(inner, st.sampled_from(("and", "or")), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})") | inner.map(lambda s: f"(not {s})"), max_leaves=6)
)  # fmt: skip
@settings(max_examples=100, deadline=None)
def test_what_is_decided_without_a_fact_stays_so_whatever_the_fact_is(source: str) -> None:
    found = evaluate(parsed(source), {})
    for value in (True, False):
        later = evaluate(parsed(source), {"u": {"x": value}})
        assert is_unknown(found) or bool(found) is bool(later)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("prospect.fleet_size >= 100", ["prospect.fleet_size >= 100, it is 40"]),
        ("not prospect.fleet_size == 40", ["prospect.fleet_size != 40, it is 40"]),
        ("known(prospect.boss)", ["prospect.boss to be known"]),
        ("prospect.boss > 1", ["prospect.boss > 1, prospect.boss is not known"]),
        (
            'prospect.fleet_size > 50 and "x" in prospect.needs',
            ["prospect.fleet_size > 50, it is 40", '"x" in prospect.needs, it is ["dwell-time", "labour-cost"]'],
        ),
        ("prospect.fleet_size > 50 and prospect.a > 1 or prospect.fleet_size > 45", ["prospect.fleet_size > 45, it is 40"]),
        ('prospect.fleet_size > "x"', ['prospect.fleet_size > "x" cannot be told: the number "40" cannot be compared with the text "x"']),
        ("prospect.fleet_size > 1", []),
        ("big", ["prospect.fleet_size >= 500, it is 40"]),
    ],
)  # fmt: skip
def test_shortfalls_are_the_fewest_changes_in_words(source: str, expected: list[str]) -> None:
    definitions = {"big": parsed("prospect.fleet_size >= 500")}
    assert [str(s) for s in shortfalls(parsed(source), SCOPE, definitions=definitions)] == expected


def test_explanation_opens_definitions_and_shows_what_was_read() -> None:
    definitions = {"big": parsed("prospect.fleet_size >= 100")}
    found = explain(parsed("big and known(prospect.x) and true"), SCOPE, definitions=definitions)
    assert (found.truth, [part.text for part in found.parts]) == (False, ["big", "known(prospect.x)", "true"])
    assert found.parts[0].parts[0].facts == (("prospect.fleet_size", 40),)
