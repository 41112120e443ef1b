"""A master and the designed slides of all blocks as one package, and what the composer may know of it.

Slides are moved at compile time, once; rendering only chooses among them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from collateral.diagnostics import Diagnostic, Place
from collateral.diagnostics.lazy_dataclass import dataclass, replace
from collateral.model.frames import DeckMaster, MasterSlide
from collateral.model.library import BlockId
from collateral.ooxml.frames.master import read_master, read_slide_frames
from collateral.ooxml.package import Package, Part, open_package
from collateral.ooxml.slides import import_slides
from collateral.ooxml.template.compiling.compile_deck import slide_sections
from collateral.ooxml.template.compiling.slide_groups import Home
from collateral.ooxml.template.filling.deck import DeckTemplate
from collateral.ooxml.xml import XmlError, parse_xml
from collateral.plan.materials import Designed


@dataclass(frozen=True, slots=True)
class Combined:
    """The package, the numbers (from 1) each block's slides got in it, and where each of all its slides stood."""

    package: Package
    numbers: Mapping[tuple[BlockId, str], tuple[int, ...]]
    homes: Sequence[Home]


def combine(
    package: Package, sources: Mapping[tuple[BlockId, str], tuple[str, bytes]]
) -> tuple[Combined, list[Diagnostic]]:
    """The master with the slides of all designed blocks appended."""
    numbers: dict[tuple[BlockId, str], tuple[int, ...]] = {}
    found: list[Diagnostic] = []
    homes: list[Home] = [("", section) for section in slide_sections(package)]
    for key in sorted(sources):
        file, data = sources[key]
        source, problems = open_package(data, file=file)
        found += problems
        if source is None:
            continue
        package, arrived, problems = import_slides(package, source)
        found += problems
        for slide in arrived:
            found += _zooms_to_sections(
                package.parts[slide.part_name], Place(file, slide=slide.source_number)
            )
        numbers[key] = tuple(slide.number for slide in arrived)
        theirs = slide_sections(source)
        homes += [(key, theirs[slide.source_number - 1]) for slide in arrived]
    return Combined(package, numbers, homes), found


def _zooms_to_sections(slide: Part, at: Place) -> list[Diagnostic]:
    """A warning for a slide with zooms that would not last: the sections of a piece are those of its template."""
    data = slide.data()
    if b"sectionZmObj" not in data and b"summaryZmObj" not in data:
        return []
    message = "the slide zooms to sections of its own file, which a piece does not have: the zooms are left out of it"
    return [Diagnostic.warning("zoom-to-section", message, at, "zoom to slides instead")]


def default_table_style(package: Package) -> str | None:
    """The id of the table style the master's designer made the default."""
    for part in package.related(package.main, "tableStyles"):
        try:
            return parse_xml(part.data()).get("def")
        except XmlError:
            return None
    return None


def describe(
    package: Package, template: DeckTemplate, numbers: Mapping[tuple[BlockId, str], tuple[int, ...]]
) -> tuple[DeckMaster, dict[tuple[BlockId, str], Designed], list[Diagnostic]]:
    """The master as values, the designed slides of blocks among its slides as `BLOCK.LANGUAGE#N`."""
    master, found = read_master(package)
    slides: dict[str, MasterSlide] = {}
    for slide in master.slides.values():
        compiled = template.slides[slide.index]
        slides[slide.id] = replace(
            slide,
            title=slide.title or compiled.title,
            fields=tuple(compiled.fields),
            group=template.group_of(slide.index),
        )
    designed: dict[tuple[BlockId, str], Designed] = {}
    for (block, language), places in numbers.items():
        ids = tuple(f"{block}.{language}#{n}" for n in range(1, len(places) + 1))
        designed[block, language] = Designed(ids)
        for slide_id, number in zip(ids, places, strict=True):
            compiled = template.slides[number - 1]
            shapes, problems = read_slide_frames(package, package.parts[compiled.owned[0].name])
            found += problems
            slides[slide_id] = MasterSlide(
                slide_id,
                number - 1,
                compiled.title,
                compiled.when,
                tuple(compiled.fields),
                shapes,
                template.group_of(number - 1),
            )
    return replace(master, slides=slides, fields=template.common_fields), designed, found
