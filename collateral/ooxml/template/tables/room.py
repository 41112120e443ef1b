"""How high a table on a slide may become, and whether a filled one runs over.

In: where a table stands and what its slide shows, at compile time; the XML of a filled slide. Out: lengths in EMU; a
warning for each table with more rows or columns than its place holds. There rows count with their designed height, the least they
can have; `continuation` measures them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from collateral.diagnostics import Diagnostic, Place
from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.template.tables.values import Cell, GrowingTable, Unit

if TYPE_CHECKING:
    from lxml import etree

    from collateral.ooxml.frames.heritage import Heritage, LayoutPart
    from collateral.ooxml.template.language.marks import Marks

_NARROWEST = 114_300
"""EMU two digits of 14 points need."""
_LOOKED_AT = 2
"""Units that are looked at: those of a loop are as wide as each other."""
_TABLE, _ROW_END = b"<a:tbl>", b"</a:tr>"
_SHORT = 16_384
"""Bytes of XML that are looked through as fast as ten rows are found one by one."""
MARGIN = 228_600
"""A quarter inch: what a parted table leaves free above the slide's edge, unless the designed table leaves less."""


@dataclass(frozen=True, slots=True)
class TablePlace:
    """Where a table stands: its frame, the height of its rows as designed, its slide and what that inherits from."""

    frame: etree._Element
    height: int
    slide: etree._Element
    layout: LayoutPart | None
    heritage: Heritage
    marks: Marks


def room_of(place: TablePlace) -> tuple[int, int]:
    """How high the table may become: down to what stands below it, footers included, or to the slide's edge; and how high
    its parts when it is parted anyway: not quite down to the edge. In a group it stands where the group puts it; its rows
    are as high as they say, whatever the group's scale."""
    from collateral.ooxml.template.language.surroundings import box_on_slide, boxes_around

    box = box_on_slide(place.frame, place.slide)
    if box is None:
        return place.height, place.height
    bottom, edge = box.y + place.height, place.heritage.height
    lowest = edge
    for other in boxes_around([place.frame], place.slide, place.layout, place.heritage, place.marks):
        beside = other.x + other.width <= box.x or box.x + box.width <= other.x
        if other.y >= bottom and not beside:
            lowest = min(lowest, other.y)
    parted = min(lowest, max(edge - MARGIN, bottom))
    return max(lowest - box.y, place.height), max(parted - box.y, place.height)


def rows_too_many(
    tables: tuple[GrowingTable, ...], xml: bytes, place: Place, *, parted: bool, alone: bool
) -> Iterator[Diagnostic]:
    """A warning for each table of a filled slide that runs over the slide's edge. With `parted` those that can be parted
    have been looked after; `alone` says that the slide was seen to hold one table and no other."""
    watched = [table for table in tables if table.counts_rows or (table.pieces and not parted)]
    if not watched or not _has_more_rows(xml, min([table.rows for table in watched])):
        return
    starts = [0] if alone else _starts(xml)
    if len(starts) != len(tables):  # a shape directive took some out or repeated them
        tables = (min(watched, key=lambda table: table.rows),) * len(starts)
    for table, start, end in zip(tables, starts, [*starts[1:], len(xml)], strict=True):
        count = xml.count(_ROW_END, start, end)
        if table in watched and count > table.rows:
            message = f"the table has {count - table.rows} rows too many: {table.rows} fit on the slide"
            at = Place(place.file, part=place.part, slide=place.slide, shape=table.name)
            hint = "shorten the list, or repeat the slide for parts of it: {%slide for part in rows | batch(10) %}"
            yield Diagnostic.warning("table-does-not-fit", message, at, hint)


def narrow_cells(units: Sequence[Unit]) -> list[Cell]:
    """The cells of a table that leave their words less room than two digits need."""
    cells = [cell for unit in units[:_LOOKED_AT] for row in unit.rows for cell in row.cells]
    return [cell for cell in cells if not cell.turned and _room_in(cell) < _NARROWEST]


def _room_in(cell: Cell) -> int:
    return cell.width - cell.insets[0] - cell.insets[2]


def columns_too_narrow(
    table: GrowingTable, narrow: Sequence[tuple[Cell, Sequence[str]]], place: Place
) -> Iterator[Diagnostic]:
    """A warning for a table with such cells that say these texts, when there are words in them: they break between any letters."""
    room = min([_room_in(cell) for cell, texts in narrow if _has_words(texts)], default=None)
    if room is not None:
        message = f"the columns of the table leave {max(room, 0) / 12_700:.0f} pt to their words, which break between letters"
        hint = "repeat fewer columns, make the others narrower, or make the margins of the cells smaller"
        at = Place(place.file, part=place.part, slide=place.slide, shape=table.name)
        yield Diagnostic.warning("table-columns-narrow", message, at, hint)


def _has_words(texts: Sequence[str]) -> bool:
    return any(len(word) > 1 for text in texts for word in text.split())


def _starts(xml: bytes) -> list[int]:
    """Where the tables of a slide begin."""
    found, at = list[int](), xml.find(_TABLE)
    while at >= 0:
        found.append(at)
        at = xml.find(_TABLE, at + 1)
    return found


def _has_more_rows(xml: bytes, number: int) -> bool:
    """Whether there are more rows than this: seen after as many, for counting thousands takes as long as writing them."""
    if len(xml) < _SHORT:
        return xml.count(_ROW_END) > number
    at = -1
    for _ in range(number + 1):
        at = xml.find(_ROW_END, at + 1)
        if at < 0:
            return False
    return True
