"""Animations of shapes that a directive drops or repeats.

In: a slide's tree and the ids of those shapes. Out: the same tree with a hook in place of its timing, which `timing` writes
anew from the shapes that are there. A slide whose animated shapes always stand keeps its timing as it is. Compile time only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from lxml import etree

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.names import qn
from collateral.ooxml.template.language.lift import empty_copy
from collateral.ooxml.template.language.marks import Marks, instruction
from collateral.ooxml.template.language.ops import TEXT_ENDS, Hook
from collateral.ooxml.template.language.scan import bare_xml
from collateral.ooxml.template.shapes.timing import BUILD, EFFECT, LIST, NODE, STEP, Timing

_LISTS = (qn("p:tnLst"), qn("p:childTnLst"), qn("p:bldLst"))
_NODES = (qn("p:timing"), qn("p:par"), qn("p:seq"), qn("p:excl"), qn("p:cTn"))
_TARGET, _PARAGRAPH = qn("p:spTgt"), f"{qn('p:txEl')}/{qn('p:pRg')}"
_CHART = f"{qn('p:graphicEl')}/{qn('a:chart')}"
_STEPS = {"series": "seriesIdx", "category": "categoryIdx"}
_MEDIA = (qn("p:video"), qn("p:audio"), qn("p:cmd"), qn("p:set"), qn("p:anim"))
_CONDITIONS = (qn("p:stCondLst"), qn("p:nextCondLst"), qn("p:prevCondLst"))


def drawn_paragraphs(root: etree._Element) -> dict[str, int]:
    """How many paragraphs the texts of a slide were drawn with whose paragraphs move one by one, by shape id."""
    moved = {target.get("spid") or "" for target in root.iter(_TARGET) if target.find(_PARAGRAPH) is not None}
    return {
        number: len(body.findall(qn("a:p")))
        for number, body in (_texts(root) if moved else ())
        if number in moved
    }


def hook_timing(
    root: etree._Element,
    shapes: Collection[str],
    drawn: Mapping[str, int],
    marks: Marks,
    charts: Collection[str] = (),
) -> None:
    """Put a hook in place of the slide's timing when it animates one of these shapes, or paragraphs of a text with directives;
    `drawn` is from `drawn_paragraphs`. `charts` are the relationships of charts that get other data."""
    texts = {number: body for number, body in (_texts(root) if drawn else ()) if number in drawn}
    counted = {
        number: drawn[number]
        for number, body in texts.items()
        if number not in shapes and next(body.iter(etree.ProcessingInstruction), None) is not None
    }
    for number in counted:
        texts[number].addprevious(instruction(marks.add("hook", note=Hook("text_begins"))))
        texts[number].addnext(instruction(marks.add("hook", note=Hook(TEXT_ENDS, number))))
    built = {n: rel_id for n, rel_id in _built_charts(root) if rel_id in charts and n not in shapes}
    for timing in list(root.iter(qn("p:timing"))):
        if _targets(timing, [*shapes, *counted, *built]):
            hook = Hook(
                "timing", _tree(timing, shapes, Steps(counted, built, _drawn_in_charts(timing, built)))
            )
            timing.addprevious(instruction(marks.add("hook", note=hook)))
            timing.getparent().remove(timing)  # type: ignore[union-attr]


def _texts(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """The texts of a slide by the id of their shape."""
    for body in root.iter(qn("p:txBody")):
        named = next(body.getparent().iter(qn("p:cNvPr")), None)  # type: ignore[union-attr]
        if named is not None:
            yield named.get("id") or "", body


def _built_charts(root: etree._Element) -> Iterator[tuple[str, str]]:
    """The charts of a slide as the id of their shape and their relationship."""
    for frame in root.iter(qn("p:graphicFrame")):
        chart, named = next(frame.iter(qn("c:chart")), None), next(frame.iter(qn("p:cNvPr")), None)
        if chart is not None and named is not None:
            yield named.get("id") or "", chart.get(qn("r:id")) or ""


def _drawn_in_charts(timing: etree._Element, built: Mapping[str, str]) -> dict[str, int]:
    """How many series, or categories, of each chart an animation was drawn to show one by one."""
    drawn: dict[str, int] = {}
    for target in timing.iter(_TARGET) if built else ():
        key, number = _series_of(target, built)
        if key:
            drawn[key] = max(drawn.get(key, 0), int(number) + 1)
    return drawn


def _series_of(target: etree._Element, built: Mapping[str, str]) -> tuple[str, str]:
    """The chart with what is counted in it, and which series or category is meant; nothing when it is not one of them."""
    found, rel_id = target.find(_CHART), built.get(target.get("spid") or "", "")
    step = found.get("bldStep", "") if found is not None and rel_id else ""
    number = found.get(_STEPS[step], "") if found is not None and step in _STEPS else ""
    return (f"{step} {rel_id}", number) if number.isdecimal() else ("", "")


@dataclass(frozen=True, slots=True)
class Steps:
    """What may come in other numbers than drawn: `counted` are the paragraphs of texts by the id of the shape, `built` the
    relationships of charts, `drawn` how many of their series or categories move one by one."""

    counted: Mapping[str, int]
    built: Mapping[str, str]
    drawn: Mapping[str, int]

    @property
    def shapes(self) -> tuple[str, ...]:
        """The shapes they are in."""
        return (*self.counted, *self.built)

    def of(self, target: etree._Element) -> tuple[str, str, int]:
        """What is counted, which one is meant and how many were drawn; nothing when it is not one of them."""
        key, number = _series_of(target, self.built)
        if key:
            return key, number, self.drawn[key]
        shape = target.get("spid") or ""
        paragraph = _number_of(target) if shape in self.counted else ""
        return (shape, paragraph, self.counted[shape]) if paragraph else ("", "", 0)


def _moved_step(element: etree._Element, steps: Steps) -> tuple[str, ...]:
    """What a step of an animation is about that is one effect on one paragraph, series or category; nothing for others."""
    effects = [node for node in element.iter(qn("p:cTn")) if node.get("presetClass") is not None]
    moved = {steps.of(target) for target in element.iter(_TARGET)}
    if element.tag != qn("p:par") or len(effects) != 1 or len(moved) != 1:
        return ()
    key, number, drawn = moved.pop()
    if not key or next(element.iter(qn("p:seq")), None) is not None:
        return ()
    return key, number, str(drawn) if int(number) == drawn - 1 else ""


def _number_of(target: etree._Element) -> str:
    """The number of the only paragraph of a text that is meant, "" when it is not one."""
    found = target.find(_PARAGRAPH)
    first = found.get("st", "") if found is not None else ""
    return first if found is not None and first.isdecimal() and found.get("end") == first else ""


def _tree(element: etree._Element, shapes: Collection[str], steps: Steps) -> Timing:
    """What must be decided when the shapes are known, as nested values; everything else as bytes."""
    step = _moved_step(element, steps) if steps.shapes else ()
    if step:
        return STEP, bare_xml(element), (), b"", step
    targets = _targets(element, shapes)
    if not targets and not _targets(element, steps.shapes):
        return bare_xml(element)
    if targets and _is_effect(element, shapes):
        return EFFECT, bare_xml(element), (), b"", targets
    if targets and element.get("spid") in shapes:
        return BUILD, bare_xml(element), (), b"", targets
    kind = LIST if element.tag in _LISTS else NODE if element.tag in _NODES else ""
    if not kind:
        return (EFFECT, bare_xml(element), (), b"", targets) if targets else bare_xml(element)
    before, after = _shell(element)
    children = tuple(_tree(child, shapes, steps) for child in element.iterchildren(etree.Element))
    return kind, before, children, after, ()


def _is_effect(element: etree._Element, shapes: Collection[str]) -> bool:
    """Whether the element is one effect on a shape, or a sequence that a click on a shape starts."""
    if element.tag in _MEDIA:
        return True
    node = element.find(qn("p:cTn"))
    if element.tag == qn("p:par"):
        return node is not None and node.get("presetClass") is not None
    if element.tag != qn("p:seq"):
        return False
    conditions = [
        c for parent in (element, node) if parent is not None for c in parent if c.tag in _CONDITIONS
    ]
    return any(_targets(condition, shapes) for condition in conditions)


def _targets(element: etree._Element, shapes: Collection[str]) -> tuple[str, ...]:
    found = [e.get("spid") or "" for e in element.iter(etree.Element) if e.get("spid") is not None]
    return tuple(number for number in dict.fromkeys(found) if number in shapes)


def _shell(element: etree._Element) -> tuple[bytes, bytes]:
    """The element's start and end tag."""
    copy = empty_copy(element)
    copy.append(etree.ProcessingInstruction("c8", "cut"))
    text = etree.tostring(copy, encoding="UTF-8")
    parent = element.getparent()
    for prefix, uri in (parent.nsmap if parent is not None else {}).items():
        name = f":{prefix}" if prefix else ""
        text = text.replace(f' xmlns{name}="{uri}"'.encode(), b"", 1)
    before, _, after = text.partition(b"<?c8 cut?>")
    return before, after
