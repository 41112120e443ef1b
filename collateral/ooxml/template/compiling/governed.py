"""Charts, diagrams and objects of shapes that may be left out: what is left out of a slide is not in its file either.

In: a slide's own parts, and the relationships that only what directives govern names. Out: the parts, with those marked
that are only reached through these. Compile time only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from collateral.ooxml.manifest import Relationship
from collateral.ooxml.template.filling.deck_values import OwnedPart


def mark_governed(
    slide: OwnedPart, others: Iterable[OwnedPart], ids: Collection[str]
) -> tuple[OwnedPart, ...]:
    """The slide's parts, it first. `ids` are the relationships of the slide that may come to lead nowhere."""
    parts = {part.name: part for part in others}
    droppable = [
        r for r in slide.relationships if r.id in ids and not r.external and _is_own(parts.get(r.target))
    ]
    if not droppable:
        return (slide, *parts.values())
    kept = _reached([r for r in slide.relationships if r not in droppable], parts)
    governed = _reached(droppable, parts) - kept
    marked = [replace(p, governed=p.name in governed and not p.shared) for p in parts.values()]
    return (replace(slide, droppable=slide.droppable | {r.id for r in droppable}), *marked)


def _is_own(part: OwnedPart | None) -> bool:
    return part is not None and not part.shared


def _reached(relationships: Iterable[Relationship], parts: Mapping[str, OwnedPart]) -> set[str]:
    """The names of the slide's parts that these lead to, also through each other."""
    found, todo = set[str](), list(relationships)
    while todo:
        rel = todo.pop()
        if not rel.external and rel.target in parts and rel.target not in found:
            found.add(rel.target)
            todo += parts[rel.target].relationships
    return found
