"""Making text fit: which wording, at which scale, or where to go on upon a next slide. Promise 3.

In: a frame and the approved wordings of its text, longest first. Out: `FitResult`. Writes nothing.

The rule, in order: 1. the longest wording that fits at full size, or shrunk by no more than GENTLE; 2. each shorter
wording by the same rule; 3. shrunk down to the floor, longest wording first; 4. the shortest wording at the floor,
with how much is too high and after which paragraph it could be continued. A step at which a word is wider than its
line, and so broken in the middle, is taken only when no other step fits.

The steps are those PowerPoint itself is seen to store: line spacing is given up first, then the font goes down in
steps of 7.5 % with line spacing at −20 %. For titles PowerPoint knows the one step of 90 %; a title that does not fit
even then goes on down the common steps, which PowerPoint shows as they are written until somebody edits the title.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from collateral.diagnostics import Diagnostic
from collateral.model.frames import Frame
from collateral.typeset.breaks import split_units
from collateral.typeset.glance import holds, overflows
from collateral.typeset.measure import Setting
from collateral.typeset.metrics import BOOK, FontBook, stand_in
from collateral.typeset.sheet import Ready, Sheet, sheet_of
from collateral.typeset.values import Engine, Measured, TypesetParagraph

GENTLE = 0.9
STEPS: tuple[tuple[float, float], ...] = (
    (1.0, 0.0), (1.0, 0.1), (0.925, 0.0), (0.925, 0.1), (0.925, 0.2), (0.85, 0.2), (0.775, 0.2), (0.7, 0.2),
    (0.625, 0.2), (0.55, 0.2), (0.475, 0.2), (0.4, 0.2), (0.325, 0.2), (0.25, 0.2),
)  # fmt: skip
TITLE_STEPS: tuple[tuple[float, float], ...] = (
    (1.0, 0.0), (0.9, 0.0), *((scale, 0.1) for scale, _ in STEPS if scale < 0.9),
)  # fmt: skip

Wording = Sequence[TypesetParagraph]
_Try = tuple[int, tuple[float, float]]  # which wording at which step
_FULL = (1.0, 0.0)
_SHOWN = 60  # letters of a word in a message


class FitResult:
    """How the text was made to fit: which wording, at what `scale` and line spacing `reduction` (fractions).

    `writes_autofit` says that `a:normAutofit` with `scale` and `reduction` must be written into the file: the text
    is shrunk, or the frame carries a stored scale that no longer holds.
    """

    __slots__ = ("_text", "diagnostics", "fits", "reduction", "scale", "sheet", "wording", "writes_autofit")

    def __init__(
        self,
        sheet: Sheet,
        text: Wording,
        choice: _Try,
        diagnostics: tuple[Diagnostic, ...],
        *,
        fits: bool = True,
    ) -> None:
        frame = sheet.frame
        self.wording, (self.scale, self.reduction) = choice
        self.fits, self.diagnostics = fits, diagnostics
        self.writes_autofit = choice[1] != _FULL or frame.font_scale != 1.0 or frame.line_reduction != 0.0
        self.sheet, self._text = sheet, text

    @property
    def measured(self) -> Measured:
        """How high the text is at this wording and scale."""
        return Setting(self.sheet, self.sheet.ready(self._text), self.scale, self.reduction).measured()

    @property
    def overflow(self) -> Measured | None:
        """How much is too high at the floor; None when the text fits."""
        return None if self.fits else self.measured

    @property
    def split_after(self) -> int | None:
        """How many leading paragraphs of a text that is too high fit; None when not even the first one does."""
        return None if self.fits else _split_after(self.measured)


def fit_text(
    frame: Frame,
    wordings: Sequence[Wording],
    *,
    floor: float = 0.7,
    title: bool = False,
    engine: Engine = Engine.SAFE,
    book: FontBook = BOOK,
) -> FitResult:
    """The wording and scale at which the text fits the frame; see the module for the rule.

    `wordings` go from the longest to the shortest and are not empty. `floor` is the smallest font scale allowed. What had to be
    measured is remembered, because much text of a deck is the same for every prospect.
    """
    sheet = sheet_of(frame, engine, book)
    found = holds(sheet, wordings[0])
    if found is not None:
        return FitResult(sheet, wordings[0], (0, _FULL), found)
    # the sheet is known by its identity, and kept alive by the result
    key = (id(sheet), tuple(map(tuple, wordings)), floor, title)
    known = _measured.get(key)
    if known is None or known.sheet is not sheet:
        if len(_measured) >= _REMEMBERED:
            _measured.clear()
        known = _measured[key] = _fitted(sheet, wordings, floor, title)
    return known


_REMEMBERED = 1024
_measured: dict[tuple[int, tuple[tuple[TypesetParagraph, ...], ...], float, bool], FitResult] = {}


def _fitted(sheet: Sheet, wordings: Sequence[Wording], floor: float, title: bool) -> FitResult:
    tried: dict[_Try, Setting] = {}
    ready: dict[int, Sequence[Ready]] = {}
    for choice in _tries(len(wordings), floor, title):
        index, step = choice
        if index not in ready:
            ready[index] = sheet.ready(wordings[index])
        if overflows(sheet, ready[index], *step):
            continue
        setting = tried[choice] = Setting(sheet, ready[index], *step)
        if setting.fits and not setting.broken:
            return _result(sheet, wordings[index], choice, setting)
    # a step at which a word is broken, if the text fits at one; else the last
    choice = next((choice for choice, setting in tried.items() if setting.fits), choice)
    setting = tried.get(choice) or Setting(sheet, ready[choice[0]], *choice[1])
    return _result(sheet, wordings[choice[0]], choice, setting)


def _broken_word(text: Wording) -> Diagnostic:
    """A warning for words wider than their lines, by the longest of them."""
    words = (word for paragraph in text for run in paragraph.runs for word in run.text.split())
    longest = max(words, key=lambda word: len(max(split_units(word)[0], key=len, default="")), default="")
    shown = longest if len(longest) <= _SHOWN else longest[: _SHOWN - 1] + "…"
    return Diagnostic.warning(
        "word-broken",
        f'"{shown}" is wider than its box and breaks between any letters',
        None,
        "put soft hyphens (U+00AD) where it may part, shorten it, or give it a wider box",
    )


@lru_cache(maxsize=64)
def _tries(wordings: int, floor: float, title: bool) -> tuple[_Try, ...]:
    """Wordings and steps in the order of the rule."""
    steps = [step for step in (TITLE_STEPS if title else STEPS) if step[0] >= floor - 1e-9] or [_FULL]
    gentle = [step for step in steps if step[0] >= GENTLE]
    harder = [step for step in steps if step[0] < GENTLE]
    return tuple((index, step) for tried in (gentle, harder) for index in range(wordings) for step in tried)


def _result(sheet: Sheet, wording: Wording, choice: _Try, setting: Setting) -> FitResult:
    found = _uncertainties(sheet, wording)
    if setting.broken and setting.fits:
        found = (*found, _broken_word(wording))
    return FitResult(sheet, wording, choice, found, fits=setting.fits)


def _uncertainties(sheet: Sheet, wording: Wording) -> tuple[Diagnostic, ...]:
    """What is uncertain about measuring this text: fonts with a stand-in only, scripts that were not shaped."""
    found: list[Diagnostic] = []
    book = sheet.book
    for paragraph in wording:
        style = sheet.level(paragraph).style
        for run in paragraph.runs:
            font = run.font or style.font
            found += stand_in(book, font)
            if not run.text.isascii():
                found += book.report_scripts(run.text, style.complex_font or font)
                found += book.report_east_asian(run.text, style.east_asian_font)
    return tuple(dict.fromkeys(found)) if found else ()


def _split_after(measured: Measured) -> int | None:
    """How many leading paragraphs fit."""
    count = sum(end <= measured.available for end in measured.paragraph_ends)
    return count or None
