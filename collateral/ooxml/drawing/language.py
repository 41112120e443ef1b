"""Language tags as Office writes them, and the direction of a stretch of text.

Goes in: BCP 47 tags and text. Comes out: tags with a region, and whether text runs from right to left.
"""

from __future__ import annotations

from collections import Counter
from typing import Final
from unicodedata import bidirectional

_RIGHT_TO_LEFT_LANGUAGES: Final = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_FIRST: Final = "\u0590"  # no letter before it runs from right to left

# The region Office assumes for a bare language: proofing tools are keyed by culture, not by language.
_REGIONS = {
    "ar": "SA", "bg": "BG", "ca": "ES", "cs": "CZ", "da": "DK", "de": "DE", "el": "GR", "en": "US", "es": "ES",
    "et": "EE", "fa": "IR", "fi": "FI", "fr": "FR", "ga": "IE", "he": "IL", "hi": "IN", "hr": "HR", "hu": "HU",
    "id": "ID", "is": "IS", "it": "IT", "ja": "JP", "ko": "KR", "lt": "LT", "lv": "LV", "ms": "MY", "nb": "NO",
    "nl": "NL", "nn": "NO", "no": "NO", "pl": "PL", "pt": "PT", "ro": "RO", "ru": "RU", "sk": "SK", "sl": "SI",
    "sr": "RS", "sv": "SE", "th": "TH", "tr": "TR", "uk": "UA", "ur": "PK", "vi": "VN", "zh": "CN",
}  # fmt: skip


def office_language(tag: str) -> str:
    """The culture name Office knows (`nl` → `nl-NL`, `pt_BR` → `pt-BR`); `en-US` for nothing usable."""
    language, _, rest = tag.replace("_", "-").partition("-")
    if not (language.isascii() and language.isalpha() and 2 <= len(language) <= 3):
        return "en-US"
    region = rest if rest.replace("-", "").isalnum() and rest.isascii() else ""
    region = region or _REGIONS.get(language.lower(), "")
    return f"{language.lower()}-{region}" if region else language.lower()


def is_right_to_left(text: str, language: str) -> bool:
    """Whether a paragraph of this text runs from right to left in a piece of this language (BCP 47).

    Not the first letter decides, as in Unicode's rule P2: an Arabic sentence may begin with a company's Latin name, and an
    English one with a Hebrew name.
    """
    if text.isascii() or max(text) < _FIRST:
        return False
    found = Counter(map(bidirectional, text))
    turned = found["R"] + found["AL"]
    return turned > (0 if runs_right_to_left(language) else found["L"])


def runs_right_to_left(language: str) -> bool:
    """Whether a language (BCP 47) is written from right to left."""
    return language.partition("-")[0].partition("_")[0].lower() in _RIGHT_TO_LEFT_LANGUAGES


def is_left_to_right(text: str, language: str) -> bool:
    """Whether it runs from left to right; figures alone run as their surroundings do."""
    return not is_right_to_left(text, language) and any(bidirectional(character) == "L" for character in text)
