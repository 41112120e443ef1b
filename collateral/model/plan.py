"""The decided content of one piece: nothing left to decide. Printable as JSON, comparable, hashed into the record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from collateral.diagnostics import Span
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.model.content import Chart, Nodes, Picture, Run, Table
from collateral.model.library import BlockId, Digest, TemplateId
from collateral.model.prospect import ProspectId


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a part of a piece comes from: goes into the record and the explanation.

    `claim_digests` are those of `claims`, in their order; `until` is the last day on which block and claims are valid.
    """

    block: BlockId | None
    language: str
    digest: Digest | None  # of the block (or the template for a fixed slide)
    wording: str = "full"
    claims: tuple[str, ...] = ()
    why: str = ""
    claim_digests: tuple[Digest, ...] = ()
    until: date | None = None


@dataclass(frozen=True, slots=True)
class TextFit:
    """The scale written into the file: `scale` of the fonts (1 is full size), `spacing` taken off the line spacing."""

    scale: float = 1.0
    spacing: float = 0.0


@dataclass(frozen=True, slots=True)
class Filling:
    """What one placeholder of a layout gets: text nodes, a table, a picture or a chart."""

    placeholder: int  # its idx
    content: Nodes | Table | Picture | Chart
    fit: TextFit = TextFit()


@dataclass(frozen=True, slots=True)
class LayoutSlide:
    """A slide made on a layout from a block's text."""

    layout: str
    title: tuple[Run, ...]
    fillings: tuple[Filling, ...]
    notes: Nodes
    origin: Origin
    section: str = ""
    title_fit: TextFit = TextFit()
    transition: str | None = None


@dataclass(frozen=True, slots=True)
class SlidePart:
    """Which of the slides a designed slide became because its tables go on: `number` from 1 of `count`.

    `rows` says by the number of each loop over table rows which of its turns stand here: the first, from 0, and the one
    after the last. Numbers of rows that are not repeated have (0, 1) where they stand and (0, 0) elsewhere. What stands in a
    turn of an outer loop that is itself shared goes by (number, turn). `title_end` is
    what the title of this slide ends in.
    """

    number: int
    count: int
    rows: Mapping[int | tuple[int, int], tuple[int, int]]
    title_end: str


@dataclass(frozen=True, slots=True)
class DesignedSlide:
    """A slide a designer made: of the master (by @id) or of a block's own .pptx, filled with `values`.

    `source` is the file (relative to the workspace); `slide` its @id or 1-based number; `fits` by shape id. `part` is set
    when its tables go on on further slides. `filled` decides nothing: it is the slide as it was filled to be measured, so that
    who renders it need not fill it again.
    """

    source: str
    slide: str
    values: Mapping[str, object]
    origin: Origin
    section: str = ""
    fits: Mapping[int, TextFit] = field(default_factory=dict)
    part: SlidePart | None = None
    filled: object = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class DeckContent:
    """The slides of a deck, in order. `values` are for the tags of what belongs to no slide: layouts, masters, properties."""

    slides: tuple[LayoutSlide | DesignedSlide, ...]
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """A run of content in a document that came from one block: nodes, or a designed .docx part."""

    nodes: Nodes
    origin: Origin
    source: str | None = None  # designed part


@dataclass(frozen=True, slots=True)
class DocumentSection:
    """A section: its heading ("" for none) and its parts. `slot` is the name the master places it by."""

    title: str
    parts: tuple[DocumentPart, ...]
    slot: str


@dataclass(frozen=True, slots=True)
class DocumentContent:
    """A document's sections and the values its tagged master is filled with."""

    sections: tuple[DocumentSection, ...]
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class EmailContent:
    """A message: who to, subject, and its parts in order. `logo` is an absolute path shown inline, or None; `to_at` is where the
    profile says who to."""

    to: str
    to_name: str
    sender: str
    sender_name: str
    subject: str
    parts: tuple[DocumentPart, ...]
    values: Mapping[str, object]
    logo: str | None = None
    to_at: Span | None = None


@dataclass(frozen=True, slots=True)
class Properties:
    """Document properties of a piece."""

    title: str
    subject: str = ""
    author: str = ""
    company: str = ""
    keywords: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Plan:
    """One piece, decided."""

    template: TemplateId
    template_digest: Digest
    piece: str
    master: str | None
    prospect: ProspectId
    language: str
    as_of: date
    file_name: str
    properties: Properties
    content: DeckContent | DocumentContent | EmailContent
    currency: str = "EUR"
    internal: bool = False  # a briefing: may hold internal facts, must not be sent
