"""The workbook a designed chart came with, rewritten at the cells of the chart's data and nowhere else.

In: the data laid out as a `Grid`. Out: the same data at the company's own cells, and the bytes of the workbook. Other sheets,
formulas, names, styles and notes stay as they are; an Excel table around the data grows and shrinks with them. Where other
content stands in the way of more data, the data go to a sheet of their own in the same workbook. Hot path; `workbook_steps`
reads the workbook when the template is compiled.
"""

from __future__ import annotations

from collections.abc import Iterable

from collateral.diagnostics.lazy_dataclass import dataclass, field, replace
from collateral.ooxml.archive import ArchiveWriter, StaticBlob
from collateral.ooxml.drawing.chart_data import GENERAL, Cells, Column, Grid, SeriesColumns
from collateral.ooxml.drawing.chart_workbook import sheet_xml
from collateral.ooxml.template.charts.cell_styles import CellStyles, NewStyles
from collateral.ooxml.template.charts.workbook_sheets import Sheet, SheetCut, Written
from collateral.ooxml.xml import escape_text


@dataclass(slots=True)
class Slot:
    """Where the designed data of one series stand; None for what the chart took from no cell."""

    x: Cells | None
    y: Cells
    size: Cells | None = None
    labels: Cells | None = None

    def places(self) -> list[Cells]:
        """All places of the series."""
        return [cells for cells in (self.x, self.y, self.size, self.labels) if cells is not None]


@dataclass(slots=True)
class OwnSheet:
    """A sheet for data that do not fit where they were: its name in the file and in formulas, and the members that list it."""

    member: str
    name: str
    listing: StaticBlob


@dataclass(slots=True)
class Laid:
    """Data at their cells, and the bytes of their workbook; `moved` when they went to a sheet of their own."""

    grid: Grid
    workbook: bytes
    moved: bool = False


@dataclass(slots=True)
class Workbook:
    """A workbook that is written anew for each piece.

    `slots` are the places of the designed series, none when the chart's formulas cannot be followed; `constant` are the members
    that never change, `listing` those that list the sheets, `styles` the cell styles. `has_links` says that its formulas take values from other files, `has_tags`
    that texts outside the data look like tags, `beside` where numbers stand that follow the data without a gap and are none of them.
    """

    slots: tuple[Slot, ...]
    sheets: tuple[Sheet, ...]
    constant: StaticBlob
    listing: StaticBlob
    own: OwnSheet
    styles: CellStyles | None = None
    has_links: bool = False
    has_tags: bool = False
    beside: tuple[str, ...] = ()
    _plans: dict[_Shape, _Plan] = field(default_factory=dict)
    _unchanged: list[StaticBlob] = field(default_factory=list)

    def lay_out(self, grid: Grid, *, own_format: bool = False) -> Laid:
        """The data at the workbook's own cells, or on a sheet of their own.

        With `own_format` the number format of the data replaces that of the cells.
        """
        placed = self._placed(grid, own_format)
        if placed is not None:
            return Laid(*placed)
        moved = _on_sheet(grid, self.own.name)
        return Laid(moved, self._write([{} for _ in self.sheets], moved), moved=True)

    def _placed(self, grid: Grid, own_format: bool) -> tuple[Grid, bytes] | None:
        if not self.slots:
            return None
        shape = None if own_format or len(self.sheets) > 1 or self.sheets[0].tables else _shape_of(grid)
        plan = self._plans.get(shape) if shape is not None else None
        if plan is not None and (done := plan.lay_out(grid, self)) is not None:
            return done
        layout = _Layout(self.sheets, self.slots, own_format)
        try:
            series = [layout.place(one, index) for index, one in enumerate(grid.series)]
        except _OccupiedError:
            return None
        x = series[0].x.cells
        together = self.slots[0].x is not None and all(one.x.cells == x for one in series)
        if shape is not None and plan is None and together:
            if len(self._plans) >= _KEPT:
                self._plans.clear()
            cut = self.sheets[0].cut(layout.written[0])
            self._plans[shape] = _Plan(tuple(one.y.cells for one in series), x, cut)
        return Grid(tuple(layout.columns), tuple(series)), self._write(layout.written, None)

    def _write(self, written: list[Written], moved: Grid | None) -> bytes:
        styles = NewStyles(self.styles) if self.styles is not None else None
        parts = [(self.own.member, _own_sheet(moved, styles))] if moved is not None else []
        for sheet, cells in zip(self.sheets, written, strict=True):
            parts += sheet.write(cells, styles)
        if moved is None and (styles is None or not styles.added):
            return self.with_parts(parts)
        writer = ArchiveWriter()
        writer.add_blob(self.listing if moved is None else self.own.listing)
        writer.add_blob(self.constant)
        if styles is not None:
            styles.write(writer)
        for name, data in parts:
            writer.add(name, data)
        return b"".join(writer.chunks())

    def with_parts(self, parts: Iterable[tuple[str, bytes]]) -> bytes:
        """The workbook with these parts, all others as they are."""
        if not self._unchanged:
            styles = [self.styles.member] if self.styles is not None else []
            members = [*self.listing.members(), *self.constant.members(), *styles]
            self._unchanged.append(StaticBlob.of(members))
        writer = ArchiveWriter()
        writer.add_blob(self._unchanged[0])
        for name, data in parts:
            writer.add(name, data)
        return b"".join(writer.chunks())


