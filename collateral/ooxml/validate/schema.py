"""What may stand inside what: the children and attributes of the elements Office files are made of.

In: element names as expat gives them (`uri local`). Out: a `Rule` per element, read from `schema_*.json` when it is
first asked for. These tables are made from the ISO/IEC 29500 transitional schemas by `tools/make_schema_table.py`, that of sections by hand there.
An element the tables do not know is never complained about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from collateral.ooxml.names import NAMESPACES

Check = Callable[[str], bool]

# a child's mark: its place times four, plus these
REQUIRED: Final = 2
SINGLE: Final = 1
ANYWHERE: Final = -4

_PREFIXES: Final = {uri: prefix for prefix, uri in NAMESPACES.items()}
_IN_FULL: Final = ("a", "p", "w", "c", "pic", "wp", "cdr")
_TABLES: Final = (*_IN_FULL, "p14")
_COVERED: Final = frozenset(NAMESPACES[prefix] for prefix in _IN_FULL)


def prefixed(name: str) -> str:
    """The name people know: `a:rPr` for `uri rPr`."""
    uri, _, local = name.rpartition(" ")
    return f"{_PREFIXES[uri]}:{local}" if uri in _PREFIXES else local


def full(name: str) -> str:
    """The name expat gives: `uri rPr` for `a:rPr`."""
    prefix, _, local = name.rpartition(":")
    return f"{NAMESPACES[prefix]} {local}" if prefix in NAMESPACES else local


class Rule:
    """What one element may hold. `children` maps a child to its mark (None: anything), `required` counts those that
    must be there, `attributes` maps an attribute to its check (None: any value), `needed` are those that must."""

    __slots__ = ("attributes", "children", "needed", "required")

    def __init__(self, entry: Mapping[str, Any]) -> None:
        self.children: dict[str, int] | None = None
        self.required = 0
        if "c" in entry:
            self.children = _marks(entry["c"])
            self.required = sum(1 for mark in self.children.values() if mark & REQUIRED)
        self.attributes: dict[str, Check | None] | None = None
        self.needed: tuple[str, ...] = ()
        if "a" in entry:
            self.attributes = {full(key): _check(value) for key, value in entry["a"].items()}
            self.needed = tuple(full(key) for key, value in entry["a"].items() if value.startswith("+"))

    def missing(self, seen: frozenset[str] | set[str]) -> list[str]:
        """The required children that are not among those seen."""
        marks = self.children or {}
        return [name for name, mark in marks.items() if mark & REQUIRED and name not in seen]


def _marks(text: str) -> dict[str, int]:
    marks: dict[str, int] = {}
    for place, group in enumerate(text.split()):
        single = SINGLE if group.endswith("!") else 0
        for name in group.rstrip("!").split("|"):
            required = REQUIRED if name.endswith("+") else 0
            child = full(name.rstrip("+"))
            # what may stand in several places may stand anywhere
            marks[child] = ANYWHERE if child in marks else place * 4 + required + single
    return marks


@cache
def _check(rule: str) -> Check | None:
    rule = rule.removeprefix("+")
    if " or " in rule:
        return _one_of([check for part in rule.split(" or ") if (check := _check(part)) is not None])
    if rule.startswith("~"):
        return _pattern_check(rule[1:])
    if rule.startswith("="):
        return frozenset(rule[1:].split("|")).__contains__
    if rule.startswith("x"):
        return _hex_check(int(rule[1:]))
    if rule.startswith("#"):
        low, _, high = rule[1:].partition("..")
        return _number_check(int(low) if low else None, int(high) if high else None)
    return None


def _one_of(checks: list[Check]) -> Check:
    def check(value: str) -> bool:
        return any(known(value) for known in checks)

    return check


def _pattern_check(pattern: str) -> Check:
    def check(value: str) -> bool:
        # compiled when it is needed: most values are plain numbers, which another rule takes
        return re.fullmatch(pattern, value.strip()) is not None

    return check


def _hex_check(length: int) -> Check:
    def check(value: str) -> bool:
        return len(value) == length and all(char in "0123456789abcdefABCDEF" for char in value)

    return check


def _number_check(low: int | None, high: int | None) -> Check:
    least = float("-inf") if low is None else low
    most = float("inf") if high is None else high

    def check(value: str) -> bool:
        try:
            number = int(value)
        except ValueError:
            return False
        # Python reads more than XML Schema allows
        return least <= number <= most and "_" not in value and value.isascii()

    return check


@cache
def _table(prefix: str) -> dict[str, Any]:
    """The elements of one namespace, empty for namespaces that are not covered."""
    if prefix not in _TABLES:
        return {}
    import json  # seldom needed: what finished parts hold is known from earlier pieces

    table: dict[str, Any] = json.loads((Path(__file__).parent / f"schema_{prefix}.json").read_bytes())
    return table


class _Rules(dict[str, "Rule | dict[str, Rule] | None"]):
    """Rules by element name, made when first asked for; a dict by parent where the parent decides."""

    def __missing__(self, name: str) -> Rule | dict[str, Rule] | None:
        known = prefixed(name)
        entry = _table(known.partition(":")[0]).get(known)
        rule: Rule | dict[str, Rule] | None = None
        if entry is not None:
            apart = entry.get("in")
            rule = (
                Rule(entry) if apart is None else {full(parent): Rule(own) for parent, own in apart.items()}
            )
        self[name] = rule
        return rule


RULES: Final = _Rules()


def covered(name: str) -> bool:
    """Whether the element is of a namespace the table knows in full."""
    return name.rpartition(" ")[0] in _COVERED
