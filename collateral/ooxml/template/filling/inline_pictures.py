"""Pictures in the running text of a document: what `picture(logo, width="20mm")` gives, and the run that shows it.

In: an `Image`, and how wide the text is where it stands. Out: the picture with the size and alternative text a tag asks for;
bytes of a run, its files related to the part being written. Hot path.
"""

from __future__ import annotations

from typing import Any

from collateral.expressions.errors import ExpressionError, MissingValue
from collateral.expressions.operators import describe
from collateral.ooxml.sizes import NARROWEST, TWIPS_TO_EMU, emu_of, natural_size, size_in_text, wrong_length
from collateral.ooxml.template.filling.wiring import Wiring
from collateral.ooxml.values import Fragment, Image

_WEIGHT = 1_200
"""Bytes of the run, for the bound on what one piece may write."""
SIDES = ("width", "height")


def picture(value: Any, *, width: Any = None, height: Any = None, alt: Any = None) -> Any:
    """The picture as a tag wants it shown; an empty value stays empty. Raises ExpressionError for what is no picture.

    A size the tag asks for takes the place of the one the picture came with.
    """
    if value is None:
        raise MissingValue("")
    if value.__class__ is not Image:
        if isinstance(value, str) and not value.strip():
            return ""
        raise ExpressionError(f"a picture is needed here, not {describe(value)}")
    sides = tuple(_side(name, side) for name, side in zip(SIDES, (width, height), strict=True))
    wide, high = sides if any(sides) else (value.width, value.height)
    return value.shown(alt=value.alt if alt is None else _words(alt), width=wide, height=high)


def _words(alt: Any) -> str:
    if not isinstance(alt, str | int):
        raise ExpressionError(f"the alternative text must be a text, not {describe(alt)}")
    return str(alt)


def _side(name: str, value: Any) -> int:
    if value is None or value == "":
        return 0
    wrong = wrong_length(name, value)
    if wrong is not None:
        raise ExpressionError(wrong)
    return emu_of(str(value)) or 0


def inline_picture(image: Image, room: int, wiring: Wiring) -> bytes:
    """A run that shows the picture in a text `room` EMU wide; below zero that much narrower than the column written last."""
    from collateral.ooxml.drawing.relations import LocalName, Relations, pieces_of
    from collateral.ooxml.word.inline import picture_run

    wiring.charge(_WEIGHT)
    relations, number = Relations(f"/{wiring.media_folder}/media"), LocalName("id1")
    if room < 0:
        room = max(wiring.column_width * TWIPS_TO_EMU + room, NARROWEST)
    natural = natural_size(image.width_px, image.height_px, image.dpi)
    size = size_in_text(natural, (image.width, image.height), room)
    pieces = pieces_of(picture_run(image, size, image.alt or None, relations, number))
    return wiring.place(Fragment("run", pieces, relations.parts(), (), (str(number),)))
