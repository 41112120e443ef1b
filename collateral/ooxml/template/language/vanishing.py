"""Paragraphs that may vanish: those whose all comes of values and directives.

In: a part's tree whose marks stand where they belong. Out: the same tree with brackets around such paragraphs, around the content
controls that hold nothing else, and around what must keep a paragraph: cells, text boxes, headers.
Compile time only.
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from collateral.ooxml.names import qn
from collateral.ooxml.template.language.lift import CELLS, SPAN, empty_copy
from collateral.ooxml.template.language.marks import (
    Mark,
    Marks,
    bracket,
    bracket_needing,
    instruction,
    is_instruction,
)
from collateral.ooxml.template.language.ops import BOX_ENDS, COPY_BEGINS, ENDED_TITLE, Hook
from collateral.ooxml.template.language.scan import PARAGRAPHS, RUNS, TEXTS

_CONTAINERS = (
    CELLS
    | {
        qn(n)
        for n in (
            "w:txbxContent",
            "w:hdr",
            "w:ftr",
            "w:footnote",
            "w:endnote",
            "w:comment",
            "a:txBody",
            "p:txBody",
            "c:rich",
            "dgm:t",
        )
    }
    | {"{http://schemas.microsoft.com/office/drawing/2008/diagram}txBody"}
)
_HARMLESS = frozenset(
    {
        qn(n)
        for n in (
            "w:pPr",
            "w:rPr",
            "a:pPr",
            "a:rPr",
            "a:endParaRPr",
            "w:proofErr",
            "w:lastRenderedPageBreak",
            "w:sdtPr",
            "w:sdtEndPr",
        )
    }
)
_CONTROL, _TABLE = qn("w:sdt"), qn("w:tbl")
_WRAPPERS = RUNS | {qn(n) for n in ("w:hyperlink", "w:ins", "w:smartTag", "w:sdt", "w:sdtContent")}


def bracket_paragraphs(root: etree._Element, marks: Marks) -> None:
    """Put brackets around paragraphs that may vanish, and around containers that must keep one."""
    vanishing: set[etree._Element] = set()
    for paragraph in list(root.iter(*PARAGRAPHS)):
        kind = _vanishing(paragraph, marks)
        if kind is not None:
            vanishing.add(paragraph)
            bracket(paragraph, marks.add("para", note=kind), marks.add("para", note=kind, closes=True))
    _refuse_text_beside_values(root, marks)
    for control in reversed(list(root.iter(_CONTROL))):
        if _holds_nothing_else(control, vanishing, marks):
            vanishing.add(control)
            bracket_needing(control, marks, (b"</w:p>",))
    for container in root.iter(*_CONTAINERS):
        _guard(container, vanishing, marks)


def _vanishing(paragraph: etree._Element, marks: Marks) -> str | None:
    """ "whole" for a lone value, "drop" for content that may come out empty, None for a paragraph that stays."""
    if any(
        is_instruction(child) and marks.of(child).kind == "directive" and marks.of(child).note == SPAN
        for child in paragraph
    ):
        return None
    if paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
        return None
    found: list[Mark] = []
    if not _scan(paragraph, marks, found, [0]) or not found:
        return None
    acting = [m for m in found if m.kind != "comment" and not _follows(m)]
    if any(m.kind not in ("value", "directive") for m in acting):
        return None
    lone = len(acting) == 1 and acting[0].kind == "value" and paragraph.find(f".//{_CONTROL}") is None
    return "whole" if lone and acting[0].context and acting[0].context.form == "run" else "drop"


def _holds_nothing_else(control: etree._Element, vanishing: set[etree._Element], marks: Marks) -> bool:
    """Whether a control around paragraphs, with tags in it, may come out without any."""
    content = control.find(qn("w:sdtContent"))
    depth = found = 0
    for child in content if content is not None else ():
        if is_instruction(child):
            depth += _depth_change(marks.of(child))
            found += 1
        elif child.tag not in (*PARAGRAPHS, _CONTROL, _TABLE) or (depth == 0 and child not in vanishing):
            return False
    return found > 0


def _follows(mark: Mark) -> bool:
    """Whether a hook shows nothing where nothing else is shown."""
    return isinstance(mark.note, Hook) and mark.note.name in (BOX_ENDS, ENDED_TITLE, COPY_BEGINS)


def _refuse_text_beside_values(root: etree._Element, marks: Marks) -> None:
    """`{{p value }}` takes the place of its paragraph: whatever else is in it would be lost."""
    for node in root.iter(etree.ProcessingInstruction):
        mark = marks.of(node) if is_instruction(node) else None
        if mark is None or mark.kind != "value" or mark.tag is None or mark.tag.prefix != "p":
            continue
        paragraph = next((a for a in node.iterancestors() if a.tag in PARAGRAPHS), None)
        before = paragraph.getprevious() if paragraph is not None else None
        if before is None or not is_instruction(before) or marks.of(before).note != "whole":
            hint = "give it a paragraph of its own, or leave out the p"
            message = f'"{mark.tag.text}" would delete what is beside it'
            marks.error("text-beside-directive", message, mark.place, hint)


def _scan(element: etree._Element, marks: Marks, found: list[Mark], state: list[int]) -> bool:
    """Whether all the element shows depends on values; conditional text counts as such. `state` holds the depth of
    conditions, `found` collects the marks."""
    if element.tag in TEXTS and state[0] == 0 and (element.text or "").strip():
        return False
    for child in element:
        if is_instruction(child):
            mark = marks.of(child)
            found.append(mark)
            state[0] += _depth_change(mark)
        elif child.tag in _HARMLESS:
            pass
        elif child.tag in TEXTS or (child.tag in _WRAPPERS and not _is_to_be_filled_in(child)):
            if not _scan(child, marks, found, state):
                return False
        elif state[0] == 0:
            return False
        if element.tag in TEXTS and state[0] == 0 and (child.tail or "").strip():
            return False
    return True


def _is_to_be_filled_in(element: etree._Element) -> bool:
    """Whether this is a content control without a tag: it is there for the reader, even when it is empty."""
    return element.tag == _CONTROL and not any(map(is_instruction, element.iter(etree.ProcessingInstruction)))


def _depth_change(mark: Mark) -> int:
    if mark.kind != "directive":
        return 0
    if mark.closes or mark.word in ("endif", "endfor"):
        return -1
    return 1 if mark.word in ("if", "for") else 0


def _depth_change_within(paragraph: etree._Element, marks: Marks) -> int:
    """The depth that directives add which open in a paragraph and close in another."""
    found = [marks.of(node) for node in paragraph if is_instruction(node)]
    return sum(_depth_change(mark) for mark in found if mark.note == SPAN)


def _guard(container: etree._Element, vanishing: set[etree._Element], marks: Marks) -> None:
    """Guard a container whose paragraphs may all vanish, or all that follow a table in it."""
    depth, kept, first, start = 0, False, None, None
    last = b""
    for child in container:
        if is_instruction(child):
            mark = marks.of(child)
            depth += _depth_change(mark)
            first = child if first is None else first
        elif child.tag in PARAGRAPHS or child in vanishing:
            first = child if first is None else first
            kept = kept or (depth == 0 and child not in vanishing)
            if child.tag in PARAGRAPHS:
                start = child if start is None or child in vanishing else start
                depth += _depth_change_within(child, marks)
        elif depth == 0 and child.tag in (_TABLE, _CONTROL):
            first, kept = None, False
        elif child.tag == _TABLE:
            kept, last = False, b"</w:tbl>"
    if kept or (first is None and container.tag not in CELLS):
        return
    if first is None or not any(is_instruction(c) for c in container):
        return
    container.text = None
    for child in container:
        child.tail = None  # white space between paragraphs must not count as one
    end = container[-1]
    if end.tag == qn("a:tcPr"):
        end = end.getprevious()  # type: ignore[assignment]
    fallback = empty_paragraph(start) if start is not None else _bare_paragraph(container)
    first.addprevious(instruction(marks.add("guard", note=(fallback, last))))
    end.addnext(instruction(marks.add("guard", closes=True)))


def empty_paragraph(paragraph: etree._Element) -> bytes:
    """A paragraph of the same look without anything in it, the number or bullet of a list included."""
    copy = empty_copy(paragraph)
    copy.attrib.clear()
    for child in paragraph:
        if child.tag in (qn("w:pPr"), qn("a:pPr"), qn("a:endParaRPr")):
            copy.append(deepcopy(child))
    etree.strip_elements(copy, qn("w:numPr"))
    return _without_declarations(etree.tostring(copy, encoding="UTF-8"), copy)


def _bare_paragraph(container: etree._Element) -> bytes:
    namespace = "w" if str(container.tag).startswith(qn("w:p")[:-1]) else "a"
    uri = qn(f"{namespace}:p")[1:-2]
    prefix = next((p for p, u in container.nsmap.items() if u == uri), namespace)
    return f"<{prefix}:p/>".encode() if prefix else b"<p/>"


def _without_declarations(data: bytes, element: etree._Element) -> bytes:
    for prefix, uri in element.nsmap.items():
        name = f":{prefix}" if prefix else ""
        data = data.replace(f' xmlns{name}="{uri}"'.encode(), b"", 1)
    return data
