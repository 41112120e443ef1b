"""How high the text of designed table cells is: what the engine asks when a table may outgrow its slide.

In: filled cells as the engine reads them back. Out: heights in EMU by `typeset`.
"""

from __future__ import annotations

from collateral.model.frames import Frame, LevelStyle
from collateral.ooxml.template.table_values import Cell, Levels
from collateral.typeset import TypesetParagraph, TypesetRun, measure
from collateral.typeset.values import EMU_PER_POINT

_Look = tuple[tuple[int, int, int, int], bool, int, float | None, bool | None, bool | None, str | None]


class CellMeasure:
    """Measures cells, remembering what it measured: the numbers and short words of a table come again and again."""

    def __init__(self) -> None:
        self._lines: dict[_Look, int] = {}
        self._levels: dict[int, Levels] = {}  # kept alive, as they are known by their identity

    def __call__(self, cell: Cell, levels: Levels) -> int:
        """How high the cell must be to hold its text, insets included."""
        self._levels.setdefault(id(levels), levels)
        if (line := self._one_line(cell, levels)) is not None:
            return line
        return _height(cell, levels)

    def _one_line(self, cell: Cell, levels: Levels) -> int | None:
        """The height of a cell whose plain text is sure to stand in one line; None when that needs measuring."""
        if len(cell.paragraphs) != 1 or len(cell.paragraphs[0][1]) != 1:
            return None
        level, ((text, size, bold, italic, font),) = cell.paragraphs[0]
        style = levels[min(level, len(levels) - 1)] if levels else LevelStyle()
        room = cell.width - cell.insets[0] - cell.insets[2] - max(style.margin_left, 0) - abs(style.indent)
        widest = (size or style.size) * 1.1 + style.spacing
        if not text.isascii() or not text.isprintable() or len(text) * widest * EMU_PER_POINT > room:
            return None
        look = (cell.insets, cell.bold, id(levels), size, bold, italic, font)
        if look not in self._lines:
            self._lines[look] = _height(cell, levels)
        return self._lines[look]


def _height(cell: Cell, levels: Levels) -> int:
    left, top, right, bottom = cell.insets
    frame = Frame(cell.width, 0, 0, 0, left, top, right, bottom, levels=levels)
    paragraphs = [
        TypesetParagraph(
            tuple(
                TypesetRun(text, cell.bold if bold is None else bold, bool(italic), font, size)
                for text, size, bold, italic, font in runs
            ),
            level,
        )
        for level, runs in cell.paragraphs
    ]
    return measure(frame, paragraphs, cells=True).height
