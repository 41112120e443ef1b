"""How high the rows of a table are: each as high as its highest cell. Used to continue long tables on a next slide."""

from __future__ import annotations

from collections.abc import Sequence

from collateral.model.frames import Frame, LevelStyle
from collateral.typeset.measure import cell_height
from collateral.typeset.metrics import BOOK, FontBook
from collateral.typeset.values import Engine, TypesetParagraph, TypesetRun

CELL_INSETS = (91440, 45720, 91440, 45720)  # left, top, right, bottom: what a cell has when it says nothing


def row_heights(
    rows: Sequence[Sequence[Sequence[TypesetRun]]],
    width: int | Sequence[int],
    style: LevelStyle,
    *,
    least: int | Sequence[int] = 0,
    insets: tuple[int, int, int, int] = CELL_INSETS,
    engine: Engine = Engine.SAFE,
    book: FontBook = BOOK,
) -> list[int]:
    """The rows' heights in EMU.

    `rows` are rows of cells of runs, one paragraph a cell. `width` is the table's, shared by its columns equally, or
    the columns' own widths. `least` is the height a row has at least (of all rows, or of each).
    """
    columns = max((len(row) for row in rows), default=1)
    widths = [width // max(columns, 1)] * columns if isinstance(width, int) else list(width)
    frames = [_cell(each, style, insets) for each in widths]
    floors = [least] * len(rows) if isinstance(least, int) else list(least)
    return [
        max([floor, *(_height(cell, frame, engine, book) for cell, frame in zip(row, frames, strict=False))])
        for row, floor in zip(rows, floors, strict=True)
    ]


def _cell(width: int, style: LevelStyle, insets: tuple[int, int, int, int]) -> Frame:
    left, top, right, bottom = insets
    return Frame(width, 0, 0, 0, left, top, right, bottom, levels=(style,))


def _height(cell: Sequence[TypesetRun], frame: Frame, engine: Engine, book: FontBook) -> int:
    return cell_height(frame, [TypesetParagraph(tuple(cell))], book, engine=engine)
