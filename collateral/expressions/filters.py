"""The listed filters, tests and methods: plain functions on data, bounded in what they can produce.

A filter is called with the `Formats` in effect first, then the value, then the author's arguments. It raises
ExpressionError when the value is of the wrong kind and MissingValue for none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

from collateral.expressions import operators as o
from collateral.expressions.errors import ExpressionError, MissingValue
from collateral.expressions.formats import Formats


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        raise MissingValue("")
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ExpressionError(f"{o.describe(value)} is not text")
    return str(value)


def _items(value: object) -> list[Any]:
    """The items of a list, the characters of a text, the keys of a group."""
    if value is None:
        raise MissingValue("")
    if isinstance(value, Mapping | Sequence):
        return list(value)
    raise ExpressionError(f"{o.describe(value)} is not a list")


def _count(value: object, most: int = o.MAX_ITEMS) -> int:
    count = int(o.number(value))
    if not -most <= count <= most:
        raise ExpressionError(f'"{count}" is more than {most}')
    return count


def money(formats: Formats, value: object, currency: str | None = None, decimals: int | None = None) -> str:
    """An amount in the currency given or in effect. `{value, currency}` groups bring their own."""
    if isinstance(value, Mapping):
        currency = currency or (str(value["currency"]) if value.get("currency") else None)
        value = value.get("value")
    return formats.money(o.number(value), currency, None if decimals is None else _count(decimals, 12))


def number(formats: Formats, value: object, decimals: int | None = None) -> str:
    """A number with the language's separators; up to 3 decimals unless a count is given."""
    return formats.number(o.number(value), None if decimals is None else _count(decimals, 12))


def percent(formats: Formats, value: object, decimals: int = 0) -> str:
    """A share (0.31) as a percentage (31%)."""
    return formats.percent(o.number(value), _count(decimals, 12))


def date_filter(formats: Formats, value: object, format: str = "long") -> str:
    """A date: short, medium, long, full, or a CLDR pattern such as "d MMMM yyyy"."""
    return formats.date(value, _text(format))


def list_filter(formats: Formats, value: object, style: str = "and") -> str:
    """Items as the language lists them: "a, b and c"; `style` is "and" or "or"."""
    return formats.list([to_text(item, formats) for item in _items(value)], _text(style))


def default(formats: Formats, value: object, instead: object = "", boolean: object = False) -> object:
    """Another value when there is none; with a second `true` also for empty ones."""
    return instead if value is None or (boolean and not value) else value


def plural(formats: Formats, value: object, one: str, many: str) -> str:
    """The word that goes with a count: {{ n | plural("truck", "trucks") }}."""
    return _text(one if formats.is_one(o.number(value)) else many)


def title(formats: Formats, value: object) -> str:
    """Every word begins with a capital; the rest stays as it is."""
    return "".join(
        c.upper() if i == 0 or text[i - 1] in " \t\n-(" else c
        for text in [_text(value)]
        for i, c in enumerate(text)
    )


def capitalize(formats: Formats, value: object) -> str:
    """The first letter as a capital, the rest in small letters."""
    return _text(value).capitalize()


def length(formats: Formats, value: object) -> int:
    """How many items or characters."""
    return len(_items(value)) if not isinstance(value, str) else len(value)


def first(formats: Formats, value: object) -> object:
    """The first item; missing when there is none."""
    items = _items(value)
    if not items:
        raise MissingValue("")
    return items[0]


def last(formats: Formats, value: object) -> object:
    """The last item; missing when there is none."""
    items = _items(value)
    if not items:
        raise MissingValue("")
    return items[-1]


def join(formats: Formats, value: object, separator: str = "", attribute: str | None = None) -> str:
    """The items as text with a separator between them."""
    items = _items(value) if attribute is None else map_filter(formats, value, attribute=attribute)
    return o.text_of_size(_text(separator).join(to_text(item, formats) for item in items))


def round_filter(formats: Formats, value: object, precision: int = 0, method: str = "common") -> o.Number:
    """Rounded half up ("common"), "ceil" or "floor"; a whole number when precision is 0 or less."""
    modes = {"common": ROUND_HALF_UP, "ceil": ROUND_CEILING, "floor": ROUND_FLOOR}
    if method not in modes:
        raise ExpressionError(f'"{method}" is no way to round; common, ceil or floor')
    places = _count(precision, 24)
    amount = Decimal(o.number(value))
    if amount.adjusted() + places > 26:
        raise ExpressionError(f'"{amount}" has too many digits to be rounded')
    result = amount.quantize(Decimal(1).scaleb(-places), rounding=modes[method])
    return result if places > 0 else int(result)


def int_filter(formats: Formats, value: object, instead: int = 0) -> int:
    """The whole part of a number, also of one written as text."""
    try:
        return int(Decimal(value.strip()) if isinstance(value, str) else o.number(value))
    except (ArithmeticError, ValueError):
        return instead


