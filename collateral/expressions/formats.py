"""Numbers, money, dates and lists in a language: the locale-aware half of the filters.

In: values and a `Formats`. Out: text, the same as Babel writes. Babel is imported only for languages `locale_data` lacks and
for rare patterns. Nothing here reads the clock or the environment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.expressions import operators as o
from collateral.expressions.errors import ExpressionError, MissingValue
from collateral.expressions.locales import DATE_STYLES, Affixes, LocaleFacts, babel_locale, locale_facts

YES_NO = {
    "ar": ("نعم", "لا"), "bg": ("да", "не"), "bn": ("হ্যাঁ", "না"), "ca": ("sí", "no"), "cs": ("ano", "ne"), "da": ("ja", "nej"),
    "de": ("ja", "nein"), "el": ("ναι", "όχι"), "en": ("yes", "no"), "es": ("sí", "no"), "et": ("jah", "ei"), "fa": ("بله", "خیر"),
    "fi": ("kyllä", "ei"), "fr": ("oui", "non"), "he": ("כן", "לא"), "hi": ("हाँ", "नहीं"), "hr": ("da", "ne"), "hu": ("igen", "nem"),
    "id": ("ya", "tidak"), "it": ("sì", "no"), "ja": ("はい", "いいえ"), "ko": ("예", "아니요"), "lt": ("taip", "ne"), "lv": ("jā", "nē"),
    "ms": ("ya", "tidak"), "nb": ("ja", "nei"), "nl": ("ja", "nee"), "nn": ("ja", "nei"), "no": ("ja", "nei"), "pl": ("tak", "nie"),
    "pt": ("sim", "não"), "ro": ("da", "nu"), "ru": ("да", "нет"), "sk": ("áno", "nie"), "sl": ("da", "ne"), "sr": ("да", "не"),
    "sv": ("ja", "nej"), "th": ("ใช่", "ไม่ใช่"), "tr": ("evet", "hayır"), "uk": ("так", "ні"), "ur": ("ہاں", "نہیں"),
    "vi": ("có", "không"), "zh": ("是", "否"),
}  # fmt: skip
NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Formats:
    """The language (a BCP 47 tag: "en", "nl", "en-GB") and currency (ISO 4217) values are written in.

    An empty `locale` writes values the plain way Jinja does: dates as ISO, yes/no values as True and False.
    """

    locale: str = ""
    currency: str = "EUR"

    def money(self, amount: o.Number, currency: str | None = None, decimals: int | None = None) -> str:
        """An amount with its currency.

        Without `decimals`: none from 1,000 up and for whole amounts, else as many as the currency has.
        """
        code = str(currency or self.currency).upper()
        facts = self._facts()
        symbol = facts.symbols.get(code) or self._symbol(code)
        if decimals is None:
            plain = not -1000 < amount < 1000 or amount == int(amount)
            decimals = 0 if plain else facts.digits.get(code, 2)
        return _affixed(_digits(amount, decimals, facts), facts.money, facts, symbol)

    def number(self, value: o.Number, decimals: int | None = None) -> str:
        """A number with separators: exactly `decimals` places, or up to three."""
        facts = self._facts()
        return _affixed(_digits(value, decimals, facts), facts.number, facts)

    def percent(self, value: o.Number, decimals: int = 0) -> str:
        """A share as a percentage."""
        facts = self._facts()
        return _affixed(_digits(Decimal(value) * 100, decimals, facts), facts.percent, facts)

    def date(self, value: object, style: str = "long") -> str:
        """A date (or an ISO text that is one) in a style or a CLDR pattern, which may ask for the time too."""
        day = as_moment(value)
        if not self.locale and style == "long":
            return as_date(day).isoformat()
        facts = self._facts()
        pattern = facts.dates[style] if style in DATE_STYLES else style
        return _date(day, pattern, facts) or _rare_date(day, pattern, self._tag)

    def list(self, items: Sequence[str], style: str = "and") -> str:
        """Texts as the language lists them; `style` is "and" or "or"."""
        patterns = self._facts().lists.get(style)
        if patterns is None:
            raise ExpressionError(f'"{style}" is no way to list; and, or')
        if len(items) <= 2:
            return _pair(patterns[0], *items) if len(items) == 2 else "".join(items)
        text = _pair(patterns[1], items[0], items[1])
        for item in items[2:-1]:
            text = _pair(patterns[2], text, item)
        return _pair(patterns[3], text, items[-1])

    def is_one(self, count: o.Number) -> bool:
        """Whether the language uses the singular with this count."""
        rule = _SINGULAR.get(self._facts().one)
        amount = abs(Decimal(count))
        return rule(amount) if rule else str(babel_locale(self._tag).plural_form(amount)) == "one"

    def text(self, value: object) -> str:
        """Any value as text. Whole numbers stay digits, because years and postcodes are whole numbers too."""
        if isinstance(value, str):
            return value
        if isinstance(value, bool):
            return self._yes_no(value)
        if isinstance(value, int):
            return _plain_whole(value)
        if isinstance(value, float | Decimal):
            return self._fraction(value)
        if isinstance(value, date):
            return self.date(value) + _time_of(value, "%H:%M" if self.locale else "%H:%M:%S")
        if isinstance(value, list | tuple):
            return self.list([self.text(item) for item in value])
        if value is None:
            raise MissingValue("")
        raise ExpressionError(f"{o.describe(value)} is not text")

    @property
    def _tag(self) -> str:
        return self.locale or "en"

    def _facts(self) -> LocaleFacts:
        return locale_facts(self._tag)

    def _symbol(self, code: str) -> str:
        from babel.numbers import get_currency_symbol, is_currency

        if not is_currency(code):
            raise ExpressionError(f'"{code}" is no currency')
        return str(get_currency_symbol(code, babel_locale(self._tag)))

    def _yes_no(self, value: bool) -> str:
        words = YES_NO.get(self.locale.replace("_", "-").partition("-")[0])
        return words[not value] if words else str(value)

    def _fraction(self, value: float | Decimal) -> str:
        amount = Decimal(o.number(value))
        if not amount.is_finite() or abs(amount.adjusted()) > o.MAX_DIGITS:
            raise ExpressionError(f'"{amount:.6g}" has too many digits')
        plain = format(amount, "f")
        return plain.replace(".", self._facts().decimal) if self.locale else plain


def _time_of(value: date, pattern: str) -> str:
    """The time of a date that has one other than midnight, after a blank."""
    has_time = isinstance(value, datetime) and value.time() != time.min
    return f" {value.strftime(pattern)}" if has_time else ""


def _plain_whole(value: int) -> str:
    try:
        return str(value)
    except ValueError:  # Python writes no more than 4300 digits
        raise ExpressionError("the number has too many digits") from None


def _pair(pattern: str, first: str, second: str) -> str:
    """The pattern with its two places filled; values are data, so nothing in them is a pattern."""
    before, _, rest = pattern.partition("{0}")
    between, _, after = rest.partition("{1}")
    return f"{before}{first}{between}{second}{after}"


def _whole(amount: Decimal) -> bool:
    return amount == amount.to_integral_value() and int(amount.as_tuple().exponent) >= 0


_SINGULAR: Mapping[str, Callable[[Decimal], bool]] = {
    "i in 1 and v in 0": lambda amount: amount == 1 and _whole(amount),
    "i in 0,1": lambda amount: amount < 2,
    "i in 0..1": lambda amount: amount < 2,
    "n in 1": lambda amount: amount == 1,
}


def rounded(value: o.Number, places: int) -> Decimal:
    """Half up at the given number of decimals; never a minus sign before zero."""
    amount = Decimal(value)
    if amount and amount.adjusted() + places > 26:
        raise ExpressionError(f'"{amount:.6g}" has too many digits')
    return amount.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) + 0


def _digits(value: o.Number, decimals: int | None, facts: LocaleFacts) -> tuple[bool, str]:
    """Whether the number is below zero, and its digits with separators."""
    amount = rounded(value, 3 if decimals is None else decimals)
    whole, _, fraction = format(abs(amount), "f").partition(".")
    if decimals is None:
        fraction = fraction.rstrip("0")
    first, following = facts.groups
    parts = [whole[-first:]]
    rest = whole[:-first]
    while rest:
        parts.append(rest[-following:])
        rest = rest[:-following]
    text = facts.group.join(reversed(parts))
    return amount < 0, f"{text}{facts.decimal}{fraction}" if fraction else text


def _affixed(digits: tuple[bool, str], affixes: Affixes, facts: LocaleFacts, symbol: str = "") -> str:
    below_zero, text = digits
    before, after = affixes[2:] if below_zero else affixes[:2]
    if symbol[-1:].isalpha() and before.endswith("¤"):
        before += NO_BREAK  # CHF 5: letters do not touch digits
    before, after = before.replace("-", facts.minus), after.replace("-", facts.minus)
    return f"{before.replace('¤', symbol)}{text}{after.replace('¤', symbol)}"


_FIELD = re.compile(r"'((?:[^']|'')*)'|([a-zA-Z])\2*|[^a-zA-Z']+")
_DATE_FIELDS: Mapping[str, Callable[[date, LocaleFacts], str]] = {
    "d": lambda day, facts: str(day.day),
    "dd": lambda day, facts: f"{day.day:02}",
    "M": lambda day, facts: str(day.month),
    "MM": lambda day, facts: f"{day.month:02}",
    "MMM": lambda day, facts: facts.short_months[day.month - 1],
    "MMMM": lambda day, facts: facts.months[day.month - 1],
    "y": lambda day, facts: str(day.year),
    "yy": lambda day, facts: f"{day.year % 100:02}",
    "yyyy": lambda day, facts: f"{day.year:04}",
    "E": lambda day, facts: facts.short_days[day.weekday()],
    "EEE": lambda day, facts: facts.short_days[day.weekday()],
    "EEEE": lambda day, facts: facts.days[day.weekday()],
}


def _date(day: date, pattern: str, facts: LocaleFacts) -> str | None:
    """The date by a CLDR pattern; None when the pattern has a field we leave to Babel."""
    parts: list[str] = []
    end = 0
    for match in _FIELD.finditer(pattern):
        end = match.end()
        if match[1] is not None:
            parts.append(match[1].replace("''", "'") or "'")
        elif match[2] is not None:
            field = _DATE_FIELDS.get(match[0])
            if field is None:
                return None
            parts.append(field(day, facts))
        else:
            parts.append(match[0])
    return "".join(parts) if end == len(pattern) else None


def _rare_date(day: date, pattern: str, tag: str) -> str:
    from babel.dates import format_date, format_datetime

    write = format_datetime if isinstance(day, datetime) else format_date
    try:
        text = write(day, pattern, locale=babel_locale(tag))
    except (KeyError, ValueError, AttributeError, TypeError):
        text = ""
    if not text or text == pattern:
        raise ExpressionError(f'"{pattern}" is no date format')
    return text


def as_date(value: object) -> date:
    """The value as a date; ISO texts count."""
    moment = as_moment(value)
    return moment.date() if isinstance(moment, datetime) else moment


def as_moment(value: object) -> date:
    """The value as a date, with its time when it has one; ISO texts count."""
    if isinstance(value, date):
        return value
    if value is None:
        raise MissingValue("")
    if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d(?:$|T| )", value):
        with suppress(ValueError):
            return datetime.fromisoformat(value) if len(value) > 10 else date.fromisoformat(value)
        try:
            return date.fromisoformat(value[:10])
        except ValueError:
            raise ExpressionError(f'"{value}" is no date') from None
    raise ExpressionError(f"{o.describe(value)} is not a date such as 2026-05-31")
