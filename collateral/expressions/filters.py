"""The listed filters, tests and methods: plain functions on data, bounded in what they can produce.

A filter is called with the `Formats` in effect first, then the value, then the author's arguments. It raises
ExpressionError when the value is of the wrong kind and MissingValue for none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

from collateral.expressions import operators as o
from collateral.expressions.arguments import as_count, as_items, as_text, to_text
from collateral.expressions.errors import ExpressionError, MissingValue
from collateral.expressions.formats import Formats
from collateral.expressions.text_filters import (
    as_it_is,
    brace_format,
    capitalize,
    percent_format,
    replace,
    split,
    strftime,
    title,
    trim,
    truncate,
    urlencode,
)


def money(formats: Formats, value: object, currency: str | None = None, decimals: int | None = None) -> str:
    """An amount in the currency given or in effect. `{value, currency}` groups bring their own."""
    if isinstance(value, Mapping):
        currency = currency or (str(value["currency"]) if value.get("currency") else None)
        value = value.get("value")
    return formats.money(o.number(value), currency, None if decimals is None else as_count(decimals, 12))


def number(formats: Formats, value: object, decimals: int | None = None) -> str:
    """A number with the language's separators; up to 3 decimals unless a count is given."""
    return formats.number(o.number(value), None if decimals is None else as_count(decimals, 12))


def percent(formats: Formats, value: object, decimals: int = 0) -> str:
    """A share (0.31) as a percentage (31%)."""
    return formats.percent(o.number(value), as_count(decimals, 12))


def date_filter(formats: Formats, value: object, format: str = "long") -> str:
    """A date: short, medium, long, full, or a CLDR pattern such as "d MMMM yyyy"."""
    return formats.date(value, as_text(format))


def list_filter(formats: Formats, value: object, style: str = "and") -> str:
    """Items as the language lists them: "a, b and c"; `style` is "and" or "or"."""
    return formats.list([to_text(item, formats) for item in as_items(value)], as_text(style))


def default(formats: Formats, value: object, instead: object = "", boolean: object = False) -> object:
    """Another value when there is none; with a second `true` also for empty ones."""
    return instead if value is None or (boolean and not value) else value


def plural(formats: Formats, value: object, one: str, many: str) -> str:
    """The word that goes with a count: {{ n | plural("truck", "trucks") }}."""
    return as_text(one if formats.is_one(o.number(value)) else many)


def length(formats: Formats, value: object) -> int:
    """How many items or characters."""
    return len(as_items(value)) if not isinstance(value, str) else len(value)


def first(formats: Formats, value: object) -> object:
    """The first item; missing when there is none."""
    items = as_items(value)
    if not items:
        raise MissingValue("")
    return items[0]


def last(formats: Formats, value: object) -> object:
    """The last item; missing when there is none."""
    items = as_items(value)
    if not items:
        raise MissingValue("")
    return items[-1]


def join(formats: Formats, value: object, separator: str = "", attribute: str | None = None) -> str:
    """The items as text with a separator between them."""
    items = as_items(value) if attribute is None else map_filter(formats, value, attribute=attribute)
    return o.text_of_size(as_text(separator).join(to_text(item, formats) for item in items))


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


def int_filter(formats: Formats, value: object, instead: int = 0) -> int:
    """The whole part of a number, also of one written as text."""
    try:
        return o.whole(_read_number(value))
    except (ArithmeticError, ValueError):
        return instead


def float_filter(formats: Formats, value: object) -> o.Number:
    """A number, also of one written as text."""
    try:
        found = _read_number(value)
    except ArithmeticError:
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