def float_filter(formats: Formats, value: object) -> o.Number:
    """A number, also of one written as text."""
    try:
        return Decimal(value.strip()) if isinstance(value, str) else o.number(value)
    except ArithmeticError:
        raise ExpressionError(f"{o.describe(value)} is not a number") from None


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
    """The items in order, stable; by an attribute when one is named."""
    return sorted(_items(value), key=lambda item: _Key(_member(item, attribute)), reverse=bool(reverse))


def _member(item: object, attribute: str | int | None) -> object:
    if attribute is None:
        return item
    for key in str(attribute).split("."):
        item = o.step(item, int(key) if key.isdecimal() and not isinstance(item, Mapping) else key)
    return item


def unique(formats: Formats, value: object, attribute: str | None = None) -> list[Any]:
    """The items without repetitions, first ones kept."""
    kept: dict[str, Any] = {}
    for item in _items(value):
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
        return [function(formats, item) for item in _items(value)]
    if name is None and attribute is None:
        raise ExpressionError("map needs a filter or an attribute")
    found = [_member(item, name if attribute is None else attribute) for item in _items(value)]
    return [default if item is None else item for item in found]


def selectattr(
    formats: Formats, value: object, attribute: str, test: str = "truthy", other: object = None
) -> list[Any]:
    """The items whose attribute is set, or passes a test: selectattr("role", "eq", "decision-maker")."""
    return [item for item in _items(value) if _passes(_member(item, attribute), test, other)]


def rejectattr(
    formats: Formats, value: object, attribute: str, test: str = "truthy", other: object = None
) -> list[Any]:
    """The items selectattr leaves."""
    return [item for item in _items(value) if not _passes(_member(item, attribute), test, other)]


def _passes(value: object, test: str, other: object) -> bool:
    if test == "truthy":
        return bool(value)
    compare = o.COMPARISONS.get({"equalto": "eq", "==": "eq", "!=": "ne"}.get(test, test))
    if compare is not None:
        return value is not None and compare(value, other)
    function = TESTS.get(test)
    if function is None:
        raise ExpressionError(f'there is no test "{test}"')
    return function(value)


def replace(formats: Formats, value: object, old: str, new: str, count: int = -1) -> str:
    """Every `old` in the text replaced."""
    text, was, instead = _text(value), _text(old), _text(new)
    if len(text) + max(0, len(instead) - len(was)) * (text.count(was) if was else len(text) + 1) > o.MAX_TEXT:
        raise ExpressionError(f"the text would be longer than {o.MAX_TEXT} characters")
    return text.replace(was, instead, _count(count))


def truncate(
    formats: Formats, value: object, length: int = 255, killwords: object = False, end: str = "…"
) -> str:
    """At most `length` characters, cut between words, with an ellipsis."""
    text, most = _text(value), _count(length)
    if len(text) <= most:
        return text
    kept = text[: max(0, most - len(_text(end)))]
    if not killwords and " " in kept:
        kept = kept.rsplit(" ", 1)[0]
    return kept.rstrip() + end


def minimum(formats: Formats, value: object, attribute: str | None = None) -> object:
    """The smallest item."""
    return first(formats, sort(formats, value, False, attribute))


def maximum(formats: Formats, value: object, attribute: str | None = None) -> object:
    """The largest item."""
    return last(formats, sort(formats, value, False, attribute))


def total(formats: Formats, value: object, attribute: str | None = None, start: object = 0) -> object:
    """The sum of the items, or of an attribute of theirs."""
    result = start
    for item in _items(value):
        result = o.add(result, _member(item, attribute))
    return result


def reverse(formats: Formats, value: object) -> object:
    """The other way round."""
    return value[::-1] if isinstance(value, str) else _items(value)[::-1]


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
    everything, width = _items(value), max(1, _count(size))
    rows = [everything[i : i + width] for i in range(0, len(everything), width)]
    if rows and fill is not None:
        rows[-1] += [fill] * min(width - len(rows[-1]), 1000)
    return rows


def split(formats: Formats, value: object, separator: str | None = None) -> list[Any]:
    """The text cut at a separator, or at white space."""
    return _text(value).split(_text(separator) if separator else None)


def to_text(value: object, formats: Formats) -> str:
    """A value as text in the language in effect: what `{{ }}` prints."""
    return value if isinstance(value, str) else formats.text(value)


FILTERS: Mapping[str, Callable[..., Any]] = {
    "money": money,
    "number": number,
    "percent": percent,
    "date": date_filter,
    "list": list_filter,
    "default": default,
    "d": default,
    "plural": plural,
    "upper": lambda formats, value: _text(value).upper(),
    "lower": lambda formats, value: _text(value).lower(),
    "title": title,
    "capitalize": capitalize,
    "trim": lambda formats, value: _text(value).strip(),
    "string": lambda formats, value: to_text(value, formats),
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
    "split": split,
    "startswith": lambda formats, value, start: _text(value).startswith(_text(start)),
    "endswith": lambda formats, value, end: _text(value).endswith(_text(end)),
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
    "le": o.COMPARISONS["le"],
    "gt": o.COMPARISONS["gt"],
    "ge": o.COMPARISONS["ge"],
    "in": o.COMPARISONS["in"],
}
