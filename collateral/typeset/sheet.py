"""A frame made ready for setting text: the looks, rooms and line heights of its levels, worked out once for all its text.

In: a frame, a font book. Out: paragraphs made ready (`Sheet.ready`), and set in lines at a scale (`Sheet.set`). Lengths
are points. Decides nothing: see `fit`.

Where the vertical model comes from. PowerPoint sets a line of any font at 1.21 × its size; LibreOffice at 1.2 × for
shapes of PowerPoint's files ("font independent line spacing"), but in table cells takes the fonts' ascent and descent.
Percentages of space before and after count from that line in PowerPoint, from the font's size in LibreOffice. Both
leave out the space before the first and after the last paragraph. PowerPoint paints scaled text at whole points,
rounding half up, and takes the line-spacing reduction off percentages only. `Engine.SAFE` takes the larger of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import floor

from collateral.diagnostics import Diagnostic
from collateral.diagnostics.lazy_dataclass import replace
from collateral.diagnostics.lazy_namedtuple import NamedTuple
from collateral.model.frames import Frame, LevelStyle
from collateral.typeset.lines import fill_lines
from collateral.typeset.metrics import FontBook
from collateral.typeset.prepare import Level, Prepared, Stretch, Tall, prepare
from collateral.typeset.tabs import Line, fill_tabbed_lines
from collateral.typeset.values import EMU_PER_POINT, Engine, Said, TypesetParagraph

LINE = 1.2  # × the font's size: a line of any font in LibreOffice, for PowerPoint's files
POWERPOINT_LINE = (
    1.213  # the same in PowerPoint, from the heights it stored for boxes it had grown to their text
)
_PLAIN = LevelStyle()
_LEAST_SPACING = 0.2  # of a line, whatever is taken off
_WIDTH_MARGIN = 0.992  # programs round widths; a word that just fits here may not fit there
_BULLET = 1.0  # ems a bullet takes when its paragraph has no hanging indent for it
_REMEMBERED = 1024
_ENDLESS = 1e9  # points: the room of lines that do not wrap

Item = tuple[float, list[float], float]  # space before, line heights, space after


Lines = tuple[
    list[Item], float, int
]  # with the width of the widest line, and how many words were wider than theirs
_Rule = tuple[Line, Line, float, float, float]
"""How paragraphs of a level are set at a scale: the first and the other lines at full size, by how much
lines are spaced (negative: exact points), space before and after."""
_Step = tuple[float, float]  # a font scale, and what is taken off the line spacing


class Manner:
    """How paragraphs that say the same of themselves are set, whatever their text. `bare` is such a paragraph without its runs,
    `sizes` are those of their fonts, `steps` the scale they are painted at and the rule of their lines."""

    __slots__ = ("bare", "level", "sizes", "steps")

    def __init__(self, level: Level, paragraph: TypesetParagraph) -> None:
        size = level.style.size
        self.level, self.bare = level, paragraph._replace(runs=())
        self.sizes = {run.size or size for run in paragraph.runs} or {size}
        self.steps: dict[_Step, tuple[float, _Rule]] = {}


Ready = tuple[Manner, Prepared]  # how a paragraph is set, and of what


class Row(NamedTuple):
    """Lines of one look. Lengths are points.

    `letters` are sure to stand in one line, whichever they are; `room` is that of a paragraph's narrowest line, `widest` that of its
    widest, `widths` are by plain word, `gap` is between these, `height` is a line's, `before` and `after` is the space around the paragraph, `found` says what is uncertain
    about measuring it, and `capitals` that small letters are set as capitals.
    """

    letters: float
    room: float
    widest: float
    widths: Mapping[str, float]
    gap: float
    height: float
    before: float
    after: float
    found: tuple[Diagnostic, ...]
    capitals: bool


class Sheet:
    """A frame ready for text. `cells` says that it is a table's cell, where LibreOffice sets lines as high as their
    fonts are."""

    __slots__ = (
        "_levels",
        "_line",
        "_manners",
        "available",
        "book",
        "cells",
        "engine",
        "frame",
        "insets",
        "is_plain",
        "reach",
        "room",
        "rows",
    )

    def __init__(self, frame: Frame, engine: Engine, book: FontBook, *, cells: bool = False) -> None:
        self.frame, self.engine, self.book, self.cells = frame, engine, book, cells
        self.room, self.available, self.insets = _box(frame)
        self.reach = frame.reach / EMU_PER_POINT if frame.reach else _ENDLESS
        self.is_plain = frame.columns == 1 and frame.wrap and not frame.reach  # lines wrap in one column
        self.rows: dict[tuple[object, ...], Row] = {}
        self._line = POWERPOINT_LINE if engine is Engine.SAFE else LINE
        self._levels: dict[tuple[int, Said], Level] = {}
        self._manners: dict[tuple[object, ...], Manner] = {}

    def level(self, paragraph: TypesetParagraph) -> Level:
        """The level of a paragraph with what the paragraph says itself; the deepest the frame has when it has none so deep."""
        key = paragraph.level, paragraph.said
        level = self._levels.get(key)
        if level is None:
            levels = self.frame.levels
            style = levels[min(paragraph.level, len(levels) - 1)] if levels else _PLAIN
            own = replace(style, **dict(paragraph.said)) if paragraph.said else style  # type: ignore[arg-type]
            if len(self._levels) >= _REMEMBERED:
                self._levels.clear()
            level = self._levels[key] = Level(own, self.book, self.engine)
        return level

    def ready(self, paragraphs: Sequence[TypesetParagraph]) -> list[Ready]:
        """The paragraphs ready to be set, at any scale."""
        made = []
        for paragraph in paragraphs:
            manner = self._manner(paragraph)
            made.append((manner, prepare(paragraph, manner.level)))
        return made

    def _manner(self, paragraph: TypesetParagraph) -> Manner:
        key = (*paragraph[1:], *[run.size for run in paragraph.runs])
        manner = self._manners.get(key)
        if manner is None:
            if len(self._manners) >= _REMEMBERED:
                self._manners.clear()
            manner = self._manners[key] = Manner(self.level(paragraph), paragraph)
        return manner

    def set(self, paragraphs: Sequence[Ready], scale: float, reduction: float) -> Lines:
        """The paragraphs in lines, at a font `scale` and with `reduction` off the line spacing (both fractions)."""
        items: list[Item] = []
        widest, broken = 0.0, 0
        step = scale, reduction
        for manner, stretches in paragraphs:
            painted, (line, rest, spacing, before, after) = self.ruled(manner, step)
            heights: list[float] = []
            for stretch in stretches:
                if stretch.total <= line.room and not stretch.tabs:
                    starts, wide = [0], stretch.total
                else:
                    if stretch.widest > min(line.room, rest.room):
                        stretch, cut = _broken(stretch, rest.room)
                        broken += cut
                    if stretch.tabs:
                        starts, wide = fill_tabbed_lines(
                            stretch, line, rest, manner.level.style, painted, self.engine
                        )
                    else:
                        starts, wide = fill_lines(stretch.widths, stretch.gaps, line.room, rest.room)
                if wide * painted > widest:
                    widest = wide * painted
                if stretch.talls is None:
                    heights.extend([self.height(spacing, stretch.tall, painted)] * len(starts))
                else:
                    heights.extend([self.height(spacing, tall, painted) for tall in _talls(stretch, starts)])
                line = rest
            items.append((before if items else 0.0, heights, after))
        return items, widest, broken

    def ruled(self, manner: Manner, step: _Step) -> tuple[float, _Rule]:
        """The scale a paragraph is painted at, and how its lines are set then."""
        known = manner.steps.get(step)
        if known is None:
            if len(manner.steps) >= _REMEMBERED:
                manner.steps.clear()
            painted = self._painted(manner.sizes, step[0])
            rule = self.rule(manner.bare, manner.level.style, painted, step[1])
            known = manner.steps[step] = painted, rule
        return known

    def _painted(self, sizes: Iterable[float], scale: float) -> float:
        """The scale text is painted at: PowerPoint rounds each scaled size to whole points."""
        if scale == 1.0 or self.engine is not Engine.SAFE:
            return scale
        return max(max(scale, floor(size * scale + 0.5) / size) for size in sizes)

    def rule(self, paragraph: TypesetParagraph, style: LevelStyle, painted: float, reduction: float) -> _Rule:
        """How lines of the paragraph's level are set at the scale it is painted at."""
        spacing = style.line_spacing
        return (
            *self._rooms(paragraph, style, painted),
            spacing if spacing < 0 else max(spacing - reduction, _LEAST_SPACING),
            self._space(style.space_before, style.size * painted),
            self._space(style.space_after, style.size * painted),
        )

    def _rooms(self, paragraph: TypesetParagraph, style: LevelStyle, scale: float) -> tuple[Line, Line]:
        """The first and the other lines, in points at full size."""
        margin, start = style.margin_left / EMU_PER_POINT, (style.margin_left + style.indent) / EMU_PER_POINT
        bullet = style.bullet if paragraph.bullet is None else paragraph.bullet
        if bullet and style.indent >= 0:
            start += _BULLET * style.size * scale
        elif bullet:
            start = max(margin, start)
        room = self.room * (_WIDTH_MARGIN if self.engine is Engine.SAFE else 1.0)
        room = room - style.margin_right / EMU_PER_POINT if self.frame.wrap else _ENDLESS
        return (
            Line(start / scale, max(room - start, 1.0) / scale),
            Line(margin / scale, max(room - margin, 1.0) / scale),
        )

    def height(self, spacing: float, tall: Tall, scale: float) -> float:
        """The height of one line at the level's spacing; a negative spacing is exact points."""
        if spacing < 0:
            return -spacing
        line = tall[1] * self._line
        if self.cells:
            line = max(tall[0], line) if self.engine is Engine.SAFE else tall[0]
        return line * scale * spacing

    def _space(self, space: float, size: float) -> float:
        if space >= 0:
            return space
        return -space * size * (LINE if self.engine is Engine.SAFE else 1.0)


