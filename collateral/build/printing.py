"""Values as plain data for JSON and YAML: what is empty is left out, so that a plan can be read and compared."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from collateral.diagnostics import Diagnostic, Span

if TYPE_CHECKING:
    from collateral.build.workspace import Workspace


_UNSAID = ("at", "to_at", "filled")  # where something stands, and what nobody decided


def to_plain(value: object) -> object:
    """Mappings, lists, texts, numbers and truth values; a dataclass becomes a mapping that names its kind."""
    if is_dataclass(value) and not isinstance(value, type):
        if isinstance(value, Span):
            return str(value)
        plain = {f.name: to_plain(getattr(value, f.name)) for f in fields(value) if f.name not in _UNSAID}
        kept = {key: item for key, item in plain.items() if item not in (None, "", [], {}, False)}
        return {"is": type(value).__name__, **kept}
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | frozenset):
        return [to_plain(item) for item in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def print_plans(
    workspace: Workspace,
    prospects: Sequence[str],
    templates: Sequence[str],
    *,
    as_of: date,
    language: str | None,
    form: str,
) -> tuple[str, list[Diagnostic]]:
    """The plans of all pieces as JSON (a list) or YAML (one document each), and what was wrong."""
    plans: list[object] = []
    found = workspace.concerns(templates)
    for which in prospects:
        prospect, problems = workspace.prospect(which)
        found += problems
        if prospect is None:
            continue
        for template in templates or workspace.default_templates():
            plan, problems = workspace.plan(prospect, template, as_of=as_of, language=language)
            found += problems
            if plan is not None:
                plans.append(to_plain(plan))
    return _printed(plans, form), found


def _printed(plans: list[object], form: str) -> str:
    if form == "json":
        return json.dumps(plans, indent=2, ensure_ascii=False)
    import yaml

    return str(yaml.safe_dump_all(plans, allow_unicode=True, sort_keys=False, width=110)).rstrip()
