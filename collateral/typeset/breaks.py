"""Where a line may break: text is cut into units (what stays together) and the gap after each.

Follows the parts of Unicode's line-breaking rules (UAX #14) that matter for slides: spaces, hyphens and dashes, soft
hyphens, zero-width and no-break spaces, tabs, ideographs with kinsoku, and, for scripts without spaces, clusters about as
far apart as words are, since words are known from a dictionary only. Knows no fonts and no widths.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from collateral.typeset.scripts import (
    EAST_ASIAN,
    NO_END,
    NO_START,
    UNSPACED,
    UNSPACED_COMPLEX,
    script_of,
    scripts_in,
)

SOFT_HYPHEN = "\u00ad"
_SPACES = " \t\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000"
_PARTS = re.compile(f"([^{_SPACES}]*)([{_SPACES}]*)")
_INNER = frozenset("-\u2010\u2012\u2013\u2014\u00ad\u200b")
_BREAKABLE = frozenset((EAST_ASIAN, UNSPACED, UNSPACED_COMPLEX))
# No line begins with these, not even after a space (UAX #14 before version 15.1, rule LB13; as in LibreOffice).
_CLINGING = frozenset(".,:;!?/)]}…")
_UNSPACED = (UNSPACED, UNSPACED_COMPLEX)
_WORD = 5  # characters at least, vowels and tone marks included, of a word in a script without spaces
CUT_BEHIND = frozenset("-?!")
"""Where a unit is cut that is wider than a line, an address for example: LibreOffice breaks there before it breaks letters."""
_HYPHENS = frozenset("-\u2010\u2012\u2013\u2014")

Units = tuple[tuple[str, ...], tuple[str, ...]]


@lru_cache(maxsize=1024)
def split_units(text: str) -> Units:
    """The units of one line's worth of text (no newlines) and the white space after each, in order."""
    units: list[str] = []
    gaps: list[str] = []
    for unit, gap in _PARTS.findall(text):
        if not unit and not gap:
            continue
        pieces = _split_inner(unit) if _breaks_inside(unit) else [unit]
        if gaps and unit[:1] in _CLINGING and gaps[-1].isspace() and "\t" not in gaps[-1]:
            units[-1] += gaps.pop() + pieces.pop(0)
            gaps.append("")
            if not pieces:
                gaps[-1] = gap
                continue
        units.extend(pieces)
        gaps.extend([""] * (len(pieces) - 1))
        gaps.append(gap)
    return tuple(units), tuple(gaps)


def _breaks_inside(unit: str) -> bool:
    """Whether a line may perhaps break inside the unit."""
    if unit.isascii():
        return "-" in unit
    return not _INNER.isdisjoint(unit) or not _BREAKABLE.isdisjoint(scripts_in(unit))


def _split_inner(unit: str) -> list[str]:
    """The unit cut wherever a line may break inside it."""
    pieces, start = [], 0
    for at in range(1, len(unit)):
        if _may_break(unit, at) and not (at - start < _WORD and _is_unspaced(unit[at - 1], unit[at])):
            pieces.append(unit[start:at])
            start = at
    pieces.append(unit[start:])
    return pieces


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if before == "\u200b" or before == SOFT_HYPHEN:
        return True
    if before in _HYPHENS:
        return at > 1 and after not in _HYPHENS and not after.isdecimal() and text[at - 2] not in NO_END
    if before == "\u2060" or after == "\u2060" or unicodedata.combining(after):
        return False
    kinds = script_of(before), script_of(after)
    if _is_hangul(before) or _is_hangul(after):
        return not (before.isalnum() and after.isalnum()) and after not in NO_START and before not in NO_END
    if EAST_ASIAN in kinds:
        return after not in NO_START and before not in NO_END
    if _is_unspaced(before, after):
        return (
            unicodedata.category(after) not in ("Mn", "Mc") and before not in "เแโใไ" and after not in "ะาำๆฯ"
        )
    return False


def _is_unspaced(before: str, after: str) -> bool:
    """Whether both are of a script that puts no spaces between words."""
    return script_of(before) in _UNSPACED and script_of(after) in _UNSPACED


def _is_hangul(character: str) -> bool:
    """Whether it is a Korean letter or syllable: Korean is written with spaces, and lines break there."""
    return (
        "\uac00" <= character <= "\ud7ff"
        or "\u1100" <= character <= "\u11ff"
        or "\ua960" <= character <= "\ua97f"
    )
