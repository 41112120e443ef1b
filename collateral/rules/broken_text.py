"""A form's Markdown can be read as it was meant."""

from __future__ import annotations

from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity
from collateral.rules.rule import Rule, View

ID = "broken-text"


def check(view: View) -> Iterator[Diagnostic]:
    """What the Markdown parser found, under its own codes: unclosed tags, HTML, unsafe links, bad charts."""
    for one in view.forms:
        yield from one.diagnostics


RULE = Rule(ID, "the form's Markdown has a problem", Severity.ERROR, check)
