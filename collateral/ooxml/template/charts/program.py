"""Charts whose data a tag replaces: cut at their series, so that new data go into cache and workbook alike.

In: a `Chart` for each piece. Out: the bytes of its series and its workbook. Formatting and number formats of each series
stay; further series take the look of the theme. Hot path; `chart_steps` makes the pieces when the template is compiled.
"""

from __future__ import annotations

from collections.abc import Sequence

from collateral.diagnostics import Diagnostic, Place, has_errors
from collateral.diagnostics.lazy_dataclass import dataclass, replace
from collateral.model.content import Chart, Series
from collateral.ooxml.drawing.accents import ACCENTS, accent_variant
from collateral.ooxml.drawing.chart_checks import misleading, too_much
from collateral.ooxml.drawing.chart_data import (
    GENERAL,
    Column,
    Grid,
    SeriesColumns,
    chart_grid,
    name_reference,
    text_points,
)
from collateral.ooxml.drawing.chart_workbook import CONTENT_TYPE as WORKBOOK_TYPE
from collateral.ooxml.drawing.chart_workbook import chart_workbook
from collateral.ooxml.drawing.relations import PACKAGE
from collateral.ooxml.template.charts.error_bars import Amounts, ErrorLook, amounts_of, error_bars_xml
from collateral.ooxml.template.charts.fitting import fitted, unseen
from collateral.ooxml.template.charts.totals import Totals, no_totals_here
from collateral.ooxml.template.charts.workbooks import Laid, Workbook
from collateral.ooxml.values import RelatedPart

_POINTS = "each series of this chart needs"
_SCATTER = "write {series: [{name: Sites, points: [[1, 2], [3, 4]]}]}"
_BUBBLE = "write {series: [{name: Sites, points: [[1, 2, 10], [3, 4, 20]]}]}"
PointLook = tuple[int, bytes]
"""What belongs to a single point, counted from 0."""
SeriesPieces = tuple[bytes | str | PointLook | ErrorLook, ...]
"""A series as bytes, and between them the names of what is written anew, what goes with a point, and error bars for new amounts."""


