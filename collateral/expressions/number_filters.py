"""The filters on numbers, as plain functions: `Formats` in effect, the value, the author's arguments."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from collateral.expressions import operators as o
from collateral.expressions.arguments import as_count
from collateral.expressions.errors import ExpressionError
from collateral.expressions.formats import Formats

_THOUSANDS = ("kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB")
_POWERS = ("KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB")


def round_filter(formats: Formats, value: object, precision: int = 0, method: str = "common") -> o.Number:
    """Rounded half up ("common"), "ceil" or "floor"; a whole number when precision is 0 or less."""
    modes = {"common": ROUND_HALF_UP, "ceil": ROUND_CEILING, "floor": ROUND_FLOOR}
    if method not in modes:
        raise ExpressionError(f'"{method}" is no way to round; common, ceil or floor')
    places = as_count(precision, 24)
    amount = Decimal(o.number(value))
    if amount.adjusted() + places > 26:
        raise ExpressionError(f'"{amount}" has too many digits to be rounded')
    result = amount.quantize(Decimal(1).scaleb(-places), rounding=modes[method])
    return result if places > 0 else int(result)


def int_filter(formats: Formats, value: object, default: int = 0, base: int = 10) -> int:
    """The whole part of a number, also of one written as text (in another base, when one is given)."""
    if isinstance(value, bool):
        return int(value)
    try:
        if isinstance(value, str) and base != 10:
            return _in_base(value, as_count(base, 36))
        return o.whole(_read_number(value))
    except (ArithmeticError, ValueError):
        return default


def _in_base(text: str, base: int) -> int:
    return int(text[: o.MAX_DIGITS], base) if len(text) <= o.MAX_DIGITS else o.whole(Decimal("1e9999"))


def float_filter(formats: Formats, value: object, default: object = None) -> o.Number:
    """A number, also of one written as text; the second value where it is none."""
    if isinstance(value, bool):
        return int(value)
    try:
        found = _read_number(value)
    except ArithmeticError:
        if default is not None:
            return o.number(default)
        raise ExpressionError(f"{o.describe(value)} is not a number") from None
    if isinstance(found, Decimal) and not found.is_finite():
        raise ExpressionError(f"{o.describe(value)} is not a number one can calculate with")
    return found


def _read_number(value: object) -> o.Number:
    return Decimal(value.strip()) if isinstance(value, str) else o.number(value)


def absolute(formats: Formats, value: object) -> o.Number:
    """The number without its sign."""
    amount = o.number(value)
    return -amount if amount < 0 else amount


def filesizeformat(formats: Formats, value: object, binary: object = False) -> str:
    """A number of bytes as people say it: 1.5 MB; with `binary` in powers of 1,024: 1.4 MiB."""
    size = Decimal(float_filter(formats, value))
    step = 1024 if binary else 1000
    if size < step:
        return f"{formats.number(int(size))} {'Byte' if size == 1 else 'Bytes'}"
    units = _POWERS if binary else _THOUSANDS
    power = next((n for n in range(1, len(units)) if size < step ** (n + 1)), len(units))
    return f"{formats.number(size / step**power, 1)} {units[power - 1]}"
