"""What the tags of a template read: every path of the data, how it is used and where.

In: operations. Out: uses. A loop variable stands for its list's items ("rows[].price"). Nothing is evaluated.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from collateral.diagnostics import Place
from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.expressions import nodes as n
from collateral.expressions.filters import FILTERS
from collateral.expressions.parsing import LIST_FILTERS
from collateral.ooxml.template.language.op_facts import ends_with_else
from collateral.ooxml.template.language.ops import For, Guard, Hook, If, Op, Ops, Para, Set, Value, With

_FILTERS = {
    **dict.fromkeys(("money", "number", "percent", "round", "abs"), "number"),
    "date": "date",
    **dict.fromkeys(sorted(LIST_FILTERS - {"tojson"} | {"list"}), "list"),
    **dict.fromkeys(("items", "keys", "values", "dictsort", "get", "attr", "tojson", "urlencode"), "any"),
}
_PARTS = frozenset({"batch", "slice"})
_OF_GROUPS = frozenset({"items", "keys", "values", "dictsort", "get", "attr", "split", "splitlines"})
"""The filters whose items are no items of a list of the data."""
_ATTRIBUTES = {
    "map": 0, "sum": 0, "selectattr": 0, "rejectattr": 0, "groupby": 0, "unique": 0, "min": 0, "max": 0, "join": 1, "sort": 2,
}  # fmt: skip
"""The filters that look at an attribute of every item, with the place of its name among their arguments."""
_SOFT = frozenset({"default", "d"})


class Perhaps(str):
    """A path that a name stands for unless a branch that may not be taken set it."""

    __slots__ = ()


Env = Mapping[str, str | None]
"""What a name stands for: a path of the data, or None for what was set or counted in the template."""


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a path. `kind` is text, texts (text or a list of it), number, date, list, boolean, picture, chart or any; `optional` when the
    template can do without."""

    path: str
    kind: str
    optional: bool
    place: Place | None
    tag: str


def uses_of(ops: Ops, env: Env) -> Generator[Use, None, Env]:
    """Every use of the data in the operations, in reading order; returns what names stand for behind them."""
    for op in ops:
        env = yield from _op_uses(op, env)
    return env


def _op_uses(op: Op, env: Env) -> Generator[Use, None, Env]:
    if isinstance(op, Value):
        yield from node_uses(op.expression.node, env, "text", False, op.place, op.tag)
    elif isinstance(op, Set):
        yield from node_uses(op.expression.node, env, "any", False, op.place, op.tag)
        named = "." not in op.name and n.path_of(op.expression.node) is not None
        return {**env, op.name.partition(".")[0]: _path(op.expression.node, env) if named else None}
    elif isinstance(op, With):
        inner = dict(env)
        for each in op.sets:
            inner |= yield from _op_uses(each, env)
        yield from uses_of(op.body, inner)
    elif isinstance(op, Hook) and op.expression is not None:
        kind = {"chart": "chart", "picture": "picture"}.get(op.name, "text")
        yield from node_uses(op.expression.node, env, kind, False, op.place, op.tag)
    elif isinstance(op, If):
        return (yield from _branch_uses(op, env))
    elif isinstance(op, For):
        return (yield from _loop_uses(op, env))
    elif isinstance(op, Para) and op.whole:
        for use in uses_of(op.body, env):
            yield replace(use, kind="texts") if use.kind == "text" else use
    elif isinstance(op, Para | Guard):
        return (yield from uses_of(op.body, env))
    return env


def _branch_uses(op: If, env: Env) -> Generator[Use, None, Env]:
    after = [] if ends_with_else(op) else [env]
    for branch in op.branches:
        if branch.expression is not None:
            yield from node_uses(branch.expression.node, env, "boolean", True, branch.place, branch.tag)
        after.append((yield from uses_of(branch.body, env)))
    return _either(after)


def _loop_uses(op: For, env: Env) -> Generator[Use, None, Env]:
    """What is set in a turn ends with it; what is set where there is no item goes on."""
    listed = "list" if len(op.names) == 1 else "any"  # with two names it may be a group, or pairs
    yield from node_uses(op.expression.node, env, listed, False, op.place, op.tag)
    inner = loop_env(op.names, op.expression.node, env)
    if op.condition is not None:
        yield from node_uses(op.condition.node, inner, "boolean", True, op.place, op.tag)
    yield from uses_of(op.body, inner)
    return _either([env, (yield from uses_of(op.otherwise, env))])


def _either(envs: Sequence[Env]) -> Env:
    """What names stand for behind one of several branches. One that only some of them set may be the data's own."""
    first, *others = envs
    merged = dict(first)
    for name in dict.fromkeys(name for env in envs for name in env):
        known = [env.get(name, name) for env in envs]
        if any(each != known[0] for each in known):
            merged[name] = Perhaps(name) if any(each == name for each in known) else _only(known)
        elif others and any(isinstance(each, Perhaps) for each in known):
            merged[name] = Perhaps(known[0])
    return merged


