"""The competition for places: who sits in which slot.

In: a `Case`. Out: seats with picks and the reasons others were turned away. The strongest candidate anywhere takes its
place first, so of two blocks that exclude each other the stronger stays, whatever the order of slots and files.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from heapq import heapify, heappop, heappush

from collateral.diagnostics import Diagnostic
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.model.library import Block, BlockId, Slot
from collateral.model.selection import LeftOut
from collateral.plan.audience import score
from collateral.plan.case import Case
from collateral.plan.ranking import Candidate

MAX_COMPANIONS = 50


@dataclass(slots=True)
class Seated:
    """A block in its place. `points` are None for one that was not picked on score."""

    block: Block
    points: int
    because: str | None = None
    leader: BlockId | None = None  # the block it goes with


@dataclass(slots=True)
class Seat:
    """One slot of the template while it is filled."""

    slot: Slot
    number: int
    open: bool = True
    reason: str | None = None
    taken: list[Seated] = field(default_factory=list)
    turned_away: dict[BlockId, LeftOut] = field(default_factory=dict)
    cursor: int = 0

    def leaders(self) -> list[Seated]:
        """Those who sit here in their own right."""
        return [seated for seated in self.taken if seated.leader is None]


class Room:
    """All seats of one piece."""

    def __init__(self, case: Case, seats: Sequence[Seat]) -> None:
        self.case, self.seats = case, seats
        self.present: dict[BlockId, Seat] = {}
        self.cycles: dict[BlockId, tuple[BlockId, ...]] = {}

    def fill(self, *, obligatory_first: bool) -> None:
        """Named blocks first, then by strength; with `obligatory_first` every slot gets its least before any gets more."""
        for seat in self.seats:
            if seat.open and seat.slot.block is not None:
                self._seat_named(seat, seat.slot.block)
        if obligatory_first:
            self._compete([s.slot.at_least for s in self.seats])
        self._compete([s.slot.at_most for s in self.seats])

    def missing(self) -> int:
        """How many obligatory places are empty."""
        return sum(map(self.empty, self.seats))

    def empty(self, seat: Seat) -> int:
        """How many obligatory places of a slot are empty."""
        seated = len(seat.leaders())
        return max(0, self.least(seat) - seated) if seated < seat.slot.at_least else 0

    def least(self, seat: Seat) -> int:
        """The places of a slot that must be filled here: companions of that kind sitting elsewhere count."""
        if not seat.open or seat.slot.pick is None:
            return seat.slot.at_least if seat.open else 0
        elsewhere = sum(
            1
            for other in self.seats
            for seated in other.taken
            if seated.leader is not None and seated.block.kind == seat.slot.pick
        )
        return max(0, seat.slot.at_least - elsewhere)

    def _seat_named(self, seat: Seat, id: BlockId) -> None:
        block = self.case.version(id)
        problem = self._named_problem(id, block)
        if problem is not None:
            seat.turned_away[id] = problem
        elif block is not None and id not in self.present:
            self._admit(seat, block, self.case.verdict(block).points, "named by the template")

    def _named_problem(self, id: BlockId, block: Block | None) -> LeftOut | None:
        obstacle = self.case.obstacle(id)
        if obstacle is not None or block is None:
            found = obstacle or self.case.obstacle(id)
            assert found is not None
            return LeftOut(id, found.condition, found.reason, found.remedy, at=found.at)
        verdict = self.case.verdict(block)
        if verdict.fits:
            return None
        named = ", ".join(verdict.mismatched or verdict.unknown)
        reason = f"it is not aimed at this {named}" if verdict.mismatched else f"unknown {named}"
        return LeftOut(id, "audience", reason, by_profile=True)

    def _compete(self, capacity: Sequence[int]) -> None:
        queue: list[tuple[int, int, int, Candidate]] = []
        for seat in self.seats:
            seat.cursor = 0
            if seat.open and seat.slot.pick is not None and len(seat.leaders()) < capacity[seat.number]:
                self._enter(queue, seat)
        heapify(queue)
        while queue:
            _, position, number, candidate = heappop(queue)
            seat = self.seats[number]
            block = self.case.index.blocks[position]
            if block.id not in self.present:
                self._admit(seat, block, candidate.points, None)
            if len(seat.leaders()) < capacity[number]:
                self._enter(queue, seat)

    def _enter(self, queue: list[tuple[int, int, int, Candidate]], seat: Seat) -> None:
        assert seat.slot.pick is not None
        candidate = self.case.ranking(seat.slot.pick).at(seat.cursor)
        if candidate is not None:
            seat.cursor += 1
            heappush(queue, (-candidate.points, candidate.position, seat.number, candidate))

    def _admit(self, seat: Seat, block: Block, points: int, because: str | None) -> None:
        """Seat a block with its companions, or note why not."""
        refusal = self._refusal(seat, block, points) or self._seat_group(seat, block, points, because)
        if refusal is not None:
            seat.turned_away.setdefault(block.id, refusal)
        else:
            seat.turned_away.pop(block.id, None)

    def _refusal(self, seat: Seat, block: Block, points: int) -> LeftOut | None:
        worth = score(points)
        failing = self.case.failing_of(block)
        if failing:
            reason = "; ".join(map(str, failing))
            return LeftOut(block.id, "when", f"needs {reason}", None, worth, block.spans.get("when"), True)
        rival = self._rival(seat, block)
        if rival is not None:
            reason = f'it is too like "{rival.id}": the same {seat.slot.spread}'
            return LeftOut(block.id, "spread", reason, None, worth)
        return None

    def _rival(self, seat: Seat, block: Block) -> Block | None:
        mine = spread_values(block, seat.slot.spread)
        for seated in seat.leaders():
            if mine & spread_values(seated.block, seat.slot.spread):
                return seated.block
        return None

    def _seat_group(self, seat: Seat, block: Block, points: int, because: str | None) -> LeftOut | None:
        group = [block]
        refusal = self._gather(block, group, [block.id])
        if refusal is not None:
            return refusal
        enemy = self._enemy(group)
        if enemy is not None:
            return LeftOut(block.id, "never_with", enemy, None, score(points), block.spans.get("never_with"))
        seat.taken.append(Seated(block, points, because))
        self.present[block.id] = seat
        for companion in group[1:]:
            worth = self.case.verdict(companion).points
            seat.taken.append(Seated(companion, worth, f"goes with {block.id}", block.id))
            self.present[companion.id] = seat
        return None

    def _gather(self, block: Block, group: list[Block], path: list[BlockId]) -> LeftOut | None:
        """Add to `group` whatever must appear with the block, and with that, and so on."""
        for id in block.goes_with:
            if id in path:
                self._note_cycle((*path[path.index(id) :], id))
                continue
            if id in self.present or any(member.id == id for member in group):
                continue
            companion, refusal = self._companion(id, group[0], block)
            if companion is None:
                return refusal
            group.append(companion)
            if len(group) > MAX_COMPANIONS:
                return LeftOut(group[0].id, "goes_with", f"it goes with more than {MAX_COMPANIONS} others")
            refusal = self._gather(companion, group, [*path, id])
            if refusal is not None:
                return refusal
        return None

    def _companion(self, id: BlockId, first: Block, block: Block) -> tuple[Block | None, LeftOut | None]:
        at = block.spans.get("goes_with")
        obstacle = self.case.obstacle(id)
        if obstacle is not None:
            reason = f'it goes with "{id}", which cannot be used: {obstacle.reason}'
            return None, LeftOut(first.id, "goes_with", reason, obstacle.remedy, at=at)
        companion = self.case.version(id)
        failing = self.case.failing_of(companion) if companion is not None else ()
        if companion is None or failing:
            reason = f'it goes with "{id}", which needs {"; ".join(map(str, failing))}'
            return None, LeftOut(first.id, "goes_with", reason, at=at, by_profile=True)
        return companion, None

    def _note_cycle(self, cycle: tuple[BlockId, ...]) -> None:
        self.cycles.setdefault(min(cycle), cycle)

    def _enemy(self, group: Sequence[Block]) -> str | None:
        """Why the group cannot come in: one of them never goes with one who sits already, or with another of them."""
        inside = {member.id for member in group}
        for member in group:
            foes = self.case.index.enemies.get(member.id, frozenset())
            for foe in sorted(foes & (self.present.keys() | inside)):
                who = "it" if member is group[0] else f'its companion "{member.id}"'
                return f'{who} never goes with "{foe}"' + (
                    ", which is stronger" if foe in self.present else ""
                )
        return None

    def remove(self, seat: Seat, seated: Seated, why: str) -> None:
        """Take a block out again, and the companions that came for its sake unless another block needs them."""
        gone = [s for s in seat.taken if s is seated or s.leader == seated.block.id]
        for candidate in gone[1:]:
            if self._needed_by(candidate.block.id, {s.block.id for s in gone}):
                gone = [s for s in gone if s is not candidate]
        for one in gone:
            seat.taken.remove(one)
            self.present.pop(one.block.id, None)
        for orphan in (s for s in seat.taken if s.leader == seated.block.id):
            orphan.leader = self._needed_by(orphan.block.id, set()) or orphan.leader
            orphan.because = f"goes with {orphan.leader}"
        seat.turned_away[seated.block.id] = LeftOut(seated.block.id, "limit", why, None, score(seated.points))

    def _needed_by(self, id: BlockId, leaving: Collection[BlockId]) -> BlockId | None:
        """A block that stays and must have this one beside it."""
        staying = (s.block for seat in self.seats for s in seat.taken if s.block.id not in leaving)
        return next((block.id for block in staying if id in block.goes_with and block.id != id), None)

    def needed(self) -> set[BlockId]:
        """The blocks that others in the piece must have beside them."""
        seated = (s.block for seat in self.seats for s in seat.taken)
        return {id for block in seated for id in block.goes_with if id != block.id}

    def cycle_problems(self) -> Iterator[Diagnostic]:
        """A warning for each circle of goes_with that was met."""
        for first, cycle in sorted(self.cycles.items()):
            block = self.case.version(first)
            shown = " → ".join(cycle)
            at = block.spans.get("goes_with") if block is not None else None
            yield Diagnostic.warning(
                "circular-goes-with", f"{shown} go round in a circle", at, "drop one of them"
            )


def spread_values(block: Block, spread: str | None) -> frozenset[str]:
    """What must differ between the picks of a slot: the customer, an audience dimension, or any other attribute."""
    if spread is None:
        return frozenset()
    if spread in block.audience:
        return frozenset(block.audience[spread])
    value = block.customer if spread == "customer" else block.attributes.get(spread)
    if isinstance(value, list | tuple):
        return frozenset(map(str, value))
    return frozenset() if value is None else frozenset({str(value)})
