"""Ids that must be unique: shape ids within a slide, creation ids, row and column ids of tables.

In go XML trees, changed in place and only where two are the same. New ids are derived from the old ones, so that the
same work gives the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from collateral.ooxml.slides.vocabulary import A16, CREATION_EXT, MC, P14, A, P, local, whole

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST_SHAPE_ID = 1 << 31
_Successor = Callable[[str], str]


def make_shape_ids_unique(root: _Element) -> None:
    """Give a shape whose id another shape has already a new one.

    Both branches of `mc:AlternateContent` may use the same ids, for only one of them is ever shown. References
    (animations, connectors) keep meaning the first shape, as PowerPoint reads them.
    """
    used = {properties.get("id") or "" for properties in root.iter(f"{P}cNvPr")}
    highest = max((id_ for text in used if (id_ := whole(text)) < LARGEST_SHAPE_ID), default=1)
    for properties in _repeated_shapes(root, set()):
        highest += 1
        properties.set("id", str(highest))


def _repeated_shapes(element: _Element, seen: set[str]) -> Iterator[_Element]:
    for child in element:
        if child.tag == f"{P}cNvPr":
            text = child.get("id") or ""
            if text in seen:
                yield child
            seen.add(text)
        elif child.tag == f"{MC}AlternateContent":
            before = set(seen)
            for branch in child:
                branch_seen = set(before)
                yield from _repeated_shapes(branch, branch_seen)
                seen |= branch_seen
        elif isinstance(child.tag, str):
            yield from _repeated_shapes(child, seen)


def make_creation_ids_unique(root: _Element) -> None:
    """Make `a16:creationId` unique within a part, `a16:rowId` and `a16:colId` within each table."""
    _make_unique([e for e in root.iter(f"{A16}creationId") if not _in_fallback(e)], "id", _new_guid)
    for table in root.iter(f"{A}tbl"):
        _make_unique(table.iter(f"{A16}rowId"), "val", _new_number)
        _make_unique(table.iter(f"{A16}colId"), "val", _new_number)


def creation_id(root: _Element) -> str | None:
    """The `p14:creationId` of a slide, layout or master."""
    found = _creation_element(root)
    return found.get("val") if found is not None else None


def set_creation_id(root: _Element, taken: set[str]) -> None:
    """Change a part's `p14:creationId` if it is among `taken`, and add the one it ends with to them."""
    element = _creation_element(root)
    if element is None:
        return
    value = element.get("val") or ""
    while value in taken:
        value = _new_number(value)
    element.set("val", value)
    taken.add(value)


def new_guid(seed: str) -> str:
    """A GUID in braces that depends on `seed` alone."""
    import uuid  # a megabyte, for files that have two alike

    return "{" + str(uuid.UUID(bytes=hashlib.sha256(seed.encode()).digest()[:16], version=4)).upper() + "}"


def next_id(taken: Iterable[int], first: int, last: int) -> int:
    """The id after the highest one taken; the lowest free one when the range is exhausted.

    Raises ValueError when no id is free.
    """
    used = set(taken)
    highest = max((value for value in used if first <= value <= last), default=first - 1)
    if highest < last:
        return highest + 1
    free = next((value for value in range(first, last + 1) if value not in used), None)
    if free is None:
        raise ValueError(f"no id is free between {first} and {last}")
    return free


def _creation_element(root: _Element) -> _Element | None:
    for extension in root.findall(f"{P}cSld/{P}extLst/{P}ext"):
        if extension.get("uri") == CREATION_EXT:
            return extension.find(f"{P14}creationId")
    return None


def _make_unique(elements: Iterable[_Element], attribute: str, successor: _Successor) -> None:
    seen: set[str] = set()
    for element in elements:
        value = element.get(attribute) or ""
        while value in seen:
            value = successor(value)
        if value != element.get(attribute):
            element.set(attribute, value)
        seen.add(value)


def _new_guid(value: str) -> str:
    return new_guid(value)


def _new_number(value: str) -> str:
    digest = hashlib.sha256(value.encode()).digest()
    return str(int.from_bytes(digest[:4], "big") or 1)


def _in_fallback(element: _Element) -> bool:
    return any(local(ancestor) == "Fallback" for ancestor in element.iterancestors())
