"""A look: the faces, size and letter spacing one stretch of text is set in, and how wide and high it makes text.

In: font names and sizes. Out: widths in points of units of text. Remembers what it measured.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from math import inf

from collateral.typeset.breaks import split_units
from collateral.typeset.metrics import FontBook
from collateral.typeset.scripts import EAST_ASIAN, PLAIN, is_complex, scripts_in, stretches
from collateral.typeset.values import Engine

_WIDTHS = 20_000
# Words of a few European scripts. Between single blanks lines break at these and nowhere else: none of the words
# holds a hyphen or dash, nor begins with what clings to the word before it.
_SIMPLE = re.compile("(?![.,:;!?/)\\]}])[!-,.-~\u00a0-\u00ac\u00ae-\u02ff\u2018-\u201d\u2022\u20ac]+")
# The same with hyphens and dashes in them, behind which a line may break too. None begins with one, for what stands before it
# decides whether a line may break behind that.
_PLAIN_WORD = re.compile(
    "[-\u2013\u2014]|(?![-\u2013\u2014.,:;!?/)\\]}])[!-~\u00a0-\u00ac\u00ae-\u02ff\u2013\u2014\u2018-\u201d\u2022\u20ac]+"
)


class _Words(dict[str, float]):
    """Widths of the units met so far; emptied when they become too many."""

    __slots__ = ("_measure",)

    def __init__(self, measure: Callable[[str], float]) -> None:
        super().__init__()
        self._measure = measure

    def __missing__(self, unit: str) -> float:
        if len(self) >= _WIDTHS:
            self.clear()
        width = self[unit] = self._measure(unit)
        return width


class _SimpleWords(_Words):
    """The same of simple words; others are endless."""

    __slots__ = ()

    def __missing__(self, unit: str) -> float:
        return super().__missing__(unit) if _SIMPLE.fullmatch(unit) else inf


class _PlainWords(_Words):
    """The same of plain words: as wide as what a line may hold of them, one beside the other."""

    __slots__ = ()

    def __missing__(self, unit: str) -> float:
        return super().__missing__(unit) if _PLAIN_WORD.fullmatch(unit) else inf


class Look:
    """One size of one style in all scripts, for one engine. Lengths are points."""

    __slots__ = (
        "_book",
        "_ea",
        "_style",
        "_width",
        "engine",
        "face",
        "plain",
        "simple",
        "size",
        "spacing",
        "words",
    )

    def __init__(
        self,
        book: FontBook,
        engine: Engine,
        style: tuple[str, str, str, bool, bool],
        size: float,
        spacing: float,
    ) -> None:
        font, east_asian, complex_font, bold, italic = style
        self._book, self.engine = book, engine
        self._style = (font, east_asian, complex_font or font, bold, italic)
        self.face = book.face(font, bold, italic)
        self._ea = book.east_asian_face(east_asian, bold)
        self.size, self.spacing = size, spacing
        self._width = self.face.safe_width if engine is Engine.SAFE else self.face.width
        self.words = _Words(self._measure)
        self.simple = _SimpleWords(self._measure)
        self.plain = _PlainWords(self._measure_plain)

    def width(self, unit: str) -> float:
        """The unit's width."""
        return self.words[unit]

    def gap(self, gap: str) -> float:
        """The width of white space; none with tabs in it, which go to their stops (spaces beside them are lost)."""
        return 0.0 if "\t" in gap else self.width(gap)

    def hyphen(self) -> float:
        """The width of a soft hyphen where a line ends with it."""
        return self.width("-")

    def _measure(self, unit: str) -> float:
        text = unit.removesuffix("\u00ad") + "-" if unit.endswith("\u00ad") else unit
        if scripts_in(text) == {PLAIN}:
            ems = self._width(text)
        else:
            ems = sum([self._stretch(kind, stretch) for kind, stretch in stretches(text)])
        return ems * self.size + self.spacing * len(text)

    def _measure_plain(self, word: str) -> float:
        width = self.simple[word]
        return width if width < inf else sum(map(self.words.__getitem__, split_units(word)[0]))

    def _stretch(self, kind: int, text: str) -> float:
        if kind == EAST_ASIAN:
            return self._ea.plain_width(text)
        if is_complex(kind):
            return self._book.complex_width(text, *self._style[2:])
        return self._width(text)

    def line(self, text: str) -> float:
        """The height of a line of the text as its fonts have it: ascent and descent."""
        line = self.face.line
        if EAST_ASIAN in scripts_in(text):
            line = max(line, self._ea.line)
        return line * self.size
