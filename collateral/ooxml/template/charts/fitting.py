"""Chart data made to fit the kind of the designed chart, and what a reader of the chart would miss in them.

In: a `Chart` and the kinds of data its series take. Out: the chart with categories that are numbers as the x values of
points, or x values that all series share as categories; and diagnostics. Hot path.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from collateral.diagnostics import Diagnostic, Place
from collateral.diagnostics.lazy_dataclass import replace
from collateral.model.content import Chart, Series
from collateral.ooxml.drawing.chart_data import XY_KINDS, Number, number_text

_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
Problem = tuple[str, str]


def fitted(chart: Chart, kinds: Sequence[str]) -> Chart | Problem:
    """The chart's data as the series of these kinds take them; a code and a message where they cannot be."""
    if all(kind in XY_KINDS for kind in kinds):
        return replace(chart, series=tuple([_with_x(s, chart.categories) for s in chart.series]))
    if chart.categories or any(kind in XY_KINDS for kind in kinds):
        return chart
    shared = max((s.x for s in chart.series), key=len, default=())
    if any(s.x != shared[: len(s.x)] for s in chart.series):
        return "chart-points-unequal", (
            "the series of this chart share their categories, and the data give them x values of their own"
        )
    return replace(chart, categories=tuple(map(_text, shared)))


def _with_x(series: Series, categories: tuple[str, ...]) -> Series:
    count = len(series.values)
    if series.x or len(categories) < count or not all(map(_NUMBER.fullmatch, categories)):
        return series
    return replace(series, x=tuple([float(c) if "." in c else int(c) for c in categories[:count]]))


def _text(x: Number) -> str:
    return number_text(int(x) if isinstance(x, float) and x.is_integer() else x)


def unseen(chart: Chart, kinds: Sequence[str], *, first_only: bool, place: Place) -> list[Diagnostic]:
    """What the data hold and the chart does not show, or shows without a name."""
    found = []
    if first_only and len(chart.series) > 1:
        message = f"a pie shows its first series only, and the data have {len(chart.series)}"
        found.append(Diagnostic.warning("chart-series-unseen", message, place))
    longest = max(
        (len(s.values) for s, k in zip(chart.series, kinds, strict=True) if k not in XY_KINDS), default=0
    )
    if 0 < len(chart.categories) < longest:
        names = "one category" if len(chart.categories) == 1 else f"{len(chart.categories)} categories"
        message = f"the chart gets {longest} values for {names}"
        found.append(Diagnostic.warning("chart-values-without-category", message, place))
    return found
