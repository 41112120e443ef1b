"""What `value.*` means for a prospect, and what it rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace as Make

import pytest

from collateral.model.prospect import Provenance
from collateral.model.values import Values
from collateral.plan.value_models import compute_values


def computed(make: Make, *models: object, **facts: object) -> tuple[Values, list[str]]:
    values, problems = compute_values({m.id: m for m in models}, make.prospect(**facts), as_of=make.today)  # type: ignore[attr-defined]
    return values, [d.message for d in problems]


@pytest.fixture
def docks(make: Make) -> object:
    inputs = (
        make.model_input("trucks", unit="trucks", fact="fleet_size"),
        make.model_input("minutes", 45, "min", source="industry survey 2025"),
    )
    return make.model(
        "docks",
        inputs,
        ("hours", "h/year", "trucks * minutes * 250 / 60"),
        ("saving", "EUR", "hours * 38.5 * 0.31"),
        ("by_quarter", "EUR", "[saving / 4, saving / 2, saving]"),
    )


def test_outputs_build_on_each_other_exactly(make: Make, docks: object) -> None:
    values, problems = computed(make, docks, fleet_size=420)
    assert problems == []
    assert values.plain == {
        "hours": 78750,
        "saving": Decimal("939881.25"),
        "by_quarter": [Decimal("234970.3125"), Decimal("469940.625"), Decimal("939881.25")],
    }


def test_output_carries_its_inputs_with_source_age_and_place(make: Make, docks: object) -> None:
    known = {"fleet_size": Provenance("annual report 2025", date(2026, 3, 1))}
    who = replace(make.prospect(fleet_size=420), provenance=known)
    values, _ = compute_values({"docks": docks}, who, as_of=make.today)  # type: ignore[dict-item]
    trucks, minutes = values.traces["saving"].inputs[::-1]
    assert (trucks.value, trucks.assumed, trucks.source, str(trucks.at)) == (
        420, False, "annual report 2025", "prospects/p.yaml:2",
    )  # fmt: skip
    assert (minutes.value, minutes.assumed, minutes.source, minutes.unit) == (
        45,
        True,
        "industry survey 2025",
        "min",
    )


def test_missing_input_leaves_outputs_unknown_and_says_what_is_needed(make: Make, docks: object) -> None:
    values, _ = computed(make, docks)
    assert values.plain == {}
    assert values.traces["saving"].needs == ("prospect.fleet_size",)
    assert values.traces["hours"].reason == "needs prospect.fleet_size"


def test_profile_value_replaces_the_assumption(make: Make, docks: object) -> None:
    assert computed(make, docks, fleet_size=60, minutes=60)[0].plain["hours"] == 15000


def test_text_where_a_number_is_needed_is_reported_and_not_guessed(make: Make, docks: object) -> None:
    values, problems = computed(make, docks, fleet_size="about 400")
    assert values.plain == {} and problems == [
        '"fleet_size" is "about 400", a value model needs a number in trucks'
    ]


def test_model_that_does_not_apply_gives_nothing(make: Make) -> None:
    model = make.model("m", (), ("x", "", "1"), when='prospect.industry == "retail"')
    values, _ = computed(make, model, industry="logistics")
    assert (
        values.plain == {} and values.traces["x"].reason == '"m" applies when prospect.industry == "retail"'
    )
    assert computed(make, model)[0].traces["x"].needs == ("prospect.industry",)
    assert computed(make, model, industry="retail")[0].plain == {"x": 1}


def test_formula_may_read_the_profile_and_other_models(make: Make) -> None:
    first = make.model("a", (), ("base", "EUR", "prospect.opportunity.value"))
    second = make.model("b", (), ("double", "EUR", "value.base * 2"))
    values, _ = computed(make, second, first, opportunity={"value": 100.1, "currency": "EUR"})
    assert values.plain == {"base": Decimal("100.1"), "double": Decimal("200.2")} or values.plain[
        "double"
    ] == Decimal("200.2")
    assert [use.fact for use in values.traces["double"].inputs] == ["opportunity.value"]


def test_wrong_formula_is_reported_and_the_rest_goes_on(make: Make) -> None:
    model = make.model("m", (), ("bad", "", "1 +"), ("worse", "", "1 / 0"), ("good", "", "10 / 3"))
    values, problems = computed(make, model)
    assert values.plain == {"good": Decimal("3.3333")} and len(problems) == 1
    assert values.traces["worse"].reason == "division by zero"


def test_output_defined_twice_keeps_the_first_and_is_reported(make: Make) -> None:
    values, problems = computed(
        make, make.model("a", (), ("x", "", "1")), make.model("b", (), ("x", "", "2"))
    )
    assert values.plain == {"x": 1} and problems == ['"value.x" is defined by "a" already']
