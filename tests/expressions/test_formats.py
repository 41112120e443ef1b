"""Numbers, money, dates and lists as the language writes them."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent
from hypothesis import given, settings
from hypothesis import strategies as st

from collateral.expressions import ExpressionError, Formats, MissingValue, to_text
from collateral.expressions.locale_data import LOCALES
from collateral.expressions.locales import LocaleFacts, facts_from_babel

OURS = ("en", "nl", "de", "fr", "es")
OTHERS = ("sv", "pl", "pt", "hi", "ja", "de-CH", "en-GB", "it")
amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False)


@pytest.mark.parametrize("tag", OURS)
def test_table_is_what_babel_says(tag: str) -> None:
    assert LocaleFacts(*LOCALES[tag]) == facts_from_babel(tag)


@given(amount=amounts, tag=st.sampled_from(OURS + OTHERS), code=st.sampled_from(("EUR", "USD", "GBP", "INR")))
@settings(max_examples=150, deadline=None)
def test_money_and_numbers_are_what_babel_writes(amount: Decimal, tag: str, code: str) -> None:
    formats, locale = Formats(tag), tag.replace("-", "_")
    assert hyphen(formats.number(amount, 2)) == format_decimal(amount, _pattern(locale, 2), locale=locale)
    assert hyphen(formats.number(amount)) == format_decimal(amount, locale=locale)
    ours = hyphen(formats.money(amount, code, 2))
    assert ours.replace(f"{code}\u00a0", code) == format_currency(amount, code, locale=locale).replace(
        f"{code}\u00a0", code
    )


def hyphen(text: str) -> str:
    """Babel writes a hyphen even where the CLDR has a minus sign, as in Swedish; we write the sign."""
    return text.replace("\u2212", "-")


def _pattern(locale: str, places: int) -> str:
    from babel import Locale

    pattern = str(Locale.parse(locale).decimal_formats[None].pattern)
    return pattern.replace("0.###", "0." + "0" * places)


@given(day=st.dates(date(1900, 1, 1), date(2199, 12, 31)), tag=st.sampled_from(OURS + OTHERS))
@settings(max_examples=150, deadline=None)
def test_dates_are_what_babel_writes(day: date, tag: str) -> None:
    for style in ("short", "medium", "long", "full", "d MMMM yyyy", "EEE d/M", "QQQ y"):
        assert Formats(tag).date(day, style) == format_date(day, style, locale=tag.replace("-", "_"))


@pytest.mark.parametrize("tag", OURS + OTHERS)
def test_percentages_and_lists_are_what_babel_writes(tag: str) -> None:
    locale = tag.replace("-", "_")
    assert hyphen(Formats(tag).percent(Decimal("-0.314"))) == format_percent(Decimal("-0.31"), locale=locale)
    for items in ([], ["a"], ["a", "b"], ["{1}", "b", "{0}"], list("abcde")):
        expected = format_list(items, locale=locale) if "{1}" not in items else None
        got = Formats(tag).list(items)
        assert got == expected if expected is not None else all(item in got for item in items)
        assert Formats(tag).list(["a", "b"], "or") == format_list(["a", "b"], "or", locale=locale)


@pytest.mark.parametrize(
    ("tag", "amount", "text"),
    [
        ("en", "182345.37", "€182,345"),
        ("nl", "182345.37", "€ 182.345"),
        ("en", "18.5", "€18.50"),
        ("en", "18", "€18"),
        ("nl", "-1200", "€ -1.200"),
        ("de", "999.999", "1.000,00 €"),
        ("en", "-0.001", "€0.00"),
    ],
)
def test_money_shows_no_more_decimals_than_people_want(tag: str, amount: str, text: str) -> None:
    assert Formats(tag).money(Decimal(amount)).replace("\u00a0", " ") == text


def test_letters_of_a_currency_do_not_touch_the_digits() -> None:
    assert Formats("en").money(1200, "CHF") == "CHF\u00a01,200"
    assert Formats("en").money(1200, "jpy") == "¥1,200"


@pytest.mark.parametrize(("tag", "count", "one"), [("en", 1, True), ("en", 0, False), ("fr", 0, True), ("nl", 2, False), ("pl", 1, True), ("en", Decimal("1.0"), False)])  # fmt: skip
def test_singular_follows_the_language(tag: str, count: int, one: bool) -> None:
    assert Formats(tag).is_one(count) is one


@pytest.mark.parametrize(
    ("value", "plain", "dutch"),
    [
        (1.5, "1.5", "1,5"),
        (2026, "2026", "2026"),
        (Decimal("1E+3"), "1000", "1000"),
        (True, "True", "ja"),
        (date(2026, 3, 1), "2026-03-01", "1 maart 2026"),
        (["a", "b", "c"], "a, b, and c", "a, b en c"),
    ],
)
def test_value_as_text(value: object, plain: str, dutch: str) -> None:
    assert (to_text(value, Formats()), to_text(value, Formats("nl"))) == (plain, dutch)


@pytest.mark.parametrize("value", [{"a": 1}, object(), float("nan"), float("inf")])
def test_what_is_no_text_is_refused(value: object) -> None:
    with pytest.raises(ExpressionError):
        to_text(value, Formats("en"))


def test_nothing_as_text_is_missing() -> None:
    with pytest.raises(MissingValue):
        to_text(None, Formats("en"))


@pytest.mark.parametrize("wrong", ["nonsense", "XYZ", "tlh-Qaak"])
def test_wrong_style_currency_or_language_is_refused_by_name(wrong: str) -> None:
    with pytest.raises(ExpressionError, match=wrong):
        Formats("en").money(1, wrong) if wrong == "XYZ" else None
        Formats("en").list(["a", "b"], wrong) if wrong == "nonsense" else None
        Formats(wrong).number(1)


def test_known_languages_need_no_babel() -> None:
    code = (
        "import sys; from datetime import date; from collateral.expressions import Formats; f = Formats('nl');"
        "f.money(1); f.number(1); f.percent(1); f.date(date(2026, 1, 1)); f.list(['a', 'b']); f.is_one(1);"
        "sys.exit(any(m.partition('.')[0] in ('babel', 'jinja2') for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("language", "text"),
    [("", "2026-03-04 15:07:09"), ("en", "March 4, 2026 15:07"), ("nl", "4 maart 2026 15:07")],
)
def test_time_is_written_with_its_date_unless_it_is_midnight(language: str, text: str) -> None:
    formats = Formats(language)
    assert formats.text(datetime(2026, 3, 4, 15, 7, 9)) == text
    assert formats.text(datetime(2026, 3, 4)) == formats.text(date(2026, 3, 4))
