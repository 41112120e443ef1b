"""The data of extended charts (waterfall, funnel, treemap, sunburst, histogram, Pareto, box and whisker), written anew.

In: the `Grid` of a chart. Out: the bytes of its `cx:data`, series and totals. Hot path; `extended_steps` cuts the chart when the template is
compiled.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from collateral.ooxml.drawing.chart_data import Column, Grid, SeriesColumns
from collateral.ooxml.xml import escape_attribute, escape_text

TOTALS = "totals"
"""What the piece with the totals of a waterfall is called."""
POINTS = "points"
"""What the place of its points that look different is called."""
PointLooks = tuple[tuple[int, ...], int, tuple[tuple[int, bytes, bytes], ...]]
"""The points of a waterfall that look different: its designed totals, its number of points, and each point with its XML
around its number."""
ExtendedPieces = tuple[bytes | str | PointLooks, ...]
"""A series as bytes, and between them the names of what is written anew: tx, id, guid, totals; or the looks of points."""


def extended_data_xml(grid: Grid, dimension: str) -> bytes:
    """A `cx:data` for each series; `dimension` is what its numbers are, val or size."""
    return "".join([_data(i, columns, dimension) for i, columns in enumerate(grid.series)]).encode()


def extended_series_xml(grid: Grid, argument: tuple[int, bool, ExtendedPieces, ExtendedPieces]) -> bytes:
    """The series of one hook: its own, and when it is the `last` all further ones in the look of the clone."""
    index, last, pieces, clone = argument
    if index >= len(grid.series):
        return b""
    out = [_series(index, grid, pieces)]
    if last:
        out += [_series(number, grid, clone) for number in range(index + 1, len(grid.series))]
    return b"".join(out)


def _subtotals(totals: Iterable[int]) -> str:
    points = "".join([f'<cx:idx val="{at}"/>' for at in totals])
    return f"<cx:subtotals>{points}</cx:subtotals>" if points else ""


def _data(number: int, columns: SeriesColumns, dimension: str) -> str:
    texts = _texts(columns.x) if columns.x.values else ""
    y = columns.y
    points = "".join([f'<cx:pt idx="{i}">{v}</cx:pt>' for i, v in enumerate(y.values) if v])
    code = escape_attribute(y.number_format)
    numbers = f'<cx:lvl ptCount="{len(y.values)}" formatCode="{code}">{points}</cx:lvl>'
    return f'<cx:data id="{number}">{texts}<cx:numDim type="{dimension}">{_formula(y)}{numbers}</cx:numDim></cx:data>'


def _texts(column: Column) -> str:
    levels = (column.values, *reversed(column.outer))
    written = "".join([_level(values) for values in levels])
    return f'<cx:strDim type="cat">{_formula(column)}{written}</cx:strDim>'


def _level(values: tuple[str, ...]) -> str:
    points = "".join([f'<cx:pt idx="{i}">{v}</cx:pt>' for i, v in enumerate(values) if v])
    return f'<cx:lvl ptCount="{len(values)}">{points}</cx:lvl>'


def _formula(column: Column) -> str:
    direction = ' dir="row"' if column.cells.across else ""
    return f"<cx:f{direction}>{column.reference}</cx:f>"


def _series(number: int, grid: Grid, pieces: ExtendedPieces) -> bytes:
    written = []
    for piece in pieces:
        if isinstance(piece, bytes):
            written.append(piece)
        elif isinstance(piece, str):
            written.append(_piece(piece, number, grid).encode())
        else:
            written.append(_point_looks(piece, len(grid.series[number].y.values), grid.totals))
    return b"".join(written)


def _point_looks(drawn: PointLooks, count: int, totals: Sequence[int]) -> bytes:
    """The looks of single points: those of totals where totals are now, the others at their points."""
    designed, _, looks = drawn
    by_point = {at: (before, after) for at, before, after in looks}
    kept = {at: at for at in by_point if at < count and at not in designed and at not in totals}
    kept |= {at: _model(at, count, drawn, totals) for at in totals}
    found = [(at, by_point[model]) for at, model in sorted(kept.items()) if model in by_point]
    return b"".join([b"%s%d%s" % (before, at, after) for at, (before, after) in found])


def _model(total: int, count: int, drawn: PointLooks, totals: Sequence[int]) -> int:
    """The designed total that one of the new ones looks like: the first, the last, or one between them in order."""
    designed, old, _ = drawn
    ends = {0: 0, count - 1: old - 1}
    if ends.get(total) in designed:
        return ends[total]
    inner = [at for at in designed if 0 < at < old - 1] or list(designed[-1:]) or [-1]
    before = sum(0 < at < total for at in totals)
    return inner[min(before, len(inner) - 1)]


def _piece(name: str, number: int, grid: Grid) -> str:
    if name == "tx":
        y = grid.series[number].y
        formula = f"<cx:f>{y.cells.header_reference}</cx:f>" if y.cells.header else ""
        return f"<cx:tx><cx:txData>{formula}<cx:v>{escape_text(y.header)}</cx:v></cx:txData></cx:tx>"
    if name == TOTALS:
        return _subtotals(grid.totals)
    if name == "guid":
        return f"{{00000000-0000-4000-8000-{number:012X}}}"
    return str(number)
