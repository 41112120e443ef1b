"""A claim no text rests on is work for nobody."""

from __future__ import annotations

from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity
from collateral.rules.rule import Rule, View

ID = "unused-claim"


def check(view: View) -> Iterator[Diagnostic]:
    """Claims no block names."""
    used = {claim for block in view.blocks for claim in block.claims}
    for claim in view.library.claims.values():
        if claim.id not in used and not view.library.broken:
            yield Diagnostic.note(ID, f'no block rests on the claim "{claim.id}"', claim.at)


RULE = Rule(ID, "no block rests on the claim", Severity.NOTE, check)
