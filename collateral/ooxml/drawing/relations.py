"""Collects what a part or fragment points to, and gives each a local relationship id.

Goes in: addresses, pictures and new parts. Comes out: local names to write into the XML, and the `RelatedPart`s.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from collateral.ooxml.values import Image, Pieces, RelatedPart

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HYPERLINK = f"{RELATIONSHIPS}/hyperlink"
SLIDE = f"{RELATIONSHIPS}/slide"
IMAGE = f"{RELATIONSHIPS}/image"
CHART = f"{RELATIONSHIPS}/chart"
PACKAGE = f"{RELATIONSHIPS}/package"


class LocalName(str):
    """An id that holds inside one fragment only: text when joined, a piece of its own in a `Fragment`."""

    __slots__ = ()


class Relations:
    """The relationships of one part or fragment; the same picture or address is listed once."""

    def __init__(self, media_folder: str, prefix: str = "rel") -> None:
        self._media_folder = media_folder
        self._prefix = prefix
        self._parts: dict[tuple[str, str], RelatedPart] = {}

    def link(self, address: str) -> LocalName:
        """The id for an external address."""
        return self._add(HYPERLINK, address, target=address)

    def slide(self, key: str) -> LocalName:
        """The id for the slide of the same deck with this key."""
        return self._add(SLIDE, key, target="#" + key)

    def image(self, image: Image) -> LocalName:
        """The id for a picture (for an SVG: of its PNG stand-in)."""
        name = f"{self._media_folder}/image{{n}}.{image.extension}"
        return self._add(
            IMAGE,
            image.digest,
            name_hint=name,
            content_type=image.content_type,
            data=image.data,
            digest=image.digest,
        )

    def vector(self, image: Image) -> LocalName:
        """The id for the SVG of a picture that has one."""
        digest = "svg:" + image.digest
        name = f"{self._media_folder}/image{{n}}.svg"
        return self._add(
            IMAGE, digest, name_hint=name, content_type="image/svg+xml", data=image.svg, digest=digest
        )

    def new_part(self, part: RelatedPart) -> LocalName:
        """The id for a part made for this place (its `rel_id` is set here)."""
        name = self._next()
        self._parts[(part.type, name)] = RelatedPart(
            name,
            part.type,
            None,
            part.name_hint,
            part.content_type,
            part.data,
            part.related,
            part.digest,
        )
        return name

    def parts(self) -> tuple[RelatedPart, ...]:
        """All of them, in the order they were asked for."""
        return tuple(self._parts.values())

    def _next(self) -> LocalName:
        return LocalName(f"{self._prefix}{len(self._parts) + 1}")

    def _add(
        self,
        type_: str,
        key: str,
        *,
        target: str | None = None,
        name_hint: str = "",
        content_type: str = "",
        data: bytes | None = None,
        digest: str = "",
    ) -> LocalName:
        known = self._parts.get((type_, key))
        if known is not None:
            return LocalName(known.rel_id)
        name = self._next()
        self._parts[(type_, key)] = RelatedPart(
            name, type_, target, name_hint, content_type, data, (), digest
        )
        return name


def pieces_of(texts: Sequence[str]) -> Pieces:
    """The pieces of a fragment: neighbouring XML text joined, local names kept apart."""
    result: list[bytes | str] = []
    for is_name, group in groupby(texts, key=lambda text: isinstance(text, LocalName)):
        if is_name:
            result.extend(str(name) for name in group)
        else:
            result.append("".join(group).encode())
    return tuple(result)
