"""Waivers: a rule that need not hold for a file, with a reason. One that waives nothing is reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fnmatch import fnmatchcase

from collateral.diagnostics import Diagnostic
from collateral.model.library import Library, Waiver

UNUSED = "unused-waiver"
EXPIRED = "expired-waiver"


def apply_waivers(found: Sequence[Diagnostic], library: Library, *, as_of: date) -> list[Diagnostic]:
    """The findings that are not waived, and a warning for each waiver that waives nothing or whose time is over."""
    left = list(found)
    problems: list[Diagnostic] = []
    for paths, waiver in _waivers(library):
        if waiver.until is not None and waiver.until < as_of:
            message = f'the waiver of "{waiver.rule}" ended on {waiver.until}'
            problems.append(
                Diagnostic.warning(EXPIRED, message, waiver.at, "remove it, or give it a new day")
            )
            continue
        kept = [d for d in left if not _covers(waiver, paths, d)]
        if len(kept) == len(left):
            message = f'the waiver of "{waiver.rule}" waives nothing'
            problems.append(Diagnostic.warning(UNUSED, message, waiver.at, "remove it"))
        left = kept
    return [*left, *problems]


def _waivers(library: Library) -> Iterator[tuple[tuple[str, ...], Waiver]]:
    """Each waiver with the patterns of the files it is for; those of a file before those of the workspace. What stands in a block or a
    template is also for what was designed beside it: the block's slides and document, the template's masters."""
    for languages in library.blocks.values():
        for block in languages.values():
            yield from (((block.path, *block.designed.values()), waiver) for waiver in block.waivers)
    for template in library.templates.values():
        masters = (template.master or "", *template.masters.values())
        yield from (((template.path, *masters), waiver) for waiver in template.waivers)
    yield from (((waiver.path or "*",), waiver) for waiver in library.waivers)


def _covers(waiver: Waiver, patterns: Sequence[str], found: Diagnostic) -> bool:
    at = found.at
    if found.code != waiver.rule or at is None:
        return False
    return any(fnmatchcase(at.file, pattern) for pattern in patterns)
