"""How high the text of designed table cells is: what the engine asks when a table may outgrow its slide.

In: cells as the engine reads them back, and what their runs say. Out: heights in EMU by `typeset`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from collateral.build.typesetting import to_typeset
from collateral.diagnostics.lazy_dataclass import replace
from collateral.diagnostics.lazy_namedtuple import NamedTuple
from collateral.model.frames import Frame
from collateral.ooxml.template.tables.values import Cell, CellHeight, Levels
from collateral.typeset import BOOK, Engine, FontBook, TypesetParagraph, cell_height, measure
from collateral.typeset.glance import lines_of, row_of
from collateral.typeset.sheet import Row, sheet_of
from collateral.typeset.values import EMU_PER_POINT

_Look = tuple[object, ...]
_REMEMBERED = 4096
_SHORTEST, _LONGEST = 457_200, 58_521_600  # EMU: half an inch, and more than any slide is high
_NO_RUN = ("", None, None, None, None, None, None)


class _Line(NamedTuple):
    """Cells of one look with one run of text: the frame they are set in, the row their lines stand in, and the points above
    and below, and how high the cell is by its lines. The levels are kept alive, because they are known by their identity."""

    levels: Levels
    frame: Frame
    row: Row
    insets: float
    heights: dict[float, int]

    def height(self, text: str) -> int | None:
        """How high the cell is with this text; None when it is not seen in how many lines that stands."""
        least, most = lines_of(self.row, text)
        if least != most:
            return None
        known = self.heights.get(most)
        if known is None:
            height = sum([self.row.height] * int(most)) + self.insets
            known = self.heights[most] = round(height * EMU_PER_POINT)
        return known


class CellMeasure:
    """Measures cells, remembering what it measured: the numbers and short words of a table come again and again.

    Levels are known by their identity, and kept alive for that: comparing all their styles would take as long as measuring.
    """

    def __init__(self, book: FontBook = BOOK) -> None:
        self._book = book
        self._known: dict[tuple[Cell, int], tuple[Levels, int]] = {}
        self._lines: dict[_Look, _Line] = {}

    def __call__(self, cell: Cell, levels: Levels) -> CellHeight:
        """How high the cell must be to hold what its runs say, insets included."""
        if cell.turned or len(cell.paragraphs) != 1 or len(cell.paragraphs[0][1]) > 1:
            return partial(self._measured, cell, levels, None)
        return partial(self._seen, cell, levels, self._line(cell, levels))

    def _seen(self, cell: Cell, levels: Levels, line: _Line, texts: Sequence[str]) -> int:
        """The same for a cell with one run of text or none: its lines can mostly be counted."""
        text = texts[0] if texts else ""
        if texts and not text:
            return self(cell.saying(texts), levels)(())
        return line.height(text) or self._measured(cell, levels, line.frame, texts)

    def _line(self, cell: Cell, levels: Levels) -> _Line:
        level, runs, said = cell.paragraphs[0]
        _, *looks = runs[0] if runs else _NO_RUN
        look = (id(levels), level, not runs, said, *looks, *cell[:2], *cell[3:])
        known = self._lines.get(look)
        if known is None:
            if len(self._lines) >= _REMEMBERED:
                self._lines.clear()
            known = self._lines[look] = _one_line(cell, levels, self._book)
        return known

    def _measured(self, cell: Cell, levels: Levels, frame: Frame | None, texts: Sequence[str]) -> int:
        cell = cell.saying(texts)
        key = (cell, id(levels))
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            height = _height(cell, frame or _frame(cell, levels), self._book)
            known = self._known[key] = levels, height
        return known[1]


def _one_line(cell: Cell, levels: Levels, book: FontBook) -> _Line:
    level, runs, said = cell.paragraphs[0]
    frame = _frame(cell, levels)
    letter = to_typeset(level, [("x", *run[1:]) for run in runs], said, bold=cell.bold)
    sheet = sheet_of(frame, Engine.SAFE, book, cells=True)
    return _Line(levels, frame, row_of(sheet, letter), sheet.insets, {})


def _frame(cell: Cell, levels: Levels) -> Frame:
    left, top, right, bottom = cell.insets
    return Frame(cell.width, 0, 0, 0, left, top, right, bottom, levels=levels)


def _height(cell: Cell, frame: Frame, book: FontBook) -> int:
    paragraphs = [to_typeset(*paragraph, bold=cell.bold) for paragraph in cell.paragraphs]
    if cell.turned:
        return _turned_height(frame, paragraphs, book)
    return cell_height(frame, paragraphs, book)


def _turned_height(frame: Frame, paragraphs: Sequence[TypesetParagraph], book: FontBook) -> int:
    """How high a cell must be for lines that run along its height: as many as its width holds beside each other."""

    def fits(height: int) -> bool:
        turned = replace(frame, height=height, vertical="vert")
        found = measure(turned, paragraphs, book=book, cells=True)
        return found.fits and not found.broken_words

    low, high = 0, _SHORTEST
    while not fits(high) and high < _LONGEST:
        low, high = high, high * 2
    while high - low > EMU_PER_POINT:
        middle = (low + high) // 2
        low, high = (low, middle) if fits(middle) else (middle, high)
    return high if high < _LONGEST else 0


measure_cell = CellMeasure()
"""The measure of this process: what one piece needed is known for the next."""
