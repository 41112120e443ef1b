"""Everything the composer may use for one piece, as values and pure functions handed in by `build`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from collateral.diagnostics import Diagnostic
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.model.content import FormContent
from collateral.model.frames import DeckMaster
from collateral.model.library import Block, BlockId, Form, Library
from collateral.model.prospect import Prospect
from collateral.model.selection import Selection
from collateral.plan.text import Filler
from collateral.typeset import BOOK, FontBook
from collateral.typeset.values import TypesetParagraph

Turns = Sequence[tuple[str, Mapping[str, object]]]
"""A slide's id and the values of each of its appearances."""
ShapeTexts = Sequence[tuple[int, Sequence[TypesetParagraph]]]
Filled = object
"""A slide as it was filled to be measured; who renders it knows what it is."""
TableParts = Sequence[Mapping[int | tuple[int, int], tuple[int, int]]]
"""For each slide the turns of each loop over table rows: the first and the one after the last."""


@dataclass(frozen=True, slots=True)
class Designed:
    """The designed slides of one block in the master: their ids, in order."""

    slides: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Materials:
    """What a piece is composed from.

    `content` parses one form of a block (memoised by the caller). `master` are the frames of a deck's master, with the
    designed slides of blocks among its slides. `texts` gives the filled text of a designed slide's tagged shapes, to be
    measured, and the filled slide it stands in, or why it cannot be filled; its last argument is what the title ends in.
    `turns` are the appearances of designed slides that belong together, in order, as their slide and section directives say.
    `parts` says how the rows of its tables are shared among slides, and what no slide has room for; none when one slide will
    do. `filler` holds the names tags may read and the language's formats; `book` the fonts text is measured in.
    """

    library: Library
    prospect: Prospect
    selection: Selection
    as_of: date
    filler: Filler
    content: Callable[[Block, Form], tuple[FormContent, Sequence[Diagnostic]]]
    master: DeckMaster | None = None
    designed: Mapping[tuple[BlockId, str], Designed] = field(default_factory=dict)
    texts: (
        Callable[[str, Mapping[str, object], str], tuple[ShapeTexts, Filled, Sequence[Diagnostic]]] | None
    ) = None
    parts: Callable[[str, Mapping[str, object]], tuple[TableParts, Sequence[Diagnostic]]] | None = None
    turns: Callable[[Sequence[str], Mapping[str, object]], tuple[Turns, Sequence[Diagnostic]]] | None = None
    book: FontBook = BOOK
    explained: tuple[Selection, ...] = ()  # the customer-facing selections a briefing speaks about

    @property
    def language(self) -> str:
        """The language the piece is written in."""
        return self.selection.language

    @property
    def scope(self) -> Mapping[str, object]:
        """The names tags may read."""
        return self.filler.scope
