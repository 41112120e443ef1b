"""Pieces that earlier runs made and this one has no row for: whoever sends the folder would send them, too.

In: an output folder, the pieces it held before and those that belong there now. Out: `left-over.csv` with those that are still there
(no file where there are none) and a warning. They may hold somebody's work, so nothing is deleted.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from collateral.campaign.manifest import Entry
from collateral.diagnostics import Diagnostic, Span
from collateral.write import write_file

LEFT_OVER = "left-over.csv"
_HEADER = ("file", "key", "template")


def note_leftovers(folder: Path, before: Iterable[Entry], now: Iterable[Entry]) -> list[Diagnostic]:
    """Write down what is left over, and say so. Raises OSError."""
    path = folder / LEFT_OVER
    wanted = {entry.file for entry in now}
    known = {row[0]: row for row in _read(path)} | {e.file: (e.file, e.key, e.template) for e in before}
    left = [row for file, row in sorted(known.items()) if file not in wanted and (folder / file).is_file()]
    if not left:
        path.unlink(missing_ok=True)
        return []
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_HEADER, *left])
    result = write_file(path, [b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")])
    pieces = (
        "1 piece of an earlier run belongs"
        if len(left) == 1
        else f"{len(left)} pieces of earlier runs belong"
    )
    hint = "take them out before you send what is in the folder"
    warning = Diagnostic.warning("left-over-pieces", f"{pieces} to no row any more", Span(str(path)), hint)
    return [warning, result] if isinstance(result, Diagnostic) else [warning]


def _read(path: Path) -> list[tuple[str, str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = list(csv.reader(file))
    return [(row[0], row[1], row[2]) for row in rows[1:] if len(row) == len(_HEADER) and _is_below(row[0])]


def _is_below(file: str) -> bool:
    return bool(file) and not file.startswith("/") and ".." not in Path(file).parts
