"""Slides made on a master's layouts, and their speaker notes.

Goes in: a layout, a title and what each placeholder gets. Comes out: the slide's XML and the parts it points to; the
relationships to layout and notes are made by the assembly. Placeholders that get nothing are not on the slide, so no
prompt text is left. Decides nothing: sizes and scales come in as values.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from collateral.diagnostics import Diagnostic, Place, Span
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.model.content import Chart, Inlines, Nodes, Picture, Table, plain_text
from collateral.model.frames import Layout, Placeholder
from collateral.ooxml.box import Box, Crop, contain, cover
from collateral.ooxml.drawing.charts import ChartLook, chart_graphic, chart_part
from collateral.ooxml.drawing.descriptions import chart_description, table_description
from collateral.ooxml.drawing.language import office_language
from collateral.ooxml.drawing.relations import Relations
from collateral.ooxml.drawing.shapes import (
    DECLARATION,
    GROUP,
    NAMESPACES,
    frame_box,
    graphic_frame,
    picture_fill,
    picture_shape,
    text_shape,
    unseen_title,
)
from collateral.ooxml.drawing.tables import (
    DEFAULT_TABLE_STYLE,
    TABLE_FONT_SIZE,
    TableLook,
    table_graphic,
)
from collateral.ooxml.drawing.text import Fit, TextWriter, body_properties, line, paragraphs
from collateral.ooxml.values import Image, RelatedPart
from collateral.ooxml.xml import escape_attribute, escape_text

_TITLES = ("title", "ctrTitle")
_NOT_CONTENT = (*_TITLES, "dt", "ftr", "sldNum", "hdr")
# The field ids are fixed: they only have to look like GUIDs, and the same slide must give the same bytes.
_SLIDE_NUMBER = '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">'
_TRANSITIONS = {
    "cut": "<p:cut/>",
    "fade": "<p:fade/>",
    "push": '<p:push dir="u"/>',
    "wipe": '<p:wipe dir="l"/>',
    "split": "<p:split/>",
    "cover": '<p:cover dir="l"/>',
}


class Filled(Protocol):
    """What one placeholder gets (`plan.Filling` is one)."""

    @property
    def placeholder(self) -> int: ...
    @property
    def content(self) -> Nodes | Table | Picture | Chart: ...
    @property
    def fit(self) -> Fit: ...


@dataclass(frozen=True, slots=True)
class FullSize:
    """Text at the size its designer gave it."""

    scale: float = 1.0
    spacing: float = 0.0


_FULL_SIZE = FullSize()


@dataclass(frozen=True, slots=True)
class SlideSetting:
    """What all slides of a deck share.

    `images` are the pictures by the `source` content names them by; `slides` the keys links may jump to (None:
    any); `footer` is written where a layout has a footer; `numbers` puts slide numbers where a layout has a place.
    """

    language: str = "en"
    images: Mapping[str, Image] = field(default_factory=dict)
    slides: Collection[str] | None = None
    table_style: str = DEFAULT_TABLE_STYLE
    footer: str = ""
    numbers: bool = True


@dataclass(frozen=True, slots=True)
class SlideXml:
    """A slide (or its notes) as XML, with what it points to by final relationship ids (`rel1`, `rel2`, …)."""

    xml: bytes
    related: tuple[RelatedPart, ...] = ()


def new_slide(
    layout: Layout,
    *,
    title: Inlines,
    fillings: Sequence[Filled],
    setting: SlideSetting,
    title_fit: Fit = _FULL_SIZE,
    name: str = "",
    transition: str | None = None,
    at: Place | Span | None = None,
) -> tuple[SlideXml, list[Diagnostic]]:
    """A slide on `layout`: title first, then the layout's own reading order. `name` is the slide's name if any."""
    writer = TextWriter(Relations("/ppt/media"), setting.language, setting.slides, at)
    contents = {filling.placeholder: filling for filling in fillings}
    shapes = _unseen_title(writer, layout, title)
    shape_id = 3 if shapes else 2
    for placeholder in _reading_order(layout):
        filling = None if placeholder.kind in _NOT_CONTENT else contents.pop(placeholder.index, None)
        shape = _placeholder_shape(writer, shape_id, placeholder, filling, setting, title, title_fit)
        if shape:
            shapes += shape
            shape_id += 1
    for index in sorted(contents):
        message = f'layout "{layout.name}" has no placeholder {index}'
        writer.diagnostics.append(Diagnostic.error("unknown-placeholder", message, at))
    named = f' name="{escape_attribute(name)}"' if name else ""
    out = [
        f"{DECLARATION}<p:sld {NAMESPACES}><p:cSld{named}><p:spTree>{GROUP}",
        *shapes,
        "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>",
        _transition(transition),
        "</p:sld>",
    ]
    return SlideXml("".join(out).encode(), writer.relations.parts()), writer.diagnostics


def notes_slide(
    nodes: Nodes, *, language: str, at: Place | Span | None = None
) -> tuple[SlideXml, list[Diagnostic]]:
    """Speaker notes: the picture of the slide and the text. Relationships to slide and master are the assembly's."""
    writer = TextWriter(Relations("/ppt/media"), language, at=at)
    out = [
        f"{DECLARATION}<p:notes {NAMESPACES}><p:cSld><p:spTree>{GROUP}"
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide Image Placeholder 1"/><p:cNvSpPr><a:spLocks noGrp="1" '
        'noRot="1" noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>'
        '<p:sp><p:nvSpPr><p:cNvPr id="3" name="Notes Placeholder 2"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        '<p:nvPr><p:ph type="body" idx="1"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>',
        *paragraphs(writer, nodes, ()),
        "</p:txBody></p:sp></p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>",
    ]
    return SlideXml("".join(out).encode(), writer.relations.parts()), writer.diagnostics


