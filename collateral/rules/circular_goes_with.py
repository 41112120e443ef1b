"""Blocks that bring each other along in a circle are one block in disguise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from collateral.diagnostics import Diagnostic, Severity
from collateral.rules.rule import Rule, View, span_of

ID = "circular-goes-with"


def check(view: View) -> Iterator[Diagnostic]:
    """Circles of goes_with, each reported once, at its first block by id."""
    brings: dict[str, Sequence[str]] = {block.id: block.goes_with for block in view.sources}
    reported: set[frozenset[str]] = set()
    for block in view.sources:
        circle = _circle(block.id, brings)
        if circle and frozenset(circle) not in reported:
            reported.add(frozenset(circle))
            message = f"{' → '.join([*circle, circle[0]])} go with each other in a circle"
            hint = "remove one goes_with; the first block that is picked brings the others"
            yield Diagnostic.warning(ID, message, span_of(block, "goes_with"), hint)


def _circle(start: str, brings: Mapping[str, Sequence[str]]) -> list[str]:
    """The shortest way from a block back to itself, empty when there is none."""
    ways: list[list[str]] = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for other in brings.get(way[-1], ()):
            if other == start:
                return way
            if other not in seen:
                seen.add(other)
                ways.append([*way, other])
    return []


RULE = Rule(ID, "blocks go with each other in a circle", Severity.WARNING, check)
