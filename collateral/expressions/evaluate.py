"""Rules: three-valued evaluation, after Kleene.

Unknown and false is false, unknown or true is true; every comparison with something unknown is unknown; `known(x)`
and `x is defined` ask. Never raises for data: what does not fit is unknown, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from collateral.expressions import nodes as n
from collateral.expressions import operators as o
from collateral.expressions.arguments import to_text
from collateral.expressions.errors import (
    ExpressionError,
    MissingValue,
    Unknown,
    is_false,
    is_true,
    is_unknown,
    merge,
)
from collateral.expressions.expression import Expression
from collateral.expressions.filters import FILTERS
from collateral.expressions.formats import Formats
from collateral.expressions.runtime import CALLS
from collateral.expressions.value_tests import TESTS

Definitions = Mapping[str, Expression]
_NONE: Definitions = {}
_PLAIN = Formats()


def evaluate(
    expression: Expression,
    scope: Mapping[str, object],
    *,
    definitions: Definitions = _NONE,
    formats: Formats = _PLAIN,
) -> object:
    """The value, or an `Unknown` saying which facts would have to be known (or why the data do not fit).

    A root name that the scope lacks is looked for among the definitions.
    """
    return Evaluation(scope, definitions, formats).of(expression.node)


class Evaluation:
    """One scope in which nodes are evaluated."""

    def __init__(
        self, scope: Mapping[str, object], definitions: Definitions, formats: Formats = _PLAIN
    ) -> None:
        self.scope, self.definitions, self.formats = scope, definitions, formats
        self._open: list[str] = []  # definitions being evaluated

    def of(self, node: n.Node) -> object:
        """The value of a node."""
        try:
            return _RULES[type(node)](self, node)
        except MissingValue as missing:
            return Unknown((missing.path,) if missing.path else tuple(sorted(n.reads_of(node))))
        except ExpressionError as error:
            return Unknown((), str(error))
        except (TypeError, ValueError, ArithmeticError, LookupError, RecursionError) as error:
            return Unknown((), f"cannot be worked out: {error}")

    def name(self, node: n.Name) -> object:
        found = self.scope.get(node.id)
        if found is not None:
            return found
        definition = self.definitions.get(node.id)
        if definition is None:
            return Unknown((node.id,))
        if node.id in self._open:
            return Unknown((), f'the definition "{node.id}" refers to itself')
        self._open.append(node.id)
        try:
            return self.of(definition.node)
        finally:
            self._open.pop()

    def attribute(self, node: n.Attr) -> object:
        base = self.of(node.base)
        found = None if is_unknown(base) else o.step(base, node.key)
        if found is not None:
            return found
        path = n.path_of(node)
        if path is not None and not (is_unknown(base) and base.reason):
            return Unknown((path,))
        return base if is_unknown(base) else Unknown(tuple(sorted(n.reads_of(node))))

    def item(self, node: n.Item) -> object:
        base, key = self.of(node.base), self.of(node.key)
        if is_unknown(base) or is_unknown(key):
            return merge(base, key)
        found = o.step(base, key)
        return Unknown(tuple(sorted(n.reads_of(node)))) if found is None else found

    def both(self, node: n.And) -> object:
        left = self.of(node.left)
        if is_false(left):
            return left
        right = self.of(node.right)
        if is_true(left) or is_false(right):
            return right
        return merge(left, right)

    def either(self, node: n.Or) -> object:
        left = self.of(node.left)
        if is_true(left):
            return left
        right = self.of(node.right)
        if is_false(left) or is_true(right):
            return right
        return merge(left, right)

    def negation(self, node: n.Not) -> object:
        value = self.of(node.operand)
        return value if is_unknown(value) else not value

    def compare(self, node: n.Compare) -> object:
        left = self.of(node.left)
        result: object = True
        for op, right_node in node.steps:
            right = self._right_side(op, right_node)
            one = self._compared(op, left, right)
            if is_false(one):
                return False
            result = merge(result, one) if is_unknown(result) or is_unknown(one) else True
            left = right
        return result

    def _right_side(self, op: str, node: n.Node) -> object:
        """The members of a literal list stay apart, so that one unknown member does not make all of it unknown."""
        if op in ("in", "notin") and isinstance(node, n.ListOf):
            return [self.of(item) for item in node.items]
        return self.of(node)

    def _compared(self, op: str, left: object, right: object) -> object:
        if op in ("in", "notin") and isinstance(right, list | tuple):
            return self._among(op, left, right)
        return merge(left, right) if is_unknown(left) or is_unknown(right) else o.COMPARISONS[op](left, right)

    def _among(self, op: str, left: object, right: list[object] | tuple[object, ...]) -> object:
        """A literal list may hold unknown members: finding the item decides, not finding it does not."""
        if not right:
            return op == "notin"
        if is_unknown(left):
            return left
        known = [member for member in right if not is_unknown(member)]
        found = o.contains(known, left)
        if not found and len(known) < len(right):
            return merge(*right)
        return found == (op == "in")

    def choice(self, node: n.Choice) -> object:
        test = self.of(node.test)
        if is_unknown(test):
            return test
        if test:
            return self.of(node.yes)
        return "" if node.no is None else self.of(node.no)

    def filter(self, node: n.Filter) -> object:
        operand = self.of(node.operand)
        if node.name in ("default", "d"):
            operand = None if is_unknown(operand) else operand
        return self._call(FILTERS[node.name], node.args, node.named, self.formats, operand)

    def test(self, node: n.Is) -> object:
        operand = self.of(node.operand)
        if node.name in ("defined", "none", "undefined", "empty"):
            operand = None if is_unknown(operand) and not operand.reason else operand
        return self._call(TESTS[node.name], node.args, (), operand)

    def call(self, node: n.Call) -> object:
        if node.name == "known":
            return all(not is_unknown(self.of(arg)) for arg in node.args)
        function = CALLS.get(node.name)
        if function is None:
            return Unknown((), f'"{node.name}" can be called in a tag only')
        return self._call(function, node.args, node.named)

    def _call(
        self,
        function: Callable[..., object],
        args: tuple[n.Node, ...],
        named: tuple[tuple[str, n.Node], ...],
        *before: object,
    ) -> object:
        values = [self.of(arg) for arg in args]
        options = {key: self.of(value) for key, value in named}
        everything = [*before, *values, *options.values()]
        if any(is_unknown(value) for value in everything):
            return merge(*everything)
        return function(*before, *values, **options)

    def operate(self, function: Callable[..., object], *operands: n.Node | None) -> object:
        values = [None if operand is None else self.of(operand) for operand in operands]
        return merge(*values) if any(is_unknown(value) for value in values) else function(*values)

    def concat(self, node: n.Concat) -> object:
        parts = [self.of(part) for part in node.parts]
        if any(is_unknown(part) for part in parts):
            return merge(*parts)
        return o.text_of_size("".join(to_text(part, self.formats) for part in parts))

    def listing(self, node: n.ListOf) -> object:
        items = [self.of(item) for item in node.items]
        return merge(*items) if any(is_unknown(item) for item in items) else items

    def pairs(self, node: n.DictOf) -> object:
        keys = [self.of(key) for key, _ in node.pairs]
        values = [self.of(value) for _, value in node.pairs]
        if any(is_unknown(value) for value in (*keys, *values)):
            return merge(*keys, *values)
        return dict(zip(keys, values, strict=True))


_RULES: Mapping[type, Callable[[Evaluation, Any], object]] = {
    n.Const: lambda self, node: node.value,
    n.Name: Evaluation.name,
    n.Attr: Evaluation.attribute,
    n.Item: Evaluation.item,
    n.Cut: lambda self, node: self.operate(o.cut, node.base, node.start, node.stop, node.step),
    n.ListOf: Evaluation.listing,
    n.DictOf: Evaluation.pairs,
    n.Unary: lambda self, node: self.operate(o.negate if node.op == "-" else o.plus, node.operand),
    n.Binary: lambda self, node: self.operate(o.ARITHMETIC[node.op], node.left, node.right),
    n.Concat: Evaluation.concat,
    n.Compare: Evaluation.compare,
    n.And: Evaluation.both,
    n.Or: Evaluation.either,
    n.Not: Evaluation.negation,
    n.Choice: Evaluation.choice,
    n.Filter: Evaluation.filter,
    n.Is: Evaluation.test,
    n.Call: Evaluation.call,
}
