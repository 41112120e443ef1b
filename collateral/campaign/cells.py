"""What a cell of a CRM export means: numbers and dates as people and programs write them.

Nothing is guessed: a cell that could mean two things, or that is no such thing as a whole, is an error that says so.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

from collateral.expressions.formats import YES_NO

_MONEY = (
    r"(?:[a-z]{0,2}\$|eur|usd|gbp|chf|sek|nok|dkk|pln|czk|huf|try|jpy|cny|krw|inr|aud|cad|nzd|brl|zar|rub|ils|sar|aed|thb"
    r"|kr\.?|tl|\u0440\u0443\u0431\.?|\u5186|\u5143|\uc6d0|\u0e1a\u0e32\u0e17)"  # roubles, yen, yuan, won, baht
)
_NUMBER = re.compile(
    rf"""(?P<open>\()? \s* (?P<minus>[-+])? \s* {_MONEY}? \s* (?P<inner>[-+])? \s*
    (?P<digits>[\d.,'\u2019\u066b\u066c\s]*\d [.,]?) (?P<exponent>e[-+]?\d{{1,2}})?
    (?: (?<=[.,])[-\u2013\u2014]{{1,2}} | (?P<behind>-) )?  # 5,- has no cents; 5- is below zero
    \s* (?P<scale>k|mio\.?|mln\.?|m|bn)? \s* {_MONEY}? \s* (?P<close>\))?""",
    re.VERBOSE,
)
# thousands first: 1.234 and 1,234 are both read as 1234
_GROUPED = re.compile(
    r"(?P<whole>[1-9]\d{0,2}(?P<mark>[.,'\u2019 \u00a0\u2009\u202f])\d{3}(?:(?P=mark)\d{3})*)(?:(?!(?P=mark))[.,](?P<rest>\d*))?"
)
_INDIAN = re.compile(r"(?P<whole>[1-9]\d?(?:,\d\d)+,\d{3})(?:\.(?P<rest>\d*))?")
_PLAIN = re.compile(r"(?P<whole>\d*)(?:[.,](?P<rest>\d*))?")
_SCALES = {"k": 1_000, "m": 1_000_000, "mio": 1_000_000, "mln": 1_000_000, "bn": 1_000_000_000}
_UNSEEN = re.compile(
    "[\u200b-\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]"
)  # marks of direction and joiners
_HALF_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_EAST_ASIAN_DAY = re.compile(
    r"(\d{4})\s*[\u5e74\ub144]\s*(\d{1,2})\s*[\u6708\uc6d4]\s*(\d{1,2})\s*[\u65e5\uc77c]"
)  # 2026年3月31日, also Korean
MAX_SIGNS = 60  # of a number or a date
MAX_QUOTED = 60
_YES = frozenset({"true", "y", "1", "x", *(words[0].casefold() for words in YES_NO.values())})
_NO = frozenset({"false", "n", "0", "", *(words[1].casefold() for words in YES_NO.values())})
_TIME = re.compile(
    r"[T, ]+\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)? ?(?:[ap]\.?m\.?)? ?(?:Z|UTC|GMT|[-+]\d\d:?\d\d)?\Z",
    re.IGNORECASE,
)
_MONTHS = (
    "january januari januar", "february februari februar", "march maart mrt m\u00e4rz mrz", "april", "may mei mai",
    "june juni", "july juli", "august augustus", "september", "october oktober", "november", "december dezember",
)  # fmt: skip


class CellError(ValueError):
    """Why a cell cannot be read as what it should be."""


def read_cell(text: str, kind: str) -> object:
    """The cell as text, number, date or boolean; raises CellError."""
    match kind:
        case "number":
            return read_number(text)
        case "date":
            return read_date(text)
        case "boolean":
            return read_boolean(text)
        case _:
            return text


def read_number(text: str) -> Decimal | int:
    """1,234.50 and 1.234,50 and 1 234,50, € 12k, (1,200.00) and 1.5E+06. A lone group of three digits after one mark is
    thousands where it can be: 1.234 is 1234, but 0.125 and 1234.567 are what they say."""
    found = _NUMBER.fullmatch(_folded(text)) if len(text) <= MAX_SIGNS else None
    if found is None:
        raise CellError(_not_a_number(text))
    signs = [sign for sign in found.group("minus", "inner", "behind") if sign]
    if bool(found["open"]) != bool(found["close"]) or len(signs) + bool(found["open"]) > 1:
        raise CellError(_not_a_number(text))
    number = Decimal(_with_point(found["digits"], text) + (found["exponent"] or ""))
    number *= _SCALES[(found["scale"] or "").rstrip(".")] if found["scale"] else 1
    number = -number if found["open"] or "-" in signs else number
    return int(number) if number == number.to_integral_value() else number


def _folded(text: str) -> str:
    """In small letters, European figures and half-width signs, with one sign for all currencies and for both kinds of minus."""
    plain = _UNSEEN.sub("", text).strip().translate(_HALF_WIDTH).replace("\u2212", "-").lower()
    return "".join(map(_plain_sign, plain))


def _plain_sign(sign: str) -> str:
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    return "$" if unicodedata.category(sign) == "Sc" else sign


def _with_point(digits: str, text: str) -> str:
    """The digits with a decimal point and no thousands marks. Arabic has signs of its own for both, so nothing is to be found out."""
    whole, point, rest = digits.replace("\u066c", "'").partition("\u066b")
    if point:
        if not rest.isdecimal() or (_GROUPED.fullmatch(whole) is None and not whole.isdecimal()):
            raise CellError(_not_a_number(text))
        return re.sub(r"\D", "", whole) + "." + rest
    digits = whole
    for pattern in (_GROUPED, _INDIAN, _PLAIN):
        found = pattern.fullmatch(digits.strip())
        if found is not None:
            return re.sub(r"\D", "", found["whole"]) + "." + (found["rest"] or "0")
    raise CellError(_not_a_number(text))


def _not_a_number(text: str) -> str:
    if "%" in text:
        return f"{quoted(text)} is a share, not a number; write 31 or 0.31"
    return f"{quoted(text)} is not a number"


def quoted(text: str) -> str:
    """A cell as a reason shows it: not longer than a line."""
    return f"'{text}'" if len(text) <= MAX_QUOTED else f"'{text[:MAX_QUOTED]}…'"


def read_date(text: str) -> date:
    """2026-03-31, 2026/03/31, 20260331, 31.03.2026, 31-Mar-2026, March 31, 2026, and 31/03/2026 where the day cannot be
    a month. A time behind it is not read."""
    plain = _UNSEEN.sub("", text).strip().translate(_HALF_WIDTH)
    day = _TIME.sub("", plain) if len(text) <= MAX_SIGNS else text
    if (named := _EAST_ASIAN_DAY.fullmatch(day)) is not None:
        day = "-".join(named.groups())
    parts = [part for part in re.split(r"[-/., ]+", day) if part]
    if len(parts) == 1 and re.fullmatch(r"(19|20)\d{6}", day):
        parts = [day[:4], day[4:6], day[6:]]
    if len(parts) != 3 or not all(part.isalnum() for part in parts):
        raise CellError(_not_a_date(day))
    return _one_of(day, _readings(day, parts))


def _readings(day: str, parts: list[str]) -> list[date]:
    """Every day the three parts can mean."""
    first, second, third = parts
    if len(first) == 4:
        orders = [(first, second, third)]
    elif not second.isdecimal():
        orders = [(third, second, first)]
    elif not first.isdecimal():
        orders = [(third, first, second)]
    elif "." in day:
        orders = [(third, second, first)]
    else:
        orders = [(third, second, first), (third, first, second)]
        if "-" in day and len(third) == 2:
            orders.append((first, second, third))
    found = [_day(*order) for order in orders]
    return list(dict.fromkeys(one for one in found if one is not None))


def _one_of(day: str, readings: list[date]) -> date:
    if not readings:
        raise CellError(_not_a_date(day))
    if len(readings) > 1:
        either = " or ".join(map(str, readings))
        raise CellError(f"{quoted(day)} could be {either}; write it as 2026-03-31")
    return readings[0]


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(_year(year), _month(month), int(day))
    except ValueError as error:
        if isinstance(error, CellError):
            raise
        return None


def _month(text: str) -> int:
    if text.isdecimal():
        return int(text)
    named = [
        number
        for number, names in enumerate(_MONTHS, 1)
        if any(len(text) >= 3 and name.startswith(text.lower()) for name in names.split())
    ]
    return named[0] if len(named) == 1 else 0


def _year(text: str) -> int:
    year = int(text)
    if len(text) != 2 and not 1000 <= year <= 9999:
        raise ValueError(text)
    if 1300 <= year < 1500 or 2400 <= year < 2700:
        kind = "Islamic" if year < 1500 else "Buddhist"
        raise CellError(f"the year {text} may be one of the {kind} calendar; write it as 2026")
    if len(text) == 2 and year >= 50:
        raise CellError(f"the year {text} could be 19{text} or 20{text}; write it in four digits")
    return year + 2000 if len(text) == 2 else year


def _not_a_date(text: str) -> str:
    if re.fullmatch(r"[2-6]\d{4}", text):
        return f"{quoted(text)} is how a spreadsheet counts days, not a date; write it as 2026-03-31"
    return f"{quoted(text)} is not a date"


def read_boolean(text: str) -> bool:
    """true/false, 1/0, and yes/no in any language they are written in."""
    folded = unicodedata.normalize("NFC", _UNSEEN.sub("", text).strip().translate(_HALF_WIDTH)).casefold()
    if folded in _YES:
        return True
    if folded in _NO:
        return False
    raise CellError(f"{quoted(text)} is neither yes nor no")
