"""Charts whose data a tag replaces: cut at their series, so that new data go into cache and workbook alike.

In: a `Chart` for each piece. Out: the bytes of its series and its workbook. Formatting and number formats of each series
stay; further series take the look of the theme. Hot path; `chart_steps` makes the pieces when the template is compiled.
"""

from __future__ import annotations

from dataclasses import replace

from collateral.diagnostics import Diagnostic, Place
from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.model.content import Chart
from collateral.ooxml.drawing.chart_data import (
    Grid,
    SeriesColumns,
    chart_grid,
    data_reference,
    name_reference,
)
from collateral.ooxml.drawing.chart_workbook import chart_workbook


@dataclass(slots=True)
class ChartProgram:
    """What replacing a chart's data needs to know: its kind of data, the series' names and number formats.

    `category_format` is set when the categories are numbers or dates.
    """

    kind: str = "category"
    names: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    category_format: str | None = None

    def grid(self, chart: Chart, place: Place) -> tuple[Grid | None, list[Diagnostic]]:
        """The data laid out on a sheet, or none and why not."""
        if not chart.series:
            return None, [Diagnostic.error("chart-without-data", "the chart gets no series", place)]
        if self.kind != "category" and any(len(s.x) != len(s.values) for s in chart.series):
            message = "each series of this chart needs as many x values as y values"
            return None, [Diagnostic.error("chart-points-unequal", message, place)]
        series = tuple(
            s if s.name or i >= len(self.names) else replace(s, name=self.names[i])
            for i, s in enumerate(chart.series)
        )
        last = self.formats[-1] if self.formats else "General"
        own = chart.number_format
        formats = [
            own if own != "General" else self.formats[i] if i < len(self.formats) else last
            for i in range(len(series))
        ]
        return chart_grid(replace(chart, series=series), self.kind, formats, self.category_format), []


def series_xml(
    grid: Grid, argument: tuple[int, bool, tuple[bytes | str, ...], tuple[bytes | str, ...]]
) -> bytes:
    """The series of one hook: its own, and after the last one all further ones."""
    index, last, pieces, clone = argument
    if index >= len(grid.series):
        return b""
    out = [_one(index, grid.series[index], pieces)]
    if last:
        out += [_one(i, grid.series[i], clone) for i in range(index + 1, len(grid.series))]
    return b"".join(out)


def _one(index: int, columns: SeriesColumns, pieces: tuple[bytes | str, ...]) -> bytes:
    return b"".join([p if isinstance(p, bytes) else _data(p, index, columns).encode() for p in pieces])


def _data(name: str, index: int, columns: SeriesColumns) -> str:
    if name == "head":
        return f'<c:idx val="{index}"/><c:order val="{index}"/>{name_reference(columns.y)}'
    column = {"cat": columns.x, "xVal": columns.x, "bubbleSize": columns.size}.get(name, columns.y)
    if column is None:
        return ""
    return f"<c:{name}>{data_reference(column)}</c:{name}>"


def workbook_of(grid: Grid) -> bytes:
    """The workbook of the data."""
    return chart_workbook(grid)
