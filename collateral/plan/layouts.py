"""Which layout a slide is made on and which placeholder gets what.

In: the master's layouts as values and the final nodes of one slide. Out: a layout and an assignment of content to
placeholders. It must not measure text or know any XML.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.model.content import Chart, Node, Nodes, Picture, Rule, Table
from collateral.model.frames import Layout, Placeholder

TITLES = frozenset({"title", "ctrTitle"})
TEXTS = ("body", "obj", "subTitle")
FURNITURE = frozenset({"dt", "ftr", "sldNum", "hdr"})
# "Title and Content" has an object placeholder, "Quote" a body: text is at home in both
NATURAL_FOR_TEXT = frozenset({"body", "obj"})
# which placeholder kinds take a table, a chart, a picture: the best first
HOMES: Mapping[str, tuple[str, ...]] = {
    "table": ("tbl", "obj"),
    "chart": ("chart", "obj"),
    "picture": ("pic", "clipArt", "obj"),
    "text": TEXTS,
}

Content = Nodes | Table | Chart | Picture


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that needs a placeholder: a run of text nodes, a table, a chart or a picture."""

    need: str  # a key of HOMES
    content: Content


@dataclass(frozen=True, slots=True)
class Assignment:
    """A layout and what each of its placeholders gets, in reading order; `homeless` pieces found none."""

    layout: Layout
    title: Placeholder | None
    places: tuple[tuple[Placeholder, Piece], ...]
    homeless: tuple[Piece, ...]


def split_pieces(nodes: Nodes) -> tuple[Piece, ...]:
    """Runs of text between tables, charts, pictures and column breaks, in the order they were written."""
    pieces: list[Piece] = []
    text: list[Node] = []

    def flush() -> None:
        if text:
            pieces.append(Piece("text", tuple(text)))
            text.clear()

    for node in nodes:
        match node:
            case Rule():
                flush()
            case Table() | Chart() | Picture():
                flush()
                pieces.append(Piece(_need(node), node))
            case _:
                text.append(node)
    flush()
    return tuple(pieces)


def _need(node: Table | Chart | Picture) -> str:
    match node:
        case Table():
            return "table"
        case Chart():
            return "chart"
        case _:
            return "picture"


def content_places(layout: Layout) -> tuple[Placeholder, ...]:
    """The placeholders that take content: neither titles nor date, footer and slide number."""
    return tuple(p for p in layout.placeholders if p.kind not in TITLES and p.kind not in FURNITURE)


def assign(layout: Layout, pieces: Sequence[Piece]) -> Assignment:
    """Give every piece the first free placeholder of the best kind; picky pieces (tables, charts, pictures) first."""
    free = list(content_places(layout))
    taken: dict[int, Placeholder] = {}
    for order in (("table", "chart", "picture"), ("text",)):
        for number, piece in enumerate(pieces):
            if piece.need in order and (place := _best(free, piece.need)):
                taken[number] = place
                free.remove(place)
    places = tuple((taken[n], p) for n, p in enumerate(pieces) if n in taken)
    homeless = tuple(p for n, p in enumerate(pieces) if n not in taken)
    title = next((p for p in layout.placeholders if p.kind in TITLES), None)
    return Assignment(layout, title, places, homeless)


def _best(free: Sequence[Placeholder], need: str) -> Placeholder | None:
    for kind in HOMES[need]:
        for place in free:
            if place.kind == kind:
                return place
    return None


def choose_layout(layouts: Iterable[Layout], pieces: Sequence[Piece]) -> Assignment | None:
    """The layout that houses every piece with the fewest empty placeholders; the first of equals, None if none does.

    A layout without a title never serves a slide that is made from text.
    """
    fitting = [a for a in (assign(layout, pieces) for layout in layouts) if a.title and not a.homeless]
    return min(fitting, key=_waste, default=None)


def _is_natural(place: Placeholder, piece: Piece) -> bool:
    return place.kind in NATURAL_FOR_TEXT if piece.need == "text" else place.kind == HOMES[piece.need][0]


def _waste(assignment: Assignment) -> tuple[int, int, int]:
    empty = len(content_places(assignment.layout)) - len(assignment.places)
    unnatural = sum(1 for place, piece in assignment.places if not _is_natural(place, piece))
    special = 0 if assignment.title is not None and assignment.title.kind == "title" else 1
    return special, empty, unnatural
