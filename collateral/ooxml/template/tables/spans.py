"""How far the merged cells of a slide's table reach, worked out from the cells that were written.

In: what a table wrote, with places where its merged cells say how they are merged. Out: the same with that said. Reads with expat: no
tree is built. Hot path for tables with merged cells and directives only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.parsers import expat

_OPEN = "-1"
_SPANS = {"gridSpan": "hMerge", "rowSpan": "vMerge"}
_TRUE = ("1", "true")
Row = list[dict[str, str]]


class TableBegins(bytes):
    """Where a table begins: writes nothing."""


class SpanPlace(bytes):
    """Where a cell says how it is merged."""


def span_place() -> SpanPlace:
    """A place that is not filled yet."""
    return SpanPlace(_OPEN.encode())


def even_spans(out: list[bytes]) -> None:
    """Fill the places of the table that was written last."""
    start = next(at for at in range(len(out) - 1, -1, -1) if isinstance(out[at], TableBegins))
    rows = _rows(b"".join([b"<t>", *out[start:], b"</t>"]))
    said = _said(rows)
    out[start:] = [next(said) if isinstance(piece, SpanPlace) else bytes(piece) for piece in out[start:]]


def _rows(xml: bytes) -> list[Row]:
    """The attributes of the cells, row by row."""
    rows: list[Row] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "tr":
            rows.append([])
        elif local == "tc":
            rows[-1].append(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(xml, True)
    return rows


def _said(rows: Sequence[Row]) -> Iterator[bytes]:
    """What goes into each place, in their order."""
    across = [_covered(row, "hMerge", "gridSpan") for row in rows]
    columns = range(max(map(len, rows), default=0))
    down = [
        _covered([row[at] if at < len(row) else {} for row in rows], "vMerge", "rowSpan") for at in columns
    ]
    for at_row, row in enumerate(rows):
        for at, cell in enumerate(row):
            lines = {"gridSpan": (across[at_row], at), "rowSpan": (down[at], at_row)}
            lines |= {_SPANS[name]: line for name, line in lines.items()}
            for name, value in cell.items():
                if value == _OPEN and name in lines:
                    covered, place = lines[name]
                    yield b"%d" % (_reach(covered, place) if name in _SPANS else covered[place])


def _covered(line: Sequence[dict[str, str]], merge: str, span: str) -> list[bool]:
    """Which cells beside (or below) each other are covered by one before them."""
    out: list[bool] = []
    reaches = False
    for cell in line:
        covered = cell.get(merge) in (*_TRUE, _OPEN) and reaches
        out.append(covered)
        reaches = covered or cell.get(span, "1") != "1"
    return out


def _reach(covered: Sequence[bool], place: int) -> int:
    """How many cells one takes: it and those it covers; one that is covered takes itself only."""
    if covered[place]:
        return 1
    end = next((at for at in range(place + 1, len(covered)) if not covered[at]), len(covered))
    return end - place
