"""A slot spreads its blocks over something the blocks say."""

from __future__ import annotations

from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity
from collateral.diagnostics.hints import near_hint
from collateral.rules.rule import Rule, View

ID = "unknown-spread"


def check(view: View) -> Iterator[Diagnostic]:
    """Slots whose `spread` is no dimension, not `customer`, and no attribute of any block."""
    known = {
        "customer",
        *view.library.dimensions,
        *(key for block in view.blocks for key in block.attributes),
    }
    for one in view.slots():
        spread = one.slot.spread
        if spread is not None and spread not in known:
            hints = near_hint(spread, sorted(known)) or (
                "use customer, a dimension, or an attribute of the blocks",
            )
            yield Diagnostic.error(ID, f'no block says "{spread}"', one.slot.at, *hints)


RULE = Rule(ID, "a slot spreads its blocks over something no block says", Severity.ERROR, check)
