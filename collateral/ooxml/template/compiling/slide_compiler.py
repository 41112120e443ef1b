"""Compile one slide with everything that belongs to it: notes, charts, diagrams, and what they point to.

In: the slide's part and the functions of the deck so far. Out: a `SlideTemplate`. Compile time only.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from lxml import etree

from collateral.diagnostics import Diagnostic, Place
from collateral.diagnostics.lazy_dataclass import replace
from collateral.ooxml.frames.heritage import Heritage
from collateral.ooxml.names import (
    CT_NOTES_SLIDE,
    CT_SLIDE,
    REL_PACKAGE,
    REL_SLIDE_LAYOUT,
)
from collateral.ooxml.package import Package, Part
from collateral.ooxml.record import read_tags, tag_elements
from collateral.ooxml.template.charts.extended_steps import chart_steps
from collateral.ooxml.template.charts.steps import ChartSteps
from collateral.ooxml.template.compiling.embedded_books import books_of, compile_book, refuse_linked
from collateral.ooxml.template.compiling.expansion import SlideStep, expand_source, reads_of, slide_steps
from collateral.ooxml.template.compiling.look_compiler import charts_elsewhere, owned_part
from collateral.ooxml.template.compiling.part import CompiledPart, Step
from collateral.ooxml.template.compiling.parts_compiler import PartsCompiler
from collateral.ooxml.template.compiling.shown_parts import Shown, shown_parts
from collateral.ooxml.template.filling.deck_values import OwnedPart, SlideTags, SlideTemplate
from collateral.ooxml.template.language.groups import Member
from collateral.ooxml.template.language.op_facts import arguments_of, fields_of
from collateral.ooxml.template.language.ops import CHART_ID, Hook, Static
from collateral.ooxml.template.parts.droppable import reached
from collateral.ooxml.template.pictures.links import LinkSteps
from collateral.ooxml.template.pictures.pictures import PictureSteps, placeholder_frames
from collateral.ooxml.template.shapes.copies import CopySteps
from collateral.ooxml.template.shapes.embedded_objects import own_pictures_of_objects
from collateral.ooxml.template.shapes.slide_leads import SlidesOfDeck
from collateral.ooxml.template.shapes.slide_steps import (
    Notes,
    SlideSteps,
    drop_empty_directive_paragraphs,
    title_of,
)
from collateral.ooxml.template.shapes.timing_steps import drawn_paragraphs
from collateral.ooxml.template.shapes.unique_ids import next_free_id
from collateral.ooxml.template.tables.empty_tables import bracket_groups, bracket_tables
from collateral.ooxml.template.tables.steps import TableSteps
from collateral.ooxml.xml import XmlError, parse_xml

_SHARED = ("image/", "audio/", "video/", "model/", "text/vtt", "application/x-font")
_ALWAYS = frozenset({"slide_tag", "creation"})


class SlideCompiler:
    """One slide. `functions` are the names of its parts' functions, `directives` its slide directives,
    `chart_steps` those of its tagged charts by part name."""

    def __init__(
        self,
        package: Package,
        parts: PartsCompiler,
        part: Part,
        number: int,
        heritage: Callable[[], Heritage],
    ) -> None:
        self.package, self.parts, self.part, self.number = package, parts, part, number
        self.functions: list[str] = []
        self.directives: list[SlideStep] = []
        self.turn_steps: list[SlideStep] = []
        self.chart_steps: dict[str, ChartSteps] = {}
        self.notes = Notes()
        self.pictures = PictureSteps(self._frames())
        self.tables = TableSteps(package, part, heritage)
        self.links = LinkSteps(())
        self.copies = CopySteps(package, part, heritage)
        self.wide: list[Member] = []
        self.books: set[str] = set()
        self.repeated: Collection[object] = ()  # the relationships of charts in loops
        self.shown: dict[str, Shown] = {}

    def compile(self, deck: SlidesOfDeck, common: set[str]) -> SlideTemplate | None:
        """The slide; None when its XML is broken, which is noted. `deck` says what can be led to."""
        try:
            root = parse_xml(self.part.data())
        except XmlError as problem:
            place = Place(self.package.file, part=self.part.name, slide=self.number)
            self.parts.problems.append(
                Diagnostic.error("broken-part", f'"{self.part.name}" is {problem}', place)
            )
            return None
        charts_of = self.pictures.charts
        steps = SlideSteps(deck.leads_from(self.part), self.copies, drawn_paragraphs(root), charts_of)
        self.shown = shown_parts(root, self.part, self.package)
        slide, compiled = self._slide_part(root, steps)
        self.repeated = arguments_of(compiled.ops, CHART_ID) if compiled is not None else ()
        charts = tuple(
            (r.id, r.target)
            for r in self.part.relationships
            if r.id in self.pictures.charts and not r.external
        )
        belongings = self._belongings(common)
        self.books = books_of(belongings)
        others = [self._other(part, charts, deck) for part in belongings]
        functions = {part.name: part.function for part in others}
        for rel_id, name in charts:
            if slide.function and functions.get(name):
                self.parts.read_with_chart(slide.function, rel_id, functions[name])
        return self._template(root, steps, compiled, with_optional((slide, *others)), charts)

    def _frames(self) -> dict[str, tuple[int, int, int, int]]:
        """The boxes of the placeholders of the slide's layout."""
        name = next((r.target for r in self.part.relationships if r.type == REL_SLIDE_LAYOUT), "")
        layout = self.package.parts.get(name)
        try:
            return placeholder_frames(parse_xml(layout.data())) if layout is not None else {}
        except XmlError:  # the layout is reported by itself
            return {}

    def _slide_part(self, root: etree._Element, steps: SlideSteps) -> tuple[OwnedPart, CompiledPart | None]:
        links = self.links = LinkSteps(self.part.relationships)
        compiled = self.parts.compile(
            self.part,
            slide=self.number,
            before=[self.pictures.before, links.before],
            after=[
                drop_empty_directive_paragraphs,
                bracket_tables,
                self.tables.after,
                bracket_groups,
                own_pictures_of_objects,
                steps.after,
            ],
        )
        return replace(self._own(self.part, compiled, links), next_id=next_free_id(root)), compiled

    def _belongings(self, common: set[str]) -> list[Part]:
        """The parts only reached through this slide, in the order they are met."""
        found: dict[str, Part] = {}
        todo = [r.target for r in self.part.relationships if not r.external]
        while todo:
            name = todo.pop(0)
            part = self.package.parts.get(name)
            if part is None or name in found or name in common or part.content_type == CT_SLIDE:
                continue
            if part.name == self.package.main.name:
                continue
            found[name] = part
            todo += [r.target for r in part.relationships if not r.external]
        return list(found.values())

    def _other(self, part: Part, charts: Iterable[tuple[str, str]], deck: SlidesOfDeck) -> OwnedPart:
        is_notes = part.content_type == CT_NOTES_SLIDE
        links = LinkSteps(part.relationships)
        pictures = PictureSteps()
        before: list[Step] = [self.notes.step, pictures.before, links.before] if is_notes else [links.before]
        after: list[Step] = [drop_empty_directive_paragraphs] if is_notes else []
        tagged = [name for _, name in charts]
        if part.name in tagged:
            steps = self._chart(part)
            before, after = [links.before, steps.before], [steps.after]
        leads = None if is_notes else deck.leads_from(part)
        after += [leads.after] if leads is not None else []
        deferred = any(part.name in self._chart_parts(name) for name in tagged)
        shown = self.shown.get(part.name)
        compiled = self.parts.compile(part, slide=self.number, shown=shown, before=before, after=after)
        owned = self._own(part, compiled, links)
        place = Place(self.package.file, part=part.name, slide=self.number)
        self.parts.problems += charts_elsewhere(pictures, place)
        if part.name not in tagged:
            refuse_linked(part, self.parts, self.number)
        if part.name in self.books and not deferred:
            book, functions = compile_book(part, self.parts, self.number)
            self.functions += functions
            owned = replace(owned, function=book)
        return replace(owned, deferred=True, droppable=()) if deferred else owned

    def _chart(self, part: Part) -> ChartSteps:
        """The steps for a chart whose data a tag replaces."""
        shape = next(
            (self.pictures.charts.get(r.id) for r in self.part.relationships if r.target == part.name), None
        )
        place = Place(self.package.file, part=part.name, slide=self.number, shape=shape)
        ids = {rel.id for rel in self.part.relationships if rel.target == part.name}
        steps = chart_steps(part, place, is_repeated=not ids.isdisjoint(self.repeated))
        steps.look_at(part, self.package)
        self.chart_steps[part.name] = steps
        return steps

    def _chart_parts(self, chart: str) -> set[str]:
        """A chart part and its workbook."""
        part = self.package.parts.get(chart)
        rels = part.relationships if part is not None else ()
        return {chart, *(r.target for r in rels if r.type == REL_PACKAGE and not r.external)}

    def _own(self, part: Part, compiled: CompiledPart | None, links: LinkSteps) -> OwnedPart:
        function = ""
        if compiled is not None:
            self.wide += compiled.wide
            if compiled.ops:
                function = self.parts.function(compiled.ops)
                self.functions.append(function)
        made = owned_part(part, function, compiled.ops if compiled else [], links, self.package)
        return replace(made, shared=part.content_type.startswith(_SHARED))

    def _template(
        self,
        root: etree._Element,
        steps: SlideSteps,
        compiled: CompiledPart | None,
        owned: tuple[OwnedPart, ...],
        charts: tuple[tuple[str, str], ...],
    ) -> SlideTemplate:
        layout = next((r.target for r in self.part.relationships if r.type == REL_SLIDE_LAYOUT), "")
        expand, turns = self._expand()
        return SlideTemplate(
            number=self.number,
            id=self.notes.id,
            title=title_of(root),
            when=self.notes.when,
            fields=self._fields([]),
            shapes=tuple(steps.shapes),
            layout=layout,
            section="",
            owned=owned,
            slide_id=0,
            hidden=root.get("show") in ("0", "false"),
            is_static=not (
                steps.shapes
                or owned[0].droppable
                or self.links.ran
                or (compiled is not None and _computes(compiled))
            ),
            expand=expand,
            turns=turns,
            charts=charts,
            tables=self.tables.found(),
            grows=self.tables.grows,
            tags=self._tags(steps.tags),
        )

    def _tags(self, rel_id: str) -> SlideTags | None:
        """What an add-in has noted on the slide."""
        rel = self.part.relationship(rel_id)
        part = self.package.parts.get(rel.target) if rel is not None and not rel.external else None
        try:
            return SlideTags(rel_id, part.name, tag_elements(read_tags(part.data()))) if part else None
        except XmlError:  # the part is reported by itself
            return None

    def _expand(self) -> tuple[str, str]:
        """The functions for the slide's directives with and without its `@when`; "" for those that would do nothing."""
        place = Place(self.package.file, slide=self.number)
        rule = slide_steps([], self.notes.when, place, self.parts)
        own = slide_steps(self._directives("slide"), None, place, self.parts)
        self.directives, self.turn_steps = rule + own, own
        turns = self._function(f"turns{self.number}", own)
        return (self._function(f"expand{self.number}", self.directives) if rule else turns), turns

    @property
    def section_directives(self) -> list[Member]:
        """The directives on the slide that govern others with it."""
        return self._directives("section")

    def _directives(self, prefix: str) -> list[Member]:
        return [m for m in self.wide if m.mark.tag is not None and m.mark.tag.prefix == prefix]

    def within(self, made: SlideTemplate, around: list[SlideStep]) -> SlideTemplate:
        """The slide as it is inside what governs it together with others."""
        if not around:
            return made
        self.directives = around + self.directives
        return replace(made, fields=self._fields(around))

    def _fields(self, around: list[SlideStep]) -> tuple[str, ...]:
        variables, read = reads_of(around + self.turn_steps)
        fields = fields_of(self.parts.ops[name] for name in self.functions)
        return tuple(sorted({f for f in fields if f.partition(".")[0] not in variables} | read))

    def _function(self, name: str, steps: list[SlideStep]) -> str:
        return self.parts.source(name, *expand_source(name, steps, self.parts)) if steps else ""


def with_optional(owned: tuple[OwnedPart, ...]) -> tuple[OwnedPart, ...]:
    """A slide and what belongs to it, the parts marked that only droppable relationships lead to."""
    droppable = {part.name: part.droppable for part in owned if part.droppable}
    if not droppable:
        return owned
    kept = reached([owned[0].name], {part.name: part.relationships for part in owned}, droppable)
    return tuple(part if part.name in kept else replace(part, optional=True) for part in owned)


def _computes(compiled: CompiledPart) -> bool:
    """Whether more than the hooks of every slide is in it."""
    return any(
        not isinstance(op, Static) and not (isinstance(op, Hook) and op.name in _ALWAYS)
        for op in compiled.ops
    )
