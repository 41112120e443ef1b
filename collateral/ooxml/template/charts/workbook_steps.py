"""Read the workbook of a chart when the template is compiled, so that only the cells of its data are written anew.

In: the bytes of an .xlsx and the formulas of the chart's series. Out: a `Workbook`, or `WorkbookError` with the reason why it cannot
be kept. Formulas elsewhere are computed again when the workbook is opened; what the old cells alone said is gone from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count

from lxml import etree

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.archive import ArchiveError, Member, StaticBlob, read_archive
from collateral.ooxml.drawing.chart_data import Cells
from collateral.ooxml.manifest import Relationship, read_relationships, rels_name, write_relationships
from collateral.ooxml.names import NAMESPACES, qn
from collateral.ooxml.template.charts.cell_styles import CellStyles
from collateral.ooxml.template.charts.sheet_steps import (
    CellArea,
    SheetReader,
    cut_styles,
    local_name,
    sheet_areas,
)
from collateral.ooxml.template.charts.workbook_sheets import Sheet
from collateral.ooxml.template.charts.workbooks import OwnSheet, Slot, Workbook
from collateral.ooxml.xml import XmlError, escape_text, parse_xml, serialise, whole_number

CONTENT_TYPES = "[Content_Types].xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_PLAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_CALC_CHAIN, _WORKSHEET = "/calcChain", "/worksheet"
_MOST = 32 * 1024 * 1024  # bytes of sheets that are searched for formulas and texts


_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_SHARED_TEXT = re.compile(r"""<(?:\w+:)?c\b[^>]*\bt=["']s["'][^>]*>\s*<(?:\w+:)?v>(\d+)<""")
_CHART_PART = re.compile(r"xl/charts/chart[^/]*\.xml")
_CACHES = [qn(name) for name in ("c:strCache", "c:numCache", "c:multiLvlStrCache")]
_PLAIN_NAME = re.compile(r"(?![A-Za-z]{1,3}\d)[^\W\d]\w*")
_BEFORE_CALCULATION = frozenset(
    {
        "fileVersion",
        "workbookPr",
        "bookViews",
        "sheets",
        "functionGroups",
        "externalReferences",
        "definedNames",
    }
)
OWN_SHEET = "Chart data"


class WorkbookError(ValueError):
    """A workbook that cannot be kept; the message says why, in words fit for a diagnostic."""


@dataclass(frozen=True, slots=True)
class SeriesFormulas:
    """The formulas of a series; "" for what it takes from no cells."""

    name: str
    x: str
    y: str
    size: str = ""
    labels: str = ""

    def all(self) -> tuple[str, ...]:
        """All formulas, in the order of the fields."""
        return self.name, self.x, self.y, self.size, self.labels


def read_workbook(data: bytes, series: Sequence[SeriesFormulas], stale: Iterable[str] = ()) -> Workbook:
    """The workbook cut at the cells of the series. `stale` are formulas of old data that only go."""
    members, found = read_archive(data, file="")
    if found:
        raise WorkbookError(found[0].message.replace("the file", "it").replace("the archive", "it"))
    try:
        return _Reader(members).read(series, stale)
    except (ArchiveError, XmlError) as problem:
        raise WorkbookError(f"it holds a damaged part ({problem})") from None


class _Reader:
    """Reads one workbook; `listing` are the parts that list the sheets."""

    def __init__(self, members: dict[str, Member]) -> None:
        self.members = members
        package = self._relationships("")
        self.main = next((r.target for r in package if r.type.endswith("/officeDocument")), "")
        if self.main not in members or CONTENT_TYPES not in members:
            raise WorkbookError("it is no workbook")
        self.types = parse_xml(members[CONTENT_TYPES].data())
        if self._type_of(self.main) != _PLAIN:
            raise WorkbookError("it is not an ordinary workbook (.xlsx)")
        self.book = parse_xml(members[self.main].data())
        self.rels = self._relationships(self.main)

    def read(self, series: Sequence[SeriesFormulas], stale: Iterable[str]) -> Workbook:
        names = self._sheets()
        defined = self._defined_names()
        readers: dict[str, SheetReader] = {}

        def area(formula: str) -> CellArea | None:
            found = sheet_areas(defined.get(formula.rpartition("!")[2].casefold(), formula))
            member = names.get(found.sheet.casefold()) if found is not None else None
            if found is None or member is None:
                return None
            reader = readers.setdefault(member, SheetReader(member, self._tree(member), len(readers)))
            reader.areas.append(found.area)
            return found._replace(sheet_index=reader.index)

        areas = [[area(f) if f else None for f in s.all()] for s in series]
        lists = [
            f
            for s, of in zip(series, areas, strict=True)
            for f, a in zip(s.all(), of, strict=True)
            if f and a is None
        ]
        for formula in (*stale, *lists):
            for one in formula.strip("()").split(","):
                area(one)
        slots = _slots(series, areas)
        if any(reader.is_tied() for reader in readers.values()):
            readers, slots = {}, ()
        return self._workbook(readers, slots, names)

    def _workbook(
        self, readers: Mapping[str, SheetReader], slots: tuple[Slot, ...], names: Mapping[str, str]
    ) -> Workbook:
        changed: dict[str, bytes] = {}
        self._forget_results(readers, names, changed)
        sheets = tuple(self._sheet(reader, slots) for reader in readers.values())
        self._forget_texts(readers, names, changed)
        self._forget_order()
        self._forget_points(changed)
        written = {m for sheet in sheets for m in (sheet.member, *(t.member for t in sheet.tables))}
        styles = self._cell_styles()
        has_tags = self._has_tags(sheets, changed, names)
        has_links = any(r.type.endswith("/externalLink") for r in self.rels)
        listing = {CONTENT_TYPES, self.main, rels_name(self.main)}
        listing |= {styles.member.name} if styles is not None else set()
        constant = [
            Member.of(name, changed[name]) if name in changed else member
            for name, member in self.members.items()
            if name not in written | listing
        ]
        return Workbook(
            slots,
            sheets,
            StaticBlob.of(constant),
            self._listed(),
            self._own_sheet(),
            styles,
            has_links,
            has_tags,
            tuple(line for reader in readers.values() for line in reader.beside),
        )

    def _has_tags(
        self, sheets: Sequence[Sheet], changed: Mapping[str, bytes], names: Mapping[str, str]
    ) -> bool:
        """Whether texts that stay look like tags."""
        read = {sheet.member for sheet in sheets}
        shared = [r.target for r in self.rels if r.type.endswith("/sharedStrings")]
        others = [name for name in (*shared, *names.values()) if name in self.members and name not in read]
        kept = [cell for sheet in sheets for row in sheet.rows for _, cell in row.cells]
        kept += [changed.get(n) or self.members[n].data() for n in others if self.members[n].size <= _MOST]
        return any(b"{{" in data or b"{%" in data for data in kept)

    def _cell_styles(self) -> CellStyles | None:
        """The styles part cut where a piece adds to it; None when the workbook has none."""
        part = next((r.target for r in self.rels if r.type.endswith("/styles")), "")
        return cut_styles(self.members[part]) if part in self.members else None

    def _relationships(self, part: str) -> list[Relationship]:
        member = self.members.get(rels_name(part))
        return read_relationships(member.data(), part) if member is not None else []

    def _type_of(self, part: str) -> str:
        for item in self.types:
            if (item.get("PartName") or "").removeprefix("/").casefold() == part.casefold():
                return item.get("ContentType") or ""
        return ""

    def _tree(self, member: str) -> etree._Element:
        return parse_xml(self.members[member].data())

    def _sheets(self) -> dict[str, str]:
        """The parts of the worksheets by their folded names."""
        targets = {r.id: r.target for r in self.rels if r.type.endswith(_WORKSHEET) and not r.external}
        found = {}
        for sheet in self.book.iter("{*}sheet"):
            rel_id = next((v for k, v in sheet.attrib.items() if local_name(k) == "id"), "")
            if targets.get(str(rel_id)) in self.members:
                found[(sheet.get("name") or "").casefold()] = targets[str(rel_id)]
        return found

    def _defined_names(self) -> dict[str, str]:
        return {
            (name.get("name") or "").casefold(): name.text or ""
            for name in self.book.iter("{*}definedName")
            if name.get("localSheetId") is None
        }

    def _sheet(self, reader: SheetReader, slots: tuple[Slot, ...]) -> Sheet:
        tables = {
            r.target: parse_xml(self.members[r.target].data())
            for r in self._relationships(reader.member)
            if r.type.endswith("/table") and r.target in self.members
        }
        own = [slot for slot in slots if slot.y.book_sheet == reader.index]
        return reader.sheet(own[-1] if own else None, tables)

    def _forget_results(
        self, readers: Mapping[str, SheetReader], names: Mapping[str, str], changed: dict[str, bytes]
    ) -> None:
        """Results of formulas go, unless they come from another file: they are computed when the workbook is opened."""
        computes = False
        for member in names.values():
            if len(data := self.members[member].data()) > _MOST or not _FORMULA.search(data):
                continue
            reader = readers.get(member)
            root = reader.root if reader is not None else self._tree(member)
            formulas = [f for f in root.iter("{*}f") if local_name(str(f.getparent().tag)) == "c"]  # type: ignore[union-attr]
            computes = computes or bool(formulas)
            for formula in formulas:
                cell, result = formula.getparent(), formula.getnext()
                if cell is not None and result is not None and "[" not in (formula.text or ""):
                    cell.remove(result)
                    cell.attrib.pop("t", "")
            if reader is None and formulas:
                changed[member] = serialise(root)
        if computes:
            self._compute_when_opened()

    def _compute_when_opened(self) -> None:
        calculation = self.book.find("{*}calcPr")
        if calculation is None:
            calculation = etree.Element(self.book.tag.replace("workbook", "calcPr"))
            before = [e for e in self.book if local_name(str(e.tag)) in _BEFORE_CALCULATION]
            self.book.insert(self.book.index(before[-1]) + 1 if before else 0, calculation)
        calculation.set("fullCalcOnLoad", "1")

    def _forget_texts(
        self, readers: Mapping[str, SheetReader], names: Mapping[str, str], changed: dict[str, bytes]
    ) -> None:
        """The texts that only the old data used are emptied."""
        part = next((r.target for r in self.rels if r.type.endswith("/sharedStrings")), "")
        if part not in self.members or not readers:
            return
        gone: set[str] = set()
        kept: set[str] = set()
        for member in names.values():
            if len(data := self.members[member].data()) > _MOST:
                return
            if member in readers:
                gone |= readers[member].old_texts
                kept |= readers[member].other_texts
            else:
                kept |= set(_SHARED_TEXT.findall(data.decode("utf-8", "replace")))
        root = parse_xml(self.members[part].data())
        items = root.findall("{*}si")
        for number in {whole_number(text) for text in gone} - {whole_number(text) for text in kept}:
            if 0 <= number < len(items):
                for child in list(items[number]):
                    items[number].remove(child)
                etree.SubElement(items[number], str(items[number].tag)[:-2] + "t")
        changed[part] = serialise(root)

    def _forget_order(self) -> None:
        """The order of computing goes: it would name cells that compute no more."""
        gone = {r.target for r in self.rels if r.type.endswith(_CALC_CHAIN)}
        self.rels = [r for r in self.rels if r.target not in gone]
        for item in list(self.types):
            if (item.get("PartName") or "").removeprefix("/") in gone:
                self.types.remove(item)
        for name in gone:
            self.members.pop(name, None)

    def _forget_points(self, changed: dict[str, bytes]) -> None:
        """Charts on the sheets are read from their cells when the workbook is opened: what they remember is old."""
        for name, member in self.members.items():
            if not _CHART_PART.fullmatch(name) or member.size > _MOST:
                continue
            root = parse_xml(member.data())
            for cache in list(root.iter(*_CACHES)):
                cache.getparent().remove(cache)  # type: ignore[union-attr]
            changed[name] = serialise(root)

    def _listed(self) -> StaticBlob:
        """The parts that list the sheets."""
        return StaticBlob.of(
            [
                Member.of(CONTENT_TYPES, serialise(self.types)),
                Member.of(self.main, serialise(self.book)),
                Member.of(rels_name(self.main), write_relationships(self.rels, self.main)),
            ]
        )

    def _own_sheet(self) -> OwnSheet:
        """One more sheet, named as no other, and the listing with it."""
        sheets = self.book.find("{*}sheets")
        if sheets is None:
            raise WorkbookError("it lists no sheets")
        taken = {(sheet.get("name") or "").casefold() for sheet in sheets}
        name = next(n for n in _names(OWN_SHEET) if n.casefold() not in taken)
        folder = self.main.rpartition("/")[0]
        member = next(m for m in _names(f"{folder}/worksheets/chartdata") if f"{m}.xml" not in self.members)
        member = f"{member}.xml"
        ids = {r.id for r in self.rels}
        rel_id = next(i for i in _names("rIdChart") if i not in ids)
        numbers = [whole_number(sheet.get("sheetId")) for sheet in sheets]
        sheet = etree.SubElement(sheets, str(sheets.tag)[:-1])
        sheet.set("name", name)
        sheet.set("sheetId", str(max(numbers, default=0) + 1))
        sheet.set(f"{{{_relations_namespace(sheets)}}}id", rel_id)
        self.rels = [*self.rels, Relationship(rel_id, NAMESPACES["r"] + _WORKSHEET, member)]
        override = etree.SubElement(self.types, str(self.types.tag).replace("Types", "Override"))
        override.set("PartName", f"/{member}")
        override.set("ContentType", _SHEET_TYPE)
        for view in self.book.iter("{*}workbookView"):
            view.set("activeTab", str(len(sheets) - 1))
        return OwnSheet(member, quoted(name), self._listed())


def quoted(sheet: str) -> str:
    """A sheet's name as formulas write it, as XML text."""
    return sheet if _PLAIN_NAME.fullmatch(sheet) else "'" + escape_text(sheet).replace("'", "''") + "'"


def _names(stem: str) -> Iterator[str]:
    yield stem
    yield from (f"{stem} {n}" if " " in stem else f"{stem}{n}" for n in count(2))


def _relations_namespace(sheets: etree._Element) -> str:
    """The namespace of the sheets' relationship ids, which strict files have another one for."""
    for sheet in sheets:
        for key in sheet.attrib:
            if local_name(key) == "id":
                return str(key)[1:].partition("}")[0]
    return NAMESPACES["r"]


def _slots(series: Sequence[SeriesFormulas], areas: Sequence[Sequence[CellArea | None]]) -> tuple[Slot, ...]:
    """The places of all series; none at all when one of them cannot be followed."""
    across = any(y is not None and y.area[1] != y.area[3] for _, _, y, *_ in areas) or any(
        y is not None and name is not None and name.area[0] == y.area[0] for name, _, y, *_ in areas
    )
    slots: list[Slot] = []
    for formulas, (name, x, y, size, labels) in zip(series, areas, strict=True):
        wanted = zip(formulas.all(), (name, x, y, size, labels), strict=True)
        if y is None or any(bool(formula) != (found is not None) for formula, found in wanted):
            return ()
        if any(_breadth(found, across) != 1 for found in (y, size, labels) if found is not None):
            return ()
        further = (_cells(size, None, across), _cells(labels, None, across))
        slots.append(Slot(_cells(x, None, across), _named(y, name, across), *further))
    return tuple(slots)


def _breadth(found: CellArea, across: bool) -> int:
    top, left, bottom, right = found.area
    return bottom - top + 1 if across else right - left + 1


def _named(y: CellArea, name: CellArea | None, across: bool) -> Cells:
    header = name if name is not None and name.sheet_index == y.sheet_index else None
    cells = _cells(y, header, across)
    assert cells is not None
    return cells


def _cells(found: CellArea | None, header: CellArea | None, across: bool) -> Cells | None:
    """The place of a column; of categories on several levels, the innermost."""
    if found is None:
        return None
    top, left, bottom, right = found.area
    spot = (header.area[0], header.area[1]) if header is not None else None
    row, column = (bottom, left) if across else (top, right)
    return Cells(row, column, spot, quoted(found.sheet), across, found.sheet_index)
