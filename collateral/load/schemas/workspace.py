"""`collateral.yaml`: seller, languages, dimensions, definitions, facts, policy."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from collateral.load.schemas.common import (
    Expression,
    Free,
    Id,
    Ids,
    Language,
    Number,
    Open,
    PerLanguage,
    Short,
    Strict,
    Text,
    WaiverItem,
)

_DAYS = re.compile(r"(\d{1,5})\s*d(ays?)?\Z")
FACT_TYPES = ("text", "number", "money", "date", "boolean", "list", "url", "email", "picture", "map")
FactType = Literal["text", "number", "money", "date", "boolean", "list", "url", "email", "picture", "map"]


def _as_days(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    match = _DAYS.match(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError("must be a number of days such as 180d")
    return int(match[1])


def _as_values(value: object) -> object:
    if isinstance(value, list):
        return {item if isinstance(item, str) else str(item): {} for item in value}
    if isinstance(value, dict):
        return {key: _as_value(item) for key, item in value.items()}
    return value


def _as_value(item: object) -> object:
    if item is None:
        return {}
    return {"label": item} if isinstance(item, str) else item


def _as_dimension(value: object) -> object:
    return {"values": value} if isinstance(value, list) else value


def _as_fact(value: object) -> object:
    return {"type": value} if isinstance(value, str) else value


class Seller(Open):
    """Who sells. Every key is readable in tags as `seller.KEY`."""

    name: Text = Field(description="the company's name as customers know it")
    website: Text | None = Field(default=None, description="its web address")
    phone: Text | None = Field(default=None, description="its telephone number; quote it")


class Languages(Strict):
    """The languages content is written in."""

    default: Language = Field(default="en", description="the language blocks are first written in")
    also: list[Language] = Field(default_factory=list, description="languages with translations")


class Value(Open):
    """An allowed value of a dimension."""

    label: PerLanguage | None = Field(
        default=None, description="what readers see; a text, or one per language"
    )
    labels: PerLanguage | None = Field(default=None, description="the label per language")
    includes: Ids = Field(
        default_factory=list,
        description="narrower values; content for this one suits them too, at less weight",
    )


class DimensionItem(Strict):
    """Something content is aimed by."""

    weight: int = Field(default=1, ge=0, le=100, description="how much a match counts")
    label: PerLanguage | None = Field(default=None, description="what readers see")
    fact: Text | None = Field(
        default=None,
        description="the profile's key it is read from; by default the dimension's name, or its plural",
    )
    values: Annotated[
        dict[Id, Annotated[Value, Short({"type": "string"}, {"type": "null"})]],
        BeforeValidator(_as_values),
        Short({"type": "array", "items": {"type": "string"}}),
    ] = Field(description="the allowed values: a list, or a map with labels")


class PolicyItem(Strict):
    """What the workspace insists on."""

    review_after: Annotated[
        int | None, BeforeValidator(_as_days), WithJsonSchema({"type": ["string", "integer"]})
    ] = Field(default=None, description="days after its approval a block must be looked at again: 180d")
    approvals: Literal["required", "optional"] = Field(
        default="required", description="whether only approved blocks reach customers"
    )
    competitors_by_name: Literal["never", "internal", "allowed"] = Field(
        default="never", description="where competitors may be named"
    )


class FactItem(Open):
    """A further fact of the profile."""

    type: FactType = Field(description="what the fact is")
    label: PerLanguage | None = Field(default=None, description="what readers see")
    unit: Text | None = Field(default=None, description="its unit, for numbers")
    question: PerLanguage | None = Field(default=None, description="how to ask the prospect for it")
    at_least: Number | None = Field(default=None, description="the smallest number or sum it may be")


class WorkspaceFile(Strict):
    """The workspace's settings: collateral.yaml."""

    seller: Seller
    languages: Languages = Field(default_factory=Languages)
    dimensions: dict[
        Id,
        Annotated[
            DimensionItem,
            BeforeValidator(_as_dimension),
            Short({"type": "array", "items": {"type": "string"}}),
        ],
    ] = Field(default_factory=dict, description="what content is aimed by")
    definitions: dict[str, Expression] = Field(
        default_factory=dict,
        description="agreed words, usable in every expression as `name` or `definitions.name`",
    )
    facts: dict[str, Annotated[FactItem, BeforeValidator(_as_fact), Short({"enum": list(FACT_TYPES)})]] = (
        Field(default_factory=dict, description="further facts a profile may hold, and their types")
    )
    kinds: Annotated[
        dict[Id, Any], BeforeValidator(_as_values), Short({"type": "array", "items": {"type": "string"}})
    ] = Field(default_factory=dict, description="the kinds blocks may have; any kind when left out")
    policy: PolicyItem = Field(default_factory=PolicyItem)
    waive: list[WaiverItem] = Field(
        default_factory=list, description="rules that need not hold, with reasons"
    )
    attributes: Free = Field(default_factory=dict, description="anything else templates want to read")