def _only(paths: Sequence[str | None]) -> str | None:
    """The one path among these, which then is only perhaps meant; None when there are several."""
    known = {path for path in paths if path is not None}
    return Perhaps(known.pop()) if len(known) == 1 else None


def loop_env(names: Iterable[str], node: n.Node, env: Env) -> Env:
    """The names inside a loop over `node`. What `batch` and `groupby` make are parts of the list they take."""
    path = _path(node, env)
    wanted = list(names)
    inner: dict[str, str | None] = dict.fromkeys(wanted)
    last = node.name if isinstance(node, n.Filter) else ""
    if len(wanted) == 1 and path is not None and last != "groupby" and last not in _OF_GROUPS:
        inner[wanted[0]] = path if last in _PARTS else type(path)(f"{path}[]{_mapped(node)}")
    elif len(wanted) == 2 and last == "groupby":
        inner[wanted[1]] = path
    return {**env, "loop": None, **inner}


def _mapped(node: n.Node) -> str:
    """The attribute that the items of a loop are, where it goes through `map(attribute=…)`."""
    attribute = _attribute(node) if isinstance(node, n.Filter) and node.name == "map" else None
    return f".{attribute}" if attribute else ""


def _attribute(node: n.Filter) -> str | None:
    """The attribute of every item that a filter looks at; None when it looks at none, or at one that is worked out."""
    at = _ATTRIBUTES.get(node.name, len(node.args))
    given = dict(node.named).get("attribute") or (node.args[at] if at < len(node.args) else None)
    if not isinstance(given, n.Const) or not isinstance(given.value, str):
        return None
    is_filter = node.name == "map" and "attribute" not in dict(node.named) and given.value in FILTERS
    return None if is_filter or "," in given.value else given.value


def _path(node: n.Node, env: Env) -> str | None:
    """The data path a node means; None when it is no path or means nothing of the data."""
    while isinstance(node, n.Filter):
        node = node.operand
    path = n.path_of(node)
    if path is None:
        return None
    root, dot, rest = path.partition(".")
    if root in env:
        known = env[root]
        return None if known is None else type(known)(f"{known}{dot}{rest}")
    return path


def node_uses(
    node: n.Node, env: Env, kind: str, optional: bool, place: Place | None, tag: str
) -> Iterator[Use]:
    """Every use of the data in an expression whose result is used as `kind`."""
    if n.path_of(node) is not None:
        path = _path(node, env)
        if path is not None:
            yield Use(str(path), kind, optional or isinstance(path, Perhaps), place, tag)
    elif isinstance(node, n.Filter):
        yield from _filter_uses(node, env, kind, optional, place, tag)
    elif isinstance(node, n.Choice):
        yield from node_uses(node.test, env, "boolean", True, place, tag)
        for child in (node.yes, node.no):
            if child is not None:
                yield from node_uses(child, env, kind, optional, place, tag)
    elif isinstance(node, n.Or):
        yield from node_uses(node.left, env, kind, True, place, tag)
        yield from node_uses(node.right, env, kind, optional, place, tag)
    elif isinstance(node, n.Call):
        inner = node.name if node.name in ("chart", "picture") else "any"
        for argument in node.args:
            yield from node_uses(argument, env, inner, optional or node.name in ("known", "has"), place, tag)
        for _, argument in node.named:
            yield from node_uses(argument, env, "text", optional, place, tag)
    else:
        operands = _operand_kind(node) or kind
        for child in n.children(node):
            yield from node_uses(child, env, operands, optional, place, tag)


def _filter_uses(
    node: n.Filter, env: Env, kind: str, optional: bool, place: Place | None, tag: str
) -> Iterator[Use]:
    soft = node.name in _SOFT
    if kind == "picture" and node.name in ("first", "last"):
        for use in node_uses(node.operand, env, kind, optional, place, tag):
            yield replace(use, path=f"{use.path}[]") if use.kind == kind else use
    else:
        inner = _FILTERS.get(node.name, kind if soft else "text")
        yield from node_uses(node.operand, env, inner, optional or soft, place, tag)
    path, attribute = _path(node.operand, env), _attribute(node)
    if path is not None and attribute is not None:
        known = "number" if node.name == "sum" else "any"
        may_lack = optional or node.name != "map" or "default" in dict(node.named)
        yield Use(f"{path}[].{attribute}", known, may_lack, place, tag)
    for argument in node.args:
        yield from node_uses(argument, env, kind if soft else "any", optional, place, tag)


def _operand_kind(node: n.Node) -> str | None:
    """How the operands of a node are used; None: as its result is."""
    if isinstance(node, n.Binary | n.Unary):
        return "number" if not (isinstance(node, n.Binary) and node.op == "+") else "any"
    if isinstance(node, n.Concat):
        return "text"
    if isinstance(node, n.Compare):
        constants = [x for _, x in node.steps if isinstance(x, n.Const)]
        if constants and isinstance(constants[0].value, str):
            return "text"
        return (
            "number"
            if constants and not isinstance(constants[0].value, bool) and constants[0].value is not None
            else "any"
        )
    return "any" if isinstance(node, n.Item | n.Cut | n.Is) else None
