"""The block index: a library turned into sets of bits, so that choosing among 100,000 blocks needs no scan.

In: a library. Out: for each property a block can have (kind, language, a value it is aimed at, a span of validity) one
Python integer whose n-th bit says whether the n-th block has it. Bits are in order of specificity, so the lowest bit of
a set of equals is the one to prefer. Built once per library;
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.expressions import parse
from collateral.model.library import INTERNAL_PIECES, PIECE_FORMS, Block, BlockId, Library
from collateral.plan.audience import Hierarchy, breadth, hierarchy
from collateral.plan.eligibility import is_approved, naming_obstacle, regions, window

Bits = int
Sets = dict[str, Bits]
_NOT_EMPTY = re.compile(rb"[^\x00]")


@dataclass(frozen=True, slots=True)
class BlockIndex:
    """Sets over the blocks of one library, a block in each of its languages counting as one.

    `aimed[d][v]` are the blocks aimed at value v of dimension d, `anyone[d]` those not aimed by d. `windows` are the
    usable ones by their first and last valid day; those with an unknown claim are in none.
    """

    blocks: tuple[Block, ...]
    position: Mapping[tuple[BlockId, str], int]
    everything: Bits
    kinds: Sets
    languages: Sets
    pieces: Sets
    approved: Bits
    internal: Bits
    naming: Bits  # those that name a customer without permission
    aimed: Mapping[str, Sets]
    anyone: Sets
    windows: Mapping[tuple[date, date], Bits]
    regions: Mapping[tuple[str, ...], Bits]
    whens: Mapping[str, Bits]
    hierarchies: Mapping[str, Hierarchy]
    enemies: Mapping[BlockId, frozenset[BlockId]]
    _usable: dict[tuple[date, str, str], Bits] = field(default_factory=dict)
    _reads: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def usable(self, as_of: date, piece: str, language: str, default: str) -> Bits:
        """The blocks that may be in a piece of this kind on this day: in its language, else in the default one."""
        key = (as_of, piece, language)
        found = self._usable.get(key)
        if found is None:
            found = self._usable[key] = self._find_usable(as_of, piece, language, default)
        return found

    def _find_usable(self, as_of: date, piece: str, language: str, default: str) -> Bits:
        valid = 0
        for (first, last), bits in self.windows.items():
            if first <= as_of <= last:
                valid |= bits
        valid &= self.approved & self.pieces.get(piece, 0)
        if piece not in INTERNAL_PIECES:
            valid &= ~self.internal & ~self.naming
        own = valid & self.languages.get(language, 0)
        if language == default:
            return own
        translated = self._siblings(own, default)
        return own | (valid & self.languages.get(default, 0) & ~translated)

    def _siblings(self, bits: Bits, language: str) -> Bits:
        """The same blocks in another language."""
        ids = (self.blocks[position].id for position in each(bits))
        return to_bits(self.position[id, language] for id in ids if (id, language) in self.position)

    def reads(self) -> Mapping[str, tuple[str, ...]]:
        """Which `when` texts read a path: path → texts."""
        if not self._reads and self.whens:
            found: dict[str, list[str]] = {}
            for source in self.whens:
                expression, _ = parse(source)
                for path in sorted(expression.reads) if expression is not None else ():
                    found.setdefault(path, []).append(source)
            self._reads.update({path: tuple(sources) for path, sources in found.items()})
        return self._reads


_recent: list[tuple[Library, BlockIndex]] = []


def index_of(library: Library) -> BlockIndex:
    """The index of a library; the last two are kept."""
    for known, index in _recent:
        if known is library:
            return index
    index = build_index(library)
    _recent[:] = [(library, index), *_recent[:1]]
    return index


def build_index(library: Library) -> BlockIndex:
    """The index, from nothing: linear in the number of blocks."""
    blocks = tuple(
        sorted((b for versions in library.blocks.values() for b in versions.values()), key=breadth)
    )
    sets = _Collector()
    for position, block in enumerate(blocks):
        _collect(sets, library, position, block)
    everything = (1 << len(blocks)) - 1
    aimed = {name: sets.group("aimed", name) for name in sets.names("aimed")}
    aimed_at_all = {name: _union(values.values()) for name, values in aimed.items()}
    return BlockIndex(
        blocks=blocks,
        position={(block.id, block.language): n for n, block in enumerate(blocks)},
        everything=everything,
        kinds=sets.group("kind"),
        languages=sets.group("language"),
        pieces=sets.group("piece"),
        approved=sets.group("flag").get("approved", 0),
        internal=sets.group("flag").get("internal", 0),
        naming=sets.group("flag").get("naming", 0),
        aimed=aimed,
        anyone={name: everything & ~bits for name, bits in aimed_at_all.items()},
        windows={key: to_bits(found) for key, found in sets.windows.items()},
        regions={key: to_bits(found) for key, found in sets.regions.items()},
        whens=sets.group("when"),
        hierarchies={name: hierarchy(dimension) for name, dimension in library.dimensions.items()},
        enemies=_enemies(blocks),
    )


class _Collector:
    """Positions by property, before they become bits."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, ...], dict[str, list[int]]] = {}
        self.windows: dict[tuple[date, date], list[int]] = {}
        self.regions: dict[tuple[str, ...], list[int]] = {}

    def add(self, position: int, value: str, *family: str) -> None:
        self.found.setdefault(family, {}).setdefault(value, []).append(position)

    def group(self, *family: str) -> Sets:
        return {value: to_bits(found) for value, found in sorted(self.found.get(family, {}).items())}

    def names(self, family: str) -> list[str]:
        return sorted(key[1] for key in self.found if key[0] == family and len(key) > 1)


def _collect(sets: _Collector, library: Library, position: int, block: Block) -> None:
    sets.add(position, block.kind, "kind")
    sets.add(position, block.language, "language")
    for piece in PIECE_FORMS:
        if block.has_form(piece):
            sets.add(position, piece, "piece")
    if is_approved(library, block):
        sets.add(position, "approved", "flag")
    if block.internal:
        sets.add(position, "internal", "flag")
    if naming_obstacle(library, block) is not None:
        sets.add(position, "naming", "flag")
    for dimension, values in block.audience.items():
        for value in values:
            sets.add(position, value, "aimed", dimension)
    if block.when is not None:
        sets.add(position, block.when, "when")
    days = window(library, block)
    if days is not None:
        sets.windows.setdefault(days, []).append(position)
    for limit in regions(library, block) if block.claims else ():
        sets.regions.setdefault(limit, []).append(position)


def _enemies(blocks: Iterable[Block]) -> dict[BlockId, frozenset[BlockId]]:
    """never_with, in both directions."""
    found: dict[BlockId, set[BlockId]] = {}
    for block in blocks:
        for other in block.never_with:
            found.setdefault(block.id, set()).add(other)
            found.setdefault(other, set()).add(block.id)
    return {id: frozenset(others) for id, others in found.items()}


def _union(sets: Iterable[Bits]) -> Bits:
    found = 0
    for bits in sets:
        found |= bits
    return found


def to_bits(positions: Iterable[int]) -> Bits:
    """The set of these positions."""
    listed = list(positions)
    if not listed:
        return 0
    buffer = bytearray(max(listed) // 8 + 1)
    for position in listed:
        buffer[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(buffer, "little")


def each(bits: Bits) -> Iterator[int]:
    """The positions in a set, lowest first; lazily, because often only the first few are wanted."""
    data = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    for found in _NOT_EMPTY.finditer(data):
        base = found.start() * 8
        byte = data[found.start()]
        while byte:
            low = byte & -byte
            yield base + low.bit_length() - 1
            byte ^= low
