"""Compile time: which tables of a slide grow, how high they may become, and where they may be parted.

In: a slide's tree when its directives stand where they belong. Out: `GrowingTable`s, and marks around what may stand on a
further slide: the turns of loops over rows, the rows after them, and whole tables where a slide has several.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy

from lxml import etree

from collateral.ooxml.frames.heritage import Heritage
from collateral.ooxml.names import qn
from collateral.ooxml.package import Package, Part
from collateral.ooxml.template.language.marks import Mark, Marks, instruction, is_instruction
from collateral.ooxml.template.language.ops import ENDED_TITLE, Hook
from collateral.ooxml.template.language.scan import bare_xml
from collateral.ooxml.template.shapes.unique_ids import token, track
from collateral.ooxml.template.tables.room import TablePlace, room_of
from collateral.ooxml.template.tables.values import EDGES, GrowingTable, Piece
from collateral.ooxml.xml import whole_number

_CLOSERS = frozenset({"endif", "endfor"})
_TITLES = ("title", "ctrTitle")


class TableSteps:
    """The tables of one slide. `heritage` gives what its shapes inherit from."""

    def __init__(self, package: Package, part: Part, heritage: Callable[[], Heritage]) -> None:
        self.package, self.part, self.heritage = package, part, heritage
        self._tables: list[GrowingTable] = []
        self._pieces = 0

    def found(self) -> tuple[GrowingTable, ...]:
        """All tables of the slide in order; none when it has none with tags."""
        return tuple(self._tables) if any(table.room for table in self._tables) else ()

    @property
    def grows(self) -> bool:
        """Whether a table may come to have more rows."""
        return any(table.pieces or table.counts_rows for table in self._tables)

    def after(self, root: etree._Element, marks: Marks) -> None:
        """Mark the tables, once the slide's directives stand where they belong."""
        tables = list(root.iter(qn("a:tbl")))
        growing = [table for table in tables if _loops(table, marks)]
        for table in tables:
            self._tables.append(self._table(root, table, marks, alone=len(growing) == 1))
        if any(table.pieces for table in self._tables):
            _mark_title(root, marks)

    def _table(
        self, root: etree._Element, table: etree._Element, marks: Marks, *, alone: bool
    ) -> GrowingTable:
        frame = next(table.iterancestors(qn("p:graphicFrame")), None)
        name = _name_of(frame) if frame is not None else ""
        heights = [whole_number(row.get("h")) for row in table.iter(qn("a:tr"))]
        row = min((height for height in heights if height), default=0)
        grows = _loops(table, marks)
        if frame is None or not row or not (grows or _is_filled(table)):
            return GrowingTable(name)
        heritage = self.heritage()
        layout = heritage.layout_of(self.package, self.part)
        place = TablePlace(frame, sum(heights), root, layout, heritage, marks)
        room, shared = room_of(place)
        if not _may_be_parted(table, frame, marks):
            return GrowingTable(name, room if grows else 0, shared, row)
        number = len(self._tables) + 1
        pieces = self._mark_pieces(table, marks) if grows else ()
        left_out = (
            self._bracket([frame], marks) if grows and not alone else 0
        )  # it may be at its end before others
        for edge, add in zip(EDGES, (table.addprevious, table.addnext), strict=True):
            add(instruction(marks.add("hook", note=Hook("table", f"{edge} {number}"))))
        last_row = self._mark_last_row(table, marks) if grows else 0
        levels = heritage.levels([frame], layout)
        return GrowingTable(name, room, shared, row, number, pieces, left_out, last_row, levels)

    def _next(self) -> int:
        self._pieces += 1
        return self._pieces

    def _mark_pieces(self, table: etree._Element, marks: Marks) -> tuple[Piece, ...]:
        """Number the loops, and bracket the rows that follow the first of them; the same in loops with loops in them."""
        pieces: list[Piece] = []
        rows: list[etree._Element] = []
        holding = _holding_loops(table, marks)
        outer = at = 0  # the loop with loops we are in, and how many loops around the rows met last
        for child, mark, loops in _walk(table, marks):
            if mark is None:
                if child.tag == qn("a:tr") and pieces and (loops == 0 or (loops == 1 and outer)):
                    rows.append(child)
                    at = loops
                continue
            if rows:
                pieces.append(Piece(self._bracket(rows, marks), outer if at else 0, repeats=False))
                rows = []
            if mark.word == "for" and (loops == 0 or (loops == 1 and outer)):
                mark.piece = self._next()
                pieces.append(Piece(mark.piece, outer if loops else 0, repeats=True))
                outer = outer if loops else mark.piece if mark.id in holding else 0
        if rows:
            pieces.append(Piece(self._bracket(rows, marks), 0, repeats=False))
        return tuple(pieces)

    def _bracket(self, elements: list[etree._Element], marks: Marks) -> int:
        number = self._next()
        elements[0].addprevious(instruction(marks.add("piece", piece=number)))
        elements[-1].addnext(instruction(marks.add("piece", piece=number, closes=True)))
        return number

    def _mark_last_row(self, table: etree._Element, marks: Marks) -> int:
        """Let only the slide with a table's end show the look of its last row; 0 when that has none."""
        properties = table.find(qn("a:tblPr"))
        if properties is None or properties.get("lastRow") not in ("1", "true"):
            return 0
        number = self._next()
        properties.set("lastRow", token(marks, Hook("last_row", number)))
        return number


