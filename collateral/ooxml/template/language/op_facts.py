"""What operations read from the data, set, and cost at most.

In: operations. Out: expressions, names, paths of the data, numbers of bytes. Nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from collateral.diagnostics.lazy_dataclass import replace
from collateral.expressions import Expression
from collateral.ooxml.template.language.ops import (
    CHART,
    For,
    Guard,
    Hook,
    If,
    Ops,
    Para,
    Set,
    Static,
    Value,
    With,
)


def set_names(ops: Ops) -> Iterator[str]:
    """The names set in the operations; those set in a loop are the loop's, but for what a namespace holds."""
    for op in ops:
        if isinstance(op, Set):
            yield op.name
        elif isinstance(op, If):
            for branch in op.branches:
                yield from set_names(branch.body)
        elif isinstance(op, Para | Guard):
            yield from set_names(op.body)
        elif isinstance(op, For | With):
            yield from (name for name in set_names(op.body) if "." in name)
            yield from set_names(op.otherwise) if isinstance(op, For) else ()


def ends_with_else(op: If) -> bool:
    """Whether one of the branches is taken in any case."""
    last = op.branches[-1]
    return last.expression is None and not (last.piece or last.series or last.about)


def expressions_of(ops: Ops) -> list[Expression]:
    """Every expression in the operations."""
    found: list[Expression] = []
    for op in ops:
        if isinstance(op, Value | Set) or (isinstance(op, Hook) and op.expression is not None):
            found.append(op.expression)  # type: ignore[arg-type]
        elif isinstance(op, If):
            for branch in op.branches:
                found += [branch.expression] if branch.expression else []
                found += expressions_of(branch.body)
        elif isinstance(op, For):
            found += [op.expression, *([op.condition] if op.condition else [])]
            found += expressions_of(op.body) + expressions_of(op.otherwise)
        elif isinstance(op, Para | Guard | With):
            found += [each.expression for each in op.sets] if isinstance(op, With) else []
            found += expressions_of(op.body)
    return found


def arguments_of(ops: Ops, hook: str) -> set[object]:
    """The arguments of all hooks of this name."""
    found: set[object] = set()
    for op in ops:
        if isinstance(op, Hook):
            found |= {op.argument} if op.name == hook else set()
        elif isinstance(op, If):
            found = found.union(*(arguments_of(branch.body, hook) for branch in op.branches))
        elif isinstance(op, For | Para | Guard | With):
            found |= arguments_of(op.body, hook)
    return found


def with_behind(ops: Ops, hook: str, argument: object, more: Ops) -> Ops:
    """The operations with others behind every hook of this name and argument."""
    made: Ops = []
    for op in ops:
        if isinstance(op, If):
            branches = [replace(b, body=with_behind(b.body, hook, argument, more)) for b in op.branches]
            made.append(replace(op, branches=branches))
        elif isinstance(op, For | Para | Guard | With):
            made.append(replace(op, body=with_behind(op.body, hook, argument, more)))
        else:
            is_it = isinstance(op, Hook) and op.name == hook and op.argument == argument
            made += [op, *more] if is_it else [op]
    return made


def reads_loop(ops: Ops) -> bool:
    """Whether anything in them asks for the turn of a loop, as the texts of a chart may."""
    return any("loop" in e.names for e in expressions_of(ops)) or bool(arguments_of(ops, CHART))


def cost_of(ops: Ops) -> int:
    """Bytes one round of a loop writes at most, long values apart (they are counted as they come)."""
    total = 0
    for op in ops:
        if isinstance(op, Static):
            total += len(op.data)
        elif isinstance(op, Value | Hook):
            total += 200
        elif isinstance(op, Para | Guard | With):
            total += cost_of(op.body)
        elif isinstance(op, If):
            total += max((cost_of(b.body) for b in op.branches), default=0)
    return total


def always_written(ops: Ops) -> Iterator[bytes]:
    """The bytes that stand in what the operations write whatever the data are; more may always stand there."""
    for op in ops:
        if isinstance(op, Static):
            yield op.data
        elif isinstance(op, Hook) and not op.name.startswith("picture"):
            yield repr(op.argument).encode()
        elif isinstance(op, With) or (isinstance(op, Para | Guard) and _stays(op)):
            yield from always_written(op.body)


def _stays(op: Para | Guard) -> bool:
    """Whether something of it is always written."""
    if isinstance(op, Guard):
        return not op.needs
    return any(isinstance(each, Static) and each.shows for each in op.body)


def fields_of(parts: Iterable[Ops]) -> tuple[str, ...]:
    """The paths the operations read from the data, loop variables and set names left out; sorted."""
    found: set[str] = set()
    for ops in parts:
        _collect_fields(ops, frozenset({"loop"}), found)
    return tuple(sorted(found))


def _collect_fields(ops: Ops, local: frozenset[str], found: set[str]) -> frozenset[str]:
    for op in ops:
        if isinstance(op, Value | Hook):
            found |= op.expression.reads_outside(local) if op.expression is not None else set()
        elif isinstance(op, Set):
            found |= op.expression.reads_outside(local)
            local |= {op.name.partition(".")[0]}
        elif isinstance(op, If):
            after = [] if ends_with_else(op) else [local]
            for branch in op.branches:
                found |= branch.expression.reads_outside(local) if branch.expression is not None else set()
                after.append(_collect_fields(branch.body, local, found))
            local = frozenset.intersection(*after)
        elif isinstance(op, For):
            found |= op.expression.reads_outside(local)
            inner = local | set(op.names)
            found |= op.condition.reads_outside(inner) if op.condition is not None else set()
            _collect_fields(op.body, inner, found)
            _collect_fields(op.otherwise, local, found)
        elif isinstance(op, With):
            for each in op.sets:
                found |= each.expression.reads_outside(local)
            _collect_fields(op.body, local | {each.name for each in op.sets}, found)
        elif isinstance(op, Para | Guard):
            local = _collect_fields(op.body, local, found)
    return local
