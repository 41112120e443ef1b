"""`{%- … -%}`: a tag that joins its paragraph to the one before or after.

In: a tree whose tags are not marked yet. Out: the tree with such paragraphs joined. Compile time only.
"""

from __future__ import annotations

from lxml import etree

from collateral.ooxml.names import qn
from collateral.ooxml.template.marks import Marks
from collateral.ooxml.template.scan import PARAGRAPHS, join
from collateral.ooxml.template.tags import find_tags

_PROPERTIES = frozenset({qn("w:pPr"), qn("a:pPr"), qn("a:endParaRPr")})


def join_trimmed_paragraphs(root: etree._Element, marks: Marks) -> None:
    """Join paragraphs where a tag at their edge asks for it."""
    for paragraph in list(root.iter(*PARAGRAPHS)):
        home: etree._Element | None = paragraph
        if _trims(paragraph, before=True):
            home = _join(paragraph.getprevious(), paragraph)
        while home is not None and _trims(home, before=False):
            joined = _join(home, home.getnext())
            if joined is None:
                break
            home = joined


def _trims(paragraph: etree._Element, *, before: bool) -> bool:
    """Whether the tag at the paragraph's start (or end) joins it to its neighbour."""
    if paragraph.getparent() is None:
        return False
    _, text = join(paragraph)
    tags = find_tags(text)[0] if "{" in text and "-" in text else []
    if not tags:
        return False
    if before:
        return tags[0].trim_before and not text[: tags[0].start].strip()
    return tags[-1].trim_after and not text[tags[-1].end :].strip()


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
