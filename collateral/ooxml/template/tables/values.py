"""Tables on slides that grow, as values: what is known of them at compile time, and the rows of a filled one.

Plain values, cheap to load from a cache; tuples, where a piece has hundreds of them. Lengths are EMU.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.diagnostics.lazy_namedtuple import NamedTuple
from collateral.model.frames import LevelStyle

if TYPE_CHECKING:
    from collateral.ooxml.template.shapes.texts import Run, Said

Levels = tuple[LevelStyle, ...]
EDGES = "begins", "ends"
"""What the hooks at the edges of a table that can be measured are called."""


class Piece(NamedTuple):
    """What may stand on a further slide: a loop over rows (`repeats`), or rows that are not repeated.

    `outer` is the number of the loop it stands in, 0 for none. Loops in such loops are whole with their turn.
    """

    number: int
    outer: int
    repeats: bool


@dataclass(frozen=True, slots=True)
class GrowingTable:
    """One table of a slide in the order they stand: its frame's name and how high it may become.

    `room` is 0 for tables without a loop over rows, `shared_room` how high its parts may become when it goes on on further
    slides, `row` the least height of a row. `number` is what its edges are called
    by. `pieces` are its loops, and rows after the first loop; none when the table cannot be parted, or has tags and no loops: then it has a
    `number`, to be measured. `frame` is the number its whole frame goes by when it may be left out, `last_row` that of the style of its last row,
    else 0. `levels` are the
    styles its text starts from.
    """

    name: str
    room: int = 0
    shared_room: int = 0
    row: int = 0
    number: int = 0
    pieces: tuple[Piece, ...] = ()
    frame: int = 0
    last_row: int = 0
    levels: Levels = ()

    @property
    def counts_rows(self) -> bool:
        """Whether it may come to have more rows, and cannot be parted."""
        return bool(self.room) and not self.pieces and not self.number

    @property
    def rows(self) -> int:
        """How many rows of the least height its place holds."""
        return self.room // self.row if self.row else 0


class Cell(NamedTuple):
    """A filled cell: its width, its insets (left, top, right, bottom), its paragraphs (level, runs, what each says itself), and how
    many rows it spans.

    `bold` says that the table's style sets it bold (the first row of a table with a header row), `turned` that its lines run from top
    to bottom or from bottom to top.
    """

    width: int
    insets: tuple[int, int, int, int]
    paragraphs: tuple[tuple[int, tuple[Run, ...], Said], ...]
    rows: int = 1
    bold: bool = False
    turned: bool = False

    @property
    def texts(self) -> list[str]:
        """What its runs say, in order."""
        return [run[0] for _, runs, _ in self.paragraphs for run in runs]

    def saying(self, texts: Sequence[str]) -> Cell:
        """The cell with these texts in its runs; one that says nothing is left out."""
        left = iter(texts)
        paragraphs = [
            (level, tuple([(text, *run[1:]) for run in runs if (text := next(left))]), said)
            for level, runs, said in self.paragraphs
        ]
        return self._replace(paragraphs=tuple(paragraphs))


class Row(NamedTuple):
    """A filled row: the height it was drawn with and the cells that may make it higher. `joined` tells that a cell of it belongs to one
    that begins in a row above."""

    height: int
    cells: tuple[Cell, ...]
    joined: bool = False


class Unit(NamedTuple):
    """Rows that stay together: a turn (from 0) of a loop, or rows beside loops. `piece` is the number of either, 0 for the
    rows before the first loop, which stand on every slide. `outer` is the turn of the loop around it, if there is one."""

    piece: int
    turn: int
    rows: tuple[Row, ...]
    outer: int | None = None


CellHeight = Callable[[Sequence[str]], int]
"""How high a cell must be, insets included, to hold these texts in its runs, one for each; a run that says nothing is as if it were
not there."""
MeasureCell = Callable[[Cell, Levels], CellHeight]
"""A cell is looked at once, and measured for every piece in which it says something else."""
