"""The structure of a deck: what is the same for all pieces that show the same slides in the same order.

Part names, relationships, content types and the bytes that never change; and the jobs that are left to do for each piece.
Built by `structure`, used by `assembly`, remembered with the compiled deck.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.diagnostics.lazy_namedtuple import NamedTuple
from collateral.ooxml.archive import ArchiveWriter, Member, StaticBlob
from collateral.ooxml.manifest import CONTENT_TYPES, Relationship, extension_of
from collateral.ooxml.template.filling.deck_values import OwnedPart
from collateral.ooxml.template.parts.written_rels import WrittenRels, rels_member
from collateral.ooxml.xml import escape_attribute

_END_OF_TYPES = b"</Types>"
_REMEMBERED = 8
"""How many choices of members are kept as bytes."""


class Shape(NamedTuple):
    """What a slide's place in the structure depends on: a template slide's position, or a new slide's layout."""

    slide: int  # -1 for a new slide
    layout: str
    has_notes: bool
    section: str
    tagged: bool
    jumps: bool = False  # whether a new slide links to other slides; template slides are known to


@dataclass(slots=True)
class Job:
    """A part to be written for each piece: the slide it belongs to, its function, its name and relationships; `shows` are
    those of them that lead to optional parts."""

    entry: int
    part: OwnedPart
    name: str
    relationships: tuple[Relationship, ...]
    rels: Member | None
    copy: int = 0
    shows: tuple[Relationship, ...] = ()


@dataclass(slots=True)
class ChartJob:
    """A tagged chart of a slide: its part and workbook under their names in this file."""

    entry: int
    rel_id: str
    part: OwnedPart
    name: str
    relationships: tuple[Relationship, ...]
    rels: Member | None
    workbook: OwnedPart | None
    workbook_name: str


@dataclass(slots=True)
class OptionalPart:
    """A part that is only stored when something in the piece leads to it; with a `job` it is written for each piece, and so is
    one of the whole deck that has a function."""

    part: OwnedPart
    relationships: tuple[Relationship, ...]
    rels: Member | None
    job: Job | None = None

    def write(self, writer: ArchiveWriter, name: str) -> None:
        """Append the part as it is under its name in this file, unless it is written by itself."""
        if self.job is None and not (self.part.deferred or self.part.function):
            writer.add_member(self.part.member, name)
            if self.rels is not None:
                writer.add_member(self.rels)


@dataclass(slots=True)
class Structure:
    """`slides` are the part names in order; `rels` of each slide; `tags` the names of tag parts ("" for none); `there` the keys
    of what is left of the template, `there_at` those that a slide in a loop can lead to, and `led_at` the slides
    it leads to, each by its id and the number of its copy; `leading` the relationships of layouts and the like that lead to slides;
    `drawn` what the template has for the parts of slides, by the names these have here."""

    slides: list[str] = field(default_factory=list)
    rels: list[tuple[Relationship, ...]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)
    charts: dict[int, list[ChartJob]] = field(default_factory=dict)
    optional: dict[str, OptionalPart] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    drawn: dict[str, Member] = field(default_factory=dict)
    blob: StaticBlob = field(default_factory=lambda: StaticBlob.of(()))
    types_xml: bytes = b""
    _types_member: tuple[Sequence[tuple[str, str]], Member] | None = None
    first_of: dict[int, str] = field(default_factory=dict)
    there: frozenset[str] = frozenset()
    there_at: dict[int, frozenset[str]] = field(default_factory=dict)
    led_at: dict[int, dict[int, tuple[int, int]]] = field(default_factory=dict)
    leading: dict[str, tuple[Relationship, ...]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    presentation_rels: tuple[Relationship, ...] = ()
    _rels_member: Member | None = None
    written: WrittenRels = field(default_factory=dict)
    _blobs: dict[tuple[int, ...], StaticBlob] = field(default_factory=dict)

    def blob_of(self, members: Sequence[Member]) -> StaticBlob:
        """Members that the next piece will have, too, as one run of bytes."""
        key = tuple(map(id, members))
        known = self._blobs.get(key)
        if known is None:
            if len(self._blobs) >= _REMEMBERED:
                self._blobs.clear()
            known = self._blobs[key] = StaticBlob.of(members)
        return known

    def content_types(self, further: Sequence[tuple[str, str]]) -> Member:
        """[Content_Types].xml with further parts (name, content type) after those of the structure; packed once for pieces with the
        same ones."""
        named = [(name, kind) for name, kind in further if self.defaults.get(extension_of(name)) != kind]
        if self._types_member is None or self._types_member[0] != named:
            self._types_member = named, Member.of(CONTENT_TYPES, self._types_with(named))
        return self._types_member[1]

    def _types_with(self, named: Iterable[tuple[str, str]]) -> bytes:
        added = "".join(
            f'<Override PartName="/{escape_attribute(name)}" ContentType="{escape_attribute(kind)}"/>'
            for name, kind in named
        )
        head = self.types_xml.removesuffix(_END_OF_TYPES)
        return b"".join([head, added.encode(), _END_OF_TYPES])

    def media(self, size: int) -> Iterator[Member]:
        """The deck's own media of this many bytes."""
        yield from self.blob.media(size)
        for name, optional in self.optional.items():
            if "/media/" in name and optional.part.member.size == size:
                yield optional.part.member

    def presentation_rels_member(self, main: str) -> Member:
        """The presentation's .rels file, packed once."""
        if self._rels_member is None:
            self._rels_member = rels_member(main, self.presentation_rels)
        return self._rels_member
