"""A piece that somebody worked on is never lost to a newer one of its name.

In: the path of a file that is about to be replaced, and what is about to take its place. Out: the file moved aside, with
a warning that names both; or an error where it is another piece. A piece that is as it was made may be replaced: it
can be made again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import count
from pathlib import Path

from collateral.diagnostics import Diagnostic, Span
from collateral.model.plan import Plan

KEPT = "edited-piece-kept"


def makes_room(
    plan: Plan, found: list[Diagnostic], own: Collection[str] = ()
) -> Callable[[Path], Diagnostic | None]:
    """What to do with a file in the way of a piece: called with its path, it returns why the piece cannot go there, or None.

    `own` are SHA-256 digests of earlier files of this piece: they are replaced without being looked into. Warnings are added to
    `found`. Raises OSError.
    """

    def make_room(path: Path) -> Diagnostic | None:
        data = path.read_bytes()
        if not data.strip(b"\0"):
            return None  # left by a power cut
        if own and _is_one_of(data, own):
            return None
        made_for = _as_made_for(path)
        if made_for == (plan.prospect, plan.template):
            return None
        if made_for is not None:
            return _taken(path, *made_for)
        found.append(_moved_aside(path))
        return None

    return make_room


def _is_one_of(data: bytes, digests: Collection[str]) -> bool:
    from hashlib import sha256

    return sha256(data).hexdigest() in digests


def is_worked_on(path: Path) -> bool:
    """Whether a file is a piece that was saved or changed since it was made."""
    from collateral.build.verifying import recorded

    return recorded(path) is not None and _as_made_for(path) is None


def _as_made_for(path: Path) -> tuple[str, str] | None:
    """The prospect and the template a file was made for, if it is as it was made."""
    from collateral.build.verifying import is_as_made, recorded

    found = recorded(path)
    if found is None or not is_as_made(*found):
        return None
    return found[1].prospect, found[1].template


def _taken(path: Path, prospect: str, template: str) -> Diagnostic:
    message = f'"{path.name}" is {template} for {prospect} already'
    hint = "give one of the templates another file_name, or move that file away"
    return Diagnostic.error("file-name-taken", message, Span(str(path)), hint)


def _moved_aside(path: Path) -> Diagnostic:
    for number in count(1):
        aside = path.with_name(f"{path.stem} (kept{f' {number}' if number > 1 else ''}){path.suffix}")
        if not aside.exists():
            break
    path.rename(aside)
    message = f'"{path.name}" was changed after it was made; it is kept as "{aside.name}"'
    hint = "take over what you need of it"
    return Diagnostic.warning(KEPT, message, Span(str(aside)), hint)
