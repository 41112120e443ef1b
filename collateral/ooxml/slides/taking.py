"""A deck cut down to some of its slides: `take_slides`, and to none: `new_package_from`.

Nothing of the slides that are left out stays in the file: no part, no title, no section, no link, no preview picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from collateral.diagnostics import Diagnostic, Place
from collateral.ooxml import names
from collateral.ooxml.package import Package
from collateral.ooxml.slides.carrying import PLACED
from collateral.ooxml.slides.deck import Deck, SlideEntry
from collateral.ooxml.slides.draft import Draft, UnreadablePart
from collateral.ooxml.slides.identity import creation_id
from collateral.ooxml.slides.jumps import point_jumps, point_zooms, remove_show_links
from collateral.ooxml.slides.ordering import named_in_order
from collateral.ooxml.slides.properties import drop_thumbnail, refresh_properties
from collateral.ooxml.slides.references import references
from collateral.ooxml.slides.sections import keep_in_sections, keep_in_shows
from collateral.ooxml.slides.vocabulary import P14, P, R, kind_of, local

if TYPE_CHECKING:
    from lxml.etree import _Element

# parts of the deck that tell its history, slide by slide
HISTORY: Final = frozenset({"changesInfo", "revisionInfo"})
AUTHORS: Final = frozenset({"commentAuthors", "authors"})


def take_slides(package: Package, keep: Sequence[int]) -> tuple[Package, list[Diagnostic]]:
    """The deck with only these slides (numbers from 1, in the order wanted), and what else changed with that.

    A number that is not there, or comes twice, is an error and the rest goes on.
    """
    if not package.is_deck:
        message = "the file is a document, and slides can only be taken from decks"
        return package, [Diagnostic.error("not-a-deck", message, Place(package.file))]
    try:
        taker = _Taker(package)
        return taker.take(keep), taker.found
    except UnreadablePart as problem:
        message = f'"{problem.part}" cannot be read: {problem}'
        return package, [Diagnostic.error("unreadable-part", message, Place(package.file, part=problem.part))]


def new_package_from(source: Package) -> tuple[Package, list[Diagnostic]]:
    """An empty deck with the masters, layouts and themes of `source`."""
    return take_slides(source, ())


class _Taker:
    def __init__(self, package: Package) -> None:
        self.found: list[Diagnostic] = []
        self._file = package.file
        self._draft = Draft(package)
        self._deck = Deck(self._draft)
        self._before = self._deck.slides()
        self._numbers = {entry: number for number, entry in enumerate(self._before, 1)}
        self._section_starts = {
            section.get("id"): next((s.get("id") for s in section.iter(f"{P14}sldId")), None)
            for section in self._deck.root.iter(f"{P14}section")
        }

    def take(self, keep: Sequence[int]) -> Package:
        kept = self._choose(keep)
        self._list(kept)
        shows = keep_in_shows(self._deck, {entry.rel_id for entry in kept})
        keep_in_sections(self._deck, {entry.id for entry in kept})
        self._remove_relationships(kept)
        parts = {entry.part for entry in kept}
        for entry in kept:
            self._clean_slide(entry, kept, parts, shows)
        self._clean_looks(kept)
        self._clean_views(kept, shows)
        self._clean_history(kept)
        if kept != self._before:
            refresh_properties(self._deck)
        if not kept or kept[:1] != self._before[:1]:
            drop_thumbnail(self._deck)
        self._deck.complete()
        self._draft.set_content_type(self._draft.main, names.CT_PRESENTATION)
        return named_in_order(self._draft.finish("pptx"), [entry.part for entry in kept])

    def _choose(self, keep: Sequence[int]) -> list[SlideEntry]:
        chosen: dict[SlideEntry, None] = {}
        for number in keep:
            if not 1 <= number <= len(self._before):
                message = f"there is no slide {number}: the deck has {len(self._before)}"
            elif self._before[number - 1] in chosen:
                message = f"slide {number} is asked for twice"
            else:
                chosen[self._before[number - 1]] = None
                continue
            self.found.append(Diagnostic.error("no-such-slide", message, Place(self._file)))
        return list(chosen)

    def _list(self, kept: Sequence[SlideEntry]) -> None:
        self._draft.edit(self._draft.main)
        listed = self._deck.child("sldIdLst")
        if listed is None:
            return
        # a damaged deck may have more than one list: all their slides count
        lists = list(self._deck.root.iterfind(f"{P}sldIdLst"))
        by_id = {element.get(f"{R}id"): element for one in lists for element in one}
        for element in list(listed):
            listed.remove(element)
        listed.extend(by_id[entry.rel_id] for entry in kept)
        for other in lists:
            if other is not listed:
                self._deck.root.remove(other)
        parent = listed.getparent()
        if not kept and parent is not None:
            parent.remove(listed)

    def _remove_relationships(self, kept: Sequence[SlideEntry]) -> None:
        """Also those of slides that are in no list: they would keep the slide in the file."""
        ids = {entry.rel_id for entry in kept}
        main = self._draft.main
        slides = (r.id for r in self._draft.relationships(main) if kind_of(r.type) == "slide")
        self._draft.remove_relationships(main, [id_ for id_ in slides if id_ not in ids])

    def _clean_slide(
        self, entry: SlideEntry, kept: Sequence[SlideEntry], parts: set[str], shows: set[str]
    ) -> None:
        number = self._numbers[entry]
        self._clean_zooms(entry.part, kept, number)
        for part in self._belongings(entry.part):
            self._clean_jumps(part, parts, number)
        if shows and any(remove_show_links(self._draft.read(entry.part), shows)):
            self._draft.edit(entry.part)

    def _clean_zooms(self, part: str, kept: Sequence[SlideEntry], number: int) -> None:
        """Take out zooms to slides that are not kept, with their pictures, which show those slides."""
        root = self._draft.read(part)
        if not any(local(element).endswith("ZmObj") for element in root.iter("*")):
            return
        ids = {str(other.id): (str(other.id), self._creation_id(other)) for other in kept}
        sections = {id_: id_ for e in self._deck.root.iter(f"{P14}section") if (id_ := e.get("id"))}
        unseen = [id_ for id_ in sections if self._section_starts.get(id_) not in ids]
        before = {rel_id for _, _, rel_id in references(root)}
        for shape in point_zooms(self._draft.edit(part), ids, sections, unseen=unseen, as_pictures=False):
            message = f'the zoom "{shape}" is taken out, because its slide is left out'
            place = Place(self._file, slide=number, shape=shape)
            self.found.append(Diagnostic.warning("jump-removed", message, place))
        self._draft.remove_relationships(part, before - {rel_id for _, _, rel_id in references(root)})

    def _belongings(self, slide: str) -> Iterator[str]:
        """A slide and what it shows, such as diagrams: its layout, and slides it leads to, are no part of it."""
        seen, todo = {slide}, [slide]
        while todo:
            yield (part := todo.pop())
            for relationship in self._draft.relationships(part):
                target = relationship.target
                if relationship.external or target in seen or target not in self._draft:
                    continue
                seen.add(target)
                todo += [target] if self._draft.part(target).content_type not in PLACED else []

    def _creation_id(self, entry: SlideEntry) -> str:
        return creation_id(self._draft.read(entry.part)) or ""

    def _clean_jumps(self, part: str, kept: set[str], number: int | None) -> None:
        """Take out a part's links to slides that are not kept."""
        moved: dict[str, str | None] = {
            r.id: None
            for r in self._draft.relationships(part)
            if not r.external and self._is_slide(r.target) and r.target not in kept
        }
        for lost in point_jumps(self._draft, part, moved) if moved else ():
            owner = f'the link of "{lost.shape}"' if lost.shape else "a link"
            message = f"{owner} is taken out, because its slide is left out"
            place = Place(self._file, part=part, slide=number, shape=lost.shape)
            self.found.append(Diagnostic.warning("jump-removed", message, place))

    def _is_slide(self, name: str) -> bool:
        return name in self._draft and self._draft.part(name).content_type == names.CT_SLIDE

    def _clean_looks(self, kept: Sequence[SlideEntry]) -> None:
        slides = {entry.part for entry in kept}
        for master in self._deck.masters():
            for part in (master, *self._deck.layouts(master)):
                self._clean_jumps(part, slides, None)

    def _clean_views(self, kept: Sequence[SlideEntry], shows: set[str]) -> None:
        """View and show settings name slides: the outline's open slides, a range to show, a custom show."""
        slides = {entry.part for entry in kept}
        main = self._draft.main
        for part in self._draft.targets(main, names.REL_VIEW_PROPS):
            gone = [
                r.id for r in self._draft.relationships(part) if not r.external and r.target not in slides
            ]
            if gone:
                root = self._draft.edit(part)
                for element in [e for e in root.iter(f"{P}sld") if e.get(f"{R}id") in gone]:
                    _remove(element)
                self._draft.remove_relationships(part, gone)
        for part in self._draft.targets(main, names.REL_PRES_PROPS):
            if kept != self._before:
                self._clean_show_settings(part, shows)

    def _clean_show_settings(self, part: str, shows: set[str]) -> None:
        """A range means other slides now: show all instead."""
        root = self._draft.read(part)
        ranges = list(root.iter(f"{P}sldRg"))
        custom = [e for e in root.iter(f"{P}custShow") if e.get("id") in shows]
        for element in (*ranges, *custom):
            parent = element.getparent()
            if parent is not None:
                parent.replace(element, element.makeelement(f"{P}sldAll"))
                self._draft.edit(part)

    def _clean_history(self, kept: Sequence[SlideEntry]) -> None:
        main = self._draft.main
        related = self._draft.relationships(main)
        gone = [r.id for r in related if kind_of(r.type) in HISTORY] if kept != self._before else []
        discussed = any(
            kind_of(r.type) == "comments" for entry in kept for r in self._draft.relationships(entry.part)
        )
        if not discussed:
            gone += [r.id for r in related if kind_of(r.type) in AUTHORS]
        self._draft.remove_relationships(main, gone)


def _remove(element: _Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
