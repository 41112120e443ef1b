"""The values Office XML travels in between its writers and the assembly of a package.

`drawing` and `word` make these from content; `template` and the assembly put them into packages, where relationship
ids, numbering ids and drawing ids are decided. Nothing here knows XML beyond holding its bytes, and nothing does I/O.

A `Fragment` does not know the ids of the part it will land in. Its XML is therefore a row of pieces: bytes as they
are, and *local names* (`str`) that the assembly replaces by real ids. No XML text is ever searched.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from collateral.diagnostics.lazy_dataclass import dataclass

Level = Literal["run", "paragraph", "block"]

Pieces = tuple[bytes | str, ...]


@dataclass(frozen=True, slots=True)
class RelatedPart:
    """Something XML points to by a relationship: a picture, a chart, a workbook, an address.

    `type` is the relationship type (a full URI). Exactly one of `target` and `data` is set:
    `target` is an external address (`TargetMode="External"`) or, when it begins with `#`, the key of another slide
    of the same deck; `data` are the bytes of a new part. `name_hint` is the part's wished name as a pattern with
    `{n}` (`/ppt/media/image{n}.png`); parts with the same non-empty `digest` are one part in the package.
    `related` are the part's own relationships; their `rel_id` is final, for they live in that part alone.
    """

    rel_id: str
    type: str
    target: str | None = None
    name_hint: str = ""
    content_type: str = ""
    data: bytes | None = None
    related: tuple[RelatedPart, ...] = ()
    digest: str = ""


@dataclass(frozen=True, slots=True)
class NumberingRequest:
    """A list that needs its own numbering instance (`w:num`) of the abstract list behind `like`.

    `name` is the local name standing where the `w:numId` value goes; `like` is an existing `w:numId` of the target
    whose look is wanted (None: the writer's own decimal or bullet list); `restart` begins again, with the numbers its levels
    were drawn to begin with but for that of `begins`, a level (from 0) and its first number.
    """

    name: str
    kind: Literal["number", "bullet"]
    like: str | None = None
    restart: bool = True
    begins: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Fragment:
    """XML to be placed inside a part, with all it points to.

    `level` says what may replace what: runs go inside a paragraph, a paragraph beside paragraphs, blocks (paragraphs
    and tables) into a body or cell. Local names among the pieces are: the `rel_id` of each of `related`, the `name`
    of each of `numberings`, and `ids`, which need a number that is unique in the target (drawings, bookmarks).
    """

    level: Level
    pieces: Pieces
    related: tuple[RelatedPart, ...] = ()
    numberings: tuple[NumberingRequest, ...] = ()
    ids: tuple[str, ...] = ()

    @property
    def xml(self) -> bytes:
        """The XML with local names as they are: only right when there is nothing to rename."""
        return self.render({})

    def render(self, rename: Mapping[str, str]) -> bytes:
        """The XML with each local name replaced by the id it got in the target (itself when not named)."""
        return b"".join(
            piece if isinstance(piece, bytes) else rename.get(piece, piece).encode() for piece in self.pieces
        )

    @staticmethod
    def of(level: Level, xml: bytes) -> Fragment:
        """A fragment of plain XML that points to nothing."""
        return Fragment(level, (xml,))


@dataclass(frozen=True, slots=True)
class Image:
    """A picture ready to be stored: `data` in a format Office shows, its size in pixels as it is seen.

    `svg` is the cleaned vector original when there is one (`data` is then its PNG stand-in). `digest` identifies
    the picture, so that it is stored once. `extension` has no dot. `dpi` is the resolution the file claims, or 96.
    `alt` tells what is to be seen; `width` and `height` are the size wanted where the picture stands in running text,
    in EMU, 0 for what follows from the other or from the picture itself.
    """

    data: bytes
    content_type: str
    width_px: int
    height_px: int
    digest: str
    extension: str = "png"
    svg: bytes | None = None
    dpi: float = 96.0
    alt: str = ""
    width: int = 0
    height: int = 0

    def shown(self, *, alt: str, width: int = 0, height: int = 0) -> Image:
        """The same picture with another alternative text and size."""
        own = (self.data, self.content_type, self.width_px, self.height_px, self.digest, self.extension)
        return Image(*own, self.svg, self.dpi, alt, width, height)
