"""JPEG and PNG files without what they tell beside the picture: where and by whom it was taken, captions, previews, films behind it.

In: the bytes of a picture. Out: the same picture, its pixels, colours and resolution untouched, copied without decoding it.
"""

from __future__ import annotations

import re
from typing import Final

_SCAN: Final = 0xDA
_END: Final = 0xD9
_NEXT_MARKER: Final = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
_COMMENT: Final = 0xFE
_KEPT_APPLICATIONS: Final = {0xE0: b"JFIF", 0xE2: b"ICC_PROFILE", 0xEE: b"Adobe"}
_TELLING_CHUNKS: Final = frozenset((b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME"))
_PNG_HEAD: Final = 8


def end_of_jpeg(data: bytes) -> int:
    """Where the picture ends, behind its end mark; 0 when it has none."""
    at = 2
    while (found := _NEXT_MARKER.search(data, at)) is not None:
        marker = data[found.end() - 1]
        if marker == _END:
            return found.end()
        at = found.end() + int.from_bytes(data[found.end() : found.end() + 2], "big")
    return 0


def plain_jpeg(data: bytes) -> bytes:
    """The picture alone; the same bytes when they tell nothing else."""
    end, at, kept = end_of_jpeg(data), 2, [data[:2]]
    while at + 4 <= end and data[at] == 0xFF and data[at + 1] not in (_SCAN, 0xFF):
        behind = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if not _tells(data[at + 1], data[at + 4 : at + 16]):
            kept.append(data[at:behind])
        at = behind
    return b"".join([*kept, data[at:end]]) if end else data


def _tells(marker: int, head: bytes) -> bool:
    if 0xE0 <= marker <= 0xEF:
        return not head.startswith(_KEPT_APPLICATIONS.get(marker, b"\0none"))
    return marker == _COMMENT


def plain_png(data: bytes) -> bytes:
    """The picture alone; the same bytes when they tell nothing else. The chunks must follow each other to the end."""
    kept, at = [data[:_PNG_HEAD]], _PNG_HEAD
    while at < len(data):
        behind, kind = at + 12 + int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if kind not in _TELLING_CHUNKS:
            kept.append(data[at:behind])
        if kind == b"IEND":
            break
        at = behind
    return b"".join(kept)