@dataclass(slots=True)
class ChartProgram:
    """What replacing a chart's data needs to know: the series' kinds of data, names and number formats.

    `x_formats` are the formats of the x values, `category_format` is set when the categories are numbers or dates.
    `exactly` is how many series the kind of chart needs (stock charts), 0 when any number will do.
    `workbook` is the one the chart came with; without it the data get a new one. `book_id` is the relationship id for the workbook.
    `companions` are what else a chart in a loop leads to, which its copies have, too. `labelled` says that labels at the points come from cells, `has_dates` that an axis counts days,
    `since_1904` that dates are counted from 1904, `is_pie` that one series is all it shows, `is_round` that it shows shares of a whole.
    `error_bars` says which series have error bars with an amount for each point.
    Of extended charts: `without_categories` says that values alone are shown, `totals` are those of a waterfall.
    """

    kinds: tuple[str, ...] = ("category",)
    names: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    x_formats: tuple[str, ...] = ()
    category_format: str | None = None
    exactly: int = 0
    workbook: Workbook | None = None
    book_id: str = ""
    companions: tuple[RelatedPart, ...] = ()
    labelled: bool = False
    has_dates: bool = False
    is_pie: bool = False
    is_round: bool = False
    since_1904: bool = False
    error_bars: tuple[bool, ...] = ()
    is_extended: bool = False
    without_categories: bool = False
    totals: Totals | None = None

    def new_workbook(self, data: bytes, folder: str) -> RelatedPart:
        """A workbook of its own for a chart that had none or is a copy, to be stored below `folder`."""
        name = f"/{folder}/embeddings/Microsoft_Excel_Sheet{{n}}.xlsx"
        return RelatedPart(self.book_id, PACKAGE, name_hint=name, content_type=WORKBOOK_TYPE, data=data)

    def lay_out(self, chart: Chart, place: Place) -> tuple[Laid | None, list[Diagnostic]]:
        """The data at their cells and the workbook that holds them, or none and why not."""
        data = chart if self.without_categories else fitted(chart, self._kinds(len(chart.series)))
        problem = self._problem(data) if isinstance(data, Chart) else data
        if problem is not None or not isinstance(data, Chart):
            return None, [Diagnostic.error(*problem, place)] if problem is not None else []
        chart, count = data, len(data.series)
        kinds, own = self._kinds(count), chart.number_format
        if not all(one.name for one in chart.series):
            data = replace(chart, series=self._named(chart.series))
        formats = (own,) * count if own != GENERAL else _stretched(self.formats, count)
        if self.without_categories:
            data = replace(data, categories=(), levels=())
        grid = chart_grid(
            data,
            kinds,
            formats,
            self.category_format,
            _stretched(self.x_formats, count),
            labelled=self.labelled,
            repeated=self.is_extended,
            since_1904=self.since_1904,
        )
        found = unseen(data, kinds, first_only=self.is_pie, place=place)
        found += misleading(data, place, shares=self.is_round)
        found += [_no_dates(place)] if self.has_dates and grid.series[0].x.is_text else []
        totals: tuple[int, ...] = ()
        if self.totals is not None:
            totals, more = self.totals.points_of(chart, len(grid.series[0].y.values), place)
            found += more
        elif chart.totals is not None:
            found.append(no_totals_here(place))
        errors, more = amounts_of(data, self.error_bars, place)
        found += more
        if has_errors(found):
            return None, found
        if self.workbook is None:
            return Laid(replace(grid, totals=totals, errors=errors), chart_workbook(grid)), found
        laid = self.workbook.lay_out(grid, own_format=own != GENERAL)
        if totals or any(self.error_bars):
            laid = replace(laid, grid=replace(laid.grid, totals=totals, errors=errors))
        return laid, [*found, _moved(self.workbook, place)] if laid.moved else found

    def _named(self, series: Sequence[Series]) -> tuple[Series, ...]:
        """The series with the names of the designed ones, where the data give none."""
        return tuple(
            s if s.name or i >= len(self.names) else replace(s, name=self.names[i])
            for i, s in enumerate(series)
        )

    def _kinds(self, count: int) -> tuple[str, ...]:
        """The kind of data of each series: further ones are as the last."""
        return (*self.kinds[:count], *[self.kinds[-1]] * (count - len(self.kinds)))

    def _problem(self, chart: Chart) -> tuple[str, str] | None:
        if not chart.series:
            return "chart-without-data", "the chart gets no series"
        if (many := too_much(chart)) is not None:
            return many
        if self.exactly and len(chart.series) != self.exactly:
            message = f"this kind of chart has {self.exactly} series, and gets {len(chart.series)}"
            return "chart-series-unequal", message
        for one, kind in zip(chart.series, self._kinds(len(chart.series)), strict=True):
            counted = kind == "scatter" and not one.x and "category" in self.kinds
            if kind != "category" and len(one.x) != len(one.values) and not counted:
                return "chart-points-unequal", f"{_POINTS} as many x values as y values: {_SCATTER}"
            if kind == "bubble" and len(one.sizes) != len(one.values):
                return "chart-points-unequal", f"{_POINTS} as many sizes as y values: {_BUBBLE}"
        if (
            self.labelled
            and not chart.categories
            and any(len(s.labels) != len(s.values) for s in chart.series)
        ):
            message = "the labels of this chart come from cells, and the data give none"
            return "chart-without-labels", f"{message}: give each series labels: [one, two]"
        return None


def _no_dates(place: Place) -> Diagnostic:
    message = "the chart has an axis of dates, and its categories are other texts"
    return Diagnostic.warning("chart-categories-no-dates", message, place, "write dates as 2026-01-31")


