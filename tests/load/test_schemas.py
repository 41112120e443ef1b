"""The exported JSON Schemas: current, valid, and of one mind with the loader."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from collateral.load.schemas import KINDS, export_schema
from collateral.load.schemas.__main__ import schema_text, write_schemas

SCHEMAS = Path(__file__).parents[2] / "schemas"


@pytest.mark.parametrize("kind", KINDS)
def test_committed_schema_is_current(kind: str) -> None:
    committed = (SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8")
    assert committed == schema_text(kind), "run: python -m collateral.load.schemas schemas"


@pytest.mark.parametrize("kind", KINDS)
def test_schema_is_valid_and_describes_its_keys(kind: str) -> None:
    schema = export_schema(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["description"]
    described = [name for name, key in schema.get("properties", {}).items() if "description" in str(key)]
    assert len(described) >= len(schema.get("properties", {})) - 6


def test_no_other_schema_is_committed(tmp_path: Path) -> None:
    write_schemas(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(p.name for p in SCHEMAS.iterdir())


@pytest.mark.parametrize(
    ("kind", "value", "fits"),
    [
        ("prospect", {"name": "N", "industry": {"value": "retail", "source": "x"}}, True),
        ("prospect", {"industry": "retail"}, False),
        (
            "workspace",
            {"seller": {"name": "N"}, "dimensions": {"a": ["x"], "b": {"values": {"y": None}}}},
            True,
        ),
        ("workspace", {"seller": {"name": "N"}, "dimension": {}}, False),
        ("value-model", {"outputs": {"a": "b * 2", "c": 3, "d": {"formula": "a", "unit": "EUR"}}}, True),
        (
            "campaign",
            {"id": "a", "source": {"csv": "x"}, "templates": "t", "key": "row.a", "map": {"name": "row.b"}},
            True,
        ),
    ],
)
def test_short_forms_are_in_the_schema_too(kind: str, value: object, fits: bool) -> None:
    errors = list(
        jsonschema.Draft202012Validator(export_schema(kind)).iter_errors(json.loads(json.dumps(value)))
    )
    assert (errors == []) is fits
