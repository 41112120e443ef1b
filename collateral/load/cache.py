"""What was loaded before, kept in a user's cache folder: safe to delete, never trusted when damaged.

An *index* per workspace remembers each file's size, time and inode beside the digest of its content, as git's does; a
*snapshot* of the library is filed under the digest of all contents. A warm start is then a walk over the folders and one
read. Files that changed so shortly before the index was written that their time could not show another change are read again.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from collateral.diagnostics import Diagnostic
from collateral.diagnostics.hashes import blake2b
from collateral.diagnostics.lazy_dataclass import dataclass, field, replace
from collateral.load.files import Stat
from collateral.model.library import Library
from collateral.model.sealed import seal, unseal

INDEX = "index-2"
SNAPSHOT = "snapshot-4"
RACY_NS = 2_000_000_000  # the coarsest clock of a file system in use (FAT)
KEPT_SNAPSHOTS = 4


@dataclass(slots=True)
class Index:
    """Stat and digest of every file of the library, and of pictures elsewhere (no stat: there was none)."""

    files: dict[str, tuple[Stat, str]] = field(default_factory=dict)
    extra: dict[str, tuple[Stat | None, str]] = field(default_factory=dict)
    library: str = ""
    written_ns: int = 0

    def known_digest(self, path: str, stat: Stat) -> str | None:
        """The digest noted for a file that is surely the same."""
        found = self.files.get(path)
        if found is None or found[0] != stat or stat[1] >= self.written_ns - RACY_NS:
            return None
        return found[1]


def read_index(folder: Path, root: Path) -> Index:
    """The index of a workspace; an empty one when there is none that can be used."""
    path = _index_path(folder, root)
    data = read_kept(path)
    kept = unseal(data, INDEX) if data is not None else None
    if not isinstance(kept, tuple) or len(kept) != 3:
        return Index()
    try:
        written = path.stat().st_mtime_ns
    except OSError:
        return Index()
    return Index(kept[0], kept[1], kept[2], written)


def write_index(folder: Path, root: Path, index: Index) -> None:
    """Keep the index of a workspace."""
    write_kept(_index_path(folder, root), seal((index.files, index.extra, index.library), INDEX))


def read_snapshot(folder: Path, digest: str, root: Path) -> tuple[Library, list[Diagnostic]] | None:
    """The library with this digest, for a workspace in `root`."""
    data = read_kept(_snapshot_path(folder, digest))
    kept = unseal(data, SNAPSHOT) if data is not None else None
    if (
        not isinstance(kept, tuple)
        or len(kept) != 2
        or not isinstance(kept[0], Library)
        or kept[0].digest != digest
    ):
        return None
    return replace(kept[0], root=str(root)), list(kept[1])


def write_snapshot(folder: Path, library: Library, diagnostics: list[Diagnostic]) -> None:
    """Keep a library; the oldest ones make room."""
    path = _snapshot_path(folder, library.digest)
    write_kept(path, seal((replace(library, root=""), tuple(diagnostics)), SNAPSHOT))
    _prune(path.parent)


def read_kept(path: Path) -> bytes | None:
    """The bytes of a cache file, None when there is none."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def write_kept(path: Path, data: bytes) -> None:
    """Write a cache file whole or not at all. A cache that cannot be written costs time, nothing else."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def same_stats(index: Index, stats: Mapping[str, Stat]) -> bool:
    """Whether every file is surely the one the index knows, and there is no other."""
    if not index.library or len(stats) != len(index.files):
        return False
    limit = index.written_ns - RACY_NS
    files = index.files
    return all(stat[1] < limit and path in files and files[path][0] == stat for path, stat in stats.items())


def _index_path(folder: Path, root: Path) -> Path:
    return folder / "library" / f"index-{blake2b(os.fsencode(root), digest_size=12).hexdigest()}.bin"


def _snapshot_path(folder: Path, digest: str) -> Path:
    return folder / "library" / f"snapshot-{digest.partition(':')[2][:40]}.bin"


def _prune(folder: Path) -> None:
    with suppress(OSError):
        kept = sorted(folder.glob("snapshot-*.bin"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
        for path in kept[KEPT_SNAPSHOTS:]:
            path.unlink(missing_ok=True)
