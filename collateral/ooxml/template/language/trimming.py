"""`{%- … -%}`: a tag that takes away the blanks beside it, and at a paragraph's edge joins it to the next one. `{{- … -}}` does the
former only, as in docxtpl.

In: a tree whose tags are not marked yet. Out: the tree without those blanks, with such paragraphs joined. The blanks go
first: where two paragraphs are joined, the text of the other one keeps its own, as in docxtpl. Compile time only.
"""

from __future__ import annotations

from lxml import etree

from collateral.ooxml.names import qn
from collateral.ooxml.template.language.marks import Marks
from collateral.ooxml.template.language.scan import PARAGRAPHS, join
from collateral.ooxml.template.language.tags import find_tags, may_hold_tags

_BLANKS = " \u00a0\u202f\u2007\u2009"
"""What a `-` takes away; line breaks and tabs are no blanks."""
_PROPERTIES = frozenset({qn("w:pPr"), qn("a:pPr"), qn("a:endParaRPr")})


def join_trimmed_paragraphs(root: etree._Element, marks: Marks) -> None:
    """Take away blanks, and join paragraphs where a tag at their edge asks for it."""
    for paragraph in root.iter(*PARAGRAPHS):
        _take_blanks(paragraph)
    for paragraph in list(root.iter(*PARAGRAPHS)):
        home: etree._Element | None = paragraph
        if _trims(paragraph, before=True):
            home = _join(paragraph.getprevious(), paragraph)
        while home is not None and _trims(home, before=False):
            joined = _join(home, home.getnext())
            if joined is None:
                break
            home = joined


def _take_blanks(paragraph: etree._Element) -> None:
    """Remove the blanks of this paragraph beside its tags with a `-` on that side."""
    atoms, text = join(paragraph)
    if not may_hold_tags(text):
        return
    blanks: set[int] = set()
    for tag in find_tags(text)[0]:
        before, after = text[: tag.start], text[tag.end :]
        if tag.trim_before:
            blanks |= set(range(len(before.rstrip(_BLANKS)), tag.start))
        if tag.trim_after:
            blanks |= set(range(tag.end, len(text) - len(after.lstrip(_BLANKS))))
    for atom in atoms:
        if atom.is_text and any(at in blanks for at in range(atom.start, atom.end)):
            kept = [text[at] for at in range(atom.start, atom.end) if at not in blanks]
            atom.element.text = "".join(kept)


def _trims(paragraph: etree._Element, *, before: bool) -> bool:
    """Whether the tag at the paragraph's start (or end) joins it to its neighbour."""
    if paragraph.getparent() is None:
        return False
    _, text = join(paragraph)
    tags = find_tags(text)[0] if may_hold_tags(text) else []
    if not tags:
        return False
    if before:
        return tags[0].kind == "directive" and tags[0].trim_before and not text[: tags[0].start].strip()
    return tags[-1].kind == "directive" and tags[-1].trim_after and not text[tags[-1].end :].strip()


def _join(first: etree._Element | None, second: etree._Element | None) -> etree._Element | None:
    """The first paragraph with the second's content; None when they are not two neighbouring paragraphs."""
    parent = second.getparent() if second is not None else None
    if first is None or second is None or first.tag != second.tag or parent is None:
        return None
    _move(first, second)
    parent.remove(second)
    return first


def _move(target: etree._Element, source: etree._Element) -> None:
    """Move the content of one paragraph to the end of another."""
    end = target.find(qn("a:endParaRPr"))
    for child in [c for c in source if c.tag not in _PROPERTIES]:
        if end is not None:
            end.addprevious(child)
        else:
            target.append(child)
