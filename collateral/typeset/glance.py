"""Seeing at a glance that a text fits: most boxes have far more room than their texts need. Or that it does not.

In: a sheet and paragraphs. Out: whether the box holds them at full size for sure, or overflows for sure at a scale; and in how
many lines a text stands.
What is not seen here has to be measured; nothing is seen here that measuring would deny.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, inf

from collateral.diagnostics import Diagnostic
from collateral.typeset.lines import SLACK
from collateral.typeset.measure import TOLERANCE
from collateral.typeset.metrics import PLAIN_UNTIL, stand_in
from collateral.typeset.prepare import Stretch
from collateral.typeset.sheet import Ready, Row, Sheet
from collateral.typeset.values import TypesetParagraph, TypesetRun

_REMEMBERED = 1024
_NO_RUN = TypesetRun("")
_ROUNDING = 0.05  # points: sums that are added up in another order


def holds(sheet: Sheet, paragraphs: Sequence[TypesetParagraph]) -> tuple[Diagnostic, ...] | None:
    """What is uncertain about measuring the text, when the box is sure to hold it at full size; None when that is not seen."""
    if not sheet.is_plain:
        return None
    room, space = sheet.available - sheet.insets, None
    found: tuple[Diagnostic, ...] = ()
    for paragraph in paragraphs:
        runs, *look = paragraph
        if len(runs) != 1:
            return None
        text, *own = runs[0]
        row = sheet.rows.get((*look, *own)) or row_of(sheet, paragraph)
        room -= row.height * lines_of(row, text)[1]
        if space is not None:
            room -= space + row.before
        space = row.after
        found += row.found
        if room < 0.0:
            return None
    return tuple(dict.fromkeys(found)) if found else ()


def overflows(sheet: Sheet, paragraphs: Sequence[Ready], scale: float, reduction: float) -> bool:
    """Whether the box is sure not to hold the text at a scale: not even with every line filled to its end."""
    if sheet.frame.columns > 1:
        return False
    needed = space = last = 0.0
    for paragraph, level, stretches in paragraphs:
        painted, (first, rest, spacing, before, after) = sheet.ruled(paragraph, level, scale, reduction)
        needed += space + before if last else 0.0
        for stretch in stretches:
            if stretch.talls is not None:
                return False
            last = sheet.height(spacing, stretch.tall, painted)
            needed += last * _least_lines(stretch, min(first.room, rest.room), max(first.room, rest.room))
        space = after
    return needed + sheet.insets - TOLERANCE * last > sheet.available + _ROUNDING


def _least_lines(stretch: Stretch, narrow: float, wide: float) -> int:
    """How many lines a stretch takes at least; gaps do not count where lines end."""
    if stretch.tabs or stretch.total <= wide or stretch.widest > narrow:
        return 1
    gap = max(stretch.gaps)
    return ceil((stretch.total + gap) / (wide + SLACK + gap)) if gap >= 0.0 else 1


def row_of(sheet: Sheet, paragraph: TypesetParagraph) -> Row:
    """The row that paragraphs of one run like this one stand in, or of none; remembered by all but the text."""
    run = paragraph.runs[0] if paragraph.runs else _NO_RUN
    level = sheet.level(paragraph)
    style, look = level.style, level.look(run)
    first, others, spacing, before, after = sheet.rule(paragraph, style, 1.0, 0.0)
    narrow, wide = sorted((first.room, others.room))
    letter = look.face.widest * look.size + max(look.spacing, 0.0)
    height = sheet.height(spacing, (look.face.line * look.size, look.size), 1.0)
    found = stand_in(sheet.book, run.font or style.font)
    capitals = style.caps if run.caps is None else run.caps
    row = Row(
        narrow / letter, narrow, wide, look.simple, look.words[" "], height, before, after, found, capitals
    )
    if len(sheet.rows) >= _REMEMBERED:
        sheet.rows.clear()
    sheet.rows[(*paragraph[1:], *run[1:])] = row
    return row


def lines_of(row: Row, text: str) -> tuple[float, float]:
    """How many lines the text takes at least and at most; 1 and endless when that is not seen."""
    if row.capitals:
        text = text.upper()
    if len(text) <= row.letters and text.isprintable() and (text.isascii() or max(text) < PLAIN_UNTIL):
        return 1, 1
    words, gap = list(map(row.widths.__getitem__, text.split(" "))), row.gap
    total = sum(words) + gap * (len(words) - 1)
    if total <= row.room:
        return 1, 1
    # a line ends where the next word has no room: it is filled but for that word and the gap before it
    filled = row.room - gap - max(words)
    if filled <= 0.0:
        return 1, inf
    most = ceil(total / filled)
    # one line fewer is too few when the text does not even go into as many full ones, without the gaps where they end
    full = (most - 1) * (row.widest + SLACK) + (most - 2) * gap
    return (most if total > full else 1), most
