"""The numbers of a chart laid out on a sheet: what cell holds what, the cells' addresses, and the cached points.

Goes in: a `Chart`. Comes out: a `Grid` (columns of a sheet with their roles) that the chart XML and the workbook are
both written from, so that the two can never differ. No charts are drawn here.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from math import isfinite

from collateral.diagnostics.lazy_dataclass import dataclass, field, replace
from collateral.model.content import Chart, Series
from collateral.ooxml.xml import escape_text

SHEET = "Sheet1"
GENERAL = "General"
Number = float | int | Decimal | None
_EPOCH, _EPOCH_1904 = 693594, 695056
"""Day 0 of Excel's calendar, 1899-12-30, and of the one that older files for the Mac count from, 1904-01-01."""
XY_KINDS = frozenset({"scatter", "bubble"})


@dataclass(frozen=True, slots=True)
class Cells:
    """Where a column of data stands on a sheet: its first value, rows and columns counted from 1.

    Further values are below it, or to the right of it when the data lie `across`. `header` is the cell of the name;
    None when no cell holds it. `sheet` is the sheet's name as formulas write it (XML text), `book_sheet` its place among the sheets a
    workbook is rewritten at.
    """

    row: int
    column: int
    header: tuple[int, int] | None = None
    sheet: str = SHEET
    across: bool = False
    book_sheet: int = 0

    def spots(self, count: int) -> list[tuple[int, int]]:
        """Row and column of so many values."""
        row, column = self.row, self.column
        if self.across:
            return [(row, at) for at in range(column, column + count)]
        return [(at, column) for at in range(row, row + count)]

    def reference(self, count: int, levels: int = 0) -> str:
        """The formula of so many values (of one cell at least), with those of the levels before them."""
        rows, columns = (0, max(count, 1) - 1) if self.across else (max(count, 1) - 1, 0)
        above, before = (levels, 0) if self.across else (0, levels)
        return _area(
            self.sheet, self.row - above, self.column - before, self.row + rows, self.column + columns
        )

    def before(self, levels: int) -> Cells:
        """The place so many columns to the left, or rows above when the data lie across; without a header."""
        if not levels:
            return self
        row, column = (self.row - levels, self.column) if self.across else (self.row, self.column - levels)
        return replace(self, row=row, column=column, header=None)

    @property
    def header_reference(self) -> str:
        """The formula of the header cell."""
        return _cell(self.sheet, *self.header) if self.header else ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of data: where it stands, its header, and its values as XML text ("" is an empty cell).

    `outer` are the levels above categories, the outermost first, written where they change; they stand in the columns before it.
    """

    cells: Cells
    header: str
    values: tuple[str, ...]
    is_text: bool = False
    number_format: str = GENERAL
    outer: tuple[tuple[str, ...], ...] = ()

    @property
    def reference(self) -> str:
        """The formula of the values, with the levels above them."""
        return self.cells.reference(len(self.values), len(self.outer))


@dataclass(frozen=True, slots=True)
class SeriesColumns:
    """Where one series is: `x` are the categories (shared) or the series' own x values, `labels` the texts at its points."""

    x: Column
    y: Column
    size: Column | None = None
    labels: Column | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """The sheet of a chart: its columns from A on, the columns of each series, which points of a waterfall are totals, and how far
    the error bars of each series reach up and down at each point (XML texts), where they have amounts of their own."""

    columns: tuple[Column, ...]
    series: tuple[SeriesColumns, ...]
    totals: tuple[int, ...] = ()
    errors: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()
    _written: dict[int, str] = field(default_factory=dict, repr=False, compare=False)

    def data_reference(self, column: Column) -> str:
        """As the function of this name; a column that series share is written once."""
        known = self._written.get(id(column))
        if known is None:
            known = self._written[id(column)] = data_reference(column)
        return known