_sheets: dict[tuple[int, int, bool, bool], Sheet] = {}


def sheet_of(frame: Frame, engine: Engine, book: FontBook, *, cells: bool = False) -> Sheet:
    """The sheet of a frame that many texts are set in; remembered.

    Frame and book are known by their identity: comparing all styles would take as long as making the sheet.
    """
    key = (id(frame), id(book), engine is Engine.SAFE, cells)
    sheet = _sheets.get(key)
    if sheet is None or sheet.frame is not frame or sheet.book is not book:
        if len(_sheets) >= _REMEMBERED:
            _sheets.clear()
        sheet = _sheets[key] = Sheet(frame, engine, book, cells=cells)
    return sheet


def _box(frame: Frame) -> tuple[float, float, float]:
    """(room of a line, room for the lines with insets, the insets), in points; vertical text swaps the sides."""
    across, along = frame.width, frame.height
    sides, ends = frame.inset_left + frame.inset_right, frame.inset_top + frame.inset_bottom
    if frame.vertical not in ("horz", ""):
        across, along, sides, ends = along, across, ends, sides
    room = (across - sides - frame.column_gap * (frame.columns - 1)) / max(frame.columns, 1)
    return room / EMU_PER_POINT, along / EMU_PER_POINT, ends / EMU_PER_POINT


