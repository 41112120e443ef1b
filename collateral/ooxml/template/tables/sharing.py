"""What of its tables stands on a slide, while the slide is filled.

In: the shares `continuation` found for the slides one slide becomes. Out: what the generated functions ask at loops over
rows, at the rows beside them and at whole tables. Without shares everything stands on the one slide. Hot path.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from collateral.ooxml.xml import escape_text

Share = tuple[int, int]
"""The turns of a loop over a table's rows that stand on one slide: the first, and the one after the last."""
Shares = Mapping[int | tuple[int, int], Share]
"""Shares by the number of their piece; in a turn of a loop around it by (number, turn). What is not in it stands whole."""


class Sharing:
    """The part of a slide's state that shares out its tables. `shared_items` are the lists of loops that another slide
    of the same data has worked out, `outer_turn` is the turn of the outermost loop we are in, `title_end` what the title
    of a continued slide ends in, `edges` how many edges of such tables were written."""

    shares: Shares | None = None
    shared_items: dict[int | tuple[int, int], Sequence[Any]] | None = None
    outer_turn: int | None = None
    title_end = ""
    edges = 0

    if TYPE_CHECKING:

        def charge_items(self, count: int, cost: int) -> None:
            """Count a loop's items against the bounds."""

    def _key(self, piece: int) -> int | tuple[int, int]:
        return piece if self.outer_turn is None else (piece, self.outer_turn)

    def known_items(self, piece: int) -> Sequence[Any] | None:
        """The items of a loop over a table's rows, when another slide of the same data has worked them out."""
        return self.shared_items.get(self._key(piece)) if self.shared_items is not None else None

    def keep_items(self, piece: int, items: Sequence[Any]) -> None:
        """Keep them for the next slide."""
        if self.shared_items is not None:
            self.shared_items[self._key(piece)] = items

    def rows(self, piece: int, items: Sequence[Any], out: list[bytes], cost: int) -> Iterable[Any]:
        """The items of a loop over a table's rows that stand on this slide."""
        if self.shares is None:
            self.charge_items(len(items), cost)
            return items
        start, stop = self.shares.get(self._key(piece), (0, len(items)))
        items = items[start:stop]
        self.charge_items(len(items), cost)
        return items if self.outer_turn is not None else self._outer(items, start)

    def _outer(self, items: Sequence[Any], start: int) -> Iterator[Any]:
        """The items of an outermost loop, while what is inside knows in which of its turns it is."""
        for self.outer_turn, item in enumerate(items, start):
            yield item
        self.outer_turn = None

    def first(self, piece: int) -> int:
        """The number from 0 of the first of them in the whole list."""
        return self.shares.get(self._key(piece), (0, 0))[0] if self.shares is not None else 0

    def shows(self, piece: int, out: list[bytes]) -> bool:
        """Whether rows that are not repeated, or a whole table, stand on this slide."""
        return self.shares is None or self.shares.get(self._key(piece)) != (0, 0)

    def last_row(self, number: int) -> bytes:
        """Whether a table's last row on this slide is its last of all, and looks so."""
        return b"1" if self.shows(number, []) else b"0"

    def table(self, edge: str) -> bytes:
        """An edge of a table that may go on; `continuation` listens to it."""
        self.edges += 1
        return b""

    def ended_title(self, run: tuple[bytes, bytes]) -> bytes:
        """What the title of a continued slide ends in, as a run of its own."""
        return run[0] + escape_text(self.title_end).encode() + run[1] if self.title_end else b""
