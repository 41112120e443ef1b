"""What layouts and masters say and show by themselves, on every slide that stands on them.

In: their XML and pictures. Out: digests of the words in their shapes that are no placeholders, and of the pictures. A piece remembers
which of them there were; unused layouts may go, and pasted slides may bring others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from collateral.ooxml.package import Package, Part
from collateral.ooxml.record.digest import NOTHING, digest_own_words, media_token
from collateral.ooxml.record.values import Record
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


def digest_look_pictures(pictures: Iterable[tuple[int, int]]) -> str:
    """The pictures that layouts and masters may show, by CRC and size, as the record holds them."""
    return " ".join(sorted({media_token(crc, size) for crc, size in pictures})) or NOTHING


def looks_are_intact(package: Package, slides: Iterable[Part], record: Record) -> bool:
    """Whether the layouts and masters of these slides say and show nothing but what those of the piece did, as far as the
    record can say."""
    layouts = {part.name: part for slide in slides for part in package.related(slide, "slideLayout")}
    masters = {
        part.name: part for layout in layouts.values() for part in package.related(layout, "slideMaster")
    }
    looks = [*layouts.values(), *masters.values()]
    words = {look_words(part.data()) for part in looks} - {""}
    shown = [picture.member for part in looks for picture in package.related(part, "image")]
    pictures = {media_token(member.crc, member.size) for member in shown}
    return _holds(record.around, words) and _holds(record.pictures, pictures)


def _holds(made: str, found: Collection[str]) -> bool:
    return not made or set(found) <= set(made.split())
