"""Which layout of the target a slide's own layout corresponds to, and which placeholder each placeholder becomes.

Layouts correspond by name, else by type and structure. Placeholders correspond by type and index, else by role; one that
has no counterpart keeps its look and becomes an ordinary shape. In go XML trees; only the slide's tree is changed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.slides.inheritance import (
    FOOTERS,
    TITLES,
    drop_inherited_box,
    placeholder_index,
    placeholder_type,
    placeholders,
    write_inherited,
)
from collateral.ooxml.slides.vocabulary import P, local

if TYPE_CHECKING:
    from lxml.etree import _Element

# what may stand in for what, by the kind of shape that fills the placeholder
TEXT_ROLES = frozenset({"body", "obj", "subTitle"})
PICTURE_ROLES = frozenset({"pic", "obj", "clipArt", "media"})
SAME_KINDS = {
    "tx": "obj",
    "twoColTx": "twoObj",
}  # layouts from before 2007, and Google Slides, hold text only
OBJECT_ROLES = frozenset({"obj", "tbl", "chart", "dgm"})


@dataclass(frozen=True, slots=True)
class LayoutView:
    """A layout as the mapper sees it: its part, its name, its `type` and the (type, index) of its placeholders."""

    part: str
    name: str
    kind: str
    placeholders: tuple[tuple[str, str], ...]

    @staticmethod
    def of(part: str, root: _Element) -> LayoutView:
        """Read a `p:sldLayout`."""
        common = root.find(f"{P}cSld")
        name = (common.get("name") if common is not None else None) or ""
        found = tuple((placeholder_type(ph), placeholder_index(ph)) for _, ph in placeholders(root))
        return LayoutView(part, name, root.get("type") or "", found)

    @property
    def roles(self) -> Counter[str]:
        """How many placeholders of each role there are, footers apart: layouts differ in them without meaning it."""
        return Counter(_role(kind) for kind, _ in self.placeholders if kind not in FOOTERS)


def find_layout(layout: LayoutView, candidates: Sequence[LayoutView]) -> LayoutView | None:
    """The candidate that corresponds to `layout`: the same name first, else the same type with the same placeholders."""
    named = [other for other in candidates if layout.name and _plain(other.name) == _plain(layout.name)]
    if named:
        return min(named, key=lambda other: _distance(layout, other))
    if layout.kind in {"", "cust"}:
        return None
    kind = _plain_kind(layout.kind)
    alike = (o for o in candidates if _plain_kind(o.kind) == kind and o.roles == layout.roles)
    return next(alike, None)


def map_placeholders(
    slide: _Element, target: LayoutView, *, layout: _Element | None, master: _Element | None
) -> list[str]:
    """Point a slide's placeholders at those of `target`; `layout` and `master` are the ones they stood on.

    Returns the names of the shapes that found no counterpart and became ordinary shapes.
    """
    pending = list(placeholders(slide))
    for shape, _ in pending:
        drop_inherited_box(shape, layout, master)
    free = list(dict.fromkeys(target.placeholders))  # some writers number none, so several are the same one
    for matches in (_is_exact, _is_same_place, _is_same_type, _is_same_role):
        pending = _match(pending, free, matches)
    detached: list[str] = []
    for shape, placeholder in pending:
        write_inherited(shape, layout, master)
        if placeholder_type(placeholder) in TITLES:
            continue  # a title stays one, for outlines and screen readers
        parent = placeholder.getparent()
        if parent is not None:
            parent.remove(placeholder)
        detached.append(_name(shape))
    return detached


Pair = tuple["_Element", "_Element"]
Slot = tuple[str, str]


def _match(
    pending: list[Pair], free: list[Slot], matches: Callable[[_Element, _Element, Slot], bool]
) -> list[Pair]:
    left: list[Pair] = []
    for shape, placeholder in pending:
        slot = next((slot for slot in free if matches(shape, placeholder, slot)), None)
        if slot is None:
            left.append((shape, placeholder))
            continue
        free.remove(slot)
        _assign(placeholder, slot)
    return left


def _assign(placeholder: _Element, slot: Slot) -> None:
    kind, index = slot
    for name, value, default in (("type", kind, "obj"), ("idx", index, "0")):
        if value != default:
            placeholder.set(name, value)
        elif placeholder.get(name) is not None:
            del placeholder.attrib[name]


def _is_exact(shape: _Element, placeholder: _Element, slot: Slot) -> bool:
    return slot == (placeholder_type(placeholder), placeholder_index(placeholder))


def _is_same_place(shape: _Element, placeholder: _Element, slot: Slot) -> bool:
    return slot[1] == placeholder_index(placeholder) and _is_same_role(shape, placeholder, slot)


def _is_same_type(shape: _Element, placeholder: _Element, slot: Slot) -> bool:
    return slot[0] == placeholder_type(placeholder)


def _is_same_role(shape: _Element, placeholder: _Element, slot: Slot) -> bool:
    kind = placeholder_type(placeholder)
    if kind in TITLES or kind in FOOTERS:
        return _role(slot[0]) == _role(kind)
    return slot[0] in _roles_of(shape, kind)


def _roles_of(shape: _Element, kind: str) -> frozenset[str]:
    if local(shape) == "pic":
        return PICTURE_ROLES
    if local(shape) == "graphicFrame":
        return OBJECT_ROLES
    return TEXT_ROLES if kind in TEXT_ROLES else frozenset({kind})


def _role(kind: str) -> str:
    if kind in TITLES:
        return "title"
    return "body" if kind in TEXT_ROLES else kind


def _distance(one: LayoutView, other: LayoutView) -> int:
    difference = (one.roles - other.roles) + (other.roles - one.roles)
    return sum(difference.values())


def _plain_kind(kind: str) -> str:
    return SAME_KINDS.get(kind, kind)


def _plain(name: str) -> str:
    """A layout's name without the number PowerPoint puts before a second one of that name."""
    return " ".join(re.sub(r"^\d+_", "", name).casefold().split())


def _name(shape: _Element) -> str:
    properties = next(shape.iter(f"{P}cNvPr"), None)
    return (properties.get("name") if properties is not None else None) or local(shape)
