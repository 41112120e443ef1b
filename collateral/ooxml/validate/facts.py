"""What single elements of a part mean: ids that must differ, tables that must be even, and facts for the package's checks.

In: the elements of one part, as a `Scanner` meets them. Out: problems and facts of its `PartScan`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Final

from collateral.ooxml.names import NAMESPACES
from collateral.ooxml.validate.elements import Frame, Scanner
from collateral.ooxml.validate.schema import full

_R: Final = NAMESPACES["r"] + " "
_R_ID: Final = _R + "id"
_W_VAL: Final = full("w:val")
_W_ID: Final = full("w:id")
_A_ROW: Final = full("a:tr")
_ENDS_A_CELL: Final = frozenset((full("w:p"), full("w:sdt"), full("w:customXml")))
_NO_AXIS: Final = "0"


class _Table:
    """A table that is open: its columns, the rows so far, how far merged cells reach down, the cells of the last row."""

    __slots__ = ("cells", "columns", "reach", "rows")

    def __init__(self) -> None:
        self.columns = self.rows = self.reach = self.cells = 0


class PartScanner(Scanner):
    """One pass over a part of a deck or document."""

    def __init__(self) -> None:
        super().__init__()
        self.shape_ids: list[str] = []
        self.tables: list[_Table] = []
        self.row_ids: set[str] = set()
        self.points: set[str] = set()
        self.starts: Mapping[str, Start] = _STARTS
        self.ends: Mapping[str, End] = _ENDS

    def finish(self) -> None:
        """What can be said when the whole part was read."""
        self._each_once(self.shape_ids, "duplicate-id", "{count} shapes have the id {value}")
        self._each_once(self.found.values("axis"), "duplicate-id", "{count} axes have the id {value}")
        self._each_once(
            self.found.values("property"), "unexpected-element", "{count} times the property {value}"
        )
        self._each_once(
            self.found.values("creation"),
            "duplicate-creation-id",
            "{count} shapes have the creation id {value}",
        )
        lost = "an animation moves shape {value}, which is not there"
        self._all_among(self.found.values("animated"), self.shape_ids, lost)
        axes = [*self.found.values("axis"), _NO_AXIS]
        self._all_among(
            self.found.values("axis-used"), axes, "the chart uses axis {value}, which is not there"
        )

    def _each_once(self, values: list[str], code: str, words: str) -> None:
        for value, count in Counter(values).items():
            if count > 1:
                self.problem(code, words.format(count=count, value=value))

    def _all_among(self, values: list[str], known: list[str], words: str) -> None:
        there = set(known)
        for value in dict.fromkeys(values):
            if value not in there:
                self.problem("lost-target", words.format(value=value))


Start = Callable[[PartScanner, dict[str, str]], None]
End = Callable[[PartScanner, Frame], None]


def _shape_id(scanner: PartScanner, attributes: dict[str, str]) -> None:
    scanner.shape = attributes.get("name", "")
    if (number := attributes.get("id", "")) != "0":  # pictures of embedded objects all have that
        scanner.shape_ids.append(number)


def _keep(kind: str, key: str) -> Start:
    def handler(scanner: PartScanner, attributes: dict[str, str]) -> None:
        if key in attributes:
            scanner.fact(kind, attributes[key])

    return handler


def _keep_pair(kind: str) -> Start:
    """An id and a relationship id, as one value."""

    def handler(scanner: PartScanner, attributes: dict[str, str]) -> None:
        scanner.fact(kind, f"{attributes.get('id', '')} {attributes.get(_R_ID, '')}")

    return handler


def _leads(kind: str, key: str = _R_ID) -> Start:
    """A relationship id of an element that can lead to one kind of thing only."""
    return _keep("to " + kind, key)


def _seen(kind: str) -> Start:
    def handler(scanner: PartScanner, _: dict[str, str]) -> None:
        scanner.fact(kind, "")

    return handler


def _once(name: str) -> Start:
    def handler(scanner: PartScanner, _: dict[str, str]) -> None:
        scanner.fact("property", name)

    return handler


def _slide(scanner: PartScanner, attributes: dict[str, str]) -> None:
    if attributes.get("show") in ("0", "false"):
        scanner.fact("hidden", "")


def _table(scanner: PartScanner, _: dict[str, str]) -> None:
    scanner.tables.append(_Table())
    scanner.row_ids.clear()


def _row_id(scanner: PartScanner, attributes: dict[str, str]) -> None:
    value = attributes.get("val", "")
    if value in scanner.row_ids:
        scanner.problem("duplicate-creation-id", f"two rows of a table have the id {value}")
    scanner.row_ids.add(value)


def _column(scanner: PartScanner, _: dict[str, str]) -> None:
    if scanner.tables:
        scanner.tables[-1].columns += 1


def _row(scanner: PartScanner, _: dict[str, str]) -> None:
    if scanner.tables:
        scanner.tables[-1].cells = 0
        scanner.tables[-1].rows += 1


def _cell(scanner: PartScanner, attributes: dict[str, str]) -> None:
    if not scanner.tables:
        return
    table = scanner.tables[-1]
    table.cells += 1
    right, down = (_number(attributes.get(key, "1")) for key in ("gridSpan", "rowSpan"))
    if table.cells + right - 1 > table.columns and right > 1:
        scanner.problem("uneven-table", f"a cell spans {right} columns, the table ends before that")
    table.reach = max(table.reach, table.rows + down - 1)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 1


def _row_end(scanner: PartScanner, _: Frame) -> None:
    table = scanner.tables[-1] if scanner.tables else _Table()
    if table.cells != table.columns:
        scanner.problem(
            "uneven-table", f"a table row has {table.cells} cells, the table has {table.columns} columns"
        )


def _table_end(scanner: PartScanner, _: Frame) -> None:
    table = scanner.tables.pop()
    if table.reach > table.rows:
        scanner.problem("uneven-table", f"a cell reaches down to row {table.reach} of {table.rows}")


def _bookmark(scanner: PartScanner, attributes: dict[str, str]) -> None:
    scanner.fact("bookmark", attributes.get(_W_ID, ""))
    scanner.fact("bookmark-name", attributes.get(full("w:name"), ""))


def _axis(scanner: PartScanner, attributes: dict[str, str]) -> None:
    """`c:axId` names an axis inside the axis, and says which one is used inside a chart."""
    used = scanner.stack[-2].name.endswith("Chart")
    scanner.fact("axis-used" if used else "axis", attributes.get("val", ""))


def _points(scanner: PartScanner, _: dict[str, str]) -> None:
    scanner.points = set()


def _point(scanner: PartScanner, attributes: dict[str, str]) -> None:
    at = attributes.get("idx", "")
    if at in scanner.points:
        scanner.problem("duplicate-id", f"two points of a series have the number {at}")
    scanner.points.add(at)


_WORD_REVISIONS: Final = (
    "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange",
)  # fmt: skip
_PROPERTIES: Final = (
    "dc:title", "dc:subject", "dc:creator", "dc:description", "dc:identifier", "dc:language", "dcterms:created",
    "dcterms:modified", "cp:keywords", "cp:category", "cp:lastModifiedBy", "cp:lastPrinted", "cp:revision",
    "cp:contentStatus", "cp:version",
)  # fmt: skip
_STARTS: Final[dict[str, Start]] = {
    full("p:cNvPr"): _shape_id,
    full("p:sld"): _slide,
    full("p:sldId"): _keep_pair("slide"),
    full("p:sldMasterId"): _keep_pair("master"),
    full("p:sldLayoutId"): _keep_pair("layout"),
    full("p:notesMasterId"): _leads("notesMaster"),
    full("p:tags"): _leads("tags"),
    full("p14:sldId"): _keep("section-slide", "id"),
    full("p14:creationId"): _keep("slide-creation", "val"),
    full("a16:creationId"): _keep("creation", "id"),
    full("a16:rowId"): _row_id,
    full("p:spTgt"): _keep("animated", "spid"),
    full("a:tbl"): _table,
    full("a:gridCol"): _column,
    _A_ROW: _row,
    full("a:tc"): _cell,
    full("a:blip"): _leads("image", _R + "embed"),
    full("asvg:svgBlip"): _leads("image", _R + "embed"),
    full("c:chart"): _leads("chart"),
    full("cx:chart"): _leads("chartEx"),
    full("dgm:relIds"): _leads("diagramData", _R + "dm"),
    full("c:axId"): _axis,
    full("c:crossAx"): _keep("axis-used", "val"),
    full("c:ptCount"): _points,
    full("c:lvl"): _points,
    full("c:pt"): _point,
    full("wp:docPr"): _keep("drawing", "id"),
    full("w:bookmarkStart"): _bookmark,
    full("w:bookmarkEnd"): _keep("bookmark-end", _W_ID),
    full("w:pStyle"): _keep("style-used", _W_VAL),
    full("w:rStyle"): _keep("style-used", _W_VAL),
    full("w:tblStyle"): _keep("style-used", _W_VAL),
    full("w:style"): _keep("style", full("w:styleId")),
    full("w:numId"): _keep("number-used", _W_VAL),
    full("w:num"): _keep("number", full("w:numId")),
    full("w:abstractNum"): _keep("abstract", full("w:abstractNumId")),
    full("w:abstractNumId"): _keep("abstract-used", _W_VAL),
    full("w:footnote"): _keep("footnote", _W_ID),
    full("w:footnoteReference"): _keep("footnote-used", _W_ID),
    full("w:endnote"): _keep("endnote", _W_ID),
    full("w:endnoteReference"): _keep("endnote-used", _W_ID),
    full("w:comment"): _keep("comment", _W_ID),
    full("w:commentReference"): _keep("comment-used", _W_ID),
    full("w:fldChar"): _keep("field", full("w:fldCharType")),
    full("w:headerReference"): _leads("header"),
    full("w:footerReference"): _leads("footer"),
    full("w:hyperlink"): _leads("hyperlink"),
    **{full(f"w:{kind}"): _seen("revision") for kind in _WORD_REVISIONS},
    **{full(name): _once(name) for name in _PROPERTIES},
}


def _word_cell_end(scanner: PartScanner, frame: Frame) -> None:
    if frame.tail not in _ENDS_A_CELL:
        scanner.problem("missing-element", "a table cell does not end with a paragraph")


_ENDS: Final[dict[str, End]] = {
    _A_ROW: _row_end,
    full("a:tbl"): _table_end,
    full("w:tc"): _word_cell_end,
}
