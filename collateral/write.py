"""Files on disk: written whole or not at all, skipped when nothing changed, named so that every system takes them.

In: a path and the chunks of a file. Out: a `WriteResult`, or a diagnostic that says why the old file (if any) is
still there. New bytes go to a temporary file beside the target, are forced to disk and then renamed, so a crash or a
full disk never leaves half a file. It must not know what the bytes mean, and never writes outside a folder it is
told to stay in.
"""

from __future__ import annotations

import errno
import os
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from stat import S_ISLNK
from typing import Final, Literal

from collateral.diagnostics import Diagnostic, Span
from collateral.diagnostics.hashes import blake2b
from collateral.diagnostics.lazy_dataclass import dataclass

MAX_NAME_BYTES: Final = 120
_LEFTOVER: Final = ".collateral-part"
_IOV_MAX: Final = 1000
_numbers = count()


@dataclass(frozen=True, slots=True)
class WriteResult:
    """A file that is on disk now: `written`, or `unchanged` because it held these bytes already. `size` in bytes."""

    path: Path
    status: Literal["written", "unchanged"]
    size: int


def write_file(
    path: Path,
    chunks: Sequence[bytes],
    *,
    inside: Path | None = None,
    durable: bool = True,
    make_room: Callable[[Path], Diagnostic | None] | None = None,
) -> WriteResult | Diagnostic:
    """Put these bytes at `path`, replacing an older file in one step; missing folders are made.

    `inside`: refuse when the real folder of `path` is not this folder or below it. `durable`: wait until the bytes
    are on the disk, so that they survive a power cut. `make_room` is called before an older file with other bytes is
    replaced, and stops that with a diagnostic. A symbolic link at `path` is replaced, never followed.
    """
    shown = str(path)
    if inside is not None and not _is_inside(path, inside):
        message = f'"{shown}" lies outside the output folder "{inside}"'
        return Diagnostic.error("outside-output-folder", message, Span(shown))
    size = sum(map(len, chunks))
    try:
        if os.path.lexists(path):
            if _holds(path, chunks, size):
                return WriteResult(path, "unchanged", size)
            if make_room is not None and path.is_file() and (refusal := make_room(path)) is not None:
                return refusal
            if path.is_dir() and not path.is_symlink():
                raise IsADirectoryError(errno.EISDIR, "a folder with this name is in the way", str(path))
        try:
            _replace(path, chunks, durable)
        except FileNotFoundError:  # the folder, which most files find there
            path.parent.mkdir(parents=True, exist_ok=True)
            _replace(path, chunks, durable)
    except (OSError, ValueError) as problem:
        return _diagnostic(problem, path)
    return WriteResult(path, "written", size)


def _is_inside(path: Path, folder: Path) -> bool:
    if path.name in ("", ".", ".."):
        return False
    try:
        return leads_straight(folder, path.parent) or path.parent.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):  # a loop of links, a NUL in the path
        return False


def leads_straight(folder: Path, path: Path) -> bool:
    """Whether a path lies in a folder by its words alone: no step below the folder leads up, or is a link.

    Says so much quicker than resolving both, which looks at each folder above. False when only that can tell: always on Windows, where
    there are other things than links that lead elsewhere.
    """
    above, steps = folder.parts, path.parts
    if os.name == "nt" or steps[: len(above)] != above or ".." in steps[len(above) :]:
        return False
    at = str(folder)
    try:
        for step in steps[len(above) :]:
            at = f"{at}/{step}"
            if S_ISLNK(os.lstat(at).st_mode):
                return False
    except FileNotFoundError:  # so there is nothing below it either
        return True
    except (OSError, ValueError):
        return False
    return True


def _holds(path: Path, chunks: Sequence[bytes], size: int) -> bool:
    """Whether the file is an ordinary one with exactly these bytes."""
    try:
        if path.is_symlink() or path.stat().st_size != size:
            return False
        with path.open("rb", buffering=0) as file:
            return all(file.read(len(chunk)) == chunk for chunk in chunks if chunk)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, PermissionError):
        return False


def _replace(path: Path, chunks: Sequence[bytes], durable: bool) -> None:
    fd, temporary = _temporary(path.parent)
    try:
        try:
            _write_all(fd, chunks)
            if durable:
                os.fsync(fd)
        finally:
            os.close(fd)
        os.replace(temporary, path)  # noqa: PTH105  a Path would be made of the result, which nobody wants
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    if durable:
        _sync_folder(path.parent)


