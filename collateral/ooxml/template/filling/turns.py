"""Which copy of a slide a link leads to when slides repeat together: the one of the same turn.

In: a deck's slides, the runs of them that directives govern together, and the slides of a piece in their order (places in the
template, -1 for new ones). Out: places in the piece. A turn ends where the slides of its run begin anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from collateral.ooxml.template.filling.compiled_deck import CompiledDeck
from collateral.ooxml.template.filling.deck_values import SlideGroup


class Turns:
    """The turns of one piece. What is worked out for a run of slides is kept: there may be hundreds of turns."""

    def __init__(self, deck: CompiledDeck, slides: Sequence[int]) -> None:
        self._groups, self._slides = deck.groups, slides
        # what may stand several times in one turn
        self._several = {at for at, slide in enumerate(deck.slides) if slide.grows or slide.turns}
        self._first = {slide: at for at, slide in reversed(list(enumerate(slides)))}
        self._turns: dict[SlideGroup, list[range]] = {}

    def copy_led_to(self, entry: int, target: int) -> int | None:
        """The place of the copy of `target` that a link of the slide at `entry` leads to; None when its turn has none."""
        around = [g for g in self._groups if self._slides[entry] in _of(g) and target in _of(g)]
        if not around:
            return self._first.get(target)
        turn = self._turns_of(around[-1])[entry]
        return next((at for at in turn if self._slides[at] == target), None)

    def _turns_of(self, group: SlideGroup) -> list[range]:
        """By place the turn of a run that the slide there stands in; none for slides beside it."""
        known = self._turns.get(group)
        if known is None:
            known = self._turns[group] = [range(0)] * len(self._slides)
            for turn in self._cut(group):
                known[turn.start : turn.stop] = [turn] * len(turn)
        return known

    def _cut(self, group: SlideGroup) -> Iterator[range]:
        begins = {at: g.first for g in reversed(self._groups) if _is_in(g, group) for at in _of(g)}
        steps = [begins.get(slide, slide) if slide in _of(group) else -1 for slide in self._slides]
        several = self._several | begins.keys()
        steps.append(-1)
        start = 0
        for at, (step, following) in enumerate(pairwise(steps), 1):
            if step < 0:
                start = at
            elif following < step or (following == step and self._slides[at] not in several):
                yield range(start, at)
                start = at


def _of(group: SlideGroup) -> range:
    return range(group.first, group.last + 1)


def _is_in(group: SlideGroup, around: SlideGroup) -> bool:
    return group is not around and group.first >= around.first and group.last <= around.last
