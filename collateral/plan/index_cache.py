"""The block index as plain data for a cache, and back.

In: an index. Out: nested tuples and maps of numbers, texts and dates, which any cache can hold without knowing us. `unpack_index`
trusts nothing: what does not belong to the library at hand is as good as absent.
"""

from __future__ import annotations

from collateral.model.library import BlockId, Library
from collateral.plan.audience import hierarchy
from collateral.plan.index import BlockIndex

_FIELDS = (
    "everything", "kinds", "languages", "pieces", "approved", "internal", "naming", "aimed", "anyone", "windows", "regions", "whens",
    "enemies",
)  # fmt: skip


def pack_index(index: BlockIndex) -> tuple[object, ...]:
    """The index without the blocks themselves; `reads` included, so that rules need not be parsed to be found."""
    order = tuple((str(block.id), block.language) for block in index.blocks)
    sets = tuple(getattr(index, name) for name in _FIELDS)
    return order, sets, dict(index.reads())


def unpack_index(library: Library, packed: object) -> BlockIndex | None:
    """The index of this library; None when the data are not an index of exactly its blocks.

    Keep it under the library's digest: that two libraries have the same blocks is all that is looked at here.
    """
    if not isinstance(packed, tuple) or len(packed) != 3:
        return None
    order, sets, reads = packed
    try:
        blocks = tuple(library.blocks[BlockId(id)][language] for id, language in order)
        fields = dict(zip(_FIELDS, sets, strict=True))
    except (TypeError, ValueError, KeyError):
        return None
    if (
        len(blocks) != sum(map(len, library.blocks.values()))
        or fields["everything"] != (1 << len(blocks)) - 1
    ):
        return None
    return BlockIndex(
        blocks=blocks,
        position={(block.id, block.language): n for n, block in enumerate(blocks)},
        hierarchies={name: hierarchy(dimension) for name, dimension in library.dimensions.items()},
        _reads=dict(reads),
        **fields,
    )
