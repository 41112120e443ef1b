"""A customer is named only where a claim's owner may do so."""

from __future__ import annotations

from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity
from collateral.rules.rule import Rule, View, span_of

ID = "customer-without-permission"


def check(view: View) -> Iterator[Diagnostic]:
    """Blocks about a customer that rest on a claim whose permission does not let that customer be named."""
    for block in view.blocks:
        for number, name in enumerate(block.claims if block.customer and not block.internal else ()):
            claim = view.library.claims.get(name)
            if claim is not None and not claim.permission_name_customer:
                message = (
                    f'"{block.id}" names {block.customer}, but the claim "{name}" may not name its customer'
                )
                at = (
                    span_of(block, "customer")
                    if view.says(block, "customer")
                    else span_of(block, f"claims.{number}")
                )
                yield Diagnostic.error(
                    ID, message, at, f"ask {claim.owner or 'its owner'}, or leave the name out"
                )


RULE = Rule(ID, "the block names a customer its claim may not name", Severity.ERROR, check)
