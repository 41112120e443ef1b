"""Start a workspace: copy the one that comes with the package into a folder of the user's.

In: a folder. Out: what was written and what was there already, or why nothing was done. Never overwrites a file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

from collateral.diagnostics import Diagnostic, Span
from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.write import write_file


@dataclass(frozen=True, slots=True)
class Start:
    """A started workspace: the files that were written and those that were there already, relative to its folder."""

    folder: Path
    written: tuple[str, ...]
    kept: tuple[str, ...]


def start_workspace(folder: Path, *, force: bool = False) -> tuple[Start | None, list[Diagnostic]]:
    """Make a workspace in `folder`. A folder that holds something is refused unless `force`; its files are kept then."""
    refusal = _refusal(folder, force)
    if refusal is not None:
        return None, [refusal]
    written: list[str] = []
    kept: list[str] = []
    for name, data in starter_files():
        path = folder / name
        if path.exists() or path.is_symlink():
            kept.append(name)
            continue
        result = write_file(path, [data], inside=folder, durable=False)
        if isinstance(result, Diagnostic):
            return None, [result]
        written.append(name)
    return Start(folder, tuple(written), tuple(kept)), []


def starter_files() -> Iterator[tuple[str, bytes]]:
    """Name and content of every file of the starter workspace, by name; the schemas are this version's."""
    found = dict(_walk(files("collateral.starter") / "workspace", PurePosixPath()))
    yield from sorted({**found, **_schemas()}.items())


def _walk(folder: Traversable, at: PurePosixPath) -> Iterator[tuple[str, bytes]]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _walk(item, at / item.name)
        else:
            yield str(at / item.name), item.read_bytes()


def _schemas() -> dict[str, bytes]:
    """The JSON Schemas that the files of the workspace name, so that editors complete and check them."""
    from collateral.load.schemas import KINDS, export_schema

    return {
        f"schemas/{kind}.schema.json": (
            json.dumps(export_schema(kind), indent=2, ensure_ascii=False) + "\n"
        ).encode()
        for kind in KINDS
    }


def _refusal(folder: Path, force: bool) -> Diagnostic | None:
    """Why nothing may be written here; None when it may."""
    shown = str(folder)
    try:
        if folder.exists() and not folder.is_dir():
            return Diagnostic.error("not-a-folder", f'"{shown}" is a file, not a folder', Span(shown))
        if force or not folder.exists() or not any(folder.iterdir()):
            return None
    except OSError as problem:
        reason = problem.strerror or str(problem)
        return Diagnostic.error("unreadable-folder", f'cannot look into "{shown}": {reason}', Span(shown))
    hint = "name a new folder, or add what is missing with --force (files that are there stay as they are)"
    return Diagnostic.error("folder-not-empty", f'the folder "{shown}" is not empty', Span(shown), hint)
