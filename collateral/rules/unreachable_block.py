"""A block no template asks for, or that goes with none that is asked for, is never seen."""

from __future__ import annotations

from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity
from collateral.diagnostics.hints import near_hint
from collateral.rules.rule import Rule, View, span_of

ID = "unreachable-block"


def check(view: View) -> Iterator[Diagnostic]:
    """Blocks no slot can take and no other block brings along."""
    if not view.library.templates or any(path.startswith("templates/") for path in view.library.broken):
        return
    picked = {s.slot.pick for s in view.slots()} | {s.slot.block for s in view.slots()}
    brought = {other for block in view.sources for other in block.goes_with}
    for block in view.sources:
        if block.kind not in picked and block.id not in picked and block.id not in brought:
            message = f'no template picks blocks of kind "{block.kind}", so "{block.id}" is never used'
            kinds = sorted(pick for pick in picked if pick)
            yield Diagnostic.warning(ID, message, span_of(block, "kind"), *near_hint(block.kind, kinds))


RULE = Rule(ID, "no template can pick the block", Severity.WARNING, check)
