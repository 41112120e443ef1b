"""The deck's sections (`p14:sectionLst`) and custom shows: kept when slides arrive, cut down when slides leave."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from collateral.ooxml.slides.deck import Deck
from collateral.ooxml.slides.identity import new_guid
from collateral.ooxml.slides.vocabulary import P14, SECTIONS_EXT, P, R, local, whole

if TYPE_CHECKING:
    from lxml.etree import _Element

FIRST_SECTION = "Default Section"  # what PowerPoint calls the slides before the first section


def append_to_sections(deck: Deck, source: Deck, arrivals: Sequence[tuple[int, int]]) -> dict[str, str]:
    """List arrived slides in sections named as those they came from. `arrivals` are (source id, new id) pairs.

    Nothing happens when neither deck has sections. Returns the new section ids by the source's.
    """
    theirs = _section_of_slides(source)
    sections = _sections(deck)
    if not arrivals or (sections is None and not any(old in theirs for old, _ in arrivals)):
        return {}
    if sections is None:
        sections = _make_sections(deck, {new for _, new in arrivals})
    renamed: dict[str, str] = {}
    current: tuple[str, str] | None = None
    for old, new in arrivals:
        section = theirs.get(old)
        if section is not None and section != current:
            current = section
            renamed.setdefault(section[0], _append_section(sections, *section))
        elif not len(sections):
            _append_section(sections, new_guid(f"section before {new}"), FIRST_SECTION)
        _list_slide(sections[-1], new)
    return renamed


def keep_in_sections(deck: Deck, kept: Collection[int]) -> None:
    """Take all slides but `kept` (ids) out of the sections, and sections that lose their last slide with them."""
    sections = _sections(deck)
    if sections is None:
        return
    deck.draft.edit(deck.draft.main)
    ids = {str(id_) for id_ in kept}
    for section in list(sections):
        listed = section.find(f"{P14}sldIdLst")
        for entry in list(listed) if listed is not None else []:
            if listed is not None and entry.get("id") not in ids:
                listed.remove(entry)
        if listed is None or not len(listed):
            sections.remove(section)
    if not len(sections):
        _remove_extension(sections)


def keep_in_shows(deck: Deck, kept: Collection[str]) -> set[str]:
    """Take slides out of custom shows; `kept` are relationship ids. Returns the ids of the shows that are gone."""
    shows = deck.child("custShowLst")
    if shows is None:
        return set()
    deck.draft.edit(deck.draft.main)
    gone: set[str] = set()
    for show in list(shows):
        listed = next((child for child in show if local(child) == "sldLst"), None)
        for entry in list(listed) if listed is not None else []:
            if listed is not None and entry.get(f"{R}id") not in kept:
                listed.remove(entry)
        if listed is None or not len(listed):
            gone.add(show.get("id") or "")
            shows.remove(show)
    if not len(shows):
        deck.root.remove(shows)
    return gone


def _sections(deck: Deck) -> _Element | None:
    return next(deck.root.iter(f"{P14}sectionLst"), None)


def _section_of_slides(deck: Deck) -> dict[int, tuple[str, str]]:
    """The (id, name) of the section each slide stands in, by slide id."""
    sections = _sections(deck)
    found: dict[int, tuple[str, str]] = {}
    for section in sections if sections is not None else ():
        for entry in section.iter(f"{P14}sldId"):
            if (slide_id := whole(entry.get("id"))) > 0:
                found[slide_id] = (section.get("id") or "", section.get("name") or "")
    return found


def _make_sections(deck: Deck, arrived: set[int]) -> _Element:
    extensions = deck.child("extLst", make=True)
    assert extensions is not None
    extension = extensions.makeelement(f"{P}ext")
    extension.set("uri", SECTIONS_EXT)
    sections = extension.makeelement(f"{P14}sectionLst", nsmap={"p14": P14[1:-1]})
    extension.append(sections)
    extensions.insert(0, extension)
    before = [entry.id for entry in deck.slides() if entry.id not in arrived]
    if before:
        _append_section(sections, new_guid(f"section of {before}"), FIRST_SECTION)
        for slide_id in before:
            _list_slide(sections[-1], slide_id)
    return sections


def _append_section(sections: _Element, id_: str, name: str) -> str:
    taken = {section.get("id") for section in sections}
    while id_ in taken:
        id_ = new_guid(id_)
    section = sections.makeelement(f"{P14}section")
    section.set("name", name)
    section.set("id", id_)
    section.append(section.makeelement(f"{P14}sldIdLst"))
    sections.append(section)
    return id_


def _list_slide(section: _Element, slide_id: int) -> None:
    listed = section.find(f"{P14}sldIdLst")
    if listed is None:
        listed = section.makeelement(f"{P14}sldIdLst")
        section.insert(0, listed)
    entry = listed.makeelement(f"{P14}sldId")
    entry.set("id", str(slide_id))
    listed.append(entry)


def _remove_extension(sections: _Element) -> None:
    extension = sections.getparent()
    extensions = extension.getparent() if extension is not None else None
    if extension is None or extensions is None:
        return
    extensions.remove(extension)
    owner = extensions.getparent()
    if not len(extensions) and owner is not None:
        owner.remove(extensions)
