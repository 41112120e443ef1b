"""What each kind of file may hold: pydantic models, and the JSON Schemas editors complete and validate with.

Importing this package is cheap; pydantic is imported when a file has to be validated or a schema exported.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel

KINDS: dict[str, tuple[str, str]] = {
    "workspace": ("workspace", "WorkspaceFile"),
    "block": ("block", "BlockFile"),
    "translation": ("block", "TranslationFile"),
    "claims": ("records", "ClaimsFile"),
    "lexicon": ("records", "LexiconFile"),
    "approvals": ("records", "ApprovalsFile"),
    "value-model": ("records", "ValueModelFile"),
    "template": ("template", "TemplateFile"),
    "prospect": ("prospect", "ProspectFile"),
    "campaign": ("campaign", "CampaignFile"),
}
BASE_URL = "https://json-schema.org/draft/2020-12/schema"


def schema_model(kind: str) -> type[BaseModel]:
    """The pydantic model of a kind of file; KeyError for an unknown kind."""
    module, name = KINDS[kind]
    model: type[BaseModel] = getattr(import_module(f"{__name__}.{module}"), name)
    return model


def export_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a kind of file; KeyError for an unknown kind."""
    body = schema_model(kind).model_json_schema(by_alias=True)
    if kind == "prospect":
        _allow_provenance(body)
    head = {"$schema": BASE_URL, "$id": f"{kind}.schema.json", "title": f"Collateral {kind}"}
    return {**head, **{key: value for key, value in body.items() if key != "title"}}


def _allow_provenance(schema: dict[str, Any]) -> None:
    """Any fact may also be {value, source, as_of}."""
    schema["$defs"]["Fact"] = {
        "type": "object",
        "description": "a fact with where it comes from",
        "properties": {
            "value": {},
            "source": {"type": "string"},
            "as_of": {"type": "string", "format": "date"},
        },
        "required": ["value"],
        "additionalProperties": False,
    }
    for name, fact in schema["properties"].items():
        if name not in ("id", "internal", "contacts"):
            described = {key: fact.pop(key) for key in ("description", "title", "default") if key in fact}
            schema["properties"][name] = {**described, "anyOf": [fact, {"$ref": "#/$defs/Fact"}]}
