"""Directives in a flat sequence → nested conditions and loops, the same way for inline text and for whole nodes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from collateral.diagnostics import Diagnostic, Span
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.markdown.tags import Tag

Item = TypeVar("Item")
Branches = tuple[tuple[str | None, tuple[Item, ...]], ...]


@dataclass(slots=True)
class Shape(Generic[Item]):
    """How to make a condition and a loop out of the items inside them."""

    make_if: Callable[[Branches[Item], Span], Item]
    make_for: Callable[[str, str, tuple[Item, ...], Span], Item]
    hint: str


@dataclass(slots=True)
class _Open(Generic[Item]):
    tag: Tag
    branches: list[tuple[str | None, tuple[Item, ...]]] = field(default_factory=list)
    condition: str | None = None
    items: list[Item] = field(default_factory=list)
    last: bool = False


def nest(items: Sequence[Item | Tag], shape: Shape[Item], diagnostics: list[Diagnostic]) -> tuple[Item, ...]:
    """The items with their directives nested; what is unclosed or stray is reported and its content kept."""
    stack: list[_Open[Item]] = []
    top: list[Item] = []
    for item in items:
        if not isinstance(item, Tag):
            (stack[-1].items if stack else top).append(item)
            continue
        _directive(item, stack, top, shape, diagnostics)
    for left in stack:
        message = f'"{left.tag.source}" is not closed'
        diagnostics.append(Diagnostic.error("unclosed-directive", message, left.tag.at, shape.hint))
        top += [inner for _, body in left.branches for inner in body] + left.items
    return tuple(top)


def _directive(
    tag: Tag, stack: list[_Open[Item]], top: list[Item], shape: Shape[Item], diagnostics: list[Diagnostic]
) -> None:
    if tag.kind in ("if", "for"):
        stack.append(_Open(tag, condition=tag.text))
        return
    wanted = "for" if tag.kind == "endfor" else "if"
    if not stack or stack[-1].tag.kind != wanted or (tag.kind in ("elif", "else") and stack[-1].last):
        diagnostics.append(_stray(tag, stack[-1].tag if stack else None, wanted))
        return
    current = stack[-1]
    if tag.kind in ("elif", "else"):
        current.branches.append((current.condition, tuple(current.items)))
        current.condition, current.items = (tag.text or None), []
        current.last = tag.kind == "else"
        return
    stack.pop()
    (stack[-1].items if stack else top).append(_closed(current, shape))


def _closed(current: _Open[Item], shape: Shape[Item]) -> Item:
    if current.tag.kind == "for":
        return shape.make_for(current.tag.name, current.tag.text, tuple(current.items), current.tag.at)
    return shape.make_if((*current.branches, (current.condition, tuple(current.items))), current.tag.at)


def _stray(tag: Tag, inside: Tag | None, wanted: str) -> Diagnostic:
    where = f' inside "{inside.source}"' if inside else ""
    problem = Diagnostic.error("stray-directive", f'"{tag.source}" closes no "{wanted}" here{where}', tag.at,
                               "open and close a directive in the same paragraph, or both on lines of their own")  # fmt: skip
    if inside is None:
        return problem
    return Diagnostic(
        problem.severity, problem.code, problem.message, problem.at, problem.hints, (("opened", inside.at),)
    )
