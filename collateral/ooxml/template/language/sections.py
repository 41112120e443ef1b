"""Sections of a Word document that a directive governs.

In: the tree of the document part, its directives in their places. Out: the same tree with the directives around their
sections, every section with the headers and footers it has whichever of them stay, and marks where sections end, by which
`last_section` keeps the last one valid. Compile time only.
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from collateral.ooxml.names import qn
from collateral.ooxml.template.language.last_section import SECTION_END
from collateral.ooxml.template.language.marks import Mark, Marks, instruction, is_instruction
from collateral.ooxml.template.language.scan import prune, remove_keeping_tail
from collateral.ooxml.template.language.tags import Tag

_REFERENCES = (qn("w:headerReference"), qn("w:footerReference"))


def lift_sections(root: etree._Element, marks: Marks) -> None:
    """`{%section if … %}` and `{%section for … %}` govern what stands before their end, without one their section."""
    opened: list[tuple[etree._Element, Mark, Tag]] = []
    nodes: list[etree._Element] = []
    body = root.find(qn("w:body"))
    for node in [n for n in root.iter(etree.ProcessingInstruction) if is_instruction(n)]:
        mark = marks.of(node)
        tag = mark.tag
        if tag is None or tag.prefix not in ("section", "slide"):
            continue
        block = (
            next((a for a in node.iterancestors() if a.getparent() is body), None)
            if body is not None
            else None
        )
        if tag.prefix == "slide" or block is None:
            marks.error("tag-misplaced", f'"{tag.text}" has no {tag.prefix} to govern here', mark.place)
        elif tag.word in ("if", "for"):
            opened.append((block, mark, tag))
        elif not opened or tag.word != f"end{opened[-1][2].word}":
            marks.error("tag-not-opened", f'"{tag.text}" closes nothing', mark.place)
        else:
            _between(*opened.pop(), block, marks)
        nodes.append(node)
    for block, mark, tag in reversed(opened):
        _around_section(block, mark, tag, marks)
    for node in nodes:
        _take_out_paragraph(node)


def _between(first: etree._Element, mark: Mark, tag: Tag, last: etree._Element, marks: Marks) -> None:
    """The directive governs from its own block to the one it is closed in."""
    opening, closing = _pair_for(mark, tag, marks)
    first.addprevious(opening)
    last.addnext(closing)


def _around_section(block: etree._Element, mark: Mark, tag: Tag, marks: Marks) -> None:
    first = last = block
    while (
        (before := first.getprevious()) is not None
        and not _ends_section(before)
        and not _opens(before, marks)
    ):
        first = before
    while not _ends_section(last) and (after := last.getnext()) is not None and after.tag != qn("w:sectPr"):
        last = after
    opening, closing = _pair_for(mark, tag, marks)
    first.addprevious(opening)
    last.addnext(closing)
    section = closing.getnext()
    if (
        tag.word == "for"
        and not _ends_section(last)
        and section is not None
        and section.tag == qn("w:sectPr")
    ):
        _part_turns(closing, section, tag, mark, marks)


def _part_turns(closing: etree._Element, section: etree._Element, tag: Tag, mark: Mark, marks: Marks) -> None:
    """The last section of a document ends with it: every turn but the last needs an end of its own."""
    paragraph = etree.Element(qn("w:p"))
    etree.SubElement(paragraph, qn("w:pPr")).append(deepcopy(section))
    for body, node in (("if not loop.last", None), ("", paragraph), ("endif", None)):
        made = Tag("directive", "", body, tag.start, tag.end, tag.text)
        closing.addprevious(
            node if node is not None else instruction(marks.add("directive", tag=made, place=mark.place))
        )


def _pair_for(mark: Mark, tag: Tag, marks: Marks) -> tuple[etree._Element, etree._Element]:
    """The instructions that open and close what the directive governs."""
    opening = Tag("directive", "", tag.body, tag.start, tag.end, tag.text)
    closing = Tag("directive", "", f"end{tag.word}", tag.start, tag.end, tag.text)
    return (
        instruction(marks.add("directive", tag=opening, place=mark.place)),
        instruction(marks.add("directive", tag=closing, place=mark.place)),
    )


def _ends_section(block: etree._Element) -> bool:
    return block.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None


def _opens(block: etree._Element, marks: Marks) -> bool:
    return is_instruction(block) and marks.of(block).tag is not None


def _take_out_paragraph(node: etree._Element) -> None:
    """Remove an instruction, and its paragraph when nothing else is in it."""
    text = node.getparent()
    paragraph = next((a for a in node.iterancestors() if a.tag == qn("w:p")), None)
    remove_keeping_tail(node)
    if text is not None:
        prune(text)
    if paragraph is None or _ends_section(paragraph) or any(child.tag != qn("w:pPr") for child in paragraph):
        return
    home = paragraph.getparent()
    if home is not None and home.tag == qn("w:body"):  # a cell has to keep its paragraph
        remove_keeping_tail(paragraph)


def mark_section_ends(root: etree._Element, marks: Marks) -> bool:
    """Mark where sections end, when some of them may go; whether there is anything to mark."""
    body = root.find(qn("w:body"))
    ends = [] if body is None else [p for p in body.iter(qn("w:p")) if _ends_section(p)]
    governed = body is not None and any(is_instruction(n) and marks.of(n).kind == "directive" for n in body)
    last = body.find(qn("w:sectPr")) if body is not None else None
    if not ends or not governed or last is None:
        return False
    for change in list(root.iter(qn("w:sectPrChange"))):  # how a section was before its pages were set anew
        remove_keeping_tail(change)
    _write_out_references([*(found for p in ends if (found := _section(p)) is not None), last])
    for paragraph in ends:
        paragraph.addnext(etree.ProcessingInstruction(*SECTION_END))
    return True


def _section(paragraph: etree._Element) -> etree._Element | None:
    return paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")


def _write_out_references(sections: list[etree._Element]) -> None:
    """A section without a header has that of the one before it: say so in words, for that one may go."""
    known: dict[tuple[str, str], etree._Element] = {}
    for section in sections:
        own = {_kind(e): e for e in section if e.tag in _REFERENCES}
        known |= own
        missing = [deepcopy(e) for kind, e in known.items() if kind not in own]
        for at, reference in enumerate(missing):
            section.insert(at, reference)


def _kind(reference: etree._Element) -> tuple[str, str]:
    return str(reference.tag), reference.get(qn("w:type")) or "default"
