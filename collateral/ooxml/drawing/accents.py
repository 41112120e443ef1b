"""The theme's accent colours in the order in which series and slices take them.

In: a round through the six accents. Out: the colour as DrawingML. Hot path.
"""

from __future__ import annotations

from typing import Final

ACCENTS: Final = 6
_VARIANTS: Final = ("", '<a:lumMod val="60000"/><a:lumOff val="40000"/>', '<a:lumMod val="75000"/>')


def accent_variant(turn: int) -> str:
    """What makes the accents of this round through them (0 is the first) lighter, then darker, than the theme has them."""
    return _VARIANTS[turn % 3]


def accent(index: int) -> str:
    """The theme colour of the series (or slice) with this index."""
    name, variant = f"accent{index % ACCENTS + 1}", accent_variant(index // ACCENTS)
    return f'<a:schemeClr val="{name}">{variant}</a:schemeClr>' if variant else f'<a:schemeClr val="{name}"/>'
