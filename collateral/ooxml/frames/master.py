"""Reading a .pptx master into `DeckMaster`: layouts with their placeholders' frames, designed slides, fonts, colours.

In: an opened package. Out: values for the composer, and diagnostics about what could not be read. It decides nothing
and keeps no XML: what it returns can be pickled.
"""

from __future__ import annotations

from collections.abc import Mapping

from collateral.diagnostics import Diagnostic, Place
from collateral.model.frames import DeckMaster, Layout, MasterSlide, Placeholder, ShapeFrame
from collateral.ooxml.frames.boxes import read_frame, shape_box
from collateral.ooxml.frames.heritage import Heritage, LayoutPart, read_heritage, unreadable
from collateral.ooxml.frames.notes import read_identity
from collateral.ooxml.frames.texts import ShapeText, shape_frames, shape_texts
from collateral.ooxml.frames.vocabulary import (
    FURNITURE,
    TITLES,
    placeholder_of,
    shape_name,
    shapes_in,
    title_of,
)
from collateral.ooxml.package import Package, Part
from collateral.ooxml.xml import XmlError, parse_xml


def read_master(package: Package) -> tuple[DeckMaster, list[Diagnostic]]:
    """The master as values. A layout or slide that cannot be read is left out and named in a diagnostic.

    Layouts go by their name; a second layout of the same name is called "NAME (2)". Slides go by their @id.
    """
    heritage, found = read_heritage(package)
    layouts: dict[str, Layout] = {}
    for layout in heritage.layouts.values():
        name = _free_name(layout.name, layouts)
        role = layout.root.get("type", "")
        layouts[name] = Layout(layout.part, name, _placeholders(layout, heritage), role)
    slides, problems = _slides(package, heritage)
    fonts = _fonts(layouts, slides, heritage)
    return DeckMaster(heritage.width, heritage.height, layouts, slides, fonts), found + problems


def read_slide_frames(package: Package, slide: Part) -> tuple[tuple[ShapeFrame, ...], list[Diagnostic]]:
    """A frame for every text of one slide: shapes, grouped shapes, and table cells ("NAME row 2 column 1")."""
    heritage, found = read_heritage(package)
    try:
        root = parse_xml(slide.data())
    except XmlError as problem:
        return (), [*found, unreadable(package, slide, problem)]
    return shape_frames(root, heritage.layout_of(package, slide), heritage), found


def read_slide_texts(package: Package) -> tuple[list[tuple[ShapeText, ...]], list[Diagnostic]]:
    """The texts of every slide in order, as they stand; a slide that cannot be read has none."""
    heritage, found = read_heritage(package)
    slides: list[tuple[ShapeText, ...]] = []
    for part in heritage.slides:
        try:
            root = parse_xml(part.data())
            slides.append(shape_texts(root, heritage.layout_of(package, part), heritage))
        except XmlError as problem:
            slides.append(())
            found.append(unreadable(package, part, problem))
    return slides, found


def _free_name(name: str, taken: Mapping[str, Layout]) -> str:
    number, free = 2, name
    while free in taken:
        number, free = number + 1, f"{name} ({number})"
    return free


def _placeholders(layout: LayoutPart, heritage: Heritage) -> tuple[Placeholder, ...]:
    """The placeholders of a layout in reading order: the title, then down and across.

    A slide refers to a placeholder by its index. Programs other than PowerPoint write layouts with several of one index;
    only the first of those can be meant, and the others are left out.
    """
    found: list[Placeholder] = []
    meant: set[int] = set()
    for shape in shapes_in(layout.root):
        key = placeholder_of(shape.element)
        chain = heritage.chain(shape.element, layout, on_layout=True)
        box = shape_box(chain)
        if key is None or box is None:
            continue
        if key.kind not in TITLES and key.kind not in FURNITURE:
            if key.index in meant:
                continue
            meant.add(key.index)
        frame = read_frame(chain, shape.scaling.apply(box), heritage.levels(chain, layout))
        identity, name = shape_name(shape.element)
        found.append(Placeholder(key.index, key.kind, name, frame, identity))
    return tuple(sorted(found, key=lambda p: (p.kind not in TITLES, p.frame.y, p.frame.x, p.index)))


def _slides(package: Package, heritage: Heritage) -> tuple[dict[str, MasterSlide], list[Diagnostic]]:
    """The slides that carry an @id, by it."""
    slides: dict[str, MasterSlide] = {}
    found: list[Diagnostic] = []
    for index, part in enumerate(heritage.slides):
        try:
            slide = _slide(package, heritage, part, index)
        except XmlError as problem:
            found.append(unreadable(package, part, problem))
            continue
        if slide.id in slides:
            message = f'the id "{slide.id}" names two slides: {slides[slide.id].index + 1} and {index + 1}'
            found.append(
                Diagnostic.error("duplicate-slide-id", message, Place(package.file, slide=index + 1))
            )
        elif slide.id:
            slides[slide.id] = slide
    return slides, found


def _slide(package: Package, heritage: Heritage, part: Part, index: int) -> MasterSlide:
    identity, when = read_identity(package, part)
    root = parse_xml(part.data())
    shapes = shape_frames(root, heritage.layout_of(package, part), heritage)
    return MasterSlide(identity, index, title_of(root), when, (), shapes)


def _fonts(
    layouts: Mapping[str, Layout], slides: Mapping[str, MasterSlide], heritage: Heritage
) -> tuple[str, ...]:
    """Every font in effect: the theme's, then those of layouts and slides in their order."""
    frames = [p.frame for layout in layouts.values() for p in layout.placeholders]
    frames += [shape.frame for slide in slides.values() for shape in slide.shapes]
    theme = (heritage.theme.font("+mj-lt"), heritage.theme.font("+mn-lt"))
    used = (level.font for frame in frames for level in frame.levels)
    return tuple(dict.fromkeys(name for name in (*theme, *used) if name))
