"""Promise 1: what stands under `internal:` never reaches a customer."""

from __future__ import annotations

from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity
from collateral.rules.rule import Rule, View
from collateral.rules.uses import all_uses

ID = "internal-fact-in-customer-form"


def check(view: View) -> Iterator[Diagnostic]:
    """Texts for customers that read `prospect.internal`."""
    for one in all_uses(view):
        internal = sorted(path for path in one.reads if path.startswith("prospect.internal"))
        if internal and one.customer_facing:
            message = f'"{internal[0]}" is internal and stands in a text for customers'
            yield Diagnostic.error(ID, message, one.at, 'only a "::: briefing" part may read it')


RULE = Rule(ID, "a text for customers reads an internal fact", Severity.ERROR, check)
