"""The data of a chart fence → a final chart.

In: the fence's plain data, whose texts may be tags. Out: a `Chart`, or None with diagnostics that say what is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from collateral.diagnostics import Diagnostic
from collateral.model.chart_forms import ChartFormError, category_paths, chart_form, series_form, total_names
from collateral.model.content import Chart, ChartSource, Series
from collateral.plan.patterns import fill_pattern, whole_tag
from collateral.plan.tags import Tags

Number = int | float | Decimal | None


def fill_chart(source: ChartSource, tags: Tags, local: Mapping[str, object]) -> Chart | None:
    """The chart with every tag replaced; None when a value is missing or is no number."""
    data = {key: _filled(value, source, tags, local) for key, value in source.data}
    given = data.pop("data", None)
    if isinstance(given, Chart):
        paths = list(zip(*given.levels, given.categories, strict=True))
        data = {"categories": paths, "series": given.series, "totals": given.totals, **data}
    try:
        if given is not None and not isinstance(given, Chart):
            data = {**chart_form(given), **data}
        data["series"] = series_form(data.get("series"))
        paths = category_paths(data.get("categories"))
        totals = total_names(data.get("totals"))
    except ChartFormError as problem:
        tags.problems.append(Diagnostic.error("chart-without-data", str(problem), source.at))
        return None
    *levels, categories = [
        tuple(tags.text(item, source.at) for item in level) for level in zip(*paths, strict=True)
    ] or [()]
    series = tuple(s for item in _items(data.get("series")) if (s := _series(item, source, tags)))
    if not series:
        tags.problems.append(Diagnostic.error("chart-without-data", "the chart has no series", source.at))
        return None
    for one in series:
        if categories and len(one.values) != len(categories):
            message = f"series '{one.name}' has {len(one.values)} values for {len(categories)} categories"
            tags.problems.append(Diagnostic.error("ragged-chart", message, source.at))
            return None
    title = tags.text(data.get("title"), source.at)
    return Chart(
        kind=str(data.get("kind") or "column"),
        categories=categories,
        series=series,
        title=title,
        alt=tags.text(data.get("alt"), source.at) or title,
        number_format=str(data.get("number_format") or "General"),
        stacked=data.get("stacked") is True,
        labels=data.get("labels") is True,
        at=source.at,
        category_title=tags.text(data.get("category_title"), source.at),
        value_title=tags.text(data.get("value_title"), source.at),
        levels=tuple(levels),
        totals=totals,
    )


def _filled(value: object, source: ChartSource, tags: Tags, local: Mapping[str, object]) -> object:
    """Plain data with its tags replaced: a text that is one tag becomes the value itself."""
    match value:
        case str():
            tag = whole_tag(value)
            if tag is not None:
                return tags.value(tag, source.at, local)
            return fill_pattern(value, tags, source.at, local)
        case Mapping():
            return {str(k): _filled(v, source, tags, local) for k, v in value.items()}
        case list() | tuple():
            return [_filled(item, source, tags, local) for item in value]
        case _:
            return value


def _items(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()


def _series(item: object, source: ChartSource, tags: Tags) -> Series | None:
    if isinstance(item, Series):
        return item
    if not isinstance(item, Mapping):
        return None
    name = tags.text(item.get("name"), source.at)
    numbers = [_numbers(item.get(key)) for key in ("values", "x", "sizes", "plus", "minus")]
    values, x, sizes, plus, minus = numbers
    if values is None or x is None or sizes is None or plus is None or minus is None:
        message = f"series '{name}' holds something that is not a number"
        tags.problems.append(Diagnostic.error("chart-value-not-a-number", message, source.at))
        return None
    return Series(name, values, x, sizes, plus=plus, minus=minus)


def _numbers(value: object) -> tuple[Number, ...] | None:
    items = _items(value)
    if any(isinstance(item, bool) or not isinstance(item, int | float | Decimal | None) for item in items):
        return None
    return tuple(items)  # type: ignore[arg-type]  # checked just above
