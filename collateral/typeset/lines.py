"""Filling lines: given the widths of units and gaps, where each line begins. First fit, as both programs do.

Knows widths only: no fonts, no frames.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

TAB_STOP = 72.0  # points: the default tab stops of a slide are an inch apart
_SLACK = 1e-6


def fill_lines(
    widths: Sequence[float], gaps: Sequence[float], first: float, rest: float
) -> tuple[list[int], float]:
    """(index of the unit each line begins with, width of the widest line); a gap below 0 is that many tabs.

    `first` is the room of the first line, `rest` of the others. A unit wider than its line gets one line here;
    see `break_unit` for how many it really takes.
    """
    starts, widest = [0], 0.0
    x, limit, end = 0.0, first + _SLACK, 0.0
    for at, width in enumerate(widths):
        if x + width > limit and x > 0.0:
            starts.append(at)
            if end > widest:
                widest = end
            x, limit = 0.0, rest + _SLACK
        end = x + width
        gap = gaps[at]
        x = end + gap if gap >= 0.0 else _next_stop(end, -gap)
    return starts, max(widest, end)


def _next_stop(x: float, tabs: float) -> float:
    return (x // TAB_STOP + tabs) * TAB_STOP


def break_unit(unit: str, width_of: Callable[[str], float], room: float) -> list[str]:
    """A unit wider than a line, cut by characters into pieces that fit (each at least one character)."""
    pieces, start = [], 0
    for at in range(1, len(unit)):
        if width_of(unit[start : at + 1]) > room + _SLACK:
            pieces.append(unit[start:at])
            start = at
    pieces.append(unit[start:])
    return pieces
