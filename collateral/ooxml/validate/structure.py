"""Rules of every package: content types, relationships, what must be there once.

In: a `View`. Out: its diagnostics. Knows relationship types, not what is inside parts.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from collateral.ooxml import names
from collateral.ooxml.package import Part
from collateral.ooxml.validate.view import View, is_xml

# the content type a part must have, by the relationship that leads to it
_TYPE_OF: Final = {
    names.REL_SLIDE: names.CT_SLIDE,
    names.REL_SLIDE_LAYOUT: names.CT_SLIDE_LAYOUT,
    names.REL_SLIDE_MASTER: names.CT_SLIDE_MASTER,
    names.REL_NOTES_SLIDE: names.CT_NOTES_SLIDE,
    names.REL_NOTES_MASTER: names.CT_NOTES_MASTER,
    names.REL_THEME: names.CT_THEME,
    names.REL_CHART: names.CT_CHART,
    names.REL_HEADER: names.CT_HEADER,
    names.REL_FOOTER: names.CT_FOOTER,
    names.REL_NUMBERING: names.CT_NUMBERING,
    names.REL_STYLES: names.CT_STYLES,
    names.REL_FOOTNOTES: names.CT_FOOTNOTES,
    names.REL_TABLE_STYLES: names.CT_TABLE_STYLES,
    names.REL_TAGS: names.CT_TAGS,
}
# at most one of these from one part
_ONCE: Final = frozenset(
    (
        names.REL_OFFICE_DOCUMENT,
        names.REL_CORE_PROPERTIES,
        names.REL_EXTENDED_PROPERTIES,
        names.REL_CUSTOM_PROPERTIES,
        names.REL_NOTES_MASTER,
        names.REL_HANDOUT_MASTER,
        names.REL_PRES_PROPS,
        names.REL_VIEW_PROPS,
        names.REL_TABLE_STYLES,
        names.REL_COMMENT_AUTHORS,
        names.REL_STYLES,
        names.REL_NUMBERING,
        names.REL_SETTINGS,
        names.REL_FONT_TABLE,
        names.REL_FOOTNOTES,
        names.REL_ENDNOTES,
        names.REL_SLIDE_LAYOUT,
        names.REL_NOTES_SLIDE,
        names.REL_THEME,
    )
)
# the Open XML SDK rewrites files whose addresses hold these
_NOT_IN_ADDRESSES: Final = re.compile(r"[\s<>\"{}|\\^`]|^$")
_NOT_REACHED: Final = frozenset((names.CT_RELATIONSHIPS,))


def check_structure(view: View, changed: frozenset[str] | None) -> None:
    """All rules of this module; parts outside `changed` are taken to be right inside."""
    _check_package(view)
    for part in view.package.parts.values():
        if changed is None or part.name in changed:
            _check_ids(view, part)
        if part.relationships:
            _check_relationships(view, part)
    _check_reached(view)
    _check_media(view)


def _check_package(view: View) -> None:
    package = view.package
    for type_, count in Counter(rel.type for rel in package.relationships).items():
        if count > 1 and type_ in _ONCE:
            view.error(
                "duplicate-relationship", f"the package has {count} relationships to its {_kind(type_)}"
            )


def _kind(type_: str) -> str:
    return type_.rpartition("/")[2]


def _check_ids(view: View, part: Part) -> None:
    """Each relationship id the XML uses is one of the part's."""
    if not is_xml(part):
        return
    used = view.scan(part).relationship_ids
    if not used:
        return
    for rel_id in sorted(used - {rel.id for rel in part.relationships}):
        view.error(
            "unknown-relationship",
            f'"{part.name}" uses the relationship "{rel_id}", which it does not have',
            part,
        )


def _check_relationships(view: View, part: Part) -> None:
    seen: set[str] = set()
    counts: dict[str, int] = {}
    for rel in part.relationships:
        if rel.id in seen:
            view.error("duplicate-relationship", f'two relationships have the id "{rel.id}"', part)
        seen.add(rel.id)
        if (
            rel.external
            and _NOT_IN_ADDRESSES.search(rel.target)
            and not rel.target.lower().startswith("file:")
        ):
            view.error(
                "invalid-address",
                f'"{rel.target[:120]}" is no valid address',
                part,
                "escape spaces and braces",
            )
        if rel.external or rel.target.startswith("#"):
            continue
        counts[rel.type] = counts.get(rel.type, 0) + 1
        target = view.package.parts.get(rel.target)
        wanted = _TYPE_OF.get(rel.type)
        if target is None:
            message = f'relationship "{rel.id}" leads to "{rel.target}", which is not in the file'
            view.error("dangling-relationship", message, part)
        elif wanted is not None and target.content_type != wanted:
            message = (
                f'"{target.name}" is a {_kind(rel.type)}, but its content type is "{target.content_type}"'
            )
            view.error("wrong-content-type", message, part)
    for type_, count in counts.items():
        if count > 1 and type_ in _ONCE and not _has_many_layouts(type_, part):
            message = f"{count} relationships to a {_kind(type_)}, one is allowed"
            view.error("duplicate-relationship", message, part)


def _has_many_layouts(type_: str, part: Part) -> bool:
    return type_ == names.REL_SLIDE_LAYOUT and part.content_type == names.CT_SLIDE_MASTER


def _check_reached(view: View) -> None:
    """Parts nothing leads to: Office drops them, but whoever unpacks the file reads them."""
    parts = view.package.parts
    todo = [rel.target for rel in view.package.relationships if not rel.external]
    reached = set(todo)
    while todo:
        part = parts.get(todo.pop())
        for rel in part.relationships if part is not None else ():
            if not rel.external and rel.target not in reached:
                reached.add(rel.target)
                todo.append(rel.target)
    for part in parts.values():
        if part.name not in reached and part.content_type not in _NOT_REACHED:
            view.warn("stray-part", f'nothing leads to "{part.name}"', part)


def _check_media(view: View) -> None:
    """The same picture stored twice."""
    first: dict[tuple[int, int], str] = {}
    for part in view.package.parts.values():
        if "/media/" not in part.name:
            continue
        if not part.member.size:
            view.error("empty-media", f'"{part.name}" is empty', part)
            continue
        known = first.setdefault((part.member.crc, part.member.size), part.name)
        if known != part.name:
            view.warn("duplicate-media", f'"{part.name}" holds the same as "{known}"', part)
