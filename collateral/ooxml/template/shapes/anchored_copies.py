"""Floating shapes of a document that a directive repeats: each copy gets a place of its own.

In: the tree of the document part, its directives in their places. Out: the same tree with hooks at the offsets of repeated
anchors. They go on to the right and on the next line when the text's width is used up, as on a slide; shapes that stand in
the line of the text need no help. Compile time only.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from collateral.ooxml.box import Box
from collateral.ooxml.names import qn
from collateral.ooxml.template.language.marks import Marks, instruction, is_instruction
from collateral.ooxml.template.language.ops import COPY_BEGINS, Hook
from collateral.ooxml.template.shapes.copies import gap_between
from collateral.ooxml.template.shapes.copy_flow import CopyFlow
from collateral.ooxml.template.shapes.unique_ids import inside_loop
from collateral.ooxml.xml import whole_number

_EMU_PER_TWIP = 635
_LETTER = (
    12_240,
    1_440,
    1_440,
)  # width and side margins of a page that does not say them, in twentieths of a point
_ENDLESS = 2**31
_AXES = (qn("wp:positionH"), qn("wp:positionV"))


def hook_anchored_copies(root: etree._Element, marks: Marks) -> None:
    """Put hooks at the offsets of floating shapes in loops over shapes."""
    for loop in [n for n in root.iter(etree.ProcessingInstruction) if is_instruction(n)]:
        tag = marks.of(loop).tag
        if marks.of(loop).word != "for" or tag is None or tag.prefix != "shape":
            continue
        anchors = list(_anchors(loop, marks))
        if anchors:
            flow = _flow(root, anchors, len(marks.all))
            loop.addnext(instruction(marks.add("hook", note=Hook(COPY_BEGINS, tuple(flow)))))
            for anchor in anchors:
                _hook(anchor, flow, marks)


def _anchors(loop: etree._Element, marks: Marks) -> Iterator[etree._Element]:
    """The anchors with offsets between a loop and its end."""
    for node, _ in inside_loop(loop, marks):
        yield from (
            a for a in node.iter(qn("wp:anchor")) if all(_offset(a, axis) is not None for axis in (0, 1))
        )


def _offset(anchor: etree._Element, axis: int) -> etree._Element | None:
    return anchor.find(f"{_AXES[axis]}/{qn('wp:posOffset')}")


def _flow(root: etree._Element, anchors: list[etree._Element], key: int) -> CopyFlow:
    boxes = [_box(anchor) for anchor in anchors]
    x, y = min(b.x for b in boxes), min(b.y for b in boxes)
    box = Box(x, y, max(b.x + b.width for b in boxes) - x, max(b.y + b.height for b in boxes) - y)
    across = anchors[0].find(_AXES[0])
    right = _width(root, from_page=across is not None and across.get("relativeFrom") == "page")
    return CopyFlow(key, "", box.x, box.y, box.width, box.height, right, _ENDLESS, gap_between(box, right))


def _box(anchor: etree._Element) -> Box:
    left, top, extent = _offset(anchor, 0), _offset(anchor, 1), anchor.find(qn("wp:extent"))
    x, y = (whole_number(e.text) if e is not None else 0 for e in (left, top))
    width, height = (whole_number(extent.get(k)) if extent is not None else 0 for k in ("cx", "cy"))
    return Box(x, y, width, height)


def _width(root: etree._Element, *, from_page: bool) -> int:
    """How wide the text is, or how far from the page's left edge it reaches, in EMU."""
    section = next(root.iter(qn("w:sectPr")), None)
    size = section.find(qn("w:pgSz")) if section is not None else None
    margins = section.find(qn("w:pgMar")) if section is not None else None
    width = whole_number(size.get(qn("w:w"))) if size is not None else _LETTER[0]
    left = whole_number(margins.get(qn("w:left"))) if margins is not None else _LETTER[1]
    right = whole_number(margins.get(qn("w:right"))) if margins is not None else _LETTER[2]
    return (width - right - (0 if from_page else left)) * _EMU_PER_TWIP


def _hook(anchor: etree._Element, flow: CopyFlow, marks: Marks) -> None:
    for axis in (0, 1):
        offset = _offset(anchor, axis)
        if offset is not None and not len(offset):
            own = whole_number(offset.text)
            offset.text = None
            offset.append(instruction(marks.add("hook", note=Hook("copy_place", (tuple(flow), axis, own)))))
