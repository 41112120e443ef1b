"""Parsed expressions, what the validator knows of finished parts, and the index of a large library, kept between runs.

In: the cache folder. What is kept is checked and ignored when damaged; it may be deleted at any time.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from collateral.build.stores import ByteStore
from collateral.expressions.parsing import memo_grew, pack_memo, unpack_memo
from collateral.model.library import Library
from collateral.model.sealed import seal, unseal
from collateral.ooxml.template.filling.cache import engine_version
from collateral.plan.index import BlockIndex, build_index

KIND = "expressions-1"
SCANS = "scans-1"
INDEX_KIND = "index-1"
LARGE = 500  # blocks: below that, building the index is quicker than reading it


def recall_expressions(cache_folder: Path | None) -> None:
    """Take the expressions an earlier run parsed."""
    data = ByteStore(cache_folder).get(KIND)
    if data is not None:
        unpack_memo(unseal(data, KIND))


def keep_expressions(cache_folder: Path | None) -> None:
    """Keep what this run parsed, if it parsed anything."""
    if cache_folder is not None and memo_grew():
        ByteStore(cache_folder)[KIND] = seal(pack_memo(), KIND)


@lru_cache(1)
def recall_scans(cache_folder: Path | None) -> None:
    """Take what the validator learned of finished parts in earlier runs; once."""
    from collateral.ooxml.validate import unpack_scans

    data = ByteStore(cache_folder).get(SCANS)
    found = unseal(data, _scans_kind()) if data is not None else None
    if isinstance(found, list):
        unpack_scans(found)


def keep_scans(cache_folder: Path | None) -> None:
    """Keep what it learned in this run, if it learned anything."""
    from collateral.ooxml.validate import pack_scans, scans_grew

    if cache_folder is not None and scans_grew():
        ByteStore(cache_folder)[SCANS] = seal(pack_scans(), _scans_kind())


def _scans_kind() -> str:
    """What was learned by other code of the engine is of another kind."""
    return f"{SCANS} {engine_version()}"


def recall_index(library: Library, cache_folder: Path | None) -> BlockIndex:
    """The index of a library's blocks; that of a large library is kept under the library's digest."""
    if cache_folder is None or len(library.blocks) < LARGE:
        return build_index(library)
    from collateral.plan.index_cache import pack_index, unpack_index

    store = ByteStore(cache_folder / "indexes")
    key = str(library.digest).rpartition(":")[2]
    data = store.get(key)
    known = unpack_index(library, unseal(data, INDEX_KIND)) if data is not None else None
    if known is None:
        known = build_index(library)
        store[key] = seal(pack_index(known), INDEX_KIND)
    return known
