"""The error for an obligatory slot nothing could fill: which combination is missing, and what comes closest.

In: a case and the empty seat. Out: one diagnostic. It looks at every block of the kind, which only an error may cost.
"""

from __future__ import annotations

from collections import Counter

from collateral.diagnostics import Diagnostic
from collateral.model.library import Block, BlockId
from collateral.plan.case import Case
from collateral.plan.index import each
from collateral.plan.seats import Seat

MAX_LOOKED_AT = 2_000
_REASONS = {
    "approval": "not approved",
    "valid": "out of its time",
    "claims": "resting on a claim that cannot be used",
    "region": "not permitted in the region",
    "form": "without text for this kind of piece",
    "internal": "internal",
    "language": "in another language only",
    "audience": "aimed at others",
    "unknown": "aimed by something not known of the prospect",
    "when": "kept out by their own rule",
    "present": "used elsewhere in the piece",
}


def empty_slot(case: Case, seat: Seat) -> Diagnostic:
    """Names the missing combination: "no approved case-study for industry retail and need dwell-time in nl"."""
    slot = seat.slot
    if slot.block is not None:
        refused = seat.turned_away.get(slot.block)
        reason = refused.reason if refused is not None else "it is used elsewhere"
        hints = (refused.remedy,) if refused is not None and refused.remedy else ()
        return Diagnostic.error(
            "empty-slot", f'"{slot.block}" must be in "{case.template.id}": {reason}', slot.at, *hints
        )
    kind = slot.pick or ""
    blocks = _blocks(case, kind)
    most = f"{len(seat.leaders())} of {slot.at_least} " if seat.leaders() else "no "
    approved = "approved " if case.library.policy.approvals_required else ""
    combination = _combination(case, blocks)
    message = f"{most}{approved}{kind}{f' for {combination}' if combination else ''} in {case.language}"
    return Diagnostic.error("empty-slot", message, slot.at, *_hints(case, seat, kind, blocks))


def _blocks(case: Case, kind: str) -> dict[BlockId, Block]:
    found: dict[BlockId, Block] = {}
    for position in each(case.index.kinds.get(kind, 0)):
        block = case.index.blocks[position]
        found.setdefault(block.id, block)
        if len(found) >= MAX_LOOKED_AT:
            break
    return found


def _combination(case: Case, blocks: dict[BlockId, Block]) -> str:
    aimed = {dimension for block in blocks.values() for dimension, wanted in block.audience.items() if wanted}
    parts = []
    for name in case.library.dimensions:
        aim = case.aims[name]
        if name in aimed and aim.known:
            parts.append(f"{name} {aim.known[0][0]}")
        elif name in aimed:
            parts.append(f"unknown {name}")
    return " and ".join(parts)


def _hints(case: Case, seat: Seat, kind: str, blocks: dict[BlockId, Block]) -> tuple[str, ...]:
    if not blocks:
        return (f'there is no block of kind "{kind}", write one',)
    counts = Counter(_reason(case, seat, block) for block in blocks.values())
    shown = [
        f"{count} {_REASONS.get(reason, reason)}" for reason, count in sorted(counts.items(), key=_most_first)
    ]
    told = f'{len(blocks)} of kind "{kind}": {", ".join(shown)}'
    if "unknown" not in counts:
        return (told,)
    asked = f"collateral explain {case.prospect.id} {case.template.id}"
    return told, f"say more of the prospect: `{asked}` tells what each answer would bring in"


def _most_first(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def _reason(case: Case, seat: Seat, block: Block) -> str:
    obstacle = case.obstacle(block.id)
    if obstacle is not None:
        return obstacle.condition
    verdict = case.verdict(case.version(block.id) or block)
    if verdict.mismatched:
        return "audience"
    if verdict.unknown:
        return "unknown"
    turned_away = seat.turned_away.get(block.id)
    return turned_away.condition if turned_away is not None else "present"
