"""A form without text makes an empty slide or paragraph."""

from __future__ import annotations

from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity
from collateral.rules.rule import Rule, View, span_of

ID = "empty-form"


def check(view: View) -> Iterator[Diagnostic]:
    """Forms that hold nothing to show, and blocks that have no form and no designed file."""
    for one in view.forms:
        if not one.content.slides and not one.content.nodes and not one.diagnostics:
            message = f'the "{one.form.piece}" part of "{one.block.id}" is empty'
            yield Diagnostic.warning(ID, message, one.at, "write it, or remove it")
    for block in view.blocks:
        if not block.forms and not block.designed:
            message = f'"{block.id}" ({block.language}) has no text at all'
            yield Diagnostic.warning(ID, message, span_of(block, "id"), 'add a part such as "::: document"')


RULE = Rule(ID, "a form has nothing in it", Severity.WARNING, check)
