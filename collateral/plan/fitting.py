"""How the text of one slide is made to fit its boxes, and what continues on a further slide.

The order is the product's promise: the longest approved wording that fits, then shrunk to the template's floor, then
continued on a next slide, else an error that says by how much. Measuring itself is `typeset`'s.
"""

from __future__ import annotations

from collections.abc import Sequence

from collateral.diagnostics.lazy_dataclass import dataclass, replace
from collateral.model import content as c
from collateral.model.frames import Frame, LevelStyle, Placeholder
from collateral.model.plan import TextFit
from collateral.model.table_widths import column_widths
from collateral.plan.layouts import Assignment, Piece
from collateral.plan.list_numbers import going_on
from collateral.typeset import BOOK, FitResult, FontBook, TypesetParagraph, TypesetRun, fit_text, row_heights

COMFORTABLE = 0.9  # a full wording this little shrunk still beats a shorter one
CODE_FONT = "Courier New"
_EMU_PER_POINT = 12700
_CELL_INSET = 91440  # EMU, what a cell leaves on the left and right


@dataclass(frozen=True, slots=True)
class SlideFit:
    """How a slide's boxes hold their text. `scale` is the smallest of all; `overflow` what no box could hold."""

    title: FitResult | None
    places: tuple[
        FitResult | None, ...
    ]  # parallel to the assignment's places; None for tables, charts, pictures
    scale: float
    overflow: tuple[tuple[Placeholder, FitResult], ...]


def to_typeset(nodes: c.Nodes) -> tuple[TypesetParagraph, ...]:
    """Final text nodes as what `typeset` measures: headings are bold first-level lines without a bullet."""
    return tuple(p for node in nodes if (p := _typeset_node(node)) is not None)


def runs_to_typeset(runs: Sequence[c.Inline]) -> tuple[TypesetRun, ...]:
    """Final runs as what `typeset` measures."""
    return tuple(
        TypesetRun(run.text, run.bold, run.italic, CODE_FONT if run.code else None)
        for run in runs
        if isinstance(run, c.Run)
    )


def _typeset_node(node: c.Node) -> TypesetParagraph | None:
    match node:
        case c.Paragraph():
            return TypesetParagraph(runs_to_typeset(node.inlines), node.level, None if node.list else False)
        case c.Heading():
            runs = tuple(run._replace(bold=True) for run in runs_to_typeset(node.inlines))
            return TypesetParagraph(runs, 0, False)
        case _:
            return None


def fit_slide(
    assignment: Assignment, title: Sequence[c.Run], *, floor: float, book: FontBook = BOOK
) -> SlideFit:
    """Measure the title and every text box of one slide."""
    title_fit = None
    if assignment.title is not None:
        heading = (TypesetParagraph(runs_to_typeset(title)),)
        title_fit = fit_text(assignment.title.frame, [heading], floor=floor, title=True, book=book)
    places = tuple(_fit_piece(place, piece, floor, book) for place, piece in assignment.places)
    fits = [f for f in (title_fit, *places) if f is not None]
    spots = [
        (assignment.title, title_fit),
        *((p, f) for (p, _), f in zip(assignment.places, places, strict=True)),
    ]
    overflow = tuple(
        (spot, fit) for spot, fit in spots if spot is not None and fit is not None and not fit.fits
    )
    return SlideFit(title_fit, places, min((f.scale for f in fits), default=1.0), overflow)


def _fit_piece(place: Placeholder, piece: Piece, floor: float, book: FontBook) -> FitResult | None:
    if piece.need != "text" or not isinstance(piece.content, tuple):
        return None
    return fit_text(place.frame, [to_typeset(piece.content)], floor=floor, book=book)


def text_fit(fit: FitResult | None) -> TextFit:
    """What is written into the file for a box."""
    return TextFit(fit.scale, fit.reduction) if fit is not None else TextFit()


def split_nodes(nodes: c.Nodes, after: int) -> tuple[c.Nodes, c.Nodes]:
    """The first `after` nodes and the rest; a heading never stays behind alone."""
    while after > 1 and isinstance(nodes[after - 1], c.Heading):
        after -= 1
    return nodes[:after], going_on(nodes[:after], nodes[after:])


def split_table(table: c.Table, frame: Frame, *, size: float, book: FontBook = BOOK) -> tuple[c.Table, ...]:
    """The table in parts that fit the frame's height, each with the header; one part when it fits.

    A single row higher than the frame gets a part of its own.
    """
    widths = column_widths(table, frame.width, em=size * _EMU_PER_POINT, padding=2 * _CELL_INSET)
    heights = table_heights(table, frame, widths, size=size, book=book)
    if sum(heights) > frame.height:
        table = replace(table, shares=tuple(widths))
    head, parts, start, used = heights[0], [], 0, heights[0]
    for number, height in enumerate(heights[1:]):
        if used + height > frame.height and number > start:
            parts.append(replace(table, rows=table.rows[start:number], caption=()))
            start, used = number, head
        used += height
    parts.append(replace(table, rows=table.rows[start:]))
    return tuple(parts)


def table_heights(
    table: c.Table, frame: Frame, widths: Sequence[int], *, size: float, book: FontBook = BOOK
) -> tuple[int, ...]:
    """Heights of header and rows in EMU, with equal text size in all cells of columns of these widths."""
    style = replace(
        frame.levels[0] if frame.levels else LevelStyle(), size=size, bullet=False, margin_left=0, indent=0
    )
    rows = [tuple(runs_to_typeset(cell) for cell in row) for row in (table.header, *table.rows)]
    return tuple(row_heights(rows, widths, style, book=book))
