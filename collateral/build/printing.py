"""Values as plain data for JSON and YAML: what is empty is left out, so that a plan can be read and compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal

from collateral.diagnostics import Span


def to_plain(value: object) -> object:
    """Mappings, lists, texts, numbers and truth values; a dataclass becomes a mapping that names its kind."""
    if is_dataclass(value) and not isinstance(value, type):
        if isinstance(value, Span):
            return str(value)
        plain = {f.name: to_plain(getattr(value, f.name)) for f in fields(value) if f.name != "at"}
        kept = {key: item for key, item in plain.items() if item not in (None, "", [], {}, False)}
        return {"is": type(value).__name__, **kept}
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | frozenset):
        return [to_plain(item) for item in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    return value
