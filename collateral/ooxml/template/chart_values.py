"""Chart data as callers give it: a `Chart`, or plain data from a YAML or JSON file.

In: any value. Out: a `Chart`. Raises ExpressionError in the words of the author. Hot path.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from collateral.expressions.errors import ExpressionError
from collateral.model.content import Chart, Series


def chart_of(value: Any) -> Chart:
    """The chart of `{categories: […], series: [{name: …, values: […]}]}`, or of `{label: number, …}`."""
    if isinstance(value, Chart):
        return value
    if not isinstance(value, Mapping):
        raise ExpressionError("a chart needs categories and series")
    if "series" not in value:
        return Chart(
            "", tuple(str(k) for k in value), (Series("", tuple(_number(v) for v in value.values())),)
        )
    series = value["series"]
    if not isinstance(series, Sequence) or isinstance(series, str) or not series:
        raise ExpressionError("a chart needs at least one series")
    categories = tuple(str(c) for c in value.get("categories") or ())
    return Chart(
        str(value.get("kind") or ""),
        categories,
        tuple(_series(one) for one in series),
        str(value.get("title") or ""),
        number_format=str(value.get("number_format") or "General"),
    )


def _series(value: Any) -> Series:
    if not isinstance(value, Mapping) or "values" not in value:
        raise ExpressionError("a series of a chart needs a name and values")
    return Series(
        str(value.get("name") or ""),
        _numbers(value["values"]),
        _numbers(value.get("x") or ()),
        _numbers(value.get("sizes") or ()),
    )


def _numbers(values: Any) -> tuple[float | int | Decimal | None, ...]:
    if not isinstance(values, Sequence) or isinstance(values, str):
        raise ExpressionError("the values of a series are a list of numbers")
    return tuple([_number(v) for v in values])


def _number(value: Any) -> float | int | Decimal | None:
    if value is None or value.__class__ is float or value.__class__ is int or isinstance(value, Decimal):
        return value
    if isinstance(value, Mapping) and "value" in value:
        return _number(value["value"])
    try:
        return float(str(value))
    except ValueError:
        raise ExpressionError(f'"{value}" is no number') from None
