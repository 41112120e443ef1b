"""Filling lines: given the widths of units and gaps, where each line begins. First fit, as both programs do.

Knows widths only: no fonts, no frames.
"""

from __future__ import annotations

from collections.abc import Sequence

TAB_STOP = 72.0  # points: the default tab stops of a slide are an inch apart
_SLACK = 1e-6


def fill_lines(
    widths: Sequence[float], gaps: Sequence[float], first: float, rest: float
) -> tuple[list[int], float]:
    """(index of the unit each line begins with, width of the widest line); a gap below 0 is that many tabs.

    `first` is the room of the first line, `rest` of the others. A unit wider than its line gets one line here;
    see `cut_widths` for how many it really takes.
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


def cut_widths(characters: Sequence[float], room: float) -> list[float]:
    """Widths of the pieces a unit of these characters is cut into to fit the room, each of one character at least."""
    pieces, x = [], 0.0
    for width in characters:
        if x and x + width > room + _SLACK:
            pieces.append(x)
            x = 0.0
        x += width
    pieces.append(x)
    return pieces
