"""A sheet of a workbook cut at the cells of a chart's data, and the Excel tables around them.

In: the new cells by row and column. Out: the bytes of the sheet and of its tables. Everything else on the sheet is kept as bytes.
Hot path; `workbook_steps` makes these when the template is compiled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.ooxml.drawing.chart_data import column_letter
from collateral.ooxml.drawing.chart_workbook import cell_text, text_cell
from collateral.ooxml.pieces import Marked, mark
from collateral.ooxml.template.charts.cell_styles import NewStyles

Spot = tuple[int, int]
"""Row and column of a cell, counted from 1."""
Written = dict[Spot, tuple[str, bool, str]]
"""New cells: the value as XML text ("" for an empty cell), whether it is a text, and a number format of its own or ""."""
Area = tuple[int, int, int, int]
"""First row and column, last row and column."""


NUMBERS, HEADERS = 0, -1
"""The keys of the styles for the numbers and the headers of further lines."""


class SheetCut:
    """A sheet cut at the cells of new data: a function of their values, as XML text, in the cells' order."""

    def __init__(self, marked: str, count: int) -> None:
        self._marked = Marked(marked)
        self._is_sound = len(self._marked) == count  # the sheet itself holds no such marks

    def __call__(self, values: Sequence[str]) -> bytes | None:
        """The sheet with these values; None when it holds marks itself, or a text that Excel might take for an escape."""
        if not self._is_sound or "_x" in "".join(values):
            return None
        return self._marked.filled([v if "&#13;" not in v else cell_text(v) for v in values]).encode()


@dataclass(slots=True)
class Row:
    """A row that is there: its attributes, and the cells that stay, by column."""

    number: int
    attributes: bytes
    cells: tuple[tuple[int, bytes], ...]


@dataclass(slots=True)
class TableColumn:
    """A column of an Excel table: its XML before and after the name."""

    before: bytes
    after: bytes


@dataclass(slots=True)
class Table:
    """An Excel table around the data: `areas` are the cuts of its XML at its two references, `columns` its columns.

    `fixed` names the columns whose headers the chart does not take. `next_id` is a free column id.
    With `totals` the last row holds totals and stays where it is.
    """

    member: str
    area: Area
    pieces: tuple[bytes, ...]
    columns: tuple[TableColumn, ...]
    fixed: Mapping[int, str]
    next_id: int
    prefix: str = ""
    totals: bool = False

    def area_for(self, written: Written, data: Mapping[Spot, str]) -> Area:
        """Where the table reaches with new data: as far as they do, when the old ones reached its edges."""
        top, left, bottom, right = self.area
        rows = [row for row, column in written if row > top and left <= column]
        old_rows = [row for row, column in data if top < row <= bottom and left <= column <= right]
        if old_rows and max(old_rows) == bottom and not self.totals:
            bottom = max([top + 1, *rows])
        columns = [column for row, column in written if row == top and column >= left]
        old_columns = [column for row, column in data if row >= top and left <= column <= right]
        if old_columns and max(old_columns) == right:
            right = max([left, *columns, *(c for c in self.fixed if c <= right)])
        return top, left, bottom, right

    def write(self, area: Area, names: Mapping[int, str]) -> bytes:
        """The table's part for its new area; `names` are the headers by column, as XML text."""
        top, left, bottom, right = area
        reference = f"{column_letter(left)}{top}:{column_letter(right)}{bottom}".encode()
        out = [
            reference.join(self.pieces[:-1]),
            b'<%btableColumns count="%d">' % (self.prefix.encode(), right - left + 1),
        ]
        for number in range(left, right + 1):
            at = number - self.area[1]
            name = _attribute(names[number])
            if at < len(self.columns):
                out += [self.columns[at].before, name, self.columns[at].after]
            else:
                out.append(
                    b'<%btableColumn id="%d" name="%b"/>' % (self.prefix.encode(), self.next_id + at, name)
                )
        out += [b"</%btableColumns>" % self.prefix.encode(), self.pieces[-1]]
        return b"".join(out)


