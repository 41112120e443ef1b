"""A translation must say what its source says now."""

from __future__ import annotations

from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity
from collateral.rules.rule import Rule, View, span_of

ID = "stale-translation"


def check(view: View) -> Iterator[Diagnostic]:
    """Translations made from another version of their source, or that do not say from which."""
    default = view.library.default_language
    for found in view.library.blocks.values():
        source = found.get(default)
        for block in found.values() if source is not None else ():
            if block is source or source is None:
                continue
            if block.translates is None:
                message = f'"{block.id}" ({block.language}) does not say which text it translates'
            elif not source.digest.startswith(block.translates):
                message = f'"{block.id}" ({block.language}) translates an older text'
            else:
                continue
            hint = f'bring it up to date, then write "translates: {source.digest}"'
            yield Diagnostic.warning(ID, message, span_of(block, "translates"), hint)


RULE = Rule(ID, "the translation is older than its source", Severity.WARNING, check)