def _unseen_title(writer: TextWriter, layout: Layout, title: Inlines) -> list[str]:
    """The title of a slide whose layout shows none; nothing where the layout has a place for it, or there is no title."""
    if not title or any(p.kind in _TITLES for p in layout.placeholders):
        return []
    message = f'layout "{layout.name}" has no place for the title "{plain_text(title)}"'
    hint = (
        "lists of slides and people who listen to them have it, but nobody sees it; use a layout with a title"
    )
    writer.diagnostics.append(Diagnostic.warning("layout-without-title", message, writer.at, hint))
    return unseen_title(2, line(writer, title, ()))


def _reading_order(layout: Layout) -> list[Placeholder]:
    titles = [p for p in layout.placeholders if p.kind in _TITLES]
    return titles[:1] + [p for p in layout.placeholders if p.kind not in _TITLES]


def _placeholder_shape(
    writer: TextWriter,
    shape_id: int,
    placeholder: Placeholder,
    filling: Filled | None,
    setting: SlideSetting,
    title: Inlines,
    title_fit: Fit,
) -> list[str]:
    """The shape of one placeholder, or nothing when it gets nothing."""
    if placeholder.kind in _TITLES:
        if not title:
            return []
        text = line(writer, title, placeholder.frame.levels)
        return text_shape(shape_id, placeholder, _body(placeholder, title_fit), text)
    if filling is None:
        return _running_shape(writer, shape_id, placeholder, setting)
    content = filling.content
    if isinstance(content, Table):
        return _table_shape(writer, shape_id, placeholder, content, filling.fit, setting)
    if isinstance(content, Chart):
        return _chart_shape(writer, shape_id, placeholder, content)
    if isinstance(content, Picture):
        return _picture_shape(writer, shape_id, placeholder, content, setting)
    text = paragraphs(writer, content, placeholder.frame.levels)
    return text_shape(shape_id, placeholder, _body(placeholder, filling.fit), text) if content else []


def _body(placeholder: Placeholder, fit: Fit) -> list[str]:
    return [body_properties(fit, placeholder.frame.autofit)]


def _running_shape(
    writer: TextWriter, shape_id: int, placeholder: Placeholder, setting: SlideSetting
) -> list[str]:
    """Slide number and footer: a layout shows them only where the slide has them too."""
    if placeholder.kind == "sldNum" and setting.numbers:
        text = f'{_SLIDE_NUMBER}<a:rPr lang="{writer.lang}"/><a:t>‹#›</a:t></a:fld>'
    elif placeholder.kind == "ftr" and setting.footer:
        text = f'<a:r><a:rPr lang="{writer.lang}"/><a:t>{escape_text(setting.footer)}</a:t></a:r>'
    else:
        return []
    return text_shape(shape_id, placeholder, ["<a:bodyPr/>"], [f"<a:p>{text}</a:p>"])


def _table_shape(
    writer: TextWriter,
    shape_id: int,
    placeholder: Placeholder,
    table: Table,
    fit: Fit,
    setting: SlideSetting,
) -> list[str]:
    frame = placeholder.frame
    look = TableLook(frame.width, TABLE_FONT_SIZE * fit.scale, setting.table_style, frame.height)
    graphic, height = table_graphic(writer, table, look)
    box = Box(frame.x, frame.y, frame.width, height)
    return graphic_frame(shape_id, placeholder, "table", box, table_description(table), graphic)


def _chart_shape(writer: TextWriter, shape_id: int, placeholder: Placeholder, chart: Chart) -> list[str]:
    part, problems = chart_part(chart, ChartLook(language=office_language(writer.language)))
    writer.diagnostics += problems
    if part is None:
        return []
    graphic = chart_graphic(writer.relations.new_part(part))
    box = frame_box(placeholder.frame)
    return graphic_frame(shape_id, placeholder, "chart", box, chart_description(chart), graphic)


def _picture_shape(
    writer: TextWriter,
    shape_id: int,
    placeholder: Placeholder,
    picture: Picture,
    setting: SlideSetting,
) -> list[str]:
    image = setting.images.get(picture.source)
    if image is None:
        message = f'the picture "{picture.source}" could not be read'
        writer.diagnostics.append(Diagnostic.error("picture-missing", message, picture.at or writer.at))
        return []
    box = frame_box(placeholder.frame)
    crop, place = _placing(image, box, fills=placeholder.kind == "pic" and is_photo(image))
    name = writer.relations.image(image)
    vector = writer.relations.vector(image) if image.svg is not None else None
    return picture_shape(shape_id, placeholder, picture_fill(name, vector, crop), place, picture.alt)


def _placing(image: Image, box: Box, *, fills: bool) -> tuple[Crop, Box | None]:
    """Photographs fill the frame a designer drew for pictures; logos and drawings are shown whole."""
    if fills:
        return cover(image.width_px, image.height_px, box), None
    return Crop(), contain(image.width_px, image.height_px, box)


def is_photo(image: Image) -> bool:
    """Whether a picture may be cropped: photographs come as JPEG, drawings and logos do not."""
    return image.svg is None and image.content_type == "image/jpeg"


def _transition(name: str | None) -> str:
    effect = _TRANSITIONS.get(name or "")
    return f"<p:transition>{effect}</p:transition>" if effect else ""
