"""Promise 1: nothing expired reaches a customer."""

from __future__ import annotations

from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity
from collateral.rules.rule import Rule, View, span_of

ID = "expired-block"


def check(view: View) -> Iterator[Diagnostic]:
    """Blocks whose last day is over."""
    for block in view.blocks:
        if not view.says(block, "valid"):
            continue
        if block.valid_until is not None and block.valid_until < view.as_of:
            message = f'"{block.id}" ({block.language}) expired on {block.valid_until}'
            hint = "renew it and approve it again, or remove it"
            yield Diagnostic.warning(ID, message, span_of(block, "valid.until"), hint)


RULE = Rule(ID, "the block's last day is over", Severity.WARNING, check)
