"""Examines the machine and the workspace: what is there, what is missing, and what to do about it."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from collateral.diagnostics import Severity
from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.drawing.language import language_slot

if TYPE_CHECKING:
    from collateral.build.workspace import Workspace

LIBRARIES = {
    "isal": ("files are compressed faster", "pip install isal"),
    "uharfbuzz": (
        "Arabic, Hebrew, Indic and Thai text is shaped where fonts/ has its font",
        "pip install uharfbuzz",
    ),
    "resvg_py": ("SVG pictures get their PNG fallback", "pip install resvg-py"),
    "css_inline": ("e-mail styles are inlined", "pip install css-inline"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `state` is "ok", "note" (works without) or "bad"."""

    state: str
    what: str
    remedy: str = ""

    def to_dict(self) -> dict[str, str]:
        """Plain data for --json."""
        return asdict(self)


def examine(workspace: Workspace | None, cache_folder: Path | None) -> list[Finding]:
    """Everything worth knowing, in the order a person would mend it."""
    found = [_python(), *_libraries(), _libreoffice(), _cache(cache_folder)]
    if workspace is None:
        return [*found, Finding("note", "no workspace here", "make one with `collateral init`")]
    return [*found, *_workspace(workspace)]


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding("ok", f"Python {version}")


def _libraries() -> Iterator[Finding]:
    for name, (use, remedy) in LIBRARIES.items():
        if importlib.util.find_spec(name):
            yield Finding("ok", f"{name} is there: {use}")
        else:
            yield Finding("note", f"{name} is not there, so not: {use}", remedy)


def _libreoffice() -> Finding:
    if shutil.which("soffice") or shutil.which("libreoffice"):
        return Finding("ok", "LibreOffice is there: --pdf and previews work")
    return Finding("note", "LibreOffice is not there", "--pdf needs it; pieces themselves do not")


def _cache(folder: Path | None) -> Finding:
    if folder is None:
        return Finding("note", "the cache is switched off", "unset COLLATERAL_CACHE to make warm runs quick")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".probe"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        return Finding(
            "note",
            f"the cache folder {folder} cannot be written: {error.strerror}",
            "runs are slower without",
        )
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Finding("ok", f"cache in {folder}, {size / 1e6:.1f} MB (safe to delete)")


def _workspace(workspace: Workspace) -> Iterator[Finding]:
    library = workspace.library
    errors = [d for d in workspace.library_diagnostics if d.severity is Severity.ERROR]
    blocks = sum(len(languages) for languages in library.blocks.values())
    yield Finding("ok", f"workspace {workspace.root}: {blocks} blocks, {len(library.templates)} templates")
    if errors:
        yield Finding("bad", f"{len(errors)} errors in its files", "see `collateral check`")
    yield from _fonts(workspace)
    yield from _scripts(library.languages)


def _fonts(workspace: Workspace) -> Iterator[Finding]:
    """How well the fonts of each deck master can be measured."""
    fonts = dict.fromkeys(font for master in workspace.deck_masters() for font in master.fonts)
    for font in fonts:
        face = workspace.fonts.face(font)
        stand_in = face.table.replace("-", " ")
        if face.quality == "exact":
            yield Finding("ok", f"font {font}: measured exactly")
        elif face.quality == "metric-compatible":
            yield Finding("ok", f"font {font}: measured by {stand_in}, which has the same widths")
        else:
            remedy = "its text is fitted with a margin: put the font's files into fonts/"
            yield Finding("note", f"font {font}: no metrics, {stand_in} stands in", remedy)


def _scripts(languages: Sequence[str]) -> Iterator[Finding]:
    """How text is measured in the workspace's languages that are written in other scripts than the masters' fonts are for."""
    east = [language for language in languages if language_slot(language) == "eastAsia"]
    joining = [language for language in languages if language_slot(language) == "bidi"]
    if east:
        remedy = "name an East Asian font in each master's theme, and put its files into fonts/ unless it is Noto Sans CJK"
        yield Finding(
            "note",
            f"text in {', '.join(east)} is measured as Noto Sans CJK where its font is not at hand",
            remedy,
        )
    if joining:
        remedy = "put the files of the font it is set in into fonts/"
        yield Finding(
            "note",
            f"widths of text in {', '.join(joining)} are estimated where its font is not at hand",
            remedy,
        )
