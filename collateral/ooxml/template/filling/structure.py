"""What depends only on which slides follow each other: names, relationships, lists, and all bytes that never change.

In: a deck template and the shape of a sequence of slides. Out: a `Structure`, kept for the next piece of the same shape.
Hot path when it is new, so it copies compressed members and parses nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from collateral.ooxml.archive import Member, StaticBlob
from collateral.ooxml.manifest import Relationship, extension_of, write_content_types
from collateral.ooxml.names import (
    CT_NOTES_SLIDE,
    CT_SLIDE,
    CT_TAGS,
    DEFAULT_TYPES,
    REL_NOTES_MASTER,
    REL_NOTES_SLIDE,
    REL_REVIEWERS,
    REL_SLIDE,
    REL_SLIDE_LAYOUT,
    REL_TAGS,
)
from collateral.ooxml.parts import PartNames
from collateral.ooxml.template.filling.compiled_deck import CompiledDeck
from collateral.ooxml.template.filling.deck_values import OwnedPart
from collateral.ooxml.template.filling.structure_values import (
    ChartJob,
    Job,
    OptionalPart,
    Shape,
    Structure,
)
from collateral.ooxml.template.filling.turns import Turns
from collateral.ooxml.template.parts.presentation import ListedSlide, slide_key
from collateral.ooxml.template.parts.written_rels import rels_member

TAG_REL = "rIdTag"
LAYOUT_REL = "rIdLayout"
NOTES_REL = "rIdNotes"
MASTER_REL = "rIdMaster"
SLIDE_REL = "rIdSlide"

_REMEMBERED = 8
"""How many structures are kept: each holds the unchanged bytes of a whole file."""


def structure_of(
    template: CompiledDeck, shapes: tuple[Shape, ...], company: str, shows: tuple[str, ...] = ()
) -> Structure:
    """The structure of a sequence of slides, remembered for the next piece. `shows` are the names of the custom shows where they
    are not those of the template."""
    known = template.structures.get((company, shows, shapes))
    if known is None:
        if len(template.structures) >= _REMEMBERED:
            template.structures.pop(next(iter(template.structures)))
        known = StructureBuilder(template, shapes, company, shows).build()
        template.structures[company, shows, shapes] = known
    return known


class StructureBuilder:
    """Builds the structure of one sequence of slides."""

    def __init__(
        self, template: CompiledDeck, shapes: Sequence[Shape], company: str = "", shows: Sequence[str] = ()
    ) -> None:
        self.template, self.shapes, self.company, self.shows = template, shapes, company, shows
        self.names = PartNames(template.all_names)
        self.turns = Turns(template, [shape.slide for shape in shapes])
        self.used: set[str] = set()
        self.made = Structure()
        self.members: list[Member] = []
        self.copies: dict[int, int] = {}
        self.silent = self._silent_reviewers()

    def build(self) -> Structure:
        """The structure."""
        made, template = self.made, self.template
        silent = self.silent
        made.types.update({name: kind for name, kind in template.common_types.items() if name not in silent})
        made.optional.update(
            (p.name, OptionalPart(p, p.relationships, _rels(p))) for p in template.common_optional
        )
        self.members += [member for member in template.common if member.name not in silent]
        if any(s.slide < 0 and s.has_notes for s in self.shapes):
            self._spare_notes_master()
        in_order = self._jumps()
        for shape in self.shapes:
            self._reserve(shape, in_order)
        for entry, shape in enumerate(self.shapes):
            if shape.slide >= 0:
                self._template_slide(entry, shape)
            else:
                self._new_slide(shape, entry)
        for job in (*made.jobs, *(optional.job for optional in made.optional.values())):
            if job is not None:
                job.shows = tuple([rel for rel in job.relationships if rel.target in made.optional])
        self._presentation()
        known = {**self._default_types(), **template.known_types.defaults}
        extensions = {extension_of(name) for name in (*made.types, *made.optional)} | {"png", "jpeg", "xlsx"}
        made.defaults = {
            e: known.get(e) or DEFAULT_TYPES[e]
            for e in sorted(extensions)
            if e in known or e in DEFAULT_TYPES
        }
        shown = {f"any.{e}": kind for e, kind in made.defaults.items() if e not in ("xml", "rels")}
        made.types_xml = write_content_types({**made.types, **shown}, template.known_types)
        made.blob = StaticBlob.of(self.members)
        made.drawn = {member.name: member for member in template.common if "/media/" in member.name}
        made.drawn |= {owned.name: owned.member for slide in template.slides for owned in slide.owned}
        made.drawn |= {job.name: job.part.member for job in made.jobs}
        return made

    def _default_types(self) -> dict[str, str]:
        """For each extension the type of the first part that has it, which `write_content_types` makes the default."""
        found: dict[str, str] = {}
        for name, kind in self.made.types.items():
            if not kind.endswith("xml") or kind.startswith("image/"):
                found.setdefault(extension_of(name), kind)
        return found

    def _silent_reviewers(self) -> frozenset[str]:
        """The parts with the names of who commented, when no slide here has comments."""
        rels = self.template.presentation_rels
        reviewers = [rel.target for rel in rels if rel.type.endswith(REL_REVIEWERS)]
        if not reviewers:
            return frozenset()
        used = {shape.slide for shape in self.shapes if shape.slide >= 0}
        owned = [part for slide in used for part in self.template.slides[slide].owned]
        return frozenset() if any("comments" in part.content_type for part in owned) else frozenset(reviewers)

    def _spare_notes_master(self) -> None:
        for part in self.template.spare_notes_master:
            self.made.types[part.name] = part.content_type
            self.members.append(part.member)
            if part.relationships:
                self.members.append(rels_member(part.name, part.relationships))

    def _jumps(self) -> bool:
        """Whether slides link to slides.

        LibreOffice takes the number in the name of a jump's part for the slide's place in the deck, goes astray where it is
        another, and crashes where there is no such place. So a deck with jumps gets its slides named in their order.
        """
        owned = [p for s in self.shapes if s.slide >= 0 for p in self.template.slides[s.slide].owned]
        told = (
            part.leads_to_slides for part in (*owned, *self._common()) if part.content_type != CT_NOTES_SLIDE
        )
        return any(told) or any(shape.jumps for shape in self.shapes)

    def _common(self) -> tuple[OwnedPart, ...]:
        """Layouts, masters and the like that are written for each piece."""
        return (*self.template.common_tagged, *self.template.common_optional)

    def _reserve(self, shape: Shape, in_order: bool) -> None:
        """Name every slide first, so that jumps between slides know where they lead."""
        made = self.made
        ordered = f"ppt/slides/slide{len(made.slides) + 1}.xml" if in_order else ""
        if shape.slide < 0:
            made.slides.append(ordered or self.names.take("ppt/slides/slide{n}.xml"))
            return
        original = self.template.slides[shape.slide].owned[0].name
        kept = original if original not in self.used else ""
        name = ordered or kept or self.names.take("ppt/slides/slide{n}.xml")
        self.used.add(original)
        made.first_of.setdefault(shape.slide, name)
        made.slides.append(name)

    def _template_slide(self, entry: int, shape: Shape) -> None:
        slide, made = self.template.slides[shape.slide], self.made
        copy = self.copies.get(shape.slide, 0)
        self.copies[shape.slide] = copy + 1
        renamed = {slide.owned[0].name: made.slides[entry]}
        for part in slide.owned[1:]:
            renamed[part.name] = self._name_of(part)
        made.notes.append(
            next((renamed[p.name] for p in slide.owned if p.content_type == CT_NOTES_SLIDE), "")
        )
        tag = self._tag_part(shape, entry)
        for part in slide.owned:
            if tag and slide.tags is not None and part.name == slide.tags.part:
                continue  # its tags stand in the piece's own
            extra = (Relationship(TAG_REL, REL_TAGS, tag),) if tag and part is slide.owned[0] else ()
            self._owned(entry, part, renamed, extra, copy, shape)

    def _name_of(self, part: OwnedPart) -> str:
        if part.shared or part.name not in self.used:
            return part.name
        folder, _, last = part.name.rpartition("/")
        stem, dot, extension = last.rpartition(".")
        stem = (stem or last).rstrip("0123456789")
        return self.names.take(f"{folder}/{stem}{{n}}{dot}{extension}")

    def _owned(
        self,
        entry: int,
        part: OwnedPart,
        renamed: dict[str, str],
        extra: tuple[Relationship, ...],
        copy: int,
        shape: Shape,
    ) -> None:
        made, name = self.made, renamed[part.name]
        if part.shared and name in made.types:
            return
        self.used.add(part.name)
        slide = self.template.slides[shape.slide]
        relationships = self._moved(part, renamed, entry)
        if extra and slide.tags is not None:
            relationships = tuple([r for r in relationships if r.id != slide.tags.rel_id])
        relationships += extra
        is_slide = part.content_type == CT_SLIDE
        if is_slide:
            made.rels.append(relationships)
        same = relationships == part.relationships and name == part.name
        rels = part.rels_member if same and part.rels_member else None
        if relationships and rels is None:
            rels = rels_member(name, relationships)
        computed = part.function and not (is_slide and slide.is_static and not shape.tagged and not copy)
        job = Job(entry, part, name, relationships, rels, copy) if computed and not part.deferred else None
        if part.deferred:
            self._deferred(entry, part, renamed, relationships, rels)
        if part.optional:
            made.optional[name] = OptionalPart(part, relationships, rels, job)
            return
        made.optional.pop(name, None)  # another slide shows it in any case
        made.types[name] = part.content_type
        if job is not None:
            made.jobs.append(job)
        elif not part.deferred:
            self.members.append(_renamed(part.member, name))
            self.members += [rels] if rels else []

    def _deferred(
        self,
        entry: int,
        part: OwnedPart,
        renamed: dict[str, str],
        relationships: tuple[Relationship, ...],
        rels: Member | None,
    ) -> None:
        slide = self.template.slides[self.shapes[entry].slide]
        rel_id = next((r for r, name in slide.charts if name == part.name), None)
        if rel_id is None:
            return
        by_name = {p.name: p for p in slide.owned}
        workbook = next(
            (
                by_name[r.target]
                for r in part.relationships
                if r.target in by_name and by_name[r.target].deferred
            ),
            None,
        )
        job = ChartJob(
            entry,
            rel_id,
            part,
            renamed[part.name],
            relationships,
            rels,
            workbook,
            renamed[workbook.name] if workbook else "",
        )
        self.made.charts.setdefault(entry, []).append(job)

    def _led_in_turn(self, entry: int, slide: int) -> dict[int, int | None]:
        """The slides that repeat together with one, each with the place of its copy in the same turn; None where there is none."""
        around = next((g for g in self.template.groups if g.first <= slide <= g.last), None)
        places = range(around.first, around.last + 1) if around is not None else ()
        return {at: self.turns.copy_led_to(entry, at) for at in places}

    def _led_to(self, slide: int, entry: int | None) -> str | None:
        """The part a link to a slide of the template leads to from a slide of the piece, None when it is not there."""
        if entry is None or not self.template.groups:
            return self.made.first_of.get(slide)
        found = self.turns.copy_led_to(entry, slide)
        return self.made.slides[found] if found is not None else None

    def _moved(
        self, part: OwnedPart, renamed: dict[str, str], entry: int | None = None
    ) -> tuple[Relationship, ...]:
        """The part's relationships with new names; jumps to slides that are not there go."""
        out = []
        for rel in part.relationships:
            target = renamed.get(rel.target)
            if target is None and rel.type == REL_SLIDE and not rel.external:
                target = self._led_to(self.template.slide_index.get(rel.target, -1), entry)
                if target is None:
                    continue
            out.append(
                rel if target is None or target == rel.target else Relationship(rel.id, rel.type, target)
            )
        kept = tuple(out)
        return part.relationships if kept == part.relationships else kept

    def _tag_part(self, shape: Shape, entry: int) -> str:
        name = self.names.take("ppt/tags/tag{n}.xml") if shape.tagged else ""
        if name:
            self.made.types[name] = CT_TAGS
        self.made.tags.append(name)
        return name

    def _new_slide(self, shape: Shape, entry: int) -> None:
        """Relationships of a new slide are written with it: they depend on what it points to."""
        made, name = self.made, self.made.slides[entry]
        made.types[name] = CT_SLIDE
        relationships = [Relationship(LAYOUT_REL, REL_SLIDE_LAYOUT, shape.layout)]
        notes = self.names.take("ppt/notesSlides/notesSlide{n}.xml") if shape.has_notes else ""
        if notes:
            made.types[notes] = CT_NOTES_SLIDE
            relationships.append(Relationship(NOTES_REL, REL_NOTES_SLIDE, notes))
        made.notes.append(notes)
        tag = self._tag_part(shape, entry)
        if tag:
            relationships.append(Relationship(TAG_REL, REL_TAGS, tag))
        made.rels.append(tuple(relationships))

    def _presentation(self) -> None:
        template, made = self.template, self.made
        listed: list[ListedSlide] = []
        rels = [rel for rel in template.presentation_rels if rel.external or rel.target not in self.silent]
        taken = {rel.id for rel in rels}
        next_id, seen, copies = template.next_slide_id, Counter[int](), list[int]()
        for entry, shape in enumerate(self.shapes):
            slide = template.slides[shape.slide] if shape.slide >= 0 else None
            if slide is not None and shape.slide not in seen:
                number, rel_id = slide.slide_id, template.slide_rel_ids[shape.slide]
            else:
                number, rel_id = next_id, f"rIdS{entry + 1}"
                next_id += 1
            copies.append(seen[shape.slide])
            seen[shape.slide] += 1
            while rel_id in taken:
                rel_id += "x"
            taken.add(rel_id)
            rels.append(Relationship(rel_id, REL_SLIDE, made.slides[entry]))
            listed.append(ListedSlide(number, rel_id, shape.section, slide.number if slide else None))
        spare = template.spare_notes_master[0].name if template.spare_notes_master else ""
        notes_master = MASTER_REL if spare and spare in made.types else ""
        if notes_master:
            rels.append(Relationship(MASTER_REL, REL_NOTES_MASTER, spare))
        written = template.presentation.write(listed, notes_master, self.shows)
        self.members.append(Member.of(template.main, written))
        made.presentation_rels = tuple(rels)
        made.there = template.presentation.there(listed)
        for entry, shape in enumerate(self.shapes) if template.groups else ():
            if shape.slide >= 0 and any(p.leads_to_slides for p in template.slides[shape.slide].owned):
                led = self._led_in_turn(entry, shape.slide)
                made.there_at[entry] = made.there - {slide_key(at) for at in led if led[at] is None}
                made.led_at[entry] = {
                    at: (listed[to].id, copies[to]) for at, to in led.items() if to is not None
                }
        leading = [part for part in self._common() if part.leads_to_slides]
        made.leading = {part.name: self._moved(part, {}) for part in leading}
        self._app()

    def _app(self) -> None:
        template = self.template
        slides = [template.slides[s.slide] for s in self.shapes if s.slide >= 0]
        self.made.counts = {
            "Slides": len(self.shapes),
            "Notes": sum(1 for n in self.made.notes if n),
            "HiddenSlides": sum(s.hidden for s in slides),
        }
        if template.app is not None:
            data = template.app.write(self.made.counts, self.company or template.company)
            self.members.append(Member.of(template.app_name, data))


def _rels(part: OwnedPart) -> Member | None:
    return part.rels_member or (rels_member(part.name, part.relationships) if part.relationships else None)


def _renamed(member: Member, name: str) -> Member:
    return (
        member if member.name == name else Member(name, member.method, member.crc, member.size, member.packed)
    )
