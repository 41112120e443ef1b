"""Audience: how well what a block is aimed at meets what is known of a prospect.

In: dimensions, a block's audience, the prospect's values. Out: matches with points, mismatches and unknowns. Points are
whole thousandths, so that sums are exact and quick; `score` makes them a Decimal.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.model.library import Block, Dimension, Library
from collateral.model.prospect import Prospect
from collateral.model.selection import Match
from collateral.plan.facts import dimension_values

POINTS = 1000  # thousandths: the points of one unit of weight
LANGUAGE_WEIGHT = (
    3  # what a text in the prospect's language is worth when others are shown in the default one
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A value a block may be aimed at, and the points that brings this prospect. `parent`: `has` is narrower."""

    value: str
    has: str
    path: str
    points: int
    parent: bool


@dataclass(frozen=True, slots=True)
class Aim:
    """One dimension for one prospect: every value that matches, best first; what is narrower than what is known."""

    dimension: str
    known: tuple[tuple[str, str], ...]
    standings: Mapping[str, Standing]
    narrower: frozenset[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one block's audience meets one prospect. It matches when `mismatched` and `unknown` are both empty."""

    matches: tuple[Match, ...] = ()
    points: int = 0
    mismatched: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether the block speaks to this prospect."""
        return not self.mismatched and not self.unknown


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """The broader and narrower values of each value of one dimension."""

    above: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # value → broader value → levels up
    below: Mapping[str, frozenset[str]] = field(default_factory=dict)


def hierarchy(dimension: Dimension) -> Hierarchy:
    """Who includes whom, directly or through others; a circle of includes ends where it began."""
    below = {value: _included(dimension, value) for value in dimension.values}
    above: dict[str, dict[str, int]] = {}
    for broad, reached in below.items():
        for narrow, levels in reached.items():
            above.setdefault(narrow, {})[broad] = levels
    return Hierarchy(above, {value: frozenset(reached) for value, reached in below.items()})


def _included(dimension: Dimension, value: str) -> dict[str, int]:
    reached: dict[str, int] = {}
    edge, levels = [value], 0
    while edge:
        levels += 1
        edge = [
            narrow
            for broad in edge
            if broad in dimension.values
            for narrow in dimension.values[broad].includes
            if narrow not in reached and narrow != value
        ]
        reached |= dict.fromkeys(edge, levels)
    return reached


def standing_points(weight: int, place: int, levels: int) -> int:
    """An exact match of the first value is worth the weight; the n-th value 4/(4+n) of it; each level up halves it."""
    return max(1, weight * POINTS * 4 // (4 + place) >> levels) if weight > 0 else 0


def aims_of(library: Library, prospect: Prospect, hierarchies: Mapping[str, Hierarchy]) -> dict[str, Aim]:
    """The prospect's aim in every dimension, in the order of the workspace file."""
    return {name: _aim(d, prospect, hierarchies[name]) for name, d in library.dimensions.items()}


def _aim(dimension: Dimension, prospect: Prospect, levels: Hierarchy) -> Aim:
    known = dimension_values(dimension, prospect)
    found: dict[str, Standing] = {}
    for place, (value, path) in enumerate(known):
        reached = {value: 0, **levels.above.get(value, {})}
        for broad, up in reached.items():
            points = standing_points(dimension.weight, place, up)
            if broad not in found or found[broad].points < points:
                found[broad] = Standing(broad, value, path, points, up > 0)
    narrower = frozenset().union(*(levels.below.get(value, frozenset()) for value, _ in known))
    ordered = dict(sorted(found.items(), key=lambda item: -item[1].points))
    return Aim(dimension.id, known, ordered, narrower - frozenset(found))


def judge(block: Block, aims: Mapping[str, Aim], prospect: Prospect) -> Verdict:
    """The verdict on one block: the best match in each dimension it is aimed by."""
    matches: list[Match] = []
    total = 0
    failed: dict[bool, list[str]] = {True: [], False: []}
    for dimension, wanted in block.audience.items():
        aim = aims.get(dimension)
        best = _best(aim, wanted) if aim is not None else None
        if best is not None:
            at = prospect.spans.get(best.path)
            matches.append(Match(dimension, best.value, best.has, score(best.points), best.parent, at))
            total += best.points
        elif wanted:
            failed[aim is not None and (not aim.known or not aim.narrower.isdisjoint(wanted))].append(
                dimension
            )
    return Verdict(tuple(matches), total, tuple(failed[False]), tuple(failed[True]))


def _best(aim: Aim, wanted: tuple[str, ...]) -> Standing | None:
    found = [aim.standings[value] for value in wanted if value in aim.standings]
    return max(found, key=lambda standing: standing.points, default=None)


def score(points: int) -> Decimal:
    """Points as the number people see: 4.5, 12."""
    whole, rest = divmod(points, POINTS)
    return Decimal(whole) if rest == 0 else Decimal(points).scaleb(-3).normalize()


def breadth(block: Block) -> tuple[int, int, str, str]:
    """Sorts the more specific block first: more dimensions, then fewer values, then a rule of its own, then the id."""
    aimed = [wanted for wanted in block.audience.values() if wanted]
    ruled = 0 if block.when else 1
    return -len(aimed), sum(map(len, aimed)) * 2 + ruled, block.id, block.language
