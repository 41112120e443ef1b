"""New parts that rendering brings into a package: pictures, charts, workbooks, tags, custom XML.

In: what fragments and slides point to. Out: named parts with their relationships and content types. The same picture is
stored once. Hot path: no lxml, no zip; names cost constant time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import count
from typing import TypeVar

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.archive import ArchiveWriter, Member, crc32
from collateral.ooxml.manifest import Relationship, extension_of, rels_name, write_relationships
from collateral.ooxml.values import RelatedPart

OWN_ID = "rIdx"
"""How the relationship ids begin that rendering gives."""
_PACKED = frozenset({"png", "jpg", "jpeg", "gif", "xlsx", "emf.gz", "mp4", "mp3", "m4a", "zip", "webp"})
_RARE = re.compile(rb"[A-Z_]")
_FEW = 500
"""Capitals that are looked at one by one."""

Led = TypeVar("Led")


@dataclass(frozen=True, slots=True)
class NewPart:
    """A part to be written: deflated unless its format is compressed already."""

    name: str
    content_type: str
    data: bytes
    relationships: tuple[Relationship, ...] = ()


Media = Callable[[int], Iterable[Member]]
"""The media of so many bytes that a package has by itself."""


class Additions:
    """Collects new parts for one package; `taken` are the names the file has already, `media` its own pictures. `reused`
    are those of them that something new shows."""

    def __init__(self, *taken: Container[str], media: Media = lambda _: ()) -> None:
        self._taken = taken
        self._own = media
        self._media: dict[int, list[NewPart]] = {}
        self.reused: dict[str, Member] = {}
        self._used: set[str] = set()
        self._next: dict[str, int] = {}
        self._known: dict[tuple[str, str], str] = {}
        self.parts: list[NewPart] = []

    def name(self, pattern: str) -> str:
        """The first free name of a pattern such as `ppt/media/image{n}.png`, now taken; no leading slash."""
        pattern = pattern.removeprefix("/")
        head, slot, tail = pattern.partition("{n}")
        if not slot:
            head, dot, tail = pattern.rpartition(".")
            head, tail = (head or tail), dot + (tail if head else "")
        number = self._next.get(pattern, 1)
        while (name := f"{head}{number}{tail}") in self._used or any(name in names for names in self._taken):
            number += 1
        self._next[pattern] = number + 1
        self._used.add(name)
        return name

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
        data = part.data or b""
        is_media = "/media/" in part.name_hint and not part.related
        same = self._same(data) if is_media else None
        name = same or self.name(part.name_hint)
        if part.digest:
            self._known[key] = name
        if same is None:
            relationships = tuple(self.relationship(inner.rel_id, inner) for inner in part.related)
            self.parts.append(NewPart(name, part.content_type, data, relationships))
            if is_media:
                self._media.setdefault(len(data), []).append(self.parts[-1])
        return name

    def _same(self, data: bytes) -> str | None:
        """The part that holds the same bytes already: one added before, or one the file has. Only what is as long is read."""
        for part in self._media.get(len(data), ()):
            if part.data == data:
                return part.name
        for member in self._own(len(data)):
            if member.crc == crc32(data) and member.data() == data:
                self.reused[member.name] = member
                return member.name
        return None

    def write(self, writer: ArchiveWriter) -> None:
        """Append all new parts to a file."""
        for part in self.parts:
            writer.add(part.name, part.data, extension_of(part.name) not in _PACKED)
            if part.relationships:
                writer.add(rels_name(part.name), write_relationships(part.relationships, part.name))


def free_ids(prefix: str, relationships: Iterable[Relationship]) -> Iterator[str]:
    """Relationship ids with this prefix that are not taken: a file we wrote may be a template again."""
    taken = {rel.id for rel in relationships}
    return (rel_id for number in count(1) if (rel_id := f"{prefix}{number}") not in taken)


def first_relation(relationships: Iterable[Relationship]) -> int:
    """The first number for which no relationship id of ours is taken in a part."""
    numbers = [rel.id.removeprefix(OWN_ID) for rel in relationships if rel.id.startswith(OWN_ID)]
    return max((int(n) for n in numbers if n.isdecimal()), default=0) + 1


Droppable = tuple[tuple[str, tuple[bytes, ...]], ...]
"""Relationship ids, each with the bytes of which one stands in a part that needs the relationship."""


def unused(droppable: Droppable, xml: bytes) -> set[str]:
    """The ids of those of these relationships that a part's XML does not need."""
    return {
        rel_id
        for rel_id, names in droppable
        if not holds(xml, names[0]) and not any(holds(xml, name) for name in names[1:])
    }


def holds(xml: bytes, name: bytes) -> bool:
    """Whether the name stands in some XML. Capitals are rare there and a single byte is looked for twenty times as fast as several,
    so it is looked for by its first capital."""
    rare = _RARE.search(name)
    if rare is None:
        return name in xml
    letter, place = rare[0], rare.start()
    at = xml.find(letter, place)
    for _ in range(_FEW):
        if at < 0 or xml.startswith(name, at - place):
            return at >= 0
        at = xml.find(letter, at + 1)
    return xml.find(name, at - place) >= 0 if at >= 0 else False


def pointed_to(related: Iterable[tuple[str, Led]], xml: bytes) -> list[tuple[str, Led]]:
    """Those of these new relationships whose ids stand in a part's XML, with what they lead to."""
    return [each for each in related if holds(xml, b'"%s"' % each[0].encode())]


def relationships_of(related: Sequence[tuple[str, RelatedPart]], additions: Additions) -> list[Relationship]:
    """The relationships a rendered part came to need."""
    return [additions.relationship(rel_id, part) for rel_id, part in related]
