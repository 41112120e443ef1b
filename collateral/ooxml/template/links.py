"""Hyperlinks whose address holds tags: the address is worked out where the link stands, so loops may give many.

In: a part's tree and its relationships. Out: the tree with hooks at the links, and the relationships without those that
were only patterns. Compile time only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from urllib.parse import unquote

from lxml import etree

from collateral.diagnostics import Place
from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.expressions import Expression, parse
from collateral.expressions import nodes as n
from collateral.ooxml.manifest import Relationship
from collateral.ooxml.names import REL_HYPERLINK, qn
from collateral.ooxml.template.marks import Marks
from collateral.ooxml.template.ops import Hook
from collateral.ooxml.template.tags import find_tags, may_hold_tags


@dataclass(slots=True)
class LinkSteps:
    """The links of one part. `patterns` are the relationship ids whose address holds tags."""

    relationships: Iterable[Relationship]
    patterns: set[str] = field(default_factory=set)

    def before(self, root: etree._Element, marks: Marks) -> None:
        """Put a hook into every link with a tagged address."""
        tagged = {r.id: target for r in self.relationships if r.external and (target := _readable(r.target))}
        if not tagged:
            return
        place = Place(marks.file, part=marks.part, slide=marks.slide)
        expressions = {rel_id: _address(target, marks, place) for rel_id, target in tagged.items()}
        self.patterns |= set(tagged)
        name = qn("r:id")
        for element in root.iter(etree.Element):
            rel_id = element.get(name)
            if rel_id in expressions:
                hook = Hook("link", REL_HYPERLINK, expressions[rel_id], place, tagged[rel_id])
                element.set(name, f"{marks.token}{marks.add('hook', note=hook).id}{marks.token}")


def _readable(target: str) -> str:
    """The address with its tags as the author typed them, "" when it has none: Office escapes braces."""
    if "%7B" in target or "%7b" in target:
        target = unquote(target)
    return target if may_hold_tags(target) else ""


def _address(target: str, marks: Marks, place: Place) -> Expression | None:
    """The address as one expression: its texts and its tags joined."""
    tags, broken = find_tags(target)
    for _, excerpt in broken:
        marks.error("tag-not-closed", f'the tag "{excerpt}" in a link has no end', place)
    parts: list[n.Node] = []
    at = 0
    for tag in tags:
        expression, found = parse(tag.body, at=place)
        marks.problems += found
        parts += [n.Const(target[at : tag.start])] if tag.start > at else []
        parts += [expression.node] if expression is not None else []
        at = tag.end
    parts += [n.Const(target[at:])] if at < len(target) else []
    return Expression.of(target, parts[0] if len(parts) == 1 else n.Concat(tuple(parts))) if parts else None
