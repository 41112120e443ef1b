"""Final nodes → HTML for e-mails: semantic elements, everything escaped, nothing a mail program would refuse."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from collateral.model import content as c

SAFE_LINKS = ("https://", "http://", "mailto:")


def nodes_to_html(nodes: c.Nodes) -> str:
    """The nodes as HTML. Pictures and charts have no place in an e-mail's text and show as their alt text."""
    parts: list[str] = []
    open_lists: list[str] = []
    for node in nodes:
        wanted = node.level + 1 if isinstance(node, c.Paragraph) and node.list else 0
        _close_lists(parts, open_lists, wanted)
        if isinstance(node, c.Paragraph) and node.list:
            _open_lists(parts, open_lists, wanted, "ol" if node.list == "number" else "ul")
            parts.append(f"<li>{runs_to_html(node.inlines)}</li>")
        else:
            parts.append(_node(node))
    _close_lists(parts, open_lists, 0)
    return "\n".join(parts)


def _open_lists(parts: list[str], open_lists: list[str], wanted: int, tag: str) -> None:
    while len(open_lists) < wanted:
        parts.append(f"<{tag}>")
        open_lists.append(tag)


def _close_lists(parts: list[str], open_lists: list[str], wanted: int) -> None:
    while len(open_lists) > wanted:
        parts.append(f"</{open_lists.pop()}>")


def _node(node: c.Node) -> str:
    match node:
        case c.Paragraph():
            inner = runs_to_html(node.inlines)
            text = f"<p><small>{inner}</small></p>" if node.note else f"<p>{inner}</p>"
            return f"<blockquote>{text}</blockquote>" if node.quote else text
        case c.Heading():
            depth = min(max(node.depth, 1), 4)
            return f"<h{depth}>{runs_to_html(node.inlines)}</h{depth}>"
        case c.Table():
            return _table(node)
        case c.Picture() | c.Chart():
            return f"<p>{escape(node.alt)}</p>" if node.alt else ""
        case c.Rule():
            return "<hr>"
        case _:
            return ""


def _table(table: c.Table) -> str:
    head = _row("th", table.header, table.align)
    body = "".join(_row("td", row, table.align) for row in table.rows)
    return f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"


def _row(tag: str, cells: Sequence[c.Inlines], align: Sequence[str | None]) -> str:
    shown = "".join(
        f'<{tag} style="text-align:{side or "left"}">{runs_to_html(cell)}</{tag}>'
        for cell, side in zip(cells, align, strict=False)
    )
    return f"<tr>{shown}</tr>"


def runs_to_html(runs: Iterable[c.Inline]) -> str:
    """Final runs as HTML; a link that is neither web nor mail is plain text."""
    return "".join(_run(run) for run in runs if isinstance(run, c.Run))


def _run(run: c.Run) -> str:
    text = escape(run.text).replace("\n", "<br>")
    for wanted, tag in ((run.code, "code"), (run.italic, "em"), (run.bold, "strong"), (run.strike, "s")):
        if wanted:
            text = f"<{tag}>{text}</{tag}>"
    if run.link and run.link.lower().startswith(SAFE_LINKS):
        return f'<a href="{escape(run.link)}">{text}</a>'
    return text
