"""Final nodes → HTML for e-mails: semantic elements, everything escaped, nothing a mail program would refuse.

Every paragraph, list and table says in which direction it runs where that is not plain from the language: decided by its
letters as in decks and documents, for a mail program shows a part of the message wherever it likes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import chain, groupby, repeat

from collateral.model import content as c
from collateral.ooxml.drawing.addresses import safe_address
from collateral.ooxml.drawing.language import is_left_to_right, is_right_to_left, runs_right_to_left
from collateral.ooxml.drawing.tables import header_text
from collateral.render.html_lists import HtmlList, Lists


def nodes_to_html(nodes: c.Nodes, language: str = "en") -> str:
    """The nodes as HTML. Pictures and charts have no place in an e-mail's text and show as their alt text."""
    return "\n".join(_Writer(language).nodes(nodes))


class _Writer:
    def __init__(self, language: str) -> None:
        self.language = language
        self.turned = runs_right_to_left(language)
        self.lists = Lists()

    def nodes(self, nodes: c.Nodes) -> Iterable[str]:
        for is_list, group in groupby(nodes, _is_item):
            if is_list:
                items = [node for node in group if isinstance(node, c.Paragraph)]
                yield from [self.list(made, self.turned) for made in self.lists.gather(items)]
            else:
                yield from [self.node(node) for node in group]

    def is_turned(self, text: str, around: bool) -> bool:
        """Whether a text runs from right to left, as what stands around it does when it has no letters."""
        if is_right_to_left(text, self.language):
            return True
        return around and not is_left_to_right(text, self.language)

    def direction(self, text: str, around: bool) -> str:
        """The attribute that says how a text runs; "" where it runs as what stands around it."""
        if is_right_to_left(text, self.language):
            return ' dir="rtl"'
        return "" if not around or self.is_turned(text, around) else ' dir="ltr"'

    def among(self, inlines: c.Inlines, text: str, turned: bool) -> tuple[str, str]:
        """The attribute of an item or cell, and its words. In a page from right to left it runs as those beside it, and
        only the words in it from left to right: a product's Latin name does not jump to the other side."""
        words = runs_to_html(inlines)
        if not (self.turned and turned) or not is_left_to_right(text, self.language):
            return self.direction(text, turned), words
        return ' dir="rtl"', f'<span dir="ltr">{words}</span>'

    def list(self, made: HtmlList, around: bool) -> str:
        start = f' start="{made.start}"' if made.tag == "ol" and made.start != 1 else ""
        turned = self.is_turned(made.text(), around)
        lines = [f"<{made.tag}{start}{self.direction(made.text(), around)}>"]
        for item in made.items:
            text = c.plain_text(item.inlines)
            direction, words = self.among(item.inlines, text, turned)
            within = turned if self.turned else self.is_turned(text, turned)
            inner = [words, *[self.list(below, within) for below in item.lists]]
            lines.append(f"<li{direction}>" + "\n".join(inner) + "</li>")
        return "\n".join([*lines, f"</{made.tag}>"])

    def node(self, node: c.Node) -> str:
        match node:
            case c.Paragraph():
                return self.paragraph(node)
            case c.Heading():
                depth = min(max(node.depth, 1), 4)
                return self.block(f"h{depth}", node.inlines)
            case c.Table():
                return self.table(node)
            case c.Picture() | c.Chart():
                return self.block("p", (c.Run(node.alt),)) if node.alt else ""
            case c.Rule():
                return "<hr>"
            case _:
                return ""

    def block(self, tag: str, inlines: c.Inlines, *, around: bool | None = None, small: bool = False) -> str:
        direction = self.direction(c.plain_text(inlines), self.turned if around is None else around)
        inner = runs_to_html(inlines)
        return f"<{tag}{direction}>{f'<small>{inner}</small>' if small else inner}</{tag}>"

    def paragraph(self, node: c.Paragraph) -> str:
        text = self.block("p", node.inlines, small=node.note)
        direction = self.direction(c.plain_text(node.inlines), self.turned)
        return f"<blockquote{direction}>{text}</blockquote>" if node.quote else text

    def table(self, table: c.Table) -> str:
        turned = self.turned or self.is_turned(header_text(table), False)
        direction = ' dir="rtl"' if turned else ""
        caption = self.block("caption", table.caption, around=turned) if table.caption else ""
        width = len(table.header)
        head = self.row("th", table.header, table.align, turned)
        rows = [(*row, *[()] * (width - len(row))) for row in table.rows]
        body = "".join([self.row("td", row, table.align, turned) for row in rows])
        return f"<table{direction}>{caption}<thead>{head}</thead><tbody>{body}</tbody></table>"

    def row(self, tag: str, cells: Sequence[c.Inlines], align: Sequence[str | None], around: bool) -> str:
        sides = chain(align, repeat(None))
        shown = [self.cell(tag, cell, side, around) for cell, side in zip(cells, sides, strict=False)]
        return f"<tr>{''.join(shown)}</tr>"

    def cell(self, tag: str, cell: c.Inlines, side: str | None, around: bool) -> str:
        text = c.plain_text(cell)
        direction, words = self.among(cell, text, around)
        turned = around if self.turned else self.is_turned(text, around)
        begin = "right" if turned else "left"
        scope = ' scope="col"' if tag == "th" else ""
        return f'<{tag}{scope}{direction} style="text-align:{side or begin}">{words}</{tag}>'


def _is_item(node: c.Node) -> bool:
    return isinstance(node, c.Paragraph) and node.list is not None


def runs_to_html(runs: Iterable[c.Inline]) -> str:
    """Final runs as HTML; a link that is neither web nor mail is plain text."""
    return "".join(_run(run) for run in runs if isinstance(run, c.Run))


def _run(run: c.Run) -> str:
    text = escape(run.text).replace("\n", "<br>")
    for wanted, tag in ((run.code, "code"), (run.italic, "em"), (run.bold, "strong"), (run.strike, "s")):
        if wanted:
            text = f"<{tag}>{text}</{tag}>"
    address = safe_address(run.link) if run.link else None
    return f'<a href="{escape(address)}">{text}</a>' if address is not None else text
