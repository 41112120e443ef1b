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
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from collateral.diagnostics.lazy_dataclass import dataclass

MAGIC = b"CTM1"
BOLD, ITALIC = 1, 2  # a face's style is their sum
FOLDER = Path(__file__).parent / "tables"
KERNED = (*range(0x21, 0x7F), 0xC4, 0xC9, 0xD6, 0xDC, 0xDF, 0xE0, 0xE4, 0xE8, 0xE9, 0xEB, 0xEF, 0xF6, 0xFC)
_HEAD = struct.Struct("<7H")


@dataclass(frozen=True, slots=True)
class FaceTable:
    """One face in ems: line metrics, and where to find a character's advance width and a pair's kerning.

    `advance` is None for a character the face lacks, `kerning` takes two characters and is 0 for most of them.
    """

    ascent: float
    descent: float
    gap: float
    advance: Callable[[str], float | None]
    kerning: Callable[[str], float]


class _Packed:
    """Widths and kerning as they stand in a table: looked up one by one, since a text needs few of thousands."""

    __slots__ = ("_em", "_firsts", "_kerns", "_offsets", "_pairs", "_widths")

    def __init__(self, em: float, numbers: tuple[array[int], array[int], array[int], array[int]]) -> None:
        ranges, self._widths, self._pairs, self._kerns = numbers
        self._em, self._firsts = em, ranges[::2]
        self._offsets = [0, *accumulate(ranges[1::2])]

    def advance(self, character: str) -> float | None:
        code = ord(character)
        at = bisect_right(self._firsts, code) - 1
        if at < 0:
            return None
        index = self._offsets[at] + code - self._firsts[at]
        return self._widths[index] * self._em if index < self._offsets[at + 1] else None

    def kerning(self, pair: str) -> float:
        left, right = ord(pair[0]), ord(pair[1])
        if left > 255 or right > 255:
            return 0.0
        key = left << 8 | right
        at = bisect_left(self._pairs, key)
        return self._kerns[at] * self._em if at < len(self._pairs) and self._pairs[at] == key else 0.0


@lru_cache(maxsize=256)
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
    em = 1 / upem
    packed = _Packed(em, (ranges, widths, pairs, kerns))
    return FaceTable(ascent * em, descent * em, gap * em, packed.advance, packed.kerning)


def _numbers(data: bytes, at: int, kind: str, count: int) -> tuple[array[int], int]:
    numbers = array(kind)
    end = at + 2 * count
    numbers.frombytes(data[at:end])
    if len(numbers) < count:
        raise ValueError("it ends too early")
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers, end
