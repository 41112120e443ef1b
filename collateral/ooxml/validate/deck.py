"""Rules of presentations: slide, master and layout ids, notes, sections, placeholders' owners.

In: a `View` of a deck. Out: its diagnostics.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from collateral.ooxml import names
from collateral.ooxml.package import Part
from collateral.ooxml.validate.view import View

_FIRST_SLIDE_ID = 256
_FIRST_MASTER_ID = 2**31


def check_deck(view: View) -> None:
    """All rules of this module."""
    slide_ids = _check_slide_ids(view)
    _check_master_ids(view)
    _check_sections(view, slide_ids)
    _check_slides(view)
    _check_owners(view)
    _check_creation_ids(view)


def _pairs(values: Iterable[str]) -> list[tuple[str, str]]:
    return [(first, second) for first, _, second in (value.partition(" ") for value in values)]


def _check_slide_ids(view: View) -> list[str]:
    pairs = _pairs(view.scan(view.main).values("slide"))
    types = {rel.id: rel.type for rel in view.main.relationships}
    for what, values in (("slide id", [p[0] for p in pairs]), ("slide relationship", [p[1] for p in pairs])):
        for value, count in Counter(values).items():
            if count > 1:
                view.error("duplicate-id", f"{count} times the {what} {value}", view.main)
    for number, (slide_id, rel_id) in enumerate(pairs, 1):
        if not slide_id.isdecimal() or not _FIRST_SLIDE_ID <= int(slide_id) < _FIRST_MASTER_ID:
            view.error("slide-id-out-of-range", f'slide {number} has the id "{slide_id}"', view.main)
        if types.get(rel_id, names.REL_SLIDE) != names.REL_SLIDE:
            view.error(
                "wrong-content-type", f'slide {number} is no slide: "{rel_id}" leads elsewhere', view.main
            )
    listed = {rel_id for _, rel_id in pairs}
    for rel in view.main.relationships:
        if rel.type == names.REL_SLIDE and rel.id not in listed:
            message = f'"{rel.target}" belongs to the file but is not shown'
            view.error(
                "orphan-slide",
                message,
                view.package.get(rel.target),
                "delete it: whoever unpacks the file reads it",
            )
    return [slide_id for slide_id, _ in pairs]


def _check_master_ids(view: View) -> None:
    """Masters and layouts share one range of ids, above that of slides."""
    masters = _pairs(view.scan(view.main).values("master"))
    ids = [master_id for master_id, _ in masters]
    listed = {rel_id for _, rel_id in masters}
    for rel in view.main.relationships:
        if rel.type == names.REL_SLIDE_MASTER and rel.id not in listed:
            view.error(
                "unlisted-master",
                f'"{rel.target}" is not in the list of masters',
                view.package.get(rel.target),
            )
    for master in view.package.related(view.main, "slideMaster"):
        layouts = _pairs(view.scan(master).values("layout"))
        ids += [layout_id for layout_id, _ in layouts]
        named = {rel_id for _, rel_id in layouts}
        for rel in master.relationships:
            if rel.type == names.REL_SLIDE_LAYOUT and rel.id not in named:
                view.warn("unlisted-layout", f'"{rel.target}" is not in the list of its master', master)
    for value, count in Counter(value for value in ids if value).items():
        if count > 1:
            view.error("duplicate-id", f"{count} masters or layouts have the id {value}", view.main)
        if not value.isdecimal() or int(value) < _FIRST_MASTER_ID:
            view.error("master-id-out-of-range", f'a master or layout has the id "{value}"', view.main)


def _check_sections(view: View, slide_ids: list[str]) -> None:
    listed = Counter(view.scan(view.main).values("section-slide"))
    known = set(slide_ids)
    for value, count in listed.items():
        if value not in known:
            view.error(
                "lost-section-slide", f"a section lists slide id {value}, which is not in the deck", view.main
            )
        if count > 1:
            view.error("lost-section-slide", f"slide id {value} is in {count} sections", view.main)
    if listed:
        for value in slide_ids:
            if value not in listed:
                view.warn("slide-without-section", f"slide id {value} is in no section", view.main)


def _check_slides(view: View) -> None:
    notes_of: Counter[str] = Counter()
    for slide in view.of_type(names.CT_SLIDE):
        _need_one(view, slide, "slideLayout")
        for notes in view.package.related(slide, "notesSlide"):
            notes_of[notes.name] += 1
            back = [part.name for part in view.package.related(notes, "slide")]
            if back != [slide.name]:
                view.error("shared-notes", f'"{notes.name}" does not lead back to its slide', slide)
    for name, count in notes_of.items():
        if count > 1:
            view.error("shared-notes", f'{count} slides share the notes "{name}"', view.package.get(name))


def _check_owners(view: View) -> None:
    for layout in view.of_type(names.CT_SLIDE_LAYOUT):
        _need_one(view, layout, "slideMaster")
    for master in view.of_type(names.CT_SLIDE_MASTER):
        _need_one(view, master, "theme")
    for notes in view.of_type(names.CT_NOTES_SLIDE):
        _need_one(view, notes, "notesMaster")


def _need_one(view: View, part: Part, kind: str) -> None:
    if not view.package.related(part, kind):
        view.error("missing-relationship", f'"{part.name}" has no {kind}', part)


def _check_creation_ids(view: View) -> None:
    first: dict[str, Part] = {}
    for slide in view.slides:
        for value in dict.fromkeys(view.scan(slide).values("slide-creation")):
            known = first.setdefault(value, slide)
            if known is not slide:
                message = f"slides {view.numbers[known.name]} and {view.numbers[slide.name]} have one creation id, {value}"
                view.warn("duplicate-creation-id", message, slide)
