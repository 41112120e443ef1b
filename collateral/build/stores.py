"""Small files by name in the cache folder: written whole, safe to delete, nothing but bytes."""

from __future__ import annotations

import os
from collections.abc import Iterator, MutableMapping
from pathlib import Path


class ByteStore(MutableMapping[str, bytes]):
    """A folder as a mapping; without a folder it keeps nothing. A file that cannot be written is no error: it is a cache."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def __getitem__(self, key: str) -> bytes:
        if self._folder is None:
            raise KeyError(key)
        try:
            return (self._folder / key).read_bytes()
        except OSError:
            raise KeyError(key) from None

    def __setitem__(self, key: str, data: bytes) -> None:
        if self._folder is None:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            part = self._folder / f"{key}.{os.getpid()}.part"
            part.write_bytes(data)
            part.replace(self._folder / key)
        except OSError:
            return

    def __delitem__(self, key: str) -> None:
        if self._folder is None:
            raise KeyError(key)
        (self._folder / key).unlink()

    def __iter__(self) -> Iterator[str]:
        if self._folder is None or not self._folder.is_dir():
            return iter(())
        return (path.name for path in sorted(self._folder.iterdir()))

    def __len__(self) -> int:
        return sum(1 for _ in self)
