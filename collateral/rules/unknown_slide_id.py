"""A template names slides of its master by the @id in their notes."""

from __future__ import annotations

from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity
from collateral.diagnostics.hints import near_hint
from collateral.rules.rule import Rule, View

ID = "unknown-slide-id"


def check(view: View) -> Iterator[Diagnostic]:
    """Slides a template names that its master does not have."""
    for one in view.slots():
        master = view.masters.get(one.template.id)
        name = one.slot.slide
        if master is not None and name is not None and name not in master.slides:
            known = sorted(master.slides)
            hints = near_hint(name, known) or (
                f"the master has {', '.join(known) or 'no slide with an @id'}",
            )
            yield Diagnostic.error(ID, f'the master has no slide "{name}"', one.slot.at, *hints)
    for one in view.slots():
        if one.slot.slide is not None and one.template.piece != "deck":
            message = f"a {one.template.piece} has no slides"
            yield Diagnostic.error(ID, message, one.slot.at, "use block or pick")


RULE = Rule(ID, "the master does not have the slide", Severity.ERROR, check)
