"""Candidates in order of strength, lazily: the best-first walk over the classes of blocks with equal points.

In: the index, what is usable, the prospect's aims. Out: (points, position) pairs, strongest first, equals in order of
specificity. Only the classes on the way to what is asked for are ever built.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from heapq import heappop, heappush

from collateral.diagnostics.lazy_namedtuple import NamedTuple
from collateral.model.library import INTERNAL_PIECES
from collateral.plan.audience import LANGUAGE_WEIGHT, POINTS, Aim
from collateral.plan.eligibility import REGION, permitted
from collateral.plan.index import Bits, BlockIndex, each

Levels = Sequence[tuple[int, Bits]]  # points and the blocks that get them, best first


class Candidate(NamedTuple):
    """A block's position in the index and its points."""

    points: int
    position: int


def levels_of(index: BlockIndex, aims: Mapping[str, Aim], language: str, default: str) -> list[Levels]:
    """Per dimension the classes of blocks that match it, and those it does not concern; the weightiest first."""
    found: list[Levels] = []
    for dimension, values in index.aimed.items():
        levels: list[tuple[int, Bits]] = []
        taken = 0
        aim = aims.get(dimension)
        for standing in aim.standings.values() if aim is not None else ():
            bits = values.get(standing.value, 0) & ~taken
            if bits:
                levels.append((standing.points, bits))
                taken |= bits
        found.append([*levels, (0, index.anyone[dimension])])
    if language != default:
        own = index.languages.get(language, 0)
        found.append([(LANGUAGE_WEIGHT * POINTS, own), (0, index.everything & ~own)])
    return sorted(found, key=lambda levels: -levels[0][0])


def out_of_region(index: BlockIndex, aims: Mapping[str, Aim], piece: str) -> Bits:
    """The blocks with a claim that may not be used where the prospect is."""
    if piece in INTERNAL_PIECES:
        return 0
    found = 0
    for limit, bits in index.regions.items():
        if not permitted(limit, aims.get(REGION)):
            found |= bits
    return found


def ranked(start: Bits, dimensions: Sequence[Levels]) -> Iterator[Candidate]:
    """The blocks of `start` that match in every dimension, strongest first."""
    best_of_rest = [0]
    for levels in reversed(dimensions):
        best_of_rest.append(best_of_rest[-1] + max(levels[0][0], 0))
    best_of_rest.reverse()
    # (minus the points it can still reach, minus how far it is, order of entry, points so far, blocks)
    heap: list[tuple[int, int, int, int, Bits]] = []
    entered = 0
    if start:
        heappush(heap, (-best_of_rest[0], 0, 0, 0, start))
    while heap:
        reach = heap[0][0]
        complete = 0
        while heap and heap[0][0] == reach:
            _, depth, _, points, blocks = heappop(heap)
            if -depth == len(dimensions):
                complete |= blocks
                continue
            for gain, level in dimensions[-depth]:
                inside = blocks & level
                if inside:
                    entered += 1
                    total = points + gain
                    heappush(heap, (-(total + best_of_rest[1 - depth]), depth - 1, entered, total, inside))
        for position in each(complete):
            yield Candidate(-reach, position)


class Ranking:
    """The candidates of one kind, found as far as anyone has asked."""

    def __init__(self, start: Bits, dimensions: Sequence[Levels]) -> None:
        self._source = ranked(start, dimensions)
        self._found: list[Candidate] = []

    def at(self, place: int) -> Candidate | None:
        """The candidate at a place, 0 being the strongest; None when there are fewer."""
        while len(self._found) <= place:
            following = next(self._source, None)
            if following is None:
                return None
            self._found.append(following)
        return self._found[place]

    def __iter__(self) -> Iterator[Candidate]:
        place = 0
        while (candidate := self.at(place)) is not None:
            yield candidate
            place += 1
