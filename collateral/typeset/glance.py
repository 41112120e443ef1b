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
        if len(runs) == 1:
            text, *own = runs[0]
            row = sheet.rows.get((*look, *own)) or row_of(sheet, paragraph)
            room -= row.height * lines_of(row, text)[1]
            found += row.found
        else:
            rows = [row_of(sheet, paragraph, at) for at in range(len(runs) or 1)]
            if not _stand_in_one_line(rows, runs):
                return None
            row = rows[0]
            room -= max([each.height for each in rows])
            found += sum([each.found for each in rows[: len(runs)]], ())
        if space is not None:
            room -= space + row.before
        space = row.after
        if room < 0.0:
            return None
    return tuple(dict.fromkeys(found)) if found else ()


def overflows(sheet: Sheet, paragraphs: Sequence[Ready], scale: float, reduction: float) -> bool:
    """Whether the box is sure not to hold the text at a scale: not even with every line filled to its end."""
    if sheet.frame.columns > 1:
        return False
    needed = space = last = 0.0
    step = scale, reduction
    for manner, stretches in paragraphs:
        painted, (first, rest, spacing, before, after) = sheet.ruled(manner, step)
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


def row_of(sheet: Sheet, paragraph: TypesetParagraph, at: int = 0) -> Row:
    """The row that a run of a paragraph like this one stands in, if it had any; remembered by all but the text."""
    run = paragraph.runs[at] if paragraph.runs else _NO_RUN
    key = (*paragraph[1:], *run[1:])
    row = sheet.rows.get(key)
    if row is None:
        if len(sheet.rows) >= _REMEMBERED:
            sheet.rows.clear()
        row = sheet.rows[key] = _row(sheet, paragraph, run)
    return row


def _row(sheet: Sheet, paragraph: TypesetParagraph, run: TypesetRun) -> Row:
    level = sheet.level(paragraph)
    style, look = level.style, level.look(run)
    first, others, spacing, before, after = sheet.rule(paragraph, style, 1.0, 0.0)
    narrow, wide = sorted((first.room, others.room))
    letter = look.face.widest * look.size + max(look.spacing, 0.0)
    height = sheet.height(spacing, (look.face.line * look.size, look.size), 1.0)
    found = stand_in(sheet.book, run.font or style.font)
    capitals = style.caps if run.caps is None else run.caps
    return Row(
        narrow / letter, narrow, wide, look.plain, look.words[" "], height, before, after, found, capitals
    )


def _stand_in_one_line(rows: Sequence[Row], runs: Sequence[TypesetRun]) -> bool:
    """Whether runs are sure to stand in one line, side by side."""
    texts = [run.text.upper() if row.capitals else run.text for row, run in zip(rows, runs, strict=False)]
    whole = "".join(texts)
    share = sum([len(text) / row.letters for row, text in zip(rows, texts, strict=False)])
    if share <= 1.0 and whole.isprintable() and (whole.isascii() or max(whole) < PLAIN_UNTIL):
        return True
    total = 0.0
    for row, text in zip(rows, texts, strict=False):
        if "  " in text:
            return False
        # a blank at an end of the text parts it from what is beside it
        words = text.split(" ")
        total += sum([row.widths[word] for word in words if word]) + row.gap * (len(words) - 1)
    return total <= rows[0].room


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
