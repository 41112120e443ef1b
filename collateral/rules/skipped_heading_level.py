"""People who listen to a document find their way by its headings, level by level."""

from __future__ import annotations

from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity
from collateral.model.content import Heading
from collateral.rules.rule import Rule, View
from collateral.rules.walk import nodes_of

ID = "skipped-heading-level"
_FIRST = 2  # sections have the first level, so a block's own headings begin with the second
_PIECES = frozenset({"document", "briefing"})


def check(view: View) -> Iterator[Diagnostic]:
    """Headings of documents that stand more than one level below the one before them."""
    for one in view.forms:
        if one.form.piece not in _PIECES:
            continue
        above = _FIRST - 1
        for node in nodes_of(one.content):
            if not isinstance(node, Heading):
                continue
            if node.depth > above + 1:
                message = f"the heading has level {node.depth}, and the one above it level {above}"
                hint = f'write "{"#" * (above + 1)}" before it'
                yield Diagnostic.warning(ID, message, node.at, hint)
            above = node.depth


RULE = Rule(ID, "a heading skips a level", Severity.WARNING, check)
