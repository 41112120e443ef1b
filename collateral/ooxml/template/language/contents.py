"""What an element shows a reader, marks left out: text, pictures, tables, breaks of pages.

In: elements of a part's tree. Out: yes, no, or the text. Must not know what a directive governs.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from collateral.ooxml.names import qn
from collateral.ooxml.template.language.marks import Marks, is_instruction
from collateral.ooxml.template.language.scan import TEXTS

CONTENT = frozenset(
    qn(n)
    for n in (
        "w:drawing", "w:pict", "w:object", "w:sym", "w:fldSimple", "w:fldChar", "w:footnoteReference", "w:endnoteReference",
        "w:tbl", "a:tbl", "a:fld", "m:oMath", "w:commentReference", "w:ptab",
    )
)  # fmt: skip
_DRAWN = frozenset(
    qn(n)
    for n in ("p:pic", "p:cxnSp", "pic:pic", "c:chart", "cx:chart", "dgm:relIds", "p:oleObj", "p:contentPart")
)
"""What a shape shows without any text: a picture, a line, a chart, SmartArt, an embedded file."""
_NAMES = frozenset((qn("p:cNvPr"), qn("wp:docPr")))
_BOXES = (qn("p:cNvSpPr"), qn("wps:cNvSpPr"))
BRANCHES = (qn("mc:Choice"), qn("mc:Fallback"))
"""The two forms of a shape: for programs that know it, and for older ones."""


def breaks_page(element: etree._Element) -> bool:
    """Whether the element is a break of a page or a column: one that is there to be seen, unlike that of a line."""
    return element.tag == qn("w:br") and element.get(qn("w:type")) in ("page", "column")


def holds_only(element: etree._Element, marks: Marks, kinds: Iterable[str]) -> bool:
    """Whether nothing but marks of these kinds is in the element: no text, no pictures, no tables."""
    if visible_text(element).strip():
        return False
    for node in element.iter():
        if is_instruction(node):
            if marks.of(node).kind not in kinds:
                return False
        elif node.tag in _DRAWN or _is_content(node, element) or breaks_page(node):
            return False
    return True


def draws_without_text(shape: etree._Element, directive: etree._Element) -> bool:
    """Whether a shape is there to be seen although it says nothing: its directive stands in its alt text, and it is no text box."""
    home = directive.getparent()
    named = home is not None and home.tag in _NAMES
    return named and not any(box.get("txBox") in ("1", "true") for box in shape.iter(*_BOXES))


def _is_content(node: etree._Element, within: etree._Element) -> bool:
    return node.tag in CONTENT and node is not within and not _is_branch_of(node, within)


def _is_branch_of(node: etree._Element, both: etree._Element) -> bool:
    """Whether an element is one of the two forms of a shape."""
    branch = node.getparent()
    return branch is not None and branch.tag in BRANCHES and branch.getparent() is both


def visible_text(element: etree._Element) -> str:
    """The text a reader sees in the element, marks left out."""
    pieces: list[str] = []
    for text in element.iter(*TEXTS):
        pieces.append(text.text or "")
        pieces += [child.tail or "" for child in text]
    return "".join(pieces)