class _Key:
    """Orders data by `operators.order`, text without regard to case."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value.casefold() if isinstance(value, str) else value

    def __lt__(self, other: _Key) -> bool:
        return o.order(self.value, other.value) < 0


def sort(formats: Formats, value: object, reverse: object = False, attribute: str | None = None) -> list[Any]:
    """The items in order, stable; by an attribute when one is named, or by several with commas between them."""
    names = [None] if attribute is None else [name.strip() for name in str(attribute).split(",")]
    ordered = as_items(value)
    for name in reversed(names):
        ordered = sorted(ordered, key=lambda item: _Key(_member(item, name)), reverse=bool(reverse))
    return ordered


def _member(item: object, attribute: str | int | None) -> object:
    if attribute is None:
        return item
    for key in str(attribute).split("."):
        item = o.step(item, int(key) if key.isdecimal() and not isinstance(item, Mapping) else key)
    return item


def unique(formats: Formats, value: object, attribute: str | None = None) -> list[Any]:
    """The items without repetitions, first ones kept."""
    kept: dict[str, Any] = {}
    for item in as_items(value):
        key = _member(item, attribute)
        kept.setdefault(f"{o.kind_of(key)} {key}", item)
    return list(kept.values())


def map_filter(
    formats: Formats,
    value: object,
    name: str | None = None,
    attribute: str | int | None = None,
    default: object = None,
) -> list[Any]:
    """A filter without arguments applied to every item, or one attribute of every item: map("upper"), map("name")."""
    function = FILTERS.get(name or "") if attribute is None else None
    if function is not None:
        return [function(formats, item) for item in as_items(value)]
    if name is None and attribute is None:
        raise ExpressionError("map needs a filter or an attribute")
    found = [_member(item, name if attribute is None else attribute) for item in as_items(value)]
    return [default if item is None else item for item in found]


def selectattr(
    formats: Formats, value: object, attribute: str, test: str = "truthy", other: object = None
) -> list[Any]:
    """The items whose attribute is set, or passes a test: selectattr("role", "eq", "decision-maker")."""
    return [item for item in as_items(value) if _passes(_member(item, attribute), test, other)]


def rejectattr(
    formats: Formats, value: object, attribute: str, test: str = "truthy", other: object = None
) -> list[Any]:
    """The items selectattr leaves."""
    return [item for item in as_items(value) if not _passes(_member(item, attribute), test, other)]


_SIGNS = {
    "equalto": "eq", "==": "eq", "!=": "ne", "<": "lt", "lessthan": "lt", "<=": "le", ">": "gt", "greaterthan": "gt",
    ">=": "ge",
}  # fmt: skip


def _passes(value: object, test: str, other: object) -> bool:
    if test == "truthy":
        return bool(value)
    compare = o.COMPARISONS.get(_SIGNS.get(test, test))
    if compare is not None:
        return value is not None and compare(value, other)
    function = TESTS.get(test)
    if function is None:
        raise ExpressionError(f'there is no test "{test}"')
    return function(value)


def select(formats: Formats, value: object, test: str = "truthy", other: object = None) -> list[Any]:
    """The items that are something, or pass a test: select("gt", 3)."""
    return [item for item in as_items(value) if _passes(item, test, other)]


def reject(formats: Formats, value: object, test: str = "truthy", other: object = None) -> list[Any]:
    """The items select leaves."""
    return [item for item in as_items(value) if not _passes(item, test, other)]


def groupby(formats: Formats, value: object, attribute: str, default: object = None) -> list[o.Group]:
    """The items in groups of one value of an attribute each, in order: {% for city, sites in all | groupby("city") %}."""
    groups: list[o.Group] = []
    for item in sort(formats, value, attribute=attribute):
        found = _member(item, attribute)
        key = default if found is None else found
        if not groups or not o.equal(groups[-1][0], key):
            groups.append(o.Group((key, [])))
        groups[-1][1].append(item)
    return groups


def minimum(formats: Formats, value: object, attribute: str | None = None) -> object:
    """The smallest item."""
    return first(formats, sort(formats, value, False, attribute))


def maximum(formats: Formats, value: object, attribute: str | None = None) -> object:
    """The largest item."""
    return last(formats, sort(formats, value, False, attribute))


def total(formats: Formats, value: object, attribute: str | None = None, start: object = 0) -> object:
    """The sum of the items, or of an attribute of theirs."""
    result = start
    for item in as_items(value):
        result = o.add(result, _member(item, attribute))
    return result


def reverse(formats: Formats, value: object) -> object:
    """The other way round."""
    return value[::-1] if isinstance(value, str) else as_items(value)[::-1]


def items(formats: Formats, value: object) -> list[Any]:
    """The pairs of a group, in their order."""
    if not isinstance(value, Mapping):
        raise (
            MissingValue("")
            if value is None
            else ExpressionError(f"{o.describe(value)} is not a group of values")
        )
    return [[key, inner] for key, inner in value.items()]


def batch(formats: Formats, value: object, size: int, fill: object = None) -> list[Any]:
    """The items in rows of `size`; the last row is filled up when `fill` is given."""
    everything, width = as_items(value), max(1, as_count(size))
    rows = [everything[i : i + width] for i in range(0, len(everything), width)]
    if rows and fill is not None:
        rows[-1] += [fill] * min(width - len(rows[-1]), 1000)
    return rows


FILTERS: Mapping[str, Callable[..., Any]] = {
    "money": money,
    "number": number,
    "percent": percent,
    "date": date_filter,
    "list": list_filter,
    "default": default,
    "d": default,
    "plural": plural,
    "upper": lambda formats, value: as_text(value).upper(),
    "lower": lambda formats, value: as_text(value).lower(),
    "title": title,
    "capitalize": capitalize,
    "trim": trim,
    "string": lambda formats, value: to_text(value, formats),
    "e": as_it_is,
    "escape": as_it_is,
    "forceescape": as_it_is,
    "safe": as_it_is,
    "format": percent_format,
    "format_braces": brace_format,
    "urlencode": urlencode,
    "strftime": strftime,
    "length": length,
    "count": length,
    "first": first,
    "last": last,
    "join": join,
    "round": round_filter,
    "int": int_filter,
    "float": float_filter,
    "abs": absolute,
    "sort": sort,
    "unique": unique,
    "map": map_filter,
    "selectattr": selectattr,
    "rejectattr": rejectattr,
    "replace": replace,
    "truncate": truncate,
    "min": minimum,
    "max": maximum,
    "sum": total,
    "reverse": reverse,
    "items": items,
    "keys": lambda formats, value: [key for key, _ in items(formats, value)],
    "values": lambda formats, value: [inner for _, inner in items(formats, value)],
    "batch": batch,
    "groupby": groupby,
    "dictsort": lambda formats, value: sorted(items(formats, value), key=lambda pair: _Key(pair[0])),
    "select": select,
    "reject": reject,
    "wordcount": lambda formats, value: len(as_text(value).split()),
    "split": split,
    "startswith": lambda formats, value, start: as_text(value).startswith(as_text(start)),
    "endswith": lambda formats, value, end: as_text(value).endswith(as_text(end)),
    "get": lambda formats, value, key, instead=None: default(formats, o.step(value, key), instead),
}
# what users of Jinja write as methods, read as filters
METHODS: Mapping[str, str] = {
    "upper": "upper",
    "lower": "lower",
    "strip": "trim",
    "title": "title",
    "capitalize": "capitalize",
    "replace": "replace",
    "items": "items",
    "keys": "keys",
    "values": "values",
    "split": "split",
    "startswith": "startswith",
    "endswith": "endswith",
    "get": "get",
    "format": "format_braces",
    "strftime": "strftime",
}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


TESTS: Mapping[str, Callable[..., bool]] = {
    "defined": lambda value: value is not None,
    "undefined": lambda value: value is None,
    "none": lambda value: value is None,
    "true": lambda value: value is True,
    "false": lambda value: value is False,
    "boolean": lambda value: isinstance(value, bool),
    "string": lambda value: isinstance(value, str),
    "number": _is_number,
    "mapping": lambda value: isinstance(value, Mapping),
    "sequence": lambda value: isinstance(value, Sequence),
    "iterable": lambda value: isinstance(value, Sequence | Mapping),
    "odd": lambda value: o.modulo(value, 2) == 1,
    "even": lambda value: o.modulo(value, 2) == 0,
    "divisibleby": lambda value, by: o.modulo(value, by) == 0,
    "empty": lambda value: value is None or (isinstance(value, Sequence | Mapping) and not value),
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
