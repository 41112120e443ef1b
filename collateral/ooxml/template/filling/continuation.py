"""A slide whose tables outgrow it goes on on further slides.

In: a slide of the template and its data. Out: for each slide it becomes, which turns of its tables' loops stand on it.
Rows before the first loop (the header) stand on every slide, rows after the last loop (totals) follow its last turn. What
one turn writes stays together, and so do rows a merged cell joins; a turn with loops in it is parted when it is too high
for any slide, and the rows of it before its first loop (the group's heading) are repeated on each of its slides. Between
two loops, rows keep their place.

The slide is filled once with its pieces marked, the rows are read back and measured by the caller's function; then it is
filled for each slide with its share. So `loop.index` goes on counting, and nothing depends on how the rows came about.
What is known of the rows whatever their texts say is worked out once for all pieces whose tables are of one shape.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import takewhile
from typing import Any

from collateral.diagnostics import Diagnostic, Place, has_errors
from collateral.diagnostics.lazy_dataclass import replace
from collateral.diagnostics.lazy_namedtuple import NamedTuple
from collateral.ooxml.pieces import Marked
from collateral.ooxml.template.filling.budget import MAX_BYTES, Budget
from collateral.ooxml.template.filling.deck_values import SlideTemplate
from collateral.ooxml.template.filling.functions import Functions
from collateral.ooxml.template.filling.wiring import Reading
from collateral.ooxml.template.tables.room import columns_too_narrow, narrow_cells
from collateral.ooxml.template.tables.rows import PIECE, read_units
from collateral.ooxml.template.tables.sharing import Share, Shares
from collateral.ooxml.template.tables.values import Cell, CellHeight, GrowingTable, MeasureCell, Row, Unit

_NOTHING: Share = (0, 0)
_WHOLE: Share = (0, 1)
_EDGE = b"<?c8table %s?>"
_TOLERATED = 1.02  # of the room: programs differ in how high they set lines
EMU_PER_POINT = 12700


class _Marking(Reading):
    """The state of filling a slide so that its tables' pieces can be told apart."""

    def rows(self, piece: int, items: Sequence[Any], out: list[bytes], cost: int) -> Iterator[Any]:
        self.charge_items(len(items), cost)
        mark = _begin(piece)
        for item in items:
            out.append(mark)
            yield item

    def shows(self, piece: int, out: list[bytes]) -> bool:
        out.append(_begin(piece))
        return True

    def table(self, edge: str) -> bytes:
        return _EDGE % edge.encode()


_Open = Sequence[Marked] | None
"""The texts of a cell that may hold marks, ready to have them filled in; None when they hold none."""


class _Row(NamedTuple):
    """A row ready to be measured: how high it is whatever is said in it, and each cell whose text is left open, with how high
    the rows below are that it reaches over."""

    least: int
    cells: Sequence[tuple[CellHeight, Sequence[Marked], int]]

    def height(self, texts: Sequence[str]) -> int:
        """How high it is with these texts: as it was drawn, or as its highest text needs it."""
        highest = self.least
        for height, said, below in self.cells:
            highest = max(highest, height([each.filled(texts) for each in said]) - below)
        return highest


class _Table(NamedTuple):
    """A table that was filled: its units, the rows of each ready to be measured, and its cells that are too narrow for words."""

    table: GrowingTable
    units: Sequence[Unit]
    rows: Sequence[Sequence[_Row]]
    narrow: Sequence[tuple[Cell, _Open]]

    def heights(self, texts: Sequence[str]) -> list[int]:
        """How high each unit is."""
        return [sum([row.height(texts) for row in rows]) for rows in self.rows]

    def too_narrow(self, texts: Sequence[str], place: Place) -> Iterator[Diagnostic]:
        """What is said of words in cells that are too narrow for them."""
        said = [
            (cell, cell.texts if marked is None else [each.filled(texts) for each in marked])
            for cell, marked in self.narrow
        ]
        return columns_too_narrow(self.table, said, place)


def _begin(piece: int) -> bytes:
    return f"<?{PIECE} {piece}?>".encode()


