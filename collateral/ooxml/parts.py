"""The values an opened Office file is made of: `Part`, `Package`, and `PartNames` for new parts.

All are immutable; a changed package is a new value that shares what did not change. Nothing here reads or writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from collateral.diagnostics.lazy_dataclass import dataclass, replace
from collateral.ooxml import names
from collateral.ooxml.archive import Member
from collateral.ooxml.manifest import ContentTypes, Relationship


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its name without the leading slash, its content type, its packed bytes and its relationships.

    `rels_member` is the .rels file the relationships were read from, None when it has to be written anew.
    """

    name: str
    content_type: str
    member: Member
    relationships: tuple[Relationship, ...] = ()
    rels_member: Member | None = None

    @staticmethod
    def of(
        name: str,
        content_type: str,
        data: bytes,
        relationships: Iterable[Relationship] = (),
        *,
        compress: bool = True,
    ) -> Part:
        """A new part from its inflated data."""
        return Part(name, content_type, Member.of(name, data, compress=compress), tuple(relationships))

    def data(self) -> bytes:
        """The inflated data."""
        return self.member.data()

    def relationship(self, rel_id: str) -> Relationship | None:
        """The relationship with this id."""
        return next((rel for rel in self.relationships if rel.id == rel_id), None)

    def with_data(self, data: bytes, relationships: Iterable[Relationship] | None = None) -> Part:
        """The same part with other content, and other relationships if given."""
        changed = replace(self, member=Member.of(self.name, data))
        return changed if relationships is None else changed.with_relationships(relationships)

    def with_relationships(self, relationships: Iterable[Relationship]) -> Part:
        """The same part with other relationships."""
        new = tuple(relationships)
        return self if new == self.relationships else replace(self, relationships=new, rels_member=None)

    def renamed(self, name: str) -> Part:
        """The same part under another name; its relationships are written anew, for they may be relative."""
        return replace(self, name=name, member=replace(self.member, name=name), rels_member=None)


@dataclass(frozen=True, slots=True)
class Package:
    """A whole file. `parts` are in the order they are written; relationships are those of the package itself."""

    kind: str
    file: str
    parts: Mapping[str, Part]
    relationships: tuple[Relationship, ...]
    types: ContentTypes
    rels_member: Member | None = None
    types_member: Member | None = None

    @property
    def is_deck(self) -> bool:
        """Whether this is a presentation rather than a document."""
        return self.kind in ("pptx", "potx", "ppsx")

    @property
    def main(self) -> Part:
        """The presentation or document part."""
        return self.parts[next(r.target for r in self.relationships if r.type == names.REL_OFFICE_DOCUMENT)]

    def as_ordinary_file(self) -> Package:
        """What Office makes of a template when it opens it: a presentation or document of the same content."""
        kind = {"potx": "pptx", "dotx": "docx"}.get(self.kind)
        if kind is None:
            return self
        type_ = next(t for t, k in names.KIND_OF_MAIN.items() if k == kind)
        return replace(self.with_parts([replace(self.main, content_type=type_)]), kind=kind)

    def get(self, name: str) -> Part | None:
        """The part with this name, with or without a leading slash."""
        return self.parts.get(name.removeprefix("/"))

    def related(self, part: Part | None, type_suffix: str) -> list[Part]:
        """The parts a part (None: the package) points to by relationships whose type ends with `/type_suffix`."""
        relationships = self.relationships if part is None else part.relationships
        ending = "/" + type_suffix
        return [
            self.parts[rel.target]
            for rel in relationships
            if not rel.external and rel.type.endswith(ending) and rel.target in self.parts
        ]

    def with_parts(
        self,
        parts: Iterable[Part] = (),
        *,
        remove: Iterable[str] = (),
        relationships: Iterable[Relationship] | None = None,
    ) -> Package:
        """A new package in which these parts are added or replace those of the same name, and others are gone."""
        kept = dict(self.parts)
        for name in remove:
            kept.pop(name.removeprefix("/"), None)
        for part in parts:
            kept[part.name] = part
        own = self.relationships if relationships is None else tuple(relationships)
        return replace(
            self,
            parts=kept,
            relationships=own,
            rels_member=self.rels_member if own == self.relationships else None,
            types_member=self.types_member if _same_types(self.parts, kept) else None,
        )


def _same_types(before: Mapping[str, Part], after: Mapping[str, Part]) -> bool:
    return before.keys() == after.keys() and all(
        part.content_type == after[name].content_type for name, part in before.items()
    )


class PartNames:
    """Hands out part names that are not taken, each in constant time."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {name.casefold().removeprefix("/") for name in taken}
        self._next: dict[str, int] = {}

    def take(self, pattern: str) -> str:
        """The first free name of a pattern such as `ppt/slides/slide{n}.xml`, now taken; no leading slash."""
        pattern = pattern.removeprefix("/")
        number = self._next.get(pattern, 1)
        name = pattern.replace("{n}", str(number))
        while name.casefold() in self._taken:
            number += 1
            if "{n}" not in pattern:
                stem, dot, extension = pattern.rpartition(".")
                pattern = f"{stem or extension}{{n}}{dot}{extension if stem else ''}"
            name = pattern.replace("{n}", str(number))
        self._next[pattern] = number + 1
        self._taken.add(name.casefold())
        return name

    def add(self, name: str) -> bool:
        """Take exactly this name; false when it is taken already."""
        key = name.casefold().removeprefix("/")
        if key in self._taken:
            return False
        self._taken.add(key)
        return True
