"""What a caller of `import_slides` chooses and gets back."""

from __future__ import annotations

from typing import Literal

from collateral.diagnostics.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How slides are brought into another deck.

    `layouts`: "map" puts a slide on the target's layout of the same name or structure, so that it takes the target's
    look, and brings its own along when there is none, or when words it colours itself could not be read there; "bring"
    always brings layout, master and theme, each once.
    `scale`: whether slides of another size are scaled (uniformly, centred) to the target's.
    `linked_workbooks`: what becomes of charts whose workbook lies outside the file: "keep" the link with a warning,
    or "refuse" the slide. `notes`: "keep" or "drop". `sections`: whether slides keep the section they stand in.
    Comments are always left out, and named.
    """

    layouts: Literal["map", "bring"] = "map"
    scale: bool = True
    linked_workbooks: Literal["keep", "refuse"] = "keep"
    notes: Literal["keep", "drop"] = "keep"
    sections: bool = True


@dataclass(frozen=True, slots=True)
class ImportedSlide:
    """A slide that arrived: its number in the source and in the target (from 1), its part, what was left out of it."""

    source_number: int
    part_name: str
    number: int
    dropped: tuple[str, ...] = ()
