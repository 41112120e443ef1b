"""A block aimed at nobody is never used."""

from __future__ import annotations

from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity
from collateral.rules.rule import Rule, View, span_of

ID = "empty-audience"


def check(view: View) -> Iterator[Diagnostic]:
    """Dimensions of an audience with an empty list of values."""
    for block in view.blocks:
        for dimension, values in block.audience.items():
            if not values and view.says(block, "audience"):
                message = f'"{block.id}" is for no {dimension} at all'
                hint = f'name the values, or leave "{dimension}" out to mean everyone'
                yield Diagnostic.warning(ID, message, span_of(block, f"audience.{dimension}"), hint)


RULE = Rule(ID, "the block's audience is empty", Severity.WARNING, check)
