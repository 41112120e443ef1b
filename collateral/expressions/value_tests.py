"""The tests after `is`, and what `select` and `reject` ask: plain functions on data that answer yes or no.

In: a value, and what it is tested against. Out: a bool; ExpressionError where the two cannot be compared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from collateral.expressions import operators as o
from collateral.expressions.errors import ExpressionError


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _is_same(value: object, other: object) -> bool:
    """Data have no identity: what is of one kind and equal is the same."""
    return o.kind_of(value) == o.kind_of(other) and o.equal(value, other)


TESTS: Mapping[str, Callable[..., bool]] = {
    "defined": lambda value: value is not None,
    "undefined": lambda value: value is None,
    "none": lambda value: value is None,
    "true": lambda value: value is True,
    "false": lambda value: value is False,
    "boolean": lambda value: isinstance(value, bool),
    "string": lambda value: isinstance(value, str),
    "number": _is_number,
    "integer": lambda value: _is_number(value) and isinstance(value, int),
    "float": lambda value: _is_number(value) and not isinstance(value, int),
    "mapping": lambda value: isinstance(value, Mapping),
    "sequence": lambda value: isinstance(value, Sequence),
    "iterable": lambda value: isinstance(value, Sequence | Mapping),
    "upper": lambda value: isinstance(value, str) and value.isupper(),
    "lower": lambda value: isinstance(value, str) and value.islower(),
    "odd": lambda value: o.modulo(value, 2) == 1,
    "even": lambda value: o.modulo(value, 2) == 0,
    "divisibleby": lambda value, by: o.modulo(value, by) == 0,
    "empty": lambda value: value is None or (isinstance(value, Sequence | Mapping) and not value),
    "sameas": _is_same,
    "eq": o.equal,
    "equalto": o.equal,
    "ne": o.COMPARISONS["ne"],
    "lt": o.COMPARISONS["lt"],
    "lessthan": o.COMPARISONS["lt"],
    "le": o.COMPARISONS["le"],
    "gt": o.COMPARISONS["gt"],
    "greaterthan": o.COMPARISONS["gt"],
    "ge": o.COMPARISONS["ge"],
    "in": o.COMPARISONS["in"],
}
_SIGNS = {"==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}


def passes(value: object, test: str, others: Sequence[object]) -> bool:
    """Whether the value passes the test of this name; "truthy" asks whether it is anything at all."""
    if test == "truthy":
        return bool(value)
    name = _SIGNS.get(test, test)
    function = TESTS.get(name)
    if function is None:
        raise ExpressionError(f'there is no test "{test}"')
    if value is None and function in o.COMPARISONS.values():
        return False
    try:
        return function(value, *others)
    except TypeError:
        raise ExpressionError(
            f'the test "{test}" is given {len(others)} values, which is not what it needs'
        ) from None
