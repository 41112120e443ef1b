"""Slides of one deck appended to another: `import_slides`.

In go two packages, out comes a third and what happened to each slide. A slide comes whole or not at all: what cannot be
carried stops that slide with an error that names it, and the others go on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from textwrap import shorten
from typing import TYPE_CHECKING, Final

from collateral.diagnostics import Diagnostic, Place
from collateral.diagnostics.lazy_dataclass import replace
from collateral.ooxml import names
from collateral.ooxml.package import Package, Relationship
from collateral.ooxml.slides.belongings import Belongings
from collateral.ooxml.slides.carrying import CannotCarry, Carrier
from collateral.ooxml.slides.deck import Deck
from collateral.ooxml.slides.defaults import default_differences, write_defaults
from collateral.ooxml.slides.draft import Draft, UnreadablePart
from collateral.ooxml.slides.identity import (
    creation_id,
    make_creation_ids_unique,
    make_shape_ids_unique,
    set_creation_id,
)
from collateral.ooxml.slides.inheritance import foreign_references
from collateral.ooxml.slides.jumps import (
    PendingJump,
    point_jumps,
    point_zooms,
    remove_run_links,
    remove_show_links,
)
from collateral.ooxml.slides.legibility import Grounds
from collateral.ooxml.slides.mapping import LayoutView, map_placeholders
from collateral.ooxml.slides.masters import Masters, Standing
from collateral.ooxml.slides.notes import Notes
from collateral.ooxml.slides.options import ImportedSlide, ImportOptions
from collateral.ooxml.slides.properties import refresh_properties
from collateral.ooxml.slides.references import (
    lost_references,
    references,
    remove_references,
    shape_name,
    slide_title,
)
from collateral.ooxml.slides.scaling import Scale
from collateral.ooxml.slides.sections import append_to_sections
from collateral.ooxml.slides.source import SourceDeck
from collateral.ooxml.slides.vocabulary import kind_of

if TYPE_CHECKING:
    from lxml.etree import _Element

DEFAULTS: Final = ImportOptions()
PLACES: Final = frozenset({"slideLayout", "notesSlide"})
# what belongs to the discussion of a slide, not to the slide: (relationship, what it is called)
LEFT_OUT: Final = {"comments": "comments", "slideUpdateInfo": "the link to a slide library"}


def import_slides(
    target: Package,
    source: Package,
    slides: Sequence[int] | None = None,
    *,
    options: ImportOptions = DEFAULTS,
) -> tuple[Package, list[ImportedSlide], list[Diagnostic]]:
    """`target` with slides of `source` appended, where each of them went, and what could not be done.

    `slides` are numbers from 1, in the order wanted; None means all. A template (.potx) or show becomes a presentation.
    The two packages stay as they are; when the decks themselves cannot be read, the target is returned unchanged.
    """
    found = [
        Diagnostic.error(
            "not-a-deck", "the file is a document, and slides can only be moved between decks", Place(p.file)
        )
        for p in (target, source)
        if not p.is_deck
    ]
    if found:
        return target, [], found
    try:
        importer = _Importer(target, source, options)
        importer.run(slides)
        return importer.finish(), importer.arrived, importer.found
    except UnreadablePart as problem:
        in_target = problem.part in target.parts and problem.part not in source.parts
        file = target.file if in_target else source.file
        return target, [], [_unreadable(problem, Place(file, part=problem.part))]


class _NoLayout(Exception):
    """A slide that stands on no layout comes to a deck that has none."""


class _Importer:
    def __init__(self, target: Package, source: Package, options: ImportOptions) -> None:
        self.options = options
        self.found: list[Diagnostic] = []
        self.arrived: list[ImportedSlide] = []
        self._file = source.file
        self._draft = Draft(target)
        self._deck = Deck(self._draft)
        own = Deck(Draft(source))
        scale = Scale.between(own.size(), self._deck.size()) if options.scale else Scale()
        self._source = SourceDeck(source, scale)
        self._carrier = Carrier(
            self._source, self._draft, refuse_linked_workbooks=options.linked_workbooks == "refuse"
        )
        self._masters = Masters(self._carrier, self._deck, options.layouts)
        self._grounds = Grounds(self._source, self._draft)
        self._notes = Notes(self._carrier, self._deck)
        self._belongings = Belongings(self._carrier, self._deck)
        self._defaults = default_differences(
            own.child("defaultTextStyle"), self._deck.child("defaultTextStyle"), scale.factor
        )
        already = self._deck.slides()
        self._before = len(already)
        self._creation_ids = {
            value for entry in already if (value := creation_id(self._draft.read(entry.part)))
        }
        self._entries = self._source.deck.slides()
        self._jumps: list[PendingJump] = []
        self._homes: dict[str, str] = {}  # the slides of diagrams and the like that lead to slides
        self._parts: dict[str, str] = {}  # the first copy of each source slide
        self._ids: list[tuple[int, int]] = []  # (source slide id, new slide id)
        self._place = Place(self._file)

    def run(self, numbers: Sequence[int] | None) -> None:
        for number in range(1, len(self._entries) + 1) if numbers is None else numbers:
            self._place = Place(self._file, slide=number)
            if not 1 <= number <= len(self._entries):
                message = f"there is no slide {number}: the deck has {len(self._entries)}"
                self.found.append(Diagnostic.error("no-such-slide", message, Place(self._file)))
                continue
            try:
                self._import(number)
            except CannotCarry as problem:
                self.found.append(self._refusal(problem))
            except _NoLayout:
                message = "the slide has no layout, and the target deck has none to put it on"
                hint = "give the target deck a master with layouts"
                self.found.append(Diagnostic.error("slide-without-layout", message, self._place, hint))
            except UnreadablePart as problem:
                self.found.append(_unreadable(problem, self._place))

    def finish(self) -> Package:
        self._point_jumps()
        renamed = (
            append_to_sections(self._deck, self._source.deck, self._ids) if self.options.sections else {}
        )
        self._point_zooms(renamed)
        self._belongings.bring()
        refresh_properties(self._deck)
        self._deck.complete()
        self._draft.set_content_type(self._draft.main, names.CT_PRESENTATION)
        return self._draft.finish("pptx")

    def _import(self, number: int) -> None:
        entry = self._entries[number - 1]
        part = self._source.part(entry.part)
        tree = self._source.take(entry.part)
        name = self._draft.take_name("ppt/slides/slide{n}.xml")
        linked, inner = len(self._carrier.linked), len(self._carrier.jumps)
        jumps = [r for r in part.relationships if self._source.is_jump(r)]
        plain = [
            r for r in part.relationships if kind_of(r.type) not in {*PLACES, *LEFT_OUT} and r not in jumps
        ]
        runs, run = remove_run_links(tree)
        plain = [r for r in plain if r.id not in run]
        carried = self._carrier.relationships(entry.part, plain, {entry.part: name})
        dropped = [*self._leave_out(tree, part.relationships), *self._named_runs(runs)]
        notes = self._carry_notes(entry.part, name)
        placed, inherited = self._place_on_layout(entry.part, tree)
        self._draft.put(
            part.renamed(name).with_relationships([*carried, *inherited, *jumps]), self._finished(tree)
        )
        self._draft.relate(name, names.REL_SLIDE_LAYOUT, placed)
        if notes is not None:
            self._draft.relate(name, names.REL_NOTES_SLIDE, notes)
        self._warn_of_links(linked)
        self._jumps += [PendingJump(name, jump.id, jump.target) for jump in jumps]
        self._jumps += self._carrier.jumps[inner:]
        self._homes |= {jump.part: name for jump in self._carrier.jumps[inner:]}
        self._parts.setdefault(entry.part, name)
        self._ids.append((entry.id, self._deck.append_slide(name)))
        self.arrived.append(ImportedSlide(number, name, self._before + len(self.arrived) + 1, tuple(dropped)))

    def _leave_out(self, tree: _Element, relationships: Sequence[Relationship]) -> list[str]:
        """Take out of the tree what stays behind: comments, links to custom shows, what the file had lost before."""
        dropped: list[str] = []
        for relationship in relationships:
            what = LEFT_OUT.get(kind_of(relationship.type))
            if what is not None and what not in dropped:
                dropped.append(what)
                self.found.append(
                    Diagnostic.note("left-out", f"{what} of the slide stay behind", self._place)
                )
        stay = {r.id for r in relationships if kind_of(r.type) in LEFT_OUT}
        remove_references(tree, stay)
        self._remove_lost(tree, relationships)
        for shape in remove_show_links(tree, None):
            dropped.append(f'the link of "{shape}" to a custom show')
            message = f'the link of "{shape}" leads to a custom show, which stays behind'
            self.found.append(Diagnostic.warning("jump-removed", message, self._place))
        return dropped

    def _named_runs(self, shapes: Sequence[str]) -> list[str]:
        for shape in shapes:
            message = f'"{shape}" runs a macro or a program, which stays behind'
            self.found.append(Diagnostic.warning("action-removed", message, self._place))
        return [f'what "{shape}" runs' for shape in shapes]

    def _remove_lost(self, tree: _Element, relationships: Sequence[Relationship]) -> None:
        lost = lost_references(tree, relationships)
        for element, _, rel_id in list(references(tree)) if lost else ():
            if rel_id in lost:
                shape = shape_name(element) or "the slide"
                message = f'"{shape}" points to something that is missing from the file'
                self.found.append(Diagnostic.warning("missing-part", message, self._place))
        if remove_references(tree, lost):
            raise CannotCarry("something that is missing from the file", self._place.file, sorted(lost)[0])

    def _place_on_layout(self, slide: str, tree: _Element) -> tuple[str, list[Relationship]]:
        """The layout the slide will stand on, and relationships it needs for what it had from its own."""
        layout = self._source.target(slide, names.REL_SLIDE_LAYOUT)
        if layout is None:
            return self._place_on_any(), []
        standing = self._standing(tree, layout)
        if standing.mapped_to is not None:
            master = self._source.target(layout, names.REL_SLIDE_MASTER)
            map_placeholders(
                tree,
                standing.mapped_to,
                layout=self._source.read(layout),
                master=self._source.read(master) if master else None,
            )
            owners = {"sldLayout": layout, "sldMaster": master or layout}
            return standing.layout, self._inherited(slide, tree, owners)
        return standing.layout, []

    def _inherited(self, slide: str, tree: _Element, owners: Mapping[str, str]) -> list[Relationship]:
        """Relationships to what the slide's shapes took over from their layout and master, such as pictures of bullets."""
        taken = self._source.part(slide).relationships
        made: dict[tuple[str, str], Relationship] = {}
        for element, attribute, owner, rel_id in list(foreign_references(tree)):
            if (owner, rel_id) not in made:
                known = self._source.part(owners[owner]).relationship(rel_id)
                if known is None:
                    raise CannotCarry("something that is missing from the file", slide, rel_id)
                (carried,) = self._carrier.relationships(owners[owner], [known], {})
                new = next(
                    i
                    for i in map("rIdTaken{}".format, count(len(made) + 1))
                    if i not in {r.id for r in taken}
                )
                made[owner, rel_id] = replace(carried, id=new)
            element.set(attribute, made[owner, rel_id].id)
        return list(made.values())

    def _standing(self, tree: _Element, layout: str) -> Standing:
        """The target's layout, unless words whose colour is not the layout's could not be read there."""
        standing = self._masters.standing(layout)
        if standing.mapped_to is None:
            if self._masters.is_foreign(standing.layout):
                name = LayoutView.of(layout, self._source.read(layout)).name
                message = f'the slide keeps its own layout "{name}" and its look: the target has none like it'
                hint = "give the slide a layout of the target, or the target a layout of this name"
                self.found.append(Diagnostic.warning("layout-kept", message, self._place, hint))
            return standing
        unreadable = self._grounds.unreadable_text(tree, layout, standing.layout)
        if unreadable is None:
            return standing
        name = standing.mapped_to.name
        message = f'the slide keeps its own layout: on "{name}" nobody could read "{shorten(unreadable, 60)}"'
        hint = "let these words leave their colour to the layout, or fill what is behind them"
        self.found.append(Diagnostic.warning("layout-kept", message, self._place, hint))
        return self._masters.own_standing(layout)

    def _place_on_any(self) -> str:
        layout = self._masters.any_layout()
        if layout is None:
            raise _NoLayout
        message = "the slide has no layout, it is put on the emptiest of the target"
        self.found.append(Diagnostic.warning("slide-without-layout", message, self._place))
        return layout

    def _carry_notes(self, slide: str, name: str) -> str | None:
        notes = self._source.target(slide, names.REL_NOTES_SLIDE)
        if notes is None or self.options.notes == "drop":
            return None
        carried = self._notes.carry(notes, name)
        if carried is None:
            raise CannotCarry("notes without a notes master", slide)
        return carried

    def _finished(self, tree: _Element) -> _Element:
        if self._defaults is not None:
            write_defaults(tree, self._defaults)
        make_shape_ids_unique(tree)
        make_creation_ids_unique(tree)
        set_creation_id(tree, self._creation_ids)
        self._belongings.note(tree)
        return tree

    def _point_jumps(self) -> None:
        by_part: dict[str, dict[str, str | None]] = {}
        for jump in (*self._jumps, *self._masters.jumps):
            by_part.setdefault(jump.part, {})[jump.rel_id] = self._parts.get(jump.source_target)
        for part, moved in by_part.items():
            for lost in point_jumps(self._draft, part, moved):
                self._report_lost(self._homes.get(part, part), lost.shape or "", lost.target)

    def _report_lost(self, part: str, shape: str, target: str) -> None:
        index = next((i for i, slide in enumerate(self.arrived) if slide.part_name == part), None)
        place = Place(self._file, part=part)
        owner = f'the link of "{shape}"' if shape else "a link"
        what = f"{owner} to {self._slide_words(target)}"
        if index is not None:
            slide = self.arrived[index]
            if what in slide.dropped:
                return
            place = Place(self._file, slide=slide.source_number, shape=shape or None)
            self.arrived[index] = ImportedSlide(
                slide.source_number, slide.part_name, slide.number, (*slide.dropped, what)
            )
        message = f"{what} is taken out, because that slide does not come along"
        self.found.append(Diagnostic.warning("jump-removed", message, place, "take that slide too"))

    def _slide_words(self, part: str) -> str:
        number = next((i for i, e in enumerate(self._entries, 1) if e.part == part), None)
        if number is None:
            return "a slide that is not in the deck"
        title = slide_title(self._source.read(part))
        return f'slide {number} "{title}"' if title else f"slide {number}"

    def _point_zooms(self, sections: dict[str, str]) -> None:
        new = {
            str(old): (str(id_), creation_id(self._draft.read(slide.part_name)) or "")
            for (old, id_), slide in zip(reversed(self._ids), reversed(self.arrived), strict=True)
        }
        for slide in self.arrived:
            for shape in point_zooms(self._draft.read(slide.part_name), new, sections):
                message = f'the zoom "{shape}" became a picture, because its slide does not come along'
                place = Place(self._file, slide=slide.source_number, shape=shape)
                self.found.append(Diagnostic.warning("jump-removed", message, place))

    def _warn_of_links(self, first: int) -> None:
        words = {"workbook": "workbook or object", "picture": "picture"}
        for what, address in self._carrier.linked[first:]:
            message = f'the {words[what]} lies outside the file, at "{address}", and stays linked'
            hint = "embed it, or break the link, so that it opens on other machines"
            self.found.append(Diagnostic.warning(f"linked-{what}", message, self._place, hint))

    def _refusal(self, problem: CannotCarry) -> Diagnostic:
        place = self._place
        entry = self._entries[(place.slide or 1) - 1]
        if problem.owner == entry.part and problem.rel_id:
            for element, _, rel_id in references(self._source.read(entry.part)):
                if rel_id == problem.rel_id and shape_name(element):
                    place = Place(self._file, slide=place.slide, shape=shape_name(element))
                    break
        message = f"the slide holds {problem.what}, which cannot be carried into another deck"
        return Diagnostic.error(
            "cannot-carry", message, place, "the slide is left out: take that off it first"
        )


def _unreadable(problem: UnreadablePart, place: Place) -> Diagnostic:
    message = f'"{problem.part}" cannot be read: {problem}'
    return Diagnostic.error(
        "unreadable-part", message, place, "open the deck in PowerPoint and save it again"
    )
