"""The values a deck is assembled from: slides of the template, slides made elsewhere, and what a compiled slide knows.

Plain values, cheap to load from a cache. Lengths are EMU.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Protocol

from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.diagnostics.lazy_namedtuple import NamedTuple
from collateral.ooxml.archive import Member
from collateral.ooxml.manifest import Relationship
from collateral.ooxml.names import REL_SLIDE
from collateral.ooxml.pieces import Pieces
from collateral.ooxml.template.parts.additions import Droppable
from collateral.ooxml.template.tables.sharing import Shares
from collateral.ooxml.template.tables.values import GrowingTable
from collateral.ooxml.values import RelatedPart

if TYPE_CHECKING:
    from collateral.ooxml.template.filling.filled import Filled

_NO_FITS: Final[Mapping[int, Any]] = MappingProxyType({})
_END_OF_TAGS = b"</p:tagLst>"


class TextFit(Protocol):
    """A scale to be written: `scale` of the fonts (1 is full size), `spacing` taken off the line spacing (0 to 1)."""

    @property
    def scale(self) -> float: ...

    @property
    def spacing(self) -> float: ...


class TemplateSlide(NamedTuple):
    """A slide of the template, filled with `values`.

    `slide` is its `@id` or its number from 1. `fits` gives the text scale by shape id. `key` names this slide in the
    piece (links jump to it, records are kept under it); `section` is the section it is listed under. A slide whose
    tables go on is given several times, each with its `shares` of the tables' rows (see `continuation`) and, when wanted,
    a text its title ends in. `filled` is what came out when the same was filled to be measured.
    """

    slide: str | int
    values: Mapping[str, Any]
    fits: Mapping[int, TextFit] = _NO_FITS
    key: str = ""
    section: str = ""
    shares: Shares | None = None
    title_end: str = ""
    filled: Filled | None = None


@dataclass(frozen=True, slots=True)
class NewSlide:
    """A slide written by `ooxml.drawing`: its XML, the layout it is made on (a part name) and what it points to.

    The relationship ids of `related` and `notes_related` are final. A `related` target `#key` is another slide.
    """

    layout_part: str
    xml: bytes
    related: tuple[RelatedPart, ...] = ()
    notes: bytes | None = None
    notes_related: tuple[RelatedPart, ...] = ()
    key: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Looks:
    """The layouts and masters of a deck as they will stand in the file, and CRC and size of all pictures they may show."""

    parts: Sequence[bytes | Member] = ()
    pictures: Collection[tuple[int, int]] = ()


@dataclass(frozen=True, slots=True)
class RenderedSlide:
    """A slide as it will stand in the file: what the record takes its digests from.

    `contents` are the parts its relationships lead to, by part name: bytes where they were written for this piece,
    the template's member otherwise. `looks` are those of the deck.
    """

    key: str
    part: str
    xml: bytes
    relationships: tuple[Relationship, ...]
    contents: Mapping[str, bytes | Member] = field(default_factory=dict)
    made_of: Mapping[str, Pieces] = field(default_factory=dict)
    looks: Looks | None = None

    @property
    def pieces(self) -> Pieces | None:
        """The pieces of the slide itself."""
        return self.made_of.get(self.part)


@dataclass(frozen=True, slots=True)
class OwnedPart:
    """A part that belongs to one slide. With `function` it is written anew, else `member` is copied.

    `shared` parts (media) are stored once whoever uses them. `next_id` is the first shape id nobody has,
    `first_relation` the first number for relationship ids of our own;
    `is_plain` says that only properties, not values, would change it. `droppable` relationships go when the written part does not need
    them; an `optional` part is only stored when a relationship still leads to it; a `deferred` one belongs to a chart
    whose data may be replaced and is written after its slide.
    """

    name: str
    content_type: str
    member: Member
    relationships: tuple[Relationship, ...] = ()
    rels_member: Member | None = None
    function: str = ""
    shared: bool = False
    next_id: int = 100_000
    first_relation: int = 1
    is_plain: bool = False
    droppable: Droppable = ()
    optional: bool = False
    deferred: bool = False

    @property
    def leads_to_slides(self) -> bool:
        """Whether one of its relationships leads to a slide."""
        return any(rel.type == REL_SLIDE for rel in self.relationships)


@dataclass(frozen=True, slots=True)
class SlideTags:
    """What an add-in has noted on a slide: the part, its relationship, and each tag in it as XML."""

    rel_id: str
    part: str
    elements: tuple[bytes, ...]

    def added_to(self, tag: bytes) -> bytes:
        """The slide's tag in a piece with these behind it, but for those it names anew."""
        head, end, _ = tag.rpartition(_END_OF_TAGS)
        others = [each for each in self.elements if each.partition(b" val=")[0] not in head]
        return b"".join([head, *others, end])


@dataclass(frozen=True, slots=True)
class SlideTemplate:
    """A slide of the template. `number` counts from 1; `id` and `when` are from its notes (`@id:`, `@when:`).

    `fields` are the data paths it reads, `shapes` its tagged shapes as (id, name). `expand` names the function that
    applies its `@when` and slide directives, `turns` that of the directives alone; "" when it has none. `charts` are its
    tagged charts as (relationship id, part name). `tables` are all its tables in order when one of them holds tags; `grows` says that one may come to have more rows.
    `section_name` names the function that gives its section's name, "" when that holds no tag.
    `tags` are those of an add-in, which a tag of the piece takes the place of and carries on.
    """

    number: int
    id: str
    title: str
    when: str | None
    fields: tuple[str, ...]
    shapes: tuple[tuple[int, str], ...]
    layout: str
    section: str
    owned: tuple[OwnedPart, ...]
    slide_id: int
    hidden: bool = False
    is_static: bool = False
    expand: str = ""
    turns: str = ""
    charts: tuple[tuple[str, str], ...] = ()
    tables: tuple[GrowingTable, ...] = ()
    grows: bool = False
    section_name: str = ""
    tags: SlideTags | None = None

    @property
    def tagged_shapes(self) -> tuple[int, ...]:
        """The ids of its tagged shapes."""
        return tuple([shape_id for shape_id, _ in self.shapes])


@dataclass(frozen=True, slots=True)
class SlideGroup:
    """Slides that appear together, from `first` to `last` (from 0), as often as the function of this name says."""

    first: int
    last: int
    function: str
