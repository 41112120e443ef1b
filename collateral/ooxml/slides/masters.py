"""The layout a slide stands on in the target: one of the target's, or its own brought along with master and theme.

Each master, layout and theme is brought once; one that looks the same as one that is there is not brought at all.
"""

from __future__ import annotations

from typing import Final, Literal

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml import names
from collateral.ooxml.package import Relationship
from collateral.ooxml.slides.carrying import CannotCarry, Carrier, name_pattern
from collateral.ooxml.slides.deck import Deck
from collateral.ooxml.slides.digest import Digests
from collateral.ooxml.slides.identity import creation_id, set_creation_id
from collateral.ooxml.slides.jumps import PendingJump
from collateral.ooxml.slides.mapping import LayoutView, find_layout
from collateral.ooxml.slides.references import lost_references, remove_references
from collateral.ooxml.slides.vocabulary import P, kind_of

# a name of its own tells later imports that this master came with slides and is not the deck's own look
BROUGHT: Final = "ppt/slideMasters/broughtMaster{n}.xml"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a slide will stand: the layout part, and, when it is another than its own, that layout's view."""

    layout: str
    mapped_to: LayoutView | None = None


class Masters:
    """Finds or makes the layouts of the target for the layouts of the source."""

    def __init__(self, carrier: Carrier, deck: Deck, mode: Literal["map", "bring"]) -> None:
        self.carrier = carrier
        self.deck = deck
        self.jumps: list[PendingJump] = []
        self._mode = mode
        self._standings: dict[str, Standing] = {}
        self._masters: dict[str, str] = {}  # by the source's master
        self._layouts: dict[str, str] = {}  # those that were brought along, by the source's layout
        self._digests = Digests(deck.draft.read, deck.draft.part)
        self._views = self._own_views()
        self._creation_ids = {value for value in map(self._creation_id, self._looks()) if value}

    def standing(self, layout: str) -> Standing:
        """Where slides of the source's `layout` stand in the target. Raises CannotCarry and UnreadablePart."""
        known = self._standings.get(layout)
        if known is None:
            known = self._standings[layout] = self._find(layout)
        return known

    def own_standing(self, layout: str) -> Standing:
        """Where slides of the source's `layout` stand when they keep it. Raises as `standing` does."""
        return Standing(self._same(layout) or self._bring(layout))

    def is_foreign(self, layout: str) -> bool:
        """Whether a layout of the target was brought along though slides were to stand on its own ones."""
        return self._mode == "map" and bool(self._views) and layout not in {view.part for view in self._views}

    def any_layout(self) -> str | None:
        """A layout for a slide that has none of its own: the emptiest."""
        blank = [view for view in self._views if view.kind == "blank"]
        plain = sorted(self._views, key=lambda view: sum(view.roles.values()))
        return next((view.part for view in (*blank, *plain)), None)

    def _own_views(self) -> list[LayoutView]:
        """The layouts slides may be mapped to: not those that came with other slides, unless there are no others."""
        masters = self.deck.masters()
        own = [master for master in masters if not is_brought(master)]
        return self.deck.layout_views(own or masters)

    def _find(self, layout: str) -> Standing:
        if self._mode == "map" and self._same(layout) is None:
            view = LayoutView.of(layout, self.carrier.source.read(layout))
            found = find_layout(view, self._views)
            if found is not None:
                return Standing(found.part, found)
        return self.own_standing(layout)

    def _same(self, layout: str) -> str | None:
        """The target's layout that looks exactly like the source's, on a master that does."""
        master = self._master_of(layout)
        wanted = self.carrier.digests.of(master), self.carrier.digests.of(layout)
        for candidate in self.deck.masters():
            if self._digests.of(candidate) == wanted[0]:
                for other in self.deck.layouts(candidate):
                    if self._digests.of(other) == wanted[1]:
                        return other
        return None

    def _bring(self, layout: str) -> str:
        known = self._layouts.get(layout)
        if known is None:
            master = self._bring_master(self._master_of(layout))
            known = self._layouts[layout] = self._copy(layout, {names.REL_SLIDE_MASTER: master})
            self.deck.append_layout(master, known)
        return known

    def _bring_master(self, master: str) -> str:
        known = self._masters.get(master)
        if known is None:
            wanted = self.carrier.digests.of(master)
            same = (other for other in self.deck.masters() if self._digests.of(other) == wanted)
            known = next(same, None) or self._copy_master(master)
            self._masters[master] = known
        return known

    def _copy_master(self, master: str) -> str:
        name = self._copy(master, {})
        listed = self.deck.draft.edit(name).find(f"{P}sldLayoutIdLst")
        if listed is not None:
            self.deck.draft.edit(name).remove(listed)
        self.deck.append_master(name)
        return name

    def _copy(self, source_name: str, structure: dict[str, str]) -> str:
        """Copy a layout or master. `structure` gives the targets of the relationships that place it in the deck."""
        source, draft = self.carrier.source, self.deck.draft
        part = source.part(source_name)
        tree = source.take(source_name)
        plain: list[Relationship] = []
        placed: list[Relationship] = []
        jumps: list[Relationship] = []
        for relationship in part.relationships:
            if relationship.type in structure:
                placed.append(
                    Relationship(relationship.id, relationship.type, structure[relationship.type], False)
                )
            elif kind_of(relationship.type) == "slide":
                jumps.append(relationship)
            elif relationship.type != names.REL_SLIDE_LAYOUT:
                plain.append(relationship)
        carried = self.carrier.relationships(source_name, plain, {})
        lost = lost_references(tree, part.relationships)
        if remove_references(tree, lost):
            raise CannotCarry(f'"{source_name}", which points to something that is missing', source_name)
        set_creation_id(tree, self._creation_ids)
        name = draft.take_name(name_pattern(source_name) if structure else BROUGHT)
        draft.put(part.renamed(name).with_relationships([*placed, *carried, *jumps]), tree)
        self.jumps += [PendingJump(name, jump.id, jump.target) for jump in jumps]
        return name

    def _master_of(self, layout: str) -> str:
        master = self.carrier.source.target(layout, names.REL_SLIDE_MASTER)
        if master is None:
            raise CannotCarry(f'the layout "{layout}", which has no master', layout)
        return master

    def _looks(self) -> list[str]:
        masters = self.deck.masters()
        return [*masters, *(layout for master in masters for layout in self.deck.layouts(master))]

    def _creation_id(self, name: str) -> str | None:
        return creation_id(self.deck.draft.read(name))


def is_brought(master: str) -> bool:
    """Whether a master part came along with slides of another deck."""
    return master.rpartition("/")[2].startswith("broughtMaster")
