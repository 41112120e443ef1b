"""A package while it is being changed: parts are parsed when first looked at and written when they were edited.

In goes a `Package`, out comes another one; the first stays as it was. Parts that nothing points to any more are gone
from the result, with everything that only they pointed to. Must not know what the parts mean.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from collateral.diagnostics.lazy_dataclass import replace
from collateral.ooxml.package import Package, Part, PartNames, Relationship
from collateral.ooxml.xml import XmlError, parse_xml, serialise

if TYPE_CHECKING:
    from lxml.etree import _Element


class UnreadablePart(ValueError):
    """A part whose XML cannot be read; `part` is its name."""

    def __init__(self, part: str, reason: str) -> None:
        super().__init__(reason)
        self.part = part


def parse_part(part: Part) -> _Element:
    """The root element of a part. Raises UnreadablePart."""
    try:
        return parse_xml(part.data())
    except XmlError as problem:
        raise UnreadablePart(part.name, str(problem)) from None


class _Growing:
    """The relationships of a part that gets many more: each is found or added in constant time."""

    def __init__(self, relationships: Iterable[Relationship]) -> None:
        self.by_id = {relationship.id: relationship for relationship in relationships}
        self._ids = {(r.type, r.target): r.id for r in self.by_id.values() if not r.external}
        self._number = len(self.by_id)

    def relate(self, type_: str, target: str) -> str:
        """The id of the relationship to `target`, a new one if need be."""
        known = self._ids.get((type_, target))
        if known is not None:
            return known
        self._number += 1
        while f"rId{self._number}" in self.by_id:
            self._number += 1
        rel_id = f"rId{self._number}"
        self.by_id[rel_id] = Relationship(rel_id, type_, target, False)
        self._ids[type_, target] = rel_id
        return rel_id


class Draft:
    """A mutable copy of a package. Part names are those of `Package.parts`, without a leading slash."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._parts: dict[str, Part] = dict(package.parts)
        self._names = PartNames(package.parts)
        self._trees: dict[str, _Element] = {}
        self._edited: set[str] = set()
        self._growing: dict[str, _Growing] = {}  # relationships of parts that are being added to

    @property
    def main(self) -> str:
        """The name of the presentation part."""
        return self.package.main.name

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def part(self, name: str) -> Part:
        """The part as it was last written; edits of its tree are not in its data yet."""
        growing = self._growing.pop(name, None)
        if growing is not None:
            self._parts[name] = self._parts[name].with_relationships(growing.by_id.values())
        return self._parts[name]

    def names(self) -> list[str]:
        """The names of all parts, those nothing points to included."""
        return list(self._parts)

    def read(self, name: str) -> _Element:
        """The tree of a part, to look at. Raises UnreadablePart."""
        tree = self._trees.get(name)
        if tree is None:
            tree = self._trees[name] = parse_part(self._parts[name])
        return tree

    def edit(self, name: str) -> _Element:
        """The tree of a part, to change. Raises UnreadablePart."""
        tree = self.read(name)
        self._edited.add(name)
        return tree

    def relationships(self, name: str) -> tuple[Relationship, ...]:
        """The relationships of a part."""
        return self.part(name).relationships

    def target(self, name: str, rel_id: str | None) -> str | None:
        """The part a relationship points to, None when there is no such relationship or part."""
        for relationship in self.relationships(name):
            if relationship.id == rel_id and not relationship.external and relationship.target in self._parts:
                return relationship.target
        return None

    def targets(self, name: str, type_: str) -> list[str]:
        """The parts a part points to by relationships of exactly this type."""
        return [
            relationship.target
            for relationship in self.relationships(name)
            if relationship.type == type_ and not relationship.external and relationship.target in self._parts
        ]

    def relate(self, name: str, type_: str, target: str) -> str:
        """The id of the relationship from one part to another, made if there is none yet."""
        growing = self._growing.get(name)
        if growing is None:
            growing = self._growing[name] = _Growing(self._parts[name].relationships)
        return growing.relate(type_, target)

    def set_relationships(self, name: str, relationships: Iterable[Relationship]) -> None:
        """Give a part these relationships instead of its own."""
        self._parts[name] = self.part(name).with_relationships(relationships)

    def remove_relationships(self, name: str, ids: Iterable[str]) -> None:
        """Take some relationships away from a part."""
        gone = set(ids)
        self.set_relationships(name, [r for r in self.relationships(name) if r.id not in gone])

    def take_name(self, pattern: str) -> str:
        """The first free part name of a pattern such as `ppt/slides/slide{n}.xml`."""
        return self._names.take(pattern)

    def put(self, part: Part, tree: _Element | None = None) -> None:
        """Add a part under its own name, or replace it; `tree` is its content if it was parsed already."""
        self._parts[part.name] = part
        self._growing.pop(part.name, None)
        self._trees.pop(part.name, None)
        self._edited.discard(part.name)
        if tree is not None:
            self._trees[part.name] = tree
            self._edited.add(part.name)

    def set_content_type(self, name: str, content_type: str) -> None:
        """Change what a part says it is."""
        self._parts[name] = replace(self.part(name), content_type=content_type)

    def drop_package_relationships(self, ids: Iterable[str]) -> None:
        """Take some of the package's own relationships away."""
        gone = set(ids)
        kept = [r for r in self.package.relationships if r.id not in gone]
        self.package = self.package.with_parts(relationships=kept)

    def finish(self, kind: str | None = None) -> Package:
        """The changed package: edited parts written, parts that nothing points to left out."""
        for name in list(self._growing):
            self.part(name)
        for name in sorted(self._edited):
            self._parts[name] = self._parts[name].with_data(serialise(self._trees[name]))
        self._edited.clear()
        reached = self._reachable()
        changed = [
            part
            for name, part in self._parts.items()
            if name in reached and self.package.parts.get(name) is not part
        ]
        gone = [name for name in self.package.parts if name not in reached]
        package = self.package.with_parts(changed, remove=gone)
        return replace(package, kind=kind) if kind else package

    def _reachable(self) -> set[str]:
        reached: set[str] = set()
        todo = [r.target for r in self.package.relationships if not r.external]
        while todo:
            name = todo.pop()
            if name in reached or name not in self._parts:
                continue
            reached.add(name)
            todo += [r.target for r in self._parts[name].relationships if not r.external]
        return reached
