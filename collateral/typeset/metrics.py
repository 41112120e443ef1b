"""Font metrics for measuring: a face for a font name, from the tables beside this module or from font files given.

In: font names and styles, and for fonts without a table the folders a caller passes. Out: `Face`, whose widths are in
ems. What is measured must be the same on every machine, so the fonts a machine has are never looked at unasked.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from collateral.diagnostics import Diagnostic
from collateral.typeset.families import EXACT, FAMILIES, STAND_IN, UNKNOWN, WEIGHTS, Family
from collateral.typeset.scripts import EAST_ASIAN, PLAIN, is_complex, script_of
from collateral.typeset.tables import BOLD, ITALIC, FaceTable, read_face

if TYPE_CHECKING:
    from collateral.typeset.files import FontFile, FontFiles

EAST_ASIAN_FACE = "noto sans cjk jp"
_IDEOGRAPH = "\u4e00"
ESTIMATE = 1.05  # unshaped letters are about as wide as shaped ones; this much for those that are not
_WORDS = 20_000  # remembered widths a face; then it forgets all
PLAIN_UNTIL = "\u0100"  # the end of Latin 1
_PLAIN = [*map(chr, range(0x20, 0x7F)), *map(chr, range(0xA1, 0x100))]


class Face:
    """One face of a font: widths in ems, and the ascent and descent of a line as LibreOffice takes them."""

    __slots__ = (
        "_widest",
        "advance",
        "ascent",
        "descent",
        "factor",
        "kerned",
        "kerning",
        "name",
        "quality",
        "table",
        "unkerned",
        "widths",
    )

    def __init__(self, name: str, family: Family, metrics: FaceTable) -> None:
        self.name, self.table, self.quality = name, family.table, family.quality
        self.ascent, self.descent, self.factor = metrics.ascent, metrics.descent, family.factor
        self.widths = _Widths(metrics.advance)
        self.kerning = _Kerning(metrics.kerning)
        self.kerned: dict[str, float] = {}
        self.unkerned: dict[str, float] = {}
        self.advance = metrics.advance
        self._widest: float | None = None

    def has(self, character: str) -> bool:
        """Whether the font has the character itself."""
        return self.advance(character) is not None

    @property
    def line(self) -> float:
        """The height of a line in ems, as LibreOffice sets it."""
        return self.ascent + self.descent

    @property
    def widest(self) -> float:
        """The width in ems of the widest letter or sign before `PLAIN_UNTIL`."""
        if self._widest is None:
            self._widest = max(map(self.widths.__getitem__, _PLAIN)) * self.factor
        return self._widest

    def width(self, word: str) -> float:
        """The word's width in ems, pairs kerned."""
        width = self.kerned.get(word)
        if width is None:
            kerned = sum(map(self.kerning.__getitem__, map(str.__add__, word, word[1:])))
            width = self.kerned[word] = self.plain_width(word) + kerned * self.factor
            if len(self.kerned) > _WORDS:
                self.kerned.clear()
        return width

    def safe_width(self, word: str) -> float:
        """The larger of the kerned and the unkerned width: PowerPoint kerns only where the text asks for it."""
        return max(self.width(word), self.plain_width(word))

    def plain_width(self, word: str) -> float:
        """The sum of the word's advance widths, in ems."""
        width = self.unkerned.get(word)
        if width is None:
            width = self.unkerned[word] = sum(map(self.widths.__getitem__, word)) * self.factor
            if len(self.unkerned) > _WORDS:
                self.unkerned.clear()
        return width


_INVISIBLE = dict.fromkeys(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\ufe0f\ufe0e",
    0.0,
)
# what stands in for a character that a font lacks, and how wide that is of it, as HarfBuzz has it
_SAME_AS = {"\u2010": ("-", 1.0), "\u2011": ("-", 1.0), "\u202f": (" ", 0.5)}


class _Widths(dict[str, float]):
    """Advance widths met so far; what the font lacks is as wide as what is the same, or comes from a table of other fonts, else
    it is one em."""

    __slots__ = ("_advance",)

    def __init__(self, advance: Callable[[str], float | None]) -> None:
        super().__init__(_INVISIBLE)
        self._advance = advance

    def __missing__(self, character: str) -> float:
        width = self._advance(character)
        if width is None and character in _SAME_AS:
            same, part = _SAME_AS[character]
            width = self[same] * part
        elif width is None:
            width = _fallback_width(character)
        self[character] = width
        return width


class _Kerning(dict[str, float]):
    """Kerning of the pairs met so far."""

    __slots__ = ("_kerning",)

    def __init__(self, kerning: Callable[[str], float]) -> None:
        super().__init__()
        self._kerning = kerning

    def __missing__(self, pair: str) -> float:
        kern = self[pair] = self._kerning(pair)
        return kern


def _fallback_width(character: str) -> float:
    width = 0.0 if character < " " else read_face("fallback").advance(character)
    return 1.0 if width is None else width


