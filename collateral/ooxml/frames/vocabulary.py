"""Small questions about slide XML: the shapes of a tree, the placeholder a shape is, whether it has text. Pure reading."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.frames.boxes import Scaling
from collateral.ooxml.frames.theme import whole
from collateral.ooxml.names import qn

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

TITLES = frozenset(("title", "ctrTitle"))
FURNITURE = frozenset(("dt", "ftr", "sldNum", "hdr"))
_BOXES = frozenset(map(qn, ("p:sp", "p:graphicFrame", "p:pic")))
_WITH_LINES = _BOXES | {qn("p:cxnSp")}
_DEEPEST = 32  # groups within groups; deeper ones are not looked into
_NON_VISUAL = tuple(map(qn, ("p:nvSpPr", "p:nvGraphicFramePr", "p:nvPicPr")))


@dataclass(frozen=True, slots=True)
class PlaceholderKey:
    """What a `p:ph` says: its kind ("obj" when it says nothing) and its index."""

    kind: str
    index: int


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape or graphic frame of a tree and the scaling of the groups around it."""

    element: Element
    scaling: Scaling


def placeholder_of(element: Element) -> PlaceholderKey | None:
    """The placeholder a shape is; None for other shapes."""
    for holder in element:
        if holder.tag in _NON_VISUAL:
            mark = holder.find(f"{qn('p:nvPr')}/{qn('p:ph')}")
            if mark is not None:
                return PlaceholderKey(mark.get("type", "obj"), whole(mark.get("idx"), 0))
    return None


def shape_name(element: Element) -> tuple[int, str]:
    """(id, name) of a shape."""
    for holder in element:
        if holder.tag in _NON_VISUAL:
            known = holder.find(qn("p:cNvPr"))
            if known is not None:
                return whole(known.get("id"), 0), known.get("name", "")
    return 0, ""


def shapes_in(root: Element, *, lines: bool = False) -> Iterator[Shape]:
    """Every shape and graphic frame of a slide, layout or master in drawing order, groups opened; with `lines`, also the
    lines that connect shapes or stand alone."""
    tree = root.find(f"{qn('p:cSld')}/{qn('p:spTree')}")
    if tree is not None:
        yield from _walk(tree, _WITH_LINES if lines else _BOXES, Scaling(), 0)


def _walk(tree: Element, kinds: Collection[str], scaling: Scaling, depth: int) -> Iterator[Shape]:
    for child in tree:
        if child.tag in kinds:
            yield Shape(child, scaling)
        elif depth < _DEEPEST and child.tag == qn("p:grpSp"):
            yield from _walk(child, kinds, scaling.inside(child), depth + 1)
        elif depth < _DEEPEST and child.tag == qn("mc:AlternateContent"):
            choice = child.find(qn("mc:Choice"))
            if choice is not None:
                yield from _walk(choice, kinds, scaling, depth + 1)


def text_of(body: Element) -> str:
    """The text of a body: paragraphs by newlines."""
    return "\n".join(paragraph_text(paragraph) for paragraph in body.iterfind(qn("a:p")))


def paragraph_text(paragraph: Element) -> str:
    """The text of a paragraph; a line break is a vertical tab."""
    parts = []
    for child in paragraph:
        if child.tag in (qn("a:r"), qn("a:fld")):
            parts.append(child.findtext(qn("a:t")) or "")
        elif child.tag == qn("a:br"):
            parts.append("\v")
    return "".join(parts)


def title_of(root: Element) -> str:
    """The text of a slide's title placeholder in one line; empty without one."""
    for shape in shapes_in(root):
        key = placeholder_of(shape.element)
        body = shape.element.find(qn("p:txBody"))
        if key is not None and key.kind in TITLES and body is not None:
            return " ".join(text_of(body).split())
    return ""
