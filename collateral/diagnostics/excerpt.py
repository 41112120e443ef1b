"""The line of a file a diagnostic points at, with a caret under the place."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

from collateral.diagnostics.values import Place, Span

MAX_BYTES = 4_000_000
WIDTH = 110


class Sources:
    """Lines of the files diagnostics are in, read once each; nothing where a file cannot be read."""

    def __init__(self, root: Path | None) -> None:
        self._root = root
        self._lines: dict[str, list[str]] = {}

    def excerpt(self, at: Span | Place, paint: Callable[[str], str]) -> list[str]:
        """The numbered line and the carets below it; no lines at all when there is no such line."""
        if not isinstance(at, Span) or at.line is None:
            return []
        lines = self._of(at.file)
        if not 1 <= at.line <= len(lines):
            return []
        text, start, end = _window(lines[at.line - 1], at)
        number = str(at.line)
        pad = " " * len(number)
        shown = [f"{pad} |", f"{number} | {_printable(text)}"]
        if at.column is not None:
            blank = " " * _columns(text[:start])
            shown.append(f"{pad} | {blank}{paint('^' * max(1, _columns(text[start:end])))}")
        return ["  " + line for line in shown]

    def _of(self, file: str) -> list[str]:
        if file not in self._lines:
            self._lines[file] = _read(self._root / file) if self._root is not None else []
        return self._lines[file]


def _read(path: Path) -> list[str]:
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES)
    except OSError:
        return []  # the diagnostic says what is wrong with the file; there is nothing to show
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")


def _window(line: str, at: Span) -> tuple[str, int, int]:
    """The part of a long line around the place, and where the place begins and ends in it."""
    start = min((at.column or 1) - 1, len(line))
    same = at.end_line in (None, at.line)
    end = (
        min(at.end_column - 1, len(line))
        if at.end_column is not None and same
        else (start + 1 if same else len(line))
    )
    if len(line) <= WIDTH:
        return line, start, max(end, start)
    left = max(0, start - WIDTH // 3)
    text = ("…" if left else "") + line[left : left + WIDTH] + ("…" if left + WIDTH < len(line) else "")
    shift = left - (1 if left else 0)
    return text, start - shift, min(end - shift, len(text))


def _printable(text: str) -> str:
    return "".join(" " if c == "\t" else c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _columns(text: str) -> int:
    """Columns of a terminal the text takes."""
    return sum(_width(c) for c in text)


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
