"""The metric tables beside this module: how they are laid out, and reading one.

A table holds one family: `MAGIC`, the number of faces (u16), then for each face its style (u16) and a block:
units per em, ascent, descent, line gap, number of ranges, widths and kerning pairs (7 × u16); the ranges
(first code point, count; u16 pairs); the widths (u16); the pairs (left << 8 | right; u16); their kerning (i16).
All little-endian. Made by `tools/make_metrics.py`; no font library is needed to read them.
"""

from __future__ import annotations

import struct
import sys
from array import array
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

MAGIC = b"CTM1"
BOLD, ITALIC = 1, 2  # a face's style is their sum
FOLDER = Path(__file__).parent / "tables"
KERNED = (*range(0x21, 0x7F), 0xC4, 0xC9, 0xD6, 0xDC, 0xDF, 0xE0, 0xE4, 0xE8, 0xE9, 0xEB, 0xEF, 0xF6, 0xFC)
_HEAD = struct.Struct("<7H")


@dataclass(frozen=True, slots=True)
class FaceTable:
    """One face in ems: line metrics, advance widths by character, kerning by pair of characters."""

    ascent: float
    descent: float
    gap: float
    widths: dict[str, float]
    kerning: dict[str, float]


def read_face(name: str, style: int = 0) -> FaceTable:
    """The face of the table `name` in the style, or in the nearest style it has.

    Raises OSError when there is no such table or it is damaged.
    """
    try:
        data, faces = _open(name)
        return _read_face(data, faces.get(style, faces.get(style & BOLD, faces[0])))
    except (struct.error, ValueError, KeyError) as problem:
        raise OSError(f"{name}.bin is damaged: {problem}") from None


@lru_cache(maxsize=64)
def _open(name: str) -> tuple[bytes, dict[int, int]]:
    """The bytes of a table and where the block of each style begins."""
    data = (FOLDER / f"{name}.bin").read_bytes()
    if data[:4] != MAGIC:
        raise OSError(f"{name}.bin is not a metric table")
    faces, at = {}, 6
    for _ in range(int.from_bytes(data[4:6], "little")):
        faces[int.from_bytes(data[at : at + 2], "little")] = at + 2
        counts = _HEAD.unpack_from(data, at + 2)[4:]
        at += 2 + _HEAD.size + 2 * (2 * counts[0] + counts[1] + 2 * counts[2])
    return data, faces


def _read_face(data: bytes, at: int) -> FaceTable:
    upem, ascent, descent, gap, n_ranges, n_widths, n_pairs = _HEAD.unpack_from(data, at)
    at += _HEAD.size
    ranges, at = _numbers(data, at, "H", 2 * n_ranges)
    widths, at = _numbers(data, at, "H", n_widths)
    pairs, at = _numbers(data, at, "H", n_pairs)
    kerns, at = _numbers(data, at, "h", n_pairs)
    codes: list[int] = []
    for first, length in zip(ranges[::2], ranges[1::2], strict=True):
        codes.extend(range(first, first + length))
    em = 1 / upem
    return FaceTable(
        ascent * em,
        descent * em,
        gap * em,
        {chr(code): width * em for code, width in zip(codes, widths, strict=True)},
        {chr(pair >> 8) + chr(pair & 255): kern * em for pair, kern in zip(pairs, kerns, strict=True)},
    )


def _numbers(data: bytes, at: int, kind: str, count: int) -> tuple[array[int], int]:
    numbers = array(kind)
    end = at + 2 * count
    numbers.frombytes(data[at:end])
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers, end