def _walk(table: etree._Element, marks: Marks) -> Iterator[tuple[etree._Element, Mark | None, int]]:
    """The children of a table with their directive, if they are one, and how many loops they stand in."""
    open_: list[str] = []
    for child in list(table):
        mark = marks.of(child) if is_instruction(child) else None
        if mark is not None and mark.kind != "directive":
            continue
        if mark is not None and (mark.word in _CLOSERS or mark.closes) and open_:
            open_.pop()
        elif mark is not None and mark.word == "else" and open_:
            open_[-1] = "if"  # what stands for an empty list is outside of the loop
        yield child, mark, open_.count("for")
        if mark is not None and mark.word in ("if", "for"):
            open_.append(mark.word)


def _holding_loops(table: etree._Element, marks: Marks) -> set[int]:
    """The marks of the loops that hold other loops."""
    holding: set[int] = set()
    around = -1
    for _, mark, loops in _walk(table, marks):
        if mark is not None and mark.word == "for":
            around = mark.id if loops == 0 else around
            holding |= {around} if loops == 1 else set()
    return holding


def _loops(table: etree._Element, marks: Marks) -> bool:
    return any(mark is not None and mark.word == "for" for _, mark, _ in _walk(table, marks))


def _is_filled(table: etree._Element) -> bool:
    """Whether a cell holds tags, so that its text may become longer."""
    return any(is_instruction(node) for node in table.iter(etree.ProcessingInstruction))


def _may_be_parted(table: etree._Element, frame: etree._Element, marks: Marks) -> bool:
    """Whether every slide can work out its rows by itself: the table stands there once, and no row counts on others."""
    if any(is_instruction(n) and marks.of(n).word == "set" for n in table.iter(etree.ProcessingInstruction)):
        return False
    if next(table.iterancestors(qn("mc:AlternateContent")), None) is not None:
        return False
    around = (frame, *frame.iterancestors(qn("p:grpSp")))
    return not any(_stands_in_loop(element, marks) for element in around)


def _stands_in_loop(element: etree._Element, marks: Marks) -> bool:
    """Whether a loop is open around a shape among those beside it."""
    open_: list[str] = []
    for node in reversed(list(element.itersiblings(etree.ProcessingInstruction, preceding=True))):
        if is_instruction(node):
            track(marks.of(node), open_)
    return "for" in open_


def _name_of(frame: etree._Element) -> str:
    named = next(frame.iter(qn("p:cNvPr")), None)
    return (named.get("name") or "") if named is not None else ""


def _mark_title(root: etree._Element, marks: Marks) -> None:
    """A hook behind the last run of the title, which looks like that run."""
    for shape in root.iter(qn("p:sp")):
        placeholder = shape.find(f"{qn('p:nvSpPr')}/{qn('p:nvPr')}/{qn('p:ph')}")
        if placeholder is None or placeholder.get("type") not in _TITLES:
            continue
        run = next(reversed(list(shape.iterfind(f"{qn('p:txBody')}/{qn('a:p')}/{qn('a:r')}"))), None)
        text = run.find(qn("a:t")) if run is not None else None
        if run is None or text is None:
            continue
        last = next(reversed([e for e in run.getparent() if e.tag != qn("a:endParaRPr")]))  # type: ignore[union-attr]
        last.addnext(instruction(marks.add("hook", note=Hook(ENDED_TITLE, _around(run)))))
        return


def _around(run: etree._Element) -> tuple[bytes, bytes]:
    """A run like this one, cut where its text goes."""
    properties = deepcopy(run).find(qn("a:rPr"))
    for link in properties.findall(qn("a:hlinkClick")) if properties is not None else ():
        properties.remove(link)  # type: ignore[union-attr]
    prefix = f"{run.prefix}:" if run.prefix else ""
    look = bare_xml(properties) if properties is not None else b""
    return b"".join(
        [f"<{prefix}r>".encode(), look, f"<{prefix}t>".encode()]
    ), f"</{prefix}t></{prefix}r>".encode()
