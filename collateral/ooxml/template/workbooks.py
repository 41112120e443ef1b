"""The workbook a designed chart came with, rewritten at the cells of the chart's data and nowhere else.

In: the data laid out as a `Grid`. Out: the same data at the company's own cells, and the bytes of the workbook. Other sheets,
formulas, names, styles and notes stay as they are; an Excel table around the data grows and shrinks with them. Where other
content stands in the way of more data, the data go to a sheet of their own in the same workbook. Hot path; `workbook_steps`
reads the workbook when the template is compiled.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.archive import ArchiveWriter, StaticBlob
from collateral.ooxml.drawing.chart_data import GENERAL, Cells, Column, Grid, SeriesColumns
from collateral.ooxml.drawing.chart_workbook import sheet_xml
from collateral.ooxml.template.workbook_sheets import Sheet, Written
from collateral.ooxml.xml import escape_text


@dataclass(slots=True)
class Slot:
    """Where the designed data of one series stand; None for what the chart took from no cell."""

    x: Cells | None
    y: Cells
    size: Cells | None = None


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
    that never change, `listing` those that list the sheets.
    """

    slots: tuple[Slot, ...]
    sheets: tuple[Sheet, ...]
    constant: StaticBlob
    listing: StaticBlob
    own: OwnSheet

    def lay_out(self, grid: Grid) -> Laid:
        """The data at the workbook's own cells, or on a sheet of their own."""
        placed = self._placed(grid)
        if placed is not None:
            return Laid(*placed)
        moved = _on_sheet(grid, self.own.name)
        return Laid(moved, self._write([{} for _ in self.sheets], moved), moved=True)

    def _placed(self, grid: Grid) -> tuple[Grid, bytes] | None:
        if not self.slots:
            return None
        layout = _Layout(self.sheets)
        series: list[SeriesColumns] = []
        for one, slot in zip(grid.series, self._slots(grid), strict=True):
            placed = layout.place(one, slot)
            if placed is None:
                return None
            series.append(placed)
        made = Grid(tuple(layout.columns), tuple(series))
        return made, self._write(layout.written, None)

    def _slots(self, grid: Grid) -> Iterator[Slot]:
        """The places of the designed series, and further ones beside the last of them."""
        yield from self.slots[: len(grid.series)]
        last = self.slots[-1]
        free = 1 + max(_line(cells) for slot in self.slots for cells in (slot.x, slot.y, slot.size) if cells)
        for before, one in zip(
            grid.series[len(self.slots) - 1 :], grid.series[len(self.slots) :], strict=False
        ):
            x, size = last.x, None
            if one.x.values != before.x.values:
                x, free = _on_line(last.x or last.y, free), free + 1
            y, free = _on_line(last.y, free), free + 1
            if one.size is not None:
                size, free = _on_line(last.size or last.y, free), free + 1
            last = Slot(x, y, size)
            yield last

    def _write(self, written: list[Written], moved: Grid | None) -> bytes:
        writer = ArchiveWriter()
        writer.add_blob(self.listing if moved is None else self.own.listing)
        writer.add_blob(self.constant)
        if moved is not None:
            writer.add(
                self.own.member,
                sheet_xml([replace(c, number_format=GENERAL) for c in moved.columns], (GENERAL,)),
            )
        for sheet, cells in zip(self.sheets, written, strict=True):
            for name, data in sheet.write(cells):
                writer.add(name, data)
        return b"".join(writer.chunks())


class _Layout:
    """Columns of data brought to their cells, as long as nothing stands there."""

    def __init__(self, sheets: tuple[Sheet, ...]) -> None:
        self.sheets = sheets
        self.written: list[Written] = [{} for _ in sheets]
        self.columns: list[Column] = []
        self._names = [sheet.table_names() for sheet in sheets]
        self._known: dict[Cells, Column] = {}

    def place(self, one: SeriesColumns, slot: Slot) -> SeriesColumns | None:
        """The columns of a series at the cells of its slot; None when they cannot stand there."""
        y = self._put(one.y, slot.y)
        x = self._put(one.x, slot.x) if slot.x is not None else _nothing(one.x)
        size = self._put(one.size, slot.size) if one.size is not None and slot.size is not None else None
        if x is None or y is None or (size is None) != (one.size is None):
            return None
        return SeriesColumns(x, y, size)

    def _put(self, column: Column, cells: Cells) -> Column | None:
        known = self._known.get(cells)
        if known is not None:
            return known if known.values == column.values else None
        sheet, written = self.sheets[cells.book_sheet], self.written[cells.book_sheet]
        made = replace(column, cells=cells, header=self._name(column, cells))
        spots = [cells.at(index) for index in range(len(column.values))]
        if cells.header is not None:
            spots.append(cells.header)
        if any(spot in written or spot in sheet.occupied for spot in spots):
            return None
        if cells.header is not None:
            written[cells.header] = (escape_text(made.header), True)
        for spot, value in zip(spots, column.values, strict=False):
            written[spot] = (value, column.is_text)
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
        taken.add(name.casefold())
        return name


def _nothing(column: Column) -> Column | None:
    """Categories that are not there need no cells; others have no place."""
    return None if any(column.values) else replace(column, values=())


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
        SeriesColumns(moved[id(s.x)], moved[id(s.y)], moved[id(s.size)] if s.size is not None else None)
        for s in grid.series
    ]
    return Grid(tuple(moved.values()), tuple(series))
