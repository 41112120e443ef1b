"""How high the text of designed table cells is: what the engine asks when a table may outgrow its slide.

In: filled cells as the engine reads them back. Out: heights in EMU by `typeset`.
"""

from __future__ import annotations

from dataclasses import replace

from collateral.model.frames import Frame, LevelStyle
from collateral.ooxml.template.table_values import Cell, Levels
from collateral.typeset import BOOK, FontBook, TypesetParagraph, TypesetRun, measure
from collateral.typeset.values import EMU_PER_POINT

_Look = tuple[object, ...]
_REMEMBERED = 4096
_WIDEST = 1.1  # ems: no letter of a European language is wider, set in capitals or not
_PLAIN_UNTIL = "\u0180"  # the letters this holds for
_NO_RUN = ("", None, None, None, None)


class CellMeasure:
    """Measures cells, remembering what it measured: the numbers and short words of a table come again and again.

    Levels are known by their identity, and kept alive for that: comparing all their styles would take as long as measuring.
    """

    def __init__(self, book: FontBook = BOOK) -> None:
        self._book = book
        self._known: dict[_Look | tuple[Cell, int], tuple[Levels, int]] = {}

    def __call__(self, cell: Cell, levels: Levels) -> int:
        """How high the cell must be to hold its text, insets included."""
        key = _look(cell, levels) or (cell, id(levels))
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[key] = levels, _height(cell, levels, self._book)
        return known[1]


def _look(cell: Cell, levels: Levels) -> _Look | None:
    """What the height of a cell depends on whose plain text is sure to stand in one line; None for other cells."""
    if len(cell.paragraphs) != 1 or len(cell.paragraphs[0][1]) > 1:
        return None
    level, runs = cell.paragraphs[0]
    text, size, bold, italic, font = runs[0] if runs else _NO_RUN
    style = _style(cell, 0, levels)
    room = cell.width - cell.insets[0] - cell.insets[2] - max(style.margin_left, 0) - abs(style.indent)
    widest = (size or style.size) * _WIDEST + max(style.spacing, 0.0)
    if (
        len(text) * widest * EMU_PER_POINT > room
        or max(text, default="") >= _PLAIN_UNTIL
        or not text.isprintable()
    ):
        return None
    return cell.insets, cell.bold, cell.spacings, id(levels), level, size, bold, italic, font


def _style(cell: Cell, paragraph: int, levels: Levels) -> LevelStyle:
    """The style of a paragraph of the cell."""
    level, runs = cell.paragraphs[paragraph]
    style = levels[min(level, len(levels) - 1)]
    said = {name: value for name, value in cell.spacings[paragraph] if name != "size" or not runs}
    return replace(style, **said) if said else style  # type: ignore[arg-type]


def _height(cell: Cell, levels: Levels, book: FontBook) -> int:
    left, top, right, bottom = cell.insets
    styles = tuple(_style(cell, number, levels) for number in range(len(cell.paragraphs)))
    frame = Frame(cell.width, 0, 0, 0, left, top, right, bottom, levels=styles)
    paragraphs = [
        TypesetParagraph(
            tuple(
                TypesetRun(text, cell.bold if bold is None else bold, bool(italic), font, size)
                for text, size, bold, italic, font in runs
            ),
            number,
        )
        for number, (_, runs) in enumerate(cell.paragraphs)
    ]
    return measure(frame, paragraphs, book=book, cells=True).height


measure_cell = CellMeasure()
"""The measure of this process: what one piece needed is known for the next."""
