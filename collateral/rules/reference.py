"""The description of every rule as Markdown, one heading each, so that every rule id is an address in the docs."""

from __future__ import annotations

import re
import sys
from inspect import getdoc

from collateral.rules.registry import all_rules


def rules_reference() -> str:
    """A heading, severity and description for every rule."""
    parts = []
    for rule in all_rules():
        # the promise a rule keeps is named for us; readers of the docs want the reason
        why = re.sub(
            r"^Promise \d: (.)",
            lambda m: m[1].upper(),
            (sys.modules[rule.check.__module__].__doc__ or "").strip(),
        )
        finds = " ".join((getdoc(rule.check) or "").split())
        parts.append(
            f"### {rule.id}\n\n*{rule.severity.value}* · {rule.description}\n\n{why} Finds: {_lower(finds)}\n"
        )
    return "\n".join(parts)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
