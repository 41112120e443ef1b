"""A node back to text, as an author would write it: for explanations and messages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from collateral.expressions import nodes as n

_RANK: Mapping[type, int] = {n.Choice: 0, n.Or: 1, n.And: 2, n.Not: 3, n.Compare: 4, n.Concat: 5, n.Binary: 6}
_ATOM = 9


def unparse(node: n.Node) -> str:
    """The expression as text; parentheses only where the meaning needs them."""
    return _WRITERS[type(node)](node)


def _inner(node: n.Node, rank: int) -> str:
    text = unparse(node)
    return f"({text})" if _RANK.get(type(node), _ATOM) < rank else text


def _const(node: n.Const) -> str:
    if isinstance(node.value, str):
        return '"' + node.value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if node.value is None or isinstance(node.value, bool):
        return str(node.value).lower()
    return format(node.value, "f") if isinstance(node.value, Decimal) else str(node.value)


def _attr(node: n.Attr) -> str:
    base = _inner(node.base, _ATOM)
    plain = isinstance(node.key, str) and node.key.isidentifier()
    return f"{base}.{node.key}" if plain else f"{base}[{_const(n.Const(node.key))}]"


def _cut(node: n.Cut) -> str:
    parts = [unparse(p) if p is not None else "" for p in (node.start, node.stop)]
    step = f":{unparse(node.step)}" if node.step is not None else ""
    return f"{_inner(node.base, _ATOM)}[{':'.join(parts)}{step}]"


def _compare(node: n.Compare) -> str:
    steps = " ".join(f"{n.SIGNS[op]} {_inner(right, 5)}" for op, right in node.steps)
    return f"{_inner(node.left, 5)} {steps}"


def _choice(node: n.Choice) -> str:
    tail = f" else {unparse(node.no)}" if node.no is not None else ""
    return f"{_inner(node.yes, 1)} if {_inner(node.test, 1)}{tail}"


def _arguments(args: Iterable[n.Node], named: Iterable[tuple[str, n.Node]] = ()) -> str:
    return ", ".join([*map(unparse, args), *(f"{key}={unparse(value)}" for key, value in named)])


def _filter(node: n.Filter) -> str:
    arguments = _arguments(node.args, node.named)
    return f"{_inner(node.operand, 7)} | {node.name}" + (f"({arguments})" if arguments else "")


def _test(node: n.Is) -> str:
    arguments = _arguments(node.args)
    return f"{_inner(node.operand, 5)} is {node.name}" + (f"({arguments})" if arguments else "")


_WRITERS: Mapping[type, Callable[[Any], str]] = {
    n.Const: _const,
    n.Name: lambda node: str(node.id),
    n.Attr: _attr,
    n.Item: lambda node: f"{_inner(node.base, _ATOM)}[{unparse(node.key)}]",
    n.Cut: _cut,
    n.ListOf: lambda node: f"[{_arguments(node.items)}]",
    n.DictOf: lambda node: "{" + ", ".join(f"{unparse(k)}: {unparse(v)}" for k, v in node.pairs) + "}",
    n.Unary: lambda node: f"{node.op}{_inner(node.operand, _ATOM)}",
    n.Binary: lambda node: f"{_inner(node.left, 6)} {node.op} {_inner(node.right, 7)}",
    n.Concat: lambda node: " ~ ".join(_inner(part, 6) for part in node.parts),
    n.Compare: _compare,
    n.And: lambda node: f"{_inner(node.left, 2)} and {_inner(node.right, 2)}",
    n.Or: lambda node: f"{_inner(node.left, 1)} or {_inner(node.right, 1)}",
    n.Not: lambda node: f"not {_inner(node.operand, 4)}",
    n.Choice: _choice,
    n.Filter: _filter,
    n.Is: _test,
    n.Call: lambda node: f"{node.name}({_arguments(node.args, node.named)})",
}
