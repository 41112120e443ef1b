"""Tags that were left in the text of a piece.

In: the XML of a part. Out: the paragraphs that still hold `{{`, `{%` or `{#`. A GUID in braces is no tag, and a
customer's value may hold braces: the caller says which texts are values.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from collateral.ooxml.names import NAMESPACES
from collateral.ooxml.xml import XmlError, read_events

_MARK: Final = re.compile(r"\{\{|\{%|\{#")
_HINTS: Final = b"{%#<"
"""What may stand behind the brace of a tag in XML: where its text is cut into runs, an element."""
_TEXTS: Final = frozenset(
    f"{NAMESPACES[prefix]} {local}"
    for prefix, local in (
        ("a", "t"),
        ("w", "t"),
        ("w", "delText"),
        ("c", "v"),
        ("dc", "title"),
        ("dc", "subject"),
    )
)
_ENDS: Final = frozenset(
    f"{NAMESPACES[prefix]} {local}"
    for prefix, local in (("a", "p"), ("w", "p"), ("c", "v"), ("dc", "title"), ("dc", "subject"))
)
_ATTRIBUTES: Final = ("descr", "title")


def leftover_tags(data: bytes, values: Collection[str] = ()) -> list[str]:
    """The texts that still hold a tag, in their order; `values` are texts that may hold braces. Broken XML has none."""
    if not _may_hold_tags(data):
        return []
    reader = _Reader()
    try:
        read_events(data, start=reader.start, end=reader.end, text=reader.text)
    except XmlError:
        return []
    braced = sorted((value for value in values if "{" in value), key=len, reverse=True)
    return [text for text in reader.found if _holds_tag(text, braced)]


def _may_hold_tags(data: bytes) -> bool:
    """Whether some brace may begin a tag. Braces are rare, and one is looked for much faster than all are."""
    at = data.find(b"{")
    while at >= 0:
        if data[at + 1 : at + 2] in _HINTS:
            return True
        at = data.find(b"{", at + 1)
    return False


def _holds_tag(text: str, values: list[str]) -> bool:
    for value in values:
        text = text.replace(value, "\0")
    return _MARK.search(text) is not None


class _Reader:
    def __init__(self) -> None:
        self.found: list[str] = []
        self.now: list[str] = []
        self.reading = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.reading = name in _TEXTS
        for key in _ATTRIBUTES:
            if "{" in attributes.get(key, ""):
                self.found.append(attributes[key])

    def end(self, name: str) -> None:
        self.reading = False
        if name in _ENDS and self.now:
            self.found.append("".join(self.now))
            self.now = []

    def text(self, text: str) -> None:
        if self.reading:
            self.now.append(text)
