"""Speaker notes: each slide's own notes page, on the one notes master of the target."""

from __future__ import annotations

from collateral.ooxml import names
from collateral.ooxml.package import Relationship
from collateral.ooxml.slides.carrying import CannotCarry, Carrier, name_pattern
from collateral.ooxml.slides.deck import Deck
from collateral.ooxml.slides.identity import creation_id, set_creation_id
from collateral.ooxml.slides.references import lost_references, remove_references
from collateral.ooxml.slides.vocabulary import kind_of

PLACES = frozenset({"slide", "notesMaster"})


class Notes:
    """Copies notes pages; the target's notes master is the source's if it has none."""

    def __init__(self, carrier: Carrier, deck: Deck) -> None:
        self._carrier = carrier
        self._deck = deck
        self._creation_ids: set[str] | None = None

    def carry(self, notes: str, slide: str) -> str | None:
        """The copy of a notes page for `slide` (a part of the target); None when no notes master can be had.

        Raises CannotCarry and UnreadablePart.
        """
        master = self._master(notes)
        if master is None:
            return None
        source, draft = self._carrier.source, self._deck.draft
        part = source.part(notes)
        tree = source.take(notes)
        plain = [r for r in part.relationships if kind_of(r.type) not in PLACES]
        links = {r.id for r in part.relationships if kind_of(r.type) in PLACES}
        kept = self._carrier.relationships(notes, plain, {})
        if remove_references(tree, links | lost_references(tree, part.relationships)):
            raise CannotCarry("notes that point to something that is missing", notes)
        set_creation_id(tree, self._known_creation_ids())
        name = draft.take_name("ppt/notesSlides/notesSlide{n}.xml")
        draft.put(part.renamed(name).with_relationships(kept), tree)
        draft.relate(name, names.REL_NOTES_MASTER, master)
        draft.relate(name, names.REL_SLIDE, slide)
        return name

    def _known_creation_ids(self) -> set[str]:
        if self._creation_ids is None:
            draft = self._deck.draft
            pages = (
                page for e in self._deck.slides() for page in draft.targets(e.part, names.REL_NOTES_SLIDE)
            )
            self._creation_ids = {value for page in pages if (value := creation_id(draft.read(page)))}
        return self._creation_ids

    def _master(self, notes: str) -> str | None:
        master = self._deck.notes_master()
        if master is None:
            return self._bring_master(notes)
        if self._deck.child("notesMasterIdLst") is None:  # some writers relate it without listing it
            self._deck.set_notes_master(master)
        return master

    def _bring_master(self, notes: str) -> str | None:
        source, draft = self._carrier.source, self._deck.draft
        master = source.target(notes, names.REL_NOTES_MASTER) or source.deck.notes_master()
        if master is None:
            return None
        part = source.part(master)
        kept: list[Relationship] = self._carrier.relationships(master, part.relationships, {})
        name = draft.take_name(name_pattern(master))
        draft.put(part.renamed(name).with_relationships(kept), source.take(master))
        self._deck.set_notes_master(name)
        return name
