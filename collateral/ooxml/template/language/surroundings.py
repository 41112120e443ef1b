"""What stands around a shape on its slide. Compile time only.

In: a slide's tree and what it inherits from. Out: boxes in the slide's coordinates.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from lxml import etree

from collateral.ooxml.box import Box
from collateral.ooxml.frames.boxes import shape_box
from collateral.ooxml.frames.heritage import Heritage, LayoutPart
from collateral.ooxml.frames.vocabulary import placeholder_of, shapes_in
from collateral.ooxml.names import qn
from collateral.ooxml.template.language.contents import visible_text
from collateral.ooxml.template.language.marks import Marks, is_instruction


def boxes_around(
    own: Collection[etree._Element],
    slide: etree._Element,
    layout: LayoutPart | None,
    heritage: Heritage,
    marks: Marks,
) -> Iterator[Box]:
    """The boxes of the slide's shapes and lines but its own, and of those its layout shows by itself."""
    for shape in shapes_in(slide, lines=True):
        box = shape_box(heritage.chain(shape.element, layout))
        if shape.element not in own and box is not None and _is_seen(shape.element, marks):
            yield shape.scaling.apply(box)
    for root in layout.shown() if layout is not None else ():
        for shape in shapes_in(root, lines=True):
            box = shape_box([shape.element])
            if placeholder_of(shape.element) is None and box is not None:
                yield shape.scaling.apply(box)


def box_on_slide(frame: etree._Element, slide: etree._Element) -> Box | None:
    """Where a frame stands on the slide, through the groups it is in."""
    box = shape_box([frame])
    shape = next((shape for shape in shapes_in(slide) if shape.element is frame), None)
    return shape.scaling.apply(box) if shape is not None and box is not None else box


def _is_seen(shape: etree._Element, marks: Marks) -> bool:
    """Whether a shape shows anything: not a text box or placeholder that is empty, or only held a slide's directive."""
    own = shape.find(f"{qn('p:nvSpPr')}/{qn('p:cNvSpPr')}")
    if own is None or (own.get("txBox") not in ("1", "true") and placeholder_of(shape) is None):
        return True
    values = (node for node in shape.iter() if is_instruction(node) and marks.of(node).kind == "value")
    return bool(visible_text(shape).strip()) or any(True for _ in values)
