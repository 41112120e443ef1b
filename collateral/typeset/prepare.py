"""A paragraph made ready for filling: units, their widths and heights, for each stretch between line breaks.

In: a paragraph, its level's style, a font book. Out: `Prepared`, remembered by text and look, since the same words are
measured for several wordings, scales and pieces.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise, repeat
from math import inf

from collateral.diagnostics.lazy_namedtuple import NamedTuple
from collateral.model.frames import LevelStyle
from collateral.typeset.breaks import CUT_BEHIND, SOFT_HYPHEN, split_units
from collateral.typeset.lines import cut_widths
from collateral.typeset.looks import Look
from collateral.typeset.metrics import FontBook
from collateral.typeset.scripts import EAST_ASIAN, script_of, scripts_in
from collateral.typeset.values import Engine, TypesetParagraph, TypesetRun

_Piece = tuple[str, Look]
_EMPTY = (TypesetRun(""),)
Tall = tuple[float, float]  # the height of a line as its fonts have it, and the largest font size


class Stretch(NamedTuple):
    """The text between two line breaks, in points at full size.

    `tall` is of the whole stretch; `talls` of each unit, None when they are all alike. `parts` are each unit's pieces
    of one look, empty when the whole stretch has the one `look`. `tabs` is how many tabs are behind each unit, empty when
    there are none.
    """

    units: tuple[str, ...]
    widths: tuple[float, ...]
    gaps: tuple[float, ...]
    widest: float
    total: float
    tall: Tall
    talls: tuple[Tall, ...] | None
    look: Look
    parts: tuple[tuple[_Piece, ...], ...]
    tabs: tuple[int, ...]

    def cut(self, index: int, room: float) -> list[float]:
        """The widths of the pieces a unit wider than a line is cut into: behind its signs, else by characters."""
        unit = self.units[index]
        parts = self.parts[index] if self.parts else ((unit, self.look),)
        widths = [look.width(character) for text, look in parts for character in text]
        return cut_widths(widths, room, [character in CUT_BEHIND for character in unit])


Prepared = tuple[Stretch, ...]


class Level:
    """A level of a frame: its style, and the looks its runs have."""

    __slots__ = ("_book", "_engine", "_looks", "style")

    def __init__(self, style: LevelStyle, book: FontBook, engine: Engine) -> None:
        self.style, self._book, self._engine = style, book, engine
        self._looks: dict[tuple[str | None, bool, bool, float | None, float | None], Look] = {}

    def text(self, run: TypesetRun) -> str:
        """A run's text as it is set at the level. Small capitals count as large ones: LibreOffice breaks lines as if they
        were."""
        caps = self.style.caps if run.caps is None else run.caps
        return run.text.upper() if caps else run.text

    def look(self, run: TypesetRun) -> Look:
        """The look a run has at the level (its text does not matter)."""
        key = (run.font, run.bold, run.italic, run.size, run.spacing)
        look = self._looks.get(key)
        if look is None:
            style = self.style
            names = (run.font or style.font, style.east_asian_font, style.complex_font)
            face = (*names, run.bold or style.bold, run.italic or style.italic)
            spacing = style.spacing if run.spacing is None else run.spacing
            look = _look(self._book, self._engine, face, run.size or style.size, spacing)
            self._looks[key] = look
        return look


def prepare(paragraph: TypesetParagraph, level: Level) -> Prepared:
    """The stretches of a paragraph; always at least one, empty for an empty paragraph."""
    runs = paragraph.runs or _EMPTY
    if len(runs) == 1:
        run = runs[0]
        text = level.text(run)
        if "\n" not in text and "\v" not in text:
            return (_plain_stretch(text, level.look(run)),)
        return tuple([_plain_stretch(line, level.look(run)) for line in _lines(text)])
    return tuple([_mixed_stretch(line) for line in _run_lines(runs, level)])


@lru_cache(maxsize=1024)
def _look(
    book: FontBook,
    engine: Engine,
    style: tuple[str, str, str, bool, bool],
    size: float,
    spacing: float,
) -> Look:
    return Look(book, engine, style, size, spacing)


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\v", "\n").split("\n")


@lru_cache(maxsize=1024)  # enough for what pieces share; what is each prospect's own comes and goes
def _plain_stretch(text: str, look: Look) -> Stretch:
    words = text.split(" ")
    widths = tuple(map(look.simple.__getitem__, words))
    if inf not in widths:
        return _simple_stretch(tuple(words), widths, look)
    units, spaces = split_units(text)
    widths, gaps = tuple(map(look.width, units)), tuple(map(look.gap, spaces))
    if EAST_ASIAN in scripts_in(text):
        gaps = _spaced(units, gaps, look.size)
    if SOFT_HYPHEN in text:
        gaps = tuple(map(_without_hyphen, units, gaps, repeat(look)))
    tall = (look.line(text), look.size)
    widest, total = max(widths, default=0.0), sum(widths) + sum(gaps)
    return Stretch(units, widths, gaps, widest, total, tall, None, look, (), _tabs(text, spaces))


def _simple_stretch(units: tuple[str, ...], widths: tuple[float, ...], look: Look) -> Stretch:
    """What is found for simple words, with less work."""
    gaps = (look.words[" "],) * (len(units) - 1) + (0.0,)
    tall = (look.face.line * look.size, look.size)
    return Stretch(units, widths, gaps, max(widths), sum(widths) + sum(gaps), tall, None, look, (), ())


def _run_lines(runs: tuple[TypesetRun, ...], level: Level) -> list[tuple[_Piece, ...]]:
    """The paragraph's pieces of one look, cut at line breaks; a break itself is an empty piece of its own size."""
    lines: list[list[_Piece]] = [[]]
    look = level.look(runs[0])
    for run in runs:
        look = level.look(run)
        first, *others = _lines(level.text(run))
        if first or others:
            lines[-1].append((first, look))
        for text in others:
            lines.append([(text, look)] if text or text is not others[-1] else [])
    return [tuple(line) or (("", look),) for line in lines]


