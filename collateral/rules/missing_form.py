"""A block that a template may pick but whose text is for other pieces stays out without a word."""

from __future__ import annotations

from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity
from collateral.rules.rule import Rule, View, span_of

ID = "missing-form"


def check(view: View) -> Iterator[Diagnostic]:
    """Blocks with no text for any piece whose templates pick their kind."""
    wanted: dict[str, set[str]] = {}
    for one in view.slots():
        for name in (one.slot.pick, one.slot.block):
            if name is not None:
                wanted.setdefault(name, set()).add(one.template.piece)
    for block in view.blocks:
        pieces = wanted.get(block.kind, set()) | wanted.get(block.id, set())
        if pieces and not any(block.has_form(piece) for piece in pieces):
            names = " or ".join(sorted(pieces))
            message = f'"{block.id}" ({block.language}) has no text for the {names} that picks it'
            yield Diagnostic.warning(
                ID, message, span_of(block, "kind"), f'add a "::: {sorted(pieces)[0]}" part'
            )


RULE = Rule(ID, "the block has no text for the pieces that pick it", Severity.WARNING, check)
