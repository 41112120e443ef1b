"""Cuts the names a designed slide or master may read down to what its tags do read.

So a plan holds the values a piece shows and nothing else: it can be printed and compared, and an internal fact that no
tag asks for is not even near the renderer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache


def prune(scope: Mapping[str, object], fields: Iterable[str]) -> dict[str, object]:
    """The part of `scope` that the dotted paths in `fields` reach; a path into a list keeps the whole list."""
    kept: dict[str, object] = {}
    for path in _paths(tuple(fields)):
        _keep(scope, kept, path)
    return kept


@lru_cache(maxsize=1024)
def _paths(fields: tuple[str, ...]) -> Sequence[Sequence[str]]:
    """The steps of each path, those that end early first; a designed slide reads the same ones for every piece."""
    return [path.split(".") for path in sorted(fields)]


def _keep(source: Mapping[str, object], target: dict[str, object], path: Sequence[str]) -> None:
    last = len(path) - 1
    for at, step in enumerate(path):
        if step not in source:
            return
        value = source[step]
        if at == last or not (value.__class__ is dict or isinstance(value, Mapping)):
            target[step] = value
            return
        inner = target.setdefault(step, {})
        if inner is value or not isinstance(inner, dict):
            return  # the whole of it is kept already
        source, target = value, inner
