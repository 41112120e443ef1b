"""Chart data as callers give it: a `Chart`, or plain data from a YAML or JSON file.

In: any value. Out: a `Chart`. Raises ExpressionError in the words of the author. Hot path.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from sys import float_info
from typing import Any

from collateral.diagnostics.lazy_namedtuple import NamedTuple
from collateral.expressions.errors import ExpressionError
from collateral.model.chart_forms import ChartFormError, category_paths, chart_form, is_list, total_names
from collateral.model.content import Chart, Series

LONGEST_TEXT = 32_767


class AskedChart(NamedTuple):
    """What a tag asks of a chart: `rel_id` is the relationship of the one drawn, `known` what the tag's loops know there."""

    rel_id: str
    chart: Chart
    known: Mapping[str, Any]


def chart_of(value: Any) -> Chart:
    """The chart of data in one of the forms of `chart_form`."""
    if isinstance(value, Chart):
        return value
    try:
        form: Mapping[str, Any] = chart_form(value)
        paths = category_paths(form.get("categories"))
        totals = total_names(form.get("totals"))
    except ChartFormError as problem:
        raise ExpressionError(str(problem)) from None
    *levels, categories = list(zip(*paths, strict=True)) or [()]
    return Chart(
        str(form.get("kind") or ""),
        _texts(categories, "categories"),
        tuple(_series(one) for one in form["series"]),
        str(form.get("title") or ""),
        number_format=str(form.get("number_format") or "General"),
        levels=tuple([_texts(level, "categories") for level in levels]),
        totals=totals,
    )


def _series(value: Any) -> Series:
    if isinstance(value, Series):
        return value
    if not isinstance(value, Mapping):
        raise ExpressionError("a series of a chart needs a name and values")
    return Series(
        _texts((value.get("name") or "",), "names")[0],
        _numbers(value["values"]),
        _numbers(value.get("x") or ()),
        _numbers(value.get("sizes") or ()),
        _texts(value.get("labels") or (), "labels"),
        _numbers(value.get("plus") or ()),
        _numbers(value.get("minus") or ()),
    )


def _texts(values: Any, what: str) -> tuple[str, ...]:
    if not is_list(values):
        raise ExpressionError(f"the {what} of a chart are a list")
    texts = tuple(["" if v is None else str(v) for v in values])
    if any(len(text) > LONGEST_TEXT for text in texts):
        raise ExpressionError(f"no cell can hold a text of more than {LONGEST_TEXT:,} characters")
    return texts


def _numbers(values: Any) -> tuple[float | int | Decimal | None, ...]:
    if not isinstance(values, Sequence) or isinstance(values, str):
        raise ExpressionError("the values of a series are a list of numbers")
    return tuple([_number(v) for v in values])


def _number(value: Any) -> float | int | Decimal | None:
    if isinstance(value, bool):
        raise ExpressionError(f'"{str(value).lower()}" is no number')
    if value is None or isinstance(value, Decimal):
        return value
    if value.__class__ is float or value.__class__ is int:
        return _in_range(value)
    if isinstance(value, Mapping) and "value" in value:
        return _number(value["value"])
    try:
        return _in_range(float(str(value)))
    except ValueError:
        raise ExpressionError(f'"{value}" is no number') from None


def _in_range(value: float | int) -> float | int:
    """The number, if a sheet can hold it; one that is none ("nan") is a gap."""
    if -float_info.max <= value <= float_info.max or value != value:
        return value
    raise ExpressionError(f"no sheet can hold a number as large as {str(value)[:20]}")
