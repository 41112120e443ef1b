"""How wide the columns of a table are, told by what they hold: the one rule for those who measure tables and those who write them.

In: a table and the width it has. Out: widths of its columns. It counts signs, and knows no fonts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from unicodedata import category

from collateral.model.content import Inlines, Table, plain_text
from collateral.model.scripts import is_korean, is_southeast_asian, is_wide

_WIDE_CHARACTER = 0.62  # mean width of a bold character as a share of the font size: words must not be torn
_IDEOGRAPHS = 4  # lines break between ideographs, but for a sign that clings to one
_UNSPACED = 10  # about what a word has in scripts without blanks


def column_widths(table: Table, width: int, *, em: float = 0.0, padding: int = 0) -> list[int]:
    """Widths that add up to `width` (of any unit), in proportion to what the columns hold.

    A column counts with its typical text (bounded, so that one long cell does not starve the others). With the font
    size `em` and the cells' `padding` in the same unit, no column is narrower than its longest word; where there is no room for
    all of them, the longest words are those that break. A table that has `shares` keeps them.
    """
    if table.shares:
        return _shared(width, table.shares)
    columns = max(len(row) for row in (table.header, *table.rows)) or 1  # a row may have more than the header
    weights = [_weight([cell_text(row, i) for row in (table.header, *table.rows)]) for i in range(columns)]
    needs = [
        int(_longest_word(cell_text(row, i) for row in (table.header, *table.rows)) * em * _WIDE_CHARACTER)
        + padding
        for i in range(columns)
    ]
    needs = _fitting(needs, width)
    spare = width - sum(needs)
    wanted = [
        max(width * weight / sum(weights) - need, 0.0) for weight, need in zip(weights, needs, strict=True)
    ]
    total = sum(wanted) or 1.0
    widths = [need + int(spare * more / total) for need, more in zip(needs, wanted, strict=True)]
    widths[-1] += width - sum(widths)
    return widths


def _fitting(needs: Sequence[int], width: int) -> list[int]:
    """What the columns need, the greatest needs cut to one measure until all fit."""
    room, fitting = width, list(needs)
    for left, column in zip(
        range(len(needs), 0, -1), sorted(range(len(needs)), key=needs.__getitem__), strict=True
    ):
        fitting[column] = min(needs[column], room // left)
        room -= fitting[column]
    return fitting


def display_length(text: str) -> int:
    """How many Latin letters a text is about as wide as: ideographs are as wide as two, marks take no room."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def cell_text(row: Sequence[Inlines], column: int) -> str:
    """The text of a cell; "" where a row has fewer cells."""
    return plain_text(row[column]) if column < len(row) else ""


def _columns(sign: str) -> int:
    if is_wide(sign):
        return 2
    return 0 if category(sign) in ("Mn", "Me", "Cf") else 1


def _shared(width: int, shares: Sequence[int]) -> list[int]:
    total = sum(shares) or 1
    widths = [width * share // total for share in shares]
    widths[-1] += width - sum(widths)
    return widths


def _weight(texts: list[str]) -> float:
    lengths = sorted(min(display_length(text), 60) for text in texts if text) or [
        0
    ]  # blank cells ask for no room
    typical = lengths[len(lengths) * 3 // 4]
    return max(min(_longest_word(texts), 30), typical, 4) + 2.0


def _longest_word(texts: Iterable[str]) -> int:
    return max((_unbroken(word) for text in texts for word in text.split()), default=0)


def _unbroken(word: str) -> int:
    """How long the longest part of a word is that no line breaks in."""
    length = display_length(word)
    if word.isascii() or any(map(is_korean, word)):  # Korean breaks at its blanks
        return length
    if any(map(is_southeast_asian, word)):
        return min(length, _UNSPACED)
    parts = "".join(sign if not is_wide(sign) else " " for sign in word).split(" ")
    return (
        max(map(display_length, parts)) if len(parts) == 1 else max(_IDEOGRAPHS, *map(display_length, parts))
    )
