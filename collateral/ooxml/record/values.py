"""The values of the record: what a piece was made from, and how a file differs from it today.

Everything is plain strings, so that the engine needs to know nothing of blocks and prospects. Digests are hex.
"""

from __future__ import annotations

from typing import Final, Literal

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.diagnostics.lazy_namedtuple import NamedTuple

State = Literal["intact", "edited", "moved", "missing", "foreign"]
Change = Literal["edited", "moved", "added", "removed"]
KnownBy = Literal["mark", "content", "words", "title", "record"]

HEADER: Final = "X-Collateral-Record"
"""The header of an e-mail that holds its record."""

VERSION: Final = 2
"""The version of the record's form and of what its digests count. What is added to it and may be passed over needs no other one.

Since 2 digests count the addresses in fields and those shown under the mouse, fields whose results nobody computes, hidden text,
symbols and places of notes in documents, where the axes of charts begin and end, and pictures and forms in the HTML of e-mails. Files of
earlier versions are judged as then.
"""


class ShapeDigest(NamedTuple):
    """One shape of a slide: `id` is its number on the slide, `content` what it says and shows, `place` where it is
    and how large, rounded to a point."""

    id: str
    name: str
    content: str
    place: str


@dataclass(frozen=True, slots=True)
class SlideDigest:
    """A slide or a block of a document: digest of all content in order, of all places, and shape by shape.

    Also the length and digest of its words alone and, of a slide, of its title's words, both without blanks: what is left
    after a program that keeps little else. "" when there are none. `shows` is the digest of its pictures and of the numbers
    and names in its charts, `notes` that of the words of its notes, `links` that of the addresses it leads to: "-" when it has none, ""
    when nobody says.
    """

    content: str
    place: str = ""
    shapes: tuple[ShapeDigest, ...] = ()
    words: str = ""
    title: str = ""
    shows: str = ""
    notes: str = ""
    links: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One slide or one block of a document or e-mail, as it was made.

    `key` is unique in the piece and stands on the slide itself; `block`, `language`, `digest` (of the approved
    block), `wording` and `claims` say what it was made from; `made` is what came out. `claim_digests` are those of the claims,
    in their order, and `until` is the last day (ISO) on which all of it could be sent, as far as was known when it was made.
    Both are empty in records that were written before they were there.
    """

    key: str
    block: str = ""
    language: str = ""
    digest: str = ""
    wording: str = ""
    claims: tuple[str, ...] = ()
    made: SlideDigest = SlideDigest("")
    claim_digests: tuple[str, ...] = ()
    until: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What a piece was made from. `piece` is deck, document, email or briefing; `as_of` an ISO date.

    `content` is the digest of the whole text for pieces that are not slides (of a document, since version 2, of what stands between its
    blocks), `words` that of a document's words alone, or of what an e-mail's HTML says; `around` that of a document's headers,
    footers, footnotes and endnotes; empty when there is none. Of a deck
    `around` and `pictures` are those of each text and picture that its layouts and masters show by themselves, "-" for none.
    `links`, `pictures` and `charts` are those of all addresses, pictures and charts in a document and around it, or of the pictures
    inside an e-mail; "-" when there are none.
    `version` is that of the record's form and digests; what stands in one of a later version must not be relied on.
    """

    piece: str
    template: str
    prospect: str
    language: str
    as_of: str
    items: tuple[Item, ...] = ()
    template_digest: str = ""
    content: str = ""
    words: str = ""
    around: str = ""
    links: str = ""
    pictures: str = ""
    charts: str = ""
    version: int = VERSION

    @property
    def is_newer(self) -> bool:
        """Whether a later release wrote it, in a form that this one does not know."""
        return self.version > VERSION


@dataclass(frozen=True, slots=True)
class ShapeChange:
    """A shape that is not as it was made."""

    id: str
    name: str
    change: Change


@dataclass(frozen=True, slots=True)
class SlideState:
    """How one slide or block stands today. `number` counts from 1 in the file, None when it is gone.

    `moved` means the content is as made, but the order of slides or the place of a shape is not; the blocks of a
    document are never moved, for its master decides their order. `foreign` is a slide without
    a record, or one that was pasted from another piece: then `item` is what its own tag says, if it has one, and
    `shapes` is empty. A slide that was duplicated stands twice, with one key. `known_by` says by what it was known
    to be this item: by its mark; or, where a program has dropped all marks, by its content, its words or its title, and
    then it is called edited unless all its content is as it was made. Of a block whose words are not found without its mark
    only the record says that it was there.
    """

    state: State
    key: str
    number: int | None
    item: Item | None
    shapes: tuple[ShapeChange, ...] = ()
    known_by: KnownBy = "mark"
