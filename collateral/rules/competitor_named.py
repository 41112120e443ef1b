"""Competitors are named where the policy says, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity
from collateral.expressions.typography import composed
from collateral.rules.rule import Rule, View
from collateral.rules.walk import texts_of
from collateral.rules.whole_words import as_whole_words

ID = "competitor-named"
DIMENSION = "competitor"


def check(view: View) -> Iterator[Diagnostic]:
    """Names of competitors where the policy has none: in texts for customers, or (never) in any text at all."""
    dimension = view.library.dimensions.get(DIMENSION)
    if dimension is None or view.library.policy.competitors_by_name == "allowed":
        return
    labels = {value.label for value in dimension.values.values() if value.label.strip()}
    names = sorted(labels, key=lambda label: (-len(label), label))
    if not names:
        return
    pattern = re.compile("|".join(map(as_whole_words, names)), re.IGNORECASE)
    never = view.library.policy.competitors_by_name == "never"
    for one in view.forms:
        where = "a text for customers" if one.customer_facing else "a text, which the policy never allows"
        for text, at in texts_of(one.content) if one.customer_facing or never else ():
            for found in pattern.finditer(composed(text)):
                message = f'"{found[0]}" is named in {where}'
                yield Diagnostic.error(ID, message, at, "describe it instead")


RULE = Rule(ID, "a text for customers names a competitor", Severity.ERROR, check)
