"""The operations a part is turned into: bytes as they are, values, conditions, loops, and their surroundings.

Plain values between `tree` (which makes them from XML) and `program` (which makes Python of them).
"""

from __future__ import annotations

from collateral.diagnostics import Place
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.expressions import Expression
from collateral.ooxml.template.language.marks import Context


@dataclass(slots=True)
class Static:
    """Bytes that never change. `shows` says whether a reader sees something in them."""

    data: bytes
    shows: bool = False


@dataclass(slots=True)
class Value:
    """A value in text or in an attribute; `look` writes the properties of its run where they hold more than bytes."""

    expression: Expression
    context: Context
    place: Place | None
    tag: str
    look: list[Op] = field(default_factory=list)


@dataclass(slots=True)
class Branch:
    """One branch of an If; `expression` is None for else, for a `piece` of a table that may
    stand on another slide, for what is there when a chart has more than `series` series, and for what is `about` something that may
    be left out: a note of a document, a link to a slide."""

    expression: Expression | None
    body: list[Op]
    place: Place | None = None
    tag: str = ""
    piece: int = 0
    series: int = 0
    about: str = ""


@dataclass(slots=True)
class If:
    """The body of the first branch whose condition holds."""

    branches: list[Branch]


@dataclass(slots=True)
class For:
    """The body once for each item; `otherwise` when there is none. With a `piece` number its turns may be shared among
    slides."""

    names: tuple[str, ...]
    expression: Expression
    condition: Expression | None
    body: list[Op]
    place: Place | None
    tag: str
    otherwise: list[Op] = field(default_factory=list)
    piece: int = 0


@dataclass(slots=True)
class Set:
    """`{% set name = expression %}`."""

    name: str
    expression: Expression
    place: Place | None
    tag: str


@dataclass(slots=True)
class With:
    """`{% with name = expression %}`: the names mean these values in the body only, and what it sets ends with it."""

    sets: list[Set]
    body: list[Op]


@dataclass(slots=True)
class Para:
    """A paragraph that goes when nothing is left in it. With `whole` its only content is one value, which may be a
    list (one paragraph an item) or a fragment (which replaces the paragraph)."""

    body: list[Op]
    whole: bool = False


@dataclass(slots=True)
class Guard:
    """A container that must not end up without a paragraph: `fallback` is written when `body` writes nothing, or nothing but what ends
    with `last` (a table, behind which Word wants a paragraph). With
    `needs` the body goes when none of these bytes are in it, as a table without cells or a group without shapes; `shape` is
    the id of the shape that goes with it. A note with an `aside` is written into the part of the notes of this kind."""

    body: list[Op]
    fallback: bytes
    needs: tuple[bytes, ...] = ()
    shape: str = ""
    aside: str = ""
    last: bytes = b""


@dataclass(slots=True)
class Hook:
    """A spot where assembly may put something: `name` picks it from the rendering state (a text scale, a tag)."""

    name: str
    argument: object = None
    expression: Expression | None = None
    place: Place | None = None
    tag: str = ""


CHART = "chart"
"""The hook that takes a chart's data: it writes nothing."""
CHART_ID = "chart_id"
"""The hook at the relationship of a chart in a loop, which is another one in every turn."""
ENDED_TITLE = "ended_title"
"""The hook behind a title that a continued slide may number: it shows nothing where the title itself does not."""
COPY_BEGINS = "copy_begins"
"""The hook that counts the turns of a loop over shapes: it writes nothing."""
CONNECTED = "connected"
"""The hook behind the shapes of a slide with lines to shapes that come after them: it is given what was written so far."""
NEW_LIST = "new_list"
"""The hook where lists start over: it writes nothing."""
ROW_ENDS = "row_ends"
"""The hook at the end of a table row whose cells depend on each other: it is given what was written so far."""
SPANS_END = "spans_end"
"""The hook at the end of a table with merged cells: it is given what was written so far."""
BOX_ENDS = "box_ends"
"""The hook behind a box to tick: it is given what was written so far, and the signs to tell by whether the box is ticked."""
TABLES_APART = "tables_apart"
"""The hook before a table that may follow another one: it is given what was written so far, and what keeps the two apart."""
TEXT_ENDS = "text_ends"
"""The hook behind a text whose paragraphs move one by one: it is given what was written so far."""
Op = Static | Value | If | For | Set | With | Para | Guard | Hook
Ops = list[Op]
