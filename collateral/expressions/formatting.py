"""Text with places for values, as Python and Jinja write it: `"%.2f" | format(x)` and `"{:,.2f}".format(x)`.

In: the text and the values. Out: the filled text. Only plain places are known (no attributes, no indexes, no widths taken
from values), each at most 100 wide, so no text can reach into a value or grow without bound. Numbers are written as the
text says, whatever the language; `number` and `money` follow the language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from collateral.expressions import operators as o
from collateral.expressions.errors import ExpressionError

_PERCENT: Final = re.compile(r"%(?:\((\w+)\))?([-+ 0#]*)(\d*)(?:\.(\d+))?[hlL]?(.)", re.S)
_MOMENTS: Final = frozenset("aAbBdmyYHIMSpjUWw%")
_BRACES: Final = re.compile(r"\{\{|\}\}|\{(\w*)(?:![sr])?(?::([^{}]*))?\}|[{}]")
_SPEC: Final = re.compile(
    r"(?:(.?)([<>=^]))?([-+ ]?)(#?)(0?)(\d*)([,_]?)(?:\.(\d+))?([sdfFeEgGxXob%]?)", re.S
)
_KINDS: Final = "sdifFeEgGxXo"
_WHOLE: Final = "dixXob"
_SIX: Final = "fFeE%"
MOST: Final = 100
"""The widest place and the most decimals."""

Written = Callable[[object], str]
"""A value as text where the place asks for no format of its own."""


def with_percent(text: str, values: Sequence[object], named: Mapping[str, object], written: Written) -> str:
    """The text with `%s`, `%d`, `%.2f`, `%(name)s` … filled. Raises ExpressionError for places it does not know."""
    rest = iter(values)

    def place(found: re.Match[str]) -> str:
        name, flags, width, decimals, kind = found.groups()
        if kind == "%":
            return "%"
        if kind not in _KINDS:
            raise ExpressionError(f'"{found[0]}" is no place for a value')
        value = _value(named.get(name) if name else next(rest, None), found[0])
        align = "<" if "-" in flags else "=" if "0" in flags and kind != "s" else ">"
        sign = "+" if "+" in flags else " " if " " in flags else ""
        fill = "0" if align == "=" else ""
        dot = f".{decimals}" if decimals and (kind == "s" or kind not in _WHOLE) else ""
        usual = "" if dot or kind not in "fFeEgG" else ".6"
        number = "" if kind == "s" else sign
        return _formatted(
            value, f"{fill}{align}{number}{width}{dot or usual}{kind.replace('i', 'd')}", written
        )

    return o.text_of_size(_PERCENT.sub(place, text))


def with_braces(text: str, values: Sequence[object], named: Mapping[str, object], written: Written) -> str:
    """The text with `{}`, `{0}`, `{name}` and `{:,.2f}` filled. Raises ExpressionError for places it does not know."""
    rest = iter(values)

    def place(found: re.Match[str]) -> str:
        if found[0] in ("{{", "}}"):
            return found[0][0]
        if found[1] is None:
            raise ExpressionError(f'"{text}" has a place that is no name or number')
        if found[1].isdecimal():
            value = values[int(found[1])] if int(found[1]) < len(values) else None
        else:
            value = named.get(found[1]) if found[1] else next(rest, None)
        return _formatted(_value(value, found[0]), found[2] or "", written)

    return o.text_of_size(_BRACES.sub(place, text))


def as_python_writes(moment: date, pattern: str) -> str:
    """A date by a pattern such as "%d/%m/%Y", with English names. Raises ExpressionError for parts no date has."""
    for place in pattern.split("%%"):
        unknown = [piece[:1] for piece in place.split("%")[1:] if piece[:1] not in _MOMENTS]
        if unknown:
            raise ExpressionError(f'"%{unknown[0]}" is no part of a date')
    return o.text_of_size(moment.strftime(pattern))


def _value(value: object, place: str) -> object:
    if value is None:
        raise ExpressionError(f'there is no value for "{place}"')
    return value


def _formatted(value: object, spec: str, written: Written) -> str:
    if isinstance(value, date) and "%" in spec:
        return as_python_writes(value, spec)
    parts = _SPEC.fullmatch(spec)
    if parts is None or any(int(size or 0) > MOST for size in (parts[6], parts[8])):
        raise ExpressionError(f'"{spec}" is no format for a value')
    kind = parts[9]
    if kind and kind in _SIX and parts[8] is None:
        spec = f"{spec[:-1]}.6{kind}"
    if kind == "s" or (not spec and not isinstance(value, int | float | Decimal)):
        return format(written(value), spec)
    if not spec:
        return written(value)
    try:
        return format(_number(value, kind), spec)
    except (ValueError, OverflowError) as problem:
        raise ExpressionError(f'{o.describe(value)} cannot be written as "{spec}": {problem}') from None


def _number(value: object, kind: str) -> object:
    if isinstance(value, str) and not kind:
        return value
    number = Decimal(o.number(value))
    if abs(number.adjusted()) > MOST:
        raise ExpressionError(f'"{number}" has too many digits')
    if (kind and kind in _WHOLE) or (not kind and isinstance(value, int)):
        return int(number)
    return float(number) if kind and kind in "gGeE" else number


__all__ = ["MOST", "with_braces", "with_percent"]
