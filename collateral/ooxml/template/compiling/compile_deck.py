"""Compile a .pptx package into a `DeckTemplate`.

In: an opened package. Out: the template, or diagnostics with every tag that is wrong. Runs once for each version of a
file; everything it computes can be cached.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from functools import cached_property

from lxml import etree

from collateral.diagnostics import Diagnostic, has_errors
from collateral.diagnostics.lazy_dataclass import replace
from collateral.ooxml.archive import Member
from collateral.ooxml.frames.heritage import Heritage, read_heritage
from collateral.ooxml.manifest import Relationship, rels_name, write_relationships
from collateral.ooxml.names import (
    CT_CORE_PROPERTIES,
    CT_EXTENDED_PROPERTIES,
    CT_SLIDE,
    CT_SLIDE_LAYOUT,
    CT_SLIDE_MASTER,
    REL_SLIDE,
    qn,
)
from collateral.ooxml.package import Package, Part
from collateral.ooxml.template.charts.steps import ChartSteps
from collateral.ooxml.template.compiling.expansion import SlideStep, expand_source
from collateral.ooxml.template.compiling.look_compiler import LookCompiler
from collateral.ooxml.template.compiling.notes_master import spare_notes_master
from collateral.ooxml.template.compiling.part import compile_part
from collateral.ooxml.template.compiling.parts_compiler import PartsCompiler
from collateral.ooxml.template.compiling.slide_compiler import SlideCompiler
from collateral.ooxml.template.compiling.slide_groups import (
    Governed,
    Home,
    governed_slides,
    steps_around,
)
from collateral.ooxml.template.filling.deck import DeckTemplate
from collateral.ooxml.template.filling.deck_values import OwnedPart, SlideGroup, SlideTemplate
from collateral.ooxml.template.filling.section_names import name_part
from collateral.ooxml.template.language.groups import Member as Directive
from collateral.ooxml.template.language.op_facts import fields_of
from collateral.ooxml.template.parts.droppable import reached
from collateral.ooxml.template.parts.presentation import (
    plan_app,
    plan_presentation,
    sections_by_slide,
    sections_of,
)
from collateral.ooxml.template.parts.property_steps import hook_company, hook_counts
from collateral.ooxml.template.parts.traces import without_traces
from collateral.ooxml.template.shapes.slide_leads import SlidesOfDeck
from collateral.ooxml.xml import XmlError, parse_xml, whole_number


def compile_deck(
    package: Package, homes: Sequence[Home] | None = None
) -> tuple[DeckTemplate | None, list[Diagnostic]]:
    """The compiled deck; None when a tag in it is wrong.

    `homes` says where each slide stands when the slides came from several files.
    """
    return DeckCompiler(without_traces(package).as_ordinary_file(), homes).run()


def slide_sections(package: Package) -> list[int | None]:
    """The number of the section each slide stands in, None for those in none; nothing for a deck that cannot be read."""
    compiler = DeckCompiler(package)
    try:
        root = parse_xml(package.main.data())
    except XmlError:
        return []
    compiler.list_slides(root)
    return sections_of(root, compiler.slide_ids)


class DeckCompiler:
    """Compiles one deck. `parts` holds the operations of its parts, `functions_by_slide` their names by slide number,
    `steps` the slide directives by slide number."""

    def __init__(self, package: Package, homes: Sequence[Home] | None = None) -> None:
        self.package, self.main, self.homes = package, package.main, homes
        self.parts = PartsCompiler(package.file)
        self.slide_rels: list[Relationship] = []
        self.slide_ids: list[int] = []
        self.charts: dict[str, ChartSteps] = {}
        self.functions_by_slide: dict[int, list[str]] = {}
        self.steps: dict[int, list[SlideStep]] = {}
        self.directives: list[list[Directive]] = []

    def run(self) -> tuple[DeckTemplate | None, list[Diagnostic]]:
        """The template, or None and what is wrong."""
        try:
            root = parse_xml(self.main.data())
        except XmlError as problem:
            return None, [Diagnostic.error("broken-part", f'"{self.main.name}" is {problem}')]
        self.list_slides(root)
        self.index = {rel.target: i for i, rel in enumerate(self.slide_rels)}
        self.slides = SlidesOfDeck.of(root, self.index, self.slide_ids)
        self.common = self._common_parts()
        sections = sections_by_slide(root)
        self.tagged = {
            name: owned for name, part in self.common.items() if (owned := self._tagged(part)) is not None
        }
        self.optional = self._optional()
        self.common = {name: part for name, part in self.common.items() if name not in self.optional}
        read = [self._slide(i, sections.get(self.slide_ids[i], "")) for i in range(len(self.slide_rels))]
        if has_errors(self.parts.problems):
            return None, self.parts.problems
        governed = self._governed(root)
        slides = [
            slide.within(made, steps_around(governed, at))
            for at, (slide, made) in enumerate(read)
            if made is not None
        ]
        self.steps = {slide.number: slide.directives for slide, _ in read}
        shows = tuple(self._name(show.get("name") or "") for show in root.iter(qn("p:custShow")))
        self.show_names = shows if any(shows) else ()
        if has_errors(self.parts.problems):
            return None, self.parts.problems
        self.parts.problems += [p for steps in self.charts.values() for p in steps.problems]
        if has_errors(self.parts.problems):
            return None, self.parts.problems
        return self._template(root, tuple(slides), self._groups(governed)), self.parts.problems

    def list_slides(self, root: etree._Element) -> None:
        """Note the slides in their order."""
        for item in root.iterfind(f"{qn('p:sldIdLst')}/{qn('p:sldId')}"):
            rel = self.main.relationship(item.get(qn("r:id")) or "")
            if rel is not None and not rel.external and rel.target in self.package.parts:
                self.slide_rels.append(rel)
                self.slide_ids.append(whole_number(item.get("id")))

    def _common_parts(self) -> dict[str, Part]:
        """All parts that are there whatever the slides are, if layouts and masters show them."""
        return self._reachable(self._roots(), set())

    def _roots(self) -> list[str]:
        roots = [
            r.target for r in self.package.relationships if not r.external and r.target != self.main.name
        ]
        return roots + [r.target for r in self.main.relationships if not r.external and r.type != REL_SLIDE]

    def _optional(self) -> dict[str, OwnedPart]:
        """Those of the common parts that only what directives of layouts and masters govern leads to."""
        droppable = {name: owned.droppable for name, owned in self.tagged.items() if owned.droppable}
        if not droppable:
            return {}
        relationships = {name: part.relationships for name, part in self.common.items()}
        kept = reached(self._roots(), relationships, droppable)
        return {
            name: self.tagged.pop(name)
            if name in self.tagged
            else OwnedPart(name, part.content_type, part.member, part.relationships, part.rels_member)
            for name, part in self.common.items()
            if name not in kept
        }

    def _reachable(self, roots: Iterable[str], stop: set[str]) -> dict[str, Part]:
        found: dict[str, Part] = {}
        todo = list(roots)
        while todo:
            name = todo.pop(0)
            part = self.package.parts.get(name)
            if (
                part is None
                or name in found
                or name in stop
                or name == self.main.name
                or part.content_type == CT_SLIDE
            ):
                continue
            found[name] = part
            todo += [r.target for r in part.relationships if not r.external]
        return found

    def _tagged(self, part: Part) -> OwnedPart | None:
        """A layout, master or other part of the whole deck that holds tags or leads to slides."""
        if part.content_type in (CT_CORE_PROPERTIES, CT_EXTENDED_PROPERTIES):
            return None
        return LookCompiler(self.package, self.parts, self.slides, self._heritage).compile(part)

    def _tagged_app(self, part: Part) -> OwnedPart | None:
        """app.xml when it holds tags: written for each piece, not for each sequence of slides."""
        if compile_part(part.data(), file=self.package.file, part=part.name) is None:
            return None
        compiled = self.parts.compile(part, before=[hook_company, hook_counts])
        if compiled is None:
            return None  # the tags stood where numbers do that every program counts itself
        return OwnedPart(
            part.name, part.content_type, part.member, function=self.parts.function(compiled.ops)
        )

    def _governed(self, root: etree._Element) -> list[Governed]:
        homes = self.homes or [("", section) for section in sections_of(root, self.slide_ids)]
        return governed_slides(self.directives, homes, self.parts)

    def _groups(self, governed: Iterable[Governed]) -> tuple[SlideGroup, ...]:
        return tuple(self._group(f"group{number}", one) for number, one in enumerate(governed))

    def _group(self, name: str, governed: Governed) -> SlideGroup:
        sources = expand_source(name, list(governed.steps), self.parts)
        return SlideGroup(governed.first, governed.last, self.parts.source(name, *sources))

    def _slide(self, index: int, section: str) -> tuple[SlideCompiler, SlideTemplate | None]:
        part = self.package.parts[self.slide_rels[index].target]
        slide = SlideCompiler(self.package, self.parts, part, index + 1, self._heritage)
        name = self._name(section, index + 1)
        slide.functions += [name] if name else []
        made = slide.compile(self.slides, set(self.common))
        self.functions_by_slide[index + 1] = slide.functions
        self.directives.append(slide.section_directives)
        self.charts.update(slide.chart_steps)
        if made is not None:
            made = replace(made, section=section, slide_id=self.slide_ids[index], section_name=name)
        return slide, made

    def _name(self, drawn: str, slide: int | None = None) -> str:
        """The function that gives the name of a slide's section or of a custom show, "" when no tag is in it."""
        compiled = compile_part(name_part(drawn), file=self.package.file, part=self.main.name, slide=slide)
        if compiled is None:
            return ""
        self.parts.problems += compiled.problems
        return self.parts.function(compiled.ops)

    @property
    def functions_of_all(self) -> list[str]:
        """The functions of the parts that belong to no slide."""
        of_slides = {name for names in self.functions_by_slide.values() for name in names}
        return [name for name in self.parts.ops if name not in of_slides]

    @cached_property
    def _inherited(self) -> Heritage:
        return read_heritage(self.package)[0]  # what cannot be read is said where it is read for itself

    def _heritage(self) -> Heritage:
        """What the shapes of slides inherit from; read when a table first asks."""
        return self._inherited

    def _template(
        self, root: etree._Element, slides: tuple[SlideTemplate, ...], groups: tuple[SlideGroup, ...]
    ) -> DeckTemplate:
        package = self.package
        by_type = {part.content_type: part for part in self.common.values()}
        core, app = by_type.get(CT_CORE_PROPERTIES), by_type.get(CT_EXTENDED_PROPERTIES)
        properties = self._properties(core) if core is not None else None
        own = {p.name for p in (core, app) if p is not None} | set(self.tagged)
        common: list[Member] = [
            package.rels_member or Member.of("_rels/.rels", write_relationships(package.relationships, ""))
        ]
        for part in self.common.values():
            common += [] if part.name in own else [part.member]
            tagged = self.tagged.get(part.name)
            if part.relationships and tagged is None:
                common.append(
                    part.rels_member
                    or Member.of(rels_name(part.name), write_relationships(part.relationships, part.name))
                )
        plan, company = plan_app(parse_xml(app.data())) if app is not None else (None, "")
        if app is not None and (filled := self._tagged_app(app)) is not None:
            self.tagged[app.name] = filled
            plan = None
        numbers = {rel.id: i + 1 for i, rel in enumerate(self.slide_rels)}
        types = {name: part.content_type for name, part in self.common.items()}
        types[self.main.name] = self.main.content_type
        return DeckTemplate(
            file=package.file,
            functions=self.parts.functions(),
            slides=slides,
            groups=groups,
            common=tuple(common),
            common_types=types,
            all_names=frozenset(package.parts),
            known_types=package.types,
            main=self.main.name,
            presentation=plan_presentation(deepcopy(root), numbers, self._section_homes(root)),
            presentation_rels=tuple(r for r in self.main.relationships if r.type != REL_SLIDE),
            slide_rel_ids=tuple(r.id for r in self.slide_rels),
            slide_index=self.index,
            next_slide_id=max([255, *self.slide_ids]) + 1,
            app=plan,
            app_name=app.name if app else "",
            company=company,
            properties_part=properties,
            common_tagged=tuple(self.tagged.values()),
            common_optional=tuple(self.optional.values()),
            spare_notes_master=spare_notes_master(package, self.main),
            look_pictures=tuple(self._look_pictures()),
            common_fields=fields_of(self.parts.ops[name] for name in self.functions_of_all),
            charts={name: steps.program for name, steps in self.charts.items()},
            show_names=self.show_names,
        )

    def _look_pictures(self) -> Iterator[tuple[int, int]]:
        """CRC and size of the pictures on layouts and masters."""
        parts = self.package.parts.values()
        looks = [part for part in parts if part.content_type in (CT_SLIDE_LAYOUT, CT_SLIDE_MASTER)]
        for part in looks:
            for target in self.package.related(part, "image"):
                yield target.member.crc, target.member.size

    def _section_homes(self, root: etree._Element) -> tuple[tuple[str, str], ...]:
        """The id and the name of the section each slide stands in, "" for none."""
        known = [(s.get("id") or "", s.get("name") or "") for s in root.iter(qn("p14:section"))]
        return tuple(("", "") if at is None else known[at] for at in sections_of(root, self.slide_ids))

    def _properties(self, part: Part) -> OwnedPart:
        function, is_plain = self.parts.properties(part)
        return OwnedPart(part.name, part.content_type, part.member, function=function, is_plain=is_plain)
