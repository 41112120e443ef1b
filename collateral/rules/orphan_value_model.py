"""A value model nobody reads is arithmetic for nobody."""

from __future__ import annotations

from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity
from collateral.rules.rule import Rule, View
from collateral.rules.uses import all_uses

ID = "orphan-value-model"


def check(view: View) -> Iterator[Diagnostic]:
    """Value models none of whose outputs is read anywhere."""
    read = {path.split(".")[1] for one in all_uses(view) for path in one.reads if path.startswith("value.")}
    for model in view.library.value_models.values():
        if not any(output.id in read for output in model.outputs):
            hint = "use one of its outputs in a text: {{ value.NAME }}"
            yield Diagnostic.note(ID, f'nothing reads the value model "{model.id}"', model.at, hint)


RULE = Rule(ID, "nothing reads the value model", Severity.NOTE, check)
