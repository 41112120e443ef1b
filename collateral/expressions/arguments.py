"""What a filter was given, as the kind it needs.

In: a value out of a profile or a template. Out: the value, or ExpressionError (MissingValue for none) in the author's words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from collateral.expressions import operators as o
from collateral.expressions.errors import ExpressionError, MissingValue
from collateral.expressions.formats import Formats


def as_text(value: object) -> str:
    """The text, or the digits of a number."""
    if isinstance(value, str):
        return value
    if value is None:
        raise MissingValue("")
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ExpressionError(f"{o.describe(value)} is not text")
    return str(value)


def as_items(value: object) -> list[Any]:
    """The items of a list, the characters of a text, the keys of a group."""
    if value is None:
        raise MissingValue("")
    if isinstance(value, Mapping | Sequence):
        return list(value)
    raise ExpressionError(f"{o.describe(value)} is not a list")


def as_count(value: object, most: int = o.MAX_ITEMS) -> int:
    """A whole number of things, from -most to most."""
    count = o.whole(o.number(value))
    if not -most <= count <= most:
        raise ExpressionError(f'"{count}" is more than {most}')
    return count


def to_text(value: object, formats: Formats) -> str:
    """A value as text in the language in effect: what `{{ }}` prints."""
    return value if isinstance(value, str) else formats.text(value)
