"""The few words a piece needs that no block holds, per language. English serves where a language is missing."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "source": "Source",
        "sources": "Sources",
        "contacts": "Contacts",
        "facts": "What we know",
        "why": "Why each part was picked",
        "questions": "Questions to ask",
        "fact": "Fact",
        "value": "Value",
        "age": "As of",
        "name": "Name",
        "title": "Title",
        "role": "Role",
        "e-mail": "E-mail",
        "part": "Part",
        "reason": "Reason",
        "question": "Question",
        "unlocks": "Would unlock",
        "internal": "internal",
        "assumed": "assumed",
        "in": "In",
        "days old": "{days} days old",
        "no source": "no source",
        "nothing": "Nothing to show.",
        "everyone": "speaks to everyone",
        "through": "{has} (through {wanted})",
        "which matter": "Which {fact} matter most to {name}?{choices}",
        "what is": "What is the {fact} of {name}?{choices}",
        "country": "Country",
        "currency": "Currency",
        "opportunity": "Opportunity",
        "website": "Website",
    },
    "nl": {
        "source": "Bron",
        "sources": "Bronnen",
        "contacts": "Contactpersonen",
        "facts": "Wat we weten",
        "why": "Waarom elk onderdeel is gekozen",
        "questions": "Vragen om te stellen",
        "fact": "Feit",
        "value": "Waarde",
        "age": "Per",
        "name": "Naam",
        "title": "Functie",
        "role": "Rol",
        "e-mail": "E-mail",
        "part": "Onderdeel",
        "reason": "Reden",
        "question": "Vraag",
        "unlocks": "Maakt mogelijk",
        "internal": "intern",
        "assumed": "aangenomen",
        "in": "In",
        "days old": "{days} dagen oud",
        "no source": "geen bron",
        "nothing": "Niets te tonen.",
        "everyone": "spreekt iedereen aan",
        "through": "{has} (via {wanted})",
        "which matter": "Welke {fact} zijn voor {name} het belangrijkst?{choices}",
        "what is": "Vraag {name} naar: {fact}.{choices}",
        "country": "Land",
        "currency": "Munteenheid",
        "opportunity": "Verkoopkans",
        "website": "Website",
    },
}

# What customers may read, in further languages: the line below a claim.
_SOURCES = {
    "ar": ("المصدر", "المصادر"), "bg": ("Източник", "Източници"), "bn": ("সূত্র", "সূত্র"), "ca": ("Font", "Fonts"), "cs": ("Zdroj", "Zdroje"),
    "da": ("Kilde", "Kilder"), "de": ("Quelle", "Quellen"), "el": ("Πηγή", "Πηγές"), "es": ("Fuente", "Fuentes"), "et": ("Allikas", "Allikad"),
    "fa": ("منبع", "منابع"), "fi": ("Lähde", "Lähteet"), "fr": ("Source", "Sources"), "he": ("מקור", "מקורות"), "hi": ("स्रोत", "स्रोत"),
    "hr": ("Izvor", "Izvori"), "hu": ("Forrás", "Források"), "id": ("Sumber", "Sumber"), "it": ("Fonte", "Fonti"), "ja": ("出典", "出典"),
    "ko": ("출처", "출처"), "lt": ("Šaltinis", "Šaltiniai"), "lv": ("Avots", "Avoti"), "ms": ("Sumber", "Sumber"), "nb": ("Kilde", "Kilder"),
    "nn": ("Kjelde", "Kjelder"), "no": ("Kilde", "Kilder"), "pl": ("Źródło", "Źródła"), "pt": ("Fonte", "Fontes"), "ro": ("Sursă", "Surse"),
    "ru": ("Источник", "Источники"), "sk": ("Zdroj", "Zdroje"), "sl": ("Vir", "Viri"), "sr": ("Извор", "Извори"), "sv": ("Källa", "Källor"),
    "th": ("แหล่งที่มา", "แหล่งที่มา"), "tr": ("Kaynak", "Kaynaklar"), "uk": ("Джерело", "Джерела"), "ur": ("ماخذ", "ماخذ"),
    "vi": ("Nguồn", "Nguồn"), "zh": ("来源", "来源"),
}  # fmt: skip
WORDS |= {language: {"source": one, "sources": more} for language, (one, more) in _SOURCES.items()}
WORDS["zh-Hant"] = {"source": "來源", "sources": "來源"}


def word(key: str, language: str) -> str:
    """The word in a language (or its base language), else in English."""
    own = WORDS.get(language) or WORDS.get(language.partition("-")[0], WORDS["en"])
    return own.get(key, WORDS["en"][key])
