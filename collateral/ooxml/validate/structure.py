"""Rules of every package: content types, relationships, what must be there once.

In: a `View`. Out: its diagnostics. Knows relationship types, not what is inside parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from collateral.ooxml import names
from collateral.ooxml.archive import Member
from collateral.ooxml.manifest import Relationship
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
    names.REL_CORE_PROPERTIES: names.CT_CORE_PROPERTIES,
    names.REL_EXTENDED_PROPERTIES: names.CT_EXTENDED_PROPERTIES,
    names.REL_CUSTOM_PROPERTIES: names.CT_CUSTOM_PROPERTIES,
    names.REL_CUSTOM_XML_PROPS: names.CT_CUSTOM_XML_PROPS,
    names.REL_HANDOUT_MASTER: names.CT_HANDOUT_MASTER,
    names.REL_PRES_PROPS: names.CT_PRES_PROPS,
    names.REL_VIEW_PROPS: names.CT_VIEW_PROPS,
    names.REL_COMMENT_AUTHORS: names.CT_COMMENT_AUTHORS,
    names.REL_THEME_OVERRIDE: names.CT_THEME_OVERRIDE,
    names.REL_CHART_EX: names.CT_CHART_EX,
    names.REL_CHART_STYLE: names.CT_CHART_STYLE,
    names.REL_CHART_COLOR_STYLE: names.CT_CHART_COLOR_STYLE,
    names.REL_CHART_USER_SHAPES: names.CT_CHART_SHAPES,
    names.REL_DIAGRAM_DATA: names.CT_DIAGRAM_DATA,
    names.REL_DIAGRAM_LAYOUT: names.CT_DIAGRAM_LAYOUT,
    names.REL_DIAGRAM_STYLE: names.CT_DIAGRAM_STYLE,
    names.REL_DIAGRAM_COLORS: names.CT_DIAGRAM_COLORS,
    names.REL_DIAGRAM_DRAWING: names.CT_DIAGRAM_DRAWING,
    names.REL_ENDNOTES: names.CT_ENDNOTES,
    names.REL_SETTINGS: names.CT_SETTINGS,
    names.REL_WEB_SETTINGS: names.CT_WEB_SETTINGS,
    names.REL_FONT_TABLE: names.CT_FONT_TABLE,
    names.REL_GLOSSARY: names.CT_GLOSSARY,
}
# the relationship an element must use, by the last word of its type
_ROLES: Final = (
    "image", "chart", "chartEx", "diagramData", "header", "footer", "hyperlink", "notesMaster", "tags",
)  # fmt: skip
# one file may be reached as several of these, any other is one thing only
_MEDIA: Final = frozenset((names.REL_IMAGE, names.REL_AUDIO, names.REL_VIDEO, names.REL_MEDIA))
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
        names.REL_COMMENTS,
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
    _check_relationships(view, None, view.package.relationships)
    for part in view.package.parts.values():
        if changed is None or part.name in changed:
            _check_ids(view, part)
        if part.relationships:
            _check_relationships(view, part, part.relationships)
    _check_reached(view)


@lru_cache(maxsize=256)
def _kind(type_: str) -> str:
    return type_.rpartition("/")[2]


def _check_ids(view: View, part: Part) -> None:
    """Each relationship id the XML uses is one of the part's."""
    if not is_xml(part):
        return
    scan = view.scan(part)
    used = scan.relationship_ids
    if not used:
        return
    for rel_id in sorted(used - {rel.id for rel in part.relationships}):
        view.error(
            "unknown-relationship",
            f'"{part.name}" uses the relationship "{rel_id}", which it does not have',
            part,
        )
    kinds = {rel.id: _kind(rel.type) for rel in part.relationships}
    for role in _ROLES:
        for rel_id in scan.values("to " + role):
            if kinds.get(rel_id, role) != role:
                message = f'the {role} "{rel_id}" of "{part.name}" is of the type {kinds[rel_id]}'
                view.error("unknown-relationship", message, part)


