"""Compiled templates on disk: found again by the file's content, checked before use, safe to delete.

In: a file and a cache folder. Out: its compiled template, from the folder when it is there and whole, compiled (and kept)
otherwise. The name of a cached file holds the digest of the source, of the state of the engine's code and of Python's byte code
version, so a new engine never meets an old cache. Loading needs neither lxml nor Jinja nor a zip reader.
"""

from __future__ import annotations

import contextlib
import os
import pickle
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from typing import TYPE_CHECKING, Any

from collateral.diagnostics import Diagnostic, Place
from collateral.diagnostics.hashes import blake2b

if TYPE_CHECKING:
    from collateral.ooxml.template.filling.deck import DeckTemplate
    from collateral.ooxml.template.filling.document import DocumentTemplate

    Template = DeckTemplate | DocumentTemplate

_DIGEST_SIZE = 32


def compiled(source: Path, folder: Path | None) -> tuple[Template | None, list[Diagnostic]]:
    """The compiled template of a file, through the cache folder when one is given."""
    try:
        data = source.read_bytes()
    except OSError as problem:
        message = f"cannot read the file: {problem.strerror or 'it cannot be read'}"
        return None, [Diagnostic.error("unreadable-file", message, Place(source.name))]
    return compiled_bytes(data, source.name, folder)


def compiled_bytes(data: bytes, file: str, folder: Path | None) -> tuple[Template | None, list[Diagnostic]]:
    """The same for a file in memory; `file` is the name diagnostics use."""
    path = folder / f"{_key(data, file)}.template" if folder is not None else None
    known = load(path.read_bytes()) if path is not None and path.is_file() else None
    if known is not None:
        return known, list(known.warnings)
    from collateral.ooxml import compile_template

    template, found = compile_template(data, file=file)
    if template is not None:
        template.warnings = tuple(found)
        if path is not None:
            _write(path, dump(template))
    return template, found


def dump(template: object) -> bytes:
    """A compiled template as bytes that `load` takes back: a checksum and the pickled values."""
    body = pickle.dumps(template, protocol=pickle.HIGHEST_PROTOCOL)
    return blake2b(body, digest_size=_DIGEST_SIZE).digest() + body


def load(data: bytes) -> Any:
    """The template, or None when the bytes are damaged."""
    digest, body = data[:_DIGEST_SIZE], memoryview(data)[_DIGEST_SIZE:]
    if len(digest) < _DIGEST_SIZE or blake2b(body, digest_size=_DIGEST_SIZE).digest() != digest:
        return None
    try:
        return pickle.loads(body)  # noqa: S301  our own file, checked above
    except (pickle.UnpicklingError, AttributeError, ImportError, EOFError, TypeError, ValueError):
        return None


def _key(data: bytes, file: str) -> str:
    digest = blake2b(data, digest_size=20)
    for piece in (file.encode(), MAGIC_NUMBER, engine_version().encode()):
        digest.update(piece)
    return digest.hexdigest()


@lru_cache(1)
def engine_version() -> str:
    """A digest of where the engine's code is, and of its files' names, sizes and times.

    Python trusts size and time of a source file before it runs its byte code; so does this. Reading all files instead
    costs a cold start more than loading a template does.
    """
    root = Path(__file__).parents[3]
    digest = blake2b(str(root).encode(), digest_size=16)
    for folder in ("ooxml", "expressions"):
        for line in sorted(_code_files(str(root / folder))):
            digest.update(line.encode())
    return digest.hexdigest()


def _code_files(folder: str) -> Iterator[str]:
    """Path, size and time of each Python file below a folder."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                stat = entry.stat()
                yield f"{entry.path}|{stat.st_size}|{stat.st_mtime_ns}"
            elif entry.is_dir() and entry.name != "__pycache__":
                yield from _code_files(entry.path)


def _write(path: Path, data: bytes) -> None:
    """Write whole or not at all; a cache that cannot be written is no reason to fail."""
    import tempfile  # slow to import, and a warm start writes nothing

    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
