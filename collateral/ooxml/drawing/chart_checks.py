"""What is wrong with the data of any chart, drawn from them or designed by somebody: too much to show, nothing, or what a pie cannot.

In: a `Chart` and where it stands. Out: diagnostics. Hot path.
"""

from __future__ import annotations

from typing import Final

from collateral.diagnostics import Diagnostic, Place, Span
from collateral.model.content import Chart

_MOST_SERIES: Final = 255
"""Office takes a file with more for a damaged one."""
_EMPTY_HINT: Final = "leave the chart out where there are none"
_SHARES_HINT: Final = "take a bar or column chart, which shows them below zero"


def too_much(chart: Chart) -> tuple[str, str] | None:
    """The code and the message for data no program shows; None for others."""
    if len(chart.series) <= _MOST_SERIES:
        return None
    message = f"a chart shows {_MOST_SERIES} series at most, and the data have {len(chart.series)}"
    return "chart-too-many-series", message


def misleading(chart: Chart, at: Span | Place | None, *, shares: bool) -> list[Diagnostic]:
    """Warnings for data that leave the chart empty, and for negative numbers where the chart shows shares of a whole."""
    numbers = [value for series in chart.series for value in series.values if value is not None]
    if not numbers:
        message = "the data of the chart hold no number: it is empty"
        return [Diagnostic.warning("chart-without-values", message, at, _EMPTY_HINT)]
    if shares and not any(numbers):
        message = "the numbers of a pie or doughnut are all 0: it is empty"
        return [Diagnostic.warning("chart-without-values", message, at, _EMPTY_HINT)]
    if shares and any(value < 0 for value in numbers):
        message = "a pie or doughnut shows negative numbers as if they were positive"
        return [Diagnostic.warning("chart-negative-share", message, at, _SHARES_HINT)]
    return []
