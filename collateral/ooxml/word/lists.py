"""Which numbered list of Word an item belongs to, so that its number is the one its author sees.

In: the items of some content in order. Out: a name for the list of each numbered item; the caller asks for an instance by it. Word
begins a level again behind an item of a shallower level of the same list, and only there; all else is decided here.
"""

from __future__ import annotations

from collections.abc import Callable

from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.ooxml.drawing.relations import LocalName


@dataclass(slots=True)
class NumberedLists:
    """What stands between two items that is no item changes nothing: a list goes on behind it."""

    _going: dict[int, LocalName] = field(default_factory=dict)  # by level: the list that may go on
    _around: dict[int, LocalName | None] = field(
        default_factory=dict
    )  # by level: the last item's, None for a bullet

    def bullet(self, level: int) -> None:
        """An item without a number: what is deeper is over."""
        self._item(level, None)

    def number(self, level: int, start: int | None, new: Callable[[int, int], LocalName]) -> LocalName:
        """The list of a numbered item; `start` is the number it begins at, None where it goes on. `new` gives a list of its own, from
        the level that begins and its first number."""
        name = self._going.get(level) if start is None else None
        if name is None:
            above = self._around.get(max((deep for deep in self._around if deep < level), default=-1))
            first = 1 if start is None else start
            own = above is None or self._going.get(level) is above or first != 1
            name = new(level, first) if own or above is None else above
        self._item(level, name)
        self._going[level] = name
        return name

    def _item(self, level: int, name: LocalName | None) -> None:
        for known in (self._going, self._around):
            for deeper in [each for each in known if each > level]:
                del known[deeper]
        self._around[level] = name
