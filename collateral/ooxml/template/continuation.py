"""A slide whose tables outgrow it goes on on further slides.

In: a slide of the template and its data. Out: for each slide it becomes, which turns of its tables' loops stand on it.
Rows before the first loop (the header) stand on every slide, rows after the last loop (totals) follow its last turn. What
one turn writes stays together, and so do rows a merged cell joins. Between two loops, rows keep their place.

The slide is filled once with its pieces marked, the rows are read back and measured by the caller's function; then it is
filled for each slide with its share. So `loop.index` goes on counting, and nothing depends on how the rows came about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from collateral.diagnostics import Diagnostic, Place, has_errors
from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.template.deck_values import SlideTemplate
from collateral.ooxml.template.functions import Functions
from collateral.ooxml.template.runtime import MAX_BYTES
from collateral.ooxml.template.table_rows import PIECE, read_units
from collateral.ooxml.template.table_values import GrowingTable, MeasureCell, Row, Unit
from collateral.ooxml.template.wiring import Budget, Reading, Share

Shares = Mapping[int, Share]
_NOTHING: Share = (0, 0)
_WHOLE: Share = (0, 1)
_EDGE = b"<?c8table %s?>"


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


def _begin(piece: int) -> bytes:
    return f"<?{PIECE} {piece}?>".encode()


@dataclass(frozen=True, slots=True)
class _Block:
    """Units that stay together, and how high they are."""

    units: tuple[Unit, ...]
    height: int


def shares_of(
    slide: SlideTemplate,
    values: Mapping[str, Any],
    functions: Functions,
    formats: Any,
    measure: MeasureCell,
    place: Place,
) -> tuple[list[Shares], list[Diagnostic]]:
    """The shares of the slides this one becomes, and rows that are too high for any; one empty share when all fits.

    None when the values are wrong: filling the slide says what is wrong with them.
    """
    data, _, found = functions.run(slide.owned[0].function, values, lambda: _Marking(Budget(), formats))
    if has_errors(found):
        return [], []
    xml, problems = b"".join([data]), list[Diagnostic]()
    pages: dict[int, list[Shares]] = {}
    size = len(xml)
    for table in slide.tables:
        part = _between(xml, table.number) if table.pieces else b""
        if part:
            pages[table.number], more = _pages(table, part, measure, place)
            problems += more
            size -= len(part)
    count = max((len(shares) for shares in pages.values()), default=1)
    if count * size > MAX_BYTES:
        message = f"its tables would need {count:,} slides"
        return [], [Diagnostic.error("piece-too-large", message, place, "shorten the list")]
    if count == 1:
        return [{}], problems
    return [_share(slide.tables, pages, number) for number in range(count)], problems


def _between(xml: bytes, number: int) -> bytes:
    """A table by its number; nothing when the slide's directives left it out."""
    _, _, rest = xml.partition(_EDGE % b"begins %d" % number)
    return rest.partition(_EDGE % b"ends %d" % number)[0]


def _share(tables: Iterable[GrowingTable], pages: Mapping[int, Sequence[Shares]], number: int) -> Shares:
    """What stands on one slide of all its tables. A table that is at its end is left out where that is possible."""
    share: dict[int, Share] = {}
    for table in tables:
        own = pages.get(table.number)
        if own is None:
            continue
        if number < len(own):
            share |= own[number]
        else:
            share |= dict.fromkeys((*table.pieces, table.frame), _NOTHING)
    share.pop(0, None)  # what has no number
    return share


def _pages(
    table: GrowingTable, xml: bytes, measure: MeasureCell, place: Place
) -> tuple[list[Shares], list[Diagnostic]]:
    head, *units = read_units(xml)

    def height(rows: Sequence[Row]) -> int:
        return sum(_height(row, rows[at + 1 :], table, measure) for at, row in enumerate(rows))

    header = height(head.rows)
    room = table.room - header
    blocks = list(_blocks(units, height, room))
    found = [_too_high(block, table, place) for block in blocks if block.height > room]
    if sum(block.height for block in blocks) > room:
        room = table.shared_room - header
    pages = _shared_out(blocks, room)
    ends = [_NOTHING] * (len(pages) - 1) + [_WHOLE]
    return [_turns(table, page) | {table.last_row: end} for page, end in zip(pages, ends, strict=True)], found


def _height(row: Row, below: Sequence[Row], table: GrowingTable, measure: MeasureCell) -> int:
    """A row is as high as it was drawn, or as its highest text; a cell over several rows has those below it, too."""
    highest = row.height
    for cell in row.cells:
        others = sum(other.height for other in below[: cell.rows - 1]) if cell.rows > 1 else 0
        highest = max(highest, measure(cell, table.levels) - others)
    return highest


def _blocks(units: Sequence[Unit], height: Callable[[Sequence[Row]], int], room: int) -> Iterator[_Block]:
    """The units, joined where a merged cell holds them together; the last turn with the rows that end the table."""
    joined: list[_Block] = []
    for unit in units:
        own = _Block((unit,), height(unit.rows))
        if joined and unit.rows and unit.rows[0].joined:
            joined[-1] = _both(joined[-1], own)
        else:
            joined.append(own)
    while len(joined) > 1 and joined[-1].units[0].piece != joined[-2].units[-1].piece:
        last = _both(joined[-2], joined[-1])
        if last.height > room:
            break
        joined[-2:] = [last]
    return iter(joined)


def _both(one: _Block, other: _Block) -> _Block:
    return replace(one, units=one.units + other.units, height=one.height + other.height)


def _shared_out(blocks: Iterable[_Block], room: int) -> list[list[_Block]]:
    """The blocks slide by slide, at least one on each."""
    pages: list[list[_Block]] = [[]]
    used = 0
    for block in blocks:
        if pages[-1] and used + block.height > room:
            pages.append([])
            used = 0
        pages[-1].append(block)
        used += block.height
    return pages


def _turns(table: GrowingTable, page: Sequence[_Block]) -> dict[int, Share]:
    """From which turn to which each piece stands on a slide."""
    share: dict[int, Share] = dict.fromkeys(table.pieces, _NOTHING)
    for unit in (unit for block in page for unit in block.units):
        first = share[unit.piece][0] if share[unit.piece] != _NOTHING else unit.turn
        share[unit.piece] = first, unit.turn + 1
    return share


def _too_high(block: _Block, table: GrowingTable, place: Place) -> Diagnostic:
    turn = block.units[0].turn + 1
    message = f"what turn {turn} of the table's loop writes is higher than its slide has room for"
    at = replace(place, shape=table.name)
    return Diagnostic.warning("table-does-not-fit", message, at, "shorten its text, or move the table up")
