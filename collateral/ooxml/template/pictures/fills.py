"""Shapes that a picture fills, with a tag in their alt text or name: the fill is written when the picture is known.

In: a shape of a slide. Out: the same shape with a hook in place of its fill. Compile time only.
"""

from __future__ import annotations

from lxml import etree

from collateral.ooxml.names import qn
from collateral.ooxml.template.language.contents import visible_text
from collateral.ooxml.template.language.marks import Marks, instruction
from collateral.ooxml.template.language.ops import Hook
from collateral.ooxml.template.language.scan import bare_xml

_FILL = f"{qn('p:spPr')}/{qn('a:blipFill')}"
_PLACED = frozenset(qn(name) for name in ("a:srcRect", "a:stretch", "a:tile"))


def is_filled_with_picture(shape: etree._Element) -> bool:
    """Whether the shape has a picture of its own for its fill."""
    return shape.tag == qn("p:sp") and shape.find(f"{_FILL}/{qn('a:blip')}") is not None


def says_nothing(shape: etree._Element) -> bool:
    """Whether nothing is lost with the shape but its picture."""
    return not visible_text(shape).strip()


def hook_fill(shape: etree._Element, number: int, frame: tuple[int, int, int, int], marks: Marks) -> None:
    """Let the fill be written with the picture of this number; `frame` is the shape's box."""
    fill = shape.find(_FILL)
    blip = fill.find(qn("a:blip")) if fill is not None else None
    if fill is None or blip is None:
        return
    drawn = bare_xml(fill)
    effects = b"".join(bare_xml(child) for child in blip if child.tag != qn("a:extLst"))
    for child in list(fill):
        if child.tag in _PLACED or child is blip:
            fill.remove(child)
    fill.text = None
    opening = bare_xml(fill).partition(b">")[0].removesuffix(b"/") + b">"
    hook = Hook("picture_fill", (number, frame, drawn, opening, effects))
    fill.addprevious(instruction(marks.add("hook", note=hook)))
    fill.getparent().remove(fill)  # type: ignore[union-attr]
