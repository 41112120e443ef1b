"""Where the parts of a document lead, and which pictures and charts they show.

In: what stands in parts and their relationships. Out: the addresses of links, of each picture its CRC and size, and the XML of charts.
What a part does not refer to does not count: Word drops such relationships when it saves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.archive import Member
from collateral.ooxml.manifest import Relationship
from collateral.ooxml.names import REL_CHART, REL_CHART_EX, REL_HYPERLINK, REL_IMAGE

Shown = Mapping[str, tuple[int, int] | bytes | Member]
"""What parts may show, by name: CRC and size of pictures, the XML of charts."""


@dataclass(frozen=True, slots=True)
class Leads:
    """Addresses, CRC and size of pictures, charts."""

    links: tuple[str, ...] = ()
    pictures: tuple[tuple[int, int], ...] = ()
    charts: tuple[bytes | Member, ...] = ()


_SHOWN = frozenset((REL_IMAGE, REL_CHART, REL_CHART_EX))
_TELLING = _SHOWN | {REL_HYPERLINK}


def leads_of(data: bytes, relationships: Iterable[Relationship], shown: Shown) -> Leads:
    """Those of one part."""
    telling = [rel for rel in relationships if rel.type in _TELLING]
    used = [rel for rel in telling if f'"{rel.id}"'.encode() in data]
    things = [shown[rel.target] for rel in used if rel.type in _SHOWN and rel.target in shown]
    return Leads(
        tuple([rel.target for rel in used if rel.external and rel.type == REL_HYPERLINK]),
        tuple([thing for thing in things if isinstance(thing, tuple)]),
        tuple([thing for thing in things if not isinstance(thing, tuple)]),
    )


def together(leads: Iterable[Leads]) -> Leads:
    """All of these."""
    links: list[str] = []
    pictures: list[tuple[int, int]] = []
    charts: list[bytes | Member] = []
    for one in leads:
        links += one.links
        pictures += one.pictures
        charts += one.charts
    return Leads(tuple(links), tuple(pictures), tuple(charts))
