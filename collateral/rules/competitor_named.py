"""Competitors are named where the policy says, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity
from collateral.rules.rule import Rule, View
from collateral.rules.walk import texts_of

ID = "competitor-named"
DIMENSION = "competitor"


def check(view: View) -> Iterator[Diagnostic]:
    """Names of competitors where the policy has none: in texts for customers, or (never) in any text at all."""
    dimension = view.library.dimensions.get(DIMENSION)
    if dimension is None or view.library.policy.competitors_by_name == "allowed":
        return
    names = sorted({value.label for value in dimension.values.values()}, key=len, reverse=True)
    if not names:
        return
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)
    never = view.library.policy.competitors_by_name == "never"
    for one in view.forms:
        where = "a text for customers" if one.customer_facing else "a text, which the policy never allows"
        for text, at in texts_of(one.content) if one.customer_facing or never else ():
            for found in pattern.finditer(text):
                message = f'"{found[0]}" is named in {where}'
                yield Diagnostic.error(ID, message, at, "describe it instead")


RULE = Rule(ID, "a text for customers names a competitor", Severity.ERROR, check)
