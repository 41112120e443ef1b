"""Widths of text in scripts whose letters join, stack or reorder: shaped by HarfBuzz where a font file is at hand.

HarfBuzz is imported when such a text and such a file are met, never before.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from collateral.typeset.files import FontFile

if TYPE_CHECKING:
    import uharfbuzz


def shaped_width(text: str, file: FontFile) -> float:
    """The width of the text in ems, set in the font of the file. Raises OSError when the file cannot be read."""
    import uharfbuzz as hb

    font = _font(file)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    advances = sum(place.x_advance for place in buffer.glyph_positions)
    return float(advances / font.face.upem)


@lru_cache(maxsize=32)
def _font(file: FontFile) -> uharfbuzz.Font:
    import uharfbuzz as hb

    return hb.Font(hb.Face(hb.Blob.from_file_path(str(file.path))))
