"""Plan → .pptx: slides on layouts written by `ooxml.drawing`, designed slides filled, all assembled in one go.

In: a deck plan, the compiled master, its layouts, and pictures by the path the plan names them by. Out: the file with
its record. Decides nothing about content.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from collateral.diagnostics import Diagnostic, Severity, has_errors
from collateral.diagnostics.lazy_dataclass import dataclass, replace
from collateral.expressions import Formats
from collateral.model import content as c
from collateral.model.artifact import Artifact
from collateral.model.frames import DeckMaster
from collateral.model.plan import DeckContent, DesignedSlide, LayoutSlide, Plan
from collateral.ooxml.drawing.slides import SlideSetting, new_slide, notes_slide
from collateral.ooxml.record import digest_look_pictures, digest_looks, look_words, piece_id, slide_tags_xml
from collateral.ooxml.template.filling.deck import DeckTemplate
from collateral.ooxml.template.filling.deck_values import NewSlide, RenderedSlide, TemplateSlide
from collateral.ooxml.template.filling.filled import Filled
from collateral.ooxml.values import Image, RelatedPart
from collateral.render.office import (
    Images,
    load_images,
    pictures_in,
    piece_properties,
    record_part,
    remembered,
    slide_digest,
    with_images,
)
from collateral.render.recording import record_item, record_of, unique_key


@dataclass(frozen=True, slots=True)
class DeckTools:
    """What a deck is rendered with. `images` gives the picture behind a path of the plan."""

    template: DeckTemplate
    master: DeckMaster
    images: Images
    table_style: str | None = None


def render_deck(
    plan: Plan, content: DeckContent, tools: DeckTools
) -> tuple[Artifact | None, list[Diagnostic]]:
    """The deck as a file; None with every reason when it cannot be made."""
    return _DeckRenderer(plan, content, tools, Formats(plan.language, plan.currency)).run()


_NOT_FIT = frozenset({"table-does-not-fit", "shapes-do-not-fit"})


class _DeckRenderer:
    def __init__(self, plan: Plan, content: DeckContent, tools: DeckTools, formats: Formats) -> None:
        self.plan, self.content, self.tools, self.formats = plan, content, tools, formats
        self.problems: list[Diagnostic] = []
        self.images: Mapping[str, Image] = {}
        self.items = {
            key: record_item(key, slide.origin)
            for key, slide in zip(_keys(content), content.slides, strict=True)
        }

    def run(self) -> tuple[Artifact | None, list[Diagnostic]]:
        shown = [tuple(_pictures(slide)) for slide in self.content.slides]
        pictures = chain(pictures_in(self.content.values), *shown)
        self.images, found = load_images(pictures, self.tools.images)
        self.problems += found
        slides = [
            self._slide(key, slide, shows_pictures=bool(pictures))
            for key, slide, pictures in zip(self.items, self.content.slides, shown, strict=True)
        ]
        if has_errors(self.problems):
            return None, self.problems
        piece = piece_id(record_of(self.plan, ()))
        chunks, found = self.tools.template.assemble(
            slides,
            formats=self.formats,
            properties=piece_properties(self.plan),
            custom_parts=self._custom_parts,
            slide_tags={key: slide_tags_xml(item, piece) for key, item in self.items.items()},
            values=with_images(self.content.values, self.images),
        )
        self.problems += [_strictly(problem) for problem in found]
        if chunks is None or has_errors(self.problems):
            return None, self.problems
        return Artifact(self.plan.file_name, chunks), self.problems

    def _slide(
        self, key: str, slide: LayoutSlide | DesignedSlide, *, shows_pictures: bool
    ) -> TemplateSlide | NewSlide:
        if isinstance(slide, DesignedSlide):
            number = self.tools.master.slides[slide.slide].index + 1
            values = with_images(slide.values, self.images) if shows_pictures else slide.values
            part = slide.part
            shares, title_end = (part.rows, part.title_end) if part is not None else (None, "")
            filled = slide.filled if isinstance(slide.filled, Filled) else None
            return TemplateSlide(number, values, slide.fits, key, slide.section, shares, title_end, filled)
        return self._new_slide(key, slide)

    def _new_slide(self, key: str, slide: LayoutSlide) -> NewSlide:
        layout = self.tools.master.layouts[slide.layout]
        setting = SlideSetting(language=self.plan.language, images=self.images, slides=self.items)
        if self.tools.table_style is not None:
            setting = replace(setting, table_style=self.tools.table_style)
        made, found = new_slide(
            layout,
            title=slide.title,
            fillings=slide.fillings,
            setting=setting,
            title_fit=slide.title_fit,
            transition=slide.transition,
        )
        self.problems += found
        if not slide.notes:
            return NewSlide(layout.part, made.xml, made.related, key=key, section=slide.section)
        notes, found = notes_slide(slide.notes, language=self.plan.language)
        self.problems += found
        return NewSlide(layout.part, made.xml, made.related, notes.xml, notes.related, key, slide.section)

    def _custom_parts(self, rendered: Sequence[RenderedSlide]) -> tuple[RelatedPart, ...]:
        made = {slide.key: slide_digest(slide) for slide in rendered}
        slides = zip(self.items, self.content.slides, strict=True)
        items = [record_item(key, slide.origin, made[key]) for key, slide in slides]
        looks = rendered[0].looks if rendered else None
        if looks is None:
            return (record_part(record_of(self.plan, items)),)
        around = digest_looks([remembered(look, look_words) for look in looks.parts])
        pictures = digest_look_pictures(looks.pictures)
        return (record_part(record_of(self.plan, items, around=around, pictures=pictures)),)


def _strictly(problem: Diagnostic) -> Diagnostic:
    """What runs over the slide's edge is for the engine's user to judge, but not fit for a customer."""
    return replace(problem, severity=Severity.ERROR) if problem.code in _NOT_FIT else problem


def _keys(content: DeckContent) -> Iterable[str]:
    """A key for each slide."""
    keys: dict[str, None] = {}
    for slide in content.slides:
        stem = slide.origin.block or (slide.slide if isinstance(slide, DesignedSlide) else "slide")
        keys[unique_key(stem, keys)] = None
    return keys


def _pictures(slide: LayoutSlide | DesignedSlide) -> Iterator[c.Picture]:
    """The pictures a slide may show."""
    if isinstance(slide, DesignedSlide):
        yield from pictures_in(slide.values)
    else:
        yield from (f.content for f in slide.fillings if isinstance(f.content, c.Picture))
