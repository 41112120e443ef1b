"""Which writing system a character belongs to, as far as measuring needs to know. Data and lookups only."""

from __future__ import annotations

from bisect import bisect_right
from itertools import groupby

PLAIN, COMPLEX, EAST_ASIAN, UNSPACED, UNSPACED_COMPLEX = range(5)

# First and last character of each range and its kind, in order. East Asian: ideographs, kana, bopomofo, hangul,
# full-width forms and their punctuation. Complex: letters that join, stack or reorder (and Hebrew, right to left).
# Unspaced: written without spaces between words, so that breaks need a dictionary.
_RANGES = (
    (0x0590, 0x0DFF, COMPLEX), (0x0E00, 0x0EFF, UNSPACED), (0x0F00, 0x0FFF, COMPLEX),
    (0x1000, 0x109F, UNSPACED_COMPLEX), (0x1100, 0x11FF, EAST_ASIAN), (0x1780, 0x17FF, UNSPACED_COMPLEX),
    (0x1A20, 0x1AAF, UNSPACED_COMPLEX), (0x2E80, 0x303E, EAST_ASIAN), (0x3041, 0x4DBF, EAST_ASIAN),
    (0x4E00, 0x9FFF, EAST_ASIAN), (0xA000, 0xA4CF, EAST_ASIAN), (0xA960, 0xA97F, EAST_ASIAN),
    (0xAC00, 0xD7FF, EAST_ASIAN), (0xF900, 0xFAFF, EAST_ASIAN), (0xFB1D, 0xFDFF, COMPLEX),
    (0xFE30, 0xFE4F, EAST_ASIAN), (0xFE70, 0xFEFC, COMPLEX), (0xFF00, 0xFFEF, EAST_ASIAN),
    (0x1B000, 0x1B2FF, EAST_ASIAN), (0x20000, 0x3FFFF, EAST_ASIAN),
)  # fmt: skip
_EDGES = [chr(edge) for first, last, _ in _RANGES for edge in (first, last + 1)]
_KINDS = [PLAIN, *(kind for _, _, own in _RANGES for kind in (own, PLAIN))]

# Kinsoku: what may not begin a line, and what may not end one (after JIS X 4051 and GB/T 15834, the common part).
NO_START = frozenset(
    "、。，．・：；？！）］｝〕〉》」』】〙〗〟’”｠»ー々ゝゞヽヾぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ"
    "゛゜‐゠–〜…‥％℃°′″)]},.!?:;%｡､･ﾞﾟ"
)
NO_END = frozenset("（［｛〔〈《「『【〘〖〝‘“｟«([{￥￡＄$£¥")


def script_of(character: str) -> int:
    """The kind of writing system a character belongs to."""
    return _KINDS[bisect_right(_EDGES, character)]


def scripts_in(text: str) -> set[int]:
    """The kinds of writing systems in a text."""
    return {PLAIN} if text.isascii() else set(map(script_of, text))


def is_complex(kind: int) -> bool:
    """Whether text of this kind needs shaping to be measured."""
    return kind in (COMPLEX, UNSPACED_COMPLEX)


def stretches(text: str) -> list[tuple[int, str]]:
    """The text cut where the kind of writing system changes."""
    return [(kind, "".join(group)) for kind, group in groupby(text, script_of)]