_Shape = tuple[tuple[object, ...], ...]
"""What the cells of data depend on: of each column whether it is of texts, and which of its header and values are empty."""
_LONGEST_HEADER = 255
"""Characters the header of an Excel table may have."""
_KEPT = 16
"""How many shapes of data are remembered for one workbook."""


def _shape_of(grid: Grid) -> _Shape | None:
    """The shape of data whose series share their categories; None for others."""
    x = grid.series[0].x
    for one in grid.series:
        if one.x is not x or one.size is not None or one.labels is not None:
            return None
    if x.outer:
        return None
    return tuple([(c.is_text, not c.header, *[not v for v in c.values]) for c in grid.columns])


class _Plan:
    """Where data of one shape go: worked out once. `y` and `x` are the cells of the series and of their categories."""

    def __init__(self, y: tuple[Cells, ...], x: Cells, cut: SheetCut) -> None:
        self.y, self.x, self.cut = y, x, cut

    def lay_out(self, grid: Grid, workbook: Workbook) -> tuple[Grid, bytes] | None:
        """The data at their cells, and the workbook; None when their texts need more care."""
        old = grid.series[0].x
        x = Column(self.x, old.header, old.values, old.is_text, old.number_format)
        columns, series, written = list[Column](), list[SeriesColumns](), list[str]()
        for one, cells in zip(grid.series, self.y, strict=True):
            y = Column(cells, one.y.header, one.y.values, one.y.is_text, one.y.number_format)
            for column in (y, x) if not series else (y,):
                columns.append(column)
                if column.cells.header is not None:
                    written.append(escape_text(column.header))
                written += column.values
            series.append(SeriesColumns(x, y))
        sheet = self.cut(written)
        if sheet is None:
            return None
        return Grid(tuple(columns), tuple(series)), workbook.with_parts([(workbook.sheets[0].member, sheet)])


class _OccupiedError(Exception):
    """Something else stands where data would go."""


