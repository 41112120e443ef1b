"""The helpers generated code calls, as one namespace, and running an expression for a tag.

Generated functions get `runtime()` as their globals: `x_*` operators, `f_*` filters, `t_*` tests, `fn_*` functions,
and `x_text(value, formats)`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from collateral.expressions import operators as o
from collateral.expressions.arguments import as_items, to_text
from collateral.expressions.errors import ExpressionError, MissingValue
from collateral.expressions.expression import Expression
from collateral.expressions.filters import FILTERS
from collateral.expressions.formats import Formats
from collateral.expressions.generate import Access, generate
from collateral.expressions.value_tests import TESTS

MAX_RANGE = 10_000


def _get(base: object, key: str | int, path: str) -> object:
    value = o.step(base, key)
    if value is None:
        raise MissingValue(path)
    return value


def _need(value: object) -> object:
    if value is None:
        raise MissingValue("")
    return value


def _soft(
    function: Callable[..., object], formats: Formats, value: object, *args: object, **named: object
) -> object:
    return None if value is None else function(formats, value, *args, **named)


def _chain(operators: tuple[str, ...], operands: tuple[object, ...]) -> bool:
    return all(o.COMPARISONS[op](operands[i], operands[i + 1]) for i, op in enumerate(operators))


def _concat(formats: Formats, parts: tuple[object, ...]) -> str:
    return o.text_of_size("".join(to_text(part, formats) for part in parts))


def _contained(item: object, container: object) -> bool:
    return container is not None and o.contains(container, item)


def known(value: object) -> bool:
    """Whether there is a value."""
    return value is not None


def has(container: object, item: object) -> bool:
    """Whether a list, which may be missing, holds the item."""
    return container is not None and o.contains(container, item)


def bounded_range(*bounds: object) -> list[int]:
    """Whole numbers, as Python's range, at most 10,000 of them."""
    numbers = range(*(o.whole(o.number(bound)) for bound in bounds[:3]))
    if len(numbers) > MAX_RANGE:
        raise ExpressionError(f"a range has at most {MAX_RANGE} numbers")
    return list(numbers)


def made_group(base: object = None, /, **named: object) -> dict[object, object]:
    """A group of the values named, behind those of another group or of a list of pairs."""
    pairs = list(base.items()) if isinstance(base, Mapping) else as_items([] if base is None else base)
    if any(not isinstance(pair, list | tuple) or len(pair) != 2 for pair in pairs):
        raise ExpressionError(f"{o.describe(base)} is no group of values and no list of pairs")
    if any(not isinstance(key, str | int) for key, _ in pairs):
        raise ExpressionError("the names in a group are texts or whole numbers")
    return {**dict(pairs), **named}


CALLS: Mapping[str, Callable[..., object]] = {
    "known": known,
    "has": has,
    "range": bounded_range,
    "dict": made_group,
}


def runtime() -> dict[str, object]:
    """A fresh namespace with every helper generated code may call."""
    names = {"+": "add", "-": "sub", "*": "mul", "/": "div", "//": "floordiv", "%": "mod", "**": "pow"}
    space: dict[str, object] = {f"x_{name}": o.ARITHMETIC[sign] for sign, name in names.items()}
    space |= {f"x_{name}": compare for name, compare in o.COMPARISONS.items()}
    space |= {f"f_{name}": function for name, function in FILTERS.items()}
    space |= {f"t_{name}": function for name, function in TESTS.items()}
    space |= {f"fn_{name}": function for name, function in CALLS.items()}
    return space | {
        "x_in": _contained,
        "x_notin": lambda item, container: not _contained(item, container),
        "x_decimal": Decimal,
        "x_step": o.step,
        "x_get": _get,
        "x_need": _need,
        "x_cut": o.cut,
        "x_neg": o.negate,
        "x_pos": o.plus,
        "x_soft": _soft,
        "x_chain": _chain,
        "x_concat": _concat,
        "x_text": to_text,
    }


_compiled: dict[tuple[str, frozenset[str], bool], Callable[[Mapping[str, object], Formats], object]] = {}


def tag_value(
    expression: Expression,
    scope: Mapping[str, object],
    formats: Formats,
    *,
    soft: bool = False,
    calls: Mapping[str, Callable[..., object]] | None = None,
) -> object:
    """The value of an expression in a tag.

    Raises MissingValue with the path for what is missing, ExpressionError for data that do not fit. With `soft` (the
    condition of an `if`) missing data count as none: false, equal to nothing. `calls` are the functions the expression
    was parsed with beyond the usual ones.
    """
    try:
        return _function(expression, soft, calls or {})(scope, formats)
    except MissingValue as missing:
        if missing.path:
            raise
        raise MissingValue(_first_missing(expression, scope)) from None
    except (TypeError, ValueError, ArithmeticError, LookupError) as error:
        raise ExpressionError(f'"{expression.source}" cannot be worked out: {error}') from None


def _function(
    expression: Expression, soft: bool, calls: Mapping[str, Callable[..., object]]
) -> Callable[[Mapping[str, object], Formats], object]:
    key = (expression.source, expression.functions, soft)
    found = _compiled.get(key) if not calls else None
    if found is None:
        body = generate(expression.node, Access({}, mode="soft" if soft else "careful"))
        space = runtime() | {f"fn_{name}": function for name, function in calls.items()}
        found = eval(f"lambda c, L: {body}", space)  # noqa: S307  our own generated code, see generate.py
        if not calls:
            _compiled[key] = found
    return found


def _first_missing(expression: Expression, scope: Mapping[str, object]) -> str:
    for path in sorted(expression.reads):
        if lookup(scope, path) is None:
            return path
    return expression.source.strip()


def lookup(scope: Mapping[str, object], path: str) -> object:
    """What stands at a dotted path; None when nothing does."""
    found: object = scope
    for key in path.split("."):
        found = o.step(found, int(key) if key.isdecimal() and not isinstance(found, Mapping) else key)
    return found
