"""Compile what all slides share: layouts, masters of slides, notes and handouts, and other parts of the whole deck.

In: such a part and what its deck has. Out: an `OwnedPart` with a function, None when nothing in it is to be computed. What needs a
slide of its own, a directive for slides or data for a chart, is refused. Compile time only.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

from collateral.diagnostics import Diagnostic, Place
from collateral.diagnostics.lazy_dataclass import dataclass, field, replace
from collateral.ooxml.frames.heritage import Heritage
from collateral.ooxml.names import (
    CT_HANDOUT_MASTER,
    CT_NOTES_MASTER,
    CT_SLIDE_LAYOUT,
    CT_SLIDE_MASTER,
    qn,
)
from collateral.ooxml.package import Package, Part
from collateral.ooxml.template.compiling.part import CompiledPart, Step
from collateral.ooxml.template.compiling.parts_compiler import PartsCompiler
from collateral.ooxml.template.compiling.shown_parts import Shown
from collateral.ooxml.template.filling.deck_values import OwnedPart
from collateral.ooxml.template.language.ops import Ops
from collateral.ooxml.template.language.tags import FULL_WIDTH
from collateral.ooxml.template.parts.additions import first_relation
from collateral.ooxml.template.parts.droppable import droppable_of
from collateral.ooxml.template.pictures.links import LinkSteps, may_run
from collateral.ooxml.template.pictures.pictures import PictureSteps
from collateral.ooxml.template.shapes.copies import CopySteps
from collateral.ooxml.template.shapes.slide_leads import SlidesOfDeck
from collateral.ooxml.template.shapes.unique_ids import hook_unique_ids
from collateral.ooxml.template.tables.empty_tables import bracket_groups
from collateral.ooxml.xml import XmlError, parse_xml

_LOOKS = (CT_SLIDE_LAYOUT, CT_SLIDE_MASTER, CT_NOTES_MASTER, CT_HANDOUT_MASTER)


@dataclass(slots=True)
class LookCompiler:
    """Compiles the parts of one deck that belong to no slide."""

    package: Package
    parts: PartsCompiler
    deck: SlidesOfDeck
    heritage: Callable[[], Heritage]
    links: LinkSteps = field(default_factory=lambda: LinkSteps(()))
    pictures: PictureSteps = field(default_factory=PictureSteps)

    def compile(self, part: Part) -> OwnedPart | None:
        """The part with its function."""
        self.links, self.pictures = LinkSteps(part.relationships), PictureSteps(awaits=False)
        leads = self.deck.leads_from(part)
        is_look = part.content_type in _LOOKS and _may_change(part)
        before: list[Step] = [self.pictures.before, self.links.before] if is_look else []
        after: list[Step] = [leads.after] if leads is not None else []
        if is_look:
            after += [bracket_groups, CopySteps(self.package, part, self.heritage).after, hook_unique_ids]
        told = _told(part) if is_look else None
        compiled = self.parts.compile(part, shown=told, before=before, after=after)
        if compiled is None:
            return None
        self._refuse(part, compiled)
        return owned_part(part, self.parts.function(compiled.ops), compiled.ops, self.links, self.package)

    def _refuse(self, part: Part, compiled: CompiledPart) -> None:
        for member in compiled.wide:
            text = member.mark.tag.text if member.mark.tag else ""
            message = f'"{text}" governs slides, and stands on none'
            hint = "write it on the slide, or in its speaker notes"
            self.parts.problems.append(Diagnostic.error("tag-misplaced", message, member.mark.place, hint))
        self.parts.problems += charts_elsewhere(self.pictures, Place(self.parts.file, part=part.name))


def owned_part(part: Part, function: str, ops: Ops, links: LinkSteps, package: Package) -> OwnedPart:
    """The part with the function of these operations, without the relationships whose addresses are computed."""
    kept = links.kept()
    return OwnedPart(
        part.name,
        part.content_type,
        part.member,
        kept,
        part.rels_member if kept == part.relationships else None,
        function,
        first_relation=first_relation(kept),
        droppable=droppable_of(part, kept, ops, package.parts),
    )


def _told(part: Part) -> Shown | None:
    """A layout is told of with the name people know it by."""
    if part.content_type != CT_SLIDE_LAYOUT:
        return None
    try:
        named = parse_xml(part.data()).find(qn("p:cSld"))
    except XmlError:  # the part is reported by itself
        return None
    name = named.get("name") if named is not None else None
    return Shown(None, f'{part.name} (layout "{name}")') if name else None


def _may_change(part: Part) -> bool:
    """Whether braces are in the part or in an address it leads to, or a link runs something; most layouts are copied without a
    look at them."""
    data = part.data()
    return (
        b"{" in data
        or any(sign in data for sign in FULL_WIDTH)
        or may_run(data)
        or any("{" in unquote(r.target) for r in part.relationships if r.external)
    )


def charts_elsewhere(pictures: PictureSteps, place: Place) -> list[Diagnostic]:
    """What is to be said of charts that ask for data on something else than a slide."""
    hint = "put the chart on the slides themselves"
    return [
        Diagnostic.error(
            "chart-unsupported",
            f'"{shape}" stands on no slide, so it gets no data',
            replace(place, shape=shape),
            hint,
        )
        for shape in pictures.charts.values()
    ]
