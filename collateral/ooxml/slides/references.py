"""What in a part's XML names a relationship, and taking such things out when the relationship is gone.

In go XML trees, changed in place. Must not decide which relationships go.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Final

from collateral.ooxml.slides.inheritance import placeholder_of
from collateral.ooxml.slides.vocabulary import MC, A, P, R, local

if TYPE_CHECKING:
    from lxml.etree import _Element

    from collateral.ooxml.package import Relationship

LINKS: Final = frozenset({"hlinkClick", "hlinkMouseOver", "hlinkHover"})
# elements that mean nothing without what they point to, and that may simply be absent
OPTIONAL: Final = frozenset({"snd", "custData", "tags", "legacyDrawing"})


def references(root: _Element) -> Iterator[tuple[_Element, str, str]]:
    """The (element, attribute, relationship id) triples of a part, empty ids apart."""
    for element in root.iter("*"):
        for name, value in element.attrib.items():
            if str(name).startswith(R) and value:
                yield element, str(name), str(value)


def lost_references(root: _Element, relationships: Iterable[Relationship]) -> set[str]:
    """The relationship ids a part's XML names and its relationships lack: what they led to was not in the file."""
    known = {relationship.id for relationship in relationships}
    return {rel_id for _, _, rel_id in references(root)} - known


def remove_references(root: _Element, gone: Collection[str]) -> list[tuple[_Element, str]]:
    """Take out what points to the relationships in `gone`: links, extensions, picture sources.

    Returns the (element, relationship id) pairs that could not be taken out without breaking what they stand in.
    """
    left: list[tuple[_Element, str]] = []
    for element, attribute, rel_id in list(references(root)):
        if rel_id in gone and not _remove(element, attribute):
            left.append((element, rel_id))
    return left


def shape_of(element: _Element) -> _Element | None:
    """The shape an element belongs to, None when it belongs to the slide itself."""
    for candidate in (element, *element.iterancestors()):
        if local(candidate) in {"sp", "pic", "graphicFrame", "cxnSp", "contentPart", "grpSp"}:
            return candidate
    return None


def shape_name(element: _Element) -> str | None:
    """The name of the shape an element belongs to, as the Selection Pane shows it."""
    shape = shape_of(element)
    if shape is None:
        return None
    for properties in shape.iter(f"{P}cNvPr"):
        return properties.get("name")
    return None


def slide_title(root: _Element) -> str:
    """The text of a slide's title, "" when it has none."""
    for shape in root.iter(f"{P}sp"):
        placeholder = placeholder_of(shape)
        if placeholder is not None and placeholder.get("type") in {"title", "ctrTitle"}:
            paragraphs = ("".join(t.text or "" for t in p.iter(f"{A}t")) for p in shape.iter(f"{A}p"))
            return " ".join(" ".join(paragraphs).split())
    return ""


def use_fallback(element: _Element) -> bool:
    """Replace the `mc:AlternateContent` an element stands in by its fallback; false when it stands in none."""
    choice = next((a for a in (element, *element.iterancestors()) if a.tag == f"{MC}AlternateContent"), None)
    if choice is None:
        return False
    fallback, parent = choice.find(f"{MC}Fallback"), choice.getparent()
    if fallback is None or parent is None:
        return False
    place = parent.index(choice)
    for child in reversed(fallback):
        parent.insert(place, child)
    parent.remove(choice)
    return True


def _remove(element: _Element, attribute: str) -> bool:
    name = local(element)
    sound = next((a for a in element.iterancestors() if local(a) == "sndAc"), None)
    if sound is not None:  # a transition's sound: its start means nothing without it
        return _detach(sound)
    if name in LINKS or name in OPTIONAL:
        return _detach(element)
    extension = next((a for a in element.iterancestors() if local(a) == "ext"), None)
    if extension is not None and shape_of(element) is None:
        return _detach(extension)
    if name in {"blip", "svgBlip", "imgLayer"}:
        del element.attrib[attribute]
        if name != "blip" and extension is not None:
            _detach(extension)
        return True
    return False


def _detach(element: _Element) -> bool:
    parent = element.getparent()
    if parent is None:
        return False
    parent.remove(element)
    if local(parent) in {"extLst", "custDataLst"} and not len(parent):
        _detach(parent)
    return True
