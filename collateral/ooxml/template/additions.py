"""New parts that rendering brings into a package: pictures, charts, workbooks, tags, custom XML.

In: what fragments and slides point to. Out: named parts with their relationships and content types. The same picture is
stored once. Hot path: no lxml, no zip; names cost constant time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from collateral.ooxml.archive import ArchiveWriter
from collateral.ooxml.manifest import Relationship, extension_of, rels_name, write_relationships
from collateral.ooxml.parts import PartNames
from collateral.ooxml.values import RelatedPart

_PACKED = frozenset({"png", "jpg", "jpeg", "gif", "xlsx", "emf.gz", "mp4", "mp3", "m4a", "zip", "webp"})


@dataclass(frozen=True, slots=True)
class NewPart:
    """A part to be written: deflated unless its format is compressed already."""

    name: str
    content_type: str
    data: bytes
    relationships: tuple[Relationship, ...] = ()


class Additions:
    """Collects new parts for one package; `taken` are the names of all parts the file has."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken_names = taken
        self._names: PartNames | None = None
        self._known: dict[tuple[str, str], str] = {}
        self.parts: list[NewPart] = []

    @property
    def names(self) -> PartNames:
        """The names in use; looked at only when something is added."""
        if self._names is None:
            self._names = PartNames(self._taken_names)
        return self._names

    def relationship(self, rel_id: str, part: RelatedPart) -> Relationship:
        """The relationship to a new part or an address, the part being added when it is new."""
        if part.data is None:
            return Relationship(rel_id, part.type, part.target or "", external=True)
        return Relationship(rel_id, part.type, self.add(part))

    def add(self, part: RelatedPart) -> str:
        """The name of the part in the package."""
        key = (part.digest, part.content_type)
        known = self._known.get(key) if part.digest else None
        if known is not None:
            return known
        name = self.names.take(part.name_hint)
        if part.digest:
            self._known[key] = name
        relationships = tuple(self.relationship(inner.rel_id, inner) for inner in part.related)
        self.parts.append(NewPart(name, part.content_type, part.data or b"", relationships))
        return name

    def write(self, writer: ArchiveWriter) -> None:
        """Append all new parts to a file."""
        for part in self.parts:
            writer.add(part.name, part.data, extension_of(part.name) not in _PACKED)
            if part.relationships:
                writer.add(rels_name(part.name), write_relationships(part.relationships, part.name))


def relationships_of(related: Sequence[tuple[str, RelatedPart]], additions: Additions) -> list[Relationship]:
    """The relationships a rendered part came to need."""
    return [additions.relationship(rel_id, part) for rel_id, part in related]
