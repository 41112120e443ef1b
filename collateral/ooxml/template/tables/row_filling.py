"""Rows of a document's table with spanning cells: they end where the table ends, whatever the data say.

In: what a row wrote, with edges around its cells. Out: the same without empty cells that a span covers, and with an empty
cell where spans leave a gap. Raises ExpressionError when the cells cannot fit. Hot path for rows with such cells only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.expressions.errors import ExpressionError


class Edge(bytes):
    """Where a row or a cell begins or ends: writes nothing. `width` is how many columns a cell was drawn with, `empty` that
    it says nothing, `gap` how an empty cell beside it is written, around the number of its columns."""

    width = 0
    begins = ""
    empty = False
    gap: tuple[bytes, bytes] | None = None


class Covered(bytes):
    """The number of columns a cell covers, as it is written."""


class DrawnWidth(bytes):
    """How wide a cell was drawn, which is true of as many columns only: where there are others, Word takes the grid's."""


@dataclass(slots=True)
class _Cell:
    """A cell as pieces: those from `start` to before `stop`. `told` says that the data gave its width, `free`
    columns are to be filled behind it."""

    drawn: int
    empty: bool
    start: int
    width: int
    stop: int = 0
    gap: tuple[bytes, bytes] | None = None
    told: bool = False
    free: int = 0
    gone: bool = False


def edge(begins: str, width: int = 0, empty: bool = False, gap: tuple[bytes, bytes] | None = None) -> Edge:
    """An edge of a row ("row") or cell ("cell"; "" for its end)."""
    made = Edge()
    made.begins, made.width, made.empty, made.gap = begins, width, empty, gap
    return made


def fill_row(out: list[bytes], columns: int, beside: int) -> None:
    """Bring the row written last to a table's number of columns; `beside` are those it leaves out on its sides."""
    start = len(out) - 1
    while not _begins_row(out[start]):
        start -= 1
    pieces = out[start:]
    cells = _cells(pieces)
    if any(cell.gap is not None and not cell.told for cell in cells):
        out[start:] = [bytes(piece) for piece in pieces]  # what is wrong with a span was said
        return
    excess = sum(cell.width for cell in cells) + beside - columns
    if excess > 0:
        excess = _cover(cells, _cover(cells, excess, beyond_text=False), beyond_text=True)
    if excess > 0:
        out[start:] = [bytes(piece) for piece in pieces]
        message = f"the cells of its row take {columns + excess:,} columns, and the table has {columns:,}"
        raise ExpressionError(message)
    _leave_room(cells, -excess)
    out[start:] = _written(pieces, cells)


def _begins_row(piece: bytes) -> bool:
    return isinstance(piece, Edge) and piece.begins == "row"


def _cells(pieces: Sequence[bytes]) -> list[_Cell]:
    cells: list[_Cell] = []
    for at, piece in enumerate(pieces):
        if isinstance(piece, Covered):
            cells[-1].width, cells[-1].told = int(piece), True
        elif isinstance(piece, Edge) and piece.begins == "cell":
            cells.append(_Cell(piece.width, piece.empty, at, piece.width))
        elif isinstance(piece, Edge) and cells:
            cells[-1].stop, cells[-1].gap = at, piece.gap
    return cells


def _cover(cells: Iterable[_Cell], excess: int, *, beyond_text: bool) -> int:
    """Leave out empty cells that the spans before them cover; gives how many columns are still too many. A span covers what
    lies beside it, or moves what says something to the right."""
    covers, by = 0, None
    for cell in cells:
        if cell.gone:
            continue
        if cell.empty:
            if by is not None and covers > 0 and excess > 0:
                cell.gone = True
                covers, excess = covers - cell.width, excess - cell.width
                by.free += max(-excess, 0)
        elif cell.gap is not None and cell.width > cell.drawn:
            covers, by = (covers if beyond_text else 0) + cell.width - cell.drawn, cell
        elif not beyond_text:
            covers = 0
    return excess


def _leave_room(cells: Sequence[_Cell], missing: int) -> None:
    """Say where columns that no cell takes lie: behind a cell that became narrower, else behind the last that spans."""
    spanning = [cell for cell in cells if cell.gap is not None]
    missing -= sum(cell.free for cell in cells)
    for cell in spanning:
        given = min(max(cell.drawn - cell.width, 0), missing)
        cell.free, missing = cell.free + given, missing - given
    if spanning:
        spanning[-1].free += missing


def _written(pieces: Sequence[bytes], cells: Iterable[_Cell]) -> list[bytes]:
    """The pieces of the row as they stay, its edges gone."""
    out: list[bytes] = []
    at = 1
    for cell in cells:
        out += pieces[at : cell.start]
        inside = [] if cell.gone else pieces[cell.start + 1 : cell.stop]
        out += [bytes(p) for p in inside if cell.width == cell.drawn or not isinstance(p, DrawnWidth)]
        if cell.gap is not None and cell.free > 0:
            out += (cell.gap[0], b"%d" % cell.free, cell.gap[1])
        at = cell.stop + 1
    return out + list(pieces[at:])
