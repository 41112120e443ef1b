"""Language tags as Office writes them, and the direction of a stretch of text.

Goes in: BCP 47 tags and text. Comes out: tags with a region, and whether text runs from right to left.
"""

from __future__ import annotations

from unicodedata import bidirectional

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


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left (Unicode's rule P2 for paragraphs)."""
    if text.isascii():
        return False
    for character in text:
        direction = bidirectional(character)
        if direction == "L":
            return False
        if direction in ("R", "AL"):
            return True
    return False
