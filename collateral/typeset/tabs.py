"""Filling lines of text with tabs: where the stops are, and what stands at them.

In: a stretch, the room of its lines, a ruler. Out: where each line begins. Lengths are points.

Where the rules come from. PowerPoint counts all stops from the edge of the text; behind the last of a paragraph's own
stops there is one at every multiple of the default size. LibreOffice counts those from the paragraph's margin, an inch
apart whatever the file says, and knows no stops of their own of paragraphs with a margin. In both, a hanging indent ends at a stop; text that is too long for its right, centred or
decimal stop begins where the text before it ends; and a tab without room begins the next line. `Engine.SAFE` takes
what gives more lines.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING

from collateral.diagnostics.lazy_namedtuple import NamedTuple
from collateral.model.frames import LevelStyle
from collateral.typeset.lines import SLACK
from collateral.typeset.values import EMU_PER_POINT, Engine

if TYPE_CHECKING:
    from collateral.typeset.prepare import Stretch

_INCH = 72.0
_LEAST = 0.5  # points: a text that ends at a stop goes on at the next
_NEAR = 1.01  # of its room: how far beyond a line a stop may lie that is meant to be the line's end
_POINT = re.compile("[.,](?=[0-9])")
_Stop = tuple[float, str]
Filled = tuple[list[int], float]
"""The index of the unit each line begins with, and the width of the widest line."""


class Line(NamedTuple):
    """Where a line begins, from the edge of the text, and its room from there."""

    start: float
    room: float


class Ruler(NamedTuple):
    """The stops of a level: its own in order, the size of the default ones, and where they are counted from."""

    own: tuple[_Stop, ...]
    size: float
    origin: float

    @classmethod
    def of_powerpoint(cls, style: LevelStyle) -> Ruler:
        """The stops PowerPoint takes."""
        own = [(at / EMU_PER_POINT, kind) for at, kind in style.tabs]
        return cls(tuple(sorted(own + _hanging(style))), max(style.tab_size / EMU_PER_POINT, 1.0), 0.0)

    @classmethod
    def of_libreoffice(cls, style: LevelStyle) -> Ruler:
        """The stops LibreOffice takes."""
        own = [] if style.margin_left else [(at / EMU_PER_POINT, kind) for at, kind in style.tabs]
        return cls(tuple(sorted(own + _hanging(style))), _INCH, style.margin_left / EMU_PER_POINT)

    def next(self, x: float) -> _Stop:
        """The stop a tab at `x` goes to."""
        at = bisect_right(self.own, x + _LEAST, key=itemgetter(0))
        return (
            self.own[at]
            if at < len(self.own)
            else (self.origin + _next_multiple(x - self.origin, self.size), "l")
        )


def _hanging(style: LevelStyle) -> list[_Stop]:
    return [(style.margin_left / EMU_PER_POINT, "l")] if style.indent < 0 else []


def _next_multiple(x: float, size: float) -> float:
    return ((x + _LEAST) // size + 1) * size


def fill_tabbed_lines(
    stretch: Stretch, first: Line, rest: Line, style: LevelStyle, scale: float, engine: Engine
) -> Filled:
    """The same as `lines.fill_lines` gives, of text with tabs.

    The stops stay where they are when the text is scaled: the lines are at full size, `scale` says what they are painted at.
    """
    filled = _fill(stretch, first, rest, Ruler.of_libreoffice(style), scale)
    if engine is Engine.SAFE:
        other = _fill(stretch, first, rest, Ruler.of_powerpoint(style), scale)
        return max(filled, other, key=lambda each: (len(each[0]), each[1]))
    return filled


def _fill(stretch: Stretch, first: Line, rest: Line, ruler: Ruler, scale: float) -> Filled:
    filler = _Filler(stretch, ruler, scale, first)
    for at, width in enumerate(stretch.widths):
        if filler.x + width > filler.end and filler.x > filler.line.start:
            filler.begin(at, rest)
        filler.add(width)
        filler.x += stretch.gaps[at]
        for tab in range(stretch.tabs[at], 0, -1):
            filler.tab(at, rest, lone=tab > 1)
    return filler.starts, filler.widest


class _Filler:
    """The line being filled."""

    __slots__ = ("line", "ruler", "scale", "starts", "stretch", "widest", "x")

    def __init__(self, stretch: Stretch, ruler: Ruler, scale: float, line: Line) -> None:
        self.stretch, self.ruler, self.scale, self.line = stretch, ruler, scale, line
        self.starts, self.widest, self.x = [0], 0.0, line.start

    @property
    def end(self) -> float:
        return self.line.start + self.line.room + SLACK

    def begin(self, at: int, line: Line) -> None:
        """Begin a line with the unit of this index."""
        self.starts.append(at)
        self.line, self.x = line, line.start

    def add(self, width: float) -> None:
        self.x += width
        self.widest = max(self.widest, self.x - self.line.start)

    def tab(self, at: int, rest: Line, *, lone: bool) -> None:
        """Go to the next stop; `lone` says that no text stands at it. One without room begins a line, and the next when there
        is none either."""
        ahead = at + 1 if not lone else len(self.stretch.widths)
        x = self._stop(ahead)
        for _ in range(2):
            if x <= self.end or at + 1 >= len(self.stretch.widths):
                break
            self.begin(at + 1, rest)
            x = self._stop(ahead)
        self.x = x if x <= self.end else self.line.start

    def _stop(self, ahead: int) -> float:
        """Where text that begins with the unit `ahead` begins at the next stop."""
        stop, kind = self.ruler.next(self.x * self.scale)
        stop /= self.scale
        if kind == "l":
            return stop
        if stop - self.line.start <= self.line.room * _NEAR:
            stop = min(stop, self.end - SLACK)
        return max(self.x, stop - _before(self.stretch, ahead, kind))


def _before(stretch: Stretch, ahead: int, kind: str) -> float:
    """How much of the text up to the next tab stands before its stop."""
    units: list[int] = []
    for at in range(ahead, len(stretch.widths)):
        units.append(at)
        if stretch.tabs[at]:
            break
    whole = sum([stretch.widths[at] for at in units]) + sum([stretch.gaps[at] for at in units[:-1]])
    if kind == "dec":
        return whole - _decimals(stretch, units)
    return whole / 2 if kind == "ctr" else whole


def _decimals(stretch: Stretch, units: list[int]) -> float:
    """How wide the text is from its decimal point on, taking the signs of a number to be equally wide."""
    behind = 0.0
    for number, at in reversed(list(enumerate(units))):
        text = stretch.units[at]
        point = _POINT.search(text)
        if point is not None and number == 0:
            return behind + stretch.widths[at] * (len(text) - point.start()) / len(text)
        behind += stretch.widths[at] + (stretch.gaps[units[number - 1]] if number else 0.0)
    return 0.0
