"""Directives for table cells from the docxtpl dialect: colspan, cellbg, vm (merge down a loop), hm (merge across one).

In: a tree whose directives stand where they belong. Out: cell properties with marks in them. Compile time only.
"""

from __future__ import annotations

from lxml import etree

from collateral.ooxml.names import qn
from collateral.ooxml.template.groups import Member
from collateral.ooxml.template.lift import CELLS, ancestor, take_out
from collateral.ooxml.template.marks import Context, Mark, Marks, instruction
from collateral.ooxml.template.scan import PARAGRAPHS
from collateral.ooxml.template.tags import Tag

_BEFORE_SPAN = ("w:cnfStyle", "w:tcW")
_BEFORE_MERGE = (*_BEFORE_SPAN, "w:gridSpan", "w:hMerge")
_BEFORE_SHADE = (*_BEFORE_MERGE, "w:vMerge", "w:tcBorders")


def apply_cell_directives(alone: list[Member], marks: Marks) -> None:
    """Carry out the cell directives among those standing alone."""
    for member in alone:
        word = member.mark.word
        if word not in ("colspan", "cellbg", "vm", "hm"):
            continue
        cell = ancestor(member.node, CELLS)
        tag = member.mark.tag
        if cell is None or tag is None:
            marks.error(
                "tag-misplaced", f'"{tag.text if tag else word}" stands in no table cell', member.mark.place
            )
        elif cell.tag != qn("w:tc") and word != "cellbg":
            hint = "merge the cells in PowerPoint instead"
            marks.error("tag-misplaced", f'"{tag.text}" works in Word tables only', member.mark.place, hint)
        else:
            _apply(word, cell, member.mark, marks)
        take_out(member.node)


def _apply(word: str, cell: etree._Element, mark: Mark, marks: Marks) -> None:
    expression = mark.tag.rest if mark.tag else ""
    if word == "colspan":
        _property(cell, "w:gridSpan", _BEFORE_SPAN).set(qn("w:val"), _token(marks, mark, expression))
    elif word == "cellbg":
        _background(cell, _token(marks, mark, expression))
    elif word == "vm":
        merge = _property(cell, "w:vMerge", _BEFORE_MERGE)
        merge.set(qn("w:val"), _token(marks, mark, "'restart' if loop.first else 'continue'"))
        for paragraph in cell.iter(*PARAGRAPHS):
            _only_first(paragraph, mark, marks)
    else:
        _property(cell, "w:gridSpan", _BEFORE_SPAN).set(qn("w:val"), _token(marks, mark, "loop.length"))
        cell.addprevious(instruction(_directive(marks, mark, "if loop.first")))
        cell.addnext(instruction(_directive(marks, mark, "endif")))


def _property(cell: etree._Element, name: str, before: tuple[str, ...]) -> etree._Element:
    """The cell property of this name, made in its place when it is not there."""
    properties = cell.find(qn("w:tcPr"))
    if properties is None:
        properties = etree.Element(qn("w:tcPr"))
        cell.insert(0, properties)
    found = properties.find(qn(name))
    if found is None:
        found = etree.Element(qn(name))
        wanted = {qn(b) for b in before}
        at = max((i + 1 for i, child in enumerate(properties) if child.tag in wanted), default=0)
        properties.insert(at, found)
    return found


def _background(cell: etree._Element, token: str) -> None:
    if cell.tag == qn("w:tc"):
        shade = _property(cell, "w:shd", _BEFORE_SHADE)
        for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", token)):
            shade.set(qn(name), value)
        return
    properties = cell.find(qn("a:tcPr"))
    if properties is None:
        properties = etree.SubElement(cell, qn("a:tcPr"))
    for old in [c for c in properties if str(c.tag).endswith("Fill")]:
        properties.remove(old)
    fill = etree.Element(qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr")).set("val", token)
    lines = [i for i, c in enumerate(properties) if str(c.tag).rpartition("}")[2].startswith("ln")]
    properties.insert(lines[-1] + 1 if lines else 0, fill)


def _token(marks: Marks, mark: Mark, body: str) -> str:
    tag = Tag("value", "", body, 0, 0, mark.tag.text if mark.tag else body)
    made = marks.add("value", tag=tag, place=mark.place, context=Context("attribute"))
    return f"{marks.token}{made.id}{marks.token}"


def _directive(marks: Marks, mark: Mark, body: str) -> Mark:
    return marks.add(
        "directive",
        tag=Tag("directive", "", body, 0, 0, mark.tag.text if mark.tag else body),
        place=mark.place,
    )


def _only_first(paragraph: etree._Element, mark: Mark, marks: Marks) -> None:
    """Show a paragraph's content in the first round of the loop only."""
    start = 1 if len(paragraph) and str(paragraph[0].tag).endswith("}pPr") else 0
    paragraph.insert(start, instruction(_directive(marks, mark, "if loop.first")))
    paragraph.append(instruction(_directive(marks, mark, "endif")))
