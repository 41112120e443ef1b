"""The .rels files of parts that are written for a piece. Pieces of one template mostly need the same ones, so the last are kept.

In: a part's name and its relationships. Out: its .rels file, packed. Hot path.
"""

from __future__ import annotations

from collections.abc import Sequence

from collateral.ooxml.archive import Member
from collateral.ooxml.manifest import Relationship, rels_name, write_relationships

WrittenRels = dict[str, tuple[tuple[Relationship, ...], Member]]
"""By part its relationships in the last piece, and the file of them."""


def rels_member(name: str, relationships: Sequence[Relationship]) -> Member:
    """The .rels file of a part."""
    return Member.of(rels_name(name), write_relationships(relationships, name))


def known_rels(known: WrittenRels, name: str, relationships: tuple[Relationship, ...]) -> tuple[Member, bool]:
    """The .rels file of a part, and whether the last piece had the same."""
    last = known.get(name)
    if last is not None and last[0] == relationships:
        return last[1], True
    member = rels_member(name, relationships)
    known[name] = relationships, member
    return member, False
