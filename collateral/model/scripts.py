"""Which signs are of scripts without blanks between words, or as wide as they are high. Lookups only."""

from __future__ import annotations

from unicodedata import east_asian_width


def is_wide(sign: str) -> bool:
    """Whether a sign takes a whole square: ideographs, kana, Korean, full-width signs and their punctuation."""
    return east_asian_width(sign) in "WF"


def is_korean(sign: str) -> bool:
    """Whether it is a Korean letter or syllable: Korean has blanks between words, and particles at their ends."""
    return "\uac00" <= sign <= "\ud7ff" or "\u1100" <= sign <= "\u11ff"


def is_southeast_asian(sign: str) -> bool:
    """Whether it is Thai, Lao, Burmese or Khmer, which have blanks between sentences only."""
    return "\u0e00" <= sign <= "\u0eff" or "\u1000" <= sign <= "\u109f" or "\u1780" <= sign <= "\u17ff"


def is_unspaced(sign: str) -> bool:
    """Whether it is of a script without blanks between words: Chinese, Japanese, Thai, Lao, Burmese, Khmer."""
    return is_southeast_asian(sign) or (is_wide(sign) and not is_korean(sign))