def _moved(workbook: Workbook, place: Place) -> Diagnostic:
    message = f"the data of the chart are on a sheet of their own, {workbook.own.name}, of its workbook"
    hint = "leave room below and beside the data, and let the chart point to plain areas of cells"
    return Diagnostic.warning("chart-data-moved", message, place, hint)


def series_xml(grid: Grid, argument: tuple[int, int, SeriesPieces, SeriesPieces, Sequence[int]]) -> bytes:
    """The series of one hook: its own, and after the last one all further ones, numbered from the argument's second in the
    accents that are free."""
    index, further, pieces, clone, free = argument
    if index >= len(grid.series):
        return b""
    amounts = grid.errors[index] if grid.errors else ((), ())
    out = [_one(grid, index, grid.series[index], pieces, amounts=amounts)]
    if further >= 0:
        for at, columns in enumerate(grid.series[index + 1 :]):
            out.append(_one(grid, further + at, columns, clone, _accent(at, free)))
    return b"".join(out)


def _accent(at: int, free: Sequence[int]) -> tuple[int, int]:
    """The accent of a further series, and the round through the accents: first those that no designed series has."""
    if at < len(free):
        return free[at], 0
    turn, number = divmod(at - len(free), ACCENTS)
    return number, turn + 1


def legend_entry_xml(grid: Grid, argument: tuple[int, int, bytes, bytes]) -> bytes:
    """An entry of the legend, at the series, trend line or point it was made for; nothing when that is not there.

    `designed` is the number of series the chart was drawn with, -1 when its legend names points.
    """
    number, designed, before, after = argument
    count = len(grid.series)
    if designed < 0:
        return b"%b%d%b" % (before, number, after) if number < len(grid.series[0].y.values) else b""
    if designed > number >= count:
        return b""
    return b"%b%d%b" % (before, number if number < designed else number - designed + count, after)


def title_xml(grid: Grid, index: int) -> bytes:
    """`c:tx` of a title that shows the name of a series; nothing when there is no such series, or no cell holds its name."""
    column = grid.series[index].y if index < len(grid.series) else None
    return name_reference(column).encode() if column is not None and column.cells.header is not None else b""


def _stretched(formats: Sequence[str], count: int) -> tuple[str, ...]:
    """A format for each series: further ones take the last one's."""
    last = formats[-1] if formats else GENERAL
    return (*formats[:count], *[last] * (count - len(formats)))


def _one(
    grid: Grid,
    number: int,
    columns: SeriesColumns,
    pieces: SeriesPieces,
    accent: tuple[int, int] = (0, 0),
    amounts: Amounts = ((), ()),
) -> bytes:
    count, out = len(columns.y.values), []
    for piece in pieces:
        if isinstance(piece, bytes):
            out.append(piece)
        elif isinstance(piece, str):
            out.append(_data(piece, grid, number, columns, accent).encode())
        elif isinstance(piece[0], bytes):
            out.append(error_bars_xml((piece[0], piece[1]), amounts))
        elif piece[0] < count:
            out.append(piece[1])
    return b"".join(out)


def _data(name: str, grid: Grid, number: int, columns: SeriesColumns, accent: tuple[int, int]) -> str:
    if name == "head":
        return f'<c:idx val="{number}"/><c:order val="{number}"/>'
    if name == "tx":
        return name_reference(columns.y)
    if name == "accent":
        return f"accent{accent[0] + 1}"
    if name == "variant":
        return accent_variant(accent[1])
    if name == "labels":
        return _labels(columns.labels) if columns.labels is not None else ""
    column = {"cat": columns.x, "xVal": columns.x, "bubbleSize": columns.size}.get(name, columns.y)
    if column is None or not column.values:
        return ""
    return f"<c:{name}>{grid.data_reference(column)}</c:{name}>"


def _labels(column: Column) -> str:
    """What is inside `c15:datalabelsRange`."""
    cache = f"<c15:dlblRangeCache>{text_points(column)}</c15:dlblRangeCache>"
    return f"<c15:f>{column.reference}</c15:f>{cache}"
