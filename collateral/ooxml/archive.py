"""Zip archives, in and out, without knowing what is inside.

In: the bytes of a file. Out: its members, still compressed, or diagnostics that say why it is refused; and back.
This is the door to `archive_member` (packing), `archive_reading` (strangers' files) and `archive_writing` (ours).
It must not know XML.
"""

from collateral.ooxml.archive_member import DEFLATED, STORED, ArchiveError, Member, crc32, deflate
from collateral.ooxml.archive_reading import DEFAULT, Limits, check_members, read_archive
from collateral.ooxml.archive_writing import ArchiveWriter, StaticBlob, WrittenArchive, write_archive

__all__ = [
    "DEFAULT",
    "DEFLATED",
    "STORED",
    "ArchiveError",
    "ArchiveWriter",
    "Limits",
    "Member",
    "StaticBlob",
    "WrittenArchive",
    "check_members",
    "crc32",
    "deflate",
    "read_archive",
    "write_archive",
]
