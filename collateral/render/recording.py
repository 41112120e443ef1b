"""What goes into the record of a piece, the same for decks, documents and e-mails.

In: the plan and where its parts come from. Out: the record's values. It knows nothing of files.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from itertools import count

from collateral.model.plan import Origin, Plan
from collateral.ooxml.record import Item, Record, SlideDigest

_UNMADE = SlideDigest("")


def unique_key(stem: str, taken: Container[str]) -> str:
    """The key of a part: what it comes from, and which of those it is. Blocks may be called as others are with a number."""
    if stem not in taken:
        return stem
    return next(key for number in count(2) if (key := f"{stem}-{number}") not in taken)


def record_item(key: str, origin: Origin, made: SlideDigest = _UNMADE) -> Item:
    """One part of a piece, as it was made from what its origin names."""
    return Item(
        key,
        origin.block or "",
        origin.language,
        str(origin.digest or ""),
        origin.wording,
        origin.claims,
        made,
        tuple([str(digest) for digest in origin.claim_digests]),
        origin.until.isoformat() if origin.until else "",
    )


def record_of(
    plan: Plan,
    items: Iterable[Item],
    *,
    content: str = "",
    words: str = "",
    around: str = "",
    links: str = "",
    pictures: str = "",
    charts: str = "",
) -> Record:
    """The record of a piece; the digests are of all it says, shows and leads to, as `Record` says."""
    return Record(
        plan.piece,
        plan.template,
        plan.prospect,
        plan.language,
        plan.as_of.isoformat(),
        tuple(items),
        plan.template_digest,
        content,
        words,
        around,
        links,
        pictures,
        charts,
    )
