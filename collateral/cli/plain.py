"""Command lines that are plainly right, read without click.

Importing click takes a tenth of what a deck costs. A `collateral generate` whose words are options in their usual form, their values and
prospects needs none of it. Everything else (help, completion, mistakes, other forms, other commands) is left to click, whose options have the
last word: this reads what they read, or None.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from collateral.cli.generating import Order

VALUES = {
    "-t": "templates",
    "--template": "templates",
    "-o": "output",
    "--output": "output",
    "--as-of": "as_of",
    "--language": "language",
}
FLAGS = {"--pdf": "pdf", "--json": "as_json"}
_WORKSPACE = ("-w", "--workspace")


def read_plainly(words: Sequence[str]) -> tuple[str | None, Order] | None:
    """The workspace that is named, if one is, and what to make; None where click has to look at the words."""
    if os.name == "nt" or "_COLLATERAL_COMPLETE" in os.environ:  # click opens wildcards, and completes
        return None
    named, rest = (words[1], words[2:]) if len(words) > 2 and words[0] in _WORKSPACE else (None, words)
    if named is not None and not _is_plain(named):
        return None
    order = _order(rest[1:]) if rest and rest[0] == "generate" else None
    return (named, order) if order is not None else None


def _is_plain(value: str) -> bool:
    return bool(value) and not value.startswith("-")


def _order(words: Sequence[str]) -> Order | None:
    given: dict[str, Any] = {}
    prospects: list[str] = []
    templates: list[str] = []
    left = iter(words)
    for word in left:
        name = VALUES.get(word)
        value = next(left, "") if name else word
        if word in FLAGS:
            given[FLAGS[word]] = True
        elif not _is_plain(value):
            return None
        elif name is None:
            prospects.append(value)
        elif name == "templates":
            templates.append(value)
        else:
            given[name] = value
    try:
        if "as_of" in given:
            given["as_of"] = date.fromisoformat(given["as_of"])
    except ValueError:
        return None
    if "output" in given:
        given["output"] = Path(given["output"])
        if given["output"].exists() and not os.access(given["output"], os.R_OK):
            return None
    return Order(tuple(prospects), tuple(templates), **given) if prospects else None
