"""Blocks and templates name other blocks by their ids."""

from __future__ import annotations

from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity, Span
from collateral.diagnostics.hints import near_hint
from collateral.rules.rule import Rule, View, span_of

ID = "unknown-block-reference"


def check(view: View) -> Iterator[Diagnostic]:
    """Ids in goes_with, never_with and slots that no block has."""
    for block in view.blocks:
        for key in ("goes_with", "never_with"):
            for number, other in enumerate(getattr(block, key) if view.says(block, key) else ()):
                if not view.knows(other):
                    yield _unknown(view, other, span_of(block, f"{key}.{number}"))
    for one in view.slots():
        if one.slot.block is not None and not view.knows(one.slot.block):
            yield _unknown(view, one.slot.block, one.slot.at)


def _unknown(view: View, id: str, at: Span | None) -> Diagnostic:
    return Diagnostic.error(ID, f'there is no block "{id}"', at, *near_hint(id, view.library.blocks))


RULE = Rule(ID, "the named block is not there", Severity.ERROR, check)
