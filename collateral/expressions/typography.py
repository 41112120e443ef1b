"""What word processors and keyboards of other scripts make of the characters somebody types, made straight again.

In: the text of an expression as it stands in a document. Out: the same with straight quotes, plain spaces and the operators that
were meant. What stands between quotes is a text and stays, but for its quotes. And `NAME`, the pattern of a name in any script.
"""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize

MARKS: Final = (  # vowel signs and accents of names, which `\w` leaves out
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0dff\u0e31-\u0e4e\u0eb1-\u0ecd"
    "\u0f00-\u0fff\u1000-\u109f\u1780-\u17dd\u3099\u309a"
)
NAME: Final = rf"[^\W\d][\w{MARKS}]*"
DOUBLE = '"\u201c\u201d\u201e\u201f\u00ab\u00bb'
SINGLE = "'\u2018\u2019\u201a\u201b"
CORNERS = '"\u300c\u300d\u300e\u300f\uff02'  # of East Asian keyboards
_STRAIGHT = "\"'"
_INVISIBLE = "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_MEANT = str.maketrans(
    {
        **dict.fromkeys(_INVISIBLE),
        # full-width signs; full-width letters and figures may be of a name
        **{chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F) if not chr(wide).isalnum()},
        **dict.fromkeys("\u060c\u3001", ","),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000\t\n\r\x0b", " "),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),  # a typed " - " becomes a dash in Word
        "\u2026": "...",
        "\u2260": "!=",
        "\u2264": "<=",
        "\u2265": ">=",
    }
)


_WIDE_TAG: Final = "[{｛](?:[{｛][^{}｛｝]*[}｝]|[%％][^{}｛｝]*[%％]|[#＃][^{}｛｝]*[#＃])[}｝]"
_BRACES: Final = str.maketrans("｛｝％＃", "{}%#")


def quotes_at(text: str, at: int, end: int) -> str:
    """The quotes that may end a text that begins here, the straight one first; "" when none begins.

    Behind a straight quote only the next straight one does, when there is one before `end`: others may stand between them. Else
    any of its kind, for word processors mix them.
    """
    mark = text[at]
    if mark in _STRAIGHT and text.find(mark, at + 1, end) >= 0:
        return mark
    return next((kind for kind in (DOUBLE, SINGLE, CORNERS) if mark in kind), "")


def straightened(source: str) -> str:
    """The expression as it was meant, with letters and their accents as one sign each."""
    if source.isascii() and source.isprintable():
        return source
    source = composed(source)
    out: list[str] = []
    quotes = ""
    for at, character in enumerate(source):
        if quotes:
            ends = character in quotes
            out.append(quotes[0] if ends else character)
            quotes = "" if ends else quotes
        else:
            quotes = quotes_at(source, at, len(source))
            out.append(quotes[0] if quotes else character.translate(_MEANT))
    return "".join(out)


def composed(text: str) -> str:
    """The text with letters and their accents as one sign: names are alike that look alike (Unicode's form NFC)."""
    return text if text.isascii() else normalize("NFC", text)


def with_half_width_tags(text: str) -> str:
    """The text, as long as before, with the braces of tags typed as full-width ones, ｛｛ name ｝｝, as programs read them."""
    if not any(sign in text for sign in "｛｝％＃"):
        return text
    return re.sub(_WIDE_TAG, _half_width, text)


def _half_width(found: re.Match[str]) -> str:
    tag = found[0]
    return tag[:2].translate(_BRACES) + tag[2:-2] + tag[-2:].translate(_BRACES)
