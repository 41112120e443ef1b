"""What an expression reads: every path of the data, what kind of value it needs there, and whether it can do without.

In: an expression, and what the names in it stand for. Out: uses. Nothing is evaluated. What is asked of a value follows what filling
does: a missing value is false in a condition, an error where it is printed, compared by size or worked with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from collateral.diagnostics import Place
from collateral.diagnostics.lazy_dataclass import dataclass, replace
from collateral.expressions import nodes as n
from collateral.expressions.filters import FILTERS
from collateral.expressions.parsing import LIST_FILTERS

LIST_OF: Final = "list of "
"""How the kind of a list begins whose items must be of one kind: "list of text"."""
_GROUPS: Final = ("items", "keys", "values", "dictsort", "get", "attr")
_KINDS: Final = {
    **dict.fromkeys(("money", "number", "percent", "round", "abs", "float", "filesizeformat"), "number"),
    **dict.fromkeys(("date", "isoformat", "isoweekday", "strftime", "weekday"), "date"),
    **dict.fromkeys(sorted(LIST_FILTERS), "list"),
    **dict.fromkeys(_GROUPS, "group"),
    "string": "text",
    **dict.fromkeys(("tojson", "urlencode", "format"), "any"),
}
"""What the filters take; all others take text."""
_SAME_ITEMS: Final = frozenset(
    [
        "list",
        "sort",
        "unique",
        "reverse",
        "select",
        "reject",
        "selectattr",
        "rejectattr",
        "batch",
        "slice",
        "default",
        "d",
    ]
)
_ONE_ITEM: Final = frozenset({"first", "last", "min", "max"})
_ITEMS: Final = {"join": "text", "sum": "number"}
_ATTRIBUTES: Final = {
    "map": 0, "sum": 0, "selectattr": 0, "rejectattr": 0, "groupby": 0, "unique": 0, "min": 0, "max": 0, "join": 1, "sort": 2,
}  # fmt: skip
"""The filters that look at an attribute of every item, with the place of its name among their arguments."""
_ASKED: Final = {"sum": "number", **dict.fromkeys(("join", "groupby", "sort", "min", "max"), "text")}
"""Those of them that every item must have it for, with its kind."""
_SOFT: Final = frozenset({"default", "d"})
_SIZES: Final = frozenset({"lt", "le", "gt", "ge"})
_STRICT_TESTS: Final = frozenset(
    {"odd", "even", "divisibleby", "lt", "lessthan", "le", "gt", "greaterthan", "ge"}
)
_ABSENT: Final = frozenset({"undefined", "none"})
_STEP: Final = re.compile(r"\[\d*\]|[^.\[\]]+")


class Perhaps(str):
    """A path that a name stands for unless a branch that may not be taken set it."""

    __slots__ = ()


class Part(str):
    """The path of a list of which a name stands for a part and what its items share, as `groupby` gives them."""

    __slots__ = ()


Env = Mapping[str, str | None]
"""What a name stands for: a path of the data, or None for what was set or counted in the template."""


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a path. `kind` is any, boolean, text, texts (text or a list of it), string (a text, no yes/no value), number, date, list,
    group, pairs, picture or chart; `optional` when the template can do without, `given` are paths that are there wherever it is read."""

    path: str
    kind: str
    optional: bool
    place: Place | None
    tag: str
    given: frozenset[str] = frozenset()

    @property
    def needed(self) -> frozenset[str]:
        """The paths on the way to it, itself included, that data without would be an error."""
        return frozenset() if self.optional else above(self.path) - self.given


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads expressions where names stand for `env`; `place` and `tag` say where they were found."""

    env: Env
    place: Place | None
    tag: str

    def uses(self, node: n.Node, kind: str, *, optional: bool = False) -> Iterator[Use]:
        """Every use of the data in an expression whose result is used as `kind`."""
        path = path_in(node, self.env)
        if n.path_of(node) is not None:
            yield from self._path(path, kind, optional) if path is not None else ()
        elif isinstance(node, n.Filter):
            yield from self._filter(node, kind, optional)
        elif isinstance(node, n.Choice):
            yield from self._choice(node, kind, optional)
        elif isinstance(node, n.And | n.Or):
            yield from self._either(node, kind, optional)
        elif isinstance(node, n.Not):
            yield from self.uses(node.operand, "boolean", optional=True)
        elif isinstance(node, n.Is):
            yield from self._test(node)
        elif isinstance(node, n.Compare):
            yield from self._compare(node, optional)
        elif isinstance(node, n.Call):
            yield from self._call(node, optional)
        elif isinstance(node, n.Attr) and path is not None:  # a step from an item that a filter gives
            yield from self._path(path, kind, optional)
            yield from self.uses(node.base, "any", optional=optional)
        else:
            yield from self._operands(node, kind, optional)

    def _path(self, path: str, kind: str, optional: bool) -> Iterator[Use]:
        optional = optional or isinstance(path, Perhaps)
        is_list = kind.startswith(LIST_OF)
        yield Use(str(path), "list" if is_list else kind, optional, self.place, self.tag)
        if is_list:
            yield Use(f"{path}[]", kind.removeprefix(LIST_OF), True, self.place, self.tag)

    def _filter(self, node: n.Filter, kind: str, optional: bool) -> Iterator[Use]:
        soft = node.name in _SOFT
        path, attribute = path_in(node.operand, self.env), attribute_of(node)
        if soft:
            wanted = kind
        elif node.name in _ONE_ITEM and attribute is None:
            wanted = f"{LIST_OF}{kind}"
        elif node.name in _ITEMS and attribute is None:
            wanted = f"{LIST_OF}{_ITEMS[node.name]}"
        elif node.name in _SAME_ITEMS and (kind == "text" or kind.startswith(LIST_OF)):
            wanted = f"{LIST_OF}text" if kind == "text" else kind
        else:
            wanted = "list" if node.name == "list" else _KINDS.get(node.name, "string")
        yield from self.uses(node.operand, wanted, optional=optional or soft)
        if path is not None and attribute is not None:
            yield self._attribute(node, f"{path}[].{attribute}", kind, optional)
        elif path is not None and node.name in _ONE_ITEM and wanted.startswith(LIST_OF):
            item = Use(f"{path}[]", wanted.removeprefix(LIST_OF), optional, self.place, self.tag)
            yield replace(item, given=above(path))
        for argument in node.args:
            yield from self.uses(argument, kind if soft else "any", optional=optional)
        for _, argument in node.named:
            yield from self.uses(argument, "any", optional=optional)

    def _attribute(self, node: n.Filter, path: str, kind: str, optional: bool) -> Use:
        """What a filter looks at in every item."""
        known = _ASKED.get(node.name, "any")
        if node.name == "map" and kind.startswith(LIST_OF):
            known = kind.removeprefix(LIST_OF)
        may_lack = node.name not in (*_ASKED, "map") or "default" in dict(node.named)
        list_ = path.rpartition("[]")[0]
        return Use(path, known, optional or may_lack, self.place, self.tag, above(f"{list_}[]"))

    def _choice(self, node: n.Choice, kind: str, optional: bool) -> Iterator[Use]:
        yield from self.uses(node.test, "boolean", optional=True)
        for child, is_true in ((node.yes, True), (node.no, False)):
            if child is not None:
                uses = self.uses(child, kind, optional=optional)
                yield from where_given(uses, implied(node.test, self.env, truth=is_true))

    def _either(self, node: n.And | n.Or, kind: str, optional: bool) -> Iterator[Use]:
        """The right side is read where the left one is true, or where it is false."""
        is_and = isinstance(node, n.And)
        yield from self.uses(node.left, "boolean" if is_and else kind, optional=optional or not is_and)
        known = implied(node.left, self.env, truth=is_and)
        yield from where_given(self.uses(node.right, kind, optional=optional), known)

    def _test(self, node: n.Is) -> Iterator[Use]:
        strict = node.name in _STRICT_TESTS
        kind = "number" if node.name in ("odd", "even", "divisibleby") else "any"
        yield from self.uses(node.operand, kind, optional=not strict)
        for argument in node.args:
            yield from self.uses(argument, "any", optional=False)

    def _compare(self, node: n.Compare, optional: bool) -> Iterator[Use]:
        sides = [node.left, *(side for _, side in node.steps)]
        constants = [side.value for side in sides if isinstance(side, n.Const) and side.value is not None]
        by_size = any(sign in _SIZES for sign, _ in node.steps)
        has_list = any(sign in ("in", "notin") for sign, _ in node.steps)
        unknown = "string" if by_size else "any"
        kind = unknown if has_list or not constants else _kind_of(constants[0])
        for side in sides:
            yield from self.uses(side, kind, optional=optional and not by_size)

    def _call(self, node: n.Call, optional: bool) -> Iterator[Use]:
        inner = (
            node.name if node.name in ("chart", "picture") else "number" if node.name == "range" else "any"
        )
        may_lack = node.name in ("known", "has") or (optional and node.name != "range")
        for argument in node.args:
            yield from self.uses(argument, inner, optional=may_lack)
        for _, argument in node.named:
            yield from self.uses(argument, "text", optional=may_lack)

    def _operands(self, node: n.Node, kind: str, optional: bool) -> Iterator[Use]:
        """What is worked with must be there, also in a condition."""
        works = isinstance(node, n.Binary | n.Unary | n.Concat | n.Cut | n.Item)
        if isinstance(node, n.Cut) and (kind == "list" or kind.startswith(LIST_OF)):
            pass  # what is cut is what the result is
        elif isinstance(node, n.Binary | n.Unary):
            kind = _kind_of_sum(node) if isinstance(node, n.Binary) and node.op == "+" else "number"
        elif isinstance(node, n.Concat):
            kind = "text"
        elif works or isinstance(node, n.Attr):
            kind = "any"
        elif isinstance(node, n.ListOf) and kind.startswith(LIST_OF):
            kind = kind.removeprefix(LIST_OF)
        for child in n.children(node):
            yield from self.uses(child, kind, optional=optional and not works)


def where_given(uses: Iterable[Use], paths: frozenset[str]) -> Iterator[Use]:
    """The uses, known to be read only where these paths are there."""
    for use in uses:
        yield replace(use, given=use.given | paths) if paths else use


def implied(node: n.Node, env: Env, *, truth: bool) -> frozenset[str]:
    """The paths that are there for sure where a condition is true, or where it is false."""
    if isinstance(node, n.Not):
        return implied(node.operand, env, truth=not truth)
    if isinstance(node, n.And | n.Or):
        left, right = implied(node.left, env, truth=truth), implied(node.right, env, truth=truth)
        return left | right if isinstance(node, n.And) == truth else left & right
    if isinstance(node, n.Is):
        return implied(node.operand, env, truth=True) if (node.name in _ABSENT) != truth else frozenset()
    if isinstance(node, n.Call):
        asked = node.args if truth and node.name in ("known", "has") else ()
        return frozenset().union(*(implied(each, env, truth=True) for each in asked))
    if isinstance(node, n.Compare):
        return _implied_by_sides(node, env) if truth else frozenset()
    if isinstance(node, n.Filter):
        is_sure = truth and node.name not in _SOFT
        return implied(node.operand, env, truth=True) if is_sure else frozenset()
    path = path_in(node, env) if truth else None
    return above(path) if path is not None else frozenset()


def _implied_by_sides(node: n.Compare, env: Env) -> frozenset[str]:
    """What is equal to something, or in a list, is there."""
    (sign, right), *more = node.steps
    if more or sign not in ("eq", "in", *_SIZES):
        return frozenset()
    sides = [node.left, right]
    is_sure = sign != "eq" or any(isinstance(side, n.Const) and side.value is not None for side in sides)
    return frozenset().union(*(implied(side, env, truth=True) for side in sides if is_sure))


def path_in(node: n.Node, env: Env) -> str | None:
    """The data path a node means, or the list a filter takes; None when it is no path or means nothing of the data."""
    if isinstance(node, n.Name):
        return env.get(node.id, node.id)
    if isinstance(node, n.Cut):
        return path_in(node.base, env)
    if isinstance(node, n.Attr):
        is_worked_out = isinstance(node.base, n.Filter) and node.base.name not in _ONE_ITEM | _SAME_ITEMS
        base = None if is_worked_out else path_in(node.base, env)
        if isinstance(base, Part):
            return str(base) if node.key in ("list", 1) else None
        step = f"[{node.key}]" if isinstance(node.key, int) else f".{node.key}"
        return None if base is None else type(base)(f"{base}{step}")
    if isinstance(node, n.Or):
        is_empty = isinstance(node.right, n.ListOf | n.DictOf | n.Const)
        return path_in(node.left, env) if is_empty else None
    if isinstance(node, n.Filter):
        base = path_in(node.operand, env)
        if base is None or node.name not in _ONE_ITEM or attribute_of(node) is not None:
            return base
        return type(base)(f"{base}[]")
    return None


def attribute_of(node: n.Filter) -> str | None:
    """The attribute of every item that a filter looks at; None when it looks at none, or at one that is worked out."""
    at = _ATTRIBUTES.get(node.name, len(node.args))
    given = dict(node.named).get("attribute") or (node.args[at] if at < len(node.args) else None)
    if not isinstance(given, n.Const) or not isinstance(given.value, str):
        return None
    is_filter = node.name == "map" and "attribute" not in dict(node.named) and given.value in FILTERS
    return None if is_filter or "," in given.value else given.value


def steps_of(path: str) -> list[str]:
    """The steps of a path: `rows[].tags[0]` as rows, [], tags, [0]."""
    return _STEP.findall(path)


def above(path: str) -> frozenset[str]:
    """The path itself and those on the way to it."""
    ends = (found.end() for found in _STEP.finditer(path))
    return frozenset(path[:end] for end in ends)


def _kind_of_sum(node: n.Binary) -> str:
    """What is added to a number is one; all else may be texts and lists as well."""
    constants = [side.value for side in n.children(node) if isinstance(side, n.Const)]
    return "string" if constants and isinstance(constants[0], str) else "number" if constants else "any"


def _kind_of(constant: object) -> str:
    if isinstance(constant, bool):
        return "any"
    return "text" if isinstance(constant, str) else "number"