class FontBook:
    """Faces by name and style. `folders` hold font files that are read for names no table stands for.

    What they hold is looked up once, when it is first needed: who wants to see later files makes another book.
    """

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        self._folders = tuple(folders)
        self._faces: dict[tuple[str, bool, bool], Face] = {}

    def face(self, name: str, bold: bool = False, italic: bool = False) -> Face:
        """The face to measure with; always one, if need be a stand-in (see `Face.quality`)."""
        key = (name, bold, italic)
        face = self._faces.get(key)
        if face is None:
            face = self._faces[key] = self._find(name, bold, italic)
        return face

    def complex_width(self, text: str, name: str, bold: bool, italic: bool) -> float:
        """The width in ems of text in a joining or stacking script: shaped when its font is here, else estimated."""
        file = self._file(name, bold, italic)
        if file is None:
            return self.face(name, bold, italic).plain_width(text) * ESTIMATE
        from collateral.typeset.shaping import shaped_width

        return shaped_width(text, file)

    def _file(self, name: str, bold: bool, italic: bool) -> FontFile | None:
        if not self._folders:
            return None
        from collateral.typeset.files import find_font_file

        return find_font_file(self._files, name, bold, italic)

    @cached_property
    def _files(self) -> FontFiles:
        from collateral.typeset.files import font_files

        return font_files(self._folders)

    def _find(self, name: str, bold: bool, italic: bool) -> Face:
        family = find_family(name)
        if (family is None or family.quality == STAND_IN) and self._folders:
            from collateral.typeset.files import read_font_file

            read = read_font_file(self._files, name, bold, italic)
            if read is not None:
                return Face(name, Family(name, EXACT), read)
        family = family or UNKNOWN
        style = BOLD * (bold or family.bold) + ITALIC * italic
        return Face(name, family, read_face(family.table, style))

    def east_asian_face(self, name: str, bold: bool = False) -> Face:
        """The face East Asian text is measured with: the master's East Asian font where its own metrics are at hand."""
        own = self.face(name, bold) if name else None
        if own is None or own.quality == STAND_IN:
            return self.face(EAST_ASIAN_FACE, bold)
        is_east_asian = own.table == self.face(EAST_ASIAN_FACE).table or own.has(_IDEOGRAPH)
        return own if is_east_asian else self.face(EAST_ASIAN_FACE, bold)

    def report(self, names: Iterable[str]) -> list[Diagnostic]:
        """A `font-stand-in` warning for each name whose text is measured with other metrics than its own."""
        return [_stand_in(self.face(name)) for name in _unique(names) if self.face(name).quality == STAND_IN]

    def report_east_asian(self, text: str, name: str) -> list[Diagnostic]:
        """A `font-stand-in` warning when the text is East Asian and its font's own metrics are not at hand."""
        if text.isascii() or all(script_of(sign) != EAST_ASIAN for sign in set(text)):
            return []
        face = self.east_asian_face(name)
        return [] if face.name == name else [_east_asian_stand_in(name, face)]

    def report_scripts(self, text: str, name: str) -> list[Diagnostic]:
        """A `script-estimated` warning when the text needs shaping and the font to shape it with is not here."""
        found = next((c for c in text if script_of(c) not in (PLAIN, EAST_ASIAN)), None)
        if found is None or (is_complex(script_of(found)) and self._file(name, False, False) is not None):
            return []
        return [_estimated(found, name)]


def find_family(name: str) -> Family | None:
    """The table for a font name, also for a weight named in it ("Lato Light"); None when there is none."""
    key = " ".join(name.lower().replace("-", " ").split())
    family = FAMILIES.get(key)
    if family is not None:
        return family
    stem, _, weight = key.rpartition(" ")
    if weight == "italic":
        return find_family(stem)
    if weight in WEIGHTS and stem.split(" ")[-1] in {"semi", "extra", "ultra", "demi"}:
        stem, _, before = stem.rpartition(" ")
        weight = before + weight
    base = find_family(stem) if weight in WEIGHTS and stem else None
    if base is None:
        return None
    bold, factor = WEIGHTS[weight]
    quality = base.quality if weight in ("regular", "bold") else STAND_IN
    return Family(base.table, quality, base.factor * factor * (1.0 if quality != STAND_IN else 1.02), bold)


@lru_cache(maxsize=256)
def stand_in(book: FontBook, name: str) -> tuple[Diagnostic, ...]:
    """What is uncertain about measuring text in a font: a warning when it has other metrics than the tables'."""
    return tuple(book.report((name,)))


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _stand_in(face: Face) -> Diagnostic:
    return Diagnostic.warning(
        "font-stand-in",
        f'no metrics of "{face.name}": its text is measured as {face.table.replace("-", " ")}, with a margin',
        None,
        "put the font's files into the workspace's folder fonts/, or look at the piece where the font is installed",
    )


def _east_asian_stand_in(name: str, face: Face) -> Diagnostic:
    measured = f"its East Asian text is measured as {face.table.replace('-', ' ')}"
    if name:
        hint = "put the font's files into the workspace's folder fonts/, or look at the piece where the font is installed"
        return Diagnostic.warning("font-stand-in", f'no metrics of "{name}": {measured}', None, hint)
    hint = "name an East Asian font in the master's theme, or look at the piece in the program it is for"
    message = f"the master's theme names no East Asian font of its own, so the program that shows the piece chooses one: {measured}"
    return Diagnostic.warning("font-stand-in", message.replace("its East", "the East"), None, hint)


def _estimated(character: str, name: str) -> Diagnostic:
    script = unicodedata.name(character, "unknown").split(" ")[0].capitalize()
    return Diagnostic.warning(
        "script-estimated",
        f'the width of {script} text in "{name}" is estimated, not shaped',
        None,
        "put the font's files into the workspace's folder fonts/, or look at the piece in the program it is for",
    )


BOOK = FontBook()


def book_of(folder: Path) -> FontBook:
    """The tables, and the fonts in this folder if there is one: files that belong to the content, the same on every machine."""
    return FontBook((folder,)) if folder.is_dir() else BOOK