class _Layout:
    """Columns of data brought to their cells, as long as nothing else stands there."""

    def __init__(self, sheets: tuple[Sheet, ...], slots: tuple[Slot, ...], own_format: bool) -> None:
        self._own_format = own_format
        self.sheets, self.slots = sheets, list(slots)
        self.written: list[Written] = [{} for _ in sheets]
        self.columns: list[Column] = []
        self._names = [sheet.table_names() for sheet in sheets]
        self._known: dict[Cells, Column] = {}
        self._free = 1 + max(_line(cells) for slot in slots for cells in slot.places())

    def place(self, one: SeriesColumns, index: int) -> SeriesColumns:
        """The columns of a series at their cells; further ones stand beside the last. Raises _OccupiedError."""
        if index == len(self.slots):
            self.slots.append(self._beside(self.slots[-1]))
        slot = self.slots[index]
        y = self._put(one.y, slot.y, one.y.number_format if self._own_format else "")
        x = self._put(one.x, slot.x) if slot.x is not None else _nothing(one.x)
        size = self._put(one.size, slot.size or slot.y) if one.size is not None else None
        kept = one.labels is not None and slot.labels is not None
        labels = self._put(one.labels, slot.labels) if kept else None  # type: ignore[arg-type]
        return SeriesColumns(x, y, size, labels)

    def _beside(self, last: Slot) -> Slot:
        y = self._on_free_line(last.y)
        return Slot(last.x, y, self._on_free_line(last.size) if last.size is not None else None, last.labels)

    def _on_free_line(self, cells: Cells) -> Cells:
        self._free += 1
        return _on_line(cells, self._free - 1)

    def _put(self, column: Column, cells: Cells, number_format: str = "") -> Column:
        known = self._known.get(cells)
        if known is not None and (known.values, known.outer) == (column.values, column.outer):
            return known
        if known is not None:  # series shared these cells, and no longer have the same values
            cells = replace(self._on_free_line(cells), header=cells.header)
        sheet, written = self.sheets[cells.book_sheet], self.written[cells.book_sheet]
        for level, values in enumerate(reversed(column.outer), 1):
            above = cells.before(level)
            if above.row < 1 or above.column < 1:
                raise _OccupiedError
            self._put(replace(column, values=values, outer=()), above)
        header = self._name(column, cells)
        made = Column(
            cells, header, column.values, column.is_text, column.number_format, column.outer
        )  # in place of replace(), which takes several times as long
        spots = cells.spots(len(column.values))
        if cells.header is not None:
            spots.append(cells.header)
        if not (written.keys().isdisjoint(spots) and sheet.occupied.isdisjoint(spots)):
            raise _OccupiedError
        if cells.header is not None:
            written[cells.header] = (escape_text(made.header), True, "")
        for spot, value in zip(spots, column.values, strict=False):
            written[spot] = (value, column.is_text, number_format)
        self._known[cells] = made
        self.columns.append(made)
        return made

    def _name(self, column: Column, cells: Cells) -> str:
        """The header; where a table is, one that is not empty and no other column has, made so by blanks nobody sees."""
        if cells.header is None or not self.sheets[cells.book_sheet].tables:
            return column.header
        name, taken = column.header or " ", self._names[cells.book_sheet]
        while name.casefold() in taken:
            name += " "
        if len(name) > _LONGEST_HEADER:
            raise _OccupiedError
        taken.add(name.casefold())
        return name


def _nothing(column: Column) -> Column:
    """Categories that are not there need no cells; others have no place."""
    if any(column.values):
        raise _OccupiedError
    return replace(column, values=())


def _own_sheet(grid: Grid, styles: NewStyles | None) -> bytes:
    """The sheet of data that moved, in the number formats of the chart."""
    formats = dict.fromkeys(c.number_format for c in grid.columns)
    known = {code: styles.style("", code) if styles and code != GENERAL else "" for code in formats}
    return sheet_xml(grid.columns, known)


def _line(cells: Cells) -> int:
    return cells.row if cells.across else cells.column


def _on_line(cells: Cells, line: int) -> Cells:
    """The same cells in another column, or in another row when they lie across."""
    if cells.across:
        header = (line, cells.header[1]) if cells.header else None
        return replace(cells, row=line, header=header)
    header = (cells.header[0], line) if cells.header else None
    return replace(cells, column=line, header=header)


def _on_sheet(grid: Grid, sheet: str) -> Grid:
    """The data laid out as on a sheet of our own, on the sheet with this name."""
    moved = {id(column): replace(column, cells=replace(column.cells, sheet=sheet)) for column in grid.columns}
    series = [
        SeriesColumns(moved[id(s.x)], moved[id(s.y)], moved.get(id(s.size)), moved.get(id(s.labels)))
        for s in grid.series
    ]
    return Grid(tuple(moved.values()), tuple(series))
