"""Shapes of a slide that a directive repeats: each copy gets a place of its own.

In: a slide's tree whose directives stand where they belong. Out: the same tree with hooks at the positions of repeated
shapes. All shapes of one turn move together, as one box. The boxes go on to the right with a gap between them, and on the
next line when the line is full; where two do not fit side by side, each stands below the last. Shapes whose text runs from right
to left go on to the left. Compile time only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from lxml import etree

from collateral.ooxml.box import Box
from collateral.ooxml.frames.boxes import Scaling, shape_box
from collateral.ooxml.frames.heritage import Heritage
from collateral.ooxml.names import qn
from collateral.ooxml.package import Package, Part
from collateral.ooxml.template.language.marks import Marks, instruction, is_instruction
from collateral.ooxml.template.language.ops import COPY_BEGINS, Hook
from collateral.ooxml.template.language.surroundings import boxes_around
from collateral.ooxml.template.shapes.copy_flow import CopyFlow
from collateral.ooxml.template.shapes.unique_ids import inside_loop, token
from collateral.ooxml.xml import whole_number

_HOMES = (qn("p:spTree"), qn("p:grpSp"))
_SHAPES = frozenset(qn(n) for n in ("p:sp", "p:pic", "p:graphicFrame", "p:grpSp", "p:cxnSp"))
_TRANSFORMS = ("p:xfrm", "p:spPr/a:xfrm", "p:grpSpPr/a:xfrm")
_GAP_SHARE, _LEAST_GAP, _MOST_GAP = 8, 91_440, 274_320  # an eighth of the shorter side, 0.1 to 0.3 inch
_MARGIN = 228_600
"""A quarter inch: the least that stays free at the slide's edges."""
Repeated = Sequence[tuple[etree._Element, bool]]
"""Shapes a loop repeats, and whether each of them always stands there."""


