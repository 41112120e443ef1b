"""Expression tree → Python source for the functions the template compiler generates.

Three ways to read a path: `fast` is bare subscripts (`c["prospect"]["name"]`), `soft` yields None for what is missing,
`careful` raises MissingValue with the path. Everything else is calls of helpers from `runtime()`. No text of the author
gets into the source except as the `repr` of a constant or an identifier the parser has checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from collateral.diagnostics.lazy_dataclass import dataclass, replace
from collateral.expressions import nodes as n


@dataclass(frozen=True, slots=True)
class Access:
    """How names and missing values are treated."""

    names: Mapping[str, str]
    context: str = "c"
    formats: str = "L"
    mode: str = "fast"  # "fast", "soft" or "careful"

    def soft(self) -> Access:
        """The same, with None for what is missing."""
        return replace(self, mode="soft")


def generate(node: n.Node, access: Access) -> str:
    """Python source of one expression, parenthesised where it matters."""
    return _WRITERS[type(node)](node, access)


def _const(node: n.Const, access: Access) -> str:
    return f'x_decimal("{node.value}")' if isinstance(node.value, Decimal) else repr(node.value)


def _name(node: n.Name, access: Access) -> str:
    if node.id in access.names:
        return access.names[node.id]
    return _read(access.context, node.id, node.id, access.mode)


def _attr(node: n.Attr, access: Access) -> str:
    path = n.path_of(node)
    if path is not None and path in access.names:
        return access.names[path]
    mode = "careful" if path is None and access.mode == "fast" else access.mode
    return _read(generate(node.base, access), node.key, path or "", mode)


def _read(base: str, key: str | int, path: str, mode: str) -> str:
    if mode == "fast":
        return f"{base}[{key!r}]"
    if mode == "soft":
        return f"x_step({base}, {key!r})"
    return f"x_get({base}, {key!r}, {path!r})"


def _item(node: n.Item, access: Access) -> str:
    key = generate(node.key, access)
    step = f"x_step({generate(node.base, access)}, {key})"
    return step if access.mode == "soft" else f"x_need({step})"


def _cut(node: n.Cut, access: Access) -> str:
    parts = ["None" if p is None else generate(p, access) for p in (node.start, node.stop, node.step)]
    return f"x_cut({generate(node.base, access)}, {', '.join(parts)})"


def _list(items: Iterable[n.Node], access: Access) -> str:
    return ", ".join(generate(item, access) for item in items)


def _compare(node: n.Compare, access: Access) -> str:
    if len(node.steps) == 1:
        op, right = node.steps[0]
        return f"x_{op}({generate(node.left, access)}, {generate(right, access)})"
    operands = [node.left, *(right for _, right in node.steps)]
    operators = tuple(op for op, _ in node.steps)
    return f"x_chain({operators!r}, ({_list(operands, access)},))"


def _choice(node: n.Choice, access: Access) -> str:
    nothing = "None" if access.mode == "soft" else "''"
    no = nothing if node.no is None else generate(node.no, access)
    return f"({generate(node.yes, access)} if {generate(node.test, access.soft())} else {no})"


def _named(named: Iterable[tuple[str, n.Node]], access: Access) -> str:
    return "".join(f", {key}={generate(value, access)}" for key, value in named)


def _arguments(node: n.Filter | n.Is | n.Call, access: Access) -> str:
    named = () if isinstance(node, n.Is) else node.named
    return "".join(f", {generate(arg, access)}" for arg in node.args) + _named(named, access)


def _filter(node: n.Filter, access: Access) -> str:
    function = f"f_{node.name}"
    if node.name in ("default", "d"):
        return (
            f"{function}({access.formats}, {generate(node.operand, access.soft())}{_arguments(node, access)})"
        )
    operand = generate(node.operand, access)
    if access.mode == "soft":
        return f"x_soft({function}, {access.formats}, {operand}{_arguments(node, access)})"
    return f"{function}({access.formats}, {operand}{_arguments(node, access)})"


def _call(node: n.Call, access: Access) -> str:
    soft = access.soft() if node.name in ("known", "has") else access
    arguments = _list(node.args, soft) + _named(node.named, soft)
    return f"fn_{node.name}({arguments.removeprefix(', ')})"


_OPERATORS = {"+": "add", "-": "sub", "*": "mul", "/": "div", "//": "floordiv", "%": "mod", "**": "pow"}
_WRITERS: Mapping[type, Callable[[Any, Access], str]] = {
    n.Const: _const,
    n.Name: _name,
    n.Attr: _attr,
    n.Item: _item,
    n.Cut: _cut,
    n.ListOf: lambda node, access: f"[{_list(node.items, access)}]",
    n.DictOf: lambda node, access: (
        "{" + ", ".join(f"{generate(k, access)}: {generate(v, access)}" for k, v in node.pairs) + "}"
    ),
    n.Unary: lambda node, access: f"x_{'neg' if node.op == '-' else 'pos'}({generate(node.operand, access)})",
    n.Binary: lambda node, access: (
        f"x_{_OPERATORS[node.op]}({generate(node.left, access)}, {generate(node.right, access)})"
    ),
    n.Concat: lambda node, access: f"x_concat({access.formats}, ({_list(node.parts, access)},))",
    n.Compare: _compare,
    n.And: lambda node, access: f"({generate(node.left, access)} and {generate(node.right, access)})",
    n.Or: lambda node, access: f"({generate(node.left, access.soft())} or {generate(node.right, access)})",
    n.Not: lambda node, access: f"(not {generate(node.operand, access.soft())})",
    n.Choice: _choice,
    n.Filter: _filter,
    n.Is: lambda node, access: (
        f"t_{node.name}({generate(node.operand, access.soft())}{_arguments(node, access)})"
    ),
    n.Call: _call,
}
