"""Which writing system a character belongs to, as far as measuring needs to know. Data and lookups only."""

from __future__ import annotations

import re

# East Asian text: ideographs, kana, bopomofo, hangul, full-width forms, and the punctuation set among them.
_EAST_ASIAN = (
    "\u1100-\u11ff\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f"
    "\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U0001b000-\U0001b2ff\U00020000-\U0003ffff"
)
# Scripts whose letters join, stack or reorder (and Hebrew, which runs right to left).
_COMPLEX = "\u0590-\u08ff\u0900-\u109f\u1780-\u17ff\u1a20-\u1aaf\ufb1d-\ufdff\ufe70-\ufefc"
# Scripts written without spaces between words, whose breaks need a dictionary.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"

EAST_ASIAN = re.compile(f"[{_EAST_ASIAN}]")
COMPLEX = re.compile(f"[{_COMPLEX}]")
UNSPACED = re.compile(f"[{_UNSPACED}]")
STRETCHES = re.compile(f"[{_EAST_ASIAN}]+|[{_COMPLEX}]+|[^{_EAST_ASIAN}{_COMPLEX}]+")

# Kinsoku: what may not begin a line, and what may not end one (after JIS X 4051 and GB/T 15834, the common part).
NO_START = frozenset(
    "、。，．・：；？！）］｝〕〉》」』】〙〗〟’”｠»ー々ゝゞヽヾぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ"
    "゛゜‐゠–〜…‥％℃°′″)]},.!?:;%｡､･ﾞﾟ"
)
NO_END = frozenset("（［｛〔〈《「『【〘〖〝‘“｟«([{￥￡＄$£¥")
