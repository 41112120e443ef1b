"""Slides are made on layouts the master has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from collateral.diagnostics import Diagnostic, Severity, Span
from collateral.diagnostics.hints import near_hint
from collateral.model.frames import DeckMaster
from collateral.model.library import Block, TemplateId
from collateral.rules.rule import Rule, View

ID = "unknown-layout"


def check(view: View) -> Iterator[Diagnostic]:
    """Layouts asked for by forms, slides and slots that a deck's master does not have."""
    decks = {id: master for id, master in view.masters.items() if view.library.templates[id].piece == "deck"}
    for one in view.slots():
        master = decks.get(one.template.id)
        if master is not None and one.slot.layout and master.layout(one.slot.layout) is None:
            yield _unknown(one.slot.layout, one.slot.at, _names(master))
    for form in view.forms if decks else ():
        for slide in form.content.slides:
            masters = [decks[id] for id in _users(view, form.block, decks)]
            if slide.layout and masters and not any(master.layout(slide.layout) for master in masters):
                yield _unknown(slide.layout, slide.at, _names(masters[0]))


def _names(master: DeckMaster) -> list[str]:
    return sorted({layout.name for layout in master.layouts.values()} | set(master.layouts))


def _users(view: View, block: Block, decks: Mapping[TemplateId, DeckMaster]) -> list[TemplateId]:
    """The decks that may show the block; all of them when none asks for its kind."""
    users = {s.template.id for s in view.slots() if s.template.id in decks and block.kind == s.slot.pick}
    return sorted(users or set(decks))


def _unknown(layout: str, at: Span | None, names: list[str]) -> Diagnostic:
    hints = near_hint(layout, names) or (f"the master has {', '.join(names)}",)
    return Diagnostic.error(ID, f'the master has no layout "{layout}"', at, *hints)


RULE = Rule(ID, "the master does not have the layout", Severity.ERROR, check)
