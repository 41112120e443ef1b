"""Rich text as values: what a block's Markdown is parsed into and what a plan's final text is made of.

The same nodes serve both. *Source* content may hold `Field`, `InlineIf`/`InlineFor` and `If`/`For`; *final* content
(in a plan) holds `Run`s only. Nothing here knows Markdown, PowerPoint, Word or HTML.
"""

from __future__ import annotations

from decimal import Decimal

from collateral.diagnostics import Span
from collateral.diagnostics.lazy_dataclass import dataclass, field


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with one look. `link` is an absolute http(s)/mailto address or a `#slide-id`/`#anchor`.

    A newline in `text` is a line break inside the paragraph. `claim` names the claim the text rests on.
    """

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    strike: bool = False
    link: str | None = None
    claim: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A `{{ expression }}` inside text; `run` carries the look the value will get (its text is unused).

    `link_source` is set when the *address* of a link holds the expression text.
    """

    expression: str
    run: Run
    at: Span | None = None


@dataclass(frozen=True, slots=True)
class InlineIf:
    """`{% if %}…{% elif %}…{% else %}…{% endif %}` within one paragraph; an `else` branch has expression None."""

    branches: tuple[tuple[str | None, tuple[Inline, ...]], ...]
    at: Span | None = None


@dataclass(frozen=True, slots=True)
class InlineFor:
    """`{% for name in expression %}…{% endfor %}` within one paragraph."""

    name: str
    expression: str
    body: tuple[Inline, ...]
    at: Span | None = None


Inline = Run | Field | InlineIf | InlineFor
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a list item when `list` is set; `level` is the nesting depth of the item, from 0.

    `start` is the number a numbered list begins at with this item; without it the item goes on where its list is. `inside` marks
    what follows in the item above. `quote` marks block quotes, `note` small print such as sources.
    """

    inlines: Inlines
    list: str | None = None  # None, "bullet" or "number"
    level: int = 0
    start: int | None = None
    quote: bool = False
    at: Span | None = None
    note: bool = False
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `depth` counts the number signs."""

    depth: int
    inlines: Inlines
    at: Span | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A pipe table: one header row, rows of cells, and per column "left", "center", "right" or None. `shares` are the widths of
    the columns in proportion, where they are decided: the parts of a table that goes on have the columns of the whole."""

    header: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    align: tuple[str | None, ...]
    caption: Inlines = ()
    at: Span | None = None
    shares: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on its own line. `source` is a file path relative to the block (checked by `load` to stay in the
    workspace) or, in source content, an expression `{{ prospect.logo }}`. In final content it is an absolute path."""

    source: str
    alt: str
    title: str = ""
    at: Span | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One data series; a gap is None. Scatter and bubble charts fill `x` (and `sizes`); `labels` are texts at the points.

    `plus` and `minus` are how far error bars reach from each value; where only one is given it holds for both sides.
    """

    name: str
    values: tuple[float | int | Decimal | None, ...]
    x: tuple[float | int | Decimal | None, ...] = ()
    sizes: tuple[float | int | Decimal | None, ...] = ()
    labels: tuple[str, ...] = ()
    plus: tuple[float | int | Decimal | None, ...] = ()
    minus: tuple[float | int | Decimal | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """Final chart data. `kind`: bar, column, line, area, pie, doughnut, scatter, bubble, radar (with `stacked`).

    `levels` are the groups above the categories, the outermost level first, each with a text for every category. `totals` are
    the categories of a waterfall that are totals; None leaves them to the designed chart.
    """

    kind: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    title: str = ""
    alt: str = ""
    number_format: str = "General"
    stacked: bool = False
    labels: bool = False
    at: Span | None = None
    category_title: str = ""  # titles of the two axes; scatter and bubble charts: of x and y
    value_title: str = ""
    levels: tuple[tuple[str, ...], ...] = ()
    totals: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class ChartSource:
    """A ```` ```chart ```` fence before evaluation: its YAML as plain data whose strings may be `{{ expressions }}`."""

    data: tuple[tuple[str, object], ...]
    at: Span | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break (`---`): in a deck, a column break; in a document, a rule."""

    at: Span | None = None


@dataclass(frozen=True, slots=True)
class If:
    """Block-level condition around whole nodes."""

    branches: tuple[tuple[str | None, tuple[Node, ...]], ...]
    at: Span | None = None


@dataclass(frozen=True, slots=True)
class For:
    """Block-level loop around whole nodes."""

    name: str
    expression: str
    body: tuple[Node, ...]
    at: Span | None = None


Node = Paragraph | Heading | Table | Picture | Chart | ChartSource | Rule | If | For
Nodes = tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class SlideContent:
    """One `##` of a deck form: its title, nodes, speaker notes and the layout the author asked for (or None)."""

    title: Inlines
    nodes: Nodes
    notes: Nodes = ()
    layout: str | None = None
    at: Span | None = None


@dataclass(frozen=True, slots=True)
class FormContent:
    """The parsed body of one form: `slides` when the form is for a deck, `nodes` otherwise."""

    slides: tuple[SlideContent, ...] = ()
    nodes: Nodes = ()
    claims: tuple[str, ...] = field(default=())


def plain_text(inlines: Inlines) -> str:
    """The text of final inlines without any look; fields show as their tag."""
    return "".join(i.text if isinstance(i, Run) else _tag_text(i) for i in inlines)


def continued_title_end(number: int, count: int) -> str:
    """What the title of one of several slides of the same content ends in, so that no two slides are called the same."""
    return f" ({number}/{count})"


def _tag_text(inline: Inline) -> str:
    return "{{ " + inline.expression + " }}" if isinstance(inline, Field | InlineFor) else ""
