"""Why a block is not in a piece: the first condition that failed, and the smallest change that would bring it in.

In: a case, what was picked and what the competition turned away. Out: `LeftOut` values. It asks the same questions in the same
order as selecting does: may it be used, does it speak to the prospect, does its rule hold, is there a place.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from collateral.model.library import Block, BlockId
from collateral.model.selection import LeftOut, Selection, SlotSelection
from collateral.plan.audience import LANGUAGE_WEIGHT, Verdict, score
from collateral.plan.case import Case


class Reasons:
    """The reasons for one selection."""

    def __init__(self, case: Case, selection: Selection) -> None:
        self.case = case
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
        changes = [self._change(name, block.audience[name]) for name in failing]
        changes += [str(shortfall) for shortfall in self.case.failing(block.when)]
        first = failing[0]
        at = block.spans.get(f"audience.{first}") or block.spans.get(f"audience.{first}.0")
        return LeftOut(block.id, "audience", reason, "; ".join(changes), score(verdict.points), at, True)

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

    def _change(self, name: str, wanted: tuple[str, ...]) -> str:
        """What the profile would have to say: the narrower value where that is open, else any wanted one."""
        dimension, aim = self.case.library.dimensions.get(name), self.case.aims.get(name)
        if dimension is None or aim is None:
            return f'define the dimension "{name}"'
        narrower = [value for value in wanted if value in aim.narrower]
        value = (narrower or list(wanted))[0]
        if dimension.fact != dimension.id and aim.known:
            return f"add {value} to {dimension.fact}"
        return f"{dimension.fact}: {f'[{value}]' if dimension.fact != dimension.id else value}"

    def _rule(self, block: Block, verdict: Verdict) -> LeftOut | None:
        failing = self.case.failing(block.when, block.spans.get("when"))
        if not failing:
            return None
        text = "; ".join(map(str, failing))
        remedy = "; ".join(shortfall.condition for shortfall in failing)
        return LeftOut(
            block.id, "when", f"needs {text}", remedy, score(verdict.points), block.spans.get("when"), True
        )

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
        remedy = self._raise(verdict, weakest.score - worth)
        return LeftOut(block.id, "outranked", reason, remedy, worth, by_profile=remedy is not None)

    def _language_bonus(self, block: Block) -> Decimal:
        case = self.case
        counts = case.language != case.library.default_language and block.language == case.language
        return Decimal(LANGUAGE_WEIGHT if counts else 0)

    def _raise(self, verdict: Verdict, gap: Decimal) -> str | None:
        """A single change of the profile that would lift it over the weakest pick, if there is one."""
        for match in verdict.matches:
            dimension = self.case.library.dimensions[match.dimension]
            gain = Decimal(dimension.weight) - match.points
            if gain > gap:
                if match.parent:
                    return f"{dimension.fact}: {match.wanted} itself"
                return f"put {match.has} first in {dimension.fact}"
        return None
