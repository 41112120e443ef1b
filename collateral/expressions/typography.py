"""What word processors make of the characters somebody types, made straight again.

In: the text of an expression as it stands in a document. Out: the same with straight quotes, plain spaces and the operators that
were meant. What stands between quotes is a text and stays, but for its quotes.
"""

from __future__ import annotations

DOUBLE = '"\u201c\u201d\u201e\u201f\u00ab\u00bb'
SINGLE = "'\u2018\u2019\u201a\u201b"
_INVISIBLE = "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_MEANT = str.maketrans(
    {
        **dict.fromkeys(_INVISIBLE),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000\t\n\r\x0b", " "),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),  # a typed " - " becomes a dash in Word
        "\u2026": "...",
        "\u2260": "!=",
        "\u2264": "<=",
        "\u2265": ">=",
    }
)


def quotes_like(character: str) -> str:
    """The quotes that may end a text that begins with this one, the straight one first; "" when it is no quote."""
    if character in DOUBLE:
        return DOUBLE
    return SINGLE if character in SINGLE else ""


def straightened(source: str) -> str:
    """The expression as it was meant."""
    if source.isascii() and source.isprintable():
        return source
    out: list[str] = []
    quotes = ""
    for character in source:
        if quotes:
            ends = character in quotes
            out.append(quotes[0] if ends else character)
            quotes = "" if ends else quotes
        else:
            quotes = quotes_like(character)
            out.append(quotes[0] if quotes else character.translate(_MEANT))
    return "".join(out)
