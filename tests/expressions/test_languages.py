"""Letter case, order and cuts of texts as their language has them."""

from __future__ import annotations

from unicodedata import normalize

import pytest

from collateral.expressions import FILTERS, Formats


def made(name: str, language: str, value: object, *arguments: object) -> object:
    return FILTERS[name](Formats(language), value, *arguments)


@pytest.mark.parametrize(
    ("name", "language", "text", "expected"),
    [
        ("upper", "tr", "istanbul ışık", "İSTANBUL IŞIK"),
        ("lower", "tr-TR", "İSTANBUL IŞIK", "istanbul ışık"),
        ("title", "az", "istanbul ili", "İstanbul İli"),
        ("capitalize", "tr", "IŞIK", "Işık"),
        ("upper", "en", "istanbul", "ISTANBUL"),
        ("upper", "el", "άλφα Οδυσσέας", "ΑΛΦΑ ΟΔΥΣΣΕΑΣ"),
        ("upper", "el", "μάιος, μαΐου, café", "ΜΑΪΟΣ, ΜΑΪΟΥ, CAFÉ"),
        ("lower", "el", "ΟΔΟΣ", "οδος"),
        ("upper", "de", "Straße", "STRASSE"),
        ("title", "nl", "ijs in ijsland", "IJs In IJsland"),
        ("title", "en", "ijs", "Ijs"),
        ("capitalize", "hr", "ǆep", "ǅep"),
    ],
)
def test_letter_case_is_that_of_the_language(name: str, language: str, text: str, expected: str) -> None:
    assert made(name, language, text) == expected


@pytest.mark.parametrize(
    ("language", "ordered"),
    [
        ("en", "Ada Ångström Élan etude Zoo"),
        ("de", "Apfel Äpfel Oslo Österreich Straße Strassen Zürich"),
        ("sv", "Alingsås Zagreb Ål Älmhult Örebro"),
        ("da", "Albert Zoe Ærø Øst Århus"),
        ("es", "nuez ñandú oso"),
        ("tr", "can çay ırmak ilk ulu ünlü"),
        ("pl", "lampa łatwo mama zebra źle żaba"),
        ("ru", "ёж ель жук Яна"),
        ("uk", "гора ґанок ідея їжак йод"),
        ("el", "Άλφα βήτα Ωμέγα"),
        ("ar", "ألف آمال باب"),
        ("fa", "بابا پدر تو کار گل یک"),
        ("ja", "アサヒ かき がき さくら 東京"),
        ("th", "กา เก ขา"),
        ("ko", "가 각 나"),
    ],
)
def test_lists_are_in_the_order_of_the_language(language: str, ordered: str) -> None:
    words = ordered.split()
    assert made("sort", language, sorted(words)) == words
    assert made("sort", language, sorted(words, reverse=True)) == words


def test_without_a_language_lists_are_in_the_order_of_jinja() -> None:
    assert made("sort", "", ["ö", "z", "B", "a"]) == ["a", "B", "z", "ö"]


def test_groups_stand_in_the_order_of_the_language_and_composed_letters_are_one() -> None:
    cities = [{"c": "Zug"}, {"c": "Äs"}, {"c": normalize("NFD", "Äs")}, {"c": "Au"}]
    assert [group[0] for group in made("groupby", "de", cities, "c")] == ["Äs", "Au", "Zug"]  # type: ignore[attr-defined]
    assert made("dictsort", "sv", {"ö": 1, "z": 2}) == [["z", 2], ["ö", 1]]


@pytest.mark.parametrize(
    ("text", "length", "kept"),
    [
        ("これは Tokyo の長い文章です。", 12, "これは Tokyo の…"),
        ("👨‍👩‍👧‍👦 family", 4, "…"),
        ("🇳🇱🇧🇪🇩🇪", 4, "🇳🇱…"),
        (normalize("NFD", "réé"), 3, "r…"),
        ("न्यायालय", 3, "…"),
        ("one two three", 10, "one two…"),
    ],
)
def test_text_is_not_cut_within_a_sign(text: str, length: int, kept: str) -> None:
    assert made("truncate", "ja", text, length) == kept


@pytest.mark.parametrize(
    ("language", "words"),
    [("ja", "はい いいえ"), ("ar", "نعم لا"), ("pt-BR", "sim não"), ("tr", "evet hayır")],
)
def test_yes_and_no_are_written_in_the_language(language: str, words: str) -> None:
    assert f"{Formats(language).text(True)} {Formats(language).text(False)}" == words
