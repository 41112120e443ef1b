"""Who listens to a table hears with each cell what its column is called."""

from __future__ import annotations

from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity
from collateral.rules.rule import Rule, View
from collateral.rules.shapes import listed

ID = "missing-table-header"


def check(view: View) -> Iterator[Diagnostic]:
    """Tables without a header row: those on designed slides, and those of documents whose rows are the items of a list."""
    for barrier in view.barriers:
        if barrier.kind == "header":
            message = (
                f"{listed(barrier.names)} no header row" if barrier.names else "the table has no header row"
            )
            hint = (
                'tick "Header Row" in Table Design'
                if barrier.at.slide is not None
                else 'mark the row above the list as a header: Layout > "Repeat Header Rows"'
            )
            yield Diagnostic.warning(ID, message, barrier.at, hint)


RULE = Rule(ID, "a table has no header row", Severity.WARNING, check)
