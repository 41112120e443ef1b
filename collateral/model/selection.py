"""Who gets which block, and why: the value between `plan.select` and `plan.compose`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from collateral.diagnostics import Span
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.model.library import Block, BlockId, Section, Slot, Template


@dataclass(frozen=True, slots=True)
class Match:
    """One dimension on which block and prospect meet. `parent` is set when a broader value matched."""

    dimension: str
    wanted: str  # the block's value
    has: str  # the prospect's value
    points: Decimal
    parent: bool = False
    at: Span | None = None  # where the profile says so


@dataclass(frozen=True, slots=True)
class Pick:
    """A block in a slot. `because` is set when it was not picked on score ("goes with dwell-time-case", "fixed")."""

    block: Block
    score: Decimal
    matches: tuple[Match, ...]
    because: str | None = None
    runner_up: BlockId | None = None
    runner_up_score: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A block that was not picked: the first condition that failed and the smallest change that would bring it in."""

    block: BlockId
    condition: str  # "audience", "when", "valid", "approval", "language", "claims", "never_with", "outranked", "limit", …
    reason: str
    remedy: str | None = None
    score: Decimal | None = None
    at: Span | None = None
    by_profile: bool = False  # the remedy is a change of the profile, not of the content
    certain: bool | None = (
        None  # tried out: whether the change brings the block in; None when it was not tried
    )


@dataclass(frozen=True, slots=True)
class Question:
    """Something unknown that would unlock content. `fact` is the profile key; `unlocks` the blocks it could bring."""

    fact: str
    text: str
    unlocks: tuple[BlockId, ...]
    weight: Decimal
    count: int = 0  # how many blocks in all; `unlocks` names the first of them
    allowed: tuple[str, ...] = ()  # the answers the dimension allows, as labels


@dataclass(frozen=True, slots=True)
class SlotSelection:
    """What a slot got. A `slide` slot has no picks: `included` says whether its condition held."""

    slot: Slot
    picks: tuple[Pick, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    included: bool = True
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class SectionSelection:
    """A section with its filled slots."""

    section: Section
    slots: tuple[SlotSelection, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """The content of one piece for one prospect, before its text is final."""

    template: Template
    language: str
    sections: tuple[SectionSelection, ...]
    questions: tuple[Question, ...] = field(default=())
    as_of: date = date.min  # the day validity was judged on

    def picks(self) -> tuple[Pick, ...]:
        """All picks in order."""
        return tuple(p for sec in self.sections for s in sec.slots for p in s.picks)
