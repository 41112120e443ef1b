"""Zip archives, in and out, without knowing what is inside.

In: the bytes of a file. Out: its members, still compressed, or diagnostics that say why it is refused. Reading trusts
nothing: the central directory is checked against the local headers, names against tricks, sizes against bombs, and
inflating is bounded by the size that was declared. Nothing is inflated that nobody asks for.

`ArchiveWriter` writes members that are already compressed by copying them, deflates new data once (with ISA-L where
it is installed), and always gives the same bytes for the same calls. It must not know XML.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from struct import Struct
from struct import error as StructError
from typing import Any, Final

from collateral.diagnostics import Diagnostic, Place

_isal: Any
try:
    from isal import isal_zlib as _isal
except ImportError:  # the platforms ISA-L is not built for
    _isal = None

crc32: Callable[[bytes], int] = zlib.crc32 if _isal is None else _isal.crc32

# a lying size can ask for more memory than there is
_INFLATE_ERRORS: Final[tuple[type[Exception], ...]] = (
    (zlib.error, MemoryError) if _isal is None else (zlib.error, _isal.error, MemoryError)
)

STORED: Final = 0
DEFLATED: Final = 8

_LOCAL: Final = Struct("<4s5H3I2H")
_CENTRAL: Final = Struct("<4s6H3I5H2I")
_END: Final = Struct("<4s4H2IH")
_MAX32: Final = 0xFFFFFFFF
# 1980-01-01 00:00, the earliest date a zip can hold: files must not differ by when they were made
_DATE: Final = 0x21
_UTF8_FLAG: Final = 0x800


def deflate(data: bytes) -> bytes:
    """The data as a raw deflate stream."""
    if _isal is not None:
        return bytes(_isal.compress(data, 2, -15))
    return zlib.compress(data, 6, -15)


class ArchiveError(ValueError):
    """A member that does not inflate to what the archive says it is."""


@dataclass(slots=True)
class Member:
    """One file of an archive, compressed as it was found. `crc` and `size` are those of the inflated data."""

    name: str
    method: int
    crc: int
    size: int
    packed: bytes
    _data: bytes | None = field(default=None, repr=False, compare=False)

    @staticmethod
    def of(name: str, data: bytes, *, compress: bool = True) -> Member:
        """A new member from inflated data; stored when compressing does not make it smaller."""
        packed = deflate(data) if compress else data
        if len(packed) >= len(data):
            return Member(name, STORED, crc32(data), len(data), data, data)
        return Member(name, DEFLATED, crc32(data), len(data), packed, data)

    def data(self) -> bytes:
        """The inflated data, checked and kept. Raises ArchiveError when it is not what the archive declares."""
        if self._data is None:
            self._data = self._inflated()
        return self._data

    def check(self) -> None:
        """Inflate and check without keeping the data. Raises ArchiveError as `data` does."""
        if self._data is None:
            self._inflated()

    def _inflated(self) -> bytes:
        data = self.packed if self.method == STORED else _inflate(self.packed, self.size)
        if len(data) != self.size:
            raise ArchiveError(f'"{self.name}" has {len(data):,} bytes, its header says {self.size:,}')
        if crc32(data) != self.crc:
            raise ArchiveError(f'"{self.name}" is damaged: its checksum does not match')
        return data


def _inflate(packed: bytes, size: int) -> bytes:
    """At most `size` + 1 bytes of the inflated stream: one more than declared proves the declaration wrong."""
    inflater = zlib.decompressobj(-15) if _isal is None else _isal.decompressobj(-15)
    try:
        data = inflater.decompress(packed, size + 1)
    except _INFLATE_ERRORS as problem:
        raise ArchiveError(f"cannot be inflated: {problem}") from None
    if not inflater.eof and len(data) <= size:
        raise ArchiveError("cannot be inflated: the stream ends early")
    return bytes(data)


@dataclass(frozen=True, slots=True)
class Limits:
    """What an archive may ask for. Sizes are bytes; `max_ratio` counts for members above `ratio_from` bytes."""

    max_members: int = 50_000
    max_total: int = 2 * 1024**3
    max_member: int = 512 * 1024**2
    max_ratio: int = 300
    ratio_from: int = 4 * 1024**2


DEFAULT: Final = Limits()


class _Refused(Exception):
    """Carries the diagnostic that ends reading."""

    def __init__(self, code: str, message: str, *hints: str) -> None:
        self.code, self.message, self.hints = code, message, hints


def read_archive(
    data: bytes, *, file: str, limits: Limits = DEFAULT
) -> tuple[dict[str, Member], list[Diagnostic]]:
    """The members by name in the order of the directory, or none and the reason why. Folders are left out."""
    try:
        return _members(data, limits), []
    except _Refused as no:
        return {}, [Diagnostic.error(no.code, no.message, Place(file), *no.hints)]
    except StructError:
        return {}, [
            Diagnostic.error(
                "damaged-archive", "the file ends in the middle of a header", Place(file), _RESAVE
            )
        ]


_RESAVE: Final = "open the file in PowerPoint or Word and save it again"


def _members(data: bytes, limits: Limits) -> dict[str, Member]:
    start, size, count = _directory(data)
    if count > limits.max_members:
        raise _Refused(
            "archive-too-large", f"the archive has {count:,} members, {limits.max_members:,} are allowed"
        )
    members: dict[str, Member] = {}
    folded: dict[str, str] = {}
    spans: list[tuple[int, int, str]] = []
    at, total, view = start, 0, memoryview(data)
    for _ in range(count):
        at, entry = _entry(data, at, start + size)
        if entry.name.endswith("/"):
            continue
        _check_name(entry.name, folded)
        _check_entry(entry, limits)
        total += entry.size
        if total > limits.max_total:
            raise _Refused(
                "archive-too-large", f"the members inflate to more than {limits.max_total:,} bytes"
            )
        begin = _data_start(data, entry, start)
        spans.append((entry.offset, begin + entry.packed_size, entry.name))
        packed = bytes(view[begin : begin + entry.packed_size])
        members[entry.name] = Member(entry.name, entry.method, entry.crc, entry.size, packed)
    _check_overlaps(spans)
    if not members:
        raise _Refused("damaged-archive", "the archive is empty", _RESAVE)
    return members


_CFB: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_FILES: Final = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"<", "an XML or HTML file"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
)


def _refuse_foreign(data: bytes) -> None:
    """Files that are no zip, each by its name."""
    if not data:
        raise _Refused("not-an-office-file", "the file is empty")
    if data.startswith(_CFB):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _Refused("encrypted-file", "the file is encrypted", "save it without a password")
        for stream, app in (("PowerPoint Document", "PowerPoint (.ppt)"), ("WordDocument", "Word (.doc)")):
            if stream.encode("utf-16-le") in data:
                hint = "save it as .pptx" if "ppt" in app else "save it as .docx"
                raise _Refused("legacy-file", f"the file is in the old binary format of {app}", hint)
        raise _Refused("legacy-file", "the file is an old binary Office file", "save it as .pptx or .docx")
    head = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    for magic, kind in _OTHER_FILES:
        if head.startswith(magic):
            raise _Refused("not-an-office-file", f"the file is {kind}, not a .pptx or .docx")


def _directory(data: bytes) -> tuple[int, int, int]:
    """Start, size and number of entries of the central directory."""
    _refuse_foreign(data)
    end = data.rfind(b"PK\5\6", max(0, len(data) - 65_557))
    if end < 0:
        if data.startswith(b"PK"):
            raise _Refused(
                "damaged-archive", "the archive is cut off: it has no directory", "copy the file again"
            )
        raise _Refused("not-an-office-file", "the file is not a .pptx or .docx: it is no zip archive")
    _, disk, first_disk, here, count, size, start, comment = _END.unpack_from(data, end)
    if disk or first_disk or here != count:
        raise _Refused("damaged-archive", "the archive is spread over several files", _RESAVE)
    if count == 0xFFFF or start == _MAX32 or size == _MAX32:
        raise _Refused("archive-too-large", "the archive is larger than an Office file may be (zip64)")
    if start + size > end or end + _END.size + comment > len(data):
        raise _Refused(
            "damaged-archive", "the directory of the archive lies outside the file", "copy the file again"
        )
    return start, size, count


@dataclass(slots=True)
class _Entry:
    name: str
    raw_name: bytes
    flags: int
    method: int
    crc: int
    packed_size: int
    size: int
    offset: int


def _entry(data: bytes, at: int, end: int) -> tuple[int, _Entry]:
    """The directory entry at a position, and the position of the next."""
    head = _CENTRAL.unpack_from(data, at)
    if head[0] != b"PK\1\2":
        raise _Refused("damaged-archive", "the directory of the archive is damaged", _RESAVE)
    _, _, _, flags, method, _, _, crc, packed_size, size, n, x, c, _, _, _, offset = head
    name_at = at + _CENTRAL.size
    after = name_at + n + x + c
    if after > end:
        raise _Refused("damaged-archive", "the directory of the archive is damaged", _RESAVE)
    raw = data[name_at : name_at + n]
    if _MAX32 in (packed_size, size, offset):
        packed_size, size, offset = _zip64(data[name_at + n : name_at + n + x], packed_size, size, offset)
    return after, _Entry(_decoded(raw, flags), raw, flags, method, crc, packed_size, size, offset)


def _zip64(extra: bytes, packed_size: int, size: int, offset: int) -> tuple[int, int, int]:
    """The 64-bit sizes of an entry; some writers use them for small files too."""
    at = 0
    while at + 4 <= len(extra):
        tag, length = (
            int.from_bytes(extra[at : at + 2], "little"),
            int.from_bytes(extra[at + 2 : at + 4], "little"),
        )
        if tag == 1:
            numbers = [
                int.from_bytes(extra[i : i + 8], "little") for i in range(at + 4, at + 4 + length - 7, 8)
            ]
            values = iter(numbers)
            size, packed_size, offset = (
                next(values, v) if v == _MAX32 else v for v in (size, packed_size, offset)
            )
            break
        at += 4 + length
    return packed_size, size, offset


def _decoded(raw: bytes, flags: int) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        if flags & _UTF8_FLAG:
            raise _Refused(
                "unsafe-member-name", f"the member name {raw!r} is no valid text", _RESAVE
            ) from None
        return raw.decode("cp437")


def _check_name(name: str, folded: dict[str, str]) -> None:
    steps = name.split("/")
    drive = len(name) > 1 and name[1] == ":"
    odd = "\\" in name or "" in steps or ".." in steps or "." in steps or drive or not name.isprintable()
    if odd:
        raise _Refused("unsafe-member-name", f"the archive has a member named {name!r}", _RESAVE)
    known = folded.get(name.casefold())
    folded[name.casefold()] = name
    if known is not None:
        how = "twice" if known == name else f'beside "{known}", which differs only in case'
        raise _Refused("duplicate-member", f'the archive has the member "{name}" {how}', _RESAVE)


def _check_entry(entry: _Entry, limits: Limits) -> None:
    if entry.flags & 0x2041:
        raise _Refused(
            "encrypted-file", f'the member "{entry.name}" is encrypted', "save it without a password"
        )
    if entry.method not in (STORED, DEFLATED):
        raise _Refused(
            "damaged-archive", f'"{entry.name}" is compressed in an unusual way ({entry.method})', _RESAVE
        )
    if entry.size > limits.max_member:
        allowed = f"{limits.max_member:,} bytes"
        raise _Refused(
            "archive-too-large", f'"{entry.name}" inflates to {entry.size:,} bytes, {allowed} are allowed'
        )
    if entry.size > limits.ratio_from and entry.size > limits.max_ratio * entry.packed_size:
        raise _Refused("archive-bomb", f'"{entry.name}" inflates to over {limits.max_ratio} times its size')
    if entry.method == STORED and entry.size != entry.packed_size:
        raise _Refused("damaged-archive", f'the sizes of "{entry.name}" contradict each other', _RESAVE)


def _data_start(data: bytes, entry: _Entry, limit: int) -> int:
    """Where the packed bytes begin, after checking the local header."""
    at = entry.offset
    if at + _LOCAL.size > limit:
        raise _Refused("damaged-archive", f'"{entry.name}" lies outside the file', "copy the file again")
    head = _LOCAL.unpack_from(data, at)
    begin = int(at + _LOCAL.size + head[9] + head[10])
    if head[0] != b"PK\3\4" or data[at + _LOCAL.size : at + _LOCAL.size + head[9]] != entry.raw_name:
        raise _Refused(
            "damaged-archive", f'the header of "{entry.name}" does not match the directory', _RESAVE
        )
    if begin + entry.packed_size > limit:
        raise _Refused("damaged-archive", f'"{entry.name}" lies outside the file', "copy the file again")
    return begin


def _check_overlaps(spans: list[tuple[int, int, str]]) -> None:
    reached, before = 0, ""
    for start, end, name in sorted(spans):
        if start < reached:
            raise _Refused("archive-bomb", f'"{name}" and "{before}" share bytes of the archive')
        reached, before = end, name


def check_members(members: Iterable[Member], *, file: str) -> list[Diagnostic]:
    """An error for each member that does not inflate to what the archive declares."""
    found = []
    for member in members:
        try:
            member.check()
        except ArchiveError as problem:
            place = Place(file, part=member.name)
            found.append(Diagnostic.error("damaged-archive", f'"{member.name}": {problem}', place, _RESAVE))
    return found


def _local(name: bytes, flags: int, method: int, crc: int, packed: int, size: int) -> bytes:
    return _LOCAL.pack(b"PK\3\4", 20, flags, method, 0, _DATE, crc, packed, size, len(name), 0) + name


def _central(name: bytes, flags: int, method: int, crc: int, packed: int, size: int, offset: int) -> bytes:
    head = _CENTRAL.pack(
        b"PK\1\2", 20, 20, flags, method, 0, _DATE, crc, packed, size, len(name), 0, 0, 0, 0, 0, offset
    )
    return head + name


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

    @staticmethod
    def of(members: Iterable[Member]) -> StaticBlob:
        """The members in the order given."""
        writer = ArchiveWriter()
        names = []
        for member in members:
            writer.add_member(member)
            names.append(member.name)
        positions, at = [], 0
        for record in writer.records:
            positions.append(at + 42)
            at += len(record)
        return StaticBlob(b"".join(writer.body), b"".join(writer.records), tuple(positions), tuple(names))

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


class ArchiveWriter:
    """Builds an archive in memory, in the order of the calls. [Content_Types].xml should be added first."""

    __slots__ = ("body", "count", "offset", "records")

    def __init__(self) -> None:
        self.body: list[bytes] = []
        self.records: list[bytes] = []
        self.offset = 0
        self.count = 0

    def add_blob(self, blob: StaticBlob) -> None:
        """Append many unchanged members at once."""
        self.records.append(blob.records_at(self.offset))
        self.body.append(blob.data)
        self.offset += len(blob.data)
        self.count += len(blob.names)

    def add_member(self, member: Member, name: str | None = None) -> None:
        """Append a member as it is packed, under another name if given."""
        self._put(name or member.name, member.method, member.crc, member.size, member.packed)

    def add(self, name: str, data: bytes, compress: bool = True) -> None:
        """Append new data, deflated unless `compress` is false (pictures gain nothing)."""
        if compress:
            self._put(name, DEFLATED, crc32(data), len(data), deflate(data))
        else:
            self._put(name, STORED, crc32(data), len(data), data)

    def _put(self, name: str, method: int, crc: int, size: int, packed: bytes) -> None:
        raw = name.encode()
        flags = 0 if len(raw) == len(name) else _UTF8_FLAG
        length = len(packed)
        self.body.append(_local(raw, flags, method, crc, length, size))
        self.body.append(packed)
        self.records.append(_central(raw, flags, method, crc, length, size, self.offset))
        self.offset += 30 + len(raw) + length
        self.count += 1

    def chunks(self) -> list[bytes]:
        """The whole file as chunks to be written one after the other."""
        directory = b"".join(self.records)
        end = _END.pack(b"PK\5\6", 0, 0, self.count, self.count, len(directory), self.offset, 0)
        return [*self.body, directory, end]


def write_archive(members: Mapping[str, Member]) -> list[bytes]:
    """A file of these members in their order."""
    writer = ArchiveWriter()
    for name, member in members.items():
        writer.add_member(member, name)
    return writer.chunks()
