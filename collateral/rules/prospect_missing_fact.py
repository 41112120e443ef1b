"""Promise 2: what every piece of a template needs must be in the profile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from collateral.diagnostics import Diagnostic, Severity, Span
from collateral.model.prospect import Prospect
from collateral.rules.rule import Rule, View
from collateral.rules.uses import all_uses

ID = "prospect-missing-fact"


def check(view: View) -> Iterator[Diagnostic]:
    """Facts a template's own texts and fixed slides read without a default, missing from a profile."""
    wanted: dict[str, list[str]] = {}
    for one in all_uses(view):
        if one.template is not None and one.obligatory:
            for path in sorted(one.reads):
                if path.startswith("prospect."):
                    wanted.setdefault(path.removeprefix("prospect."), []).append(one.template)
    for prospect in view.prospects:
        for path, templates in sorted(wanted.items()):
            if not _known(prospect, path):
                names = ", ".join(sorted(set(templates)))
                message = f'"{path}" is not known of {prospect.id}; {names} cannot be made without it'
                yield Diagnostic.error(
                    ID, message, Span(prospect.path), f'add "{path.split(".")[0]}:" to the profile'
                )


def _known(prospect: Prospect, path: str) -> bool:
    value: object = prospect.facts
    if path in ("id", "short_name", "name"):
        return True  # short_name falls back on the name
    for key in path.split("."):
        if isinstance(value, Mapping):
            value = value.get(key)
        elif (
            isinstance(value, Sequence)
            and not isinstance(value, str)
            and key.isdigit()
            and int(key) < len(value)
        ):
            value = value[int(key)]
        else:
            return False
    return value is not None


RULE = Rule(ID, "the profile lacks a fact a template needs", Severity.ERROR, check)
