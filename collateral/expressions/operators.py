"""Arithmetic, comparison and access on data, bounded, with one meaning for rules and tags.

Numbers are ints and Decimals: a float from a file counts as the decimal it is written as, so 0.1 + 0.2 is 0.3.
Only mappings and sequences are looked into, never an object's attributes.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date, datetime
from decimal import Context, Decimal, InvalidOperation, Overflow
from typing import Any, ClassVar

from collateral.expressions.errors import ExpressionError, MissingValue

MAX_TEXT = 1_000_000  # characters a computed text may have
MAX_ITEMS = 100_000  # items a computed list may have
MAX_DIGITS = 400  # digits a computed whole number may have
_BIG = 10**MAX_DIGITS
_CONTEXT = Context(prec=28, Emax=MAX_DIGITS, Emin=-MAX_DIGITS)
# our own context: the thread's could be changed by anyone and would change the bytes we write

Number = int | Decimal


def number(value: object) -> Number:
    """The value as a number; raises ExpressionError (MissingValue for none)."""
    if type(value) is int or type(value) is Decimal:
        return value
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            raise ExpressionError(f'"{value}" is not a number one can calculate with')
        return Decimal(repr(value))
    if value is None:
        raise MissingValue("")
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value)
    raise ExpressionError(f"{describe(value)} is not a number{_made_one(value)}")


def _made_one(value: object) -> str:
    """What makes a number of a text that is written like one."""
    written = isinstance(value, str) and value.strip().removeprefix("-").replace(".", "", 1).isdecimal()
    return '; put "| float" in front of what needs one' if written else ""


def whole(value: Number) -> int:
    """The whole part of a number; one of very many digits is refused, for writing it out takes minutes."""
    if isinstance(value, Decimal) and value.is_finite() and value.adjusted() > MAX_DIGITS:
        raise ExpressionError(f'"{value:.6g}" has too many digits')
    return int(value)


def describe(value: object) -> str:
    """A value as messages show it: kind and beginning."""
    text = str(value) if isinstance(value, str | int | float | Decimal | date) else ""
    return f'{kind_of(value)} "{text[:40]}{"…" if len(text) > 40 else ""}"' if text else kind_of(value)


def kind_of(value: object) -> str:
    """What kind of data a value is, in the words of the reference."""
    if isinstance(value, bool):
        return "a yes/no value"
    if isinstance(value, int | float | Decimal):
        return "the number"
    if isinstance(value, str):
        return "the text"
    if isinstance(value, date):
        return "the date"
    if isinstance(value, Mapping):
        return "a group of values"
    return "a list" if isinstance(value, Sequence) else "a value of an unknown kind"


def _bounded(result: Number) -> Number:
    if isinstance(result, int) and not -_BIG < result < _BIG:
        raise ExpressionError(f"the result has more than {MAX_DIGITS} digits")
    return result


def add(left: object, right: object) -> object:
    """Numbers added, texts or lists joined."""
    if isinstance(left, str) and isinstance(right, str):
        return text_of_size(left + right) if len(left) + len(right) <= MAX_TEXT else _too_long()
    if isinstance(left, list | tuple) and isinstance(right, list | tuple):
        if len(left) + len(right) > MAX_ITEMS:
            raise ExpressionError(f"the list would have more than {MAX_ITEMS} items")
        return [*left, *right]
    return _calculate(left, right, lambda a, b: a + b, _CONTEXT.add)


def _too_long() -> str:
    raise ExpressionError(f"the text would be longer than {MAX_TEXT} characters")


def text_of_size(text: str) -> str:
    """The text, unless it is longer than a computed text may be."""
    return text if len(text) <= MAX_TEXT else _too_long()


def _calculate(
    left: object,
    right: object,
    whole: Callable[[int, int], int],
    exact: Callable[[Decimal, Decimal], Decimal],
) -> Number:
    a, b = number(left), number(right)
    try:
        if isinstance(a, int) and isinstance(b, int):
            return _bounded(whole(a, b))
        return exact(Decimal(a), Decimal(b))
    except ZeroDivisionError:
        raise ExpressionError("division by zero") from None
    except (InvalidOperation, Overflow):
        raise ExpressionError("the result is not a number one can write down") from None


def subtract(left: object, right: object) -> object:
    """A number; between two dates the days."""
    if isinstance(left, date) and isinstance(right, date):
        return (_day(left) - _day(right)).days
    return _calculate(left, right, lambda a, b: a - b, _CONTEXT.subtract)


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def multiply(left: object, right: object) -> object:
    """Numbers only: repeating text is no part of the language."""
    return _calculate(left, right, lambda a, b: a * b, _CONTEXT.multiply)


def divide(left: object, right: object) -> object:
    """Exact to 28 digits; a whole result stays a whole number."""
    a, b = number(left), number(right)
    if b == 0:
        raise ExpressionError("division by zero")
    if isinstance(a, int) and isinstance(b, int) and a % b == 0:
        return a // b
    return _calculate(Decimal(a), Decimal(b), lambda x, y: x // y, _CONTEXT.divide)


def floor_divide(left: object, right: object) -> object:
    """The whole part of the quotient, rounded down."""
    return _calculate(left, right, lambda a, b: a // b, _floor)


def _floor(a: Decimal, b: Decimal) -> Decimal:
    quotient = _CONTEXT.divide_int(a, b)
    exact = _CONTEXT.multiply(quotient, b) == a
    return quotient if exact or (a < 0) == (b < 0) else quotient - 1


def modulo(left: object, right: object) -> object:
    """The remainder, with the sign of the divisor."""
    return _calculate(left, right, lambda a, b: a % b, lambda a, b: a - b * _floor(a, b))


def power(left: object, right: object) -> object:
    """A bounded power: exponents from -64 to 64."""
    exponent = number(right)
    if not -64 <= exponent <= 64:
        raise ExpressionError(f'the exponent "{exponent}" is not between -64 and 64')
    base = number(left)
    if isinstance(base, int) and isinstance(exponent, int) and exponent >= 0:
        return _bounded(base**exponent) if abs(base) < _BIG else _bounded(base)
    return _calculate(Decimal(base), Decimal(exponent), lambda a, b: a**b, _CONTEXT.power)


def negate(value: object) -> object:
    """The number with the other sign."""
    return -number(value)


def plus(value: object) -> object:
    """The number itself."""
    return number(value)


def _comparable(value: object) -> object:
    return Decimal(repr(value)) if isinstance(value, float) else value


def equal(left: object, right: object) -> bool:
    """Equality of data; values of different kinds are different."""
    left, right = _comparable(left), _comparable(right)
    if isinstance(left, bool) != isinstance(right, bool):
        return False
    if isinstance(left, list | tuple) and isinstance(right, list | tuple):
        return len(left) == len(right) and all(map(equal, left, right))
    return bool(left == right)


def order(left: object, right: object) -> int:
    """-1, 0 or 1; raises ExpressionError for values that have no order between them."""
    a, b = _ordered(left), _ordered(right)
    if isinstance(a, str) and isinstance(b, str):
        return (a > b) - (a < b)
    if isinstance(a, date) and isinstance(b, date):
        one, other = _day(a), _day(b)
        return (one > other) - (one < other)
    if isinstance(a, str | date) or isinstance(b, str | date):
        raise ExpressionError(f"{describe(a)} cannot be compared with {describe(b)}")
    x, y = number(a), number(b)
    return (x > y) - (x < y)


def _ordered(value: object) -> object:
    if value is None:
        raise MissingValue("")
    return value


def contains(container: object, item: object) -> bool:
    """Whether a list has the item, a text the text, a group the key."""
    if container is None:
        raise MissingValue("")
    if isinstance(container, str):
        return isinstance(item, str) and item in container
    if isinstance(container, Mapping):
        return isinstance(item, str | int) and item in container
    if isinstance(container, Sequence):
        return any(equal(item, member) for member in container)
    raise ExpressionError(f"{describe(container)} is no list to look in")


COMPARISONS: Mapping[str, Callable[[object, object], bool]] = {
    "eq": equal,
    "ne": lambda a, b: not equal(a, b),
    "lt": lambda a, b: order(a, b) < 0,
    "le": lambda a, b: order(a, b) <= 0,
    "gt": lambda a, b: order(a, b) > 0,
    "ge": lambda a, b: order(a, b) >= 0,
    "in": lambda a, b: contains(b, a),
    "notin": lambda a, b: not contains(b, a),
}
ARITHMETIC: Mapping[str, Callable[[object, object], object]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "//": floor_divide,
    "%": modulo,
    "**": power,
}


class Group(tuple[Any, list[Any]]):
    """What items have in common, and the items; also known by Jinja's names for the two."""

    __slots__ = ()
    NAMES: ClassVar = {"grouper": 0, "list": 1}


_DATE_PARTS = frozenset({"year", "month", "day", "hour", "minute", "second"})


def step(base: object, key: object) -> object:
    """What a group has under a key, a list at a place, or a date as its year and so on; None when there is nothing."""
    if isinstance(base, Mapping):
        return base.get(key) if isinstance(key, Hashable) else None
    if isinstance(base, Sequence) and isinstance(key, int) and not isinstance(key, bool):
        return base[key] if -len(base) <= key < len(base) else None
    if isinstance(base, Group) and key in Group.NAMES:
        return base[Group.NAMES[key]]
    if isinstance(base, date) and key in _DATE_PARTS:
        return getattr(base, str(key), None)
    return None


def cut(base: object, start: object, stop: object, stride: object) -> object:
    """A slice of a text or list."""
    if not isinstance(base, str | list | tuple):
        raise MissingValue("") if base is None else ExpressionError(f"{describe(base)} cannot be cut")
    bounds = [None if part is None else whole(number(part)) for part in (start, stop, stride)]
    if bounds[2] == 0:
        raise ExpressionError("a slice cannot advance by 0")
    return base[slice(*bounds)]
