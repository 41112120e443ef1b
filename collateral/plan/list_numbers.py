"""Numbered lists that are cut: behind a column break, a table or the end of a slide.

In: the nodes of a slide before a cut and behind it. Out: those behind it, whose lists begin at the number they go on with; what
writes one box knows nothing of another.
"""

from __future__ import annotations

from collections.abc import Iterable

from collateral.diagnostics.lazy_dataclass import replace
from collateral.model.content import Node, Nodes, Paragraph


def going_on(before: Iterable[Node], rest: Nodes) -> Nodes:
    """The rest, its numbers going on from those before it."""
    counts: dict[int, int] = {}
    for node in before:
        if isinstance(node, Paragraph) and node.list:
            if node.list == "number":
                counts[node.level] = counts.get(node.level, 0) + 1 if node.start is None else node.start
            _end_deeper(counts, node.level)
    return tuple(_numbered(node, counts) for node in rest)


def _numbered(node: Node, counts: dict[int, int]) -> Node:
    if not isinstance(node, Paragraph) or not node.list:
        return node
    _end_deeper(counts, node.level)
    count = counts.pop(node.level, 0) if node.list == "number" else 0
    return replace(node, start=count + 1) if count and node.start is None else node


def _end_deeper(counts: dict[int, int], level: int) -> None:
    for deeper in [each for each in counts if each > level]:
        del counts[deeper]
