"""The face of the room: a workspace folder → library, prospects, campaigns. Everything comes back with diagnostics."""

from __future__ import annotations

from pathlib import Path

from collateral.diagnostics import Diagnostic
from collateral.load.files import find_workspace, list_files
from collateral.load.prospects import (
    find_prospect,
    missing_prospect,
    prospect_ids,
    read_prospect,
    unread_profiles,
)
from collateral.model.library import Library
from collateral.model.prospect import Prospect


def load_library(root: Path, *, cache_folder: Path | None = None) -> tuple[Library, list[Diagnostic]]:
    """Everything marketing owns in a workspace, and all problems of all its files."""
    root = root.absolute()
    if cache_folder is not None:
        from collateral.load.warm import load_through_cache

        return load_through_cache(root, cache_folder)
    from collateral.load.library import read_library
    from collateral.load.reading import FileTable

    library, diagnostics, _ = read_library(FileTable(root, list_files(root)))
    return library, diagnostics


def load_prospect(
    which: str | Path, library: Library, *, cache_folder: Path | None = None
) -> tuple[Prospect | None, list[Diagnostic]]:
    """A prospect by id or file. None when there is none, or its file cannot be used at all."""
    root = Path(library.root)
    path = find_prospect(which, root)
    if path is None:
        return None, [missing_prospect(which, root)]
    return read_prospect(path, library, cache_folder)


def load_prospects(
    library: Library, *, cache_folder: Path | None = None
) -> tuple[tuple[Prospect, ...], list[Diagnostic]]:
    """All prospects of the workspace, by id."""
    prospects: list[Prospect] = []
    diagnostics: list[Diagnostic] = []
    for id in prospect_ids(Path(library.root)):
        prospect, problems = load_prospect(id, library, cache_folder=cache_folder)
        diagnostics += problems
        if prospect is not None:
            prospects.append(prospect)
    return tuple(prospects), [*diagnostics, *unread_profiles(Path(library.root))]


__all__ = ["find_workspace", "load_library", "load_prospect", "load_prospects", "prospect_ids"]
