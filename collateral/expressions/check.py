"""Static check: does every name exist, may every value be compared with what it is compared with?

In: an expression and a schema (root name → `Kind`). Out: diagnostics with did-you-mean. Nothing is evaluated.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from collateral.diagnostics import Diagnostic, Place, Span
from collateral.diagnostics.hints import did_you_mean
from collateral.expressions import nodes as n
from collateral.expressions.expression import Expression
from collateral.expressions.kinds import ANY, DATE, NUMBER, TEXT, YES_NO, Kind, Schema, list_of
from collateral.expressions.unparse import unparse

_NUMBERS_ONLY = frozenset({"money", "number", "percent", "round", "abs"})
_GIVES_TEXT = frozenset(
    {"money", "number", "percent", "date", "list", "upper", "lower", "title", "capitalize", "trim"}
    | {"join", "replace", "truncate", "plural", "string"}
    | {"format", "format_braces", "urlencode", "center", "indent", "wordwrap", "striptags", "tojson"}
    | {"filesizeformat", "ljust", "rjust", "zfill", "lstrip", "rstrip", "removeprefix", "removesuffix"}
    | {"swapcase", "casefold", "isoformat"}
)
_GIVES_NUMBER = frozenset(
    {"length", "count", "int", "float", "round", "abs", "sum", "wordcount", "find", "rfind"}
)


def check(
    expression: Expression,
    schema: Schema,
    *,
    definitions: Collection[str] = (),
    at: Span | Place | None = None,
) -> list[Diagnostic]:
    """What is wrong with the names and kinds in an expression; definitions count as names of any kind."""
    scope = {**dict.fromkeys(definitions, ANY), **schema}
    return list(_Checker(scope, at).findings(expression.node))


class _Checker:
    def __init__(self, schema: Schema, at: Span | Place | None) -> None:
        self.schema, self.at = schema, at

    def findings(self, node: n.Node) -> Iterator[Diagnostic]:
        if isinstance(node, n.Name | n.Attr) and n.path_of(node) is not None:
            yield from self._path(node)
            return
        if isinstance(node, n.Compare):
            yield from self._compare(node)
        elif isinstance(node, n.Filter):
            yield from self._filter(node)
        for child in n.children(node):
            yield from self.findings(child)

    def _path(self, node: n.Name | n.Attr) -> Iterator[Diagnostic]:
        keys = (n.path_of(node) or "").split(".")
        kind = self.schema.get(keys[0])
        if kind is None:
            hints = did_you_mean(keys[0], self.schema)
            yield Diagnostic.error("unknown-name", f'there is no "{keys[0]}"', self.at, *hints)
            return
        for position, key in enumerate(keys[1:], 1):
            problem = self._step(kind, key, ".".join(keys[:position]))
            if problem is not None:
                yield problem
                return
            kind = below(kind, key)

    def _step(self, kind: Kind, key: str, path: str) -> Diagnostic | None:
        if kind.name == "any" or (kind.name == "list" and key.lstrip("-").isdecimal()):
            return None
        if kind.name == "group":
            if kind.open or key in kind.fields:
                return None
            return Diagnostic.error(
                "unknown-fact", f'"{path}" has no "{key}"', self.at, *did_you_mean(key, kind.fields)
            )
        hint = f'take one item, such as {path}[0].{key}, or use "for"' if kind.name == "list" else ""
        hints = (hint,) if hint else ()
        return Diagnostic.error("wrong-kind", f'"{path}" is {kind} and has no "{key}"', self.at, *hints)

    def _compare(self, node: n.Compare) -> Iterator[Diagnostic]:
        left = node.left
        for op, right in node.steps:
            yield from self._pair(op, left, right)
            yield from self._pair(op, right, left) if op in ("eq", "ne") else ()
            if op in ("in", "notin"):
                yield from self._membership(left, right)
            left = right

    def _pair(self, op: str, subject: n.Node, other: n.Node) -> Iterator[Diagnostic]:
        kind = self.kind(subject)
        if op in ("in", "notin"):
            for item in other.items if isinstance(other, n.ListOf) else ():
                yield from self._allowed(subject, kind, item)
            return
        refused = list(self._allowed(subject, kind, other))
        yield from refused
        against = self.kind(other)
        if refused:
            return
        if op in ("lt", "le", "gt", "ge") and _clash(kind, against):
            message = f"{unparse(subject)} is {kind} and cannot be compared with {against}"
            yield Diagnostic.error("wrong-kind", message, self.at)
        elif kind.name == "list" and isinstance(other, n.Const) and isinstance(other.value, str):
            hint = f"write {unparse(other)} in {unparse(subject)}"
            yield Diagnostic.error(
                "wrong-kind", f"{unparse(subject)} is a list and never {unparse(other)}", self.at, hint
            )

    def _membership(self, item: n.Node, container: n.Node) -> Iterator[Diagnostic]:
        kind = self.kind(container)
        if kind.name == "list" and kind.item is not None:
            yield from self._allowed(container, kind.item, item)
        elif kind.name in ("number", "date", "yes/no"):
            yield Diagnostic.error(
                "wrong-kind", f"{unparse(container)} is {kind}, no list to look in", self.at
            )

    def _allowed(self, subject: n.Node, kind: Kind, value: n.Node) -> Iterator[Diagnostic]:
        if not isinstance(value, n.Const) or not isinstance(value.value, str):
            return
        if kind.values and value.value not in kind.values:
            hints = did_you_mean(value.value, kind.values)
            message = f'{unparse(subject)} is never "{value.value}"'
            yield Diagnostic.error("unknown-value", message, self.at, *hints)
        elif kind.name in ("number", "yes/no"):
            yield Diagnostic.error(
                "wrong-kind", f'{unparse(subject)} is {kind}, never the text "{value.value}"', self.at
            )

    def _filter(self, node: n.Filter) -> Iterator[Diagnostic]:
        kind = self.kind(node.operand)
        numeric = kind.name in ("number", "any") or (node.name == "money" and "value" in kind.fields)
        if node.name in _NUMBERS_ONLY and not numeric:
            message = f'"{node.name}" needs a number, {unparse(node.operand)} is {kind}'
            yield Diagnostic.error("wrong-kind", message, self.at)

    def kind(self, node: n.Node) -> Kind:
        """What kind of value a node yields, as far as that can be told."""
        path = n.path_of(node)
        if path is not None:
            root, *keys = path.split(".")
            kind = self.schema.get(root, ANY)
            for key in keys:
                kind = below(kind, key)
            return kind
        if isinstance(node, n.Const):
            return _literal(node)
        if isinstance(node, n.Filter):
            return _filtered(node.name)
        if isinstance(node, n.Compare | n.Not | n.Is):
            return YES_NO
        if isinstance(node, n.ListOf):
            return list_of(ANY)
        return TEXT if isinstance(node, n.Concat) else ANY


def below(kind: Kind, key: str) -> Kind:
    """The kind one step down; any where that cannot be told."""
    if kind.name == "list" and key.lstrip("-").isdecimal():
        return kind.item or ANY
    return kind.fields.get(key, ANY)


def _literal(node: n.Const) -> Kind:
    if node.value is None:
        return ANY
    if isinstance(node.value, bool):
        return YES_NO
    return TEXT if isinstance(node.value, str) else NUMBER


def _filtered(name: str) -> Kind:
    if name in _GIVES_TEXT:
        return TEXT
    return NUMBER if name in _GIVES_NUMBER else ANY


def _clash(one: Kind, other: Kind) -> bool:
    comparable = {"number", "text", "date"}
    if one.name == "any" or other.name == "any":
        return False
    if {one.name, other.name} == {"date", "text"}:
        return one is not DATE and other is not DATE
    return one.name != other.name or one.name not in comparable