class _Block(NamedTuple):
    """Units that stay together, and how high they are. `heading` is the height of the rows that begin their group, when they
    are to be repeated above them on a further slide."""

    units: tuple[Unit, ...]
    height: int
    heading: int = 0

    @property
    def begins_joined(self) -> bool:
        """Whether a cell of its first row is merged with one above."""
        return next((unit.rows[0].joined for unit in self.units if unit.rows), False)


def shares_of(
    slide: SlideTemplate,
    values: Mapping[str, Any],
    functions: Functions,
    formats: Any,
    measure: MeasureCell,
    place: Place,
) -> tuple[list[Shares], list[Diagnostic]]:
    """The shares of the slides this one becomes, and rows that are too high for any; one empty share when all fits.

    No shares when the values are wrong: filling the slide says what is wrong with them.
    """
    function = slide.owned[0].function
    data, state, found = functions.run(function, values, lambda: _Marking(Budget(), formats))
    if has_errors(found):
        return [], []
    tables = slide.tables
    pieces = functions.pieces(function, state)
    plan, texts = pieces.read((shares_of, measure), partial(_read_tables, tables, measure, opened=True))
    read = plan if plan is not None else _read_tables(tables, measure, data, opened=False)
    problems: list[Diagnostic] = []
    pages: dict[int, list[Shares]] = {}
    for drawn in read.tables:
        problems += drawn.too_narrow(texts, place)
        table, heights = drawn.table, drawn.heights(texts)
        if table.pieces:
            pages[table.number], more = _pages(table, drawn.units, heights, place)
            problems += more
        else:
            problems += _table_too_high(table, sum(heights), place)
    count = max((len(shares) for shares in pages.values()), default=1)
    if count * read.size > MAX_BYTES:
        message = f"its tables would need {count:,} slides"
        return [], [Diagnostic.error("piece-too-large", message, place, "shorten the list")]
    if count == 1:
        return [{}], problems
    return [_share(slide.tables, pages, number) for number in range(count)], problems


class _Tables(NamedTuple):
    """The growing tables of a slide that its directives left there, and how many bytes stand around them."""

    tables: Sequence[_Table]
    size: int


def _read_tables(
    tables: Iterable[GrowingTable], measure: MeasureCell, xml: bytes, *, opened: bool
) -> _Tables:
    """With `opened` those of all slides that differ in their texts only, which marks stand for."""
    found = list[_Table]()
    size = len(xml)
    for table in tables:
        part = _between(xml, table.number) if table.number else b""
        if part:
            found.append(_read_table(table, measure, read_units(part, table.pieces), opened=opened))
            size -= len(part)
    return _Tables(found, size)


def _read_table(table: GrowingTable, measure: MeasureCell, units: Sequence[Unit], *, opened: bool) -> _Table:
    def texts_of(cell: Cell) -> _Open:
        marked = [Marked(text) for text in cell.texts] if opened else []
        return marked if any(marked) else None

    def ready(row: Row, below: Sequence[Row]) -> _Row:
        least, cells = row.height, list[tuple[CellHeight, Sequence[Marked], int]]()
        for cell in row.cells:
            others = sum(other.height for other in below[: cell.rows - 1]) if cell.rows > 1 else 0
            height, marked = measure(cell, table.levels), texts_of(cell)
            if marked is None:
                least = max(least, height(cell.texts) - others)
            else:
                cells.append((height, marked, others))
        return _Row(least, cells)

    rows = [[ready(row, unit.rows[at + 1 :]) for at, row in enumerate(unit.rows)] for unit in units]
    return _Table(table, units, rows, [(cell, texts_of(cell)) for cell in narrow_cells(units)])


def _between(xml: bytes, number: int) -> bytes:
    """A table by its number; nothing when the slide's directives left it out."""
    _, _, rest = xml.partition(_EDGE % b"begins %d" % number)
    return rest.partition(_EDGE % b"ends %d" % number)[0]


