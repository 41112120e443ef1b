"""How wide the text is where the values of a Word part stand, for the pictures among them.

In: the tree of a part when its directives are in their places, and what the document's sections say. Out: the same tree; the
marks of values know their room. Compile time only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from collateral.diagnostics.lazy_dataclass import dataclass, field, replace
from collateral.ooxml.manifest import Relationship
from collateral.ooxml.names import qn
from collateral.ooxml.sizes import NARROWEST, TWIPS_TO_EMU
from collateral.ooxml.template.language.marks import Marks, is_instruction
from collateral.ooxml.template.language.scan import RUNS
from collateral.ooxml.word.measures import (
    DEFAULT_WIDTH,
    box_width,
    cell_margins,
    cell_width,
    column_width,
    indents,
    section_width,
)

_LEAST = NARROWEST // TWIPS_TO_EMU
_ENDS = {qn("w:tc"): cell_width, qn("w:txbxContent"): box_width}


@dataclass(frozen=True, slots=True)
class TextRooms:
    """`by_part` are the widths of headers and footers by the names of their parts, `other` that of notes and whatever else
    stands in no section of its own; in twips."""

    by_part: Mapping[str, int] = field(default_factory=dict)
    other: int = DEFAULT_WIDTH

    def after(self, root: etree._Element, marks: Marks) -> None:
        """Tell every value in a run of text how wide the text is there."""
        outside = self.by_part.get(marks.part, self.other)
        waiting: list[tuple[etree._Element, int]] = []
        for node in root.iter():
            if is_instruction(node):
                run = next(node.iterancestors(*RUNS), None)
                context = marks.of(node).context
                if run is not None and run.tag == qn("w:r") and context is not None and context.form == "run":
                    waiting.append((node, _own_room(run, marks)))
            elif node.tag == qn("w:sectPr") and _is_in_force(node):
                _settle(waiting, column_width(node), marks)
        _settle(waiting, outside, marks)


def _settle(waiting: list[tuple[etree._Element, int]], width: int, marks: Marks) -> None:
    """Note the rooms of values whose section is known by now."""
    for node, own in waiting:
        mark = marks.of(node)
        if mark.context is not None:
            taken = sum(indents(p) for p in node.iterancestors(qn("w:p")) if not own)
            room = own or max(width - taken, _LEAST)
            mark.context = replace(mark.context, room=room * TWIPS_TO_EMU)
    waiting.clear()


def _own_room(run: etree._Element, marks: Marks) -> int:
    """The width of the cell or text box a run stands in, its paragraph's indents taken off; 0 when it stands in none.

    Of a cell whose width is known only when it is written, what is taken off it, below zero.
    """
    taken = 0
    for home in run.iterancestors():
        if home.tag == qn("w:p"):
            taken += indents(home)
        elif home.tag == qn("w:tc") and _is_shared(home, marks):
            return -max(taken + cell_margins(home), 1)
        elif home.tag in _ENDS and (width := _ENDS[str(home.tag)](home)):
            return max(width - taken, _LEAST)
    return 0


def _is_shared(cell: etree._Element, marks: Marks) -> bool:
    """Whether a cell's width is what a loop over columns leaves it."""
    wanted = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
    return wanted is not None and marks.token in (wanted.get(qn("w:w")) or "")


def text_rooms(main: etree._Element, relationships: Iterable[Relationship]) -> TextRooms:
    """The rooms a document's sections give the parts that belong to them; of several the narrowest."""
    targets = {relation.id: relation.target for relation in relationships}
    by_part: dict[str, int] = {}
    sections = [section for section in main.iter(qn("w:sectPr")) if _is_in_force(section)]
    for section in sections:
        width = section_width(section)
        for reference in section.iter(qn("w:headerReference"), qn("w:footerReference")):
            part = targets.get(reference.get(qn("r:id")) or "", "")
            by_part[part] = min(by_part.get(part, width), width)
    return TextRooms(by_part, min(map(section_width, sections), default=DEFAULT_WIDTH))


def _is_in_force(section: etree._Element) -> bool:
    """Whether a section is one, not what it was before a tracked change."""
    home = section.getparent()
    return home is None or home.tag != qn("w:sectPrChange")