def _temporary(folder: Path) -> tuple[int, Path]:
    """A new file beside the target, opened for writing; the name is free of the target's own length."""
    while True:
        path = folder / f".{os.getpid()}-{next(_numbers)}{_LEFTOVER}"
        try:
            return os.open(
                path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666
            ), path
        except FileExistsError:  # left by a process that was killed and had our number
            continue


def _write_all(fd: int, chunks: Sequence[bytes]) -> None:
    for first in range(0, len(chunks), _IOV_MAX):
        batch = chunks[first : first + _IOV_MAX]
        done = os.writev(fd, batch) if hasattr(os, "writev") else 0
        if done < sum(map(len, batch)):
            rest = memoryview(b"".join(batch))[done:]
            while rest:
                rest = rest[os.write(fd, rest) :]


def _sync_folder(folder: Path) -> None:
    """Make the rename itself survive a power cut, where the system can do that."""
    with suppress(OSError):
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


def remove_leftovers(folder: Path) -> int:
    """Delete temporary files that a killed run left in a folder; how many. Not while another run writes there."""
    removed = 0
    if not folder.is_dir():
        return 0
    for path in sorted(folder.glob(f".*{_LEFTOVER}")):
        with suppress(OSError):
            path.unlink()
            removed += 1
    return removed


_FULL: Final = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG)
_DENIED: Final = (errno.EACCES, errno.EPERM, errno.EROFS)


def _diagnostic(problem: OSError | ValueError, path: Path) -> Diagnostic:
    at = Span(str(path))
    number = problem.errno if isinstance(problem, OSError) else None
    if number in _FULL:
        hint = "make room and run again; the file that was there before is untouched"
        return Diagnostic.error("disk-full", f'no room left to write "{path.name}"', at, hint)
    if number in _DENIED:
        hint = "choose another folder with -o, or close the file in PowerPoint or Word"
        return Diagnostic.error("unwritable-folder", f'not allowed to write "{path.name}" here', at, hint)
    reason = (problem.strerror if isinstance(problem, OSError) else None) or str(problem)
    return Diagnostic.error(
        "cannot-write", f'cannot write "{path.name}": {reason}', at, "choose another folder with -o"
    )


_FORBIDDEN: Final = frozenset('<>:"/\\|?*')
_RESERVED: Final = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"]
)


def safe_file_name(text: str, extension: str) -> str:
    """A file name that every system takes, made from any text: `safe_file_name("A/B", ".pptx")` is `A-B.pptx`.

    No separators, control, direction or invisible characters, no reserved Windows name, no leading or trailing dot,
    in NFC, at most 120 bytes of UTF-8 with the extension, never empty. Text that is too long is cut and gets a short
    digest of the whole, so that two long names stay two names.
    """
    extension = "." + extension.lstrip(".") if extension else ""
    stem = _trimmed("".join(map(_safe_character, unicodedata.normalize("NFC", text))))
    stem = _shortened(stem, MAX_NAME_BYTES - len(extension.encode()), text) or "unnamed"
    if stem.partition(".")[0].rstrip(" ").lower() in _RESERVED:
        stem = "_" + stem
    return stem + extension


def _safe_character(char: str) -> str:
    if char in _FORBIDDEN:
        return "-"
    category = unicodedata.category(char)
    if category in ("Cc", "Zs", "Zl", "Zp"):
        return " "
    return "" if category in ("Cf", "Cs", "Cn") else char


def _trimmed(stem: str) -> str:
    # a leading = + - @ makes a formula of the name in a list that a spreadsheet opens
    return " ".join(stem.split()).strip(" .-~").lstrip("=+@- .~")


def _shortened(stem: str, room: int, text: str) -> str:
    if len(stem.encode()) < room:
        return unicodedata.normalize("NFC", stem)
    digest = blake2b(text.encode(errors="surrogatepass"), digest_size=4).hexdigest()
    cut = stem.encode()[: room - len(digest) - 2].decode(errors="ignore")
    return f"{unicodedata.normalize('NFC', _trimmed(cut))}-{digest}"
