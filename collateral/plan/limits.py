"""How long a piece gets, and what is taken out when it gets too long.

In: a filled room. Out: the same room with the weakest picks gone, and diagnostics when that is not enough. It never goes
below a slot's `at_least` and never takes out what the template names or what another block needs beside it.
"""

from __future__ import annotations

from decimal import Decimal

from collateral.diagnostics import Diagnostic
from collateral.model.library import Block, Template
from collateral.plan.seats import Room, Seat, Seated

MINUTES_A_SLIDE = Decimal(1)  # what a slide takes when its block does not say


def slide_count(block: Block) -> int:
    """How many slides the block's longest deck wording makes: its second-level headings, at least one."""
    forms = block.forms_for("deck")
    if not forms:
        return 1
    fenced, count = False, 0
    for line in forms[0].source.splitlines():
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        count += not fenced and line.startswith("## ")
    return max(1, count)


def minutes(block: Block) -> Decimal:
    """How long the block takes to present."""
    return block.minutes if block.minutes is not None else MINUTES_A_SLIDE * slide_count(block)


def keep_within_limits(room: Room, template: Template) -> list[Diagnostic]:
    """Take out the weakest picks until the piece is within its limits."""
    problems = []
    for unit, most in (("slides", template.limits.slides), ("minutes", template.limits.minutes)):
        if most is None or (unit == "slides" and template.piece != "deck"):
            continue
        while (length := _length(room, unit)) > most:
            victim = _weakest(room)
            if victim is None:
                problems.append(_too_long(template, unit, length, most))
                break
            room.remove(*victim, f"the piece has room for {most} {unit} only and this is the weakest part")
    return problems


def _length(room: Room, unit: str) -> Decimal:
    seated = [s.block for seat in room.seats for s in seat.taken]
    if unit == "minutes":
        return sum(map(minutes, seated), Decimal(0))
    fixed = sum(1 for seat in room.seats if seat.open and seat.slot.slide is not None)
    return Decimal(fixed + sum(map(slide_count, seated)))


def _weakest(room: Room) -> tuple[Seat, Seated] | None:
    """The pick with the fewest points that may go; of equals the least specific one."""
    order = {block.id: place for place, block in enumerate(_by_specificity(room))}
    needed = room.needed()
    removable = [
        (seat, seated)
        for seat in room.seats
        if seat.slot.pick is not None and len(seat.leaders()) > room.least(seat)
        for seated in seat.leaders()
        if seated.because is None and seated.block.id not in needed
    ]
    return min(removable, key=lambda pair: (pair[1].points, -order[pair[1].block.id]), default=None)


def _by_specificity(room: Room) -> list[Block]:
    seated = [s.block for seat in room.seats for s in seat.taken]
    return sorted(seated, key=lambda block: room.case.index.position[block.id, block.language])


def _too_long(template: Template, unit: str, length: Decimal, most: int | Decimal) -> Diagnostic:
    message = f'"{template.id}" comes to {length:f} {unit}, its limit is {most}'
    hint = f"raise limits.{unit}, or lower an at_least"
    return Diagnostic.warning(
        "over-limit", message, template.spans.get(f"limits.{unit}") or template.at, hint
    )
