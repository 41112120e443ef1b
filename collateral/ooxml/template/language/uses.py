"""What the tags of a template read: every path of the data, how it is used and where.

In: operations. Out: uses. A loop variable stands for its list's items ("rows[].price"). Nothing is evaluated.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence

from collateral.diagnostics.lazy_dataclass import replace
from collateral.expressions import nodes as n
from collateral.ooxml.template.language.op_facts import ends_with_else
from collateral.ooxml.template.language.ops import For, Guard, Hook, If, Op, Ops, Para, Set, Value, With
from collateral.ooxml.template.language.reads import (
    Env,
    Part,
    Perhaps,
    Reader,
    Use,
    above,
    attribute_of,
    implied,
    path_in,
    where_given,
)

_PARTS = frozenset({"batch", "slice"})
_OF_GROUPS = frozenset({"items", "keys", "values", "dictsort", "get", "attr", "split", "splitlines"})
"""The filters whose items are no items of a list of the data."""


def uses_of(ops: Ops, env: Env) -> Generator[Use, None, Env]:
    """Every use of the data in the operations, in reading order; returns what names stand for behind them."""
    for op in ops:
        env = yield from _op_uses(op, env)
    return env


def _op_uses(op: Op, env: Env) -> Generator[Use, None, Env]:
    if isinstance(op, Value):
        yield from Reader(env, op.place, op.tag).uses(op.expression.node, "text")
    elif isinstance(op, Set):
        yield from Reader(env, op.place, op.tag).uses(op.expression.node, "any")
        named = "." not in op.name and n.path_of(op.expression.node) is not None
        return {**env, op.name.partition(".")[0]: path_in(op.expression.node, env) if named else None}
    elif isinstance(op, With):
        inner = dict(env)
        for each in op.sets:
            inner |= yield from _op_uses(each, env)
        yield from uses_of(op.body, inner)
    elif isinstance(op, Hook) and op.expression is not None:
        kind = {"chart": "chart", "picture": "picture"}.get(op.name, "text")
        yield from Reader(env, op.place, op.tag).uses(op.expression.node, kind)
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
    """A branch is read where its condition is true and those before it are false."""
    after = [] if ends_with_else(op) else [env]
    given: frozenset[str] = frozenset()
    for branch in op.branches:
        known = given
        if branch.expression is not None:
            node = branch.expression.node
            asked = Reader(env, branch.place, branch.tag).uses(node, "boolean", optional=True)
            yield from where_given(asked, given)
            known, given = given | implied(node, env, truth=True), given | implied(node, env, truth=False)
        after.append((yield from _body_uses(branch.body, env, known)))
    return _either(after)


def _body_uses(ops: Ops, env: Env, given: frozenset[str]) -> Generator[Use, None, Env]:
    """The uses in a body that is read only where these paths are there."""
    uses = list[Use]()
    reading = uses_of(ops, env)
    while True:
        try:
            uses.append(next(reading))
        except StopIteration as end:
            yield from where_given(uses, given)
            return end.value  # type: ignore[no-any-return]


def _loop_uses(op: For, env: Env) -> Generator[Use, None, Env]:
    """What is set in a turn ends with it; what is set where there is no item goes on."""
    node, reader = op.expression.node, Reader(env, op.place, op.tag)
    yield from reader.uses(node, "list" if len(op.names) == 1 else "pairs")
    inner, path = loop_env(op.names, node, env), path_in(node, env)
    given = above(f"{path}[]") if path is not None else frozenset()
    if op.condition is not None:
        asked = replace(reader, env=inner).uses(op.condition.node, "boolean", optional=True)
        yield from where_given(asked, given)
        given |= implied(op.condition.node, inner, truth=True)
    yield from _body_uses(op.body, inner, given)
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
    path = path_in(node, env)
    wanted = list(names)
    inner: dict[str, str | None] = dict.fromkeys(wanted)
    last = node.name if isinstance(node, n.Filter) else ""
    if len(wanted) == 1 and path is not None and last == "groupby":
        inner[wanted[0]] = Part(path)
    elif len(wanted) == 1 and path is not None and last not in _OF_GROUPS:
        inner[wanted[0]] = path if last in _PARTS else type(path)(f"{path}[]{_mapped(node)}")
    elif len(wanted) == 2 and last == "groupby":
        inner[wanted[1]] = path
    return {**env, "loop": None, **inner}


def _mapped(node: n.Node) -> str:
    """The attribute that the items of a loop are, where it goes through `map(attribute=…)`."""
    attribute = attribute_of(node) if isinstance(node, n.Filter) and node.name == "map" else None
    return f".{attribute}" if attribute else ""
