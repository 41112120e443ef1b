"""What stands around a shape on its slide. Compile time only.

In: a slide's tree and what it inherits from. Out: boxes in the slide's coordinates.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from lxml import etree

from collateral.ooxml.frames.boxes import Box, shape_box
from collateral.ooxml.frames.heritage import Heritage, LayoutPart
from collateral.ooxml.frames.vocabulary import placeholder_of, shapes_in


def boxes_around(
    own: Collection[etree._Element], slide: etree._Element, layout: LayoutPart | None, heritage: Heritage
) -> Iterator[Box]:
    """The boxes of the slide's shapes but its own, and of those its layout shows by itself."""
    for shape in shapes_in(slide):
        box = shape_box(heritage.chain(shape.element, layout))
        if shape.element not in own and box is not None:
            yield shape.scaling.apply(box)
    for root in layout.shown() if layout is not None else ():
        for shape in shapes_in(root):
            box = shape_box([shape.element])
            if placeholder_of(shape.element) is None and box is not None:
                yield shape.scaling.apply(box)
