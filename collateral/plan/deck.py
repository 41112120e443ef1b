"""A selection → the slides of a deck: final text on layouts of the master, or designed slides with their values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from collateral.diagnostics import Diagnostic, Place, Severity, Span, has_errors
from collateral.diagnostics.hints import did_you_mean
from collateral.diagnostics.lazy_dataclass import dataclass, replace
from collateral.model import content as c
from collateral.model.frames import DeckMaster, MasterSlide, ShapeFrame
from collateral.model.library import Block, Form
from collateral.model.plan import DeckContent, DesignedSlide, Filling, LayoutSlide, Origin, SlidePart, TextFit
from collateral.model.selection import Pick, SectionSelection, SlotSelection
from collateral.plan import fitting
from collateral.plan.layouts import Assignment, Piece, assign, choose_layout, split_pieces
from collateral.plan.materials import Filled, Materials, Turns
from collateral.plan.origins import fixed_origin, pick_origin, source_notes
from collateral.plan.pictures import rebased
from collateral.plan.prune import prune
from collateral.typeset import Measured, TypesetParagraph, fit_text

MAX_PARTS = 12  # one block never becomes more slides than this by continuing
TABLE_SIZE = 14.0  # points; what tables on slides are set in


@dataclass(frozen=True, slots=True)
class Draft:
    """One slide before its fit is written down."""

    title: tuple[c.Run, ...]
    notes: c.Nodes
    assignment: Assignment
    fit: fitting.SlideFit
    at: Span | None


def compose_deck(materials: Materials, master: DeckMaster) -> tuple[DeckContent, list[Diagnostic]]:
    """The slides of the piece, in order, and what could not be done."""
    composer = _DeckComposer(materials, master)
    slides = [slide for section in materials.selection.sections for slide in composer.section(section)]
    composer.count(len(slides))
    return DeckContent(tuple(slides), prune(materials.scope, master.fields)), composer.problems


class _DeckComposer:
    def __init__(self, materials: Materials, master: DeckMaster) -> None:
        self.materials = materials
        self.master = master
        self.floor = float(materials.selection.template.limits.floor)
        self.problems: list[Diagnostic] = []
        self.section_title = ""  # of the section that is being composed

    def section(self, section: SectionSelection) -> Iterable[LayoutSlide | DesignedSlide]:
        """The slides of a section, which bear its title."""
        self.section_title = section.section.titles.get(self.materials.language, section.section.title)
        for slot in section.slots:
            yield from self._slot(slot)

    def _slot(self, slot: SlotSelection) -> Iterable[LayoutSlide | DesignedSlide]:
        if slot.slot.slide is not None:
            if slot.included:
                yield from self._designed([slot.slot.slide], fixed_origin(self.materials), slot.slot.at)
            return
        for pick in slot.picks:
            designed = self.materials.designed.get((pick.block.id, pick.block.language))
            if designed is not None:
                yield from self._designed(designed.slides, pick_origin(self.materials, pick), None)
            else:
                yield from self._from_text(pick, slot.slot.layout)

    def count(self, slides: int) -> None:
        """Say when there is no slide at all, or when slides that continue, or that a directive repeats, make more of them
        than the template allows."""
        template = self.materials.selection.template
        if not slides and not has_errors(self.problems):
            message = "the deck would have no slides: no slot has anything for this prospect"
            hint = "`collateral explain PROSPECT TEMPLATE` tells why; say `at_least: 1` where something must be found"
            self.problems.append(Diagnostic.error("deck-without-slides", message, Span(template.path), hint))
        most = template.limits.slides
        if most is not None and slides > most:
            message = f"the deck has {slides} slides, and the template allows {most}"
            hint = "shorten what continues on a next slide or is repeated, or raise `limits: {slides: …}`"
            self.problems.append(
                Diagnostic.warning("more-slides-than-limit", message, Span(template.path), hint)
            )

    # designed slides

    def _designed(self, ids: Sequence[str], origin: Origin, at: Span | None) -> Iterable[DesignedSlide]:
        wanted = [slide for slide_id in ids if (slide := self._wanted(slide_id, at)) is not None]
        source = self.materials.selection.template.master or ""
        for _, together in groupby(wanted, key=lambda slide: slide.group or slide.id):
            for slide_id, values in self._turns(list(together)):
                slide = self.master.slides[slide_id]
                for part in self._parts(slide, values):
                    fits, filled = self._shape_fits(slide, values, part.title_end if part else "")
                    title = self.section_title
                    yield DesignedSlide(source, slide_id, values, origin, title, fits, part, filled)

    def _wanted(self, slide_id: str, at: Span | None) -> MasterSlide | None:
        """The designed slide, unless its rule leaves it out."""
        slide = self.master.slides.get(slide_id)
        if slide is None:
            near = did_you_mean(slide_id, self.master.slides)
            message = f"the master has no slide '@id: {slide_id}'"
            self.problems.append(Diagnostic.error("unknown-slide-id", message, at, *near))
            return None
        return slide if slide.when is None or self.materials.filler.holds(slide.when, at) else None

    def _turns(self, slides: Sequence[MasterSlide]) -> Turns:
        """The appearances of slides that are governed together, in order."""
        fields = [field for slide in slides for field in slide.fields]
        values = prune(self.materials.scope, fields)
        if self.materials.turns is None:
            return [(slide.id, values) for slide in slides]
        turns, found = self.materials.turns([slide.id for slide in slides], values)
        self.problems += found
        return turns

    def _parts(self, slide: MasterSlide, values: Mapping[str, object]) -> Sequence[SlidePart | None]:
        """The slides a designed slide becomes so that its tables have room; numbered in the title like other slides."""
        shares, found = self.materials.parts(slide.id, values) if self.materials.parts else ((), ())
        self.problems += found
        count = len(shares)
        if count < 2:
            return (None,)
        return [
            SlidePart(number, count, rows, c.continued_title_end(number, count))
            for number, rows in enumerate(shares, 1)
        ]

    def _shape_fits(
        self, slide: MasterSlide, values: Mapping[str, object], title_end: str
    ) -> tuple[Mapping[int, TextFit], Filled]:
        """How the texts of shapes are made to fit, by the shape's id, and the filled slide they were read from; copies of a shape look
        alike, as the fullest of them must."""
        found: dict[int, TextFit] = {}
        if self.materials.texts is None:
            return found, None
        frames = {shape.shape_id: shape for shape in slide.shapes}
        texts, filled, problems = self.materials.texts(slide.id, values, title_end)
        self.problems += problems
        for shape_id, paragraphs in texts:
            shape = frames.get(shape_id)
            if shape is None or not paragraphs:
                continue
            fit = fit_text(shape.frame, [paragraphs], floor=self.floor, book=self.materials.book)
            self.problems += fit.diagnostics
            if not fit.fits:
                master = self.materials.selection.template.masters.get(self.materials.language)
                file = master or self.materials.selection.template.master or ""
                at = Place(file, slide=slide.index + 1, shape=shape.name)
                self.problems.append(_overflow(shape, paragraphs, fit.overflow, at))
            if fit.writes_autofit:
                made = fitting.text_fit(fit)
                found[shape_id] = min(
                    found.get(shape_id, made), made, key=lambda each: (each.scale, -each.spacing)
                )
        return found, filled

    # slides made from a block's text

    def _from_text(self, pick: Pick, slot_layout: str | None) -> Iterable[LayoutSlide]:
        forms = pick.block.forms_for("deck")
        if not forms:
            self.problems.append(_no_form(pick.block))
            return
        wordings = self._wordings(pick.block, forms, slot_layout)
        if not wordings:
            return
        form, drafts = wordings[_best_wording([drafts for _, drafts in wordings])]
        origin = replace(pick_origin(self.materials, pick), wording=form.wording)
        for draft in drafts:
            for part in self._continued(pick.block, draft):
                yield self._finished(part, origin)

    def _wordings(
        self, block: Block, forms: Iterable[Form], slot_layout: str | None
    ) -> list[tuple[Form, list[Draft]]]:
        """The wordings that can be used. What another has no place for is only warned of."""
        before, self.problems = self.problems, []
        drafts = [(form, self._wording(block, form, slot_layout)) for form in forms]
        usable = [(form, found) for form, found in drafts if found is not None]
        found = [_mildly(problem) for problem in self.problems] if usable else self.problems
        self.problems = [*before, *found]
        return usable

    def _wording(self, block: Block, form: Form, slot_layout: str | None) -> list[Draft] | None:
        """The slides of one wording, measured; None when the form cannot be used at all."""
        parsed, found = self.materials.content(block, form)
        self.problems += found
        drafts = []
        for slide in rebased(parsed, block.path).slides:
            draft = self._draft(block, slide, slot_layout or slide.layout or form.layout)
            if draft is None:
                return None
            drafts.append(draft)
        return drafts

    def _draft(self, block: Block, slide: c.SlideContent, layout_name: str | None) -> Draft | None:
        filler = self.materials.filler
        title = filler.inlines(slide.title)
        nodes = filler.nodes(slide.nodes)
        assignment = self._place(split_pieces(nodes), layout_name, slide.at)
        if assignment is None:
            return None
        notes = (*filler.nodes(slide.notes), *source_notes(self.materials, block, slide))
        return self._measured(title, notes, assignment, slide.at)

    def _place(self, pieces: Sequence[Piece], layout_name: str | None, at: Span | None) -> Assignment | None:
        if layout_name is None:
            found = choose_layout(self.master.layouts.values(), pieces)
            if found is None:
                self.problems.append(_no_layout(pieces, at))
            return found
        layout = self.master.layout(layout_name)
        if layout is None:
            near = did_you_mean(layout_name, self.master.layouts)
            self.problems.append(
                Diagnostic.error("unknown-layout", f"the master has no layout '{layout_name}'", at, *near)
            )
            return None
        assignment = assign(layout, pieces)
        for piece in assignment.homeless:
            message = f"layout '{layout_name}' has no free place for the {piece.need}"
            self.problems.append(
                Diagnostic.error(
                    "no-place-for-content", message, at, "use another layout, or split the slide"
                )
            )
        return None if assignment.homeless else assignment

    def _measured(
        self, title: tuple[c.Run, ...], notes: c.Nodes, assignment: Assignment, at: Span | None
    ) -> Draft:
        fit = fitting.fit_slide(assignment, title, floor=self.floor, book=self.materials.book)
        return Draft(title, notes, assignment, fit, at)

    # continuing on a further slide

    def _continued(self, block: Block, draft: Draft) -> list[Draft]:
        """The draft, or the slides it continues on; numbered in the title when there are several."""
        parts = self._split_tables(draft)
        done: list[Draft] = []
        while parts and len(done) < MAX_PARTS:
            part = parts.pop(0)
            halves = self._halves(part) if part.fit.overflow else None
            if halves is None:
                done.append(part)
                self._report_overflow(block, part)
            else:
                parts[:0] = halves
        done += parts
        if len(done) == 1:
            return done
        return [self._numbered(part, n, len(done)) for n, part in enumerate(done, 1)]

    def _halves(self, draft: Draft) -> list[Draft] | None:
        """The draft cut where its fullest text box is full; None when it cannot be cut."""
        for number, (place, piece) in enumerate(draft.assignment.places):
            fit = draft.fit.places[number]
            nodes = piece.content
            if (
                fit is None
                or fit.fits
                or not fit.split_after
                or not isinstance(nodes, tuple)
                or len(nodes) < 2
            ):
                continue
            first, rest = fitting.split_nodes(nodes, min(fit.split_after, len(nodes) - 1))
            if not first or not rest:
                continue
            head = self._with_piece(draft, number, Piece("text", first))
            tail_places = ((place, Piece("text", rest)),)
            tail = replace(draft.assignment, places=tail_places)
            return [head, self._measured(draft.title, (), tail, draft.at)]
        return None

    def _with_piece(self, draft: Draft, number: int, piece: Piece) -> Draft:
        places = list(draft.assignment.places)
        places[number] = (places[number][0], piece)
        return self._measured(
            draft.title, draft.notes, replace(draft.assignment, places=tuple(places)), draft.at
        )

    def _split_tables(self, draft: Draft) -> list[Draft]:
        for number, (place, piece) in enumerate(draft.assignment.places):
            if isinstance(piece.content, c.Table):
                parts = fitting.split_table(
                    piece.content, place.frame, size=TABLE_SIZE, book=self.materials.book
                )
                drafts = [self._with_piece(draft, number, Piece("table", part)) for part in parts]
                return [drafts[0], *(replace(d, notes=()) for d in drafts[1:])]
        return [draft]

    def _numbered(self, draft: Draft, number: int, count: int) -> Draft:
        title = (*draft.title, c.Run(c.continued_title_end(number, count)))
        return self._measured(title, draft.notes, draft.assignment, draft.at)

    def _report_overflow(self, block: Block, draft: Draft) -> None:
        for place, fit in draft.fit.overflow:
            message = (
                f"'{_beginning(c.plain_text(draft.title))}' of block '{block.id}' does not fit '{place.name}' of layout "
                f"'{draft.assignment.layout.name}': {_lines(fit.overflow)} too many at {fit.scale:.0%}"
            )
            hint = "shorten the text, add a `::: deck short` wording, or lower `limits: {floor: …}`"
            at = draft.at or Span(block.path)
            self.problems.append(Diagnostic.error("text-does-not-fit", message, at, hint))

    def _finished(self, draft: Draft, origin: Origin) -> LayoutSlide:
        for fit in (draft.fit.title, *draft.fit.places):
            self.problems += fit.diagnostics if fit is not None else ()
        fillings = tuple(
            Filling(place.index, piece.content, fitting.text_fit(fit))
            for (place, piece), fit in zip(draft.assignment.places, draft.fit.places, strict=True)
        )
        return LayoutSlide(
            layout=draft.assignment.layout.name,
            title=draft.title,
            fillings=fillings,
            notes=draft.notes,
            origin=origin,
            section=self.section_title,
            title_fit=fitting.text_fit(draft.fit.title),
        )


def _best_wording(wordings: Sequence[Sequence[Draft]]) -> int:
    """The longest wording that fits (nearly) at full size; else the longest that fits shrunk; else the shortest."""
    for least in (fitting.COMFORTABLE, 0.0):
        for number, drafts in enumerate(wordings):
            if all(not d.fit.overflow and d.fit.scale >= least for d in drafts):
                return number
    return len(wordings) - 1


def _no_form(block: Block) -> Diagnostic:
    if "pptx" in block.designed:
        message = f"the designed slides of block '{block.id}' cannot be used"
        hint = "put right what is said of this file, or leave the block out"
        return Diagnostic.error("no-form-for-piece", message, Span(block.designed["pptx"]), hint)
    message = f"block '{block.id}' has no deck form in '{block.language}'"
    return Diagnostic.error("no-form-for-piece", message, Span(block.path), "add a `::: deck` form to it")


_UNPLACED = frozenset({"no-layout-for-slide", "no-place-for-content"})


def _mildly(problem: Diagnostic) -> Diagnostic:
    return replace(problem, severity=Severity.WARNING) if problem.code in _UNPLACED else problem


def _no_layout(pieces: Sequence[Piece], at: Span | None) -> Diagnostic:
    others = Counter(piece.need for piece in pieces if piece.need != "text")
    needs = ["text"] * any(piece.need == "text" for piece in pieces)
    needs += [f"a {need}" if number == 1 else f"{number} {need}s" for need, number in others.items()]
    message = f"no layout of the master has a title and places for {' and '.join(needs)}"
    hint = "add such a layout to the master: a content placeholder takes text, a table, a chart or a picture"
    return Diagnostic.error("no-layout-for-slide", message, at, hint)


def _lines(over: Measured | None) -> str:
    count = over.overflow_lines if over else 0
    return "1 line" if count == 1 else f"{count} lines"


def _beginning(text: str) -> str:
    """What to know a text by in a message: one line of it."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59].rstrip()}…"


def _overflow(
    shape: ShapeFrame, text: Sequence[TypesetParagraph], over: Measured | None, at: Place
) -> Diagnostic:
    said = _beginning(" ".join(run.text for paragraph in text for run in paragraph.runs))
    message = f"'{said}' in '{shape.name}' is {_lines(over)} too high at the template's floor"
    hint = "shorten what its tags are filled with, make the box larger, or lower `limits: {floor: …}`"
    if over is not None and over.overflow_points <= 0:
        message = f"'{said}' in '{shape.name}' is {over.beyond_points:.0f} pt too wide for the slide at the template's floor"
        hint = "let the text wrap in its shape, or lower `limits: {floor: …}`"
    return Diagnostic.error("text-does-not-fit", message, at, hint)
