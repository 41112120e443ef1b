"""How much one piece may loop and write, so that no template and no data make it grow without end.

In: counts of loops' items and of bytes. Out: `TooLarge` when a bound is passed. Hot path.
"""

from __future__ import annotations

from collateral.expressions.errors import ExpressionError

MAX_ITEMS = 1_000_000
MAX_BYTES = 256 * 1024 * 1024


class TooLarge(ExpressionError):
    """A loop or a piece that grows beyond its bound."""


class Budget:
    """How much one piece may still loop and write."""

    __slots__ = ("bytes", "items")

    def __init__(self) -> None:
        self.items, self.bytes = MAX_ITEMS, MAX_BYTES

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
