"""A paragraph made ready for filling: units, their widths and heights, for each stretch between line breaks.

In: a paragraph, its level's style, a font book. Out: `Prepared`, remembered by text and look, since the same words are
measured for several wordings, scales and pieces.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from collateral.model.frames import LevelStyle
from collateral.typeset.breaks import split_units
from collateral.typeset.looks import Look
from collateral.typeset.metrics import FontBook
from collateral.typeset.values import Engine, TypesetParagraph, TypesetRun


@dataclass(frozen=True, slots=True)
class Stretch:
    """The text between two line breaks, in points at full size. `heights` is None when all units share one."""

    units: tuple[str, ...]
    widths: tuple[float, ...]
    gaps: tuple[float, ...]
    widest: float
    total: float
    ascent: float
    descent: float
    heights: tuple[tuple[float, float], ...] | None
    width_of: Callable[[str], float]
    tabs: bool


Prepared = tuple[Stretch, ...]


def prepare(paragraph: TypesetParagraph, style: LevelStyle, *, book: FontBook, engine: Engine) -> Prepared:
    """The stretches of a paragraph; always at least one, empty for an empty paragraph."""
    runs = paragraph.runs
    if len(runs) == 1 or not runs:
        run = runs[0] if runs else TypesetRun("")
        look = look_of(run, style, book, engine)
        text = run.text.upper() if style.caps else run.text
        if "\n" not in text and "\v" not in text:
            return (_plain_stretch(text, look),)
        return tuple([_plain_stretch(line, look) for line in _lines(text)])
    return tuple([_mixed_stretch(line) for line in _run_lines(runs, style, book, engine)])


@lru_cache(maxsize=512)
def look_of(run: TypesetRun, style: LevelStyle, book: FontBook, engine: Engine) -> Look:
    """The look a run has at a level (its text does not matter)."""
    names = (run.font or style.font, style.east_asian_font, style.complex_font)
    face = (*names, run.bold or style.bold, run.italic or style.italic)
    return _look(book, engine, face, run.size or style.size, style.spacing)


@lru_cache(maxsize=1024)
def _look(
    book: FontBook, engine: Engine, style: tuple[str, str, str, bool, bool], size: float, spacing: float
) -> Look:
    return Look(book, engine, style, size, spacing)


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\v", "\n").split("\n")


@lru_cache(maxsize=4096)
def _plain_stretch(text: str, look: Look) -> Stretch:
    units, spaces = split_units(text)
    widths, gaps = tuple(map(look.width, units)), tuple(map(look.gap, spaces))
    ascent, descent = look.heights(text)
    return Stretch(
        units, widths, gaps, max(widths, default=0.0), sum(widths) + sum(gaps), ascent, descent, None,
        look.width, "\t" in text,
    )  # fmt: skip


_Piece = tuple[str, Look]


def _run_lines(
    runs: tuple[TypesetRun, ...], style: LevelStyle, book: FontBook, engine: Engine
) -> list[tuple[_Piece, ...]]:
    """The paragraph's pieces of one look, cut at line breaks."""
    lines: list[list[_Piece]] = [[]]
    for run in runs:
        look = look_of(run, style, book, engine)
        first, *others = _lines(run.text.upper() if style.caps else run.text)
        lines[-1].append((first, look))
        lines.extend([(text, look)] for text in others)
    return [tuple(line) for line in lines]


@lru_cache(maxsize=2048)
def _mixed_stretch(pieces: tuple[_Piece, ...]) -> Stretch:
    """A stretch of several looks: units are found in the whole text, then measured piece by piece."""
    units, spaces = split_units("".join([text for text, _ in pieces]))
    cutter = _Cutter(pieces)
    widths, gaps, heights = [], [], []
    for unit, space in zip(units, spaces, strict=True):
        parts = cutter.take(len(unit))
        widths.append(sum(look.width(text) for text, look in parts))
        heights.append(_tallest(parts or [("", cutter.look)]))
        gaps.append(_gap(cutter.take(len(space))))
    ascent, descent = _tallest(pieces)
    uniform = all(height == (ascent, descent) for height in heights)
    return Stretch(
        units, tuple(widths), tuple(gaps), max(widths, default=0.0), sum(widths) + sum(gaps), ascent, descent,
        None if uniform else tuple(heights), pieces[0][1].width, any(gap < 0 for gap in gaps),
    )  # fmt: skip


def _gap(parts: list[_Piece]) -> float:
    tabs = sum(text.count("\t") for text, _ in parts)
    return -float(tabs) if tabs else sum(look.width(text) for text, look in parts)


def _tallest(parts: tuple[_Piece, ...] | list[_Piece]) -> tuple[float, float]:
    heights = [look.heights(text) for text, look in parts]
    return max(up for up, _ in heights), max(down for _, down in heights)


class _Cutter:
    """Takes the pieces' characters in order, a number at a time."""

    def __init__(self, pieces: tuple[_Piece, ...]) -> None:
        self._pieces, self._piece, self._at = pieces, 0, 0

    @property
    def look(self) -> Look:
        return self._pieces[min(self._piece, len(self._pieces) - 1)][1]

    def take(self, count: int) -> list[_Piece]:
        taken = []
        while count > 0:
            text, look = self._pieces[self._piece]
            part = text[self._at : self._at + count]
            if part:
                taken.append((part, look))
            count -= len(part)
            self._at += len(part)
            if self._at >= len(text):
                self._piece, self._at = self._piece + 1, 0
        return taken
