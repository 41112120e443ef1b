"""Promise 1: only what a person approved reaches a customer."""

from __future__ import annotations

from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity
from collateral.rules.rule import Rule, View, span_of

ID = "unapproved-block"


def check(view: View) -> Iterator[Diagnostic]:
    """Blocks without an approval in their language."""
    if not view.library.policy.approvals_required:
        return
    for block in view.blocks:
        if not block.internal and (block.id, block.language) not in view.library.approvals:
            message = f'"{block.id}" ({block.language}) is not approved, so no customer will see it'
            hint = f"collateral approve {block.id} --by NAME"
            yield Diagnostic.warning(ID, message, span_of(block, "id"), hint)


RULE = Rule(ID, "the block is not approved", Severity.WARNING, check)
