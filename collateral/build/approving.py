"""Recording approvals: which blocks are meant, and the new text of approvals.yaml on disk."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from collateral.diagnostics import Diagnostic, Severity, Span
from collateral.diagnostics.hints import did_you_mean
from collateral.diagnostics.lazy_dataclass import replace
from collateral.load.approvals import PATH, approve, needs_approval
from collateral.load.library import approvals_on_disk
from collateral.model.library import Block, BlockId, Library
from collateral.write import write_file


def approve_blocks(
    library: Library, root: Path, names: Sequence[str] | None, *, by: str, on: date
) -> tuple[tuple[str, ...], list[Diagnostic]]:
    """Approve blocks by id (`id` for all its languages, `id.nl` for one); all that need it when `names` is None.

    Nothing is written when a name is unknown, or when the file holds what would be lost: an approval is all or nothing.
    """
    if not by.strip():
        return (), [Diagnostic.error("no-name", "an approval needs the name of who approves", None)]
    if PATH in library.broken:
        hint = "correct it first: what cannot be read there would be lost"
        return (), [Diagnostic.error("left-out-file", f'"{PATH}" has errors', Span(PATH), hint)]
    if names is None:
        return _write(library, root, list(needs_approval(library)), by=by, on=on)
    blocks, found = _named(library, names)
    return ((), found) if found else _write(library, root, blocks, by=by, on=on)


def _write(
    library: Library, root: Path, blocks: Sequence[Block], *, by: str, on: date
) -> tuple[tuple[str, ...], list[Diagnostic]]:
    if not blocks:
        return (), []
    with _alone(root / PATH):
        library, found = _as_on_disk(library, root)
        if found:
            return (), found
        result = write_file(root / PATH, [approve(library, blocks, by=by, on=on).encode()])
    if isinstance(result, Diagnostic):
        return (), [result]
    return tuple(f"{b.id}.{b.language}" for b in blocks), []


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One at a time from reading a file to writing it; where the system cannot lock a folder, nothing is locked."""
    fd = None
    with suppress(ImportError, OSError):
        import fcntl

        fd = os.open(path.parent, os.O_RDONLY)
        fcntl.flock(fd, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if fd is not None:
            os.close(fd)


def _as_on_disk(library: Library, root: Path) -> tuple[Library, list[Diagnostic]]:
    """The library with the approvals the file holds now: others may have approved since it was loaded."""
    approvals, problems = approvals_on_disk(root, library.default_language)
    return replace(library, approvals=approvals), [d for d in problems if d.severity is Severity.ERROR]


def _named(library: Library, names: Sequence[str]) -> tuple[list[Block], list[Diagnostic]]:
    blocks: dict[tuple[str, str], Block] = {}
    found = []
    for name in names:
        languages = library.blocks.get(BlockId(name))
        if languages is None:
            block_id, _, language = name.rpartition(".")
            block = library.blocks.get(BlockId(block_id), {}).get(language)
            languages = {language: block} if block is not None else None
        if languages is None and name in library.broken:
            message = f'"{name}" has errors, and nobody can tell what would be approved'
            hint = "`collateral check` tells what to correct"
            found.append(Diagnostic.error("left-out-file", message, None, hint))
            continue
        if languages is None:
            hints = did_you_mean(name, [str(b) for b in library.blocks])
            found.append(Diagnostic.error("unknown-block", f'there is no block "{name}"', None, *hints))
            continue
        blocks |= {(b.id, b.language): b for b in languages.values()}
    return list(blocks.values()), found
