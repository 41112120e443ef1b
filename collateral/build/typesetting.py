"""Filled paragraphs as the engine reads them back, made into what `typeset` measures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from collateral.typeset import TypesetParagraph, TypesetRun

if TYPE_CHECKING:
    from collateral.ooxml.template.shapes.texts import OpenParagraph, Run, Said


def to_typeset(level: int, runs: Sequence[Run], said: Said, *, bold: bool = False) -> TypesetParagraph:
    """The paragraph; `bold` is for runs that do not say themselves."""
    return TypesetParagraph(
        tuple(
            [
                TypesetRun(text, bold if heavy is None else heavy, bool(italic), font, size, caps, spacing)
                for text, size, heavy, italic, font, caps, spacing in runs
            ]
        ),
        level,
        said=own_style(runs, said),
    )


def ready(planned: OpenParagraph) -> Callable[[Sequence[str]], TypesetParagraph]:
    """What makes a paragraph with the texts of a slide; all else of it is worked out once for all slides."""
    (level, runs, said), texts = planned
    made, empty = to_typeset(level, runs, said), to_typeset(level, [], said)
    if texts is None:
        return lambda _: made
    looks = [(text.filled, run[1:]) for (text, _), run in zip(texts, made.runs, strict=True)]

    def filled(values: Sequence[str]) -> TypesetParagraph:
        runs = [TypesetRun(text, *look) for fill, look in looks if (text := fill(values))]
        return TypesetParagraph(tuple(runs), level, None, made.said) if runs else empty

    return filled


def own_style(runs: Sequence[Run], said: Said) -> Said:
    """What a paragraph with these runs says of its style: a size of its own is for an empty one."""
    return tuple([item for item in said if item[0] != "size"]) if runs and said else said
