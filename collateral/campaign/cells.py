"""What a cell of a CRM export means: numbers and dates as people and programs write them.

Nothing is guessed: a cell that could mean two things is an error that says so.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

_NUMBER = re.compile(r"[-+]?[\d.,'\u2019 \u00a0\u202f]*\d")
_YES = frozenset({"true", "yes", "y", "1", "ja", "x"})
_NO = frozenset({"false", "no", "n", "0", "nee", ""})
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_SCALES = {"k": 1_000, "m": 1_000_000}


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
    """1,234.50 and 1.234,50 and 1 234,50 and € 12k. A lone group of three digits after one mark is thousands: 1.234 is 1234."""
    found = _NUMBER.search(text)
    if found is None or any(ch.isalpha() and ch.lower() not in "kmeurusdgbp" for ch in text):
        raise CellError(f"'{text}' is not a number")
    digits = re.sub(r"[ '\u2019\u00a0\u202f]", "", found.group())
    tail = text[found.end() :].strip().lower()
    try:
        number = Decimal(_with_point(digits)) * _SCALES.get(tail[:1], 1)
    except InvalidOperation:
        raise CellError(f"'{text}' is not a number") from None
    return int(number) if number == number.to_integral_value() else number


def _with_point(digits: str) -> str:
    """The digits with a decimal point and no thousands marks."""
    marks = [ch for ch in digits if ch in ".,"]
    if not marks:
        return digits
    last = marks[-1]
    head, tail = digits.rsplit(last, 1)
    if len(set(marks)) == 2:
        return head.replace(".", "").replace(",", "") + "." + tail
    if len(marks) > 1 or len(tail) == 3:
        return digits.replace(last, "")
    return f"{head}.{tail}"


def read_date(text: str) -> date:
    """2026-03-31, 2026/03/31, 31.03.2026, 31-Mar-2026, and 31/03/2026 where the day cannot be a month."""
    text = text.strip().split("T")[0].split(" 00:00")[0]
    parts = re.split(r"[-/. ]", text)
    if len(parts) != 3:
        raise CellError(f"'{text}' is not a date")
    try:
        if len(parts[0]) == 4:
            return date(int(parts[0]), int(parts[1]), int(parts[2]))
        first, middle, year = parts
        if middle[:3].lower() in _MONTHS:
            return date(_year(year), _MONTHS.index(middle[:3].lower()) + 1, int(first))
        return _day_or_month_first(text, int(first), int(middle), _year(year))
    except ValueError as error:
        if isinstance(error, CellError):
            raise
        raise CellError(f"'{text}' is not a date") from None


def _year(text: str) -> int:
    year = int(text)
    return year + 2000 if year < 100 else year


def _day_or_month_first(text: str, first: int, second: int, year: int) -> date:
    if "." in text or first > 12 or first == second:
        return date(year, second, first)
    if second > 12:
        return date(year, first, second)
    raise CellError(
        f"'{text}' could be {date(year, second, first)} or {date(year, first, second)}; write it as 2026-03-31"
    )


def read_boolean(text: str) -> bool:
    """yes/no, true/false, 1/0, ja/nee."""
    folded = text.strip().casefold()
    if folded in _YES:
        return True
    if folded in _NO:
        return False
    raise CellError(f"'{text}' is neither yes nor no")
