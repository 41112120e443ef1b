"""The files of a workspace: finding it, listing what belongs to the library, keeping paths inside it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from stat import S_ISFIFO, S_ISSOCK

SETTINGS = "collateral.yaml"
LIBRARY_FOLDERS = ("content_blocks", "templates")
MAX_FOLDERS_DEEP = 20
MAX_PICTURE_BYTES = 20_000_000
# Part of every cache key: to be raised when files are read differently.
VERSION = "library-12"
_PICTURE_STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\0", b"MM\0*", b"BM")

Stat = tuple[int, int, int]  # size, mtime in nanoseconds, inode
OUTSIDE: Stat = (-1, 0, 0)  # a link that leads out of the workspace


def find_workspace(start: Path) -> Path | None:
    """The closest folder, from `start` upwards, that holds a collateral.yaml."""
    start = start.absolute()
    for folder in (start, *start.parents):
        if (folder / SETTINGS).is_file():
            return folder
    return None


def list_files(root: Path) -> dict[str, Stat]:
    """Every file of the library by its path in the workspace, sorted, without hidden files and lock files. Links that
    lead out of the workspace are listed as OUTSIDE and never followed."""
    found: dict[str, Stat] = {}
    settings = stat_file(root / SETTINGS)
    if settings is not None:
        found[SETTINGS] = settings
    inside = os.path.realpath(root)
    for folder in LIBRARY_FOLDERS:
        found.update(_walk(root / folder, folder, inside, MAX_FOLDERS_DEEP))
    return dict(sorted(found.items()))


def stat_file(path: Path) -> Stat | None:
    """What a change of the file would change, None when there is no such file; a pipe, whose reader would wait, is none."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    if S_ISFIFO(found.st_mode) or S_ISSOCK(found.st_mode):
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino


def _walk(folder: Path, name: str, inside: str, depth: int) -> Iterator[tuple[str, Stat]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith((".", "~$")):
            continue
        path = f"{name}/{entry.name}"
        if entry.is_symlink() and not _leads_inside(entry.path, inside):
            yield path, OUTSIDE
        elif entry.is_dir():
            if depth and not (entry.is_symlink() and _is_above(entry.path, folder)):
                yield from _walk(Path(entry.path), path, inside, depth - 1)
        elif entry.is_file():
            stat = entry.stat()
            yield path, (stat.st_size, stat.st_mtime_ns, stat.st_ino)


def _leads_inside(path: str, inside: str) -> bool:
    target = os.path.realpath(path)
    return target.startswith(inside + os.sep) and Path(target).exists()


def _is_above(link: str, folder: Path) -> bool:
    """Whether a link leads to the folder it is in or one above: following it would go round in circles."""
    return Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(link))


def shown_path(path: Path, root: Path) -> str:
    """The path as messages and records show it: relative to the workspace where it lies inside."""
    try:
        return path.absolute().relative_to(root.absolute()).as_posix()
    except ValueError:
        return path.name


def inside_workspace(root: Path, folder: str, reference: str) -> str | None:
    """The workspace path of a file named relative to `folder`, None when it would leave the workspace."""
    if not reference or reference.startswith(("/", "\\")) or ":" in reference or "\0" in reference:
        return None
    steps: list[str] = []
    for step in (*PurePosixPath(folder).parts, *reference.replace("\\", "/").split("/")):
        if step == "..":
            if not steps:
                return None
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    path = "/".join(steps)
    real = os.path.realpath(root / path)
    return path if real.startswith(os.path.realpath(root) + os.sep) else None


def picture_problem(path: Path, size: int) -> tuple[str, str] | None:
    """(code, message) when a file cannot be a picture we place: too large, or not a picture at all."""
    if size > MAX_PICTURE_BYTES:
        return "picture-too-large", f'"{path.name}" is larger than {MAX_PICTURE_BYTES:,} bytes'
    with path.open("rb") as stream:
        start = stream.read(512)
    if start.startswith(_PICTURE_STARTS) or (path.suffix.lower() == ".svg" and b"<" in start):
        return None
    return "not-a-picture", f'"{path.name}" is not a picture that can be placed'
