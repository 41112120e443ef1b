"""Which points of a waterfall are totals when its data are replaced.

In: the designed totals and new data. Out: the points, and what is wrong. The data may name them; else the designed ones
are found again: the first and the last stay first and last, others go where the category of their name is. Hot path.
"""

from __future__ import annotations

from collateral.diagnostics import Diagnostic, Place
from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.model.content import Chart

_HINT = "say which categories are totals: totals: [Start, End]"


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of a designed waterfall: their points from 0, their categories ("" without one), of so many points."""

    points: tuple[int, ...]
    names: tuple[str, ...]
    count: int

    def points_of(self, chart: Chart, count: int, place: Place) -> tuple[tuple[int, ...], list[Diagnostic]]:
        """The points that are totals in so many new ones, in order, and what cannot be found."""
        found, lost = self._designed(chart, count) if chart.totals is None else _named(chart, chart.totals)
        if not lost:
            return tuple(sorted(found)), []
        listed = ", ".join(f'"{name}"' for name in lost)
        if chart.totals is not None:
            message = f"the data name totals that are none of their categories: {listed}"
            hint = "write them as they stand in categories"
            return (), [Diagnostic.error("chart-total-unknown", message, place, hint)]
        message = f"the chart was designed with totals that its new data do not have: {listed}"
        return tuple(sorted(found)), [Diagnostic.warning("chart-totals-lost", message, place, _HINT)]

    def _designed(self, chart: Chart, count: int) -> tuple[set[int], list[str]]:
        found: set[int] = set()
        lost: list[str] = []
        for at, name in zip(self.points, self.names, strict=True):
            if not count:
                continue
            if at in (0, self.count - 1):
                found.add(count - 1 if at else 0)
            elif name and name in chart.categories:
                found |= _points(chart, name)
            elif count == self.count:
                found.add(at)
            else:
                lost.append(name or f"point {at + 1}")
        return found, lost


def _named(chart: Chart, names: tuple[str, ...]) -> tuple[set[int], list[str]]:
    found = [_points(chart, name) for name in names]
    return set().union(*found), [name for name, points in zip(names, found, strict=True) if not points]


def _points(chart: Chart, name: str) -> set[int]:
    return {at for at, category in enumerate(chart.categories) if category == name}


def no_totals_here(place: Place) -> Diagnostic:
    """The warning for data with totals in a chart that shows none."""
    message = "the data say which categories are totals, and only a waterfall chart shows them"
    return Diagnostic.warning("chart-totals-unused", message, place, 'take "totals" out of its data')
