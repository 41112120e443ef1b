"""The texts of a slide with the frames they are set in: shapes, grouped shapes and table cells.

In: a slide's XML and what it inherits. Out: `ShapeText`s whose frames hold one effective level style for each
paragraph, and `ShapeFrame`s whose frames hold the nine levels in the size and font of the first text of each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from collateral.diagnostics.lazy_dataclass import dataclass, replace
from collateral.model.frames import Frame, LevelStyle, ShapeFrame
from collateral.ooxml.box import Box
from collateral.ooxml.frames.boxes import Scaling, read_frame, shape_box
from collateral.ooxml.frames.heritage import Heritage, LayoutPart
from collateral.ooxml.frames.levels import LEVELS, Style, level_style, read_paragraph, read_run
from collateral.ooxml.frames.theme import Theme, whole
from collateral.ooxml.frames.vocabulary import Shape, shape_name, shapes_in, text_of
from collateral.ooxml.names import qn

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

Styles = tuple[Style, ...]


@dataclass(frozen=True, slots=True)
class TextRun:
    """A run with its whole effective look."""

    text: str
    style: LevelStyle


@dataclass(frozen=True, slots=True)
class ShapeText:
    """The text of a shape or cell. `frame.levels` has a style for each paragraph, in order.

    `cell` is (row, column) from 1 in a table, None elsewhere. `raw_breaks` tells that its text holds newlines where
    the format wants `a:br`: programs differ in what they make of them.
    """

    shape_id: int
    name: str
    frame: Frame
    paragraphs: tuple[tuple[TextRun, ...], ...]
    cell: tuple[int, int] | None = None
    raw_breaks: bool = False


@dataclass(frozen=True, slots=True)
class _Body:
    """A text body, its frame without levels, and the styles it starts from."""

    element: Element
    frame: Frame
    styles: Styles
    cell: tuple[int, int] | None = None


def shape_frames(root: Element, layout: LayoutPart | None, heritage: Heritage) -> tuple[ShapeFrame, ...]:
    """A frame for every text of a slide: what runs that say nothing of their look would be set in."""
    theme = _theme(layout, heritage)
    frames = []
    for shape in shapes_in(root):
        identity, name = shape_name(shape.element)
        for body in _bodies(shape, layout, heritage):
            levels = _first_run_levels(body, theme)
            frame = replace(body.frame, levels=levels, reach=_reach(body, levels, heritage.width))
            frames.append(ShapeFrame(identity, _cell_name(name, body.cell), frame))
    return tuple(frames)


def shape_texts(root: Element, layout: LayoutPart | None, heritage: Heritage) -> tuple[ShapeText, ...]:
    """Every text of a slide as it is, with the styles in effect paragraph by paragraph and run by run."""
    theme = _theme(layout, heritage)
    texts = []
    for shape in shapes_in(root):
        identity, name = shape_name(shape.element)
        for body in _bodies(shape, layout, heritage):
            whole_ones = [
                _paragraph(element, body.styles, theme) for element in body.element.iterfind(qn("a:p"))
            ]
            parts = [part for paragraph in whole_ones for part in _parted(*paragraph)]
            frame = replace(body.frame, levels=tuple(style for style, _ in parts))
            paragraphs = tuple(runs for _, runs in parts)
            raw = len(parts) > len(whole_ones)
            texts.append(ShapeText(identity, name, frame, paragraphs, body.cell, raw))
    return tuple(texts)


def _theme(layout: LayoutPart | None, heritage: Heritage) -> Theme:
    return layout.master.theme if layout is not None else heritage.theme


def _cell_name(name: str, cell: tuple[int, int] | None) -> str:
    return name if cell is None else f"{name} row {cell[0]} column {cell[1]}"


def _bodies(shape: Shape, layout: LayoutPart | None, heritage: Heritage) -> Iterator[_Body]:
    """The bodies with text of a shape: its own, or its table's cells'."""
    body = shape.element.find(qn("p:txBody"))
    if body is not None:
        chain = heritage.chain(shape.element, layout)
        box = shape_box(chain)
        if box is not None and text_of(body).strip():
            frame = read_frame(chain, shape.scaling.apply(box), ())
            yield _Body(body, frame, heritage.styles(chain, layout))
        return
    table = shape.element.find(f"{qn('a:graphic')}/{qn('a:graphicData')}/{qn('a:tbl')}")
    box = shape_box([shape.element]) if table is not None else None
    if table is not None and box is not None:
        styles = heritage.styles([shape.element], layout)
        yield from _cells(table, box, shape.scaling, styles)


def _cells(table: Element, box: Box, scaling: Scaling, styles: Styles) -> Iterator[_Body]:
    widths = [whole(column.get("w"), 0) for column in table.iterfind(f"{qn('a:tblGrid')}/{qn('a:gridCol')}")]
    rows = list(table.iterfind(qn("a:tr")))
    heights = [whole(row.get("h"), 0) for row in rows]
    properties = table.find(qn("a:tblPr"))
    header = properties is not None and properties.get("firstRow") in ("1", "true")
    bold = tuple(Style(bold=True).over(style) for style in styles)
    for r, row in enumerate(rows):
        for c, cell in enumerate(row.iterfind(qn("a:tc"))):
            body = cell.find(qn("a:txBody"))
            if body is None or not text_of(body).strip():
                continue
            across = sum(widths[c : c + whole(cell.get("gridSpan"), 1)])
            down = sum(heights[r : r + whole(cell.get("rowSpan"), 1)])
            place = scaling.apply(Box(box.x + sum(widths[:c]), box.y + sum(heights[:r]), across, down))
            yield _Body(body, _cell_frame(cell, place), bold if header and r == 0 else styles, (r + 1, c + 1))


def _cell_frame(cell: Element, box: Box) -> Frame:
    own = cell.find(qn("a:tcPr"))
    values = {str(k): str(v) for k, v in own.attrib.items()} if own is not None else {}
    return Frame(
        width=box.width,
        height=box.height,
        x=box.x,
        y=box.y,
        inset_left=whole(values.get("marL"), 91440),
        inset_top=whole(values.get("marT"), 45720),
        inset_right=whole(values.get("marR"), 91440),
        inset_bottom=whole(values.get("marB"), 45720),
        vertical=values.get("vert", "horz"),
        anchor=values.get("anchor", "t"),
        autofit="grow",
    )


def _paragraph(element: Element, styles: Styles, theme: Theme) -> tuple[LevelStyle, tuple[TextRun, ...]]:
    """The paragraph's effective style and its runs'; an empty paragraph is as high as its end mark."""
    style = _paragraph_style(element, styles, theme)
    runs = []
    for child in element:
        if child.tag in (qn("a:r"), qn("a:fld")):
            own = child.find(qn("a:rPr"))
            look = read_run(own, theme).over(style) if own is not None else style
            runs.append(TextRun(child.findtext(qn("a:t")) or "", level_style(look)))
        elif child.tag == qn("a:br"):
            own = child.find(qn("a:rPr"))
            look = read_run(own, theme).over(style) if own is not None else style
            runs.append(TextRun("\v", level_style(look)))
    end = element.find(qn("a:endParaRPr"))
    if not runs and end is not None:
        style = read_run(end, theme).over(style)
    return level_style(style), tuple(runs)


def _parted(style: LevelStyle, runs: tuple[TextRun, ...]) -> list[tuple[LevelStyle, tuple[TextRun, ...]]]:
    """The paragraph, or several where a careless writer left newlines in its text: LibreOffice parts it there."""
    if not any("\n" in run.text for run in runs):
        return [(style, runs)]
    parts: list[list[TextRun]] = [[]]
    for run in runs:
        first, *others = run.text.split("\n")
        parts[-1].append(TextRun(first, run.style))
        parts.extend([TextRun(text, run.style)] for text in others)
    return [(style, tuple(part)) for part in parts]


def _paragraph_style(element: Element, styles: Styles, theme: Theme) -> Style:
    own = element.find(qn("a:pPr"))
    if own is None:
        return styles[0]
    level = min(max(whole(own.get("lvl"), 0), 0), LEVELS - 1)
    return read_paragraph(own, theme).over(styles[level])


def _reach(body: _Body, levels: Sequence[LevelStyle], slide: int) -> int:
    """How wide a line may be that does not wrap before it leaves the slide, as its first paragraph is aligned."""
    frame = body.frame
    left, right = frame.x + frame.inset_left, frame.x + frame.width - frame.inset_right
    if frame.wrap or frame.vertical != "horz" or right <= 0 or left >= slide or _is_turned(body.element):
        return 0
    own = body.element.find(f"{qn('a:p')}/{qn('a:pPr')}")
    align = own.get("algn", levels[0].align) if own is not None else levels[0].align
    if align == "ctr":
        middle = (left + right) // 2
        return max(2 * min(middle, slide - middle), 1)
    return max(right if align == "r" else slide - left, 1)


def _is_turned(body: Element) -> bool:
    """Whether the shape of a text is turned, or a group it stands in."""
    forms = (around.find(f"*/{qn('a:xfrm')}") for around in body.iterancestors(qn("p:sp"), qn("p:grpSp")))
    return any(form is not None and form.get("rot", "0") != "0" for form in forms)


def _first_run_levels(body: _Body, theme: Theme) -> tuple[LevelStyle, ...]:
    """The nine levels in the size and font of the first run of each. What paragraphs say of themselves is theirs alone, and read
    paragraph by paragraph once the slide is filled."""
    levels = list(body.styles)
    seen: set[int] = set()
    for element in body.element.iterfind(qn("a:p")):
        own = element.find(qn("a:pPr"))
        level = min(max(whole(own.get("lvl") if own is not None else None, 0), 0), LEVELS - 1)
        if level in seen:
            continue
        seen.add(level)
        run = element.find(f"{qn('a:r')}/{qn('a:rPr')}")
        style = body.styles[level]
        levels[level] = _for_others(run, theme).over(style) if run is not None else style
    return tuple(map(level_style, levels))


def _for_others(run: Element, theme: Theme) -> Style:
    """What a first run says for those after it: its size and fonts. The rest of its look is its own, and read run by run once the
    slide is filled."""
    return replace(read_run(run, theme), bold=None, italic=None, caps=None, spacing=None)
