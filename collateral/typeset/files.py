"""Reading the metrics of a font file with fontTools, for fonts no table stands for.

Only folders a caller names are looked into, so that the fonts of a machine never change a result unasked.
Imported when needed only: fontTools is slow to import.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from collateral.diagnostics.lazy_namedtuple import NamedTuple
from collateral.typeset.tables import FaceTable

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

T = TypeVar("T")
_SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".woff"})
_LARGEST = 64 * 1024 * 1024


class FontFile(NamedTuple):
    """A font file as it is now: another one under its name has another size or time."""

    path: Path
    size: int
    changed: int  # nanoseconds


FontFiles = Mapping[tuple[str, bool, bool], FontFile]
"""The files of faces, by the family's name in lower case, bold and italic."""


def font_files(folders: Sequence[Path]) -> FontFiles:
    """The faces in the folders as they are now; of two files with the same face the later one."""
    return {key: file for folder in folders for file in _files(folder) for key in _keys(file)}


def read_font_file(files: FontFiles, name: str, bold: bool, italic: bool) -> FaceTable | None:
    """The metrics of the face called `name`; None when no file holds it (or it is broken).

    A family without the asked-for bold or italic gives its nearest face, as programs do.
    """
    for style in ((bold, italic), (bold, False), (False, italic), (False, False)):
        file = files.get((name.lower(), *style))
        if file is not None:
            return _metrics(file.path)
    return None


def find_font_file(files: FontFiles, name: str, bold: bool, italic: bool) -> FontFile | None:
    """The file that holds the face, for shaping."""
    return files.get((name.lower(), bold, italic)) or files.get((name.lower(), False, False))


def _files(folder: Path) -> Iterator[FontFile]:
    if folder.is_dir():
        for path in sorted(folder.rglob("*")):
            if (
                path.suffix.lower() in _SUFFIXES
                and path.is_file()
                and (stat := path.stat()).st_size <= _LARGEST
            ):
                yield FontFile(path, stat.st_size, stat.st_mtime_ns)


@lru_cache(maxsize=512)
def _keys(file: FontFile) -> tuple[tuple[str, bool, bool], ...]:
    return _read(file.path, _face_names) or ()


def _face_names(font: TTFont) -> tuple[tuple[str, bool, bool], ...]:
    names, style = font["name"], font["OS/2"].fsSelection
    families = dict.fromkeys(str(names.getDebugName(n) or "").lower() for n in (1, 16))
    return tuple((family, bool(style & 32), bool(style & 1)) for family in families if family)


def _read(path: Path, what: Callable[[TTFont], T]) -> T | None:
    """What is asked of the font in a file; None when the file is no font, or broken in any of the many ways that are there."""
    import struct

    from fontTools.ttLib import TTFont, TTLibError

    try:
        return what(TTFont(str(path), fontNumber=0, lazy=True))
    except (TTLibError, OSError, EOFError, ArithmeticError, struct.error):
        return None
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        AssertionError,
    ):  # tables that contradict each other
        return None


def _metrics(path: Path) -> FaceTable | None:
    return _read(path, _table_of)


def _table_of(font: TTFont) -> FaceTable:
    em = 1 / font["head"].unitsPerEm
    ascent, descent, gap = line_metrics(font)
    advances = font["hmtx"].metrics
    widths = {chr(code): advances[glyph][0] * em for code, glyph in (font.getBestCmap() or {}).items()}
    return FaceTable(ascent * em, descent * em, gap * em, widths.get, lambda pair: 0.0)


def line_metrics(font: TTFont) -> tuple[int, int, int]:
    """(ascent, descent, gap) in font units as LibreOffice takes them: hhea, else OS/2 win; typo if the font says so."""
    hhea, os2 = font["hhea"], font["OS/2"]
    if os2.fsSelection & 128 and os2.sTypoAscender >= 0 >= os2.sTypoDescender:
        return os2.sTypoAscender, -os2.sTypoDescender, os2.sTypoLineGap
    if hhea.ascent + abs(hhea.descent) > 0:
        return hhea.ascent, -hhea.descent, hhea.lineGap
    return os2.usWinAscent, os2.usWinDescent, 0
