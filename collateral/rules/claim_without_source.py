"""A claim rests on something that can be looked up, and on someone who answers for it."""

from __future__ import annotations

from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity
from collateral.rules.rule import Rule, View

ID = "claim-without-source"


def check(view: View) -> Iterator[Diagnostic]:
    """Claims without a source or an owner."""
    for claim in view.library.claims.values():
        missing = [name for name in ("source", "owner") if not getattr(claim, name)]
        if missing:
            message = f'the claim "{claim.id}" has no {" and no ".join(missing)}'
            yield Diagnostic.error(
                ID, message, claim.at, "say where it can be looked up, and who answers for it"
            )


RULE = Rule(ID, "a claim has no source or no owner", Severity.ERROR, check)
