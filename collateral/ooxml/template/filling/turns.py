"""Which copy of a slide a link leads to when slides repeat together: the one of the same turn.

In: a deck's slides, the runs of them that directives govern together, and the slides of a piece in their order (places in the
template, -1 for new ones). Out: places in the piece. A turn ends where the slides of its run begin anew.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from collateral.ooxml.template.filling.compiled_deck import CompiledDeck
from collateral.ooxml.template.filling.deck_values import SlideGroup


class Turns:
    """The turns of one piece."""

    def __init__(self, deck: CompiledDeck, slides: Sequence[int]) -> None:
        self._groups, self._slides = deck.groups, slides
        # what may stand several times in one turn
        self._several = {at for at, slide in enumerate(deck.slides) if slide.tables or slide.turns}

    def copy_led_to(self, entry: int, target: int) -> int | None:
        """The place of the copy of `target` that a link of the slide at `entry` leads to; None when its turn has none."""
        around = [g for g in self._groups if self._slides[entry] in _of(g) and target in _of(g)]
        turn = self._turn(around[-1], entry) if around else range(len(self._slides))
        return next((at for at in turn if self._slides[at] == target), None)

    def _turn(self, group: SlideGroup, entry: int) -> range:
        """The places of the turn of a run that a slide stands in."""
        begins = {at: g.first for g in reversed(self._groups) if _is_in(g, group) for at in _of(g)}
        steps = [begins.get(slide, slide) if slide in _of(group) else -1 for slide in self._slides]
        several = self._several | begins.keys()
        start, stop = entry, entry + 1
        while start and steps[start - 1] >= 0 and self._goes_on(steps, start, several):
            start -= 1
        while stop < len(steps) and self._goes_on(steps, stop, several):
            stop += 1
        return range(start, stop)

    def _goes_on(self, steps: Sequence[int], at: int, several: Collection[int]) -> bool:
        """Whether a slide stands in the same turn as the one before it."""
        before, step = steps[at - 1], steps[at]
        return before < step or (before == step and self._slides[at] in several)


def _of(group: SlideGroup) -> range:
    return range(group.first, group.last + 1)


def _is_in(group: SlideGroup, around: SlideGroup) -> bool:
    return group is not around and group.first >= around.first and group.last <= around.last
