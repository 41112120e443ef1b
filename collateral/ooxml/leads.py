"""Where the parts of a document lead, and which pictures they show.

In: what stands in parts and their relationships. Out: the addresses of links, and of each picture its CRC and size. What a part
does not refer to does not count: Word drops such relationships when it saves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.manifest import Relationship
from collateral.ooxml.names import REL_HYPERLINK, REL_IMAGE

Sizes = Mapping[str, tuple[int, int]]
"""CRC and size of parts by name."""


@dataclass(frozen=True, slots=True)
class Leads:
    """Addresses, and CRC and size of pictures."""

    links: frozenset[str] = frozenset()
    pictures: frozenset[tuple[int, int]] = frozenset()


def leads_of(data: bytes, relationships: Iterable[Relationship], sizes: Sizes) -> Leads:
    """Those of one part; `sizes` are those of the file's pictures."""
    used = [rel for rel in relationships if rel.type in _TYPES and f'"{rel.id}"'.encode() in data]
    return Leads(
        frozenset([rel.target for rel in used if rel.external and rel.type == REL_HYPERLINK]),
        frozenset([sizes[rel.target] for rel in used if rel.type == REL_IMAGE and rel.target in sizes]),
    )


_TYPES = frozenset((REL_HYPERLINK, REL_IMAGE))


def together(leads: Iterable[Leads]) -> Leads:
    """All of these."""
    found = list(leads)
    return Leads(
        frozenset().union(*[one.links for one in found]), frozenset().union(*[one.pictures for one in found])
    )
