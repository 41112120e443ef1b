"""Slide parts named in showing order where slides link to slides: `named_in_order`.

LibreOffice takes the number in the name of a jump's part for the slide's place in the deck: it goes astray where that is
another one, and crashes where there is none. PowerPoint names slides in their order whenever it saves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from collateral.ooxml import names
from collateral.ooxml.package import Package, Part, Relationship


def named_in_order(package: Package, slides: Sequence[str]) -> Package:
    """The deck with these parts, its slides in showing order, named by their places if any of them leads to another."""
    parts = [package.parts[name] for name in slides]
    if not any(r.type == names.REL_SLIDE and not r.external for part in parts for r in part.relationships):
        return package
    renamed = {name: f"ppt/slides/slide{place}.xml" for place, name in enumerate(slides, 1)}
    if all(old == new for old, new in renamed.items()):
        return package
    changed = [_moved(part, renamed) for part in package.parts.values()]
    before = package.parts.values()
    return package.with_parts(
        [new for old, new in zip(before, changed, strict=True) if new is not old],
        remove=renamed,
    )


def _moved(part: Part, renamed: Mapping[str, str]) -> Part:
    relationships = [_retargeted(r, renamed) for r in part.relationships]
    if any(new is not old for new, old in zip(relationships, part.relationships, strict=True)):
        part = part.with_relationships(relationships)
    return part.renamed(renamed[part.name]) if part.name in renamed else part


def _retargeted(relationship: Relationship, renamed: Mapping[str, str]) -> Relationship:
    target = renamed.get(relationship.target)
    if relationship.external or target is None or target == relationship.target:
        return relationship
    return Relationship(relationship.id, relationship.type, target)
