"""Filling lines: given the widths of units and gaps, where each line begins. First fit, as both programs do.

Knows widths only: no fonts, no frames.
"""

from __future__ import annotations

from collections.abc import Sequence

TAB_STOP = 72.0  # points: the default tab stops of a slide are an inch apart
_SLACK = 1e-6
_LEAST_TAB = 0.5  # points: a text that ends at a stop goes on at the next
_TAB = -1e6  # far below any width that is taken back


def fill_lines(
    widths: Sequence[float], gaps: Sequence[float], first: float, rest: float
) -> tuple[list[int], float]:
    """(index of the unit each line begins with, width of the widest line). A gap as `tab_gap` gives it is that many tabs; one
    that is a little below 0 takes back what only shows at the end of a line: a soft hyphen.

    `first` is the room of the first line, `rest` of the others. A unit wider than its line gets one line here;
    see `cut_widths` for how many it really takes. A tab that has no room begins the next line.
    """
    starts, widest = [0], 0.0
    x, limit, end = 0.0, first + _SLACK, 0.0
    last = len(widths) - 1
    for at, width in enumerate(widths):
        if x + width > limit and x > 0.0:
            starts.append(at)
            if end > widest:
                widest = end
            x, limit = 0.0, rest + _SLACK
        end = x + width
        gap = gaps[at]
        if gap > _TAB:
            x = end + gap
            continue
        x = end
        for _ in range(round(gap / _TAB)):
            x = _next_stop(x)
            if x > limit and at < last:
                starts.append(at + 1)
                widest = max(widest, end)
                x, limit = TAB_STOP, rest + _SLACK
    return starts, max(widest, end)


def tab_gap(tabs: int) -> float:
    """The gap that stands for this many tabs."""
    return tabs * _TAB


def _next_stop(x: float) -> float:
    return ((x + _LEAST_TAB) // TAB_STOP + 1) * TAB_STOP


def cut_widths(characters: Sequence[float], room: float, stops: Sequence[bool] = ()) -> list[float]:
    """Widths of the pieces a unit of these characters is cut into to fit the room, each of one character at least. `stops` tells
    of each character whether the unit is rather cut behind it."""
    pieces: list[float] = []
    start = stop = 0
    x = 0.0
    for at, width in enumerate(characters):
        if at > start and x + width > room + _SLACK:
            cut = stop if stop > start else at
            pieces.append(sum(characters[start:cut]))
            start, x = cut, sum(characters[cut:at])
        x += width
        if stops and stops[at]:
            stop = at + 1
    pieces.append(x)
    return pieces