def chart_grid(
    chart: Chart,
    kinds: str | Sequence[str],
    formats: Sequence[str] = (),
    category_format: str | None = None,
    x_formats: Sequence[str] = (),
    *,
    labelled: bool = False,
    repeated: bool = False,
    since_1904: bool = False,
) -> Grid:
    """The chart's data as a sheet. `kinds` are category, scatter or bubble (or the name of a chart's kind), one for all or one for each series.

    `formats` are the number formats of the series (the chart's own by default), `x_formats` those of the x values of scatter
    and bubble charts. With a `category_format` categories that are numbers or ISO dates are written as numbers, days counted from 1904 when the
    workbook counts them so. With `repeated` the
    levels above categories are written for each of them, not only where they change. With `labelled` each series has a column of
    labels: its own, or the categories. Points without x beside series with categories stand at 1, 2, 3.
    """
    number = len(chart.series)
    each = [kinds] * number if isinstance(kinds, str) else kinds
    flat = [one for one, kind in zip(chart.series, each, strict=True) if kind not in XY_KINDS]
    count = max([len(chart.categories), *(len(s.values) for s in flat)])
    columns = []
    if flat:
        epoch = _EPOCH_1904 if since_1904 else _EPOCH
        columns = _category_columns(chart, count, category_format, repeated=repeated, epoch=epoch)
    series: list[SeriesColumns] = []
    first = columns[-1] if columns else None
    for index, (one, kind) in enumerate(zip(chart.series, each, strict=True)):
        code = formats[index] if index < len(formats) else chart.number_format
        if kind not in XY_KINDS and first is not None:
            values = _numbers(one.values, count)
            made = SeriesColumns(
                first, Column(_cells(len(columns) + 1), one.name, values, number_format=code)
            )
            columns.append(made.y)
        else:
            x = one.x or (tuple(range(1, len(one.values) + 1)) if flat else ())
            x_format = x_formats[index] if index < len(x_formats) else GENERAL
            made = _point_columns(replace(one, x=x), len(columns) + 1, code, x_format, sized=kind == "bubble")
            columns += [made.x, made.y, made.size] if made.size is not None else [made.x, made.y]
        series.append(made)
    grid = Grid(tuple(columns), tuple(series))
    return _with_labels(grid, chart) if labelled else grid


def _with_labels(grid: Grid, chart: Chart) -> Grid:
    """The grid with a column of labels for each series, after all others."""
    columns, series = list(grid.columns), []
    for one, columns_of in zip(chart.series, grid.series, strict=True):
        count = len(columns_of.y.values)
        texts = _padded_text((one.labels or chart.categories)[:count], count)
        labels = Column(_cells(len(columns) + 1), "Labels", tuple(map(escape_text, texts)), is_text=True)
        columns.append(labels)
        series.append(replace(columns_of, labels=labels))
    return Grid(tuple(columns), tuple(series))


def cell_name(row: int, column: int) -> str:
    """The absolute name of a cell counted from 1: $B$2."""
    return f"${column_letter(column)}${row}"


@lru_cache(1024)
def _cell(sheet: str, row: int, column: int) -> str:
    return f"{sheet}!{cell_name(row, column)}"


@lru_cache(1024)
def _area(sheet: str, top: int, left: int, bottom: int, right: int) -> str:
    return f"{sheet}!{cell_name(top, left)}:{cell_name(bottom, right)}"


@lru_cache(1024)
def column_letter(index: int) -> str:
    """The letters of a column counted from 1: A, B, … Z, AA."""
    letters = ""
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def number_text(value: Number) -> str:
    """A number as a cell and a chart point hold it; "" for a gap and for what is no finite number."""
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(value) if isfinite(value) else ""
    if isinstance(value, Decimal):
        return str(value) if value.is_finite() else ""
    return str(int(value))


def text_points(column: Column) -> str:
    """The points of a text cache; empty texts are left out, as Office does."""
    return f'<c:ptCount val="{len(column.values)}"/>' + "".join(
        [f'<c:pt idx="{i}"><c:v>{v}</c:v></c:pt>' for i, v in enumerate(column.values) if v]
    )


def number_points(column: Column) -> str:
    """The number format and points of a number cache; gaps are left out."""
    code = escape_text(column.number_format)
    return f'<c:formatCode>{code}</c:formatCode><c:ptCount val="{len(column.values)}"/>' + "".join(
        [f'<c:pt idx="{i}"><c:v>{v}</c:v></c:pt>' for i, v in enumerate(column.values) if v]
    )


def name_reference(column: Column) -> str:
    """`c:tx` of a series: its name, tied to the header cell if there is one."""
    if column.cells.header is None:
        return f"<c:tx><c:v>{escape_text(column.header)}</c:v></c:tx>"
    return (
        f"<c:tx><c:strRef><c:f>{column.cells.header_reference}</c:f><c:strCache>"
        f'<c:ptCount val="1"/><c:pt idx="0"><c:v>{escape_text(column.header)}</c:v></c:pt>'
        "</c:strCache></c:strRef></c:tx>"
    )


