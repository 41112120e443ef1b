"""What a master or the designed slides of blocks would tell customers that nobody meant to say.

In: the package pieces are made of. Out: warnings, at the slide they stand on, for whoever owns the content: a hidden slide, shape or text, a
note beside the slide, a hidden sheet behind a chart, properties of the master's own. What is taken out of every piece anyway is not told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Final

from collateral.diagnostics import Diagnostic, Place
from collateral.diagnostics.lazy_dataclass import replace
from collateral.ooxml.names import CT_DOCUMENT, CT_DOCUMENT_TEMPLATE, CT_SLIDE, CT_SLIDE_LAYOUT, STORIES, qn
from collateral.ooxml.package import Package, Part
from collateral.ooxml.record.comparison import slide_parts
from collateral.ooxml.template.language.tags import may_hold_tags
from collateral.ooxml.template.parts.droppable import reached
from collateral.ooxml.template.parts.traces import without_traces
from collateral.ooxml.validate import leaks_of
from collateral.ooxml.xml import XmlError, parse_xml, whole_number

if TYPE_CHECKING:
    from lxml import etree

_TOLD: Final = frozenset({"hidden-slide", "embedded-leak", "custom-properties-left"})
_APART: Final = frozenset({CT_SLIDE, CT_SLIDE_LAYOUT})
_WRITTEN: Final = frozenset({CT_SLIDE, CT_DOCUMENT, CT_DOCUMENT_TEMPLATE, *STORIES})
_ON: Final = frozenset({"1", "true", "on"})
_Size = tuple[int, int]
_Aside = tuple[str | None, str, str]
"""The name of a shape, what it says, and where that is."""
_ENDLESS: Final = (1 << 62, 1 << 62)


def master_leaks(package: Package, shown: Collection[int] = ()) -> list[Diagnostic]:
    """The warnings. `shown` are the slides of a deck that go into pieces, by their numbers from 1."""
    left = without_traces(package)
    told = [d for d in leaks_of(left) if d.code in _TOLD]
    room = _slide_size(left) if left.is_deck else _ENDLESS
    told += [
        d
        for part in left.parts.values()
        if part.content_type in _WRITTEN
        for d in _aside_in(part, room, left.file)
    ]
    if not told or not left.is_deck:
        return told
    owners = _owners(left)
    placed = [_on_slide(d, owners, shown) for d in told]
    return [d for d in placed if not isinstance(d.at, Place) or d.at.slide is None or d.at.slide in shown]


def _slide_size(package: Package) -> _Size:
    size = parse_xml(package.main.data()).find(qn("p:sldSz"))
    return (whole_number(size.get("cx")), whole_number(size.get("cy"))) if size is not None else _ENDLESS


def _aside_in(part: Part, room: _Size, file: str) -> Iterator[Diagnostic]:
    """A warning for each text that readers do not see and whoever gets the file can have shown."""
    try:
        root = parse_xml(part.data())
    except XmlError:  # said when the part is compiled
        return
    for name, said, where in chain(_shapes_aside(root, room), _hidden_texts(root)):
        if said.strip() and not may_hold_tags(said):
            message = f'"{said.strip()[:60]}" {where}, but whoever gets the file can read it'
            at = Place(file, part=part.name, shape=name)
            yield Diagnostic.warning("text-aside", message, at, "show it, or delete it")


def _shapes_aside(root: etree._Element, room: _Size) -> Iterator[_Aside]:
    """Shapes that are invisible, or stand beside the slide and are not moved onto it."""
    moved = {target.get("spid") for target in root.iter(qn("p:spTgt"))}
    for shape in root.iter(qn("p:sp")):
        named = shape.find(f"{qn('p:nvSpPr')}/{qn('p:cNvPr')}")
        if named is None:
            continue
        is_hidden = named.get("hidden") in _ON
        if is_hidden or (named.get("id") not in moved and _is_outside(shape, room)):
            said = " ".join(text.text or "" for text in shape.iter(qn("a:t")))
            yield named.get("name"), said, "is hidden" if is_hidden else "stands beside the slide"


def _is_outside(shape: etree._Element, room: _Size) -> bool:
    """Whether a shape stands beside the slide with all of it; those in groups, which have a scale of their own, do not count."""
    parent, place = shape.getparent(), shape.find(f"{qn('p:spPr')}/{qn('a:xfrm')}")
    if place is None or parent is None or parent.tag != qn("p:spTree"):
        return False
    (x, y), (width, height) = (
        (whole_number(pair.get(a)), whole_number(pair.get(b)))
        if (pair := place.find(qn(name))) is not None
        else (0, 0)
        for name, a, b in (("a:off", "x", "y"), ("a:ext", "cx", "cy"))
    )
    return x + width <= 0 or y + height <= 0 or x >= room[0] or y >= room[1]


def _hidden_texts(root: etree._Element) -> Iterator[_Aside]:
    for run in root.iter(qn("w:r")):
        vanish = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
        if vanish is not None and vanish.get(qn("w:val"), "1") in _ON:
            yield None, "".join(text.text or "" for text in run.iterchildren(qn("w:t"))), "is hidden"


def _owners(package: Package) -> dict[str, list[int]]:
    """The slides that each part belongs to, directly or through others."""
    leads = {p.name: p.relationships for p in package.parts.values() if p.content_type not in _APART}
    found: dict[str, list[int]] = {}
    for number, slide in enumerate(slide_parts(package), 1):
        for name in reached([slide.name], {**leads, slide.name: slide.relationships}):
            found.setdefault(name, []).append(number)
    return found


def _on_slide(diagnostic: Diagnostic, owners: dict[str, list[int]], shown: Collection[int]) -> Diagnostic:
    """The warning at the slide its part belongs to, of several one that is shown."""
    at = diagnostic.at
    numbers = owners.get(at.part or "", []) if isinstance(at, Place) else []
    if not isinstance(at, Place) or at.slide is not None or not numbers:
        return diagnostic
    number = next((n for n in numbers if n in shown), numbers[0])
    return replace(diagnostic, at=replace(at, slide=number))