@lru_cache(maxsize=512)
def _mixed_stretch(pieces: tuple[_Piece, ...]) -> Stretch:
    """A stretch of several looks: units are found in the whole text, then measured piece by piece."""
    whole = "".join([text for text, _ in pieces])
    units, spaces = split_units(whole)
    cutter = _Cutter(pieces)
    widths, gaps, talls, parts = [], [], [], []
    for unit, space in zip(units, spaces, strict=True):
        part, between = cutter.take(len(unit)), cutter.take(len(space))
        widths.append(sum([look.width(text) for text, look in part]))
        gap = _gap(between)
        gaps.append(_without_hyphen(unit, gap, part[-1][1]) if part else gap)
        talls.append(_tallest(part + between or pieces[:1]))
        parts.append(part)
    if talls and not pieces[-1][0]:
        talls[-1] = _tallest((*(parts[-1] or pieces[:1]), pieces[-1]))
    tall = _tallest(pieces)
    if any(EAST_ASIAN in scripts_in(text) for text, _ in pieces):
        gaps = list(_spaced(units, gaps, tall[1]))
    return Stretch(
        units, tuple(widths), tuple(gaps), max(widths, default=0.0), sum(widths) + sum(gaps), tall,
        None if all(each == tall for each in talls) else tuple(talls), pieces[0][1], tuple(parts),
        _tabs(whole, spaces),
    )  # fmt: skip


def _without_hyphen(unit: str, gap: float, look: Look) -> float:
    """The gap after a unit that ends in a soft hyphen, which takes no room unless the line ends there."""
    return gap - look.hyphen() if unit.endswith(SOFT_HYPHEN) and gap == 0.0 else gap


def _gap(parts: tuple[_Piece, ...]) -> float:
    tabbed = any("\t" in text for text, _ in parts)
    return 0.0 if tabbed else sum([look.width(text) for text, look in parts])


def _tabs(text: str, spaces: Sequence[str]) -> tuple[int, ...]:
    return tuple([space.count("\t") for space in spaces]) if "\t" in text else ()


def _tallest(parts: tuple[_Piece, ...]) -> Tall:
    return max([look.line(text) for text, look in parts]), max([look.size for _, look in parts])


def _spaced(units: Sequence[str], gaps: Sequence[float], size: float) -> tuple[float, ...]:
    """The gaps with the quarter em that is set between ideographs and Latin letters or digits (seen in LibreOffice)."""
    spaced = list(gaps)
    for at, (left, right) in enumerate(pairwise(units)):
        if gaps[at] == 0.0 and left and right and _is_seam(left[-1], right[0]):
            spaced[at] = size / 4
    return tuple(spaced)


def _is_seam(left: str, right: str) -> bool:
    return (
        left.isalnum()
        and right.isalnum()
        and (script_of(left) == EAST_ASIAN) != (script_of(right) == EAST_ASIAN)
    )


class _Cutter:
    """Takes the pieces' characters in order, a number at a time."""

    def __init__(self, pieces: tuple[_Piece, ...]) -> None:
        self._pieces, self._piece, self._at = pieces, 0, 0

    def take(self, count: int) -> tuple[_Piece, ...]:
        taken: list[_Piece] = []
        while count > 0:
            text, look = self._pieces[self._piece]
            part = text[self._at : self._at + count]
            if part:
                taken.append((part, look))
            count -= len(part)
            self._at += len(part)
            if self._at >= len(text):
                self._piece, self._at = self._piece + 1, 0
        return tuple(taken)
