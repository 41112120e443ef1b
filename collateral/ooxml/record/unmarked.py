"""Slides and blocks whose marks are gone, known by what they say.

LibreOffice drops the tags of slides and the content controls of documents, gives shapes other names and numbers, and writes
out every look that text inherits. What it keeps are the words and their order. In: what stands in the file, and the items it
may be. Out: which is which, and by what it is known. Nothing but content and words is evidence.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate

from collateral.ooxml.record.digest import digest_words
from collateral.ooxml.record.values import Item, KnownBy, SlideDigest

_EVIDENCE: tuple[tuple[KnownBy, Callable[[SlideDigest], str]], ...] = (
    ("content", lambda made: made.content),
    ("words", lambda made: made.words),
    ("title", lambda made: made.title),
)

_ENOUGH = 100_000_000
"""How many characters are read in search of blocks; honest documents need a hundredth of it."""


def slides_by_words(
    slides: Mapping[int, SlideDigest], items: Iterable[Item], *, only_content: bool = False
) -> dict[int, tuple[Item, KnownBy]]:
    """Which item each slide is, by the slide's number; the strongest evidence first, slides that are alike in order. With
    `only_content` words are no evidence."""
    left = {item.key: item for item in items}
    known: dict[int, tuple[Item, KnownBy]] = {}
    for evidence, said in _EVIDENCE[:1] if only_content else _EVIDENCE:
        waiting: dict[str, deque[Item]] = defaultdict(deque)
        for item in left.values():
            waiting[said(item.made)].append(item)
        for number, slide in slides.items():
            same = waiting.get(said(slide)) if said(slide) and number not in known else None
            if same:
                known[number] = same.popleft(), evidence
                del left[known[number][0].key]
    return known


def blocks_by_words(paragraphs: Sequence[str], items: Iterable[Item]) -> dict[str, int]:
    """Where the words of items begin, as the number of a paragraph, by key; those whose words are nowhere are left out.

    `paragraphs` are the words of each without blanks. A block begins with a paragraph, and the record knows how long it is.
    """
    text = "".join(paragraphs)
    starts = [0, *accumulate(map(len, paragraphs))]
    left = {number: starts[number - 1] for number, words in enumerate(paragraphs, 1) if words}
    found: dict[str, int] = {}
    read = 0
    for item in items:
        length = _length(item.made.words)
        for number, start in left.items() if length else ():
            read += length
            if digest_words((text[start : start + length],)) == item.made.words:
                found[item.key] = number
                del left[number]
                break
        if read > _ENOUGH:
            break
    return found


def _length(words: str) -> int:
    """How many characters the words have a digest of; 0 where a damaged record does not say."""
    try:
        return max(int(words.partition("-")[0], 16), 0)
    except ValueError:
        return 0
