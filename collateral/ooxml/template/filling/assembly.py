"""One deck being assembled: slides rendered, their relationships wired up, the file put together.

In: a compiled deck and the slides wanted. Out: the chunks of a .pptx, or diagnostics. Hot path: neither lxml nor Jinja.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from collateral.diagnostics import Diagnostic, Place, has_errors
from collateral.expressions.formats import Formats
from collateral.ooxml.archive import ArchiveWriter, Member, crc32
from collateral.ooxml.manifest import Relationship
from collateral.ooxml.names import (
    CT_SLIDE,
    CT_SLIDE_LAYOUT,
    CT_SLIDE_MASTER,
    REL_NOTES_MASTER,
    REL_SLIDE,
)
from collateral.ooxml.pieces import Pieces
from collateral.ooxml.template.filling.budget import Budget
from collateral.ooxml.template.filling.compiled_deck import CompiledDeck
from collateral.ooxml.template.filling.deck_values import (
    Looks,
    NewSlide,
    OwnedPart,
    RenderedSlide,
    SlideTemplate,
    TemplateSlide,
)
from collateral.ooxml.template.filling.face import Chunks
from collateral.ooxml.template.filling.section_names import name_in
from collateral.ooxml.template.filling.structure import MASTER_REL, SLIDE_REL, structure_of
from collateral.ooxml.template.filling.structure_values import ChartJob, Job, Shape
from collateral.ooxml.template.filling.wiring import Wiring
from collateral.ooxml.template.parts.additions import (
    Additions,
    free_ids,
    pointed_to,
    relationships_of,
    unused,
)
from collateral.ooxml.template.parts.properties import PieceProperties
from collateral.ooxml.template.parts.written_rels import known_rels, rels_member
from collateral.ooxml.template.shapes.copy_flow import copies_too_many
from collateral.ooxml.template.tables.room import rows_too_many
from collateral.ooxml.template.tables.values import EDGES
from collateral.ooxml.values import RelatedPart

if TYPE_CHECKING:
    from collateral.ooxml.template.charts.values import AskedChart
    from collateral.ooxml.template.filling.chart_filling import ChartWriter, DrawnChart

Slide = TemplateSlide | NewSlide
_LOOKS = frozenset((CT_SLIDE_LAYOUT, CT_SLIDE_MASTER))
CustomParts = Sequence[RelatedPart] | Callable[[Sequence[RenderedSlide]], Sequence[RelatedPart]]
_SPREAD = b"</p:spTree>"


UNNAMED_SHOW: Final = "Custom Show 1"
"""What PowerPoint calls a custom show nobody has named."""
_NONE_LED: Final[Mapping[int, tuple[int, int]]] = MappingProxyType({})


class Assembly:
    """One deck being assembled."""

    def __init__(
        self,
        template: CompiledDeck,
        slides: Sequence[Slide],
        formats: Formats,
        properties: PieceProperties | None,
        custom_parts: CustomParts,
        slide_tags: Mapping[str, bytes],
        values: Mapping[str, Any] | None,
    ) -> None:
        self.template, self.slides, self.formats = template, slides, formats
        self.properties, self.custom, self.tags = properties, custom_parts, slide_tags
        first = next((s.values for s in slides if isinstance(s, TemplateSlide)), {})
        self.values: Mapping[str, Any] = first if values is None else values
        self.problems: list[Diagnostic] = []
        self.budget = Budget()
        self.written: list[tuple[str, bytes, Member | None, Pieces | None]] = []
        self.packed: list[tuple[str, bytes]] = []
        self.members: list[tuple[str, Member]] = []
        self.rels_files: list[Member] = []  # of the parts of slides
        self.rels_known = True  # as the last piece had them
        self.xml: dict[int, bytes] = {}
        self.rels: dict[int, tuple[Relationship, ...]] = {}
        self.items: dict[tuple[str | int, int], dict[int | tuple[int, int], Sequence[Any]]] = {}
        self.recorded = callable(custom_parts)  # somebody will look at the slides, and at the file
        self.shown: dict[str, None] = {}
        self.known: list[SlideTemplate | None] = []  # of each slide wanted, what it is filled into

    def run(self) -> tuple[Chunks | None, list[Diagnostic]]:
        """The file's chunks, or None and every reason why not."""
        shapes = self._shapes()
        if has_errors(self.problems):
            return None, self.problems
        company = self.properties.company if self.properties else ""
        made = self.made = structure_of(self.template, shapes, company, self._show_names())
        self.additions = Additions(self.template.all_names, made.types, made.optional, media=made.media)
        for job in made.jobs:
            self._job(job)
        self._new_slides()
        self._common()
        core = self._core()
        self.problems += self.budget.losses(self.template.file)
        if has_errors(self.problems):
            return None, [*dict.fromkeys(self.problems)]
        return self._write(core), self.problems

    def _shapes(self) -> tuple[Shape, ...]:
        out = []
        for slide in self.slides:
            tagged = bool(self.tags) and slide.key in self.tags
            if isinstance(slide, NewSlide):
                self.known.append(None)
                layout = slide.layout_part.removeprefix("/")
                if layout not in self.template.common_types:
                    self._error("unknown-layout", f'the template has no layout part "{layout}"')
                jumps = any(_leads_to_slide(part) for part in slide.related)
                out.append(Shape(-1, layout, slide.notes is not None, slide.section, tagged, jumps))
                continue
            found = self.template.find_slide(slide.slide)
            self.known.append(found)
            if found is None:
                known = (
                    ", ".join(s.id for s in self.template.slides if s.id)
                    or f"1 to {len(self.template.slides)}"
                )
                self._error("unknown-slide", f'the template has no slide "{slide.slide}"', f"it has {known}")
                continue
            out.append(Shape(found.number - 1, "", False, slide.section, tagged))
        return tuple(out)

    def _show_names(self) -> tuple[str, ...]:
        """The names of the custom shows, when there are tags in any."""
        template, names = self.template, []
        for function, (drawn, _, _) in zip(template.show_names, template.presentation.shows, strict=False):
            name = drawn
            if function:
                written, _, found = template.functions.run(
                    function, self.values, lambda: Wiring(self.budget, self.formats)
                )
                self.problems += found
                name = name_in(written) or UNNAMED_SHOW
            names.append(name)
        return tuple(names)

    def _error(self, code: str, message: str, *hints: str) -> None:
        self.problems.append(Diagnostic.error(code, message, Place(self.template.file), *hints))

    def _job(self, job: Job) -> None:
        slide = self.slides[job.entry]
        if not isinstance(slide, TemplateSlide):
            return
        part = job.part

        def wiring() -> Wiring:
            state = Wiring(self.budget, self.formats, part.next_id)
            state.next_relation = part.first_relation
            state.fits, state.copy, state.there = (
                slide.fits,
                job.copy,
                self.made.there_at.get(job.entry, self.made.there),
            )
            state.led = self.made.led_at.get(job.entry, _NONE_LED)
            state.tag = slide.key in self.tags
            if slide.shares:
                state.shares, state.title_end = slide.shares, slide.title_end
                if part.content_type == CT_SLIDE:
                    state.shared_items = self.items.setdefault((slide.slide, id(slide.values)), {})
            return state

        data, state, pieces = self._filled(part, slide, wiring)
        relationships, rels, known = job.relationships, job.rels, True
        gone = unused(part.droppable, data) if part.droppable else ()
        if state.charts is not None:
            state.related += self._copied_charts(job, state, data, slide.values)
        if state.related or gone:
            kept = [r for r in relationships if r.id not in gone]
            relationships = (*kept, *relationships_of(state.related, self.additions))
            rels, known = known_rels(self.made.written, job.name, relationships)
        if rels is not None:
            self.rels_files.append(rels)
            self.rels_known &= known
        self.written.append((job.name, data, None, pieces))
        if job.shows:
            self._show(rel for rel in job.shows if rel.id not in gone)
        if job.name == self.made.slides[job.entry]:
            self.xml[job.entry], self.rels[job.entry] = data, relationships
            drawn = self.known[job.entry]
            if drawn is not None and drawn.grows:
                self._tables(drawn, slide, data, alone=state.edges == len(EDGES))
            if state.copies:
                self.problems += copies_too_many(
                    state.copies, Place(self.template.file, slide=self._number(job.entry))
                )
            for chart in self.made.charts.get(job.entry, ()):
                if chart.name not in self.made.optional or chart.name in self.shown:
                    self._chart(chart, (state.charts or {}).get(chart.rel_id), slide)

    def _filled(
        self, part: OwnedPart, slide: TemplateSlide, wiring: Callable[[], Wiring]
    ) -> tuple[bytes, Wiring, Pieces | None]:
        """A part of a slide with the state it was filled with: as it was filled to be measured, when that is the same but for its scales."""
        functions = self.template.functions
        if slide.filled is not None and part.content_type == CT_SLIDE:
            state = wiring()
            finished = slide.filled.finished(functions, part.function, slide.values, state)
            if finished is not None:
                return finished[0], state, finished[1] if self.recorded else None
        data, state, found = functions.run(part.function, slide.values, wiring)
        self.problems += found
        return data, state, self._pieces(part.function, state)

    def _show(self, relationships: Iterable[Relationship]) -> None:
        """Keep what these relationships lead to, and what that leads to."""
        for rel in relationships:
            optional = self.made.optional.get(rel.target)
            if optional is None or rel.target in self.shown:
                continue
            self.shown[rel.target] = None
            if optional.job is not None:
                self._job(optional.job)
            elif optional.part.function and not optional.part.deferred:
                self._common_part(optional.part)
            else:
                self._show(optional.relationships)

    def _tables(self, found: SlideTemplate, slide: TemplateSlide, data: bytes, *, alone: bool) -> None:
        if not has_errors(self.problems):
            place, parted = Place(self.template.file, slide=found.number), slide.shares is not None
            alone = alone and len(found.tables) == 1
            self.problems += rows_too_many(found.tables, data, place, parted=parted, alone=alone)

    def _chart(self, job: ChartJob, asked: AskedChart | None, slide: TemplateSlide) -> None:
        """A tagged chart: with the new data in its part and workbook, or as it is."""
        workbook = job.workbook
        if asked is not None and job.part.name in self.template.charts:
            drawn = self._drawn(job)
            filled, found = self._charts().fill(drawn, asked, slide.values)
            self.problems += found
            if filled is None:
                return
            rels = job.rels
            if workbook is not None:
                self.packed.append((job.workbook_name, filled.workbook))
            else:
                book = drawn.program.new_workbook(filled.workbook, "ppt")
                relation = self.additions.relationship(book.rel_id, book)
                rels = rels_member(job.name, (*job.relationships, relation))
            self.written.append((job.name, filled.xml, rels, filled.pieces if self.recorded else None))
            return
        self.members.append((job.name, job.part.member))
        self.members += [(job.rels.name, job.rels)] if job.rels is not None else []
        self.members += [(job.workbook_name, workbook.member)] if workbook is not None else []

    def _copied_charts(
        self, job: Job, state: Wiring, data: bytes, values: Mapping[str, Any]
    ) -> list[tuple[str, RelatedPart]]:
        """What loops of a slide make of its charts, by their relationships."""
        copies = pointed_to(state.copied_charts(), data)
        drawn = {chart.rel_id: self._drawn(chart) for chart in self.made.charts.get(job.entry, ())}
        made, found = self._charts().copies(copies, drawn, job.relationships, values)
        self.problems += found
        return made

    def _drawn(self, chart: ChartJob) -> DrawnChart:
        from collateral.ooxml.template.filling.chart_filling import DrawnChart

        place = Place(self.template.file, part=chart.part.name, slide=self._number(chart.entry))
        return DrawnChart(self.template.charts[chart.part.name], chart.part.function, place)

    def _charts(self) -> ChartWriter:
        from collateral.ooxml.template.filling.chart_filling import ChartWriter

        return ChartWriter(self.template.functions, self.budget, self.formats, "ppt")

    def _number(self, entry: int) -> int | None:
        found = self.known[entry]
        return found.number if found is not None else None

    def _new_slides(self) -> None:
        keys: dict[str, str] = {}
        for entry, slide in enumerate(self.slides):
            keys.setdefault(slide.key, self.made.slides[entry])
        for entry, slide in enumerate(self.slides):
            if isinstance(slide, NewSlide):
                self._new_slide(entry, slide, keys)

    def _new_slide(self, entry: int, slide: NewSlide, keys: Mapping[str, str]) -> None:
        made, name = self.made, self.made.slides[entry]
        related = tuple(self._relationship(part, keys) for part in slide.related)
        relationships = made.rels[entry] + related
        xml = slide.xml
        if made.tags[entry]:
            head, end, tail = xml.rpartition(_SPREAD)  # our own writer's XML: the tree ends exactly once
            xml = b"".join([head, end, TAG_LIST, tail])
        self.written.append((name, xml, rels_member(name, relationships), None))
        self.xml[entry], self.rels[entry] = xml, relationships
        if slide.notes is not None:
            notes = made.notes[entry]
            own = [self._relationship(part, keys) for part in slide.notes_related]
            own += [
                Relationship(SLIDE_REL, REL_SLIDE, name),
                Relationship(MASTER_REL, REL_NOTES_MASTER, self._notes_master()),
            ]
            self.written.append((notes, slide.notes, rels_member(notes, own), None))

    def _notes_master(self) -> str:
        known = next((r.target for r in self.template.presentation_rels if r.type == REL_NOTES_MASTER), None)
        return known or self.template.spare_notes_master[0].name

    def _relationship(self, part: RelatedPart, keys: Mapping[str, str]) -> Relationship:
        if _leads_to_slide(part):
            key = (part.target or "")[1:]
            target = keys.get(key)
            if target is None:
                self._error(
                    "unknown-slide-key", f'a link leads to the slide "{key}", which is not in the deck'
                )
            return Relationship(part.rel_id, REL_SLIDE, target or self.made.slides[0])
        return self.additions.relationship(part.rel_id, part)

    def _common(self) -> None:
        """Layouts, masters and the like that hold tags."""
        for part in self.template.common_tagged:
            self._common_part(part)

    def _common_part(self, part: OwnedPart) -> None:
        """One of them, with the relationships it needs."""

        def wiring() -> Wiring:
            state = Wiring(self.budget, self.formats, part.next_id)
            state.next_relation, state.there = part.first_relation, self.made.there
            state.properties, state.app_counts = self.properties, self.made.counts
            return state

        data, state, found = self.template.functions.run(part.function, self.values, wiring)
        self.problems += found
        gone = unused(part.droppable, data)
        kept = [r for r in self.made.leading.get(part.name, part.relationships) if r.id not in gone]
        relationships = (*kept, *relationships_of(state.related, self.additions))
        rels = part.rels_member
        if relationships and (rels is None or relationships != part.relationships):
            rels = rels_member(part.name, relationships)
        pieces = self._pieces(part.function, state)
        self.written.append((part.name, data, rels if relationships else None, pieces))
        self._show(relationships)

    def _core(self) -> bytes | None:
        part = self.template.properties_part
        if part is None or (self.properties is None and part.is_plain):
            return None

        def wiring() -> Wiring:
            state = Wiring(self.budget, self.formats)
            state.properties = self.properties
            return state

        data, _, found = self.template.functions.run(part.function, self.values, wiring)
        self.problems += found
        return bytes(data)

    def _rendered(self) -> list[RenderedSlide]:
        made, out = self.made, []
        contents: dict[str, bytes | Member] = {**made.drawn}
        contents |= {name: made.optional[name].part.member for name in self.shown}
        contents |= {name: data for name, data, *_ in self.written}
        contents |= {part.name: part.data for part in self.additions.parts}
        contents |= self.additions.reused
        made_of = {name: pieces for name, _, _, pieces in self.written if pieces is not None}
        looks = self._looks()
        for entry, slide in enumerate(self.slides):
            xml = self.xml.get(entry)
            found = self.known[entry]
            if xml is None and found is not None:
                xml = found.owned[0].member.data()
            out.append(
                RenderedSlide(
                    slide.key,
                    made.slides[entry],
                    xml or b"",
                    self.rels.get(entry, made.rels[entry]),
                    contents,
                    made_of,
                    looks,
                )
            )
        return out

    def _looks(self) -> Looks:
        types = self.template.common_types
        parts: list[bytes | Member] = [m for m in self.template.common if types.get(m.name) in _LOOKS]
        parts += [data for name, data, *_ in self.written if types.get(name) in _LOOKS]
        new = [(crc32(part.data), len(part.data)) for part in self.additions.parts if "/media/" in part.name]
        return Looks(parts, {*self.template.look_pictures, *new})

    def _pieces(self, function: str, state: Wiring) -> Pieces | None:
        """What a part was put together from, when somebody will look at it."""
        return self.template.functions.pieces(function, state) if self.recorded else None

    def _write(self, core: bytes | None) -> Chunks:
        template, made, writer = self.template, self.made, ArchiveWriter(remember=self.recorded)
        presentation_rels = list(made.presentation_rels)
        customs = self.custom(self._rendered()) if callable(self.custom) else self.custom
        for rel_id, custom in zip(free_ids("rIdC", made.presentation_rels), customs, strict=False):
            presentation_rels.append(self.additions.relationship(rel_id, custom))
        self._types(writer)
        writer.add_blob(made.blob)
        if self.rels_known and self.rels_files:
            writer.add_blob(made.blob_of(self.rels_files))
        else:
            for member in self.rels_files:
                writer.add_member(member)
        if customs:
            writer.add_member(known_rels(made.written, template.main, tuple(presentation_rels))[0])
        else:
            writer.add_member(made.presentation_rels_member(template.main))
        for entry, tag in enumerate(made.tags):
            if tag:
                writer.add(tag, self._tag(entry))
        for name, data, rels, pieces in self.written:
            writer.add(name, data, pieces=pieces)
            if rels is not None:
                writer.add_member(rels)
        for name, data in self.packed:
            writer.add(name, data, compress=False)
        for name, member in self.members:
            writer.add_member(member, name)
        for name in self._optional():
            made.optional[name].write(writer, name)
        if template.properties_part is not None:
            if core is None:
                writer.add_member(template.properties_part.member)
            else:
                writer.add(template.properties_part.name, core)
        self.additions.write(writer)
        return writer.chunks()

    def _tag(self, entry: int) -> bytes:
        """The tag of a slide, with what an add-in had noted on it."""
        tag, known = self.tags[self.slides[entry].key], self.known[entry]
        return known.tags.added_to(tag) if known is not None and known.tags is not None else tag

    def _optional(self) -> list[str]:
        """The optional parts that something shows."""
        return [n for n in self.made.optional if n in self.shown or n in self.additions.reused]

    def _types(self, writer: ArchiveWriter) -> None:
        made = self.made
        kinds = [(part.name, part.content_type) for part in self.additions.parts]
        kinds += [(name, made.optional[name].part.content_type) for name in self._optional()]
        writer.add_member(made.content_types(kinds))


TAG_LIST = (
    b'<p:custDataLst><p:tags xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    b' r:id="rIdTag"/></p:custDataLst>'
)


def _leads_to_slide(part: RelatedPart) -> bool:
    return part.data is None and part.target is not None and part.target.startswith("#")
