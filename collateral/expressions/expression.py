"""The parsed expression as a value, and the two ways tags run it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.expressions import nodes as n
from collateral.expressions.generate import Access, generate
from collateral.expressions.unparse import unparse

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Expression:
    """One expression: its text, its tree, and what it reads and uses. A plain value: pickle it as you like.

    `reads` are the longest constant paths ("prospect.fleet_size", "prospect.contacts.0.name", "value.saving");
    `names` their first parts. A loop variable is a name like any other: see `reads_outside`.
    """

    source: str
    node: n.Node
    reads: frozenset[str]
    names: frozenset[str]
    filters: frozenset[str]
    calls: frozenset[str]
    functions: frozenset[str] = frozenset()

    @staticmethod
    def of(source: str, node: n.Node, functions: frozenset[str] = frozenset()) -> Expression:
        """The expression around a tree."""
        reads = n.reads_of(node)
        filters = frozenset(x.name for x in n.walk(node) if isinstance(x, n.Filter))
        calls = frozenset(x.name for x in n.walk(node) if isinstance(x, n.Call))
        names = frozenset(path.partition(".")[0] for path in reads)
        return Expression(source, node, reads, names, filters, calls, functions)

    def reads_outside(self, local: frozenset[str]) -> frozenset[str]:
        """The paths read that do not start with a local name (a loop variable, "loop")."""
        return frozenset(path for path in self.reads if path.partition(".")[0] not in local)

    def text(self) -> str:
        """The expression in its normal form."""
        return unparse(self.node)

    def code(
        self,
        names: Mapping[str, str] = _NOTHING,
        *,
        context: str = "c",
        formats: str = "L",
        soft: bool = False,
    ) -> str:
        """A Python expression that yields the value, for generated functions whose namespace has `runtime()`.

        `names` maps a root name or a dotted path to Python source ({"row": "v1", "loop.index": "(i1 + 1)"}); every
        other root name becomes `context["name"]`. `formats` is the local variable that holds the `Formats`.
        Missing data make the code raise KeyError, IndexError, TypeError or ExpressionError: then ask `tag_value()` for
        the reason. With `soft` (conditions, default) missing data yield None instead.
        """
        return generate(self.node, Access(names, context, formats, "soft" if soft else "fast"))
