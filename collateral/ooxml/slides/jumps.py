"""Links and zooms from slide to slide: pointed at the copy when the slide came along, else taken out.

In go trees and relationships of parts that have arrived (or stayed); what was taken out is named to the caller.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.names import RUN_ACTIONS
from collateral.ooxml.package import Relationship
from collateral.ooxml.slides.draft import Draft
from collateral.ooxml.slides.references import (
    LINKS,
    references,
    remove_references,
    shape_name,
    use_fallback,
)
from collateral.ooxml.slides.vocabulary import MC, P, local

if TYPE_CHECKING:
    from lxml.etree import _Element

SHOW_ACTION = "ppaction://customshow"


@dataclass(frozen=True, slots=True)
class PendingJump:
    """A link of a copied part to a slide that may or may not come along. `part` is the copy."""

    part: str
    rel_id: str
    source_target: str


@dataclass(frozen=True, slots=True)
class LostJump:
    """A link that was taken out: the part it stood in, the shape's name, the slide part it led to."""

    part: str
    shape: str | None
    target: str


def point_jumps(draft: Draft, part: str, moved: Mapping[str, str | None]) -> list[LostJump]:
    """Point relationships of a part to where `moved` says, and take out those that it maps to None.

    `moved` is by relationship id.
    """
    kept: list[Relationship] = []
    gone: dict[str, str] = {}
    for relationship in draft.relationships(part):
        target = moved.get(relationship.id, relationship.target)
        if target is None:
            gone[relationship.id] = relationship.target
        else:
            kept.append(Relationship(relationship.id, relationship.type, target, relationship.external))
    if not gone:
        draft.set_relationships(part, kept)
        return []
    root = draft.edit(part)
    lost = [
        LostJump(part, shape_name(element), gone[rel_id])
        for element, _, rel_id in references(root)
        if rel_id in gone
    ]
    for element, _ in remove_references(root, gone):
        use_fallback(element)
    remove_references(root, gone)
    draft.set_relationships(part, kept)
    return lost


def remove_show_links(root: _Element, gone: Collection[str] | None) -> list[str]:
    """Take out links to custom shows: those with an id in `gone`, or all when it is None. Returns the shapes' names."""
    found: list[str] = []
    for element in [e for e in root.iter("*") if local(e) in LINKS]:
        action = element.get("action") or ""
        if not action.startswith(SHOW_ACTION):
            continue
        show = action.partition("id=")[2].partition("&")[0]
        parent = element.getparent()
        if parent is not None and (gone is None or show in gone):
            found.append(shape_name(element) or "")
            parent.remove(element)
    return found


def remove_run_links(root: _Element) -> tuple[list[str], set[str]]:
    """Take out what runs a macro or a program. Returns the shapes' names, and the relationships only that pointed to."""
    found: list[str] = []
    gone: set[str] = set()
    for element in [e for e in root.iter("*") if local(e) in LINKS]:
        parent = element.getparent()
        if parent is not None and (element.get("action") or "").startswith(RUN_ACTIONS):
            found.append(shape_name(element) or "")
            gone |= {rel_id for _, _, rel_id in references(element)}
            parent.remove(element)
    return found, gone - {rel_id for _, _, rel_id in references(root)}


def point_zooms(
    root: _Element,
    slides: Mapping[str, tuple[str, str]],
    sections: Mapping[str, str],
    *,
    unseen: Collection[str] = (),
    as_pictures: bool = True,
) -> list[str]:
    """Point slide and section zooms to the new ids; a zoom whose slide did not come becomes its picture or is taken out.

    `slides` maps slide ids to (id, creation id), `sections` maps section ids; `unseen` are those whose first slide, which
    their zooms show, is not there. Returns the names of the zooms that lost their slides.
    """
    lost: list[str] = []
    for zoom in [e for e in root.iter("*") if local(e) in {"sldZmObj", "sectionZmObj", "summaryZmObj"}]:
        slide = slides.get(zoom.get("sldId") or "")
        section = sections.get(zoom.get("sectionId") or "")
        if section in unseen and not has_cover(zoom):
            section = None
        if slide is not None:
            zoom.set("sldId", slide[0])
            if slide[1]:
                zoom.set("cId", slide[1])
        elif section is not None:
            zoom.set("sectionId", section)
        else:
            lost.append(shape_name(zoom) or local(zoom))
            if as_pictures:
                use_fallback(zoom)
            else:
                _take_out(zoom)
    return lost


def has_cover(zoom: _Element) -> bool:
    """Whether a zoom shows a picture somebody chose, and not the slide it leads to."""
    return any(properties.get("imageType") == "cover" for properties in zoom.iter("{*}zmPr"))


def _take_out(zoom: _Element) -> None:
    """Take out a zoom with its picture; of a summary only the one that lost its slides."""
    both = next((a for a in zoom.iterancestors() if a.tag == f"{MC}AlternateContent"), None)
    if both is None:
        return
    others = [e for e in both.iter("*") if local(e) == local(zoom)]
    older = list(both.iterfind(f"{MC}Fallback/{P}grpSp/{P}pic"))
    gone = [zoom, *([older[others.index(zoom)]] if len(older) == len(others) else [])]
    for element in gone if len(others) > 1 else [both]:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
