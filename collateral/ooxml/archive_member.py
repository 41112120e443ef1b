"""A member of a zip archive, and how its bytes are packed and unpacked.

In: packed or inflated bytes. Out: the other kind, with checksum and size checked, inflating never further than the
size that was declared. ISA-L is used where it is installed, else zlib-ng, else zlib.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any, Final

from collateral.diagnostics.hashes import blake2b
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.ooxml.pieces import Pieces

# Three libraries with one face. Their levels are chosen so that none makes larger files than ISA-L does. It clears its tables
# for every call, which takes longer than all of a small part does without them; that makes small parts half as large again.
_zlib: Any
try:
    from isal import isal_zlib as _zlib

    _LEVEL, _QUICK = 2, 0
except ImportError:  # the platforms ISA-L is not built for
    _LEVEL, _QUICK = 3, 3
    try:
        from zlib_ng import zlib_ng as _zlib
    except ImportError:
        _zlib = zlib

crc32: Callable[[bytes], int] = _zlib.crc32

# a lying size can ask for more memory than there is
_INFLATE_ERRORS: Final[tuple[type[Exception], ...]] = (zlib.error, _zlib.error, MemoryError)

STORED: Final = 0
DEFLATED: Final = 8
_SMALL: Final = 2048  # bytes


def deflate(data: bytes) -> bytes:
    """The data as a raw deflate stream."""
    return bytes(_zlib.compress(data, _LEVEL if len(data) > _SMALL else _QUICK, -15))


class ArchiveError(ValueError):
    """A member that does not inflate to what the archive says it is."""


@dataclass(slots=True)
class Member:
    """One file of an archive, compressed as it was found. `crc` and `size` are those of the inflated data; `pieces` is what
    they were put together from, where that is known."""

    name: str
    method: int
    crc: int
    size: int
    packed: bytes
    _data: bytes | None = field(default=None, repr=False, compare=False)
    _digest: bytes = field(default=b"", repr=False, compare=False)
    pieces: Pieces | None = field(default=None, repr=False, compare=False)

    @property
    def digest(self) -> bytes:
        """What its packed bytes are known by; worked out once."""
        if not self._digest:
            self._digest = blake2b(self.packed, digest_size=16).digest()
        return self._digest

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
    inflater = _zlib.decompressobj(-15)
    try:
        data = inflater.decompress(packed, size + 1)
    except _INFLATE_ERRORS as problem:
        raise ArchiveError(f"cannot be inflated: {problem}") from None
    if not inflater.eof and len(data) <= size:
        raise ArchiveError("cannot be inflated: the stream ends early")
    return bytes(data)
