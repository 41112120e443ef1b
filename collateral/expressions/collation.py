"""In which order a language has its words: alphabets, accents, letters of their own.

In: text and a BCP 47 tag. Out: a key that sorts. Letters first, then accents, as in dictionaries; case does not matter. The
alphabets are those of the CLDR's collations, without their pairs of letters (Czech ch, Hungarian sz). Ideographs come in the
order of Unicode, by radical and strokes: their readings are known to a dictionary only.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from unicodedata import combining, normalize

from collateral.expressions.casing import lower

_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_NORDIC: Final = _LATIN + "æøå"
_SOUTH_SLAVIC: Final = "abcčćdđefghijklmnopqrsštuvwxyzž"
_TURKIC: Final = "abcçdefgğhıijklmnoöpqrsştuüvwxyz"
# Where a language has letters of its own, or another order; everywhere else an accent is no more than that.
_ALPHABETS: Final = {
    "az": "abcçdeəfgğhxıijkqlmnoöprsştuüvwyz", "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя", "bs": _SOUTH_SLAVIC, "cs": "abcčdefghijklmnopqrřsštuvwxyzž", "da": _NORDIC,
    "es": "abcdefghijklmnñopqrstuvwxyz", "et": "abcdefghijklmnopqrsšzžtuvõäöüwxy",
    "fa": "اآبپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی", "fi": _LATIN + "åäö", "hr": _SOUTH_SLAVIC,
    "hu": "abcdefghijklmnoöpqrstuüvwxyz", "is": "aábcdðeéfghiíjklmnoópqrstuúvwxyýzþæöå",
    "lt": "abcčdefghijklmnopqrsštuvwxyzž", "lv": "abcčdefgģhijkķlļmnņopqrsštuvwxyzž", "nb": _NORDIC, "nn": _NORDIC, "no": _NORDIC,
    "pl": "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż", "ro": "aăâbcdefghiîjklmnopqrsștțuvwxyz",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя", "sk": "aäbcčdefghijklmnoôpqrsštuvwxyzž", "sl": _SOUTH_SLAVIC,
    "sr": "абвгдђежзијклљмнњопрстћуфхцчџш", "sv": _LATIN + "åäö", "tr": _TURKIC,
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", "vi": "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz",
}  # fmt: skip
_SIMILAR: Final = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i",
}  # fmt: skip
# Hebrew and Arabic points, kana voicing, nukta, Thai and Lao tones; other marks of a low class are vowels
_ACCENT_CLASSES: Final = frozenset({7, 8, *range(10, 36), 107, 122})
_THAI_VOWEL_FIRST: Final = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])")
_KATAKANA: Final = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}

Key = tuple[tuple[tuple[int, int], ...], str]


@lru_cache(maxsize=4096)
def sort_key(text: str, locale: str) -> Key:
    """What orders a text among others of its language: its letters, then the same with accents."""
    small = normalize("NFC", lower(text, locale))
    letters = _letters(locale.replace("_", "-").partition("-")[0].lower())
    weights: list[tuple[int, int]] = []
    for sign in _spoken(small):
        for letter in sign if sign in letters else _plain(sign, letters):
            weights.append(letters.get(letter) or (ord(letter), 0))
    return tuple(weights), normalize("NFD", small)


@lru_cache(maxsize=64)
def _letters(language: str) -> dict[str, tuple[int, int]]:
    """The place of each letter of a language's alphabet, behind the first one's."""
    alphabet = _ALPHABETS.get(language, "")
    return {letter: (ord(alphabet[0]), place) for place, letter in enumerate(alphabet)}


def _plain(sign: str, letters: dict[str, tuple[int, int]]) -> str:
    """A letter that is none of the alphabet's as those it stands for, without accents."""
    bare = "".join(part for part in normalize("NFKD", sign) if not _is_accent(part))
    return "".join(part if part in letters else _SIMILAR.get(part, part) for part in bare)


def _is_accent(sign: str) -> bool:
    place = combining(sign)
    return place >= 200 or place in _ACCENT_CLASSES


def _spoken(text: str) -> str:
    """The signs in the order they count: a Thai vowel written before its consonant behind it, katakana as hiragana."""
    if text.isascii():
        return text
    return _THAI_VOWEL_FIRST.sub(r"\2\1", text.translate(_KATAKANA))