def data_reference(column: Column) -> str:
    """The reference and cache of a column, as `c:cat`, `c:val` and their like hold it."""
    if column.outer:
        levels = [text_points(replace(column, values=v)) for v in (column.values, *reversed(column.outer))]
        cache = "".join([f"<c:lvl>{points.partition('/>')[2]}</c:lvl>" for points in levels])
        count = f'<c:ptCount val="{len(column.values)}"/>'
        start = f"<c:multiLvlStrRef><c:f>{column.reference}</c:f><c:multiLvlStrCache>{count}{cache}"
        return f"{start}</c:multiLvlStrCache></c:multiLvlStrRef>"
    if column.is_text:
        return f"<c:strRef><c:f>{column.reference}</c:f><c:strCache>{text_points(column)}</c:strCache></c:strRef>"
    return (
        f"<c:numRef><c:f>{column.reference}</c:f><c:numCache>{number_points(column)}</c:numCache></c:numRef>"
    )


def _point_columns(one: Series, at: int, code: str, x_format: str, *, sized: bool) -> SeriesColumns:
    """The columns of a series of points, from the column `at` on."""
    count = max(len(one.values), len(one.x), len(one.sizes) if sized else 0)
    x = Column(_cells(at), "X", _numbers(one.x, count), number_format=x_format)
    y = Column(_cells(at + 1), one.name, _numbers(one.values, count), number_format=code)
    size = Column(_cells(at + 2), "Size", _numbers(one.sizes, count)) if sized else None
    return SeriesColumns(x, y, size)


def _cells(column: int) -> Cells:
    """A column of a sheet of our own: the header in the first row, the values below it."""
    return Cells(2, column, (1, column))


def _category_columns(
    chart: Chart, count: int, number_format: str | None, *, repeated: bool, epoch: int
) -> list[Column]:
    """The categories, after a column for each level above them."""
    categories = _padded_text(chart.categories, count)
    if not chart.levels:
        return [_category_column(categories, number_format, epoch)]
    outer, shown = [], [""] * count
    for level in chart.levels:
        shown = [f"{before}\n{text}" for before, text in zip(shown, _padded_text(level, count), strict=True)]
        starts = [repeated or i == 0 or shown[i] != shown[i - 1] for i in range(count)]
        texts = zip(starts, _padded_text(level, count), strict=True)
        outer.append(tuple([escape_text(text) if starting else "" for starting, text in texts]))
    columns = [Column(_cells(i + 1), "", values, is_text=True) for i, values in enumerate(outer)]
    inner = tuple(map(escape_text, categories))
    return [*columns, Column(_cells(len(outer) + 1), "", inner, is_text=True, outer=tuple(outer))]


def _category_column(categories: tuple[str, ...], number_format: str | None, epoch: int) -> Column:
    if number_format is not None and categories:
        numbers = [_category_number(text, epoch) for text in categories]
        if all(numbers):
            return Column(_cells(1), "", tuple(numbers), number_format=number_format)
    return Column(_cells(1), "", tuple(escape_text(text) for text in categories), is_text=True)


def _category_number(text: str, epoch: int) -> str:
    """The number a category is, an ISO date (and time) as Excel counts days, or ""."""
    text = text.strip()
    if text.isascii() and text.replace(".", "", 1).removeprefix("-").isdecimal():
        return text
    if len(text) in (10, 16, 19) and text[4] == text[7] == "-":
        from datetime import datetime

        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return ""
        day, seconds = moment.toordinal() - epoch, moment.hour * 3600 + moment.minute * 60 + moment.second
        return repr(day + seconds / 86400) if seconds else str(day)
    return ""


def _numbers(values: Sequence[Number], count: int) -> tuple[str, ...]:
    texts = [
        repr(value)
        if value.__class__ is float and isfinite(value)
        else number_text(value)  # mostly, and at once
        for value in values
    ]
    return tuple(texts + [""] * (count - len(texts)))


def _padded_text(texts: Sequence[str], count: int) -> tuple[str, ...]:
    return tuple(texts) + ("",) * (count - len(texts))
