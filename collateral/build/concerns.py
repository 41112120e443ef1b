"""What is wrong with the library's files and bears on pieces: nobody shall get less than the library holds without a word.

In: what loading found. Out: the errors of the settings and of the templates in question as they are, and one warning for
all other files with errors, because what they hold is left out. It must not judge anything itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from collateral.diagnostics import Diagnostic, Severity

NAMED = 3  # files named in the warning


def library_concerns(found: Sequence[Diagnostic], templates: Sequence[str]) -> list[Diagnostic]:
    """What whoever makes pieces must know. `templates` are those asked for; all of them count when there are none."""
    errors = [d for d in found if d.severity is Severity.ERROR and d.at is not None]
    kept = [d for d in errors if _bears_on(_file(d), templates)]
    others = dict.fromkeys(
        _file(d) for d in errors if not _file(d).startswith("templates/") and d not in kept
    )
    return [*kept, *_left_out(errors, tuple(others))]


def _file(diagnostic: Diagnostic) -> str:
    return diagnostic.at.file if diagnostic.at is not None else ""


def _bears_on(file: str, templates: Sequence[str]) -> bool:
    if not file.startswith("templates/"):
        return file == "collateral.yaml"
    return not templates or PurePosixPath(file).stem in templates


def _left_out(errors: Sequence[Diagnostic], files: Sequence[str]) -> list[Diagnostic]:
    if not files:
        return []
    named = ", ".join(files[:NAMED]) + (f" and {len(files) - NAMED} more" if len(files) > NAMED else "")
    first = next(d for d in errors if _file(d) == files[0])
    has = "has errors" if len(files) == 1 else "have errors"
    message = f"{named} {has}, and what cannot be read there is left out"
    return [Diagnostic.warning("left-out-file", message, first.at, first.message, "run `collateral check`")]