def _check_relationships(view: View, part: Part | None, relationships: Iterable[Relationship]) -> None:
    """What a part, or the whole package, leads to."""
    seen: set[str] = set()
    counts: dict[str, int] = {}
    for rel in relationships:
        if rel.id in seen:
            view.error("duplicate-relationship", f'two relationships have the id "{rel.id}"', part)
        seen.add(rel.id)
        if rel.external:
            _check_address(view, part, rel.target)
        elif not rel.target.startswith("#"):
            counts[rel.type] = counts.get(rel.type, 0) + 1
            _check_target(view, part, rel)
    for type_, count in counts.items():
        if count > 1 and _is_single(type_, part):
            message = f"{count} relationships to a {_kind(type_)}, one is allowed"
            view.error("duplicate-relationship", message, part)


def _check_address(view: View, part: Part | None, address: str) -> None:
    if _NOT_IN_ADDRESSES.search(address) and not address.lower().startswith("file:"):
        message = f'"{address[:120]}" is no valid address'
        view.error("invalid-address", message, part, "escape spaces and braces")


def _check_target(view: View, part: Part | None, rel: Relationship) -> None:
    target = view.package.parts.get(rel.target)
    wanted = _TYPE_OF.get(rel.type)
    if target is None:
        message = f'relationship "{rel.id}" leads to "{rel.target}", which is not in the file'
        view.error("dangling-relationship", message, part)
    elif wanted is not None and target.content_type != wanted:
        message = f'"{target.name}" is a {_kind(rel.type)}, but its content type is "{target.content_type}"'
        view.error("wrong-content-type", message, part)


def _is_single(type_: str, part: Part | None) -> bool:
    """Whether there may be but one relationship of this type."""
    kind = part.content_type if part is not None else ""
    if type_ == names.REL_SLIDE_LAYOUT:
        return kind != names.CT_SLIDE_MASTER
    return type_ in _ONCE or (type_ == names.REL_SLIDE_MASTER and kind == names.CT_SLIDE_LAYOUT)


def _check_reached(view: View) -> None:
    """Parts nothing leads to: Office drops them, but whoever unpacks the file reads them. And parts that are led to as two
    things, which the Open XML SDK refuses to open."""
    parts = view.package.parts
    roles: dict[str, str] = {}
    todo: list[Iterable[Relationship]] = [view.package.relationships]
    while todo:
        for rel in todo.pop():
            if rel.external:
                continue
            role = roles.get(rel.target)
            if role is None:
                roles[rel.target] = rel.type
                part = parts.get(rel.target)
                if part is not None and part.relationships:
                    todo.append(part.relationships)
            elif role != rel.type and not {role, rel.type} <= _MEDIA:
                message = f'"{rel.target}" is led to as a {_kind(role)} and as a {_kind(rel.type)}'
                view.error("wrong-content-type", message, parts.get(rel.target))
    for part in parts.values():
        if part.name not in roles and part.content_type not in _NOT_REACHED:
            view.warn("stray-part", f'nothing leads to "{part.name}"', part)


def check_media(view: View) -> None:
    """Pictures that are empty, or stored twice."""
    parts = view.package.parts
    for name, other in odd_media({name: part.member for name, part in parts.items()}):
        if other is None:
            view.error("empty-media", f'"{name}" is empty', parts[name])
        else:
            view.warn("duplicate-media", f'"{name}" holds the same as "{other}"', parts[name])


def odd_media(members: Mapping[str, Member]) -> list[tuple[str, str | None]]:
    """The pictures, films and sounds that are empty (None), or the same as another."""
    found: list[tuple[str, str | None]] = []
    first: dict[tuple[int, int], str] = {}
    for name, member in members.items():
        if "/media/" not in name:
            continue
        known = first.setdefault((member.crc, member.size), name) if member.size else None
        if known != name:
            found.append((name, known))
    return found
