"""Promise 1: nothing is used before its first day."""

from __future__ import annotations

from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity
from collateral.rules.rule import Rule, View, span_of

ID = "not-yet-valid-block"


def check(view: View) -> Iterator[Diagnostic]:
    """Blocks whose first day is still to come, and those whose days are in the wrong order."""
    for block in view.blocks:
        if not view.says(block, "valid"):
            continue
        first, last = block.valid_from, block.valid_until
        if first is not None and last is not None and first > last:
            message = f'"{block.id}" is valid from {first} until {last}, which is never'
            yield Diagnostic.error(ID, message, span_of(block, "valid.from"), "exchange the two dates")
        elif first is not None and first > view.as_of:
            message = f'"{block.id}" ({block.language}) is not valid before {first}'
            yield Diagnostic.note(ID, message, span_of(block, "valid.from"))


RULE = Rule(ID, "the block's first day is still to come", Severity.NOTE, check)
