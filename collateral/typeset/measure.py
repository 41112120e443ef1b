"""Measuring: how high text is in a frame, and whether it fits.

In: a `Frame` (box, insets, columns, level styles) and paragraphs. Out: `Measured`. Decides nothing: see `fit`. How lines
come about stands in `sheet`.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from collateral.model.frames import Frame
from collateral.typeset.metrics import BOOK, FontBook
from collateral.typeset.sheet import Item, Ready, Sheet, sheet_of
from collateral.typeset.values import EMU_PER_POINT, Engine, Measured, TypesetParagraph

TOLERANCE = 0.05  # of a line that may be too much: not seen, and within what rounding makes


class Setting:
    """Paragraphs set on a sheet at one scale, and by how many points they are too high or reach beyond the slide."""

    __slots__ = ("_items", "_last", "_needed", "_sheet", "_widest", "beyond", "broken", "over")

    def __init__(self, sheet: Sheet, paragraphs: Sequence[Ready], scale: float, spacing: float) -> None:
        items, self._widest, self.broken = sheet.set(paragraphs, scale, spacing)
        needed = space = 0.0
        for before, heights, after in items:
            needed += space
            needed += before + sum(heights)
            space = after  # that after the last one does not count
        if sheet.frame.columns > 1:
            needed = _balanced(items, sheet.frame.columns, sheet.available - sheet.insets)
        self._sheet, self._items, self._needed = sheet, items, needed
        self._last = last = _last_line(items)
        self.beyond = max(0.0, self._widest - sheet.reach)
        self.over = max(0.0, round(needed + sheet.insets - sheet.available - TOLERANCE * last, 2))

    @property
    def fits(self) -> bool:
        """Whether the box holds the text, and the slide lines that do not wrap."""
        return self.over <= 0.0 and self.beyond <= 0.0

    @property
    def height(self) -> int:
        """How high the box must be, in EMU."""
        return round((self._needed + self._sheet.insets) * EMU_PER_POINT)

    def measured(self) -> Measured:
        """All that is known of it."""
        sheet, items = self._sheet, self._items
        over = max(0.0, self._needed + sheet.insets - sheet.available - TOLERANCE * self._last)
        return Measured(
            height=self.height,
            available=round(sheet.available * EMU_PER_POINT),
            lines=sum([len(heights) for _, heights, _ in items]),
            widest=round(self._widest * EMU_PER_POINT),
            room=round(sheet.room * EMU_PER_POINT),
            overflow_lines=ceil(over / self._last) if over else 0,
            overflow_points=self.over,
            beyond_points=self.beyond,
            broken_words=self.broken,
            paragraph_ends=tuple([round((end + sheet.insets) * EMU_PER_POINT) for end in _ends(items)]),
        )


def measure(
    frame: Frame,
    paragraphs: Sequence[TypesetParagraph],
    *,
    scale: float = 1.0,
    spacing: float = 0.0,
    engine: Engine = Engine.SAFE,
    book: FontBook = BOOK,
    cells: bool = False,
) -> Measured:
    """How much room the paragraphs need in the frame, at a font `scale` and with `spacing` off the line spacing.

    `cells` says that the frame is a table's cell, where LibreOffice sets lines as high as their fonts are.

    Both are fractions, as `a:normAutofit` writes them (`fontScale`, `lnSpcReduction`). The scale the frame itself
    carries is not applied: pass it when it is to stay.
    """
    sheet = sheet_of(frame, engine, book, cells=cells)
    return Setting(sheet, sheet.ready(paragraphs), scale, spacing).measured()


def cell_height(
    frame: Frame,
    paragraphs: Sequence[TypesetParagraph],
    book: FontBook = BOOK,
    *,
    engine: Engine = Engine.SAFE,
) -> int:
    """How high a table's cell must be to hold the paragraphs at full size, in EMU."""
    sheet = sheet_of(frame, engine, book, cells=True)
    return Setting(sheet, sheet.ready(paragraphs), 1.0, 0.0).height


def _ends(items: list[Item]) -> list[float]:
    """The height down to the end of each paragraph; the space after the last one does not count."""
    ends, y = [], 0.0
    for before, heights, after in items:
        y += before + sum(heights)
        ends.append(y)
        y += after
    return ends


def _last_line(items: list[Item]) -> float:
    return next((heights[-1] for _, heights, _ in reversed(items) if heights), 12.0) or 12.0


def _balanced(items: list[Item], columns: int, available: float) -> float:
    """The lowest column height, found by halving, at which the lines go into the columns one after the other."""
    low, high = 0.0, sum(before + sum(heights) + after for before, heights, after in items)
    if _columns_used(items, available) <= columns:
        high = min(high, available)
    while high - low > 0.1:
        middle = (low + high) / 2
        if _columns_used(items, middle) <= columns:
            high = middle
        else:
            low = middle
    return high


def _columns_used(items: list[Item], height: float) -> int:
    used, y = 1, 0.0
    for before, heights, after in items:
        y += before if y else 0.0
        for line in heights:
            if y + line > height + TOLERANCE * line and y > 0.0:
                used, y = used + 1, 0.0
            y += line
        y += after
    return used
