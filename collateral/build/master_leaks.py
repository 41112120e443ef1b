"""What a master or the designed slides of blocks would tell customers that nobody meant to say.

In: the package pieces are made of. Out: warnings, at the slide they stand on, for whoever owns the content: a hidden slide, shape or text, a
hidden sheet behind a chart, properties of the master's own. What is taken out of every piece anyway is not told.
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
from collateral.ooxml.xml import XmlError, parse_xml

if TYPE_CHECKING:
    from lxml import etree

_TOLD: Final = frozenset({"hidden-slide", "embedded-leak", "custom-properties-left"})
_APART: Final = frozenset({CT_SLIDE, CT_SLIDE_LAYOUT})
_WRITTEN: Final = frozenset({CT_SLIDE, CT_DOCUMENT, CT_DOCUMENT_TEMPLATE, *STORIES})
_ON: Final = frozenset({"1", "true", "on"})


def master_leaks(package: Package, shown: Collection[int] = ()) -> list[Diagnostic]:
    """The warnings. `shown` are the slides of a deck that go into pieces, by their numbers from 1."""
    left = without_traces(package)
    told = [d for d in leaks_of(left) if d.code in _TOLD]
    told += [
        d
        for part in left.parts.values()
        if part.content_type in _WRITTEN and (d := _hidden_in(part, left.file))
    ]
    if not told or not left.is_deck:
        return told
    owners = _owners(left)
    placed = [_on_slide(d, owners, shown) for d in told]
    return [d for d in placed if not isinstance(d.at, Place) or d.at.slide is None or d.at.slide in shown]


def _hidden_in(part: Part, file: str) -> Diagnostic | None:
    """A warning when the part hides something from its readers that they can have shown again."""
    try:
        root = parse_xml(part.data())
    except XmlError:  # said when the part is compiled
        return None
    for name, value in chain(_hidden_shapes(root), _hidden_texts(root)):
        message = f'"{value.strip()[:60]}" is hidden, but whoever gets the file can have it shown'
        return Diagnostic.warning(
            "hidden-text", message, Place(file, part=part.name, shape=name), "show it, or delete it"
        )
    return None


def _hidden_shapes(root: etree._Element) -> Iterator[tuple[str | None, str]]:
    """The names of invisible shapes, and what they say."""
    for properties in root.iter(qn("p:nvSpPr")):
        named, shape = properties.find(qn("p:cNvPr")), properties.getparent()
        if named is None or shape is None or named.get("hidden") not in _ON:
            continue
        said = " ".join(text.text or "" for text in shape.iter(qn("a:t")))
        if said.strip() and not may_hold_tags(said):
            yield named.get("name"), said


def _hidden_texts(root: etree._Element) -> Iterator[tuple[str | None, str]]:
    for run in root.iter(qn("w:r")):
        vanish = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
        said = "".join(text.text or "" for text in run.iterchildren(qn("w:t")))
        if (
            vanish is not None
            and vanish.get(qn("w:val"), "1") in _ON
            and said.strip()
            and not may_hold_tags(said)
        ):
            yield None, said


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
