"""Relationships of a part that may lead to what nothing shows any more: of shapes that directives govern, of pictures that others
take the place of, of what a comment covers, of reviewers' comments and names. What only such relationships lead to leaves the file with them.

In: a part, and the operations that write it. Out: its droppable relationships, each with the bytes that show in the written part that
it is still needed. Compile time only; `additions.unused` looks for them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from collateral.ooxml.manifest import Relationship
from collateral.ooxml.names import (
    CT_SLIDE,
    REL_DIAGRAM_DATA,
    REL_DIAGRAM_DRAWING,
    REL_REVIEWERS,
    REL_SLIDE,
    REL_VML_DRAWING,
)
from collateral.ooxml.package import Part
from collateral.ooxml.template.language.op_facts import always_written
from collateral.ooxml.template.language.ops import Ops
from collateral.ooxml.template.parts.additions import Droppable

_LEGACY_SHAPE = re.compile(rb'"_x0000_s\d+"')
_COMMENTS = ("/comments", "/commentsExtended", "/commentsIds", "/commentsExtensible")
_OF_COMMENTS, _OF_AUTHORS = b":commentReference", b":author="
_DRAWING_ID = re.compile(rb'relId="([^"]*)"')


def droppable_of(
    part: Part, relationships: Iterable[Relationship], ops: Ops, parts: Mapping[str, Part]
) -> Droppable:
    """Those of a part's relationships that what these operations write may not need."""
    if not ops:
        return ()
    data, kept = part.data(), b"\0".join(always_written(ops))
    return tuple(
        (rel.id, names)
        for rel in relationships
        if rel.type != REL_SLIDE  # their slides say themselves whether they are there
        and (names := tuple(_names(rel, part, data, parts)))
        and not any(name in kept for name in names)
    )


def _names(rel: Relationship, part: Part, data: bytes, parts: Mapping[str, Part]) -> Iterator[bytes]:
    """What stands in the part for each thing that needs the relationship; nothing when the part needs it by itself."""
    if rel.type == REL_VML_DRAWING:
        yield from dict.fromkeys(_LEGACY_SHAPE.findall(data))
    elif rel.type == REL_DIAGRAM_DRAWING:
        diagrams = [r for r in part.relationships if r.type == REL_DIAGRAM_DATA and not r.external]
        yield from (_quoted(r.id) for r in diagrams if _draws(parts.get(r.target), rel.id))
    elif (
        rel.type.endswith(_COMMENTS) and part.content_type != CT_SLIDE
    ):  # a slide does not say that it has some
        yield _OF_COMMENTS
    elif rel.type.endswith(REL_REVIEWERS) and not _names_authors(parts, (part.name, rel.target)):
        yield from (_OF_COMMENTS, _OF_AUTHORS)
    if _quoted(rel.id) in data or _quoted(rel.id, b"'") in data:
        yield _quoted(rel.id)


def _names_authors(parts: Mapping[str, Part], but: Collection[str]) -> bool:
    """Whether another part than these, and than those of comments, says who changed something."""
    others = [part for name, part in parts.items() if name not in but and name.endswith(".xml")]
    return any(_OF_AUTHORS in part.data() for part in others if "comments" not in part.content_type)


def _draws(diagram: Part | None, rel_id: str) -> bool:
    """Whether a diagram says that it is drawn by the part this relationship leads to, or does not say which."""
    found = _DRAWING_ID.search(diagram.data()) if diagram is not None else None
    return found is None or found[1] == rel_id.encode()


def _quoted(text: str, quote: bytes = b'"') -> bytes:
    return quote + text.encode() + quote


def reached(
    roots: Iterable[str],
    relationships: Mapping[str, Iterable[Relationship]],
    droppable: Mapping[str, Droppable] | None = None,
) -> Collection[str]:
    """The parts that relationships lead to from some of them, droppable ones left out."""
    found: dict[str, None] = {}
    todo = list(roots)
    while todo:
        name = todo.pop()
        if name in found or name not in relationships:
            continue
        found[name] = None
        left_out = {rel_id for rel_id, _ in droppable.get(name, ())} if droppable else ()
        todo += [r.target for r in relationships[name] if not r.external and r.id not in left_out]
    return found.keys()
