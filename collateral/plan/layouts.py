"""Which layout a slide is made on and which placeholder gets what.

In: the master's layouts as values and the final nodes of one slide. Out: a layout and an assignment of content to
placeholders. It must not measure text or know any XML.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.model.content import Chart, Node, Nodes, Picture, Rule, Table
from collateral.model.frames import Frame, Layout, LevelStyle, Placeholder
from collateral.plan.list_numbers import going_on
from collateral.typeset.sheet import LINE
from collateral.typeset.values import EMU_PER_POINT

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
TEXT_HOMES = (NATURAL_FOR_TEXT, frozenset({"subTitle"}))
# Masters from Google Slides and many hand-made ones have text placeholders only. A table, chart or picture may then
# stand where the text would: over a placeholder that stays empty, and so is not shown, when it is at least this large.
STAND_IN = "body"
STAND_IN_WIDTH, STAND_IN_HEIGHT = 1_828_800, 1_371_600  # EMU: 2 × 1.5 inches
# layouts that mark a beginning or turn the text; they serve when no other does
SPECIAL_ROLES = frozenset({"title", "secHead", "vertTx", "vertTitleAndTx"})
# the share of the master's largest box for a kind of content below which a box is small for one piece on a slide
CRAMPED = 0.5
# a place of no more lines than this is for a heading or a caption: one paragraph
FEW_LINES = 3

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
    before: list[Node] = []

    def flush() -> None:
        if text:
            pieces.append(Piece("text", going_on(before, tuple(text))))
            before.extend(text)
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
    """Give every piece the first free placeholder of the best kind.

    Pieces are placed in the order they were written; when that leaves one without a home, those that are picky (tables,
    charts, pictures) go first.
    """
    numbers = range(len(pieces))
    taken = _taken(layout, pieces, numbers)
    if len(taken) < len(pieces):
        taken = _taken(layout, pieces, sorted(numbers, key=lambda n: pieces[n].need == "text"))
    places = tuple((taken[n], p) for n, p in enumerate(pieces) if n in taken)
    homeless = tuple(p for n, p in enumerate(pieces) if n not in taken)
    title = next((p for p in layout.placeholders if p.kind in TITLES), None)
    return Assignment(layout, title, places, homeless)


def _taken(layout: Layout, pieces: Sequence[Piece], order: Iterable[int]) -> dict[int, Placeholder]:
    free = list(content_places(layout))
    taken: dict[int, Placeholder] = {}
    only_texts = all(piece.need == "text" for piece in pieces)
    for number in order:
        need = pieces[number].need
        # nobody else wants the objects' places: texts take them as they come
        homes = TEXT_HOMES if only_texts else [{kind} for kind in HOMES[need]]
        if place := _best(free, need, homes):
            taken[number] = place
            free.remove(place)
    return taken


def _best(free: Sequence[Placeholder], need: str, homes: Iterable[Collection[str]]) -> Placeholder | None:
    for kinds in homes:
        for place in free:
            if place.kind in kinds:
                return place
    return next((place for place in free if need != "text" and _can_stand_in(place)), None)


def _can_stand_in(place: Placeholder) -> bool:
    frame = place.frame
    return place.kind == STAND_IN and frame.width >= STAND_IN_WIDTH and frame.height >= STAND_IN_HEIGHT


def choose_layout(layouts: Iterable[Layout], pieces: Sequence[Piece]) -> Assignment | None:
    """The layout that houses every piece best; the first of equals, None if none does.

    Best is: an ordinary layout, roomy boxes, boxes of the right kind, few empty placeholders. A layout without a title
    never serves a slide that is made from text. Where no layout has as many places for text, texts are put below each
    other; that is better than a place made for a heading, too.
    """
    layouts, folded = list(layouts), list(_folded(pieces))
    for roomy in (True, False):
        for each in folded:
            fitting = [a for a in (assign(layout, each) for layout in layouts) if a.title and not a.homeless]
            found = _best_of([a for a in fitting if not roomy or _is_roomy(a)])
            if found is not None:
                return found
    return None


def _folded(pieces: Sequence[Piece]) -> Iterator[Sequence[Piece]]:
    """The pieces, and then with ever fewer texts: those neighbours joined that make the shortest, the last of equals."""
    yield pieces
    texts = [number for number, piece in enumerate(pieces) if piece.need == "text"]
    if len(texts) < 2:
        return
    pairs = reversed(list(pairwise(texts)))
    first, second = min(pairs, key=lambda pair: sum(len(_nodes(pieces[n])) for n in pair))
    joined = Piece("text", (*_nodes(pieces[first]), *_nodes(pieces[second])))
    yield from _folded([*pieces[:first], joined, *pieces[first + 1 : second], *pieces[second + 1 :]])


def _nodes(piece: Piece) -> Nodes:
    return piece.content if isinstance(piece.content, tuple) else ()


def _is_roomy(assignment: Assignment) -> bool:
    """Whether no text stands in a place that is made for less."""
    texts = [(_lines(place.frame), piece) for place, piece in assignment.places if piece.need == "text"]
    return all(lines > FEW_LINES or len(_nodes(piece)) == 1 for lines, piece in texts)


def _lines(frame: Frame) -> int:
    """About how many lines of its first level a place has."""
    style = frame.levels[0] if frame.levels else LevelStyle()
    room = (frame.height - frame.inset_top - frame.inset_bottom) / EMU_PER_POINT
    return max(1, int(room / (LINE * style.size)))


def _best_of(fitting: Sequence[Assignment]) -> Assignment | None:
    largest: dict[str, int] = {}
    for place, piece in (pair for a in fitting for pair in a.places):
        largest[piece.need] = max(largest.get(piece.need, 0), _area(place))
    return min(fitting, key=lambda a: _waste(a, largest), default=None)


def _area(place: Placeholder) -> int:
    return place.frame.width * place.frame.height


def _is_natural(place: Placeholder, piece: Piece) -> bool:
    return place.kind in NATURAL_FOR_TEXT if piece.need == "text" else place.kind == HOMES[piece.need][0]


def _waste(assignment: Assignment, largest: Mapping[str, int]) -> tuple[int, int, int, int, int]:
    """What speaks against an assignment, the weightiest first."""
    places = assignment.places
    empty = len(content_places(assignment.layout)) - len(places)
    unnatural = sum(1 for place, piece in places if not _is_natural(place, piece))
    stand_ins = sum(1 for place, piece in places if place.kind not in HOMES[piece.need])
    share = CRAMPED / max(len(places), 1)
    cramped = sum(1 for place, piece in places if _area(place) < share * largest[piece.need])
    return _special(assignment), cramped, stand_ins, empty, unnatural


def _special(assignment: Assignment) -> int:
    """Whether a layout is no ordinary one: by its role, or a title higher than all its text, or text that is turned."""
    title, frames = assignment.title, [place.frame for place, _ in assignment.places]
    plain = title is not None and title.kind == "title" and assignment.layout.role not in SPECIAL_ROLES
    divides = title is not None and frames and title.frame.height > max(f.height for f in frames)
    return 0 if plain and not divides and all(f.vertical == "horz" for f in frames) else 1
