"""The schema of a profile: what expressions may read, from the workspace's dimensions, facts and value models.

Plain values in and out: it is the one place that knows which fields every profile has.
"""

from __future__ import annotations

from collections.abc import Mapping

from collateral.expressions.kinds import ANY, DATE, NUMBER, TEXT, YES_NO, Kind, Schema, group, list_of, one_of
from collateral.model.library import Dimension, ValueModel

_NAMES: Mapping[str, Kind] = {
    "text": TEXT, "number": NUMBER, "integer": NUMBER, "decimal": NUMBER, "money": NUMBER, "percent": NUMBER,
    "date": DATE, "boolean": YES_NO, "bool": YES_NO, "yes/no": YES_NO, "list": list_of(ANY), "group": group({}, open=True),
}  # fmt: skip
_SOCIALS = (
    "email",
    "phone",
    "website",
    "title",
    "role",
    "name",
    "first_name",
    "last_name",
    "persona",
    "salutation",
)


def named_kind(name: str) -> Kind:
    """The kind `collateral.yaml` calls by a name: text, number, money, date, boolean, list, list of text …"""
    if name.startswith("list of "):
        return list_of(named_kind(name.removeprefix("list of ").removesuffix("s")))
    return _NAMES.get(name, ANY)


def profile_schema(
    dimensions: Mapping[str, Dimension], facts: Mapping[str, str], value_models: Mapping[str, ValueModel]
) -> Schema:
    """What stands under `prospect`, `value`, `seller`, `template` and the other roots of an expression."""
    persona = dimensions.get("persona")
    contact = dict.fromkeys(_SOCIALS, TEXT) | ({"persona": _values(persona)} if persona else {})
    fields: dict[str, Kind] = {
        "id": TEXT, "name": TEXT, "short_name": TEXT, "language": TEXT, "currency": TEXT, "logo": TEXT, "website": TEXT,
        "country": TEXT, "city": TEXT, "address": ANY, "decision_maker": group(contact, open=True),
        "contacts": list_of(group(contact, open=True)), "competitors": list_of(TEXT),
        "opportunity": group({"value": NUMBER, "currency": TEXT, "close": DATE, "name": TEXT}, open=True),
    }  # fmt: skip
    for dimension in dimensions.values():
        several = (
            dimension.fact != dimension.id
        )  # as for reading profiles: "needs" is a list, "industry" is not
        fields[dimension.fact] = list_of(_values(dimension)) if several else _values(dimension)
    fields |= {name: named_kind(kind) for name, kind in facts.items()}
    inputs = {i.fact: NUMBER for model in value_models.values() for i in model.inputs if "." not in i.fact}
    outputs = {output.id: NUMBER for model in value_models.values() for output in model.outputs}
    return {
        "prospect": group({**inputs, **fields}),
        "value": group(outputs),
        "seller": group({}, open=True),
        "template": group({}, open=True),
        "as_of": DATE,
    }


def _values(dimension: Dimension) -> Kind:
    return one_of(tuple(dimension.values)) if dimension.values else TEXT
