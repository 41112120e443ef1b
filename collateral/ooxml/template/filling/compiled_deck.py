"""A compiled deck as a value: its slides, what belongs to none of them, and what a file made of them is named and numbered by.

Made by `compile_deck`, kept in the cache; `structure` and `assembly` make files from it. Loading it needs neither lxml nor Jinja.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from collateral.diagnostics import Diagnostic
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.ooxml.archive import Member
from collateral.ooxml.manifest import ContentTypes, Relationship
from collateral.ooxml.template.filling.deck_values import OwnedPart, SlideGroup, SlideTemplate
from collateral.ooxml.template.filling.functions import Functions
from collateral.ooxml.template.filling.structure_values import Shape, Structure
from collateral.ooxml.template.parts.presentation import AppPlan, PresentationPlan

if TYPE_CHECKING:
    from collateral.ooxml.template.charts.program import ChartProgram


@dataclass(slots=True)
class CompiledDeck:
    """`groups` are runs of slides that section directives govern, those around others first. `structures` are those of the sequences of slides that were asked for last, by company, names of custom shows and slides."""

    file: str
    functions: Functions
    slides: tuple[SlideTemplate, ...]
    common: tuple[Member, ...]
    common_types: Mapping[str, str]
    all_names: frozenset[str]
    known_types: ContentTypes
    main: str
    presentation: PresentationPlan
    presentation_rels: tuple[Relationship, ...]
    slide_rel_ids: tuple[str, ...]
    slide_index: Mapping[str, int]
    next_slide_id: int
    app: AppPlan | None
    app_name: str
    company: str
    properties_part: OwnedPart | None
    common_tagged: tuple[OwnedPart, ...] = ()
    common_optional: tuple[OwnedPart, ...] = ()
    spare_notes_master: tuple[OwnedPart, ...] = ()
    look_pictures: tuple[tuple[int, int], ...] = ()  # CRC and size of those of its layouts and masters
    common_fields: tuple[str, ...] = ()
    charts: Mapping[str, ChartProgram] = field(default_factory=dict)
    groups: tuple[SlideGroup, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()
    show_names: tuple[
        str, ...
    ] = ()  # the function that gives each custom show's name, "" for one without tags
    structures: dict[tuple[str, tuple[str, ...], tuple[Shape, ...]], Structure] = field(default_factory=dict)

    @property
    def fields(self) -> tuple[str, ...]:
        """The paths of the data that its slides, and what belongs to none of them, read; sorted."""
        return tuple(sorted({*self.common_fields, *(path for slide in self.slides for path in slide.fields)}))

    def find_slide(self, slide: str | int) -> SlideTemplate | None:
        """The slide with this `@id`, or of this number from 1."""
        if isinstance(slide, int):
            return self.slides[slide - 1] if 0 < slide <= len(self.slides) else None
        return next((s for s in self.slides if s.id == slide), None)

    def group_of(self, index: int) -> int:
        """The number from 1 of the outermost run of slides a slide (from 0) is governed with; 0 for none."""
        return next((n for n, group in enumerate(self.groups, 1) if group.first <= index <= group.last), 0)
