"""Promise 2: what every piece of a template needs must be in the profile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from collateral.diagnostics import Diagnostic, Severity, Span
from collateral.diagnostics.lazy_dataclass import replace
from collateral.model.prospect import Prospect
from collateral.rules.rule import Rule, View
from collateral.rules.uses import Use, all_uses

ID = "prospect-missing-fact"


def check(view: View) -> Iterator[Diagnostic]:
    """Facts a template's own texts read without a default, missing from a profile; each place that needs them is noted."""
    wanted: dict[str, list[Use]] = {}
    for one in all_uses(view):
        for path in sorted(one.reads) if one.template is not None and one.obligatory else ():
            if path.startswith("prospect.") and not path.startswith(
                "prospect.internal"
            ):  # no fact for customers
                wanted.setdefault(path.removeprefix("prospect."), []).append(one)
    for prospect in view.prospects:
        for path, uses in sorted(wanted.items()):
            if not _known(prospect, path):
                yield _finding(prospect, path, uses)


def _finding(prospect: Prospect, path: str, uses: Sequence[Use]) -> Diagnostic:
    names = ", ".join(sorted({str(use.template) for use in uses}))
    message = f'"{path}" is not known of {prospect.id}; {names} cannot be made without it'
    found = Diagnostic.error(ID, message, Span(prospect.path), f'add "{path.split(".")[0]}:" to the profile')
    return replace(found, notes=tuple(dict.fromkeys(("needed here", use.at) for use in uses)))


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
            and key.isdecimal()
            and int(key) < len(value)
        ):
            value = value[int(key)]
        else:
            return False
    return value is not None


RULE = Rule(ID, "the profile lacks a fact a template needs", Severity.ERROR, check)
