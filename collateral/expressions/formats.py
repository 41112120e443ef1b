"""Numbers, money, dates and lists in a language: the locale-aware half of the filters.

Babel does the work, imported at the first value that needs it; the languages of `patterns` have a quick way of their
own that gives the same text. Nothing here reads the clock or the environment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from collateral.expressions import operators as o
from collateral.expressions.errors import ExpressionError, MissingValue

if TYPE_CHECKING:
    import babel

YES_NO = {
    "en": ("yes", "no"),
    "nl": ("ja", "nee"),
    "de": ("ja", "nein"),
    "fr": ("oui", "non"),
    "es": ("sí", "no"),
}
DATE_STYLES = ("short", "medium", "long", "full")


@dataclass(frozen=True, slots=True)
class Formats:
    """The language (a BCP 47 tag: "en", "nl", "en-GB") and currency (ISO 4217) values are written in.

    An empty `locale` writes values the plain way Jinja does: dates as ISO, yes/no values as True and False.
    """

    locale: str = ""
    currency: str = "EUR"

    def money(self, amount: o.Number, currency: str | None = None, decimals: int | None = None) -> str:
        """An amount with its currency. Without `decimals`: none from 1,000 up and for whole amounts, else the currency's."""
        from babel.numbers import UnknownCurrencyError, format_currency

        code = (currency or self.currency).upper()
        places = self._money_places(amount, code) if decimals is None else decimals
        try:
            amount = rounded(amount, places)
            return format_currency(
                amount,
                code,
                _pattern(self._tag, "money", places),
                locale=_locale(self._tag),
                currency_digits=False,
            )
        except UnknownCurrencyError:
            raise ExpressionError(f'"{code}" is no currency') from None

    def _money_places(self, amount: o.Number, code: str) -> int:
        from babel.numbers import get_currency_precision

        if not -1000 < amount < 1000 or amount == int(amount):
            return 0
        return int(get_currency_precision(code))

    @property
    def _tag(self) -> str:
        return self.locale or "en"

    def number(self, value: o.Number, decimals: int | None = None) -> str:
        """A number with separators: exactly `decimals` places, or up to three."""
        from babel.numbers import format_decimal

        amount = rounded(value, 3 if decimals is None else decimals)
        return format_decimal(amount, _pattern(self._tag, "number", decimals), locale=_locale(self._tag))

    def percent(self, value: o.Number, decimals: int = 0) -> str:
        """A share as a percentage."""
        from babel.numbers import format_percent

        amount = rounded(value, decimals + 2)
        return format_percent(amount, _pattern(self._tag, "percent", decimals), locale=_locale(self._tag))

    def date(self, value: object, style: str = "long") -> str:
        """A date (or an ISO text that is one) in a style or a CLDR pattern."""
        from babel.dates import format_date

        day = as_date(value)
        if not self.locale and style == "long":
            return day.isoformat()
        try:
            return format_date(day, style, locale=_locale(self._tag))
        except (KeyError, ValueError, AttributeError):
            raise ExpressionError(f'"{style}" is no date format') from None

    def list(self, items: Sequence[str], style: str = "and") -> str:
        """Texts as the language lists them."""
        from babel.lists import format_list

        if style not in ("and", "or"):
            raise ExpressionError(f'"{style}" is no way to list; and, or')
        return format_list(list(items), "standard" if style == "and" else "or", locale=_locale(self._tag))

    def is_one(self, count: o.Number) -> bool:
        """Whether the language uses the singular with this count."""
        return str(_locale(self._tag).plural_form(Decimal(count))) == "one"

    def text(self, value: object) -> str:
        """Any value as text. Whole numbers stay digits, because years and postcodes are whole numbers too."""
        if isinstance(value, str):
            return value
        if isinstance(value, bool):
            return self._yes_no(value)
        if isinstance(value, int):
            return str(value)
        if isinstance(value, float | Decimal):
            return self._fraction(value)
        if isinstance(value, date):
            return self.date(value)
        if isinstance(value, list | tuple):
            return self.list([self.text(item) for item in value])
        if value is None:
            raise MissingValue("")
        raise ExpressionError(f"{o.describe(value)} is not text")

    def _yes_no(self, value: bool) -> str:
        words = YES_NO.get(self.locale.partition("-")[0])
        return words[not value] if words else str(value)

    def _fraction(self, value: float | Decimal) -> str:
        plain = format(Decimal(o.number(value)), "f")
        if not self.locale:
            return plain
        return plain.replace(".", _decimal_sign(self._tag))


def rounded(value: o.Number, places: int) -> Decimal:
    """Half up at the given number of decimals; never a minus sign before zero."""
    amount = Decimal(value)
    if amount.adjusted() + places > 26:
        raise ExpressionError(f'"{amount}" has too many digits')
    return amount.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) + 0


def as_date(value: object) -> date:
    """The value as a date; ISO texts count."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value[:10])
        except ValueError:
            pass
    if value is None:
        raise MissingValue("")
    raise ExpressionError(f"{o.describe(value)} is not a date")


@lru_cache(64)
def _locale(tag: str) -> babel.Locale:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        raise ExpressionError(f'"{tag}" is no language Babel knows') from None


def _decimal_sign(tag: str) -> str:
    from babel.numbers import get_decimal_symbol

    return get_decimal_symbol(_locale(tag))


@lru_cache(256)
def _pattern(tag: str, kind: str, places: int | None) -> str:
    """The locale's CLDR pattern with the number of decimals set."""
    locale = _locale(tag)
    if kind == "money":
        pattern = locale.currency_formats["standard"].pattern
    else:
        pattern = (locale.decimal_formats[None] if kind == "number" else locale.percent_formats[None]).pattern
    if places is None:
        return str(pattern)
    whole = "0." + "0" * places if places else "0"
    return (
        str(pattern).replace("0.00", whole).replace("0.###", whole)
        if kind != "percent"
        else str(pattern).replace("0", whole)
    )
