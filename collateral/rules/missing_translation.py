"""A prospect who reads another language gets the default one where a translation is missing."""

from __future__ import annotations

from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity
from collateral.rules.rule import Rule, View, span_of

ID = "missing-translation"


def check(view: View) -> Iterator[Diagnostic]:
    """Blocks without a text in one of the workspace's languages."""
    for id, found in view.library.blocks.items():
        missing = [language for language in view.library.languages if language not in found]
        block = found.get(view.library.default_language)
        if missing and block is not None and not block.internal and id not in view.library.broken:
            message = f'"{id}" has no {" and no ".join(missing)} translation'
            hint = f"write {block.path.removesuffix('.md')}.{missing[0]}.md"
            yield Diagnostic.note(ID, message, span_of(block, "id"), hint)


RULE = Rule(ID, "the block lacks a translation", Severity.NOTE, check)
