"""Profiles: facts, provenance, vocabulary, hostile values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from collateral.diagnostics import Diagnostic, Span
from collateral.load.workspace import load_library, load_prospect, load_prospects
from collateral.model.prospect import Prospect, Provenance
from tests.load.conftest import Make


def load(
    make: Make, text: str, which: str | Path = "p", **files: str | bytes
) -> tuple[Prospect | None, list[Diagnostic]]:
    root = make({"prospects/p.yaml": text, **files})
    return load_prospect(which, load_library(root)[0])


def facts(make: Make, text: str) -> tuple[Mapping[str, object], list[str]]:
    prospect, found = load(make, f"name: N\n{text}\n")
    assert prospect is not None
    return {k: v for k, v in prospect.facts.items() if k != "name"}, [d.code for d in found]


def test_plain_and_sourced_facts_are_interchangeable(make: Make) -> None:
    prospect, found = load(
        make, "name: N\nfleet_size: {value: 420, source: report, as_of: 2026-03-01}\nwms: X\n"
    )
    assert prospect is not None and found == []
    assert prospect.facts == {"name": "N", "fleet_size": 420, "wms": "X"}
    assert prospect.provenance == {"fleet_size": Provenance("report", date(2026, 3, 1))}


def test_money_with_a_currency_is_no_sourced_fact(make: Make) -> None:
    assert facts(make, "opportunity: {value: 1, currency: EUR}") == (
        {"opportunity": {"value": 1, "currency": "EUR"}},
        [],
    )
    assert facts(make, "deal: {value: 1.5, currency: EUR}") == (
        {"deal": {"value": Decimal("1.5"), "currency": "EUR"}},
        [],
    )


@pytest.mark.parametrize(
    ("line", "found"), [("id: p", []), ("id: other", ["id-not-file-name"]), ("id: 7", ["id-not-file-name"])]
)
def test_an_id_that_is_not_the_name_of_the_file_is_told(make: Make, line: str, found: list[str]) -> None:
    assert facts(make, line) == ({}, found)


def test_norway_is_a_country(make: Make) -> None:
    assert facts(make, "country: NO") == ({"country": "NO"}, [])


def test_unknown_dimension_value_is_left_out_and_named(make: Make) -> None:
    prospect, found = load(make, "name: N\nneeds: [dwel-time, safety]\nindustry: retial\n")
    assert prospect is not None and prospect.facts["needs"] == ["safety"] and "industry" not in prospect.facts
    assert [(d.code, d.hints[0]) for d in found] == [
        ("unknown-dimension-value", 'did you mean "dwell-time"?'),
        ("unknown-dimension-value", 'did you mean "retail"?'),
    ]
    assert found[0].at == Span("prospects/p.yaml", 2, 9, 2, 18)


def test_unknown_persona_of_a_contact_is_named(make: Make) -> None:
    prospect, found = load(make, "name: N\ncontacts: [{name: E, persona: co}]\n")
    assert prospect is not None and prospect.facts["contacts"] == [{"name": "E"}]
    assert found[0].message == '"co" is not a value of persona'


def test_unknown_fact_is_kept_with_a_warning(make: Make) -> None:
    prospect, found = load(make, "name: N\nfleet_sise: 3\n")
    assert prospect is not None and prospect.facts["fleet_sise"] == 3
    assert (found[0].severity, found[0].hints) == ("warning", ('did you mean "fleet_size"?',))


@pytest.mark.parametrize(
    "line",
    [
        "fleet_size: many",
        "deal: a lot",
        "since: soon",
        "active: yes",
        "steps: one",
        "site: javascript:alert(1)",
        "wms: [a]",
    ],
)
def test_fact_of_the_wrong_kind_is_left_out(make: Make, line: str) -> None:
    assert facts(make, line) == ({}, ["bad-value"])


@pytest.mark.parametrize("code", ["Euro", "€", "5", "[EUR]"])
def test_what_is_no_currency_is_named_and_not_taken_for_the_sellers(make: Make, code: str) -> None:
    profile, found = load(make, f"name: N\ncurrency: {code}\nopportunity: {{value: 5, currency: {code}}}\n")
    assert profile is not None and profile.facts["currency"]
    assert [(d.code, d.at.line) for d in found if isinstance(d.at, Span)] == [
        ("bad-value", 2),
        ("bad-value", 3),
    ]


@pytest.mark.parametrize(
    "line", ["needs: [{a: 1}]", "industry: {a: 1}", "contacts: [{persona: {a: 1}}]", "stage: [[1]]"]
)
def test_map_where_a_value_belongs_is_named_and_left_out(make: Make, line: str) -> None:
    _, codes = facts(make, line)
    assert codes and set(codes) <= {"unknown-dimension-value", "bad-value", "unknown-fact", "missing-key"}


def test_several_values_in_one_text_are_told_to_be_a_list(make: Make) -> None:
    _, found = load(make, "name: N\nneeds: dwell-time, safety\n")
    assert found[0].hints == ("write a list: [dwell-time, safety]",)


@pytest.mark.parametrize("line", ["doors: 0", "doors: -5", "doors: {value: 0, source: a guess}", "fee: -1"])
def test_number_below_what_the_settings_allow_is_left_out(make: Make, line: str) -> None:
    limits = "facts: {doors: {type: number, at_least: 1}, fee: {type: money, at_least: 0}}\n"
    root = make({"prospects/p.yaml": f"name: N\n{line}\n"}, settings=f"seller: {{name: S}}\n{limits}")
    prospect, found = load_prospect("p", load_library(root)[0])
    assert prospect is not None and set(prospect.facts) == {"name"}
    assert found[0].code == "bad-value" and "must be at least" in found[0].message


def test_blank_facts_are_unknown(make: Make) -> None:
    assert facts(make, 'industry:\nwms: ""') == ({}, [])


def test_internal_facts_are_kept_apart(make: Make) -> None:
    prospect, _ = load(make, "name: N\ninternal: {budget: 5}\n")
    assert prospect is not None
    assert prospect.internal == {"budget": 5} and "internal" not in prospect.facts


def test_tags_in_values_are_just_text(make: Make) -> None:
    prospect, found = load(make, "name: '{{ 7*7 }} <b>&amp; {% raw %}'\n")
    assert prospect is not None and found == []
    assert prospect.name == "{{ 7*7 }} <b>&amp; {% raw %}"


@pytest.mark.parametrize(
    ("logo", "code"),
    [("../../x.png", "path-outside-workspace"), ("no.png", "missing-picture"), ("p.yaml", "not-a-picture")],
)
def test_logo_that_cannot_be_used_is_left_out(make: Make, logo: str, code: str) -> None:
    prospect, found = load(make, f"name: N\nlogo: {logo}\n")
    assert prospect is not None and "logo" not in prospect.facts
    assert [d.code for d in found] == [code]


def test_logo_beside_the_profile_is_fine(make: Make) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    prospect, found = load(make, "name: N\nlogo: logos/n.svg\n", **{"prospects/logos/n.svg": svg})
    assert prospect is not None and found == []
    assert (prospect.folder, prospect.facts["logo"]) == ("prospects", "logos/n.svg")


def test_logo_of_a_profile_outside_the_workspace_is_left_out(make: Make, tmp_path: Path) -> None:
    (tmp_path / "e.yaml").write_text("name: E\nlogo: e.svg\n")
    (tmp_path / "e.svg").write_text("<svg/>")
    prospect, found = load(make, "name: N\n", tmp_path / "e.yaml")
    assert prospect is not None and "logo" not in prospect.facts
    assert [d.code for d in found] == ["path-outside-workspace"]


def test_profile_without_a_name_is_refused(make: Make) -> None:
    prospect, found = load(make, "industry: retail\n")
    assert prospect is None and [d.code for d in found] == ["missing-key"]


def test_empty_profile_is_refused(make: Make) -> None:
    prospect, found = load(make, "")
    assert prospect is None and found[0].message == "the profile is empty"


def test_unknown_prospect_suggests_the_closest(make: Make) -> None:
    root = make({"prospects/van-dijk.yaml": "name: N\n"})
    prospect, found = load_prospect("van-dyk", load_library(root)[0])
    assert prospect is None and found[0].hints == ('did you mean "van-dijk"?',)


def test_profile_may_lie_outside_the_workspace(make: Make, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yaml").write_text("name: E\n")
    prospect, found = load(make, "name: N\n", tmp_path / "elsewhere.yaml")
    assert prospect is not None and (prospect.id, prospect.path, found) == ("elsewhere", "elsewhere.yaml", [])


def test_all_prospects_come_sorted_with_all_their_problems(make: Make) -> None:
    root = make(
        {"prospects/b.yaml": "name: B\n", "prospects/a.yaml": "name: A\nx: 1\n", "prospects/c.yaml": "[]\n"}
    )
    prospects, found = load_prospects(load_library(root)[0])
    assert [p.id for p in prospects] == ["a", "b"]
    assert [d.code for d in found] == ["unknown-fact", "bad-value"]


def test_keys_nobody_knows_are_pointed_at_and_not_their_values(make: Make) -> None:
    _, found = load(make, "name: N\nfleet_sise: 4\ncontacts:\n- name: Els\n  emial: els@example.com\n")
    assert [(d.code, d.at.line, d.at.column) for d in found if isinstance(d.at, Span)] == [
        ("unknown-fact", 2, 1),
        ("unknown-fact", 5, 3),
    ]


def test_opportunity_with_only_a_value_stays_a_map(make: Make) -> None:
    assert facts(make, "opportunity: {value: 1}") == ({"opportunity": {"value": 1}}, [])


def test_opportunity_may_have_a_source_and_a_day(make: Make) -> None:
    prospect, found = load(make, "name: N\nopportunity: {value: 1, source: crm, as_of: 2026-03-01}\n")
    assert prospect is not None and found == []
    assert prospect.facts["opportunity"] == {"value": 1}
    assert prospect.provenance["opportunity"] == Provenance("crm", date(2026, 3, 1))


def test_whole_opportunity_may_be_wrapped(make: Make) -> None:
    prospect, found = load(make, "name: N\nopportunity: {value: {value: 1, currency: EUR}, source: crm}\n")
    assert prospect is not None and found == []
    assert prospect.facts["opportunity"] == {"value": 1, "currency": "EUR"}


def test_mistyped_key_of_a_contact_is_warned_of_and_keys_of_ones_own_are_not(make: Make) -> None:
    _, found = load(
        make,
        "name: N\ncontacts: [{name: E, e-mail: e@e.example, title_nl: Baas}]\nopportunity: {curency: EUR}\n",
    )
    assert [d.message for d in found] == [
        '"e-mail" is not "email", and will not be taken for it',
        '"curency" is not "currency", and will not be taken for it',
    ]
