"""What a section of a document holds goes where its master has a place for it."""

from __future__ import annotations

from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity
from collateral.diagnostics.hints import did_you_mean
from collateral.rules.rule import Rule, View

ID = "no-place-for-section"


def check(view: View) -> Iterator[Diagnostic]:
    """Sections of documents whose master has no `{{p slot("…") }}` of their name."""
    for id, places in view.places.items():
        for section in view.library.templates[id].sections:
            named = next((slot for slot in section.slots if slot.name), None)
            if section.place in places or not section.slots:
                continue
            message = f'the master has no place for the section "{section.place}"'
            hints = did_you_mean(section.place, places)
            put = f'put {{{{p slot("{section.place}") }}}} into the master, in a paragraph of its own'
            at = named.at if named is not None else section.at
            yield Diagnostic.error(ID, message, at or view.library.templates[id].at, *hints, put)


RULE = Rule(ID, "the master has no place for a section", Severity.ERROR, check)
