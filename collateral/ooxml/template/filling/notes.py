"""Footnotes, endnotes and comments a document refers to: the others are left out.

In: the XML of the main part. Out: the notes it refers to, each as `footnote 2`.
"""

from __future__ import annotations

import re

_REFERENCE = re.compile(
    rb'<w:(footnote|endnote|comment)(?:Reference|RangeStart|RangeEnd)\b[^>]*?\bw:id="(-?\d+)"'
)


def notes_referred_to(xml: bytes) -> frozenset[str]:
    """The kinds and numbers of the notes."""
    return frozenset(f"{kind.decode()} {number.decode()}" for kind, number in _REFERENCE.findall(xml))
