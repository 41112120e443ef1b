"""Definitions may use each other, but not in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from collateral.diagnostics import Diagnostic, Severity
from collateral.expressions import parse
from collateral.rules.rule import Rule, View

ID = "circular-definition"


def check(view: View) -> Iterator[Diagnostic]:
    """Definitions that come back to themselves."""
    names: dict[str, frozenset[str]] = {}
    for definition in view.library.definitions.values():
        expression, _ = parse(definition.expression)
        names[definition.name] = expression.names if expression else frozenset()
    for definition in view.library.definitions.values():
        if definition.name in _reached(definition.name, names):
            message = f'the definition "{definition.name}" depends on itself'
            yield Diagnostic.error(ID, message, definition.at, "write one of them out")


def _reached(start: str, names: Mapping[str, frozenset[str]]) -> set[str]:
    found: set[str] = set()
    todo = [start]
    while todo:
        for name in names.get(todo.pop(), ()):
            if name in names and name not in found:
                found.add(name)
                todo.append(name)
    return found


RULE = Rule(ID, "a definition depends on itself", Severity.ERROR, check)
