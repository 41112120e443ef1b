"""What a rule came to, part by part, and what would have to change for it to hold.

In: an expression and the scope it is judged in. Out: plain values for `plan.explain` and the command line to show.
"""

from __future__ import annotations

from collections.abc import Mapping

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.expressions import nodes as n
from collateral.expressions import operators as o
from collateral.expressions.errors import Unknown, is_unknown
from collateral.expressions.evaluate import Definitions, Evaluation
from collateral.expressions.expression import Expression
from collateral.expressions.unparse import unparse

_NONE: Definitions = {}
_OPPOSITE = {
    "eq": "ne",
    "ne": "eq",
    "lt": "ge",
    "ge": "lt",
    "gt": "le",
    "le": "gt",
    "in": "notin",
    "notin": "in",
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """A sub-expression, what it came to, and the parts that decided. `truth` is None for unknown.

    `facts` are the (path, value) pairs it read; the value is None where nothing is known.
    """

    text: str
    value: object
    truth: bool | None
    facts: tuple[tuple[str, object], ...]
    parts: tuple[Explanation, ...] = ()


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A condition that does not hold, and what the data say: (path, value) pairs, None where nothing is known."""

    condition: str
    facts: tuple[tuple[str, object], ...]
    unknown: bool
    reason: str | None = None

    def __str__(self) -> str:
        if self.reason:
            return f"{self.condition} cannot be told: {self.reason}"
        if self.condition.endswith((_TO_BE_KNOWN, _TO_BE_UNKNOWN)):
            return self.condition
        said = [_said(path, value, alone=len(self.facts) == 1) for path, value in self.facts]
        return ", ".join([self.condition, *said])


_TO_BE_KNOWN, _TO_BE_UNKNOWN = " to be known", " to be unknown"


def _said(path: str, value: object, *, alone: bool) -> str:
    if value is None:
        return f"{path} is not known"
    return f"{'it' if alone else path} is {_shown(value)}"


def _shown(value: object) -> str:
    text = f'"{value}"' if isinstance(value, str) else str(value)
    if isinstance(value, list | tuple):
        text = "[" + ", ".join(_shown(item) for item in value[:8]) + "]"
    return text if len(text) <= 80 else text[:79] + "…"


def explain(
    expression: Expression, scope: Mapping[str, object], *, definitions: Definitions = _NONE
) -> Explanation:
    """The tree of what the expression and its decisive parts came to; definitions are opened."""
    return _explain(expression.node, Evaluation(scope, definitions), ())


def _explain(node: n.Node, evaluation: Evaluation, opened: tuple[str, ...]) -> Explanation:
    value = evaluation.of(node)
    truth = None if is_unknown(value) else bool(value)
    parts: tuple[Explanation, ...] = ()
    if isinstance(node, n.And | n.Or):
        parts = tuple(_explain(part, evaluation, opened) for part in _operands(node))
    elif isinstance(node, n.Not):
        parts = (_explain(node.operand, evaluation, opened),)
    elif (definition := _definition(node, evaluation, opened)) is not None:
        parts = (_explain(definition.node, evaluation, (*opened, definition.source)),)
    return Explanation(unparse(node), value, truth, _facts(node, evaluation), parts)


def _operands(node: n.And | n.Or) -> list[n.Node]:
    """The operands of a run of one connective, flat."""
    left = _operands(node.left) if isinstance(node.left, type(node)) else [node.left]
    right = _operands(node.right) if isinstance(node.right, type(node)) else [node.right]
    return [*left, *right]


def _definition(node: n.Node, evaluation: Evaluation, opened: tuple[str, ...]) -> Expression | None:
    if not isinstance(node, n.Name) or node.id in evaluation.scope:
        return None
    found = evaluation.definitions.get(node.id)
    return None if found is None or found.source in opened else found


def _facts(node: n.Node, evaluation: Evaluation) -> tuple[tuple[str, object], ...]:
    found: list[tuple[str, object]] = []
    for path in sorted(n.reads_of(node)):
        if path.partition(".")[0] in evaluation.scope:
            value: object = evaluation.scope
            for key in path.split("."):
                value = o.step(value, int(key) if key.isdecimal() and not isinstance(value, Mapping) else key)
            found.append((path, value))
    return tuple(found)


def shortfalls(
    expression: Expression, scope: Mapping[str, object], *, definitions: Definitions = _NONE
) -> tuple[Shortfall, ...]:
    """The fewest conditions that would have to change for the rule to hold; empty when it holds."""
    return _short(expression.node, True, Evaluation(scope, definitions), ())


def _short(
    node: n.Node, wanted: bool, evaluation: Evaluation, opened: tuple[str, ...]
) -> tuple[Shortfall, ...]:
    value = evaluation.of(node)
    if not is_unknown(value) and bool(value) is wanted:
        return ()
    if isinstance(node, n.Not):
        return _short(node.operand, not wanted, evaluation, opened)
    if isinstance(node, n.And | n.Or):
        parts = [_short(part, wanted, evaluation, opened) for part in _operands(node)]
        if isinstance(node, n.And) is wanted:
            return tuple({s.condition: s for part in parts for s in part}.values())
        return min((part for part in parts if part), key=lambda part: (len(part), not part[0].unknown))
    definition = _definition(node, evaluation, opened)
    if definition is not None:
        return _short(definition.node, wanted, evaluation, (*opened, definition.source))
    return (_leaf(node, wanted, value, evaluation),)


def _leaf(node: n.Node, wanted: bool, value: object, evaluation: Evaluation) -> Shortfall:
    reason = value.reason if isinstance(value, Unknown) else None
    unknown = is_unknown(value) or (wanted and _asks_whether_known(node) is not None)
    return Shortfall(_condition(node, wanted), _facts(node, evaluation), unknown, reason)


def _asks_whether_known(node: n.Node) -> n.Node | None:
    """What the node asks whether it is known."""
    if isinstance(node, n.Call) and node.name == "known" and len(node.args) == 1:
        return node.args[0]
    return node.operand if isinstance(node, n.Is) and node.name == "defined" else None


def _condition(node: n.Node, wanted: bool) -> str:
    asked = _asks_whether_known(node)
    if asked is not None:
        return unparse(asked) + (_TO_BE_KNOWN if wanted else _TO_BE_UNKNOWN)
    if wanted:
        return unparse(node)
    if isinstance(node, n.Compare) and len(node.steps) == 1:
        op, right = node.steps[0]
        return unparse(n.Compare(node.left, ((_OPPOSITE[op], right),)))
    return unparse(n.Not(node))
