"""Promise 1: every claim in a text is one marketing can prove."""

from __future__ import annotations

from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity
from collateral.diagnostics.hints import near_hint
from collateral.rules.rule import Rule, View, span_of

ID = "unknown-claim"


def check(view: View) -> Iterator[Diagnostic]:
    """Claims that are named in a block but not in claims.yaml."""
    for block in view.blocks:
        for number, claim in enumerate(block.claims if view.says(block, "claims") else ()):
            if claim not in view.library.claims:
                message = f'there is no claim "{claim}"'
                hints = near_hint(claim, view.library.claims) or ("add it to content_blocks/claims.yaml",)
                yield Diagnostic.error(ID, message, span_of(block, f"claims.{number}"), *hints)


RULE = Rule(ID, "the claim is not in claims.yaml", Severity.ERROR, check)
