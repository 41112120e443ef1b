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
    },
}


def word(key: str, language: str) -> str:
    """The word in a language (or its base language), else in English."""
    return WORDS.get(language.partition("-")[0], WORDS["en"]).get(key, WORDS["en"][key])
