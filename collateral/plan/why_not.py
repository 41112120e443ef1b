"""Why a block is not in a piece: the first condition that failed, and the smallest change that would bring it in.

In: a case, what was picked and what the competition turned away. Out: `LeftOut` values. It asks the same questions in the same
order as selecting does: may it be used, does it speak to the prospect, does its rule hold, is there a place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from collateral.diagnostics.lazy_dataclass import replace
from collateral.model.library import Block, BlockId
from collateral.model.selection import LeftOut, Selection, SlotSelection
from collateral.plan.audience import LANGUAGE_WEIGHT, Verdict, score
from collateral.plan.case import Case
from collateral.plan.changes import Changes, brings_in, changes_for, changes_that_raise, in_words

MAX_TRIED = 400  # changes tried out for one explanation; beyond that they are only named


class Reasons:
    """The reasons for one selection."""

    def __init__(self, case: Case, selection: Selection) -> None:
        self.case = case
        self.tried = 0
        self.slots = [slot for section in selection.sections for slot in section.slots]
        self.picked = {pick.block.id: pick for pick in selection.picks()}
        self.turned_away = {out.block: out for slot in reversed(self.slots) for out in slot.left_out}

    def all(self) -> Iterator[LeftOut]:
        """One for every block of the library that is not in the piece, in order of id."""
        for id in sorted(self.case.library.blocks):
            if id not in self.picked:
                yield self.of(id)

    def of(self, id: BlockId) -> LeftOut:
        """Why this block is not in."""
        wanting = self._wanting(id)
        if not wanting:
            kind = next(iter(self.case.library.blocks[id].values())).kind
            return LeftOut(id, "kind", f'no slot takes a "{kind}"')
        obstacle = self.case.obstacle(id)
        block = self.case.version(id)
        if obstacle is not None or block is None:
            condition = obstacle.condition if obstacle is not None else "language"
            reason = obstacle.reason if obstacle is not None else "it has no text in this language"
            remedy, at = (obstacle.remedy, obstacle.at) if obstacle is not None else (None, None)
            return LeftOut(
                id, condition, reason, remedy, at=at, by_profile=condition == "region" and "unknown" in reason
            )
        verdict = self.case.verdict(block)
        return (
            self._audience(block, verdict)
            or self._rule(block, verdict)
            or self._place(block, verdict, wanting)
        )

    def _wanting(self, id: BlockId) -> list[SlotSelection]:
        """The slots that could take the block."""
        kinds = {block.kind for block in self.case.library.blocks[id].values()}
        return [s for s in self.slots if s.slot.pick in kinds or s.slot.block == id]

    def _audience(self, block: Block, verdict: Verdict) -> LeftOut | None:
        if verdict.fits:
            return None
        failing = (*verdict.mismatched, *verdict.unknown)
        reason = "; ".join(self._says(block, name, name in verdict.unknown) for name in failing)
        first = failing[0]
        at = block.spans.get(f"audience.{first}") or block.spans.get(f"audience.{first}.0")
        out = LeftOut(block.id, "audience", reason, score=score(verdict.points), at=at, by_profile=True)
        return self._with_remedy(out, changes_for(self.case, block, verdict))

    def _with_remedy(self, out: LeftOut, options: Iterable[Changes]) -> LeftOut:
        """With the smallest of the changes that brings the block in; the first of them when none is sure to."""
        fallback: LeftOut | None = None
        for changes in options:
            text = in_words(changes)
            self.tried += 1
            result = brings_in(self.case, out.block, changes) if self.tried <= MAX_TRIED else None
            if result:
                return replace(out, remedy=text, by_profile=True, certain=True)
            fallback = fallback or replace(out, remedy=text, by_profile=True, certain=result)
        return fallback or out

    def _says(self, block: Block, name: str, unknown: bool) -> str:
        wanted = " or ".join(block.audience[name])
        aim = self.case.aims.get(name)
        if aim is None:
            return f'aimed by "{name}", which is no dimension'
        if not aim.known:
            return f"unknown {name}, it is aimed at {wanted}"
        has = ", ".join(value for value, _ in aim.known)
        return (
            f"{name} is known only as {has}, it is aimed at {wanted}"
            if unknown
            else f"{name} is {has}, it is aimed at {wanted}"
        )

    def _rule(self, block: Block, verdict: Verdict) -> LeftOut | None:
        failing = self.case.failing_of(block)
        if not failing:
            return None
        reason = f"needs {'; '.join(map(str, failing))}"
        at = block.spans.get("when")
        out = LeftOut(block.id, "when", reason, score=score(verdict.points), at=at, by_profile=True)
        return self._with_remedy(out, changes_for(self.case, block, verdict))

    def _place(self, block: Block, verdict: Verdict, wanting: list[SlotSelection]) -> LeftOut:
        noted = self.turned_away.get(block.id)
        if noted is not None:
            return noted
        worth = score(verdict.points) + self._language_bonus(block)
        openings = [slot for slot in wanting if slot.included]
        if not openings:
            return LeftOut(block.id, "slot", f"its slot is left out: {wanting[0].reason}", None, worth)
        rivals = [pick for slot in openings for pick in slot.picks if pick.because is None]
        if not rivals:
            return LeftOut(block.id, "outranked", "there is no place for it", None, worth)
        weakest = min(rivals, key=lambda pick: pick.score)
        reason = f'"{weakest.block.id}" took the last place with {weakest.score:f} points against {worth:f}'
        if weakest.score == worth:
            reason += "; of equals the more specific one goes first, then the first by id"
        out = LeftOut(block.id, "outranked", reason, score=worth)
        raised = self._with_remedy(out, changes_that_raise(self.case, verdict))
        return raised if raised.certain else out

    def _language_bonus(self, block: Block) -> Decimal:
        case = self.case
        counts = case.language != case.library.default_language and block.language == case.language
        return Decimal(LANGUAGE_WEIGHT if counts else 0)
