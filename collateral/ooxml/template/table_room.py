"""Tables on slides that grow: whether their rows still stand on the slide.

In: a slide's tree at compile time; the XML of a filled slide. Out: how many rows stand below the slide's edge. Rows count
with their designed height, the least they can have; text that needs more lines makes them higher still.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from collateral.diagnostics import Diagnostic, Place
from collateral.diagnostics.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from lxml import etree

_TABLE, _ROW_END = b"<a:tbl>", b"</a:tr>"


@dataclass(frozen=True, slots=True)
class TableRoom:
    """One table of a slide in the order they stand: its frame's name, its rows' least height in EMU, and how many of
    them its place holds; 0 for tables that do not grow."""

    name: str
    row: int
    rows: int


def table_rooms(root: etree._Element, slide_height: int) -> tuple[TableRoom, ...]:
    """The tables of a slide; none when no table of it has a loop."""
    from collateral.ooxml.names import qn

    found = []
    for table in root.iter(qn("a:tbl")):
        frame = next(table.iterancestors(qn("p:graphicFrame")), None)
        offset = frame.find(f"{qn('p:xfrm')}/{qn('a:off')}") if frame is not None else None
        named = next(frame.iter(qn("p:cNvPr")), None) if frame is not None else None
        name = named.get("name") or "" if named is not None else ""
        heights = [_number(row.get("h")) for row in table.iter(qn("a:tr"))]
        row = min((height for height in heights if height), default=0)
        text = "".join(t.text or "" for t in table.iter(qn("a:t")))
        inside = next(table.iterancestors(qn("p:grpSp")), None) is not None
        if offset is None or not row or inside or "{%" not in text or "for " not in text:
            found.append(TableRoom(name, row, 0))
            continue
        room = max(slide_height - _number(offset.get("y")), 0)
        found.append(TableRoom(name, row, max(room // row, len(heights))))
    return tuple(found) if any(one.rows for one in found) else ()


def rows_too_many(rooms: tuple[TableRoom, ...], xml: bytes, place: Place) -> Iterator[Diagnostic]:
    """A warning for each table of a filled slide that runs over the slide's edge."""
    tables = xml.split(_TABLE)[1:]
    if len(tables) != len(rooms):  # a shape directive took some out or repeated them
        rooms = (min((r for r in rooms if r.rows), key=lambda r: r.rows),) * len(tables)
    for room, table in zip(rooms, tables, strict=True):
        count = table.count(_ROW_END)
        if room.rows and count > room.rows:
            message = f"the table has {count - room.rows} rows too many: {room.rows} fit on the slide"
            at = Place(place.file, part=place.part, slide=place.slide, shape=room.name)
            hint = "shorten the list, or repeat the slide for parts of it: {%slide for part in rows | batch(10) %}"
            yield Diagnostic.warning("table-does-not-fit", message, at, hint)


def _number(text: str | None) -> int:
    return int(text) if text and text.lstrip("-").isdigit() else 0
