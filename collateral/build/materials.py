"""Gathers what the composer needs for one piece: values of value models, names for tags, parsed forms, the master."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from collateral.build.kit_values import DeckKit
from collateral.build.kits import Kits
from collateral.diagnostics import Diagnostic, Severity, has_errors
from collateral.diagnostics.lazy_dataclass import replace
from collateral.expressions import Formats
from collateral.model.content import FormContent
from collateral.model.library import INTERNAL_PIECES, Block, Form, Library
from collateral.model.prospect import Prospect
from collateral.model.selection import Selection
from collateral.plan.materials import Filled, Materials, ShapeTexts, TableParts, Turns
from collateral.plan.scope import build_scope
from collateral.plan.text import Filler
from collateral.plan.value_models import values_for

_parsed: dict[tuple[str, str], tuple[FormContent, list[Diagnostic]]] = {}


def gather_materials(
    library: Library,
    kits: Kits,
    prospect: Prospect,
    selection: Selection,
    *,
    as_of: date,
    explained: tuple[Selection, ...] = (),
) -> tuple[Materials | None, list[Diagnostic]]:
    """The materials of one piece; None when its master cannot be used."""
    kit, kit_found = kits.get(selection.template, selection.language)
    found = list(kit_found)
    if kit is None:
        return None, found
    values, problems = values_for(library, prospect, as_of=as_of)
    found += problems
    internal = selection.template.piece in INTERNAL_PIECES
    scope, problems = build_scope(
        library, prospect, values.plain, as_of=as_of, language=selection.language, internal=internal
    )
    found += problems
    if has_errors(found):
        return None, found
    formats = Formats(selection.language, _currency(library, prospect))
    deck = kit if isinstance(kit, DeckKit) else None
    materials = Materials(
        library=library,
        prospect=prospect,
        selection=selection,
        as_of=as_of,
        filler=Filler(scope, formats),
        content=FormStore(kits.cache_folder).content,
        master=deck.master if deck else None,
        designed=deck.designed if deck else {},
        texts=_Texts(deck, formats) if deck else None,
        parts=_Parts(deck, formats, kits) if deck else None,
        book=kits.book,
        turns=partial(_turns, deck, formats) if deck else None,
        explained=explained,
    )
    return materials, found


def _currency(library: Library, prospect: Prospect) -> str:
    """The currency money is written in: the prospect's, that of the opportunity, the seller's."""
    opportunity = prospect.facts.get("opportunity")
    places = (
        prospect.facts.get("currency"),
        opportunity.get("currency") if isinstance(opportunity, Mapping) else None,
    )
    return str(next((p for p in places if p), None) or library.seller.get("currency") or "EUR")


class FormStore:
    """Parsed forms, kept in memory and beside the other caches."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder / "forms" if folder else None

    def content(self, block: Block, form: Form) -> tuple[FormContent, Sequence[Diagnostic]]:
        """One form of a block, parsed."""
        from collateral.build.stores import ByteStore
        from collateral.markdown.stored import form_key, parse_form_cached

        key = (block.path, form_key(form, block.path))
        if key not in _parsed:
            _parsed[key] = parse_form_cached(form, file=block.path, store=ByteStore(self._folder))
        return _parsed[key]


class _Texts:
    """The filled texts of a designed slide, as the composer measures them, and the slide they stand in; or why it cannot be filled."""

    def __init__(self, kit: DeckKit, formats: Formats) -> None:
        from collateral.build.typesetting import ready

        self._kit, self._formats, self._ready = kit, formats, ready

    def __call__(
        self, slide_id: str, values: Mapping[str, object], title_end: str
    ) -> tuple[ShapeTexts, Filled, Sequence[Diagnostic]]:
        number = self._kit.master.slides[slide_id].index + 1
        shapes = self._kit.template.slides[number - 1].tagged_shapes
        filled, found = self._kit.template.filled(number, values, formats=self._formats, title_end=title_end)
        if filled is None:
            return (), None, found
        return filled.made_of_texts(shapes, self._ready), filled, ()


class _Parts:
    """How the rows of a designed slide's tables are shared among slides."""

    def __init__(self, kit: DeckKit, formats: Formats, kits: Kits) -> None:
        self._kit, self._formats, self._kits = kit, formats, kits

    def __call__(
        self, slide_id: str, values: Mapping[str, object]
    ) -> tuple[TableParts, Sequence[Diagnostic]]:
        number = self._kit.master.slides[slide_id].index + 1
        if not self._kit.template.slides[number - 1].tables:
            return (), ()
        shares, found = self._kit.template.shares(
            number, values, formats=self._formats, measure=self._kits.measure_cell
        )
        return shares, [replace(problem, severity=Severity.ERROR) for problem in found]


def _turns(
    kit: DeckKit, formats: Formats, slide_ids: Sequence[str], values: Mapping[str, object]
) -> tuple[Turns, Sequence[Diagnostic]]:
    """The appearances of designed slides that are governed together: one for each turn of their directives."""
    ids = {kit.master.slides[slide_id].index + 1: slide_id for slide_id in slide_ids}
    slides, found = kit.template.turns(tuple(ids), values, formats=formats)
    return [(ids[slide.slide], slide.values) for slide in slides if isinstance(slide.slide, int)], found
