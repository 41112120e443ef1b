"""Error bars with an amount for each point: written anew with the amounts that the data give.

In: a chart's data and which of its series were designed with such bars. Out: their amounts as XML texts, and what is wrong with them.
Amounts of the old points say nothing about new ones, so bars for which the data give none go, with a warning. Hot path.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from collateral.diagnostics import Diagnostic, Place
from collateral.model.content import Chart, Series
from collateral.ooxml.drawing.chart_data import number_text

ErrorLook = tuple[bytes, bytes]
"""The bars as bytes, before and after their amounts."""
Amounts = tuple[tuple[str, ...], tuple[str, ...]]
"""How far the bars of a series reach up and down, for each point; "" is a point without a bar."""
_HINT: Final = "give each of its series plus: [1, 2], and minus where it differs"


def amounts_of(
    chart: Chart, designed: Sequence[bool], place: Place
) -> tuple[tuple[Amounts, ...], list[Diagnostic]]:
    """The amounts for each series (none when no series has any), and what is wrong with them; `designed` says which series have
    bars of this kind."""
    if not any(designed) and not any(s.plus or s.minus for s in chart.series):
        return (), []
    here = [index < len(designed) and designed[index] for index in range(len(chart.series))]
    found = [d for s, has in zip(chart.series, here, strict=True) if (d := _problem(s, place, has_bars=has))]
    return tuple([_amounts(s) for s in chart.series]), found


def error_bars_xml(look: ErrorLook, amounts: Amounts) -> bytes:
    """`c:errBars` with these amounts; nothing without any."""
    if not any(amounts[0]) and not any(amounts[1]):
        return b""
    sides = zip(("plus", "minus"), amounts, strict=True)
    return look[0] + "".join([_side(name, values) for name, values in sides]).encode() + look[1]


def _problem(series: Series, place: Place, *, has_bars: bool) -> Diagnostic | None:
    given = [amounts for amounts in (series.plus, series.minus) if amounts]
    if any(len(amounts) != len(series.values) for amounts in given):
        message = f'the series "{series.name}" needs as many amounts for its error bars as values'
        return Diagnostic.error("chart-points-unequal", message, place, _HINT)
    if has_bars and not given:
        message = f'the error bars of the series "{series.name}" go: the data give no amounts for them'
        return Diagnostic.warning("chart-error-bars-lost", message, place, _HINT)
    if given and not has_bars:
        message = (
            f'the data give amounts for error bars, and the series "{series.name}" has none that take them'
        )
        hint = "give the designed series error bars with amounts of their own"
        return Diagnostic.warning("chart-error-bars-unseen", message, place, hint)
    return None


def _amounts(series: Series) -> Amounts:
    above = tuple([number_text(amount) for amount in series.plus or series.minus])
    below = tuple([number_text(amount) for amount in series.minus or series.plus])
    return above, below


def _side(name: str, values: Sequence[str]) -> str:
    points = "".join([f'<c:pt idx="{i}"><c:v>{v}</c:v></c:pt>' for i, v in enumerate(values) if v])
    count = f'<c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>'
    return f"<c:{name}><c:numLit>{count}{points}</c:numLit></c:{name}>"
