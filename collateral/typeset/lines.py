"""Filling lines: given the widths of units and gaps, where each line begins. First fit, as both programs do.

Knows widths only: no fonts, no frames.
"""

from __future__ import annotations

from collections.abc import Sequence

SLACK = 1e-6


def fill_lines(
    widths: Sequence[float], gaps: Sequence[float], first: float, rest: float
) -> tuple[list[int], float]:
    """(index of the unit each line begins with, width of the widest line). A gap below 0 takes back what only shows at
    the end of a line: a soft hyphen.

    `first` is the room of the first line, `rest` of the others. A unit wider than its line gets one line here;
    see `cut_widths` for how many it really takes. Text with tabs is filled by `tabs.fill_tabbed_lines`.
    """
    starts, widest = [0], 0.0
    x, limit, end = 0.0, first + SLACK, 0.0
    for at, width in enumerate(widths):
        if x + width > limit and x > 0.0:
            starts.append(at)
            if end > widest:
                widest = end
            x, limit = 0.0, rest + SLACK
        end = x + width
        x = end + gaps[at]
    return starts, max(widest, end)


def cut_widths(characters: Sequence[float], room: float, stops: Sequence[bool] = ()) -> list[float]:
    """Widths of the pieces a unit of these characters is cut into to fit the room, each of one character at least. `stops` tells
    of each character whether the unit is rather cut behind it."""
    pieces: list[float] = []
    start = stop = 0
    x = 0.0
    for at, width in enumerate(characters):
        if at > start and x + width > room + SLACK:
            cut = stop if stop > start else at
            pieces.append(sum(characters[start:cut]))
            start, x = cut, sum(characters[cut:at])
        x += width
        if stops and stops[at]:
            stop = at + 1
    pieces.append(x)
    return pieces
