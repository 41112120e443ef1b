"""The listed filters and methods: plain functions on data, bounded in what they can produce.

A filter is called with the `Formats` in effect first, then the value, then the author's arguments. It raises
ExpressionError when the value is of the wrong kind and MissingValue for none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from collateral.expressions import casing
from collateral.expressions import list_filters as lists
from collateral.expressions import number_filters as numbers
from collateral.expressions import operators as o
from collateral.expressions import text_filters as texts
from collateral.expressions.arguments import as_count, as_items, as_text, to_text
from collateral.expressions.errors import ExpressionError
from collateral.expressions.formats import Formats
from collateral.expressions.text_methods import TEXT_METHODS, center


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


def default(formats: Formats, value: object, default_value: object = "", boolean: object = False) -> object:
    """Another value when there is none; with a second `true` also for empty ones."""
    return default_value if value is None or (boolean and not value) else value


def plural(formats: Formats, value: object, one: str, many: str) -> str:
    """The word that goes with a count: {{ n | plural("truck", "trucks") }}."""
    return as_text(one if formats.is_one(o.number(value)) else many)


def map_filter(formats: Formats, value: object, *arguments: object, **named: object) -> list[Any]:
    """A filter applied to every item, or one attribute of every item: map("upper"), map("round", 1), map("name")."""
    if "attribute" in named:
        return _attributes(value, **named)
    name, rest = (arguments[0], arguments[1:]) if arguments else ("", ())
    function = FILTERS.get(str(name))
    if function is None and not rest and name:
        return _attributes(value, name, **named)
    if function is None:
        raise ExpressionError(
            f'there is no filter "{name}"' if name else "map needs a filter or an attribute"
        )
    try:
        return [function(formats, item, *rest, **named) for item in as_items(value)]
    except TypeError as error:
        raise ExpressionError(f'the filter "{name}" is used wrongly: {error}') from None


def _attributes(value: object, attribute: object, default: object = None, **others: object) -> list[Any]:
    if others:
        raise ExpressionError(f'map knows nothing of "{next(iter(others))}"')
    found = [lists.member(item, attribute) for item in as_items(value)]
    return [default if item is None else item for item in found]


FILTERS: Mapping[str, Callable[..., Any]] = {
    **TEXT_METHODS,
    "money": money,
    "number": number,
    "percent": percent,
    "date": date_filter,
    "list": list_filter,
    "default": default,
    "d": default,
    "plural": plural,
    "upper": lambda formats, value: casing.upper(as_text(value), formats.locale),
    "lower": lambda formats, value: casing.lower(as_text(value), formats.locale),
    "title": texts.title,
    "capitalize": texts.capitalize,
    "trim": texts.trim,
    "string": lambda formats, value: to_text(value, formats),
    "e": texts.as_it_is,
    "escape": texts.as_it_is,
    "forceescape": texts.as_it_is,
    "safe": texts.as_it_is,
    "format": texts.percent_format,
    "format_braces": texts.brace_format,
    "urlencode": texts.urlencode,
    "strftime": texts.strftime,
    "center": center,
    "indent": texts.indent,
    "wordwrap": texts.wordwrap,
    "striptags": texts.striptags,
    "tojson": texts.tojson,
    "length": lists.length,
    "count": lists.length,
    "first": lists.first,
    "last": lists.last,
    "join": lists.join,
    "round": numbers.round_filter,
    "int": numbers.int_filter,
    "float": numbers.float_filter,
    "abs": numbers.absolute,
    "filesizeformat": numbers.filesizeformat,
    "sort": lists.sort,
    "unique": lists.unique,
    "map": map_filter,
    "selectattr": lists.selectattr,
    "rejectattr": lists.rejectattr,
    "replace": texts.replace,
    "truncate": texts.truncate,
    "min": lists.minimum,
    "max": lists.maximum,
    "sum": lists.total,
    "reverse": lists.reverse,
    "items": lists.items,
    "keys": lambda formats, value: [key for key, _ in lists.items(formats, value)],
    "values": lambda formats, value: [inner for _, inner in lists.items(formats, value)],
    "batch": lists.batch,
    "slice": lists.slice_filter,
    "groupby": lists.groupby,
    "dictsort": lists.dictsort,
    "select": lists.select,
    "reject": lists.reject,
    "wordcount": texts.wordcount,
    "split": texts.split,
    "get": lambda formats, value, key, instead=None: default(formats, o.step(value, key), instead),
    "attr": lambda formats, value, name: lists.member(value, name),
    "occurrences": lists.occurrences,
    "index": lists.place_in,
    "repeat": lists.repeat,
}
# what users of Jinja write as methods, read as filters
METHODS: Mapping[str, str] = {
    **{name: name for name in TEXT_METHODS},
    **{
        name: name
        for name in ("upper", "lower", "title", "capitalize", "replace", "split", "center", "index", "join")
    },
    **{name: name for name in ("items", "keys", "values", "get", "strftime")},
    "strip": "trim",
    "format": "format_braces",
    "count": "occurrences",
    "copy": "safe",
}
