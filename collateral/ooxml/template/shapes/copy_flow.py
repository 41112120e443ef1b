"""Where the copies of a repeated shape lie, and how many of them a slide holds. Hot path."""

from __future__ import annotations

from collections.abc import Mapping

from collateral.diagnostics import Diagnostic, Place
from collateral.diagnostics.lazy_namedtuple import NamedTuple


class CopyFlow(NamedTuple):
    """The box all shapes of one turn fill, in EMU, the limits it may go to, and the gap between two of them. Where boxes go on from right
    to left, `x` and `right` are those of the page in a mirror."""

    key: int
    name: str
    x: int
    y: int
    width: int
    height: int
    right: int
    bottom: int
    gap: int
    turned: bool = False

    @property
    def columns(self) -> int:
        """How many boxes fit side by side."""
        return max((self.right - self.x + self.gap) // max(self.width + self.gap, 1), 1)

    @property
    def room(self) -> int:
        """How many boxes fit on the slide."""
        lines = (self.bottom - self.y + self.gap) // max(self.height + self.gap, 1)
        return self.columns * max(lines, 1)

    def offset(self, turn: int, axis: int) -> int:
        """How far the box of a turn (counted from 0) lies from the first, to the right (axis 0) or down (1)."""
        line, column = divmod(turn, self.columns)
        across = column * (self.width + self.gap)
        return line * (self.height + self.gap) if axis else -across if self.turned else across


def copies_too_many(copies: Mapping[CopyFlow, int], place: Place) -> list[Diagnostic]:
    """A warning for each shape that is repeated more often than the slide has room for."""
    found = []
    for flow, count in copies.items():
        if count > flow.room:
            message = f"the shape is repeated {count:,} times, and {flow.room:,} fit on the slide"
            at = Place(place.file, part=place.part, slide=place.slide, shape=flow.name)
            hint = f"shorten the list, make the shape smaller, or repeat the slide: {{%slide for part in list | batch({flow.room}) %}}"
            found.append(Diagnostic.warning("shapes-do-not-fit", message, at, hint))
    return found
