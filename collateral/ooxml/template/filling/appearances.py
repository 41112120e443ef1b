"""How often each slide of a deck appears, and with which data: what slide and section directives and `@when` say.

In: a compiled deck and data. Out: the slides to be filled, in order, with the variables of the loops around them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from collateral.diagnostics import Diagnostic
from collateral.expressions.formats import Formats
from collateral.ooxml.template.filling.budget import Budget
from collateral.ooxml.template.filling.compiled_deck import CompiledDeck
from collateral.ooxml.template.filling.deck_values import SlideGroup, SlideTemplate, TemplateSlide
from collateral.ooxml.template.filling.section_names import name_in
from collateral.ooxml.template.filling.wiring import Wiring

Data = Mapping[str, Any]
UNNAMED = "Untitled Section"
"""What PowerPoint calls a section without a name."""


class Appearances:
    """The slides of one piece so far, and what was wrong with the data of their directives."""

    def __init__(self, deck: CompiledDeck, formats: Formats) -> None:
        self.slides: list[TemplateSlide] = []
        self.problems: list[Diagnostic] = []
        self._deck, self._formats, self._budget = deck, formats, Budget()
        self._wanted: Collection[int] | None = None

    def add_all(self, data: Data) -> None:
        """Every slide of the deck."""
        self._add(range(len(self._deck.slides)), self._deck.groups, data)

    def add_chosen(self, numbers: Collection[int], data: Data) -> None:
        """These slides only (numbers from 1), whatever their `@when` says."""
        self._wanted = numbers
        first, last = min(numbers) - 1, max(numbers) - 1
        around = [g for g in self._deck.groups if g.first <= last and g.last >= first]
        places = range(min([first, *(g.first for g in around)]), max([last, *(g.last for g in around)]) + 1)
        self._add(places, around, data)

    def _of(self, function: str, data: Data) -> Sequence[Data]:
        """The data of each appearance a function of directives gives."""
        scopes, _, found = self._deck.functions.run(
            function, data, lambda: Wiring(self._budget, self._formats)
        )
        self.problems += found
        return scopes or ()

    def _add(self, places: range, groups: Sequence[SlideGroup], data: Data) -> None:
        """The slides at these places; those that are governed together turn by turn. `groups` are all in these places,
        those around others first."""
        at = places.start
        while at < places.stop:
            around = next((group for group in groups if group.first == at), None) if groups else None
            if around is None:
                self._add_slide(at, data)
                at += 1
                continue
            at = around.last + 1
            inner = [group for group in groups if group is not around and group.last < at]
            for scope in self._of(around.function, data):
                self._add(range(around.first, at), inner, scope)
            groups = [group for group in groups if group.first >= at]

    def _add_slide(self, at: int, data: Data) -> None:
        slide = self._deck.slides[at]
        if self._wanted is not None and slide.number not in self._wanted:
            return
        function = slide.expand if self._wanted is None else slide.turns
        for scope in self._of(function, data) if function else (data,):
            section = self._section(slide, scope) if slide.section_name else slide.section
            self.slides.append(TemplateSlide(slide.number, scope, section=section))

    def _section(self, slide: SlideTemplate, scope: Data) -> str:
        """The name of the section a slide stands in, which has tags."""
        written, _, found = self._deck.functions.run(
            slide.section_name, scope, lambda: Wiring(self._budget, self._formats)
        )
        self.problems += [problem for problem in found if problem not in self.problems]
        return name_in(written) or UNNAMED
