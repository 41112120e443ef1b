"""Promise 1: a claim is used until the day its source allows."""

from __future__ import annotations

from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity
from collateral.rules.rule import Rule, View

ID = "expired-claim"


def check(view: View) -> Iterator[Diagnostic]:
    """Claims past their day that a block still rests on."""
    users: dict[str, list[str]] = {}
    for block in view.blocks:
        for id in block.claims:
            users.setdefault(id, []).append(block.id)
    for claim in view.library.claims.values():
        if claim.expires is not None and claim.expires < view.as_of and claim.id in users:
            blocks = ", ".join(dict.fromkeys(users[claim.id]))
            message = f'the claim "{claim.id}" expired on {claim.expires}; it keeps out {blocks}'
            hint = f"ask {claim.owner or 'its owner'} to renew it, or take it out of the text"
            yield Diagnostic.warning(ID, message, claim.at, hint)


RULE = Rule(ID, "a claim in use is past its day", Severity.WARNING, check)
