"""Cuts the names a designed slide or master may read down to what its tags do read.

So a plan holds the values a piece shows and nothing else: it can be printed and compared, and an internal fact that no
tag asks for is not even near the renderer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def prune(scope: Mapping[str, object], fields: Iterable[str]) -> dict[str, object]:
    """The part of `scope` that the dotted paths in `fields` reach; a path into a list keeps the whole list."""
    kept: dict[str, object] = {}
    for path in sorted(fields):
        _keep(scope, kept, path.split("."))
    return kept


def _keep(source: Mapping[str, object], target: dict[str, object], steps: list[str]) -> None:
    first, rest = steps[0], steps[1:]
    if first not in source:
        return
    value = source[first]
    if not rest or not isinstance(value, Mapping):
        target[first] = value
        return
    inner = target.setdefault(first, {})
    if inner is value or not isinstance(inner, dict):
        return  # the whole of it is kept already
    _keep(value, inner, rest)
