"""The filters on lists and groups, as plain functions: `Formats` in effect, the value, the author's arguments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from unicodedata import normalize

from collateral.expressions import operators as o
from collateral.expressions.arguments import as_count, as_items, as_text, to_text
from collateral.expressions.errors import ExpressionError, MissingValue
from collateral.expressions.formats import Formats
from collateral.expressions.value_tests import passes

_MOST_PARTS = 10_000


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
    """The items, or an attribute of theirs, as text with a separator between them."""
    members = [member(item, attribute) for item in as_items(value)]
    return o.text_of_size(as_text(separator).join(to_text(each, formats) for each in members))


def member(item: object, attribute: object) -> object:
    """What an item has under a dotted path; the item itself when none is asked for."""
    if attribute is None:
        return item
    for key in str(attribute).split("."):
        item = o.step(item, int(key) if key.isdecimal() and not isinstance(item, Mapping) else key)
    return item


class _Key:
    """Orders data by `operators.order`, text as its language does and without regard to case unless it is told to; no comes
    before yes."""

    __slots__ = ("value", "words")

    def __init__(self, value: object, formats: Formats, exact: object = False) -> None:
        self.value = folded(value, exact)
        self.words = (
            _in_language(value, formats.locale, exact) if isinstance(value, str) and formats.locale else None
        )

    def __lt__(self, other: _Key) -> bool:
        if self.words is not None and other.words is not None:
            return self.words < other.words
        a, b = self.value, other.value
        if isinstance(a, bool) and isinstance(b, bool):
            return a < b
        return o.order(a, b) < 0


def _in_language(text: str, locale: str, exact: object) -> tuple[object, ...]:
    from collateral.expressions.collation import sort_key

    return (*sort_key(text, locale), text.swapcase() if exact else "")


def folded(value: object, exact: object = False) -> object:
    """A text in the form in which upper and lower case are alike; whatever else it is, as it is."""
    if not isinstance(value, str) or exact:
        return value
    return value.casefold() if value.isascii() else normalize("NFC", value.casefold())


def _by_attribute(case_sensitive: object, attribute: object) -> tuple[object, object]:
    """`unique("city")` says by which attribute, `unique(true)` that case counts: Jinja has this first, people the other."""
    return (False, case_sensitive) if isinstance(case_sensitive, str) else (case_sensitive, attribute)


def sort(
    formats: Formats,
    value: object,
    reverse: object = False,
    case_sensitive: object = False,
    attribute: str | None = None,
) -> list[Any]:
    """The items in order, stable; by an attribute when one is named, or by several with commas between them."""
    exact, by = _by_attribute(case_sensitive, attribute)
    names = [None] if by is None else [name.strip() for name in str(by).split(",")]
    ordered = as_items(value)
    for name in reversed(names):
        ordered = sorted(
            ordered, key=lambda item: _Key(member(item, name), formats, exact), reverse=bool(reverse)
        )
    return ordered


def unique(
    formats: Formats, value: object, case_sensitive: object = False, attribute: str | None = None
) -> list[Any]:
    """The items without repetitions, first ones kept; by an attribute when one is named."""
    exact, by = _by_attribute(case_sensitive, attribute)
    kept: dict[str, Any] = {}
    for item in as_items(value):
        key = folded(member(item, by), exact)
        kept.setdefault(f"{o.kind_of(key)} {key}", item)
    return list(kept.values())


def minimum(
    formats: Formats, value: object, case_sensitive: object = False, attribute: str | None = None
) -> object:
    """The smallest item, or the one with the smallest attribute."""
    return first(formats, sort(formats, value, False, case_sensitive, attribute))


def maximum(
    formats: Formats, value: object, case_sensitive: object = False, attribute: str | None = None
) -> object:
    """The largest item, or the one with the largest attribute; of several the first."""
    return first(formats, sort(formats, value, True, case_sensitive, attribute))


def total(formats: Formats, value: object, attribute: str | None = None, start: object = 0) -> object:
    """The sum of the items, or of an attribute of theirs."""
    result = start
    for item in as_items(value):
        result = o.add(result, member(item, attribute))
    return result


def reverse(formats: Formats, value: object) -> object:
    """The other way round."""
    return value[::-1] if isinstance(value, str) else as_items(value)[::-1]


def select(formats: Formats, value: object, test: str = "truthy", *others: object) -> list[Any]:
    """The items that are something, or pass a test: select("gt", 3)."""
    return [item for item in as_items(value) if passes(item, test, others)]


def reject(formats: Formats, value: object, test: str = "truthy", *others: object) -> list[Any]:
    """The items select leaves."""
    return [item for item in as_items(value) if not passes(item, test, others)]


def selectattr(
    formats: Formats, value: object, attribute: str, test: str = "truthy", *others: object
) -> list[Any]:
    """The items whose attribute is set, or passes a test: selectattr("role", "eq", "decision-maker")."""
    return [item for item in as_items(value) if passes(member(item, attribute), test, others)]


def rejectattr(
    formats: Formats, value: object, attribute: str, test: str = "truthy", *others: object
) -> list[Any]:
    """The items selectattr leaves."""
    return [item for item in as_items(value) if not passes(member(item, attribute), test, others)]


def groupby(
    formats: Formats, value: object, attribute: str, default: object = None, case_sensitive: object = False
) -> list[o.Group]:
    """The items in groups of one value of an attribute each, in order: {% for city, sites in all | groupby("city") %}."""

    def key(item: object) -> object:
        found = member(item, attribute)
        return default if found is None else found

    groups: list[o.Group] = []
    for item in sorted(as_items(value), key=lambda item: _Key(key(item), formats, case_sensitive)):
        found = key(item)
        if not groups or not o.equal(folded(groups[-1][0], case_sensitive), folded(found, case_sensitive)):
            groups.append(o.Group((found, [])))
        groups[-1][1].append(item)
    return groups


def batch(formats: Formats, value: object, linecount: int, fill_with: object = None) -> list[Any]:
    """The items in rows of `linecount`; the last row is filled up when `fill_with` is given."""
    everything, width = as_items(value), max(1, as_count(linecount))
    rows = [everything[i : i + width] for i in range(0, len(everything), width)]
    if rows and fill_with is not None:
        rows[-1] += [fill_with] * min(width - len(rows[-1]), 1000)
    return rows


def slice_filter(formats: Formats, value: object, slices: int, fill_with: object = None) -> list[Any]:
    """The items in so many parts, the first ones longer; the shorter ones are filled up when `fill_with` is given."""
    everything, parts = as_items(value), max(1, as_count(slices, _MOST_PARTS))
    size, longer = divmod(len(everything), parts)
    ends = [0]
    for part in range(parts):
        ends.append(ends[-1] + size + (part < longer))
    filled = [fill_with] if fill_with is not None else []
    return [everything[ends[i] : ends[i + 1]] + (filled if i >= longer else []) for i in range(parts)]


def repeat(formats: Formats, value: object, times: object) -> object:
    """A written text or list so many times: {{ "-" * 40 }}."""
    count = max(0, as_count(times))
    if isinstance(value, str):
        return o.text_of_size(value * min(count, o.MAX_TEXT // max(1, len(value)) + 1))
    if len(as_items(value)) * count > o.MAX_ITEMS:
        raise ExpressionError(f"the list would have more than {o.MAX_ITEMS} items")
    return as_items(value) * count


def items(formats: Formats, value: object) -> list[Any]:
    """The pairs of a group, in their order."""
    if not isinstance(value, Mapping):
        raise (
            MissingValue("")
            if value is None
            else ExpressionError(f"{o.describe(value)} is not a group of values")
        )
    return [[key, inner] for key, inner in value.items()]


def dictsort(
    formats: Formats,
    value: object,
    case_sensitive: object = False,
    by: str = "key",
    reverse: object = False,
) -> list[Any]:
    """The pairs of a group in order of their keys, or by="value"."""
    if by not in ("key", "value"):
        raise ExpressionError(f'"{by}" is nothing to sort by; key or value')
    at = 0 if by == "key" else 1
    ordered = sorted(items(formats, value), key=lambda pair: _Key(pair[at], formats, case_sensitive))
    return ordered[::-1] if reverse else ordered


def place_in(formats: Formats, value: object, wanted: object) -> int:
    """Where in a list or text something stands first, counted from 0."""
    if isinstance(value, str):
        found = value.find(as_text(wanted))
    else:
        found = next((at for at, item in enumerate(as_items(value)) if o.equal(item, wanted)), -1)
    if found < 0:
        raise ExpressionError(f"{o.describe(wanted)} is not in {o.describe(value)}")
    return found


def occurrences(formats: Formats, value: object, wanted: object) -> int:
    """How often something stands in a list or text."""
    if isinstance(value, str):
        return value.count(as_text(wanted))
    return sum(o.equal(item, wanted) for item in as_items(value))
