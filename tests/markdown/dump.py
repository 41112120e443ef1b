"""Content as short readable lines, for fixtures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from collateral.diagnostics import Diagnostic, Span
from collateral.model import content as c


def dump(content: c.FormContent, found: Iterable[Diagnostic]) -> str:
    """Everything a form holds, one node a line; diagnostics below."""
    lines: list[str] = []
    for slide in content.slides:
        layout = f" layout={slide.layout}" if slide.layout else ""
        lines.append(f"slide@{line(slide.at)}{layout}: {inlines(slide.title)}")
        lines += [f"  {text}" for text in nodes(slide.nodes)]
        lines += [f"  notes {text}" for text in nodes(slide.notes)]
    lines += nodes(content.nodes)
    if content.claims:
        lines.append(f"claims: {', '.join(content.claims)}")
    lines += [f"{d.severity} {place(d.at)} {d.code}: {d.message}" for d in found]
    return "\n".join(lines)


def line(at: Span | None) -> str:
    return str(at.line) if at else "?"


def place(at: object) -> str:
    return f"{at.line}:{at.column}" if isinstance(at, Span) else "?"


def nodes(items: c.Nodes) -> Iterator[str]:
    for node in items:
        yield from one(node)


def one(node: c.Node) -> Iterator[str]:
    match node:
        case c.Paragraph():
            kind = {None: "", "bullet": "* ", "number": "n. " if node.start is None else f"{node.start}. "}[
                node.list
            ]
            yield f"{'> ' if node.quote else ''}p@{line(node.at)} {'  ' * node.level}{kind}{inlines(node.inlines)}"
        case c.Heading():
            yield f"h{node.depth}@{line(node.at)} {inlines(node.inlines)}"
        case c.Table():
            yield f"table@{line(node.at)} {' '.join(a or '-' for a in node.align)}"
            for row in (node.header, *node.rows):
                yield "  " + " | ".join(inlines(cell) for cell in row)
        case c.Picture():
            yield f"picture@{line(node.at)} {node.source} alt={node.alt!r}"
        case c.ChartSource():
            yield f"chart@{line(node.at)} {dict(node.data)}"
        case c.Rule():
            yield f"rule@{line(node.at)}"
        case c.If():
            for condition, body in node.branches:
                yield f"if {condition}" if condition else "else"
                yield from (f"  {text}" for text in nodes(body))
        case c.For():
            yield f"for {node.name} in {node.expression}"
            yield from (f"  {text}" for text in nodes(node.body))


def inlines(items: c.Inlines) -> str:
    return "".join(inline(item) for item in items)


def inline(item: c.Inline) -> str:
    match item:
        case c.Run():
            return look(item, item.text.replace("\n", "\\n"))
        case c.Field():
            return look(item.run, f"{{{item.expression}}}")
        case c.InlineIf():
            return "".join(
                f"<if {cond}:{inlines(body)}>" if cond else f"<else:{inlines(body)}>"
                for cond, body in item.branches
            )
        case c.InlineFor():
            return f"<for {item.name} in {item.expression}:{inlines(item.body)}>"


def look(run: c.Run, text: str) -> str:
    for on, sign in ((run.bold, "b"), (run.italic, "i"), (run.code, "c"), (run.strike, "s")):
        text = f"[{sign} {text}]" if on else text
    text = f"[link {run.link} {text}]" if run.link else text
    return f"[claim {run.claim} {text}]" if run.claim else text
