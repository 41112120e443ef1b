"""The forms in which people write the data of a chart, brought to one.

In: plain data as a YAML or JSON file has them. Out: the same with `categories` (a list) and `series` (a list of mappings with name,
values and perhaps x, sizes, labels, plus and minus); with `totals`, if given, the names of the categories that are totals. Numbers and texts are not looked into, so both may still be tags. Only what can be meant in one way
is taken; anything else raises `ChartFormError` with a hint at the right form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final, TypeGuard

RIGHT: Final = "write {categories: [Q1, Q2], series: [{name: Sales, values: [1, 2]}]}"
SETTINGS: Final = frozenset(
    {"kind", "title", "alt", "number_format", "stacked", "labels", "category_title", "value_title", "totals"}
)
_RIGHT_KEYS: Final = SETTINGS | {"categories", "series"}
_PARTS: Final = ("x", "values", "sizes")


class ChartFormError(ValueError):
    """Data that are no chart's, or that could be meant in several ways; the message ends with the right form."""

    def __init__(self, message: str) -> None:
        super().__init__(f"{message}: {RIGHT}")


def chart_form(value: object) -> dict[str, object]:
    """Categories, series and settings of a chart.

    Taken are `{categories, series}` with series as a list or by name, `{categories, NAME: [values], …}`, `{label: number, …}`, rows
    with a header, and records whose first field is the category.
    """
    if value.__class__ is dict and _is_right(value):
        return value
    if is_list(value):
        return _of_records(value) if all(isinstance(v, Mapping) for v in value) else _of_rows(value)
    if not isinstance(value, Mapping):
        raise ChartFormError("a chart needs categories and series")
    settings = {str(k): v for k, v in value.items() if _is_setting(k, v, value)}
    if "series" in value:
        return {**settings, "categories": value.get("categories"), "series": series_form(value["series"])}
    if "categories" in value:
        named = {k: v for k, v in value.items() if k != "categories" and k not in settings}
        return {**settings, "categories": value["categories"], "series": series_form(named)}
    totals = {"totals": settings["totals"]} if "totals" in settings else {}
    return {**totals, **_of_labels({k: v for k, v in value.items() if k not in totals})}


def _is_setting(key: object, value: object, data: Mapping[object, object]) -> bool:
    """Whether a key says something about the chart: a series or a category may be called "totals", too."""
    if key != "totals" or "series" in data:
        return key in SETTINGS
    return is_list(value) and not (value and all(_is_number(one) for one in value))


def total_names(value: object) -> tuple[str, ...] | None:
    """The names of the categories that are totals; None when the data do not say."""
    if value is not None and not is_list(value):
        raise ChartFormError("the totals of a chart are a list of its categories")
    return None if value is None else tuple(str(name) for name in value)


def _is_right(value: dict[str, object]) -> bool:
    """Whether the data are in the right form already, which is seen quickly."""
    series = value.get("series")
    return (
        "categories" in value
        and series.__class__ is list
        and bool(series)
        and all(one.__class__ is dict and one.get("values").__class__ is list for one in series)
        and value.keys() <= _RIGHT_KEYS
    )


def series_form(value: object) -> list[object]:
    """The series as a list; what is no mapping (a series already made) stays as it is."""
    if isinstance(value, Mapping):
        value = [_named(name, one) for name, one in value.items()]
    if not is_list(value) or not value:
        raise ChartFormError("a chart needs at least one series")
    if all(_is_number(one) for one in value):
        value = [value]
    return [_series(one) for one in value]


def category_paths(value: object) -> list[tuple[object, ...]]:
    """Each category with the groups above it, the outermost first: `[Q1]`, `[[2025, Q1]]`, `{2025: [Q1, Q2]}`."""
    if isinstance(value, Mapping):
        return [(name, *path) for name, below in value.items() for path in category_paths(below)]
    if value is None:
        return []
    if not is_list(value):
        raise ChartFormError("the categories of a chart are a list")
    paths = [tuple(one) if is_list(one) else (one,) for one in value]
    if len({len(path) for path in paths}) > 1 or () in paths:
        raise ChartFormError("all categories of a chart are on as many levels")
    return paths


def is_list(value: object) -> TypeGuard[Sequence[object]]:
    """Whether a value is a list (a text is none)."""
    return isinstance(value, list | tuple)


def _named(name: object, one: object) -> object:
    if isinstance(one, Mapping):
        return {"name": name, **one}
    if not is_list(one):
        raise ChartFormError(f'the series "{name}" has no list of values')
    return {"name": name, "values": one}


def _series(one: object) -> object:
    if is_list(one):
        one = {"name": "", "values": one}
    if not isinstance(one, Mapping):
        return one
    if "points" in one and "values" not in one:
        points = one["points"]
        rows = [list(p) for p in points if is_list(p)] if is_list(points) else []
        if (
            not rows
            or not is_list(points)
            or len(rows) != len(points)
            or len({len(r) for r in rows} - {2, 3})
        ):
            raise ChartFormError("points are lists of x and y, or of x, y and size")
        return {**one, **dict(zip(_PARTS, map(list, zip(*rows, strict=False)), strict=False))}
    if "values" not in one:
        raise ChartFormError("a series of a chart needs a name and values")
    return one


def _of_labels(value: Mapping[object, object]) -> dict[str, object]:
    if any(is_list(one) for one in value.values()):
        raise ChartFormError("these lists may be series or categories")
    return {"categories": list(value), "series": [{"name": "", "values": list(value.values())}]}


def _of_records(records: Sequence[object]) -> dict[str, object]:
    """Records with the same fields: the first is the category, the others are series."""
    if not records:
        raise ChartFormError("the list of a chart is empty")
    fields = [str(key) for key in records[0]] if isinstance(records[0], Mapping) else []
    if len(fields) < 2 or any(set(map(str, r)) != set(fields) for r in records if isinstance(r, Mapping)):
        raise ChartFormError("the records of a chart need the same fields, the category first")
    rows = [[{str(k): v for k, v in r.items()}[f] for f in fields] for r in records if isinstance(r, Mapping)]
    return _of_rows([fields, *rows])


def _of_rows(rows: Sequence[object]) -> dict[str, object]:
    """Rows with a header: the first column holds the categories, the others are series. One series needs no header."""
    table = [list(row) for row in rows if is_list(row)]
    width = len(table[0]) if table else 0
    if width < 2 or len(table) != len(rows) or any(len(row) != width for row in table):
        raise ChartFormError("the rows of a chart need the same length, the category first")
    names, body = table[0][1:], table[1:]
    if width == 2 and _is_number(names[0]):
        names, body = [""], table
    if not body or any(_is_number(name) or is_list(name) for name in names):
        raise ChartFormError("the rows of a chart need the names of the series above them")
    columns = list(zip(*body, strict=True))
    series = [{"name": n, "values": list(c)} for n, c in zip(names, columns[1:], strict=True)]
    return {"categories": list(columns[0]), "series": series}


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, int | float | Decimal) and not isinstance(value, bool))
