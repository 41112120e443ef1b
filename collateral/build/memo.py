"""Parsed expressions kept between runs, so that a warm start never imports the parser.

In: the cache folder. What is kept is checked and ignored when damaged; it may be deleted at any time.
"""

from __future__ import annotations

from pathlib import Path

from collateral.build.stores import ByteStore
from collateral.expressions.parsing import memo_grew, pack_memo, unpack_memo
from collateral.model.sealed import seal, unseal

KIND = "expressions-1"


def recall_expressions(cache_folder: Path | None) -> None:
    """Take the expressions an earlier run parsed."""
    data = ByteStore(cache_folder).get(KIND)
    if data is not None:
        unpack_memo(unseal(data, KIND))


def keep_expressions(cache_folder: Path | None) -> None:
    """Keep what this run parsed, if it parsed anything."""
    if cache_folder is not None and memo_grew():
        ByteStore(cache_folder)[KIND] = seal(pack_memo(), KIND)
