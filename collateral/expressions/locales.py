"""How a language writes numbers, money, dates and lists: the few facts of it we need, as one value per language.

For the languages of `locale_data` the facts are at hand; for every other they are read from Babel's copy of the CLDR once.
`tools/make_locale_data.py` writes the table, a test compares it with Babel.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from collateral.diagnostics.lazy_namedtuple import NamedTuple
from collateral.expressions.errors import ExpressionError

if TYPE_CHECKING:
    import babel
    from babel.numbers import NumberPattern

CURRENCIES = (
    "EUR", "USD", "GBP", "CHF", "JPY", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "CAD", "AUD", "NZD", "CNY", "INR",
    "SGD", "HKD", "ZAR", "BRL", "MXN", "TRY", "AED", "ILS", "KRW",
)  # fmt: skip
DATE_STYLES = ("short", "medium", "long", "full")
Affixes = tuple[str, str, str, str]  # before and after a number, before and after one below zero


class LocaleFacts(NamedTuple):
    """One language. In affixes "¤" stands for the currency and "-" for the minus sign."""

    decimal: str
    group: str
    minus: str
    groups: tuple[int, int]  # size of the first group and of the following ones
    number: Affixes
    money: Affixes
    percent: Affixes
    symbols: Mapping[str, str]
    digits: Mapping[str, int]  # currencies that do not have two decimals
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    days: tuple[str, ...]  # Monday first
    short_days: tuple[str, ...]
    dates: Mapping[str, str]
    lists: Mapping[str, tuple[str, str, str, str]]  # "and", "or": pair, start, middle, end with {0} and {1}
    one: str  # the CLDR rule for the singular


@lru_cache(64)
def locale_facts(tag: str) -> LocaleFacts:
    """The facts of a language tag such as "nl" or "en-GB"; raises ExpressionError for one nobody knows."""
    from collateral.expressions.locale_data import LOCALES

    known = LOCALES.get(tag)
    return LocaleFacts(*known) if known is not None else facts_from_babel(tag)


def babel_locale(tag: str) -> babel.Locale:
    """Babel's locale of a tag."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        raise ExpressionError(f'"{tag}" is no known language') from None


def facts_from_babel(tag: str) -> LocaleFacts:
    """The facts as Babel has them."""
    from babel.numbers import get_currency_precision, get_currency_symbol

    locale = babel_locale(tag)
    symbols = locale.number_symbols["latn"]
    return LocaleFacts(
        decimal=symbols["decimal"],
        group=symbols["group"],
        minus=symbols["minusSign"],
        groups=locale.decimal_formats[None].grouping,
        number=_affixes(locale.decimal_formats[None]),
        money=_affixes(locale.currency_formats["standard"]),
        percent=_affixes(locale.percent_formats[None]),
        symbols={code: get_currency_symbol(code, locale) for code in CURRENCIES},
        digits={c: d for c in CURRENCIES if (d := get_currency_precision(c)) != 2},
        months=_names(locale.months["format"]["wide"], 1, 13),
        short_months=_names(locale.months["format"]["abbreviated"], 1, 13),
        days=_names(locale.days["format"]["wide"], 0, 7),
        short_days=_names(locale.days["format"]["abbreviated"], 0, 7),
        dates={style: locale.date_formats[style].pattern for style in DATE_STYLES},
        lists={"and": _list_pattern(locale, "standard"), "or": _list_pattern(locale, "or")},
        one=locale.plural_form.rules.get("one", ""),
    )


def _affixes(pattern: NumberPattern) -> Affixes:
    before, after = pattern.prefix, pattern.suffix
    return before[0], after[0], before[1], after[1]


def _names(names: Mapping[int, str], first: int, end: int) -> tuple[str, ...]:
    return tuple(names[number] for number in range(first, end))


def _list_pattern(locale: babel.Locale, style: str) -> tuple[str, str, str, str]:
    patterns = locale.list_patterns[style]
    return patterns["2"], patterns["start"], patterns["middle"], patterns["end"]
