"""Small changes of a profile, and trying out whether one would bring a block in.

In: a case and what keeps a block out. Out: changes in words, and whether they suffice: the profile is changed in memory and
chosen for again. It never changes a profile on disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from collateral.diagnostics.lazy_dataclass import dataclass, replace
from collateral.expressions import Shortfall, parse
from collateral.expressions import nodes as n
from collateral.model.library import Block, BlockId
from collateral.plan.audience import Verdict
from collateral.plan.case import Case
from collateral.plan.select import fill_room
from collateral.plan.value_models import compute_values


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `how`: "set", "last" or "first" (in a list); None when it cannot be tried, as its value is open."""

    text: str
    fact: str = ""
    value: object = None
    how: str | None = None


Changes = tuple[Change, ...]


def in_words(changes: Iterable[Change]) -> str:
    """The changes as a reader sees them."""
    return "; ".join(change.text for change in changes)


def changes_for(case: Case, block: Block, verdict: Verdict) -> Iterator[Changes]:
    """What would make the block speak to the prospect and its rule hold, the smallest change first."""
    failing = (*verdict.mismatched, *verdict.unknown)
    rules = tuple(_rule_change(shortfall) for shortfall in case.failing_of(block))
    gentle = tuple(_audience_change(case, name, block.audience[name], "last") for name in failing)
    yield (*gentle, *rules)
    bold = tuple(_audience_change(case, name, block.audience[name], "first") for name in failing)
    if bold != gentle:
        yield (*bold, *rules)


def changes_that_raise(case: Case, verdict: Verdict) -> Iterator[Changes]:
    """Single changes that would give a block that speaks to the prospect more points."""
    for match in verdict.matches:
        dimension = case.library.dimensions.get(match.dimension)
        if dimension is None or match.points >= Decimal(dimension.weight):
            continue
        if match.parent:
            how = "first" if dimension.fact != dimension.id else "set"
            yield (Change(f"{dimension.fact}: {match.wanted} itself", dimension.fact, match.wanted, how),)
        else:
            yield (Change(f"put {match.has} first in {dimension.fact}", dimension.fact, match.has, "first"),)


def _audience_change(case: Case, name: str, wanted: tuple[str, ...], how: str) -> Change:
    """The narrower value where only the broader one is known, else the first the block is aimed at."""
    dimension, aim = case.library.dimensions.get(name), case.aims.get(name)
    if dimension is None or aim is None:
        return Change(f'define the dimension "{name}"')
    value = next((v for v in wanted if v in aim.narrower), wanted[0])
    if aim.known and aim.known[0][1].startswith("contacts."):
        return Change(f"a contact with {dimension.fact} {value}", dimension.fact, value, "last")
    if dimension.fact == dimension.id:
        return Change(f"{dimension.fact}: {value}", dimension.fact, value, "set")
    if not aim.known:
        return Change(f"{dimension.fact}: [{value}]", dimension.fact, value, "last")
    if how == "first":
        return Change(f"put {value} first in {dimension.fact}", dimension.fact, value, "first")
    return Change(f"add {value} to {dimension.fact}", dimension.fact, value, "last")


_STEP = {"gt": 1, "lt": -1, "ge": 0, "le": 0, "eq": 0}


def _rule_change(shortfall: Shortfall) -> Change:
    """A condition as a change; one that names a fact and a value can be tried."""
    expression, _ = parse(shortfall.condition)
    open_change = Change(shortfall.condition)
    if expression is None or not isinstance(expression.node, n.Compare) or len(expression.node.steps) != 1:
        return open_change
    op, right = expression.node.steps[0]
    left = expression.node.left
    if op == "in" and isinstance(left, n.Const) and (fact := _fact(right)):
        return Change(shortfall.condition, fact, left.value, "last")
    fact = _fact(left)
    if op == "in" and isinstance(right, n.ListOf) and right.items:
        op, right = "eq", right.items[0]
    if not fact or op not in _STEP or not isinstance(right, n.Const):
        return open_change
    value = right.value
    if _STEP[op]:
        if not isinstance(value, int | Decimal):
            return open_change
        value = value + _STEP[op]
    return Change(shortfall.condition, fact, value, "set")


def _fact(node: n.Node) -> str:
    """The top-level fact a path names; empty for anything else."""
    root, _, fact = (n.path_of(node) or "").partition(".")
    return fact if root == "prospect" and "." not in fact else ""


def brings_in(case: Case, id: BlockId, changes: Changes) -> bool | None:
    """Whether the block is picked once the profile says so; None when that cannot be tried."""
    if any(change.how is None for change in changes):
        return None
    facts = dict(case.prospect.facts)
    for change in changes:
        facts[change.fact] = _changed(case, facts, change)
    prospect = replace(case.prospect, facts=facts)
    values = case.values
    if case.library.value_models:
        values, _ = compute_values(
            case.library.value_models, prospect, as_of=case.as_of, definitions=case.definitions
        )
    changed = Case(case.library, prospect, case.template, case.as_of, case.language, case.index, values)
    return id in fill_room(changed)[0].present


def _changed(case: Case, facts: Mapping[str, object], change: Change) -> object:
    if change.how == "set":
        return change.value
    known = facts.get(change.fact)
    if known is None:
        known = [
            value
            for aim in case.aims.values()
            for value, path in aim.known
            if path.endswith(f".{change.fact}")
        ]
    listed = list(known) if isinstance(known, Sequence) and not isinstance(known, str) else [known]
    listed = [value for value in listed if value != change.value]
    return [change.value, *listed] if change.how == "first" else [*listed, change.value]
