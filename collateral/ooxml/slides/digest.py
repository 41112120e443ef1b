"""Digests of masters, layouts and themes by what they look like, so that the same one is not brought along twice.

Two parts are the same when their XML is, apart from names of relationships, ids PowerPoint hands out and the list of
layouts, and when what they point to is the same. Pure reading.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from collateral.ooxml.slides.vocabulary import R, kind_of, local

if TYPE_CHECKING:
    from lxml.etree import _Element

    from collateral.ooxml.package import Part

# relationships that say where a part stands, not how it looks
STRUCTURE = frozenset({"slideMaster", "slideLayout", "slide", "notesSlide", "notesMaster"})
# what PowerPoint changes without changing the look
IGNORED = frozenset({"sldLayoutIdLst", "creationId", "modId", "themeFamily", "sldGuideLst"})
IGNORED_ATTRIBUTES = frozenset({"preserve", "userDrawn"})

Read = Callable[[str], "_Element"]
Find = Callable[[str], "Part"]


class Digests:
    """Digests of the parts of one package, each made once. `read` gives trees, `find` gives parts."""

    def __init__(self, read: Read, find: Find) -> None:
        self._read = read
        self._find = find
        self._known: dict[str, str] = {}

    def of(self, name: str) -> str:
        """The digest of a part and all it points to, structure apart. Raises UnreadablePart."""
        known = self._known.get(name)
        if known is None:
            self._known[name] = name  # a circle of relationships must end
            known = self._known[name] = self._digest(name)
        return known

    def _digest(self, name: str) -> str:
        part = self._find(name)
        state = hashlib.sha256(part.content_type.encode())
        if not part.content_type.endswith("xml"):
            state.update(part.data())
            return state.hexdigest()
        seen: dict[str, str] = {}
        for relationship in part.relationships:
            if relationship.external:
                seen[relationship.id] = relationship.target
            elif kind_of(relationship.type) not in STRUCTURE:
                seen[relationship.id] = self.of(relationship.target)
        _hash(self._read(name), seen, state.update)
        for value in sorted(seen.values()):  # those no attribute names, such as a master's theme
            state.update(value.encode())
        return state.hexdigest()


def _hash(element: _Element, relationships: dict[str, str], update: Callable[[bytes], None]) -> None:
    name = local(element)
    if not name or name in IGNORED:
        return
    update(b"<" + str(element.tag).encode())
    for key, value in sorted((str(k), str(v)) for k, v in element.attrib.items()):
        if key in IGNORED_ATTRIBUTES or (name == "theme" and key == "name"):
            continue
        shown = relationships.get(value, value) if key.startswith(R) else value
        update(f" {key}={shown!r}".encode(errors="surrogatepass"))
    if element.text and (name == "t" or element.text.strip()):
        update(element.text.encode(errors="surrogatepass"))
    for child in element:
        _hash(child, relationships, update)
    update(b">")
