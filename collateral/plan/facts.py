"""What a rule may read of a prospect: the facts, with those that follow from others.

In: a profile. Out: plain mappings. It must not add anything a profile does not say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from collateral.expressions import Expression, parse
from collateral.model.library import Dimension, Library
from collateral.model.prospect import Prospect

DECISION_MAKER = "decision-maker"


def known_facts(prospect: Prospect) -> dict[str, object]:
    """The facts, with `id`, `short_name` (the name without one) and `decision_maker` (the contact in that role)."""
    facts = dict(prospect.facts)
    facts.setdefault("id", prospect.id)
    facts.setdefault("short_name", prospect.name)
    if "decision_maker" not in facts:
        person = next((c for _, c in contacts(prospect) if c.get("role") == DECISION_MAKER), None)
        if person is not None:
            facts["decision_maker"] = person
    return facts


def contacts(prospect: Prospect) -> list[tuple[int, Mapping[str, object]]]:
    """The contacts with their place in the profile, decision makers first."""
    listed = prospect.facts.get("contacts")
    if not isinstance(listed, Sequence) or isinstance(listed, str):
        return []
    people = [(number, person) for number, person in enumerate(listed) if isinstance(person, Mapping)]
    return sorted(people, key=lambda entry: entry[1].get("role") != DECISION_MAKER)


def dimension_values(dimension: Dimension, prospect: Prospect) -> tuple[tuple[str, str], ...]:
    """The prospect's values in a dimension, most important first, each with the dotted path it stands at.

    A profile without the fact itself may say it per contact: the personas of the people we talk to.
    """
    found = prospect.facts.get(dimension.fact)
    if isinstance(found, str):
        return ((found, dimension.fact),) if found else ()
    if isinstance(found, Sequence):
        pairs = [(str(v), f"{dimension.fact}.{n}") for n, v in enumerate(found) if isinstance(v, str) and v]
        return _first_of_each(pairs)
    if found is not None:
        return ()
    people = [(p.get(dimension.fact), f"contacts.{n}.{dimension.fact}") for n, p in contacts(prospect)]
    return _first_of_each([(value, path) for value, path in people if isinstance(value, str) and value])


def _first_of_each(pairs: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    kept: dict[str, str] = {}
    for value, path in pairs:
        kept.setdefault(value, path)
    return tuple(kept.items())


def rule_scope(
    library: Library,
    prospect: Prospect,
    values: Mapping[str, object],
    *,
    as_of: date,
    language: str,
    internal: bool,
) -> dict[str, object]:
    """The names a `when` may read; internal facts for internal pieces only."""
    facts = known_facts(prospect)
    if internal:
        facts["internal"] = prospect.internal
    return {
        "prospect": facts,
        "value": values,
        "seller": library.seller,
        "as_of": as_of,
        "language": language,
    }


def definitions_of(library: Library) -> dict[str, Expression]:
    """The workspace's definitions that can be read, by name."""
    parsed = {name: parse(d.expression, at=d.at)[0] for name, d in library.definitions.items()}
    return {name: expression for name, expression in parsed.items() if expression is not None}
