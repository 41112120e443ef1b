"""A slide is found by its title, in lists of slides and by people who listen to them."""

from __future__ import annotations

from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity
from collateral.rules.rule import Rule, View

ID = "missing-slide-title"
_TITLES = frozenset({"title", "ctrTitle"})


def check(view: View) -> Iterator[Diagnostic]:
    """Slides without a title, be they text or designed, and those whose title the layout they ask for has no place for."""
    titleless = {
        layout.name
        for master in view.masters.values()
        for layout in master.layouts.values()
        if not any(place.kind in _TITLES for place in layout.placeholders)
    }
    for one in view.forms:
        for slide in one.content.slides:
            if not slide.title:
                hint = "write it behind the number signs: ## What the slide says"
                yield Diagnostic.warning(ID, "the slide has no title", slide.at, hint)
            elif (slide.layout or one.form.layout) in titleless:
                message = f'the layout "{slide.layout or one.form.layout}" has no place for the title'
                hint = "use another layout: this title is only heard and listed, not seen"
                yield Diagnostic.warning(ID, message, slide.at, hint)
    for barrier in view.barriers:
        if barrier.kind == "title":
            hint = "give it one in PowerPoint: Review > Check Accessibility adds a title, also one that is not seen"
            yield Diagnostic.warning(ID, "the slide has no title", barrier.at, hint)


RULE = Rule(ID, "a slide has no title", Severity.WARNING, check)
