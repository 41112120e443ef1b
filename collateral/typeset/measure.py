"""Measuring: how high text is in a frame, and whether it fits.

In: a `Frame` (box, insets, columns, level styles) and paragraphs. Out: `Measured`. Decides nothing: see `fit`.

Where the vertical model comes from. PowerPoint sets a line of any font at 1.21 × its size; LibreOffice at 1.2 × for
shapes of PowerPoint's files ("font independent line spacing"), but in table cells takes the fonts' ascent and descent.
Percentages of space before and after count from that line in PowerPoint, from the font's size in LibreOffice. Both
leave out the space before the first and after the last paragraph. PowerPoint paints scaled text at whole points,
rounding half up, and takes the line-spacing reduction off percentages only. `Engine.SAFE` takes the larger of each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil, floor

from collateral.model.frames import Frame, LevelStyle
from collateral.typeset.lines import fill_lines
from collateral.typeset.metrics import BOOK, FontBook
from collateral.typeset.prepare import Prepared, Stretch, Tall, prepare
from collateral.typeset.values import EMU_PER_POINT, Engine, Measured, TypesetParagraph

LINE = 1.2  # × the font's size: a line of any font in LibreOffice, for PowerPoint's files
POWERPOINT_LINE = (
    1.213  # the same in PowerPoint, from the heights it stored for boxes it had grown to their text
)
_PLAIN = LevelStyle()
TOLERANCE = 0.05  # of a line that may be too much: not seen, and within what rounding makes
_LEAST_SPACING = 0.2  # of a line, whatever is taken off
_WIDTH_MARGIN = 0.992  # programs round widths; a word that just fits here may not fit there
_BULLET = 1.0  # ems a bullet takes when its paragraph has no hanging indent for it

Ready = tuple[TypesetParagraph, LevelStyle, Prepared]  # a paragraph with its style and what it is set from
Item = tuple[float, list[float], float]  # space before, line heights, space after, in points


class _Setter:
    """Sets paragraphs into lines of one width; gathers what the whole box needs to know."""

    def __init__(
        self,
        frame: Frame,
        room: float,
        scale: float,
        reduction: float,
        engine: Engine,
        cells: bool,
    ) -> None:
        self.frame, self.room, self.scale, self.reduction = frame, room, scale, reduction
        self.engine, self.cells = engine, cells
        self.widest = 0.0
        self.broken = 0
        self.first = True

    def set(self, ready: Ready) -> Item:
        """The paragraph's space before, line heights and space after."""
        paragraph, style, stretches = ready
        scale = self._scale_of(paragraph, style)
        first, rest = self._rooms(paragraph, style, scale)
        heights: list[float] = []
        for stretch in stretches:
            self._set_stretch(stretch, style, (first, rest), scale, heights)
            first = rest
        before = 0.0 if self.first else self._space(style.space_before, style.size * scale)
        self.first = False
        return before, heights, self._space(style.space_after, style.size * scale)

    def _scale_of(self, paragraph: TypesetParagraph, style: LevelStyle) -> float:
        """The scale text is painted at: PowerPoint rounds each scaled size to whole points."""
        if self.scale == 1.0 or self.engine is not Engine.SAFE:
            return self.scale
        sizes = {run.size or style.size for run in paragraph.runs} or {style.size}
        return max(max(self.scale, floor(size * self.scale + 0.5) / size) for size in sizes)

    def _rooms(self, paragraph: TypesetParagraph, style: LevelStyle, scale: float) -> tuple[float, float]:
        """Room of the first and of the other lines, in points at full size."""
        margin, start = style.margin_left / EMU_PER_POINT, (style.margin_left + style.indent) / EMU_PER_POINT
        bullet = style.bullet if paragraph.bullet is None else paragraph.bullet
        if bullet and style.indent >= 0:
            start += _BULLET * style.size * scale
        elif bullet:
            start = max(margin, start)
        if not self.frame.wrap:
            return 1e9, 1e9
        room = self.room * (_WIDTH_MARGIN if self.engine is Engine.SAFE else 1.0)
        return max(room - start, 1.0) / scale, max(room - margin, 1.0) / scale

    def _set_stretch(
        self,
        stretch: Stretch,
        style: LevelStyle,
        rooms: tuple[float, float],
        scale: float,
        heights: list[float],
    ) -> None:
        first, rest = rooms
        if stretch.total <= first and not stretch.tabs:
            starts, widest = [0], stretch.total
        else:
            if stretch.widest > min(first, rest):
                stretch = self._broken(stretch, rest)
            starts, widest = fill_lines(stretch.widths, stretch.gaps, first, rest)
        self.widest = max(self.widest, widest * scale)
        if stretch.talls is None:
            heights.extend([self._line(style.line_spacing, stretch.tall, scale)] * len(starts))
        else:
            heights.extend([self._line(style.line_spacing, tall, scale) for tall in _talls(stretch, starts)])

    def _broken(self, stretch: Stretch, room: float) -> Stretch:
        """The stretch with units wider than a line cut by characters."""
        widths: list[float] = []
        gaps: list[float] = []
        talls: list[Tall] = []
        for at, (width, gap) in enumerate(zip(stretch.widths, stretch.gaps, strict=True)):
            pieces = stretch.cut(at, room) if width > room else [width]
            self.broken += len(pieces) > 1
            widths.extend(pieces)
            gaps.extend([0.0] * (len(pieces) - 1) + [gap])
            talls.extend([stretch.talls[at] if stretch.talls else stretch.tall] * len(pieces))
        return replace(
            stretch, widths=tuple(widths), gaps=tuple(gaps), talls=tuple(talls) if stretch.talls else None
        )

    def _line(self, spacing: float, tall: Tall, scale: float) -> float:
        """The height of one line at the level's spacing; a negative spacing is exact points."""
        if spacing < 0:
            return -spacing
        even = tall[1] * (POWERPOINT_LINE if self.engine is Engine.SAFE else LINE)
        if not self.cells:
            line = even
        else:
            line = max(tall[0], even) if self.engine is Engine.SAFE else tall[0]
        return line * scale * max(spacing - self.reduction, _LEAST_SPACING)

    def _space(self, space: float, size: float) -> float:
        if space >= 0:
            return space
        return -space * size * (LINE if self.engine is Engine.SAFE else 1.0)


