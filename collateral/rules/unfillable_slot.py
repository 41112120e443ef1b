"""A template asks for content that exists, in a form its piece can show."""

from __future__ import annotations

from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity
from collateral.model.library import INTERNAL_PIECES, Block
from collateral.rules.rule import Rule, SlotView, View

ID = "unfillable-slot"


def check(view: View) -> Iterator[Diagnostic]:
    """Slots no block of the library can fill, whoever the prospect is."""
    for one in view.slots():
        wanted = one.slot.pick or one.slot.block
        if wanted is None:
            continue
        blocks = [b for b in view.blocks if wanted in (b.kind if one.slot.pick else b.id,)]
        able = {b.id for b in blocks if b.has_form(one.template.piece) and _allowed(b, one.template.piece)}
        if len(able) < max(1, one.slot.at_least) and not _unreadable(view, one.slot.block):
            yield _finding(one, wanted, len(blocks), len(able))


def _finding(one: SlotView, wanted: str, there: int, able: int) -> Diagnostic:
    piece = one.template.piece
    what = f'blocks of kind "{wanted}"' if one.slot.pick else f'"{wanted}"'
    why = (
        f"only {able} of {one.slot.at_least} has" if able else ("none has" if there else "there is none with")
    )
    message = f'"{one.template.id}" cannot be filled with {what}: {why} text for a {piece}'
    make = Diagnostic.error if one.slot.at_least else Diagnostic.warning
    return make(ID, message, one.slot.at, f'write a block with a "::: {piece}" part, or remove the slot')


def _allowed(block: Block, piece: str) -> bool:
    return not block.internal or piece in INTERNAL_PIECES


def _unreadable(view: View, block: str | None) -> bool:
    """Whether the block's file has errors of its own, or is missing, which other findings say."""
    return block is not None and block not in view.library.blocks


RULE = Rule(ID, "no block can fill the slot", Severity.ERROR, check)
