"""How large a picture is on paper: lengths as people write them, the size a file claims, and the size in running text.

In: "20mm", pixels and resolution. Out: EMU. The units are those of Word's own dialogs, and pixels as browsers count them:
96 to an inch.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

EMU_PER_INCH: Final = 914_400
LARGEST: Final = 22 * EMU_PER_INCH
"""The longest side Word gives a picture in its text."""
TALLEST: Final = 7_200_000
"""How tall a picture grows by itself: there is room for its caption on the page."""
NARROWEST: Final = 360_000
"""A centimetre: a text that is narrower was not meant."""
TWIPS_TO_EMU: Final = 635
_EMU: Final[Mapping[str, int]] = {"mm": 36_000, "cm": 360_000, "in": EMU_PER_INCH, "pt": 12_700, "px": 9_525}
_LENGTH: Final = r"\s*([0-9]{1,6}(?:[.,][0-9]{1,6})?)\s*([A-Za-z]{2})\s*"


@lru_cache(256)
def emu_of(text: str) -> int | None:
    """The length in EMU; None for what is none or has no unit we know. Fractions may have a comma."""
    found = re.fullmatch(_LENGTH, text)
    factor = _EMU.get(found[2].lower()) if found is not None else None
    return round(float(found[1].replace(",", ".")) * factor) if found is not None and factor else None


def wrong_length(name: str, value: object) -> str | None:
    """Why a width or height is none Word can show; None when it is one."""
    emu = emu_of(value) if isinstance(value, str) else None
    if not emu:
        return f'the {name} "{value}" is no length such as "20mm"; the units are {", ".join(_EMU)}'
    return f'the {name} "{value}" is more than Word shows: 22 inches' if emu > LARGEST else None


def natural_size(width_px: int, height_px: int, dpi: float) -> tuple[int, int]:
    """Width and height of a picture as its file claims them."""
    return max(round(width_px * EMU_PER_INCH / dpi), 1), max(round(height_px * EMU_PER_INCH / dpi), 1)


def size_in_text(natural: tuple[int, int], wanted: tuple[int, int], room: int) -> tuple[int, int]:
    """How large a picture stands in a text `room` wide.

    `wanted` are width and height, 0 for what is not said: one gives the other in proportion, of both the picture takes as
    much as its proportions let it, without them it is as large as it is. What is not said grows no wider than the text and
    no taller than a page.
    """
    scale = min((side / own for side, own in zip(wanted, natural, strict=True) if side), default=1.0)
    size = round(natural[0] * scale), round(natural[1] * scale)
    return _shrunk(size, (wanted[0] or room, wanted[1] or TALLEST))


def _shrunk(size: tuple[int, int], most: tuple[int, int]) -> tuple[int, int]:
    """The size, made smaller in proportion until neither side is more than it may be."""
    scale = min(1.0, *(limit / max(side, 1) for limit, side in zip(most, size, strict=True)))
    return max(round(size[0] * scale), 1), max(round(size[1] * scale), 1)
