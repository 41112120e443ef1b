"""The numbering part of a Word template as a plan: where lists are added, and how each of its own starts over.

In: the tree of the part. Out: a `NumberingPlan`. Compile time only.
"""

from __future__ import annotations

from lxml import etree

from collateral.ooxml.names import qn
from collateral.ooxml.template.language.scan import bare_xml
from collateral.ooxml.template.parts.numbering import START_OVER, NumberingPlan
from collateral.ooxml.xml import serialise, whole_number


def plan_numbering(root: etree._Element) -> NumberingPlan:
    """The plan for an existing numbering part."""
    abstracts, restarts, looks, numbers = {}, {}, {}, [0]
    for num in root.iter(qn("w:num")):
        target = num.find(qn("w:abstractNumId"))
        name = num.get(qn("w:numId")) or ""
        abstracts[name] = target.get(qn("w:val")) or "" if target is not None else ""
        restarts[name], looks[name] = _restart(num, _levels(root, abstracts[name]))
        numbers.append(whole_number(num.get(qn("w:numId"))))
    known = [0, *(whole_number(a.get(qn("w:abstractNumId"))) for a in root.iter(qn("w:abstractNum")))]
    first = root.find(qn("w:num"))
    last = next((e for e in reversed(root.findall("*")) if e.tag in (qn("w:num"), qn("w:abstractNum"))), None)
    marker = etree.ProcessingInstruction("c8", "cut")
    end = etree.ProcessingInstruction("c8", "cut")
    if first is not None:
        first.addprevious(marker)
    elif last is not None:
        last.addnext(marker)
    else:
        root.insert(0, marker)
    (last if last is not None and first is not None else marker).addnext(end)
    head, middle, tail = serialise(root).split(b"<?c8 cut?>")
    return NumberingPlan(head, middle, tail, abstracts, restarts, looks, max(numbers) + 1, max(known) + 1)


def _levels(root: etree._Element, abstract: str) -> dict[int, int]:
    """Where the levels of an abstract list start, by level; those of a list style where it only names one."""
    lists = root.findall(qn("w:abstractNum"))
    found = next((each for each in lists if each.get(qn("w:abstractNumId")) == abstract), None)
    link = found.find(qn("w:numStyleLink")) if found is not None else None
    if link is not None:
        style = link.get(qn("w:val"))
        found = next(
            (
                e
                for e in lists
                if (own := e.find(qn("w:styleLink"))) is not None and own.get(qn("w:val")) == style
            ),
            found,
        )
    levels = found.findall(qn("w:lvl")) if found is not None else []
    return {whole_number(level.get(qn("w:ilvl"))): _start(level) for level in levels}


def _start(level: etree._Element) -> int:
    start = level.find(qn("w:start"))
    return whole_number(start.get(qn("w:val"))) if start is not None else 0


def _restart(num: etree._Element, levels: dict[int, int]) -> tuple[dict[int, bytes], dict[int, bytes]]:
    """What a further instance of a list overrides, by level: what the instance does, and that each of its levels starts over. And
    the looks the instance gives to levels."""
    starts, looks = dict(levels), {}
    for over in num.findall(qn("w:lvlOverride")):
        at = whole_number(over.get(qn("w:ilvl")))
        start, look = over.find(qn("w:startOverride")), over.find(qn("w:lvl"))
        if look is not None:
            starts[at], looks[at] = _start(look), bare_xml(look)
        if start is not None:
            starts[at] = whole_number(start.get(qn("w:val")))
    return {at: START_OVER % (at, starts[at], looks.get(at, b"")) for at in sorted(starts)}, looks