def _talls(stretch: Stretch, starts: list[int]) -> list[Tall]:
    """How tall each line is, when its units differ."""
    talls = stretch.talls or ()
    lines = [talls[a:b] or (stretch.tall,) for a, b in zip(starts, [*starts[1:], len(talls)], strict=True)]
    return [(max(line for line, _ in units), max(size for _, size in units)) for units in lines]


def measure(
    frame: Frame,
    paragraphs: Sequence[TypesetParagraph],
    *,
    scale: float = 1.0,
    spacing: float = 0.0,
    engine: Engine = Engine.SAFE,
    book: FontBook = BOOK,
    cells: bool = False,
) -> Measured:
    """How much room the paragraphs need in the frame, at a font `scale` and with `spacing` off the line spacing.

    `cells` says that the frame is a table's cell, where LibreOffice sets lines as high as their fonts are.

    Both are fractions, as `a:normAutofit` writes them (`fontScale`, `lnSpcReduction`). The scale the frame itself
    carries is not applied: pass it when it is to stay.
    """
    ready = make_ready(frame, paragraphs, engine=engine, book=book)
    return measure_ready(frame, ready, scale=scale, spacing=spacing, engine=engine, cells=cells)


def make_ready(
    frame: Frame,
    paragraphs: Sequence[TypesetParagraph],
    *,
    engine: Engine = Engine.SAFE,
    book: FontBook = BOOK,
) -> list[Ready]:
    """The paragraphs as `measure_ready` wants them: for measuring the same text at several scales."""
    ready = []
    for paragraph in paragraphs:
        style = level_of(frame, paragraph.level)
        ready.append((paragraph, style, prepare(paragraph, style, book=book, engine=engine)))
    return ready


def measure_ready(
    frame: Frame,
    paragraphs: Sequence[Ready],
    *,
    scale: float = 1.0,
    spacing: float = 0.0,
    engine: Engine = Engine.SAFE,
    cells: bool = False,
) -> Measured:
    """As `measure`, for paragraphs that were made ready."""
    room, available, insets = _box(frame)
    setter = _Setter(frame, room, scale, spacing, engine, cells)
    items = [setter.set(paragraph) for paragraph in paragraphs]
    ends = _ends(items)
    needed = ends[-1] if ends else 0.0
    if frame.columns > 1:
        needed = _balanced(items, frame.columns, available - insets)
    last = _last_line(items)
    over = max(0.0, needed + insets - available - TOLERANCE * last)
    return Measured(
        height=round((needed + insets) * EMU_PER_POINT),
        available=round(available * EMU_PER_POINT),
        lines=sum(len(heights) for _, heights, _ in items),
        widest=round(setter.widest * EMU_PER_POINT),
        room=round(room * EMU_PER_POINT),
        overflow_lines=ceil(over / last) if over else 0,
        overflow_points=round(over, 2),
        broken_words=setter.broken,
        paragraph_ends=tuple(round((end + insets) * EMU_PER_POINT) for end in ends),
    )


def level_of(frame: Frame, level: int) -> LevelStyle:
    """The style of a level; the deepest the frame has when it has none so deep."""
    return frame.levels[min(level, len(frame.levels) - 1)] if frame.levels else _PLAIN


def _box(frame: Frame) -> tuple[float, float, float]:
    """(room of a line, room for the lines with insets, the insets), in points; vertical text swaps the sides."""
    across, along = frame.width, frame.height
    sides, ends = frame.inset_left + frame.inset_right, frame.inset_top + frame.inset_bottom
    if frame.vertical not in ("horz", ""):
        across, along, sides, ends = along, across, ends, sides
    room = (across - sides - frame.column_gap * (frame.columns - 1)) / max(frame.columns, 1)
    return room / EMU_PER_POINT, along / EMU_PER_POINT, ends / EMU_PER_POINT


def _ends(items: list[Item]) -> list[float]:
    """The height down to the end of each paragraph; the space after the last one does not count."""
    ends, y = [], 0.0
    for before, heights, after in items:
        y += before + sum(heights)
        ends.append(y)
        y += after
    return ends


def _last_line(items: list[Item]) -> float:
    return next((heights[-1] for _, heights, _ in reversed(items) if heights), 12.0) or 12.0


def _balanced(items: list[Item], columns: int, available: float) -> float:
    """The lowest column height, found by halving, at which the lines go into the columns one after the other."""
    low, high = 0.0, sum(before + sum(heights) + after for before, heights, after in items)
    if _columns_used(items, available) <= columns:
        high = min(high, available)
    while high - low > 0.1:
        middle = (low + high) / 2
        if _columns_used(items, middle) <= columns:
            high = middle
        else:
            low = middle
    return high


def _columns_used(items: list[Item], height: float) -> int:
    used, y = 1, 0.0
    for before, heights, after in items:
        y += before if y else 0.0
        for line in heights:
            if y + line > height + TOLERANCE * line and y > 0.0:
                used, y = used + 1, 0.0
            y += line
        y += after
    return used
