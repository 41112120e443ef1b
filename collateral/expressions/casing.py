"""Capitals and small letters as a language has them, where that is not what Unicode says for all languages.

In: text and a BCP 47 tag. Out: text. Turkish and Azerbaijani part i from ı, Greek capitals have no accents, and Dutch writes IJ
as one letter (special casing of the CLDR, as far as sales texts need it).
"""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize

_DOTTED: Final = frozenset({"tr", "az"})
_TONOS: Final = "\u0300\u0301\u0342"
_DIALYTIKA: Final = "\u0308"
_PARTED: Final = f"([αεηιουω])[{_TONOS}]([ιυ])(?!{_DIALYTIKA})"  # compiled when there is Greek


def upper(text: str, locale: str) -> str:
    """The text in capitals."""
    language = _language(locale)
    if language in _DOTTED:
        text = text.replace("i", "İ")
    elif language == "el":
        return _greek_capitals(text)
    return text.upper()


def lower(text: str, locale: str) -> str:
    """The text in small letters."""
    if _language(locale) in _DOTTED:
        text = text.replace("İ", "i").replace("I\u0307", "i").replace("I", "ı")
    return text.lower()


def initial(text: str, locale: str) -> str:
    """The text with its first letter as a capital, the rest as it is."""
    if _language(locale) == "nl" and text[:2].lower() == "ij":
        return "IJ" + text[2:]
    first = text[:1]
    # as the first letter of a word, not as the whole of it: ǆ becomes ǅ
    return (first.title() if _language(locale) not in _DOTTED else upper(first, locale)) + text[1:]


def _language(locale: str) -> str:
    return locale.replace("_", "-").partition("-")[0].lower()


def _greek_capitals(text: str) -> str:
    """Without accents; where an accent parted two vowels, a dialytika does: μάιος becomes ΜΑΪΟΣ."""
    parted = re.sub(_PARTED, rf"\1\2{_DIALYTIKA}", normalize("NFD", text), flags=re.IGNORECASE)
    plain = [
        sign
        for at, sign in enumerate(parted)
        if sign not in _TONOS or not "\u0370" <= _base(parted, at) <= "\u03ff"
    ]
    return normalize("NFC", "".join(plain).upper())


def _base(text: str, at: int) -> str:
    """The letter a mark belongs to."""
    while at and "\u0300" <= text[at] <= "\u036f":
        at -= 1
    return text[at]
