"""A tagged Word document, compiled: fill it with data, with content for its slots, and with its record.

In: a package at compile time; data, fragments and properties for each piece. Out: the chunks of a .docx, or diagnostics
that name every place something is wrong. Unchanged parts are copied as their compressed bytes. Must not know what the
data mean. Rendering needs neither lxml nor Jinja.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from collateral.diagnostics import Diagnostic, Place, has_errors
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.expressions.formats import Formats
from collateral.ooxml.archive import ArchiveWriter, Member, StaticBlob, crc32
from collateral.ooxml.leads import Leads, Shown, leads_of, together
from collateral.ooxml.manifest import (
    CONTENT_TYPES,
    ContentTypes,
    Relationship,
    extension_of,
    write_content_types,
)
from collateral.ooxml.names import CT_CHART, CT_CHART_EX, CT_NUMBERING, REL_NUMBERING, STORIES
from collateral.ooxml.template.filling.budget import Budget
from collateral.ooxml.template.filling.face import PLAIN, Chunks
from collateral.ooxml.template.filling.functions import Functions
from collateral.ooxml.template.filling.wiring import Wiring
from collateral.ooxml.template.parts.additions import (
    Additions,
    Droppable,
    NewPart,
    first_relation,
    free_ids,
    pointed_to,
    relationships_of,
    unused,
)
from collateral.ooxml.template.parts.numbering import Numbering, NumberingPlan
from collateral.ooxml.template.parts.properties import PieceProperties
from collateral.ooxml.template.parts.written_rels import WrittenRels, known_rels
from collateral.ooxml.values import Fragment, RelatedPart

if TYPE_CHECKING:
    from collateral.ooxml.template.charts.values import AskedChart
    from collateral.ooxml.template.filling.chart_filling import ChartWriter, DrawnChart
    from collateral.ooxml.template.filling.document_values import DocumentChart, OptionalPart
    from collateral.ooxml.word.toc import ContentsStyles

FIRST_ID = 100_000
"""Above it are the numbers of drawings and bookmarks that filling gives."""
Story = bytes | Member
CustomParts = Sequence[RelatedPart] | Callable[[bytes, Sequence[Story], Leads], Sequence[RelatedPart]]
Slots = Mapping[str, Fragment | Sequence[Fragment]]


@dataclass(frozen=True, slots=True)
class DynamicPart:
    """A part a function writes. `fallback` is its original, used when only properties would change it and none are
    set; `rels` is its .rels file as it is, `relationships` the same as values."""

    name: str
    function: str
    relationships: tuple[Relationship, ...] = ()
    rels: Member | None = None
    fallback: Member | None = None
    droppable: Droppable = ()


@dataclass(slots=True)
class DocumentTemplate:
    """A compiled document. `fields` are the paths of the data it reads, `slots` the names of its slots."""

    file: str
    functions: Functions
    static: StaticBlob
    parts: tuple[DynamicPart, ...]
    types: Mapping[str, str]
    known_types: ContentTypes
    types_member: Member
    main: str
    main_rels: tuple[Relationship, ...]
    main_rels_member: Member
    numbering: NumberingPlan
    numbering_name: str = ""
    numbering_member: Member | None = None
    optional: Mapping[str, OptionalPart] = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    contents: ContentsStyles | None = None  # when the main part has tables of contents that are written here
    charts: tuple[DocumentChart, ...] = ()
    stories: tuple[Member, ...] = ()  # headers, footers and notes that are the same in every piece
    leads: Mapping[str, Leads] = field(default_factory=dict)  # of these, and of optional ones, by part
    shown: Shown = field(default_factory=dict)  # its own pictures and charts that no tag changes
    has_sections: bool = False  # that a directive may leave out
    has_loose_notes: bool = False  # whose reference may be left out
    has_references: bool = False  # to bookmarks of the main part, which show what is there
    next_id: int = FIRST_ID  # of drawings and bookmarks in all parts
    warnings: tuple[Diagnostic, ...] = ()
    written: WrittenRels = field(default_factory=dict, repr=False, compare=False)
    _names: frozenset[str] = field(default_factory=frozenset)

    def media(self, size: int) -> Iterator[Member]:
        """Its own media of this many bytes."""
        yield from self.static.media(size)
        for name, optional in self.optional.items():
            if "/media/" in name and optional.member is not None and optional.member.size == size:
                yield optional.member

    def fill(
        self,
        data: Mapping[str, Any],
        *,
        slots: Slots | None = None,
        formats: Formats = PLAIN,
        properties: PieceProperties | None = None,
        custom_parts: CustomParts = (),
    ) -> tuple[Chunks | None, list[Diagnostic]]:
        """The chunks of the filled document, or None and every reason why not.

        `slots` are what stands where the template says `{{p slot("name") }}`: fragments of paragraphs or blocks; a
        slot the template has and nobody fills is an error. `custom_parts` hang on the document part: custom XML for
        the record; when it is a function it is called with the document part's XML and those of headers, footers and
        notes, and with where all of these lead. `formats` is the language and
        currency values are written in.
        """
        return _Filling(self, data, slots or {}, formats, properties, custom_parts).run()


class _Filling:
    """One document being filled."""

    def __init__(
        self,
        template: DocumentTemplate,
        data: Mapping[str, Any],
        slots: Slots,
        formats: Formats,
        properties: PieceProperties | None,
        custom_parts: CustomParts,
    ) -> None:
        self.template, self.data, self.slots = template, data, slots
        self.formats, self.properties, self.custom = formats, properties, custom_parts
        self.budget = Budget()
        self.next_id = template.next_id
        self.numbering = Numbering(template.numbering)
        self.additions = Additions(template.types, media=template.media)
        self.problems: list[Diagnostic] = []
        self.main_extra: list[Relationship] = []
        self.extra: dict[str, list[Relationship]] = {}  # of other parts
        self.main_gone: set[str] = set()
        self.shown: set[str] = set()
        self.notes: Container[str] = ()
        self.asides: dict[str, list[bytes]] | None = None
        self.lent: list[tuple[str, RelatedPart]] = []  # what the asides may point to
        self.next_relation = first_relation(chain.from_iterable(p.relationships for p in template.parts))
        self.chart_data: dict[tuple[str, str], AskedChart] = {}

    def run(self) -> tuple[Chunks | None, list[Diagnostic]]:
        template = self.template
        writer = ArchiveWriter(remember=callable(self.custom))
        rendered = self._rendered()
        charts = [(chart, self._chart(chart)) for chart in template.charts if self._stays(chart.member.name)]
        self.problems += self.budget.losses(template.file)
        if has_errors(self.problems):
            return None, self.problems
        customs = self.custom
        if callable(customs):
            customs = customs(
                self._main_xml(rendered), self._stories(rendered), self._leads(rendered, charts)
            )
        for rel_id, custom in zip(free_ids("rIdc", template.main_rels), customs, strict=False):
            self.main_extra.append(self.additions.relationship(rel_id, custom))
        numbering = self._numbering()
        self._types(writer)
        writer.add_blob(template.static)
        for part, data, rels in rendered:
            if data is None:
                writer.add_member(part.fallback)  # type: ignore[arg-type]
            else:
                writer.add(part.name, data)
            if rels is not None and part.name != template.main:
                writer.add_member(rels)
        for chart, made in charts:
            chart.write(writer, made)
        self._write_main_rels(writer)
        if numbering is not None:
            writer.add(template.numbering_name or "word/numbering.xml", numbering)
        elif template.numbering_member is not None:
            writer.add_member(template.numbering_member)
        for name, optional in template.optional.items():
            if self._stays(name):
                optional.write(writer)
        self.additions.write(writer)
        return writer.chunks(), self.problems

    def _rendered(self) -> list[tuple[DynamicPart, bytes | None, Member | None]]:
        """The parts that are written for this piece: those that always are, then those they lead to."""
        template, made = self.template, []
        todo = [part for part in template.parts if part.name not in template.optional]
        while todo:
            made += [self._render(part) for part in todo]
            done = {part.name for part, _, _ in made}
            todo = [part for part in template.parts if part.name in self.shown and part.name not in done]
        return made

    def _show(self, relationships: Iterable[Relationship]) -> None:
        """Keep what these relationships lead to, and what that leads to unless it is written first."""
        for rel in relationships:
            optional = self.template.optional.get(rel.target)
            if optional is not None and rel.target not in self.shown:
                self.shown.add(rel.target)
                if not optional.waits:
                    self._show(optional.relationships)

    def _stays(self, name: str) -> bool:
        """Whether a part of the template is in the file."""
        return name not in self.template.optional or name in self.shown or name in self.additions.reused

    def _main_xml(self, rendered: Sequence[tuple[DynamicPart, bytes | None, Member | None]]) -> bytes:
        """The document part as it will stand in the file."""
        for part, data, _ in rendered:
            if part.name == self.template.main:
                return data if data is not None else part.fallback.data() if part.fallback else b""
        return b""

    def _stories(self, rendered: Sequence[tuple[DynamicPart, bytes | None, Member | None]]) -> list[Story]:
        """Headers, footers and notes as they will stand in the file."""
        template = self.template
        found: list[Story] = list(template.stories)
        for name, optional in template.optional.items():
            if optional.member is not None and template.types[name] in STORIES and self._stays(name):
                found.append(optional.member)
        for part, data, _ in rendered:
            story = data if data is not None else part.fallback
            if story is not None and template.types[part.name] in STORIES:
                found.append(story)
        return found

    def _leads(
        self,
        rendered: Sequence[tuple[DynamicPart, bytes | None, Member | None]],
        charts: Sequence[tuple[DocumentChart, tuple[bytes, bytes, Member | None] | None]],
    ) -> Leads:
        """Where the document part, headers, footers and notes lead, and what they show."""
        template = self.template
        shown = dict(template.shown)
        shown |= {chart.member.name: made[0] if made else chart.member for chart, made in charts}
        for new in self.additions.parts:
            is_chart = new.content_type in (CT_CHART, CT_CHART_EX)
            shown[new.name] = new.data if is_chart else (crc32(new.data), len(new.data))
        found = [leads for name, leads in template.leads.items() if self._stays(name)]
        for part, data, _ in rendered:
            if part.name != template.main and template.types[part.name] not in STORIES:
                continue
            data = data if data is not None else part.fallback.data() if part.fallback else b""
            more = [*self.main_extra] if part.name == template.main else self.extra.get(part.name, [])
            found.append(leads_of(data, [*part.relationships, *more], shown))
        return together(found)

    def _render(self, part: DynamicPart) -> tuple[DynamicPart, bytes | None, Member | None]:
        if part.fallback is not None and self.properties is None:
            return part, None, part.rels
        data, wiring, found = self.template.functions.run(
            part.function, self.data, lambda: self._wiring(part)
        )
        self.problems += found
        self.next_id = wiring.next_id
        if wiring.asides:
            self.asides, self.lent, self.next_relation = wiring.asides, wiring.related, wiring.next_relation
        if self.template.has_sections and part.name == self.template.main:
            data = _with_last_section(data)
        if self.template.contents is not None and part.name == self.template.main:
            data = _with_contents(data, self.template.contents)
        if self.template.has_references and part.name == self.template.main:
            data = _with_references(data)
        if self.template.has_loose_notes and part.name == self.template.main:
            self.notes = _notes_referred_to(data)
        if wiring.charts is not None:
            self.chart_data |= {(part.name, rel_id): asked for rel_id, asked in wiring.charts.items()}
            wiring.related += self._copied_charts(part, wiring, data)
        rels, gone = part.rels, unused(part.droppable, data)
        related = pointed_to(wiring.related, data) if self.lent else wiring.related
        if related or gone:
            extra = relationships_of(related, self.additions)
            if part.name == self.template.main:
                self.main_extra += extra
                self.main_gone |= gone
            else:
                self.extra[part.name] = extra
                kept = [r for r in part.relationships if r.id not in gone]
                rels, _ = known_rels(self.template.written, part.name, (*kept, *extra))
        if self.template.optional:
            self._show(r for r in part.relationships if r.id not in gone)
        return part, data, rels

    def _copied_charts(self, part: DynamicPart, wiring: Wiring, data: bytes) -> list[tuple[str, RelatedPart]]:
        """What loops of a part make of its charts, by their relationships."""
        asked = pointed_to(wiring.copied_charts(), data)
        drawn = {
            chart.rel_id: self._drawn(chart) for chart in self.template.charts if chart.owner == part.name
        }
        made, found = self._charts().copies(asked, drawn, part.relationships, self.data)
        self.problems += found
        return made

    def _charts(self) -> ChartWriter:
        from collateral.ooxml.template.filling.chart_filling import ChartWriter

        return ChartWriter(self.template.functions, self.budget, self.formats, "word")

    def _drawn(self, chart: DocumentChart) -> DrawnChart:
        from collateral.ooxml.template.filling.chart_filling import DrawnChart

        place = Place(self.template.file, part=chart.member.name, shape=chart.shape)
        return DrawnChart(chart.program, chart.function, place)

    def _chart(self, chart: DocumentChart) -> tuple[bytes, bytes, Member | None] | None:
        """The part, the workbook and the relationships of a tagged chart; None when it stays as it is."""
        asked = self.chart_data.get((chart.owner, chart.rel_id))
        if asked is None:
            return None
        filled, found = self._charts().fill(self._drawn(chart), asked, self.data)
        self.problems += found
        if filled is None:
            return None
        rels = chart.rels
        if chart.workbook is None:
            book = chart.program.new_workbook(filled.workbook, "word")
            relation = self.additions.relationship(book.rel_id, book)
            name = chart.member.name
            rels, _ = known_rels(self.template.written, name, (*chart.relationships, relation))
        return filled.xml, filled.workbook, rels

    def _wiring(self, part: DynamicPart) -> Wiring:
        wiring = Wiring(self.budget, self.formats, self.next_id)
        wiring.slots = self.slots
        wiring.next_relation = self.next_relation
        wiring.related += self.lent
        wiring.numbering = self.numbering
        wiring.properties = self.properties
        wiring.media_folder = "word"
        wiring.there = self.notes
        wiring.asides = self.asides
        return wiring

    def _numbering(self) -> bytes | None:
        data = self.numbering.write()
        if data is not None and not self.template.numbering_name:
            self.main_extra.append(
                Relationship(
                    next(free_ids("rIdn", self.template.main_rels)), REL_NUMBERING, "word/numbering.xml"
                )
            )
            self.additions.parts.append(NewPart("word/numbering.xml", CT_NUMBERING, data))
            return None
        return data

    def _types(self, writer: ArchiveWriter) -> None:
        template = self.template
        gone = {name for name in template.optional if not self._stays(name)}
        defaults = template.known_types.defaults
        if all(
            defaults.get(extension_of(p.name)) == p.content_type for p in self.additions.parts
        ) and not any(name.lower() in template.known_types.overrides for name in gone):
            writer.add_member(template.types_member)
            return
        types = {name: kind for name, kind in template.types.items() if name not in gone}
        types.update((part.name, part.content_type) for part in self.additions.parts)
        writer.add(CONTENT_TYPES, write_content_types(types, template.known_types))

    def _write_main_rels(self, writer: ArchiveWriter) -> None:
        template = self.template
        if self.main_extra or self.main_gone:
            kept = [rel for rel in template.main_rels if rel.id not in self.main_gone]
            writer.add_member(known_rels(template.written, template.main, (*kept, *self.main_extra))[0])
        else:
            writer.add_member(template.main_rels_member)


def _with_last_section(data: bytes) -> bytes:
    from collateral.ooxml.template.language.last_section import with_last_section

    return with_last_section(data)


def _notes_referred_to(data: bytes) -> Container[str]:
    from collateral.ooxml.template.filling.notes import notes_referred_to

    return notes_referred_to(data)


def _with_references(data: bytes) -> bytes:
    from collateral.ooxml.word.references import with_references

    return with_references(data)


def _with_contents(data: bytes, styles: ContentsStyles) -> bytes:
    from collateral.ooxml.word.toc import with_contents

    return with_contents(data, styles)