class CopySteps:
    """The repeated shapes of one slide. `heritage` gives what its shapes inherit from."""

    def __init__(self, package: Package, part: Part, heritage: Callable[[], Heritage]) -> None:
        self.package, self.part, self.heritage = package, part, heritage

    def after(self, root: etree._Element, marks: Marks) -> None:
        """Put a hook at the position of every shape a loop repeats."""
        for loop in [n for n in root.iter(etree.ProcessingInstruction) if is_instruction(n)]:
            parent = loop.getparent()
            if marks.of(loop).word != "for" or parent is None or parent.tag not in _HOMES:
                continue
            shapes = list(_repeated(loop, marks))
            boxes = [box for shape, _ in shapes if (box := self._box(shape, marks)) is not None]
            if boxes:
                _hook(shapes, self._flow(root, shapes, _around(boxes), marks), marks)

    def _box(self, shape: etree._Element, marks: Marks) -> Box | None:
        """Where a shape lies, written into it where it comes from the layout; None when nothing says it."""
        transform = _transform(shape)
        if transform is None:
            transform = self._inherited(shape)
        offset = transform.find(qn("a:off")) if transform is not None else None
        extent = transform.find(qn("a:ext")) if transform is not None else None
        if transform is None or offset is None or extent is None:
            return None
        read = [
            _length(e.get(k), marks)
            for e, k in ((offset, "x"), (offset, "y"), (extent, "cx"), (extent, "cy"))
        ]
        x, y, width, height = read
        if 45 <= whole_number(transform.get("rot")) / 60_000 % 180 < 135:  # it lies on its side
            return Box(x + (width - height) // 2, y + (height - width) // 2, height, width)
        return Box(x, y, width, height)

    def _inherited(self, shape: etree._Element) -> etree._Element | None:
        """Write out the box a placeholder has from its layout, so that it can be changed."""
        heritage, properties = self.heritage(), shape.find(qn("p:spPr"))
        box = shape_box(heritage.chain(shape, heritage.layout_of(self.package, self.part)))
        if box is None or properties is None:
            return None
        transform = etree.Element(qn("a:xfrm"))
        etree.SubElement(transform, qn("a:off"), x=str(box.x), y=str(box.y))
        etree.SubElement(transform, qn("a:ext"), cx=str(box.width), cy=str(box.height))
        properties.insert(0, transform)
        return transform

    def _flow(self, root: etree._Element, shapes: Repeated, box: Box, marks: Marks) -> CopyFlow:
        """How the boxes go on from the first; its limits in the coordinates of what holds the shapes."""
        first = shapes[0][0]
        scaling, page = _scaling(first), self.heritage().width
        turned = any(map(_runs_right_to_left, (shape for shape, _ in shapes)))
        own = {e for shape, _ in shapes for e in shape.iter()}
        right, bottom = self._limits(
            root, own, _mirrored(scaling.apply(box), page, turned), marks, turned=turned
        )
        named = next(first.iter(qn("p:cNvPr")), None)
        name = (named.get("name") or "") if named is not None else ""
        edge = round(((page - right if turned else right) - scaling.x) / (scaling.across or 1))
        bottom = round((bottom - scaling.y) / (scaling.down or 1))
        drawn, edge = (_mirrored(box, 0, turned), -edge) if turned else (box, edge)
        gap = gap_between(drawn, edge)
        return CopyFlow(
            len(marks.all), name, drawn.x, drawn.y, drawn.width, drawn.height, edge, bottom, gap, turned
        )

    def _limits(
        self, root: etree._Element, own: set[etree._Element], box: Box, marks: Marks, *, turned: bool
    ) -> tuple[int, int]:
        """How far to the right and down copies may go: to the margins of the slide, the edges of what they stand on, and to
        what stands beside or below them; on the slide in a mirror where they go on from right to left."""
        heritage = self.heritage()
        layout = heritage.layout_of(self.package, self.part)
        around = boxes_around(own, root, layout, heritage, marks)
        others = [_mirrored(other, heritage.width, turned) for other in around]
        margin = min((b.x for b in (*others, box) if b.x >= _MARGIN), default=_MARGIN)
        right, bottom = heritage.width - margin, heritage.height - _MARGIN
        end, foot = box.x + box.width, box.y + box.height
        for other in others:
            if (
                other.x <= box.x
                and other.y <= box.y
                and other.x + other.width >= end
                and other.y + other.height >= foot
            ):
                right = min(right, other.x + other.width - (box.x - other.x))
                bottom = min(bottom, other.y + other.height - (box.y - other.y))
            elif other.x >= end and other.y < foot and other.y + other.height > box.y:
                right = min(right, other.x)
        below = (b.y for b in others if b.y >= foot and b.x < right and b.x + b.width > box.x)
        return right, max(min((bottom, *below)), foot)


def _repeated(loop: etree._Element, marks: Marks) -> Iterator[tuple[etree._Element, bool]]:
    """The shapes between a loop and its end; those of a loop in it are that one's."""
    for node, open_ in inside_loop(loop, marks):
        if open_.count("for") > 1:
            continue
        if node.tag in _SHAPES:
            yield node, len(open_) == 1
        elif node.tag == qn("mc:AlternateContent"):
            yield from (
                (shape, len(open_) == 1) for branch in node for shape in branch if shape.tag in _SHAPES
            )


def _runs_right_to_left(shape: etree._Element) -> bool:
    """Whether the first text of a shape says so itself."""
    properties = next(shape.iter(qn("a:pPr"), qn("a:lvl1pPr")), None)
    return properties is not None and properties.get("rtl") in ("1", "true")


def _mirrored(box: Box, page: int, turned: bool) -> Box:
    return Box(page - box.x - box.width, box.y, box.width, box.height) if turned else box


def _around(boxes: Sequence[Box]) -> Box:
    """The box that holds all of them."""
    x, y = min(b.x for b in boxes), min(b.y for b in boxes)
    return Box(x, y, max(b.x + b.width for b in boxes) - x, max(b.y + b.height for b in boxes) - y)


def gap_between(box: Box, right: int) -> int:
    """What lies between two boxes: an eighth of the shorter side, less where another one fits beside them then."""
    side = min(box.width or box.height, box.height or box.width)
    gap = min(max(side // _GAP_SHARE, _LEAST_GAP), _MOST_GAP)
    most = (right - box.x + _LEAST_GAP) // (box.width + _LEAST_GAP)
    return min(gap, (right - box.x - most * box.width) // (most - 1)) if most > 1 else gap


def _transform(shape: etree._Element) -> etree._Element | None:
    """What says where a shape lies."""
    for path in _TRANSFORMS:
        found = shape.find("/".join(qn(step) for step in path.split("/")))
        if found is not None:
            return found
    return None


def _length(value: str | None, marks: Marks) -> int:
    """A length in EMU; that of a picture whose place is a hook already is the one it was drawn with."""
    if value is None or marks.token not in value:
        return whole_number(value)
    picture = marks.in_attribute(value).note
    return (
        whole_number(picture.argument[2])
        if isinstance(picture, Hook) and isinstance(picture.argument, tuple)
        else 0
    )


def _scaling(shape: etree._Element) -> Scaling:
    """From the coordinates of the groups around a shape to those of the slide."""
    scaling = Scaling()
    for group in reversed([a for a in shape.iterancestors() if a.tag == qn("p:grpSp")]):
        scaling = scaling.inside(group)
    return scaling


def _hook(shapes: Repeated, flow: CopyFlow, marks: Marks) -> None:
    """Count the turns at the first shape, and let every shape of a turn move alike."""
    first = next((shape for shape, always in shapes if always), shapes[0][0])
    while (
        parent := first.getparent()
    ) is not None and parent.tag not in _HOMES:  # a branch of mc:AlternateContent
        first = parent
    first.addprevious(instruction(marks.add("hook", note=Hook(COPY_BEGINS, tuple(flow)))))
    for shape, _ in shapes:
        transform = _transform(shape)
        offset = transform.find(qn("a:off")) if transform is not None else None
        for axis, name in enumerate(("x", "y") if offset is not None else ()):
            _hook_offset(offset, axis, name, flow, marks)  # type: ignore[arg-type]


def _hook_offset(offset: etree._Element, axis: int, name: str, flow: CopyFlow, marks: Marks) -> None:
    value = offset.get(name) or "0"
    if marks.token not in value:
        offset.set(name, token(marks, Hook("copy_place", (tuple(flow), axis, whole_number(value)))))
        return
    picture = marks.in_attribute(value).note  # where a picture comes to lie is known when it is there
    if isinstance(picture, Hook) and isinstance(picture.argument, tuple):
        picture.argument = (*picture.argument[:3], tuple(flow))
