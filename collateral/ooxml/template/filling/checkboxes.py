"""Whether a box to tick of a document is ticked, worked out from the sign it shows.

In: what was written so far, with the place where the control that was written last says so. Out: the same with that said. Hot path
for such controls with tags only.
"""

from __future__ import annotations

import re
from typing import Final

Signs = tuple[tuple[bytes, ...], tuple[bytes, ...]]
"""What a ticked box shows, and what one shows that is not: as XML has letters, and symbols of fonts as they are coded."""
_SHOWN: Final = re.compile(rb'(?<=<w:t>)[^<]+|(?<= xml:space="preserve">)[^<]+|w:char="[0-9A-Fa-f]+"')


class CheckedPlace(bytes):
    """Where a control says whether it is ticked: as it was drawn, until its sign is known."""


def settle(out: list[bytes], signs: Signs) -> None:
    """Fill the place of the control that was written last; one that shows none of the signs stays as it was drawn."""
    start = next(at for at in range(len(out) - 1, -1, -1) if isinstance(out[at], CheckedPlace))
    shown = b"".join(_SHOWN.findall(b"".join(out[start + 1 :])))
    for sign, state in zip(signs, (b"1", b"0"), strict=True):
        if any(each in shown for each in sign):
            out[start] = state
            return
    out[start] = bytes(out[start])