@dataclass(slots=True)
class Sheet:
    """A sheet cut at the old data.

    `head` ends before the area the sheet holds, `middle` goes to the end of `<sheetData>`'s opening, `tail` begins after its end.
    `data` are the old data's cells with their style attributes, `line_styles` those of further cells of a line by its column
    or row (`NUMBERS` and `HEADERS` are for further lines), `occupied` the cells that hold something else.
    """

    member: str
    head: bytes
    middle: bytes
    tail: bytes
    rows: tuple[Row, ...]
    data: Mapping[Spot, str]
    occupied: frozenset[Spot]
    tables: tuple[Table, ...] = ()
    prefix: str = ""
    line_styles: Mapping[int, str] = field(default_factory=dict)
    across: bool = False

    def table_names(self) -> set[str]:
        """The headers of tables that stay, folded: a table's headers differ."""
        if not self.tables:
            return set()
        return {name.casefold() for table in self.tables for name in table.fixed.values()}

    def write(self, written: Written, styles: NewStyles | None) -> Iterator[tuple[str, bytes]]:
        """The sheet and its tables, by their names in the file."""
        for table in self.tables:
            area = table.area_for(written, self.data)
            names = _headers(table, area, written)
            for column, name in names.items():
                if column not in table.fixed:
                    written[area[0], column] = (name, True, "")
            yield table.member, table.write(area, names)
        yield self.member, self._built(written, styles)

    def cut(self, written: Written) -> SheetCut:
        """The sheet cut at these cells, for all data with cells at the same spots."""
        marked = {
            spot: (mark(number) if value else "", is_text, "")
            for number, (spot, (value, is_text, _)) in enumerate(written.items())
        }
        return SheetCut(
            self._built(marked, None).decode(), sum(1 for value, _, _ in written.values() if value)
        )

    def _built(self, written: Written, styles: NewStyles | None) -> bytes:
        by_row: dict[int, dict[int, bytes]] = {}
        for spot, (value, is_text, code) in written.items():
            style = self.data.get(spot)
            if style is None:
                style = self._further_style(spot, is_text)
            if code and styles is not None:
                style = styles.style(style, code)
            cell = self._cell(spot, style, value, is_text)
            if cell:
                by_row.setdefault(spot[0], {})[spot[1]] = cell
        for spot, style in self.data.items():
            if style and spot not in written:
                by_row.setdefault(spot[0], {})[spot[1]] = self._cell(spot, style, "", False)
        out = [self.head, self._extent(by_row), self.middle]
        at = 0
        for number in sorted({*by_row, *(row.number for row in self.rows)}):
            kept = self.rows[at] if at < len(self.rows) and self.rows[at].number == number else None
            at += kept is not None
            out += _row(self.prefix, number, kept, by_row.get(number))
        out.append(self.tail)
        return b"".join(out)

    def _further_style(self, spot: Spot, is_text: bool) -> str:
        """The style of a cell that is new: its line's, or that of further lines."""
        other = self.line_styles.get(HEADERS if is_text else NUMBERS, "")
        return self.line_styles.get(spot[0] if self.across else spot[1], other)

    def _cell(self, spot: Spot, style: str, value: str, is_text: bool) -> bytes:
        prefix = self.prefix
        start = f'<{prefix}c r="{column_letter(spot[1])}{spot[0]}'
        if not value:
            return f'{start}"{style}/>'.encode() if style else b""
        if is_text:
            return text_cell(start, style, value, prefix).encode()
        return f'{start}"{style}><{prefix}v>{value}</{prefix}v></{prefix}c>'.encode()

    def _extent(self, by_row: Mapping[int, Mapping[int, bytes]]) -> bytes:
        """The area that holds cells, as `dimension` names it."""
        columns = [c for cells in by_row.values() for c in cells] + [
            c for row in self.rows for c, _ in row.cells
        ]
        rows = [*by_row, *(row.number for row in self.rows if row.cells)]
        if not rows or not columns:
            return b"A1"
        first = f"{column_letter(min(columns))}{min(rows)}"
        last = f"{column_letter(max(columns))}{max(rows)}"
        return (first if first == last else f"{first}:{last}").encode()


def _headers(table: Table, area: Area, written: Written) -> dict[int, str]:
    """The header of each column of a table: the new one, the one that stays, or one that says its number."""
    top, left, _, right = area
    names: dict[int, str] = {}
    for column in range(left, right + 1):
        name = written.get((top, column), ("", True, ""))[0]
        names[column] = name or table.fixed.get(column) or _free_name(f"Column{column - left + 1}", names)
    return names


def _free_name(name: str, names: Mapping[int, str]) -> str:
    taken = {known.casefold() for known in names.values()}
    while name.casefold() in taken:
        name += " "
    return name


def _row(prefix: str, number: int, kept: Row | None, new: Mapping[int, bytes] | None) -> list[bytes]:
    tag = prefix.encode()
    attributes = kept.attributes if kept is not None else b""
    if kept is None or not kept.cells:
        cells = [new[column] for column in sorted(new)] if new else []
    elif not new:
        cells = [xml for _, xml in kept.cells]
    else:
        cells = [xml for _, xml in sorted({**dict(kept.cells), **new}.items())]
    return [b'<%brow r="%d"%b>' % (tag, number, attributes), *cells, b"</%brow>" % tag]


def _attribute(name: str) -> bytes:
    """A header, XML text already, as a table's part names its column."""
    return cell_text(name).replace('"', "&quot;").replace("\n", "_x000a_").replace("\t", "_x0009_").encode()
