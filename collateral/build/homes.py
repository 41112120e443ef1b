"""Where designed slides stood before they were moved into a deck master: what is said of them names the block's own file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from collateral.diagnostics import Diagnostic, Place
from collateral.diagnostics.lazy_dataclass import replace
from collateral.model.library import BlockId

Homes = Mapping[tuple[str, int], tuple[str, int]]
"""The file and number (from 1) of a slide, by the master's file and its number there."""


def homes_of(
    master: str,
    numbers: Mapping[tuple[BlockId, str], Sequence[int]],
    files: Mapping[tuple[BlockId, str], str],
) -> Homes:
    """The homes of the slides that each block's file brought into the master."""
    return {
        (master, number): (files[block], place)
        for block, arrived in numbers.items()
        for place, number in enumerate(arrived, 1)
    }


def at_home(found: Sequence[Diagnostic], homes: Homes) -> list[Diagnostic]:
    """The findings; those on slides that came from a block's own file at their place in that file.

    Which part they are in there is not known: the numbers of parts change when slides are moved.
    """
    return [_at_home(d, homes) for d in found]


def _at_home(diagnostic: Diagnostic, homes: Homes) -> Diagnostic:
    at = diagnostic.at
    if not isinstance(at, Place) or at.slide is None or (at.file, at.slide) not in homes:
        return diagnostic
    file, slide = homes[at.file, at.slide]
    return replace(diagnostic, at=replace(at, file=file, slide=slide, part=None))
