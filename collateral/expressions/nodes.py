"""The expression tree: our own few node kinds, so that a cached expression needs no Jinja.

Named tuples, because they unpickle several times faster than data classes and a library holds thousands of them.
They carry no behaviour apart from being turned back into text.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from collateral.diagnostics.lazy_namedtuple import NamedTuple


class Const(NamedTuple):
    """A literal: text, a number (fractions are Decimal), true, false or none."""

    value: str | int | bool | Decimal | None


class Name(NamedTuple):
    """A root name: "prospect", "value", a loop variable, a definition."""

    id: str


class Attr(NamedTuple):
    """`base.key` or `base["key"]` or `base[0]`: a step with a constant key."""

    base: Node
    key: str | int


class Item(NamedTuple):
    """`base[key]` with a computed key."""

    base: Node
    key: Node


class Cut(NamedTuple):
    """`base[start:stop:step]`."""

    base: Node
    start: Node | None
    stop: Node | None
    step: Node | None


class ListOf(NamedTuple):
    """`[a, b]` or `(a, b)`."""

    items: tuple[Node, ...]


class DictOf(NamedTuple):
    """`{"a": 1}`."""

    pairs: tuple[tuple[Node, Node], ...]


class Unary(NamedTuple):
    """`-x` or `+x`."""

    op: str
    operand: Node


class Binary(NamedTuple):
    """Arithmetic: + - * / // % **."""

    op: str
    left: Node
    right: Node


class Concat(NamedTuple):
    """`a ~ b`: joined as text."""

    parts: tuple[Node, ...]


class Compare(NamedTuple):
    """`left op right op right …`; the operators are eq ne lt le gt ge in notin."""

    left: Node
    steps: tuple[tuple[str, Node], ...]


class And(NamedTuple):
    """Both."""

    left: Node
    right: Node


class Or(NamedTuple):
    """Either."""

    left: Node
    right: Node


class Not(NamedTuple):
    """Negation."""

    operand: Node


class Choice(NamedTuple):
    """`yes if test else no`."""

    test: Node
    yes: Node
    no: Node | None


class Filter(NamedTuple):
    """`operand | name(args)`."""

    name: str
    operand: Node
    args: tuple[Node, ...]
    named: tuple[tuple[str, Node], ...]


class Is(NamedTuple):
    """`operand is name(args)`."""

    name: str
    operand: Node
    args: tuple[Node, ...]


class Call(NamedTuple):
    """`name(args)` of a listed function."""

    name: str
    args: tuple[Node, ...]
    named: tuple[tuple[str, Node], ...]


Node = (
    Const | Name | Attr | Item | Cut | ListOf | DictOf | Unary | Binary | Concat | Compare
    | And | Or | Not | Choice | Filter | Is | Call
)  # fmt: skip

NODE_KINDS: tuple[type, ...] = (
    Const, Name, Attr, Item, Cut, ListOf, DictOf, Unary, Binary, Concat, Compare,
    And, Or, Not, Choice, Filter, Is, Call,
)  # fmt: skip
SIGNS = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "in": "in", "notin": "not in"}


def children(node: Node) -> Iterator[Node]:
    """The nodes directly below, in the order they are written."""
    for part in node:
        yield from _nodes_in(part)


def _nodes_in(part: object) -> Iterator[Node]:
    if isinstance(part, NODE_KINDS):
        yield part  # type: ignore[misc]
    elif isinstance(part, tuple):
        for inner in part:
            yield from _nodes_in(inner)


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it."""
    yield node
    for child in children(node):
        yield from walk(child)


def path_of(node: Node) -> str | None:
    """The dotted path of a name or of steps with constant keys from a name; None for anything else."""
    steps: list[str] = []
    while isinstance(node, Attr):
        steps.append(str(node.key))
        node = node.base
    if not isinstance(node, Name):
        return None
    return ".".join([node.id, *reversed(steps)])


def reads_of(node: Node) -> frozenset[str]:
    """The longest constant paths the node may read."""
    path = path_of(node)
    if path is not None:
        return frozenset({path})
    return frozenset().union(*(reads_of(child) for child in children(node)))


_KINDS = {kind.__name__: kind for kind in NODE_KINDS}


def pack(node: Node) -> tuple[object, ...]:
    """The node as nested tuples of text and numbers, each beginning with its kind."""
    return ("@" + type(node).__name__, *(_pack(part) for part in node))


def _pack(part: object) -> object:
    if isinstance(part, NODE_KINDS):
        return pack(part)  # type: ignore[arg-type]
    if isinstance(part, tuple):
        return tuple(_pack(inner) for inner in part)
    return ("@decimal", str(part)) if isinstance(part, Decimal) else part


def unpack(packed: object) -> Node:
    """The node again; raises TypeError, ValueError or LookupError for anything `pack` did not make."""
    node = _unpack(packed)
    if not isinstance(node, NODE_KINDS):
        raise TypeError("not a node")
    return node  # type: ignore[return-value]


def _unpack(part: object) -> object:
    if not isinstance(part, tuple):
        return part
    head = part[0] if part else None
    if isinstance(head, str) and head.startswith("@"):
        if head == "@decimal":
            return Decimal(part[1])
        return _KINDS[head[1:]](*(_unpack(inner) for inner in part[1:]))
    return tuple(_unpack(inner) for inner in part)
