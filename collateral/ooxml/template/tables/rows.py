"""The rows of a table that was filled with its pieces marked, read back from its XML.

In: the bytes between the table's edges. Out: `Unit`s in order, the rows before the first loop as those of piece 0. Reads
with expat: no tree is built.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.parsers import expat

from collateral.ooxml.template.shapes.texts import LOCALS, BodyReader, Paragraph
from collateral.ooxml.template.tables.values import Cell, Piece, Row, Unit

PIECE = "c8piece"
"""The processing instruction that begins a unit; it names the piece."""
_INSETS = ("marL", 91440), ("marT", 45720), ("marR", 91440), ("marB", 45720)
_LEAST = 12_700
"""EMU of a line in a cell whose insets leave none: a letter stands on each line."""
_HIDDEN = frozenset({"hMerge", "vMerge"})
_TRUE = ("1", "true")


class _RowReader(BodyReader):
    """One pass over a table. `found` holds the paragraphs of each cell by its number."""

    __slots__ = (
        "bold",
        "cells",
        "columns",
        "count",
        "height",
        "joined",
        "outer",
        "piece",
        "rows",
        "turns",
        "units",
    )

    def __init__(self, pieces: Iterable[Piece], parser: expat.XMLParserType) -> None:
        super().__init__((), parser)
        self.outer = {piece.number: piece.outer for piece in pieces}
        self.columns: list[int] = []
        self.units: list[Unit] = []
        self.rows: list[Row] = []
        self.piece, self.turns = 0, dict[int, int]()
        self.bold = self.joined = False
        self.height = self.count = 0
        self.cells: list[
            tuple[int, int, int, dict[str, str]]
        ] = []  # number, first column, columns, attributes

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = LOCALS[name]
        if self.body:
            self.inside(local, attributes)
        elif local == "txBody":
            self.begin_body(self.count)
        elif local == "tc":
            self._cell(attributes)
        elif local == "tcPr" and self.cells:
            self.cells[-1][3].update(attributes)
        elif local == "tr":
            self._end_row()
            self.height = _number(attributes.get("h"))
            self.cells = []
        elif local == "gridCol":
            self.columns.append(_number(attributes.get("w")))
        elif local == "tblPr":
            self.bold = attributes.get("firstRow") in _TRUE

    def _cell(self, attributes: dict[str, str]) -> None:
        self.count += 1
        self.shape = self.count
        column = len(self.cells)
        self.joined = self.joined or (attributes.get("vMerge") in _TRUE)
        self.cells.append((self.count, column, _number(attributes.get("gridSpan"), 1), dict(attributes)))

    def _end_row(self) -> None:
        if not self.cells:
            return
        first = not self.units and not self.rows
        texts = dict(self.found)
        cells = [self._read(cell, texts.get(cell[0], ()), bold=self.bold and first) for cell in self.cells]
        self.rows.append(Row(self.height, tuple(c for c in cells if c is not None), self.joined))
        self.cells, self.joined, self.found = [], False, []

    def _read(
        self, cell: tuple[int, int, int, dict[str, str]], text: Sequence[Paragraph], *, bold: bool
    ) -> Cell | None:
        """A cell whose text may make its row higher, if only by an empty line; None for covered ones."""
        _, column, across, attributes = cell
        if _HIDDEN.intersection(name for name, value in attributes.items() if value in _TRUE):
            return None
        paragraphs = tuple((level, tuple(runs), said) for level, runs, said in text)
        if not paragraphs:
            return None
        turned = attributes.get("vert", "horz") != "horz"
        left, top, right, bottom = (_number(attributes.get(name), default) for name, default in _INSETS)
        width = max(sum(self.columns[column : column + across]), left + right + _LEAST)
        down = _number(attributes.get("rowSpan"), 1)
        return Cell(width, (left, top, right, bottom), paragraphs, down, bold, turned)

    def begin(self, target: str, piece: str) -> None:
        """A unit begins."""
        if target == PIECE:
            self.end_unit()
            self.piece = int(piece)

    def end_unit(self) -> None:
        """The unit that was begun is whole."""
        self._end_row()
        piece, turn = self.piece, self.turns.get(self.piece, 0)
        self.turns[piece] = turn + 1
        outer = self.outer.get(piece, 0)
        self.units.append(Unit(piece, turn, tuple(self.rows), self.turns[outer] - 1 if outer else None))
        for inner, around in self.outer.items() if not outer else ():
            if around == piece:
                self.turns[inner] = 0
        self.rows = []


def read_units(xml: bytes, pieces: Iterable[Piece]) -> list[Unit]:
    """The units of a table in order; the first is that of piece 0."""
    parser = expat.ParserCreate()
    reader = _RowReader(pieces, parser)
    parser.StartElementHandler = reader.start
    parser.ProcessingInstructionHandler = reader.begin
    parser.buffer_text = True
    parser.Parse(xml, True)
    reader.end_unit()
    return reader.units


def _number(text: str | None, default: int = 0) -> int:
    return int(text) if text and text.isdecimal() else default
