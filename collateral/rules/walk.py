"""Walks over a form's content: its texts, and its expressions with the names loops add around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from collateral.diagnostics import Span
from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.model import content as c

_TAG = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_BLANK = "\N{OBJECT REPLACEMENT CHARACTER}"  # stands for a value no word can be joined with


@dataclass(frozen=True, slots=True)
class Found:
    """An expression in a text, the names of loops around it, and whether a condition stands around it."""

    source: str
    at: Span | None
    local: frozenset[str] = frozenset()
    conditional: bool = False


def nodes_of(content: c.FormContent) -> Iterator[c.Node]:
    """Every node of a form's slides or text but for speaker notes, in order, conditions and loops opened."""
    for slide in content.slides:
        yield from _opened(slide.nodes)
    yield from _opened(content.nodes)


def _opened(nodes: Sequence[c.Node]) -> Iterator[c.Node]:
    for node in nodes:
        match node:
            case c.If():
                yield from _opened([child for _, body in node.branches for child in body])
            case c.For():
                yield from _opened(node.body)
            case _:
                yield node


def texts_of(content: c.FormContent) -> Iterator[tuple[str, Span | None]]:
    """The text of every paragraph, heading, cell and caption, with its place."""
    for slide in content.slides:
        yield _text(slide.title), slide.at
        yield from _node_texts((*slide.nodes, *slide.notes))
    yield from _node_texts(content.nodes)


def _node_texts(nodes: Sequence[c.Node]) -> Iterator[tuple[str, Span | None]]:
    for node in nodes:
        match node:
            case c.Paragraph() | c.Heading():
                yield _text(node.inlines), node.at
            case c.Table():
                for cell in (*node.header, *(cell for row in node.rows for cell in row), node.caption):
                    yield _text(cell), node.at
            case c.Picture():
                yield f"{node.alt} {node.title}", node.at
            case c.If():
                yield from _node_texts([child for _, body in node.branches for child in body])
            case c.For():
                yield from _node_texts(node.body)


def _text(inlines: c.Inlines) -> str:
    parts = []
    for inline in inlines:
        match inline:
            case c.Run():
                parts.append(inline.text)
            case c.InlineIf():
                parts += [_text(body) for _, body in inline.branches]
            case c.InlineFor():
                parts.append(_text(inline.body))
            case _:
                parts.append(_BLANK)
    return "".join(parts)


def expressions_of(content: c.FormContent) -> Iterator[Found]:
    """Every expression, in order."""
    start = Found("", None)
    for slide in content.slides:
        yield from _inlines(slide.title, start, slide.at)
        yield from _nodes((*slide.nodes, *slide.notes), start)
    yield from _nodes(content.nodes, start)


def _nodes(nodes: Sequence[c.Node], around: Found) -> Iterator[Found]:
    for node in nodes:
        match node:
            case c.Paragraph() | c.Heading():
                yield from _inlines(node.inlines, around, node.at)
            case c.Table():
                for cell in (*node.header, *(cell for row in node.rows for cell in row), node.caption):
                    yield from _inlines(cell, around, node.at)
            case c.Picture():
                yield from _pattern(node.source, around, node.at)
            case c.ChartSource():
                yield from _data(dict(node.data), around, node.at)
            case c.If():
                for condition, body in node.branches:
                    yield from _condition(condition, around, node.at)
                    yield from _nodes(body, _under_condition(around))
            case c.For():
                yield _here(node.expression, around, node.at)
                yield from _nodes(node.body, _inside_loop(around, node.name))


def _inlines(inlines: c.Inlines, around: Found, at: Span | None) -> Iterator[Found]:
    for inline in inlines:
        match inline:
            case c.Run():
                yield from _pattern(inline.link or "", around, at)
            case c.Field():
                yield _here(inline.expression, around, inline.at or at)
                yield from _pattern(inline.run.link or "", around, at)
            case c.InlineIf():
                for condition, body in inline.branches:
                    yield from _condition(condition, around, inline.at or at)
                    yield from _inlines(body, _under_condition(around), at)
            case c.InlineFor():
                yield _here(inline.expression, around, inline.at or at)
                yield from _inlines(inline.body, _inside_loop(around, inline.name), at)


def _data(value: object, around: Found, at: Span | None) -> Iterator[Found]:
    if isinstance(value, str):
        yield from _pattern(value, around, at)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _data(item, around, at)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _data(item, around, at)


def _pattern(text: str, around: Found, at: Span | None) -> Iterator[Found]:
    for found in _TAG.finditer(text) if "{{" in text else ():
        yield _here(found[1].strip(), around, at)


def _condition(source: str | None, around: Found, at: Span | None) -> Iterator[Found]:
    if source is not None:
        # what a condition asks for need not be known
        yield Found(source, at, around.local, True)


def _here(source: str, around: Found, at: Span | None) -> Found:
    return Found(source, at, around.local, around.conditional)


def _under_condition(around: Found) -> Found:
    return Found("", None, around.local, True)


def _inside_loop(around: Found, name: str) -> Found:
    return Found("", None, around.local | {name, "loop"}, True)
