"""Language tags as Office writes them, and the direction of a stretch of text.

Goes in: BCP 47 tags and text. Comes out: tags with a region, and whether text runs from right to left.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final
from unicodedata import bidirectional

_RIGHT_TO_LEFT_LANGUAGES: Final = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_EAST_ASIAN_LANGUAGES: Final = frozenset({"ja", "ko", "yue", "zh"})
_STACKING_LANGUAGES: Final = frozenset(
    {
        "as",
        "bn",
        "bo",
        "gu",
        "hi",
        "km",
        "kn",
        "lo",
        "ml",
        "mr",
        "my",
        "ne",
        "or",
        "pa",
        "sa",
        "si",
        "ta",
        "te",
        "th",
    }
)
FIRST_TURNED: Final = "\u0590"  # no letter before it runs from right to left
_TURNED: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff"
_BETWEEN: Final = rf"(?:[^\w{_TURNED}]|[\d_])*"
# Letters of one direction with what stands between them; figures behind Latin letters run as these do.
# Compiled when there are any, which takes as long as making a slide.
_RIGHT_TO_LEFT: Final = rf"[{_TURNED}]+(?:{_BETWEEN}[{_TURNED}]+)*"
_SIGN: Final = rf"[^\W{_TURNED}]"
_LEFT_TO_RIGHT: Final = rf"\d*[^\W\d_{_TURNED}]{_SIGN}*(?:[^\w{_TURNED}]*{_SIGN}+)*"

# The region Office assumes for a bare language: proofing tools are keyed by culture, not by language.
_REGIONS = {
    "ar": "SA", "bg": "BG", "bn": "BD", "ca": "ES", "cs": "CZ", "da": "DK", "de": "DE", "el": "GR", "en": "US", "es": "ES",
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


def is_right_to_left(text: str, language: str, *, follows: bool = False) -> bool:
    """Whether a paragraph of this text runs from right to left in a piece of this language (BCP 47).

    Not the first letter decides, as in Unicode's rule P2: an Arabic sentence may begin with a company's Latin name, and an
    English one with a Hebrew name. Figures alone run as the language does, and so does what `follows` others of its kind,
    an item of a list for example: a product's Latin name does not jump to the other side of the page.
    """
    turned = runs_right_to_left(language)
    if turned and (follows or not any(bidirectional(character) == "L" for character in text)):
        return bool(text)
    if text.isascii() or max(text) < FIRST_TURNED:
        return False
    found = Counter(map(bidirectional, text))
    return found["R"] + found["AL"] > (0 if turned else found["L"])


def directions(text: str, *, turned: bool) -> list[tuple[str, bool]]:
    """The text cut where its direction changes, each part with whether it runs from right to left.

    What has no direction of its own goes with the letters on both sides of it when they agree, else with the paragraph,
    which is `turned` when it runs from right to left.
    """
    if not (any(map(str.isalpha, text)) if turned else max(text, default="") >= FIRST_TURNED):
        return [(text, turned)]
    parts: list[tuple[str, bool]] = []
    at = 0
    for found in re.finditer(_LEFT_TO_RIGHT if turned else _RIGHT_TO_LEFT, text):
        if found.start() > at:
            parts.append((text[at : found.start()], turned))
        parts.append((found[0], not turned))
        at = found.end()
    return [*parts, (text[at:], turned)] if at < len(text) or not parts else parts


def runs_right_to_left(language: str) -> bool:
    """Whether a language (BCP 47) is written from right to left."""
    return _bare(language) in _RIGHT_TO_LEFT_LANGUAGES


def language_slot(language: str) -> str:
    """Which of Word's three languages of a text this one is: "eastAsia", "bidi" (scripts that join or stack) or "val"."""
    bare = _bare(language)
    if bare in _EAST_ASIAN_LANGUAGES:
        return "eastAsia"
    return "bidi" if bare in _RIGHT_TO_LEFT_LANGUAGES or bare in _STACKING_LANGUAGES else "val"


def _bare(language: str) -> str:
    return language.partition("-")[0].partition("_")[0].lower()


def is_left_to_right(text: str, language: str) -> bool:
    """Whether it runs from left to right; figures alone run as their surroundings do."""
    return not is_right_to_left(text, language) and any(bidirectional(character) == "L" for character in text)
