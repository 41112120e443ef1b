"""Reading a zip archive that comes from a stranger.

In: the bytes of a file. Out: its members, still compressed, or the diagnostic that says why it is refused. Nothing is
trusted: the directory is checked against the local headers, names against tricks, sizes against bombs. Nothing is
inflated here but by `check_members`.
"""

from __future__ import annotations

from collections.abc import Iterable
from struct import error as StructError
from typing import Final

from collateral.diagnostics import Diagnostic, Place
from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.archive_layout import CENTRAL, END, LOCAL, UTF8_FLAG
from collateral.ooxml.archive_member import DEFLATED, STORED, ArchiveError, Member

_MAX32: Final = 0xFFFFFFFF


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
    _, disk, first_disk, here, count, size, start, comment = END.unpack_from(data, end)
    if disk or first_disk or here != count:
        raise _Refused("damaged-archive", "the archive is spread over several files", _RESAVE)
    if count == 0xFFFF or start == _MAX32 or size == _MAX32:
        raise _Refused("archive-too-large", "the archive is larger than an Office file may be (zip64)")
    if start + size > end or end + END.size + comment > len(data):
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
    head = CENTRAL.unpack_from(data, at)
    if head[0] != b"PK\1\2":
        raise _Refused("damaged-archive", "the directory of the archive is damaged", _RESAVE)
    _, _, _, flags, method, _, _, crc, packed_size, size, n, x, c, _, _, _, offset = head
    name_at = at + CENTRAL.size
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
        if flags & UTF8_FLAG:
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
    if at + LOCAL.size > limit:
        raise _Refused("damaged-archive", f'"{entry.name}" lies outside the file', "copy the file again")
    head = LOCAL.unpack_from(data, at)
    begin = int(at + LOCAL.size + head[9] + head[10])
    if head[0] != b"PK\3\4" or data[at + LOCAL.size : at + LOCAL.size + head[9]] != entry.raw_name:
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
