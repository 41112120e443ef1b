"""What docProps/app.xml counts and lists of a file's content: true when Office saved it, and of no other file.

In: the tree of app.xml. Out: the same tree without them; every one is optional, and Office writes them when it saves.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml import etree

DERIVED: Final = frozenset(
    {
        "HeadingPairs", "TitlesOfParts", "HLinks", "TotalTime", "Pages", "Words", "Characters", "CharactersWithSpaces",
        "Lines", "Paragraphs", "MMClips", "HiddenSlides", "Notes",
    }
)  # fmt: skip


def drop_derived(root: etree._Element, kept: Collection[str] = ()) -> None:
    """Take out what the content decides; `kept` is what the caller writes anew."""
    for child in [c for c in root if str(c.tag).rpartition("}")[2] in DERIVED]:
        if str(child.tag).rpartition("}")[2] not in kept:
            root.remove(child)
