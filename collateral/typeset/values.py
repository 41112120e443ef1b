"""What goes into and comes out of measuring: plain text runs in, heights and fits out. Knows no XML and no blocks.

Runs and paragraphs are tuples, because a deck has hundreds of them to make and to look up.
"""

from __future__ import annotations

from enum import Enum

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.diagnostics.lazy_namedtuple import NamedTuple

EMU_PER_POINT = 12700


class Engine(Enum):
    """Whose layout is predicted. SAFE takes, at each point where the two differ, what needs more room."""

    LIBREOFFICE = "libreoffice"
    SAFE = "safe"


class TypesetRun(NamedTuple):
    """A stretch of text with one look. `bold` and `italic` add to the level's; None means the level's font, size.

    `caps` says that it is set in capitals, small ones too, `spacing` is points between characters.
    A newline is a line break inside the paragraph, a tab goes to the next tab stop.
    """

    text: str
    bold: bool = False
    italic: bool = False
    font: str | None = None
    size: float | None = None  # points
    caps: bool | None = None
    spacing: float | None = None


Said = tuple[tuple[str, object], ...]
"""What a paragraph says of its own style: fields of `LevelStyle` with their values."""


class TypesetParagraph(NamedTuple):
    """A paragraph at a level of the frame, from 0. `bullet` overrides whether the level has one, `said` the level's style."""

    runs: tuple[TypesetRun, ...]
    level: int = 0
    bullet: bool | None = None
    said: Said = ()

    @staticmethod
    def of(text: str, level: int = 0) -> TypesetParagraph:
        """A paragraph of one plain run."""
        return TypesetParagraph((TypesetRun(text),), level)


@dataclass(frozen=True, slots=True)
class Measured:
    """How much room text needs in a frame. Lengths are EMU in the direction the lines are stacked.

    `height` is what the box must have to hold the text, insets included; `available` what it has.
    `widest` is the widest line's width, `room` the width a line may have. `overflow_lines` is 0 when the text fits,
    else by how many lines (rounded up) it is too high; `broken_words` counts words wider than a line, and
    `beyond_points` is by how much a line that does not wrap leaves the slide.
    `paragraph_ends` is the height needed up to and including each paragraph, insets included.
    """

    height: int
    available: int
    lines: int
    widest: int
    room: int
    overflow_lines: int
    overflow_points: float
    beyond_points: float
    broken_words: int
    paragraph_ends: tuple[int, ...]

    @property
    def fits(self) -> bool:
        """Whether the box holds the text, and the slide lines that do not wrap."""
        return self.overflow_points <= 0 and self.beyond_points <= 0
