"""List items one after the other → lists within items, as HTML wants them.

In: paragraphs that are list items, each with its level. Out: `HtmlList`s; a list of a deeper level stands in the item before
it, however many levels it skips.
"""

from __future__ import annotations

from collections.abc import Iterable

from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.model import content as c


@dataclass(slots=True)
class HtmlItem:
    """One item and the lists under it."""

    inlines: c.Inlines
    lists: list[HtmlList] = field(default_factory=list)


@dataclass(slots=True)
class HtmlList:
    """One list; `start` is the number of its first item, where it has numbers."""

    tag: str
    level: int
    start: int
    items: list[HtmlItem] = field(default_factory=list)

    def text(self) -> str:
        """All its words."""
        return " ".join(
            [
                c.plain_text(item.inlines) + "".join([inner.text() for inner in item.lists])
                for item in self.items
            ]
        )


class Lists:
    """Gathers lists; the count of a numbered one goes on behind a paragraph between its items."""

    def __init__(self) -> None:
        self._counts: dict[int, int] = {}

    def gather(self, paragraphs: Iterable[c.Paragraph]) -> list[HtmlList]:
        """The lists that items with nothing between them make."""
        made: list[HtmlList] = []
        within: list[HtmlList] = []
        for paragraph in paragraphs:
            while within and within[-1].level > paragraph.level:
                within.pop()
            if within and within[-1].level == paragraph.level and not _continues(within[-1], paragraph):
                within.pop()
            if not within or within[-1].level < paragraph.level:
                opened = self._opened(paragraph)
                (within[-1].items[-1].lists if within else made).append(opened)
                within.append(opened)
            within[-1].items.append(HtmlItem(paragraph.inlines))
            self._count(paragraph)
        return made

    def _opened(self, paragraph: c.Paragraph) -> HtmlList:
        if paragraph.start is not None:
            self._counts[paragraph.level] = paragraph.start - 1
        return HtmlList(_tag(paragraph), paragraph.level, self._counts.get(paragraph.level, 0) + 1)

    def _count(self, paragraph: c.Paragraph) -> None:
        if paragraph.list == "number":
            self._counts[paragraph.level] = self._counts.get(paragraph.level, 0) + 1
        for level in [level for level in self._counts if level > paragraph.level]:
            del self._counts[level]


def _tag(paragraph: c.Paragraph) -> str:
    return "ol" if paragraph.list == "number" else "ul"


def _continues(open_list: HtmlList, paragraph: c.Paragraph) -> bool:
    return open_list.tag == _tag(paragraph) and paragraph.start is None
