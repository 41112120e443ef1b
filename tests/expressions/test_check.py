"""Static check of names and kinds."""

from __future__ import annotations

import pytest

from collateral.diagnostics import Span
from collateral.expressions import Schema, check, parse, profile_schema
from collateral.model.library import Dimension, DimensionValue, ModelInput, ModelOutput, ValueModel


def dimension(id: str, fact: str, *values: str) -> Dimension:
    return Dimension(id, 1, {v: DimensionValue(v, v) for v in values}, fact)


@pytest.fixture(scope="module")
def schema() -> Schema:
    model = ValueModel(
        "m",
        (ModelInput("docks", "Docks", "", None, "", "docks"),),
        (ModelOutput("saving", "Saving", "EUR", "1"),),
    )
    return profile_schema(
        {
            "industry": dimension("industry", "industry", "logistics", "retail"),
            "need": dimension("need", "needs", "dwell-time", "labour-cost"),
            "persona": dimension("persona", "persona", "coo", "cfo"),
        },
        {"fleet_size": "number", "since": "date", "listed": "boolean", "sites": "list of text"},
        {"m": model},
    )


@pytest.mark.parametrize(
    "source",
    [
        "prospect.fleet_size >= 100 and prospect.industry == 'retail'",
        "'dwell-time' in prospect.needs",
        "prospect.industry in ['retail', 'logistics']",
        "value.saving | money",
        "prospect.opportunity | money",
        "prospect.opportunity.value > 1000",
        "prospect.contacts[0].persona == 'coo'",
        "prospect.docks > 3",
        "prospect.since < as_of",
        "prospect.since < '2026-01-01'",
        "sales_ready and prospect.name | upper == 'X'",
        "seller.anything.at.all",
        "prospect.sites[0] == 'x'",
    ],
)
def test_right_expression_has_nothing_wrong(schema: Schema, source: str) -> None:
    expression, _ = parse(source)
    assert expression is not None
    assert check(expression, schema, definitions=["sales_ready"]) == []


@pytest.mark.parametrize(
    ("source", "code", "message", "hint"),
    [
        ("prospct.name", "unknown-name", 'there is no "prospct"', 'did you mean "prospect"?'),
        ("prospect.flet_size > 1", "unknown-fact", '"prospect" has no "flet_size"', 'did you mean "fleet_size"?'),
        ("value.savings | money", "unknown-fact", '"value" has no "savings"', 'did you mean "saving"?'),
        ("prospect.industry == 'retial'", "unknown-value", 'prospect.industry is never "retial"', 'did you mean "retail"?'),
        ("prospect.industry in ['retial']", "unknown-value", 'prospect.industry is never "retial"', 'did you mean "retail"?'),
        ("'dwell' in prospect.needs", "unknown-value", 'prospect.needs is never "dwell"', 'did you mean "dwell-time"?'),
        ("prospect.needs == 'dwell-time'", "wrong-kind", 'prospect.needs is a list and never "dwell-time"', 'write "dwell-time" in prospect.needs'),
        ("prospect.fleet_size > 'x'", "wrong-kind", 'prospect.fleet_size is a number, never the text "x"', None),
        ("prospect.name > 3", "wrong-kind", "prospect.name is text and cannot be compared with a number", None),
        ("prospect.contacts.name", "wrong-kind", '"prospect.contacts" is a list of groups and has no "name"', 'take one item, such as prospect.contacts[0].name, or use "for"'),
        ("prospect.contacts[0].persona == 'ceo'", "unknown-value", 'prospect.contacts[0].persona is never "ceo"', 'did you mean "coo"?'),
        ("prospect.name | money", "wrong-kind", '"money" needs a number, prospect.name is text', None),
        ("'x' in prospect.fleet_size", "wrong-kind", "prospect.fleet_size is a number, no list to look in", None),
        ("sales_redy", "unknown-name", 'there is no "sales_redy"', 'did you mean "sales_ready"?'),
    ],
)  # fmt: skip
def test_wrong_name_or_kind_is_reported_with_its_place_and_remedy(
    schema: Schema, source: str, code: str, message: str, hint: str | None
) -> None:
    expression, _ = parse(source)
    assert expression is not None
    found = check(expression, schema, definitions=["sales_ready"], at=Span("a.md", 7))
    assert [(d.code, d.message, d.at) for d in found] == [(code, message, Span("a.md", 7))]
    assert hint is None or found[0].hints == (hint,)