def _share(tables: Iterable[GrowingTable], pages: Mapping[int, Sequence[Shares]], number: int) -> Shares:
    """What stands on one slide of all its tables. A table that is at its end is left out where that is possible."""
    share: dict[int | tuple[int, int], Share] = {}
    for table in tables:
        own = pages.get(table.number)
        if own is None:
            continue
        if number < len(own):
            share |= own[number]
        else:
            share |= dict.fromkeys([table.frame, *(p.number for p in table.pieces if not p.outer)], _NOTHING)
    share.pop(0, None)  # what has no number
    return share


def _pages(
    table: GrowingTable, units: Sequence[Unit], heights: Sequence[int], place: Place
) -> tuple[list[Shares], list[Diagnostic]]:
    header = heights[0]
    room = table.room - header
    measured = [_Block((unit,), height) for unit, height in zip(units[1:], heights[1:], strict=True)]
    if sum(heights) <= table.room:
        return list(_shares(table, [measured])), []
    blocks = _blocks(measured, table, room)
    found = list(_too_high([block for block in blocks if block.height > room], table, place))
    if table.shared_room != table.room and sum(block.height for block in blocks) > room:
        room = table.shared_room - header
        blocks = _blocks(measured, table, room)
    pages = _shared_out(blocks, room)
    return list(_shares(table, pages)), found


def _table_too_high(table: GrowingTable, height: int, place: Place) -> Iterator[Diagnostic]:
    """What is said of a table without loops whose texts make it higher than its slide has room for."""
    if height > table.room * _TOLERATED:
        points = (height - table.room) / EMU_PER_POINT
        message = f"the texts of the table make it {points:.0f} pt higher than its slide has room for"
        at = replace(place, shape=table.name)
        yield Diagnostic.warning("table-does-not-fit", message, at, "shorten its text, or move the table up")


def _blocks(units: Sequence[_Block], table: GrowingTable, room: int) -> list[_Block]:
    """The units as blocks that may stand on different slides: a turn of an outer loop is one, unless it is too high."""
    repeated = {piece.number for piece in table.pieces if piece.repeats}
    blocks: list[_Block] = []
    for turn in _turns(units):
        whole = _joined(turn)
        parts = [whole] if whole.height <= room else _parts(turn, repeated, room)
        while parts and blocks and parts[0].begins_joined:
            blocks[-1] = _joined([blocks[-1], parts.pop(0)])
        blocks += parts
    return _with_end(blocks, repeated, room)


def _turns(units: Sequence[_Block]) -> Iterator[list[_Block]]:
    """The units, those in a turn of an outer loop together."""
    turn: list[_Block] = []
    for unit in units:
        if unit.units[0].outer is None and turn:
            yield turn
            turn = []
        turn.append(unit)
    if turn:
        yield turn


def _parts(turn: Sequence[_Block], repeated: Container[int], room: int) -> list[_Block]:
    """A turn of an outer loop that is too high, in parts: what begins it stays with the first turn of the loop in it, what
    ends it with the last, and cells that are merged stay whole."""
    parts: list[_Block] = []
    for unit in turn:
        begins = bool(parts) and (unit.begins_joined or not _is_turn(parts[-1].units[-1], repeated))
        both = _joined([parts[-1], unit]) if begins else unit
        if begins and (both.height <= room or unit.begins_joined):
            parts[-1] = both
        else:
            parts.append(unit)
    heading = _heading_height(turn, repeated)
    for at, part in enumerate(parts[1:], 1):
        if part.height + heading <= room:
            parts[at] = part._replace(heading=heading)
    return _with_end(parts, repeated, room)


def _heading_height(turn: Sequence[_Block], repeated: Container[int]) -> int:
    """How high the rows are that begin a turn before the first loop in it; 0 when they are merged with rows around them."""
    blocks = list(takewhile(lambda block: not _is_turn(block.units[-1], repeated), turn))
    rows = [row for block in blocks for unit in block.units for row in unit.rows]
    reach = max((at + cell.rows for at, row in enumerate(rows) for cell in row.cells), default=0)
    if len(blocks) == len(turn) or reach > len(rows) or (rows and rows[0].joined):
        return 0
    return sum(block.height for block in blocks)


