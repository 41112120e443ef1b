"""Markdown's block tokens → a flat sequence of nodes and block-level directives, each with its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from collateral.diagnostics import Diagnostic, Span
from collateral.diagnostics.lazy_dataclass import dataclass, field, replace
from collateral.markdown.charts import read_chart
from collateral.markdown.inline import Flat, InlineReader, nested
from collateral.markdown.nesting import Shape, nest
from collateral.markdown.tags import Masked, Tag
from collateral.markdown.unread import unread
from collateral.model.content import For, Heading, If, Inlines, Node, Paragraph, Picture, Rule, Run, Table

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_ALIGN = {"text-align:left": "left", "text-align:center": "center", "text-align:right": "right"}
_COMMENT = re.compile(r"<!--.*?(-->|\Z)", re.DOTALL)
_BAR = re.compile(r"(?<!\\)\|")
_HIGHEST = 32767  # the last number a list of Office begins at
_LISTS = {"bullet_list_open": "bullet", "ordered_list_open": "number"}

NODES: Shape[Node] = Shape(
    make_if=lambda branches, at: If(branches, at),
    make_for=lambda name, source, body, at: For(name, source, body, at),
    hint='close it with its "end" on a line of its own, in the same slide or form',
)


@cache
def _parser() -> MarkdownIt:
    """CommonMark with tables and strikethrough; no indented code, no underlined headings, no link definitions."""
    from markdown_it import MarkdownIt

    from collateral.markdown.emphasis import AsianInline

    class Parser(MarkdownIt):
        # Addresses are judged by us, with their tags in place.
        def validateLink(self, url: str) -> bool:
            return True

        def normalizeLink(self, url: str) -> str:
            return url

    parser = Parser("commonmark", {"html": True})
    active = parser.get_active_rules()
    parser.inline = AsianInline()
    parser.inline.ruler.enableOnly(active["inline"])
    parser.inline.ruler2.enableOnly(active["inline2"])
    return parser.enable(["table", "strikethrough"]).disable(["code", "lheading", "reference"])


@dataclass(slots=True)
class _List:
    kind: str
    start: int | None  # the number it begins at; None when it goes on
    first: bool = True  # the next paragraph opens an item


@dataclass(slots=True)
class NodeReader:
    """Walks the tokens of some masked lines."""

    masked: Masked
    offset: int  # masked line the text begins on
    diagnostics: list[Diagnostic]
    found: list[Node | Tag] = field(default_factory=list)
    by_slide: bool = False  # whether lists end with their slide
    claims: list[str] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    counts: dict[int, int] = field(default_factory=dict)  # by level: the number of the last item
    quotes: int = 0

    def read(self, lines: Sequence[str]) -> list[Node | Tag]:
        """Nodes and block-level directives, in order."""
        tokens = _parser().parse("\n".join(lines))
        position = 0
        while position < len(tokens):
            position = self._token(tokens, position)
        return self.found

    def _token(self, tokens: list[Token], position: int) -> int:
        token = tokens[position]
        kind = token.type
        if kind == "table_open":
            return self._table(tokens, position)
        if kind == "heading_open":
            self._heading(token, tokens[position + 1])
            return position + 3
        if kind in _LISTS:
            self.lists.append(
                _List(_LISTS[kind], self._start(token) if kind == "ordered_list_open" else None)
            )
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self.lists.pop()
        elif kind == "list_item_open":
            self._item()
        elif kind in ("blockquote_open", "blockquote_close"):
            self.quotes += 1 if token.nesting > 0 else -1
        elif kind == "inline":
            self._paragraph(token)
        else:
            self._leaf(token)
        return position + 1

    def _start(self, token: Token) -> int | None:
        """The number a list begins at; None when it goes on: 3 does behind 2, and behind a 3 that a condition may leave out."""
        start, level = int(token.attrs.get("start", 1)), len(self.lists)
        if start > _HIGHEST:
            message, hint = (
                f"no list begins at {start}",
                f"lists count to {_HIGHEST}; write {start}\\. for text",
            )
            self.diagnostics.append(Diagnostic.error("list-number", message, self._span(token), hint))
        if level in self.counts and 1 < start <= self.counts[level] + 1:
            return None
        self.counts[level] = start - 1
        return start

    def _item(self) -> None:
        """An item begins: one more number, and what is deeper is over."""
        level = len(self.lists) - 1
        self.lists[-1].first = True
        if self.lists[-1].kind == "number":
            self.counts[level] += 1
        for deeper in [each for each in self.counts if each > level]:
            del self.counts[deeper]

    def _leaf(self, token: Token) -> None:
        if token.type == "hr":
            self.found.append(Rule(self._span(token)))
        elif token.type == "fence":
            self._fence(token)
        elif token.type == "html_block":
            self._html(token)

    def _html(self, token: Token) -> None:
        """HTML but for comments, and the text beside a comment, which Markdown takes for a part of it."""
        beside = _COMMENT.sub("", token.content).strip()
        if not beside:
            return
        text = self.masked.restore(beside.split("\n")[0])
        message = f'"{text}" is HTML, which is not read'
        hint = "write &lt; for the sign itself; use Markdown for looks"
        if token.content.lstrip().startswith("<!--"):
            message, hint = (
                f'"{text}" stands beside a comment and is not read',
                "leave the comment alone on its lines",
            )
        self.diagnostics.append(Diagnostic.error("raw-html", message, self._span(token), hint))

    def _paragraph(self, token: Token) -> None:
        items = self._flat(token)
        solid = [item for item in items if not (isinstance(item, Run) and not item.text.strip())]
        if solid and all(isinstance(item, Tag) for item in solid) and self._alone(token):
            self.found += [item for item in solid if isinstance(item, Tag)]
        elif len(solid) == 1 and isinstance(solid[0], Picture):
            self.found.append(replace(solid[0], at=self._span(token)))
        else:
            self._check_row(token)
            self._text(nested(items, self.diagnostics), self._span(token))

    def _check_row(self, token: Token) -> None:
        """Text in the shape of a table's row that belongs to no table."""
        if self.masked.lines[self._line(token)].lstrip().startswith("|"):
            hint = "a table is a header row, a row of dashes and its rows, with nothing in between"
            message = "this looks like a row but belongs to no table"
            self.diagnostics.append(Diagnostic.error("broken-table", message, self._span(token), hint))

    def _alone(self, token: Token) -> bool:
        """Whether the line begins with the directive: `- {% if x %}` with nothing else is text of an item."""
        line = self.masked.lines[self._line(token)].lstrip()
        return line[:1] in self.masked.tags

    def _text(self, inlines: Inlines, at: Span) -> None:
        kind, start, level = None, None, 0
        if self.lists:
            level = len(self.lists) - 1
            current = self.lists[-1]
            if current.first:
                kind = current.kind
                start, current.start = current.start, None
                current.first = False
        if inlines:
            inside = bool(self.lists) and kind is None
            self.found.append(Paragraph(inlines, kind, level, start, self.quotes > 0, at, inside=inside))

    def _heading(self, token: Token, inline: Token) -> None:
        inlines = nested(self._flat(inline), self.diagnostics)
        if self.by_slide and token.tag == "h2":
            self.counts.clear()
        self.found.append(Heading(int(token.tag[1:]), inlines, self._span(token)))

    def _fence(self, token: Token) -> None:
        info = token.info.strip().split(" ")[0]
        line = self._line(token)
        if info == "chart":
            chart = read_chart(token.content, self.masked, self.masked.origin[line] + 1, self.diagnostics)
            if chart is not None:
                self.found.append(replace(chart, at=self._span(token)))
            return
        reader = InlineReader(self.masked, line, self.diagnostics)
        reader.text(token.content.rstrip("\n"), Run("", code=True))
        self._text(nested(reader.items, self.diagnostics), self._span(token))

    def _table(self, tokens: list[Token], position: int) -> int:
        opened = tokens[position]
        rows: list[tuple[Inlines, ...]] = []
        align: list[str | None] = []
        row: list[Inlines] = []
        line = self._line(opened)
        while tokens[position].type != "table_close":
            token = tokens[position]
            if token.type == "th_open":
                align.append(_ALIGN.get(str(token.attrs.get("style", ""))))
            elif token.type == "tr_open":
                row = []
                self._check_width(line, len(align))
            elif token.type == "tr_close":
                rows.append(tuple(row))
                line += 2 if len(rows) == 1 else 1  # the line of dashes is no row
            elif token.type == "inline":
                row.append(nested(self._flat(token), self.diagnostics))
            position += 1
        self.found.append(Table(rows[0], tuple(rows[1:]), tuple(align), at=self._span(opened)))
        return position + 1

    def _check_width(self, line: int, columns: int) -> None:
        """A row with more cells than the header would lose them without a word."""
        text = self.masked.lines[line].strip().removeprefix("|")
        cells = len(_BAR.split(text.removesuffix("|")))
        if columns and cells > columns:
            message = f"the row has {cells} cells, the header {columns}"
            at = self.masked.span(line)
            self.diagnostics.append(
                Diagnostic.error("ragged-table", message, at, r"write \| for a bar inside a cell")
            )

    def _flat(self, token: Token) -> list[Flat]:
        reader = InlineReader(self.masked, self._line(token), self.diagnostics)
        items = reader.read(token.children or ())
        self.claims += reader.claims
        if "[" in token.content or "=" in token.content:
            self._check_unread(token, items)
        return items

    def _check_unread(self, token: Token, items: Sequence[Flat]) -> None:
        shown = "".join(item.text for item in items if isinstance(item, Run) and not item.code)
        for message, hint in unread(token.content, shown, in_list=bool(self.lists) and self.lists[-1].first):
            message = self.masked.restore(message)
            self.diagnostics.append(Diagnostic.error("unread-markdown", message, self._span(token), hint))

    def _line(self, token: Token) -> int:
        return self.offset + (token.map[0] if token.map else 0)

    def _span(self, token: Token) -> Span:
        return self.masked.span(self._line(token))


def nested_nodes(items: Sequence[Node | Tag], diagnostics: list[Diagnostic]) -> tuple[Node, ...]:
    """The nodes with their block-level directives nested."""
    return nest(items, NODES, diagnostics)
