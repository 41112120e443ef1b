"""A permission is given for regions the workspace knows."""

from __future__ import annotations

from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity
from collateral.diagnostics.hints import near_hint
from collateral.rules.rule import Rule, View

ID = "unknown-region"
DIMENSION = "region"


def check(view: View) -> Iterator[Diagnostic]:
    """Claims permitted in regions that are no values of the dimension `region`: nobody would ever see them."""
    dimension = view.library.dimensions.get(DIMENSION)
    known = list(dimension.values) if dimension is not None else []
    for claim in view.library.claims.values():
        for region in claim.permission_regions:
            if region not in known:
                hints = near_hint(region, known) or ("use values of the dimension region in collateral.yaml",)
                message = f'the claim "{claim.id}" is permitted in "{region}", which is not a region'
                yield Diagnostic.error(ID, message, claim.at, *hints)


RULE = Rule(ID, "a claim is permitted in a region nobody knows", Severity.ERROR, check)
