"""Cuts the names a designed slide or master may read down to what its tags do read.

So a plan holds the values a piece shows and nothing else: it can be printed and compared, and an internal fact that no
tag asks for is not even near the renderer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

_Tree = dict[str, "_Tree | None"]
"""What is read below each name; None where all of it is."""


def prune(scope: Mapping[str, object], fields: Iterable[str]) -> dict[str, object]:
    """The part of `scope` that the dotted paths in `fields` reach; a path into a list keeps the whole list."""
    return _kept(scope, _tree(tuple(fields)))


def _kept(source: Mapping[str, object], tree: _Tree) -> dict[str, object]:
    kept = {}
    for name, below in tree.items():
        if name in source:
            value = source[name]
            kept[name] = value if below is None or not isinstance(value, Mapping) else _kept(value, below)
    return kept


@lru_cache(maxsize=1024)
def _tree(fields: tuple[str, ...]) -> _Tree:
    """The paths by their names, in order; the same for all pieces of a slide."""
    tree: _Tree = {}
    for path in sorted(fields):
        *above, last = path.split(".")
        place: _Tree | None = tree
        for name in above:
            place = place.setdefault(name, {}) if place is not None else None
        if place is not None:
            place[last] = None
    return tree
