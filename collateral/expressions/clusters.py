"""Where a text may be cut: never within what people see as one sign. Data and lookups only."""

from __future__ import annotations

from unicodedata import category, combining

_JOINER = "\u200d"
_VIRAMA = 9  # the combining class of the signs that join Indic consonants


def whole_signs(text: str, most: int) -> int:
    """The largest offset up to `most` at which no accent, vowel sign, joined consonant, emoji or flag is torn apart."""
    at = min(most, len(text))
    while 0 < at < len(text) and not _may_cut(text, at):
        at -= 1
    return at


def _may_cut(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if after.isascii():
        return True
    if category(after)[0] == "M" or _JOINER in (before, after) or "\U0001f3fb" <= after <= "\U0001f3ff":
        return False
    if combining(before) == _VIRAMA:
        return False
    return not _is_flag_letter(after) or _flag_letters_before(text, at) % 2 == 0


def _flag_letters_before(text: str, at: int) -> int:
    start = at
    while start and _is_flag_letter(text[start - 1]):
        start -= 1
    return at - start


def _is_flag_letter(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"
