"""What layouts and masters say by themselves, on every slide that stands on them.

In: their XML. Out: digests of the words in their shapes that are no placeholders. A piece remembers which of them there were; unused
layouts may go, and pasted slides may bring others.
"""

from __future__ import annotations

from collections.abc import Iterable

from collateral.ooxml.package import Package, Part
from collateral.ooxml.record.digest import NOTHING, digest_own_words
from collateral.ooxml.xml import XmlError


def look_words(xml: bytes) -> str:
    """The digest of what a layout or master says by itself; "" of nothing, and of one that no parser reads."""
    try:
        return digest_own_words(xml)
    except XmlError:
        return ""


def digest_looks(words: Iterable[str]) -> str:
    """The digests of what the layouts and masters of a deck say, as the record holds them."""
    return " ".join(sorted({said for said in words if said})) or NOTHING


def looks_are_intact(package: Package, slides: Iterable[Part], made: str) -> bool:
    """Whether the layouts and masters of these slides say nothing but what those of the piece said."""
    layouts = {part.name: part for slide in slides for part in package.related(slide, "slideLayout")}
    masters = {
        part.name: part for layout in layouts.values() for part in package.related(layout, "slideMaster")
    }
    return {look_words(part.data()) for part in (*layouts.values(), *masters.values())} <= {"", *made.split()}