def _is_turn(unit: Unit, repeated: Container[int]) -> bool:
    return unit.piece in repeated and bool(unit.rows)


def _with_end(blocks: list[_Block], repeated: Container[int], room: int) -> list[_Block]:
    """Rows that end a table or a turn do not stand alone: they stay with what comes before them."""
    while len(blocks) > 1 and blocks[-1].units[0].piece not in repeated:
        last = _joined(blocks[-2:])
        if last.height + last.heading > room:
            break
        blocks[-2:] = [last]
    return blocks


def _joined(blocks: Iterable[_Block]) -> _Block:
    every = list(blocks)
    if len(every) == 1:
        return every[0]
    units = tuple(unit for b in every for unit in b.units)
    return _Block(units, sum(b.height for b in every), every[0].heading)


def _shared_out(blocks: Iterable[_Block], room: int) -> list[list[_Block]]:
    """The blocks slide by slide, at least one on each."""
    pages: list[list[_Block]] = [[]]
    used = 0
    for block in blocks:
        if pages[-1] and used + block.height > room:
            pages.append([])
            used = block.heading
        pages[-1].append(block)
        used += block.height
    return pages


def _shares(table: GrowingTable, pages: Sequence[Sequence[_Block]]) -> Iterator[Shares]:
    """For each slide from which turn to which each piece stands there."""
    homes: dict[tuple[int, int], set[int]] = {}  # the slides of each turn of an outer loop
    for number, page in enumerate(pages):
        for unit in (unit for block in page for unit in block.units):
            homes.setdefault(_outer_turn(unit, table), set()).add(number)
    torn = {turn for turn, slides in homes.items() if len(slides) > 1}
    for number, page in enumerate(pages):
        share: dict[int | tuple[int, int], Share] = {p.number: _NOTHING for p in table.pieces if not p.outer}
        for loop, turn in sorted(torn):
            if number in homes[loop, turn]:
                share |= {(p.number, turn): _NOTHING for p in table.pieces if p.outer == loop}
        for unit in (unit for block in page for unit in block.units):
            loop, turn = _outer_turn(unit, table)
            _extend(share, loop, turn)
            if (loop, turn) in torn and unit.outer is not None:
                _extend(share, (unit.piece, turn), unit.turn)
        if page and page[0].heading:
            loop, turn = _outer_turn(page[0].units[0], table)
            share |= {(piece, turn): _WHOLE for piece in _heading_pieces(table, loop)}
        share[table.last_row] = _WHOLE if number == len(pages) - 1 else _NOTHING
        yield share


def _heading_pieces(table: GrowingTable, loop: int) -> list[int]:
    """The rows of a loop before the first loop in it."""
    inside = (piece for piece in table.pieces if piece.outer == loop)
    return [piece.number for piece in takewhile(lambda piece: not piece.repeats, inside)]


def _outer_turn(unit: Unit, table: GrowingTable) -> tuple[int, int]:
    """The outermost loop or rows a unit belongs to, and the turn of it."""
    if unit.outer is None:
        return unit.piece, unit.turn
    return next(p.outer for p in table.pieces if p.number == unit.piece), unit.outer


def _extend(share: dict[int | tuple[int, int], Share], key: int | tuple[int, int], turn: int) -> None:
    first = share[key][0] if share[key] != _NOTHING else turn
    share[key] = first, turn + 1


def _too_high(blocks: Sequence[_Block], table: GrowingTable, place: Place) -> Iterator[Diagnostic]:
    if not blocks:
        return
    rest = f", and so is that of {len(blocks) - 1:,} others" if len(blocks) > 1 else ""
    turn = blocks[0].units[0].turn + 1
    message = f"what turn {turn:,} of the table's loop writes is higher than its slide has room for{rest}"
    at = replace(place, shape=table.name)
    yield Diagnostic.warning("table-does-not-fit", message, at, "shorten its text, or move the table up")
