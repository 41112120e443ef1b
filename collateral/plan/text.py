"""Source content → final content: every tag replaced by its value, every condition decided.

In: nodes with tags, what the tags may read, and how values are written in the piece's language. Out: nodes that hold
runs only, and one diagnostic for each tag that has no value. Values are data: they become text of runs, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from collateral.diagnostics import Diagnostic, Span
from collateral.diagnostics.lazy_dataclass import replace
from collateral.model import content as c
from collateral.plan.charts import fill_chart
from collateral.plan.patterns import whole_tag
from collateral.plan.tags import Tags

MAX_ITEMS = 2_000  # a loop in a block never needs more; a runaway list must not hang a piece


class Filler(Tags):
    """Fills the content of one piece; `problems` collects what had no value."""

    def nodes(self, nodes: c.Nodes, local: Mapping[str, object] | None = None) -> c.Nodes:
        """Final nodes; what conditions and empty values leave empty is gone."""
        return tuple(final for node in nodes for final in self._node(node, local or {}))

    def inlines(self, inlines: c.Inlines, local: Mapping[str, object] | None = None) -> tuple[c.Run, ...]:
        """Final runs; neighbours of one look are joined."""
        return _joined(run for inline in inlines for run in self._inline(inline, local or {}))

    def _node(self, node: c.Node, local: Mapping[str, object]) -> Iterable[c.Node]:
        match node:
            case c.Paragraph():
                return self._paragraph(node, local)
            case c.Heading():
                runs = self.inlines(node.inlines, local)
                return (replace(node, inlines=runs),) if runs else ()
            case c.Table():
                return (self._table(node, local),)
            case c.If():
                return self._branch(node.branches, node.at, local)
            case c.For():
                return self._loop(node, local)
            case c.Picture():
                return self._picture(node, local)
            case c.ChartSource():
                chart = fill_chart(node, self, local)
                return (chart,) if chart is not None else ()
            case _:
                return (node,)

    def _loop(self, node: c.For, local: Mapping[str, object]) -> list[c.Node]:
        """What the turns leave. A numbered list whose items are the turns, or begin them, goes on from turn to turn."""
        made: list[c.Node] = []
        for inner in self._items(node.name, node.expression, node.at, local):
            turn = [final for child in node.body for final in self._node(child, inner)]
            made += [_going_on(turn[0]), *turn[1:]] if made and turn else turn
        return made

    def _paragraph(self, node: c.Paragraph, local: Mapping[str, object]) -> Iterable[c.Node]:
        only = node.inlines[0] if len(node.inlines) == 1 else None
        if isinstance(only, c.Field):
            at = only.at or node.at
            value = self.value(only.expression, at, local)
            items = value if isinstance(value, list | tuple) else [value]
            texts = [text for item in items if (text := self.text(item, at, only.expression))]
            made = [replace(node, inlines=(replace(only.run, text=text),)) for text in texts]
            return [*made[:1], *map(_going_on, made[1:])]
        runs = self.inlines(node.inlines, local)
        return (replace(node, inlines=runs),) if any(run.text.strip() for run in runs) else ()

    def _table(self, node: c.Table, local: Mapping[str, object]) -> c.Table:
        rows = tuple(tuple(self.inlines(cell, local) for cell in row) for row in node.rows)
        header = tuple(self.inlines(cell, local) for cell in node.header)
        return replace(node, header=header, rows=rows, caption=self.inlines(node.caption, local))

    def _picture(self, node: c.Picture, local: Mapping[str, object]) -> Iterable[c.Node]:
        source = whole_tag(node.source)
        if source is None:
            return (node,)
        value = self.value(source, node.at, local)
        if isinstance(value, c.Picture):
            return (replace(value, alt=node.alt or value.alt, at=node.at),)
        if value is not None:
            message = f"'{{{{ {source} }}}}' is not a picture"
            self.problems.append(
                Diagnostic.error(
                    "not-a-picture",
                    message,
                    node.at,
                    "pictures are facts of type picture, like prospect.logo",
                )
            )
        return ()

    def _branch(
        self, branches: tuple[tuple[str | None, c.Nodes], ...], at: Span | None, local: Mapping[str, object]
    ) -> Iterable[c.Node]:
        for condition, body in branches:
            if self.holds(condition, at, local):
                return self.nodes(body, local)
        return ()

    def _inline(self, inline: c.Inline, local: Mapping[str, object]) -> Iterable[c.Run]:
        match inline:
            case c.Run():
                return (inline,)
            case c.Field():
                value = self.value(inline.expression, inline.at, local)
                text = self.text(value, inline.at, inline.expression)
                return (replace(inline.run, text=text),) if text else ()
            case c.InlineIf():
                for condition, body in inline.branches:
                    if self.holds(condition, inline.at, local):
                        return [run for child in body for run in self._inline(child, local)]
                return ()
            case c.InlineFor():
                return [
                    run
                    for inner in self._items(inline.name, inline.expression, inline.at, local)
                    for child in inline.body
                    for run in self._inline(child, inner)
                ]

    def _items(
        self, name: str, source: str, at: Span | None, local: Mapping[str, object]
    ) -> Iterable[Mapping[str, object]]:
        """The local names of each turn of a loop."""
        value = self.value(source, at, local)
        if value is None:
            return
        if not isinstance(value, list | tuple):
            self.problems.append(Diagnostic.error("loop-over-no-list", f"'{source}' is not a list", at))
            return
        if len(value) > MAX_ITEMS:
            self.problems.append(
                Diagnostic.error(
                    "loop-too-long", f"'{source}' has {len(value)} items, the limit is {MAX_ITEMS}", at
                )
            )
            return
        for index, item in enumerate(value):
            loop = {
                "index": index + 1,
                "index0": index,
                "first": index == 0,
                "last": index == len(value) - 1,
                "length": len(value),
            }
            yield {**local, name: item, "loop": loop}


def _going_on(node: c.Node) -> c.Node:
    """The node; an item of a numbered list as one that does not begin it."""
    return replace(node, start=None) if isinstance(node, c.Paragraph) else node


def _joined(runs: Iterable[c.Run]) -> tuple[c.Run, ...]:
    done: list[c.Run] = []
    for run in runs:
        if done and replace(done[-1], text="") == replace(run, text=""):
            done[-1] = replace(run, text=done[-1].text + run.text)
        elif run.text:
            done.append(run)
    return tuple(done)
