"""Pictures in lines or rows of an exact height, of which Word shows no more than a strip.

In: the tree of a Word part with its marks, and what the document's styles say of lines. Out: a warning at each tag whose picture
may be higher than where it stands. Compile time only.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from collateral.diagnostics import Diagnostic
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.expressions import nodes as n
from collateral.expressions import parse
from collateral.ooxml.names import qn
from collateral.ooxml.sizes import TWIPS_TO_EMU, emu_of
from collateral.ooxml.template.language.calls import PICTURE
from collateral.ooxml.template.language.marks import Mark, Marks, is_instruction
from collateral.ooxml.xml import whole_number

_HINT = "set the line spacing of its paragraph to single or at least, and its row's height to at least"


@dataclass(frozen=True, slots=True)
class ExactLines:
    """`by_style` are the exact heights of lines in paragraph styles by id, in twips, "" for the default style."""

    by_style: Mapping[str, int] = field(default_factory=dict)

    def after(self, root: etree._Element, marks: Marks) -> None:
        """Warn of the pictures that would be cut off."""
        for node in root.iter(etree.ProcessingInstruction):
            mark = marks.of(node) if is_instruction(node) else None
            if mark is None or mark.kind != "value" or mark.tag is None or "picture(" not in mark.tag.body:
                continue
            height = self._height(node)
            if height and not _fits(mark, height):
                message = f'"{mark.tag.text}" stands where lines or rows are {height / 20:g} pt high, and is cut off'
                marks.problems.append(Diagnostic.warning("picture-cut-off", message, mark.place, _HINT))

    def _height(self, node: etree._Element) -> int:
        """The exact height of the line or row a tag stands in; 0 where it may grow."""
        paragraph = next(node.iterancestors(qn("w:p")), None)
        row = next(node.iterancestors(qn("w:tr"), qn("w:txbxContent")), None)
        found = row.find(f"{qn('w:trPr')}/{qn('w:trHeight')}") if row is not None else None
        exact = found is not None and found.get(qn("w:hRule")) == "exact"
        heights = [whole_number(found.get(qn("w:val")))] if found is not None and exact else []
        heights += [self._line(paragraph)] if paragraph is not None else []
        return min((height for height in heights if height > 0), default=0)

    def _line(self, paragraph: etree._Element) -> int:
        own = _exact_line(paragraph)
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = (style.get(qn("w:val")) or "") if style is not None else ""
        return own if own is not None else self.by_style.get(name, 0)


def exact_lines(styles: etree._Element) -> ExactLines:
    """What a document's styles say of lines, with what they inherit."""
    known = {
        s.get(qn("w:styleId")) or "": s
        for s in styles.iter(qn("w:style"))
        if s.get(qn("w:type")) == "paragraph"
    }
    defaults = styles.find(f"{qn('w:docDefaults')}/{qn('w:pPrDefault')}")
    usual = (_exact_line(defaults) or 0) if defaults is not None else 0
    found = {name: _inherited(name, known, usual) for name in known}
    own = next((name for name, s in known.items() if s.get(qn("w:default")) in ("1", "true")), "")
    return ExactLines({**found, "": found.get(own, usual)})


def _inherited(name: str, known: Mapping[str, etree._Element], usual: int) -> int:
    for _ in range(len(known)):  # styles may be based on each other
        style = known.get(name)
        if style is None:
            return usual
        if (own := _exact_line(style)) is not None:
            return own
        base = style.find(qn("w:basedOn"))
        name = (base.get(qn("w:val")) or "") if base is not None else ""
    return usual


def _exact_line(element: etree._Element) -> int | None:
    """The exact height of lines an element asks for itself; 0 for one that may grow, None when it says nothing."""
    spacing = element.find(f"{qn('w:pPr')}/{qn('w:spacing')}")
    if spacing is None or spacing.get(qn("w:line")) is None:
        return None
    return whole_number(spacing.get(qn("w:line"))) if spacing.get(qn("w:lineRule")) == "exact" else 0


def _fits(mark: Mark, height: int) -> bool:
    """Whether the tag asks for no picture, or for one that is no higher."""
    expression, _ = parse(mark.tag.body if mark.tag else "", functions=PICTURE)
    node = expression.node if expression is not None else None
    if not isinstance(node, n.Call) or node.name not in PICTURE:
        return True
    wanted = dict(node.named).get("height")
    asked = emu_of(str(wanted.value)) if isinstance(wanted, n.Const) else None
    return asked is not None and asked <= height * TWIPS_TO_EMU
