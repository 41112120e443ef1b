"""The presentation part of a draft: slides in order, masters, layouts, slide size, and the ids they go by.

Reads and edits `p:presentation` and the lists of layouts in masters. Must not know how slides are copied.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml import names
from collateral.ooxml.slides.draft import Draft
from collateral.ooxml.slides.identity import next_id
from collateral.ooxml.slides.mapping import LayoutView
from collateral.ooxml.slides.vocabulary import (
    FIRST_MASTER_ID,
    FIRST_SLIDE_ID,
    LAST_MASTER_ID,
    LAST_SLIDE_ID,
    P,
    R,
    local,
    whole,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

DEFAULT_SIZE = (9_144_000, 6_858_000)  # what PowerPoint takes when `p:sldSz` is missing
# the order the schema wants (p:CT_Presentation)
CHILDREN = (
    "sldMasterIdLst",
    "notesMasterIdLst",
    "handoutMasterIdLst",
    "sldIdLst",
    "sldSz",
    "notesSz",
    "smartTags",
    "embeddedFontLst",
    "custShowLst",
    "photoAlbum",
    "custDataLst",
    "kinsoku",
    "defaultTextStyle",
    "modifyVerifier",
    "extLst",
)


@dataclass(frozen=True, slots=True)
class SlideEntry:
    """One slide of the deck: its id, the relationship it is listed by, its part."""

    id: int
    rel_id: str
    part: str


class Deck:
    """A view of a draft's presentation part."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self._last_slide_id: int | None = None

    @property
    def root(self) -> _Element:
        """The `p:presentation`, to look at."""
        return self.draft.read(self.draft.main)

    def slides(self) -> list[SlideEntry]:
        """The slides in the order they are shown; entries that point to no part are left out."""
        targets = self._targets()
        entries = []
        for element in self.root.iterfind(f"{P}sldIdLst/{P}sldId"):
            rel_id = element.get(f"{R}id") or ""
            if rel_id in targets:
                entries.append(SlideEntry(whole(element.get("id")), rel_id, targets[rel_id]))
        return entries

    def masters(self) -> list[str]:
        """The master parts in their order."""
        targets = self._targets()
        listed = (e.get(f"{R}id") or "" for e in self.root.iterfind(f"{P}sldMasterIdLst/{P}sldMasterId"))
        return [targets[rel_id] for rel_id in listed if rel_id in targets]

    def layouts(self, master: str) -> list[str]:
        """The layout parts of a master in their order."""
        found = []
        for element in self.draft.read(master).iterfind(f"{P}sldLayoutIdLst/{P}sldLayoutId"):
            target = self.draft.target(master, element.get(f"{R}id"))
            if target is not None:
                found.append(target)
        return found

    def layout_views(self, masters: Sequence[str]) -> list[LayoutView]:
        """Every layout of these masters, in order."""
        return [
            LayoutView.of(layout, self.draft.read(layout))
            for master in masters
            for layout in self.layouts(master)
        ]

    def size(self) -> tuple[int, int]:
        """Width and height of a slide, EMU."""
        element = self.root.find(f"{P}sldSz")
        if element is None:
            return DEFAULT_SIZE
        size = whole(element.get("cx")), whole(element.get("cy"))
        return size if size[0] > 0 and size[1] > 0 else DEFAULT_SIZE

    def notes_master(self) -> str | None:
        """The notes master part, if the deck has one."""
        return next(iter(self.draft.targets(self.draft.main, names.REL_NOTES_MASTER)), None)

    def append_slide(self, part: str) -> int:
        """List a slide at the end of the deck. Returns its id."""
        listed = self._list("sldIdLst")
        slide_id = self._next_slide_id(listed)
        rel_id = self.draft.relate(self.draft.main, names.REL_SLIDE, part)
        listed.append(_entry(listed, "sldId", slide_id, rel_id))
        return slide_id

    def append_master(self, part: str) -> None:
        """List a master at the end."""
        listed = self._list("sldMasterIdLst")
        rel_id = self.draft.relate(self.draft.main, names.REL_SLIDE_MASTER, part)
        listed.append(_entry(listed, "sldMasterId", self._next_master_id(), rel_id))

    def append_layout(self, master: str, layout: str) -> None:
        """List a layout at the end of its master's."""
        root = self.draft.edit(master)
        listed = root.find(f"{P}sldLayoutIdLst")
        if listed is None:
            listed = root.makeelement(f"{P}sldLayoutIdLst")
            colors = root.find(f"{P}clrMap")  # what follows may hide in mc:AlternateContent
            root.insert(len(root) if colors is None else root.index(colors) + 1, listed)
        rel_id = self.draft.relate(master, names.REL_SLIDE_LAYOUT, layout)
        listed.append(_entry(listed, "sldLayoutId", self._next_master_id(), rel_id))

    def set_notes_master(self, part: str) -> None:
        """Make a part the deck's notes master."""
        listed = self._list("notesMasterIdLst")
        entry = listed.makeelement(f"{P}notesMasterId")
        entry.set(f"{R}id", self.draft.relate(self.draft.main, names.REL_NOTES_MASTER, part))
        listed.append(entry)

    def complete(self) -> None:
        """Add what the schema wants of every presentation and some writers leave out: the size of notes pages."""
        if self.child("notesSz") is None:
            size = self._list("notesSz")
            size.set("cx", str(DEFAULT_SIZE[1]))
            size.set("cy", str(DEFAULT_SIZE[0]))

    def child(self, name: str, *, make: bool = False) -> _Element | None:
        """A child of `p:presentation`, made at its place in the schema's order when asked for."""
        root = self.draft.edit(self.draft.main) if make else self.root
        found = root.find(f"{P}{name}")
        if found is None and make:
            found = root.makeelement(f"{P}{name}")
            later = set(CHILDREN[CHILDREN.index(name) + 1 :])
            root.insert(next((i for i, c in enumerate(root) if local(c) in later), len(root)), found)
        return found

    def _list(self, name: str) -> _Element:
        found = self.child(name, make=True)
        assert found is not None
        return found

    def _next_slide_id(self, listed: _Element) -> int:
        if self._last_slide_id is None or self._last_slide_id >= LAST_SLIDE_ID:
            taken = [whole(element.get("id")) for element in listed]
            found = next_id(taken, FIRST_SLIDE_ID, LAST_SLIDE_ID)
            self._last_slide_id = max(found, *taken, FIRST_SLIDE_ID)
            return found
        self._last_slide_id += 1
        return self._last_slide_id

    def _next_master_id(self) -> int:
        return next_id(self._master_ids(), FIRST_MASTER_ID, LAST_MASTER_ID)

    def _master_ids(self) -> Iterator[int]:
        for element in self.root.iterfind(f"{P}sldMasterIdLst/{P}sldMasterId"):
            yield whole(element.get("id"))
        for master in self.masters():
            for element in self.draft.read(master).iterfind(f"{P}sldLayoutIdLst/{P}sldLayoutId"):
                yield whole(element.get("id"))

    def _targets(self) -> dict[str, str]:
        return {
            relationship.id: relationship.target
            for relationship in self.draft.relationships(self.draft.main)
            if not relationship.external and relationship.target in self.draft
        }


def _entry(parent: _Element, name: str, id_: int, rel_id: str) -> _Element:
    element = parent.makeelement(f"{P}{name}")
    element.set("id", str(id_))
    element.set(f"{R}id", rel_id)
    return element
