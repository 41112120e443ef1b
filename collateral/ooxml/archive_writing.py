"""Writing a zip archive: members copied as they are packed, new data deflated once.

In: members, blobs of members, new data. Out: the chunks of the file, the same for the same calls: fixed dates, the
order of the calls, no data descriptors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from collateral.diagnostics.hashes import blake2b
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.ooxml.archive_layout import CENTRAL, END, LOCAL, UTF8_FLAG
from collateral.ooxml.archive_member import DEFLATED, STORED, Member, crc32, deflate
from collateral.ooxml.pieces import Pieces

# 1980-01-01 00:00, the earliest date a zip can hold: files must not differ by when they were made
_DATE: Final = 0x21


@dataclass(frozen=True, slots=True)
class StaticBlob:
    """Members that never change, as one run of bytes: headers and packed data, and their directory entries.

    `records` are the directory entries as if the blob stood at the start of a file; `offsets` are the positions
    inside `records` that hold a member's offset.
    """

    data: bytes
    records: bytes
    offsets: tuple[int, ...]
    names: tuple[str, ...]
    _moved: dict[int, bytes] = field(default_factory=dict, repr=False, compare=False)
    _members: list[Member] = field(default_factory=list, repr=False, compare=False)
    _media: dict[int, list[Member]] = field(default_factory=dict, repr=False, compare=False)
    _digest: list[bytes] = field(default_factory=list, repr=False, compare=False)

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return StaticBlob, (self.data, self.records, self.offsets, self.names)

    @property
    def digest(self) -> bytes:
        """What its members are known by; worked out once."""
        if not self._digest:
            self._digest.append(blake2b(self.data, digest_size=16).digest())
        return self._digest[0]

    def members(self) -> Sequence[Member]:
        """The members, in order."""
        if not self._members:
            self._members.extend(map(self._member, self.offsets, self.names))
        return self._members

    def media(self, size: int) -> Sequence[Member]:
        """The pictures, films and sounds of this many bytes."""
        if not self._media:
            self._media[-1] = []
            for member in self.members():
                if "/media/" in member.name:
                    self._media.setdefault(member.size, []).append(member)
        return self._media.get(size, ())

    def _member(self, at: int, name: str) -> Member:
        fields = CENTRAL.unpack_from(self.records, at - 42)
        method, crc, packed, size, name_length, offset = fields[4], *fields[7:11], fields[16]
        begin = offset + LOCAL.size + name_length
        return Member(name, method, crc, size, self.data[begin : begin + packed])

    @staticmethod
    def of(members: Iterable[Member]) -> StaticBlob:
        """The members in the order given."""
        writer = ArchiveWriter()
        members = list(members)
        for member in members:
            writer.add_member(member)
        positions, at = [], 0
        for record in writer.records:
            positions.append(at + 42)
            at += len(record)
        body, records = b"".join(writer.body), b"".join(writer.records)
        names = tuple(member.name for member in members)
        return StaticBlob(body, records, tuple(positions), names, {}, members)

    def records_at(self, base: int) -> bytes:
        """The directory entries for the blob at another position; the last few positions are remembered."""
        if not base:
            return self.records
        known = self._moved.get(base)
        if known is None:
            known = self._shifted(base)
            if len(self._moved) > 16:
                self._moved.clear()
            self._moved[base] = known
        return known

    def _shifted(self, base: int) -> bytes:
        moved = bytearray(self.records)
        for at in self.offsets:
            offset = int.from_bytes(moved[at : at + 4], "little") + base
            moved[at : at + 4] = offset.to_bytes(4, "little")
        return bytes(moved)


_Added = tuple[str, Member | tuple[int, int, bytes, bytes, Pieces | None]]


class WrittenArchive(list[bytes]):
    """The chunks of a file that was just made, to be written one after the other, which still know its members."""

    __slots__ = ("_added", "_members", "_own", "number")

    def __init__(self, chunks: Iterable[bytes], added: Sequence[StaticBlob | _Added], number: int) -> None:
        super().__init__(chunks)
        self._added = added
        self.number = number
        self._members: dict[str, Member] = {}
        self._own: dict[str, Member] = {}

    def members(self) -> dict[str, Member]:
        """The members by name; fewer than `number` when two have one name."""
        if self._members:
            return self._members
        found = self._members
        for each in self._added:
            if isinstance(each, StaticBlob):
                found.update(zip(each.names, each.members(), strict=True))
                continue
            name, made = each
            if not isinstance(made, Member):
                method, crc, packed, data, pieces = made
                made = Member(name, method, crc, len(data), packed, data, pieces=pieces)
            found[name] = self._own[name] = made
        return found

    def own_members(self) -> dict[str, Member]:
        """Those that are not in blobs."""
        self.members()
        return self._own

    def outline(self) -> list[bytes | str]:
        """What it is made of, in order: blobs by their digests, all others by their names."""
        return [each.digest if isinstance(each, StaticBlob) else each[0] for each in self._added]


class ArchiveWriter:
    """Builds an archive in memory, in the order of the calls. [Content_Types].xml should be added first.

    With `remember` the chunks are a `WrittenArchive`, for whoever looks into the file at once.
    """

    __slots__ = ("_added", "body", "count", "offset", "records")

    def __init__(self, *, remember: bool = False) -> None:
        self._added: list[StaticBlob | _Added] | None = [] if remember else None
        self.body: list[bytes] = []
        self.records: list[bytes] = []
        self.offset = 0
        self.count = 0

    def add_blob(self, blob: StaticBlob) -> None:
        """Append many unchanged members at once."""
        if self._added is not None:
            self._added.append(blob)
        self.records.append(blob.records_at(self.offset))
        self.body.append(blob.data)
        self.offset += len(blob.data)
        self.count += len(blob.names)

    def add_member(self, member: Member, name: str | None = None) -> None:
        """Append a member as it is packed, under another name if given."""
        name = name or member.name
        if self._added is not None:
            self._added.append((name, member))
        self._put(name, member.method, member.crc, member.size, member.packed)

    def add(self, name: str, data: bytes, compress: bool = True, pieces: Pieces | None = None) -> None:
        """Append new data, deflated unless `compress` is false (pictures gain nothing); `pieces` is what they are made of."""
        method, packed = (DEFLATED, deflate(data)) if compress else (STORED, data)
        crc = crc32(data)
        if self._added is not None:
            self._added.append((name, (method, crc, packed, data, pieces)))
        self._put(name, method, crc, len(data), packed)

    def _put(self, name: str, method: int, crc: int, size: int, packed: bytes) -> None:
        raw = name.encode()
        named, length, offset = len(raw), len(packed), self.offset
        flags = 0 if named == len(name) else UTF8_FLAG
        # called for every member of every piece, so nothing is called from here
        local = LOCAL.pack(b"PK\3\4", 20, flags, method, 0, _DATE, crc, length, size, named, 0)
        record = CENTRAL.pack(
            b"PK\1\2", 20, 20, flags, method, 0, _DATE, crc, length, size, named, 0, 0, 0, 0, 0, offset
        )
        self.body += (local + raw, packed)
        self.records.append(record + raw)
        self.offset = offset + 30 + named + length
        self.count += 1

    def chunks(self) -> list[bytes]:
        """The whole file as chunks to be written one after the other."""
        directory = b"".join(self.records)
        end = END.pack(b"PK\5\6", 0, 0, self.count, self.count, len(directory), self.offset, 0)
        chunks = [*self.body, directory, end]
        return chunks if self._added is None else WrittenArchive(chunks, self._added, self.count)


def write_archive(members: Mapping[str, Member]) -> list[bytes]:
    """A file of these members in their order."""
    writer = ArchiveWriter()
    for name, member in members.items():
        writer.add_member(member, name)
    return writer.chunks()
