"""How much one piece may loop and write, so that no template and no data make it grow without end, and what it cannot write.

In: counts of loops' items and of bytes, values. Out: `TooLarge` when a bound is passed. Hot path.
"""

from __future__ import annotations

from collateral.diagnostics import Diagnostic, Place
from collateral.expressions.errors import ExpressionError
from collateral.ooxml.xml import clean_text

_NAMED = 10
"""How many values with such characters are named."""

MAX_ITEMS = 1_000_000
MAX_BYTES = 256 * 1024 * 1024


class TooLarge(ExpressionError):
    """A loop or a piece that grows beyond its bound."""


class Budget:
    """How much one piece may still loop and write, and the values it could not write whole."""

    __slots__ = ("_maimed", "bytes", "items")

    def __init__(self) -> None:
        self.items, self.bytes = MAX_ITEMS, MAX_BYTES
        self._maimed: dict[str, None] | None = None

    def writable(self, value: str) -> str:
        """The value without the characters XML cannot hold, which is noted."""
        clean = clean_text(value)
        if len(clean) < len(value):
            self._maimed = self._maimed or {}
            if len(self._maimed) < _NAMED:
                from html import unescape  # seldom needed

                self._maimed[unescape(value)[:40]] = None  # as it was given, not as it is written
        return clean

    def spend(self, other: Budget) -> None:
        """Count what another has counted, and note what it has noted."""
        self.charge_items(MAX_ITEMS - other.items, 0)
        self.charge(MAX_BYTES - other.bytes)
        if other._maimed:
            noted = [*dict.fromkeys([*(self._maimed or ()), *other._maimed])]
            self._maimed = dict.fromkeys(noted[:_NAMED])

    def losses(self, file: str) -> list[Diagnostic]:
        """A warning for each value that was not written whole."""
        hint = "take control characters and the like out of the data"
        return [
            Diagnostic.warning(
                "characters-left-out",
                f"{value!r} holds characters no Office file can hold; they are left out",
                Place(file),
                hint,
            )
            for value in self._maimed or ()
        ]

    def charge(self, size: int) -> None:
        """Count bytes."""
        self.bytes -= size
        if self.bytes < 0:
            raise TooLarge(f"the piece grows beyond {MAX_BYTES // 1024**2} MB")

    def charge_items(self, count: int, cost: int) -> None:
        """Count a loop's items, `cost` bytes each."""
        self.items -= count
        if self.items < 0:
            raise TooLarge(f"the loops of this piece run more than {MAX_ITEMS:,} times")
        self.charge(count * cost)