def _broken(stretch: Stretch, room: float) -> tuple[Stretch, int]:
    """The stretch with units wider than a line cut by characters, and how many were cut."""
    widths: list[float] = []
    gaps: list[float] = []
    talls: list[Tall] = []
    units: list[str] = []
    tabs: list[int] = []
    cut = 0
    for at, (width, gap) in enumerate(zip(stretch.widths, stretch.gaps, strict=True)):
        pieces = stretch.cut(at, room) if width > room else [width]
        cut += len(pieces) > 1
        widths.extend(pieces)
        gaps.extend([0.0] * (len(pieces) - 1) + [gap])
        talls.extend([stretch.talls[at] if stretch.talls else stretch.tall] * len(pieces))
        units.extend([stretch.units[at]] * len(pieces))
        if stretch.tabs:
            tabs.extend([0] * (len(pieces) - 1) + [stretch.tabs[at]])
    whole = stretch._replace(
        units=tuple(units),
        widths=tuple(widths),
        gaps=tuple(gaps),
        talls=tuple(talls) if stretch.talls else None,
        tabs=tuple(tabs),
    )
    return whole, cut


def _talls(stretch: Stretch, starts: list[int]) -> list[Tall]:
    """How tall each line is, when its units differ."""
    talls = stretch.talls or ()
    lines = [talls[a:b] or (stretch.tall,) for a, b in zip(starts, [*starts[1:], len(talls)], strict=True)]
    return [(max(line for line, _ in units), max(size for _, size in units)) for units in lines]
