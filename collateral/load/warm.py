"""Loading through the cache: what is surely unchanged is not read, what changed is read alone where that is enough."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from collateral.diagnostics import Diagnostic, Span
from collateral.load.cache import Index, read_index, read_snapshot, same_stats, write_index, write_snapshot
from collateral.load.digests import library_digest
from collateral.load.files import SETTINGS, VERSION, Stat, list_files, stat_file
from collateral.load.reading import FileTable
from collateral.model.library import Library

if TYPE_CHECKING:
    from collateral.load.library import Reused


def load_through_cache(root: Path, folder: Path) -> tuple[Library, list[Diagnostic]]:
    """The library of a workspace, from the cache where it is still right."""
    stats = list_files(root)
    index = read_index(folder, root)
    extra = {path: stat_file(root / path) for path in index.extra}
    if same_stats(index, stats) and all(extra[path] == known[0] for path, known in index.extra.items()):
        found = read_snapshot(folder, index.library, root)
        if found is not None:
            return found
    return _load_changed(root, folder, stats, index)


def _load_changed(
    root: Path, folder: Path, stats: Mapping[str, Stat], index: Index
) -> tuple[Library, list[Diagnostic]]:
    files = FileTable(root, stats)
    for path, stat in stats.items():
        known = index.known_digest(path, stat)
        if known is not None:
            files.digests[path] = known
    found = _same_content(files, index, folder)
    if found is None:
        found = _read(files, index, folder)
        write_snapshot(folder, *found)
    _write_index(files, folder, found[0])
    return found


def _same_content(files: FileTable, index: Index, folder: Path) -> tuple[Library, list[Diagnostic]] | None:
    """The snapshot of exactly these contents: files may be new on disk and still say the same."""
    digests = {path: files.digest(path) for path in files.stats}
    for path in index.extra:
        files.extra[path] = stat_file(files.root / path)
    extra = {path: files.digest(path) if stat else "absent" for path, stat in files.extra.items()}
    files.diagnostics.clear()  # said again by whoever reads the file for good
    return read_snapshot(folder, library_digest({**digests, **extra}, VERSION), files.root)


def _read(files: FileTable, index: Index, folder: Path) -> tuple[Library, list[Diagnostic]]:
    from collateral.load.library import read_library

    files.extra.clear()
    library, diagnostics, _ = read_library(files, _reusable(files, index, folder))
    return library, diagnostics


def _reusable(files: FileTable, index: Index, folder: Path) -> Reused | None:
    """What of the last library is surely the same: files, and blocks whose surroundings are the same, too."""
    from collateral.load.blocks import LoadedBlock
    from collateral.load.library import Reused

    old = {path: digest for path, (_, digest) in index.files.items()}
    if not index.library or _surroundings(old) != _surroundings(files.digests):
        return None
    kept = read_snapshot(folder, index.library, files.root)
    if kept is None:
        return None
    library, diagnostics = kept
    noted = {d.at.file for d in diagnostics if isinstance(d.at, Span)}
    same = frozenset(path for path, d in old.items() if path not in noted and files.digests.get(path) == d)
    default = library.default_language
    blocks = [found[default] for found in library.blocks.values() if default in found]
    return Reused({b.path: LoadedBlock(b) for b in blocks if b.path in same}, same, library)


def _surroundings(digests: Mapping[str, str]) -> dict[str, str]:
    """What blocks depend on beside their own text: the settings, designed files and pictures."""
    return {
        path: d
        for path, d in digests.items()
        if path == SETTINGS or not path.endswith((".md", ".yaml", ".yml"))
    }


def _write_index(files: FileTable, folder: Path, library: Library) -> None:
    noted = {path: (stat, files.digest(path)) for path, stat in files.stats.items()}
    extra = {path: (stat, files.digests.get(path, "")) for path, stat in files.extra.items()}
    write_index(folder, files.root, Index(noted, extra, library.digest))
