"""An approval for a block that is not there is a slip of the id, or left over."""

from __future__ import annotations

from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity
from collateral.diagnostics.hints import near_hint
from collateral.rules.rule import Rule, View

ID = "approval-of-nothing"


def check(view: View) -> Iterator[Diagnostic]:
    """Approvals that belong to no block."""
    library = view.library
    for (block, language), approval in library.approvals.items():
        if block not in library.broken and language not in library.blocks.get(block, {}):
            message = f'there is no block "{block}" in {language} to approve'
            yield Diagnostic.warning(
                ID, message, approval.at, *(near_hint(block, library.blocks) or ("remove the line",))
            )


RULE = Rule(ID, "an approval belongs to no block", Severity.WARNING, check)
