"""Types shared by the file models: text, ids, dates, expressions, text per language, one-or-many."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StrictBool,
    WithJsonSchema,
)
from pydantic_core import CoreSchema

_ID = re.compile(r"[a-z0-9][a-z0-9._-]*\Z")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?\Z")


class Short:
    """Annotation: in the JSON Schema, these short forms are as good as the full one."""

    def __init__(self, *forms: dict[str, Any]) -> None:
        self.forms = forms

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [*self.forms, handler(core)]}


class Strict(BaseModel):
    """A map whose keys are all known."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Open(BaseModel):
    """A map that may hold further keys."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)


def _as_text(value: object) -> object:
    if isinstance(value, str):
        return value
    if isinstance(value, int | Decimal | date) and not isinstance(value, bool):
        return str(value)
    raise ValueError("must be text")


def _as_filled_text(value: object) -> object:
    text = _as_text(value)
    if isinstance(text, str) and not text.strip():
        raise ValueError("must not be empty")
    return text


def _as_id(value: object) -> object:
    text = _as_text(value)
    if not isinstance(text, str) or not _ID.match(text):
        raise ValueError("must be an id: small letters from a to z, digits and hyphens")
    return text


def _as_language(value: object) -> object:
    if not isinstance(value, str) or not _LANGUAGE.match(value):
        raise ValueError("must be a language code such as en, nl or pt-BR")
    return value


def _as_date(value: object) -> object:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass  # said below, in the same words for every kind of value
    if isinstance(value, date):
        return value
    raise ValueError("must be a date such as 2027-06-30")


def _as_number(value: object) -> object:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return value
    raise ValueError("must be a number")


def _as_many(value: object) -> object:
    return value if isinstance(value, list) else [value]


def _as_per_language(value: object) -> object:
    if isinstance(value, dict):
        return {_as_language(key): _as_filled_text(text) for key, text in value.items()}
    return {"": _as_filled_text(value)}


def _as_expression(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return _as_filled_text(value)


_TEXT_OR_MAP = {
    "anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}}],
}
AnyText = Annotated[str, BeforeValidator(_as_text)]
Text = Annotated[str, BeforeValidator(_as_filled_text), WithJsonSchema({"type": "string", "minLength": 1})]
Id = Annotated[
    str, BeforeValidator(_as_id), WithJsonSchema({"type": "string", "pattern": "^[a-z0-9][a-z0-9._-]*$"})
]
Language = Annotated[str, BeforeValidator(_as_language), WithJsonSchema({"type": "string", "pattern": "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$"})]  # fmt: skip
Date = Annotated[date, BeforeValidator(_as_date), WithJsonSchema({"type": "string", "format": "date"})]
Number = Annotated[Decimal, BeforeValidator(_as_number), WithJsonSchema({"type": "number"})]
Expression = Annotated[str, BeforeValidator(_as_expression), WithJsonSchema({"type": ["string", "boolean", "number"], "description": "an expression"})]  # fmt: skip
PerLanguage = Annotated[dict[str, str], BeforeValidator(_as_per_language), WithJsonSchema(_TEXT_OR_MAP)]
Bool = StrictBool
_MANY = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
Texts = Annotated[list[Text], BeforeValidator(_as_many), WithJsonSchema(_MANY)]
Ids = Annotated[list[Id], BeforeValidator(_as_many), WithJsonSchema(_MANY)]
Free = dict[str, Any]


class WaiverItem(Strict):
    """A rule that need not hold here, and why."""

    rule: Text = Field(description="the rule's id, as `collateral check` prints it")
    reason: Text = Field(description="why the rule need not hold here")
    until: Date | None = Field(default=None, description="last day the waiver counts")
    path: Text | None = Field(
        default=None, description="in collateral.yaml: the files it is for, as a pattern such as prospects/*"
    )
