"""Cut a sheet of a chart's workbook at the cells of the data when the template is compiled.

In: the tree of a sheet, the areas of the data, and the sheet's tables. Out: a `Sheet`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy

from lxml import etree

from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.diagnostics.lazy_namedtuple import NamedTuple
from collateral.ooxml.archive import Member
from collateral.ooxml.drawing.chart_data import column_letter
from collateral.ooxml.template.charts.cell_styles import CellStyles
from collateral.ooxml.template.charts.workbook_sheets import (
    HEADERS,
    NUMBERS,
    Area,
    Row,
    Sheet,
    Spot,
    Table,
    TableColumn,
)
from collateral.ooxml.template.charts.workbooks import Slot
from collateral.ooxml.template.language.scan import bare_xml
from collateral.ooxml.xml import XmlError, escape_text, parse_xml, serialise, whole_number

_CUT = "\ue001cut\ue001"  # stands where a sheet is cut until it is bytes
_REFERENCE = re.compile(
    r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?",
    re.IGNORECASE,
)
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?", re.IGNORECASE)
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_NUMBER = re.compile(rb"""<(?:\w+:)?c(?![^>]*\bt=["'](?!n["']))[^>]*><(?:\w+:)?v>""")
_LARGEST = 10_000  # cells of a table or a merged area that are looked at one by one


class CellArea(NamedTuple):
    """An area on a sheet by the sheet's name; `sheet_index` is the sheet's place among those that are read."""

    sheet: str
    area: Area
    sheet_index: int = 0


def sheet_areas(formula: str) -> CellArea | None:
    """The area a formula points to; None when it is no single area. A file's name before the sheet's is left out."""
    found = _REFERENCE.fullmatch(formula.strip())
    if found is None:
        return None
    quoted, plain, *corners = found.groups()
    sheet = quoted.replace("''", "'") if quoted else plain
    return CellArea(re.sub(r"^.*\]", "", sheet), _area(corners))


def local_name(tag: object) -> str:
    """A tag's or attribute's name without its namespace."""
    return str(tag).rpartition("}")[2]


def _area(corners: list[str]) -> Area:
    left, top, right, bottom = corners
    first, last = _column(left), _column(right or left)
    rows = int(top), int(bottom or top)
    return min(rows), min(first, last), max(rows), max(first, last)


def _area_of(text: str | None) -> Area | None:
    found = _AREA.fullmatch((text or "").strip())
    return _area(list(found.groups())) if found else None


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


@dataclass(slots=True)
class SheetReader:
    """Reads one sheet: `areas` are those of the data, filled before the sheet is cut.

    `old_texts` and `other_texts` are the shared strings that the data and the rest use, `beside` says where numbers that are none of
    the data stand beside them, as of a series that is not shown.
    """

    member: str
    root: etree._Element
    index: int
    areas: list[Area] = field(default_factory=list)
    old_texts: set[str] = field(default_factory=set)
    other_texts: set[str] = field(default_factory=set)
    beside: list[str] = field(default_factory=list)

    def is_tied(self) -> bool:
        """Whether a formula of the data also fills cells that stay, so that the data cannot be taken away."""
        for formula in self.root.iter("{*}f"):
            reach = _area_of(formula.get("ref"))
            cell = formula.getparent()
            spot = _area_of(cell.get("r")) if cell is not None else None
            if reach is None or spot is None or not self._holds(spot[:2]):
                continue
            if any(not self._holds(one) for one in _spots(reach)):
                return True
        return False

    def sheet(self, last: Slot | None, tables: Mapping[str, etree._Element]) -> Sheet:
        """The sheet without the old data; `last` is the place of the last series on it."""
        prefix = f"{self.root.prefix}:" if self.root.prefix else ""
        data: dict[Spot, str] = {}
        rows, occupied = self._rows(data)
        own = [t for name, root in tables.items() if (t := self._table(name, root)) is not None]
        for root in tables.values():
            area = _area_of(root.get("ref"))
            if area is not None and all(table.area != area for table in own):
                occupied |= set(_spots(area))
        for merged in self.root.iter("{*}mergeCell"):
            area = _area_of(merged.get("ref"))
            occupied |= {spot for spot in _spots(area) if not self._holds(spot)} if area else set()
        self._show_data()
        self._clear_filter()
        head, middle, tail = self._cut()
        across = last.y.across if last is not None else False
        self.beside = self._lines_beside(rows, across=across)
        return Sheet(
            self.member, head, middle, tail, rows, data, frozenset(occupied), tuple(own), prefix,
            _line_styles(data, last, across), across,
        )  # fmt: skip

    def _holds(self, spot: tuple[int, ...]) -> bool:
        row, column = spot
        return any(
            top <= row <= bottom and left <= column <= right for top, left, bottom, right in self.areas
        )

    def _rows(self, data: dict[Spot, str]) -> tuple[tuple[Row, ...], set[Spot]]:
        """The rows with the cells that stay, and where these are not empty; the styles of the others go into `data`."""
        rows, occupied, number = [], set(), 0
        for row in self.root.iterfind("{*}sheetData/{*}row"):
            number = whole_number(row.get("r")) or number + 1
            kept, column = [], 0
            for cell in row.iterfind("{*}c"):
                spot = _area_of(cell.get("r"))
                column = spot[1] if spot else column + 1
                cell.set("r", f"{column_letter(column)}{number}")
                style = f' s="{cell.get("s")}"' if (cell.get("s") or "").isdigit() else ""
                held = self._holds((number, column))
                self._note_text(cell, self.old_texts if held else self.other_texts)
                if held:
                    data[number, column] = style
                else:
                    kept.append((column, bare_xml(cell)))
                    if len(cell):
                        occupied.add((number, column))
            rows.append(Row(number, self._attributes(row, number), tuple(kept)))
        return tuple(rows), occupied

    def _lines_beside(self, rows: tuple[Row, ...], *, across: bool) -> list[str]:
        """The columns (or rows) with numbers that follow those of the data without a gap."""
        filled: dict[int, bool] = {}
        for row in rows:
            for column, xml in row.cells:
                at, line = (column, row.number) if across else (row.number, column)
                if b"<" in xml[1:] and any(first < at <= last for first, last in self._reaches(across)):
                    filled[line] = filled.get(line, False) or _NUMBER.match(xml) is not None
        reached = {
            line
            for top, left, bottom, right in self.areas
            for line in (range(top, bottom + 1) if across else range(left, right + 1))
        }
        while more := {
            line for line in filled.keys() - reached if not reached.isdisjoint((line - 1, line + 1))
        }:
            reached |= more
        found = sorted(line for line, has_numbers in filled.items() if has_numbers and line in reached)
        return [f"row {line}" if across else f"column {column_letter(line)}" for line in found]

    def _reaches(self, across: bool) -> set[tuple[int, int]]:
        """The rows (or columns) of the data, from the cell before the first to the last."""
        spans = {(left, right) if across else (top, bottom) for top, left, bottom, right in self.areas}
        return {(first - 1, last) for first, last in spans if last > first}

    def _clear_filter(self) -> None:
        """A filter around the data asks for nothing: it would hide new data."""
        for element in self.root.iterfind("{*}autoFilter"):
            area = _area_of(element.get("ref"))
            if area is not None and any(self._holds(spot) for spot in _spots(area)):
                for child in list(element):
                    element.remove(child)

    def _note_text(self, cell: etree._Element, texts: set[str]) -> None:
        if cell.get("t") == "s":
            texts.update(v.text or "" for v in cell.iterfind("{*}v"))

    def _attributes(self, row: etree._Element, number: int) -> bytes:
        """The attributes of a row as bytes; data are not in hidden rows."""
        for child in list(row):
            row.remove(child)
        row.text = None
        for name in ("r", "spans"):
            row.attrib.pop(name, "")
        if any(top <= number <= bottom for top, _, bottom, _ in self.areas):
            row.attrib.pop("hidden", "")
        whole = bare_xml(row)
        return whole[whole.index(b"row") + 3 :].rstrip(b"/>")

    def _show_data(self) -> None:
        for column in self.root.iterfind("{*}cols/{*}col"):
            first, last = whole_number(column.get("min")), whole_number(column.get("max"))
            if any(first <= right and left <= last for _, left, _, right in self.areas):
                column.attrib.pop("hidden", "")

    def _cut(self) -> tuple[bytes, bytes, bytes]:
        root = self.root
        cells = root.find("{*}sheetData")
        extent = root.find("{*}dimension")
        if cells is None:
            raise XmlError("a sheet without cells")
        if extent is None:
            extent = etree.Element(str(root.tag).replace("worksheet", "dimension"))
            root.insert(1 if len(root) and local_name(root[0].tag) == "sheetPr" else 0, extent)
        extent.set("ref", _CUT)
        for row in list(cells):
            cells.remove(row)
        cells.text = _CUT
        head, middle, tail = serialise(root).split(_CUT.encode())
        return head, middle, tail

    def _table(self, member: str, root: etree._Element) -> Table | None:
        """A table that holds data; None for one beside them."""
        area = _area_of(root.get("ref"))
        if area is None or root.get("headerRowCount") == "0" or not any(self._holds(s) for s in _spots(area)):
            return None
        listed = root.find("{*}tableColumns")
        columns = listed.findall("{*}tableColumn") if listed is not None else []
        if listed is None or len(columns) != area[3] - area[1] + 1:
            return None
        fixed = {
            area[1] + i: escape_text(_ESCAPED.sub(lambda m: chr(int(m[1], 16)), one.get("name") or ""))
            for i, one in enumerate(columns)
            if not self._holds((area[0], area[1] + i))
        }
        numbers = [whole_number(one.get("id")) for one in columns]
        cut = tuple(self._table_column(one, area[1] + i) for i, one in enumerate(columns))
        totals = (root.get("totalsRowCount") or "0") != "0"
        prefix = f"{root.prefix}:" if root.prefix else ""
        return Table(
            member, area, _table_pieces(root, listed, totals), cut, fixed, max(numbers) + 1, prefix, totals
        )

    def _table_column(self, column: etree._Element, number: int) -> TableColumn:
        if any(left <= number <= right for _, left, _, right in self.areas):
            for formula in column.findall("{*}calculatedColumnFormula"):
                column.remove(formula)
        column.set("name", _CUT)
        before, after = bare_xml(column).split(_CUT.encode())
        return TableColumn(before, after)


def _table_pieces(root: etree._Element, columns: etree._Element, totals: bool) -> tuple[bytes, ...]:
    """A table's XML cut at its references, the columns left out; filters that hide rows go."""
    root.set("ref", _CUT)
    for name in ("{*}autoFilter", "{*}sortState"):
        for element in root.findall(name):
            for child in list(element):
                element.remove(child)
            element.set("ref", _CUT)
            if totals or name == "{*}sortState":
                root.remove(element)
    for child in list(columns):
        columns.remove(child)
    columns.attrib.clear()
    columns.text = _CUT
    *pieces, tail = serialise(root).split(_CUT.encode())
    opening = b"<%btableColumns>" % (f"{root.prefix}:" if root.prefix else "").encode()
    closing = b"</" + opening[1:]
    return (*pieces[:-1], pieces[-1].removesuffix(opening), tail.removeprefix(closing))


def cut_styles(member: Member) -> CellStyles | None:
    """A styles part cut at the end of its number formats and of its cell formats; None for one without cell formats."""
    root = parse_xml(member.data())
    cells, formats = root.find("{*}cellXfs"), root.find("{*}numFmts")
    if cells is None:
        return None
    if formats is None:
        formats = etree.Element(str(cells.tag).replace("cellXfs", "numFmts"))
        root.insert(0, formats)
    taken = [whole_number(one.get("numFmtId")) for one in formats]
    kept = tuple(_cell_format(one) for one in cells.iterfind("{*}xf"))
    for listed in (formats, cells):
        listed.attrib.pop("count", "")
        etree.SubElement(listed, str(cells.tag)).text = _CUT
    prefix = f"{root.prefix}:" if root.prefix else ""
    sign = f"<{prefix}cellXfs>{_CUT}</{prefix}cellXfs>".encode()
    head, middle, tail = serialise(root).split(sign)
    return CellStyles(member, (head, middle, tail), kept, max([163, *taken]) + 1, prefix)


def _cell_format(cell: etree._Element) -> tuple[bytes, bytes]:
    """A cell format cut at its number format."""
    clone = deepcopy(cell.getparent())[cell.getparent().index(cell)]  # type: ignore[union-attr,index]
    clone.set("numFmtId", _CUT)
    clone.set("applyNumberFormat", "1")
    before, after = bare_xml(clone).split(_CUT.encode())
    return before, after


def _line_styles(data: Mapping[Spot, str], last: Slot | None, across: bool) -> dict[int, str]:
    """The style of the last cell of each line of data, and those for the numbers and headers of further lines."""
    styles: dict[int, str] = {}
    for (row, column), style in sorted(data.items()):
        styles[row if across else column] = style
    if last is not None:
        styles[NUMBERS] = styles.get(last.y.row if across else last.y.column, "")
        styles[HEADERS] = data.get(last.y.header, "") if last.y.header else ""
    return styles


def _spots(area: Area) -> Iterator[Spot]:
    """The cells of an area, of a very large one only the first."""
    top, left, bottom, right = area
    number = 0
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            yield row, column
            number += 1
            if number >= _LARGEST:
                return
