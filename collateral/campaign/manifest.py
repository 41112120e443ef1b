"""What a campaign has made, one JSON line a piece, appended when the piece is whole on disk.

A line that was cut off by a crash is ignored, and its piece made again; since pieces are deterministic and written
atomically, that neither loses nor repeats anything.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import IO

from collateral.diagnostics.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One finished piece. `input` is the digest of everything it was made from, `sha256` that of its bytes."""

    key: str
    template: str
    row: int
    file: str  # relative to the output folder, with forward slashes
    input: str
    sha256: str
    size: int
    warnings: tuple[str, ...] = ()


class Manifest:
    """The finished pieces of an output folder, and the file they are remembered in."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._entries = {(e.key, e.template): e for e in _read(path)}
        self._made: dict[str, dict[str, str]] = {}
        for entry in self._entries.values():
            self._made.setdefault(entry.key, {})[entry.template] = entry.sha256
        self._file: IO[str] | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything that is remembered."""
        return tuple(self._entries.values())

    def find(self, key: str, template: str) -> Entry | None:
        """What was made for a row and a template, if anything."""
        return self._entries.get((key, template))

    def made_before(self, key: str) -> dict[str, str]:
        """The digests of what was made for a row, by template."""
        return self._made.get(key, {})

    def add(self, entry: Entry) -> None:
        """Remember a piece; the line is on disk when this returns."""
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            _end_last_line(self._path)
            self._file = self._path.open("a", encoding="utf-8")
        self._file.write(_line(entry))
        self._file.flush()
        self._entries[entry.key, entry.template] = entry

    def finish(self, wanted: Iterable[tuple[str, str]]) -> tuple[Entry, ...]:
        """Rewrite the file in the order wanted, so that equal runs leave equal manifests; returns what it holds."""
        if self._file is not None:
            self._file.close()
            self._file = None
        kept = tuple(self._entries[pair] for pair in wanted if pair in self._entries)
        whole = self._path.with_suffix(".jsonl.new")
        self._path.parent.mkdir(parents=True, exist_ok=True)
        whole.write_text("".join(_line(e) for e in kept), encoding="utf-8")
        whole.replace(self._path)
        return kept


def _line(entry: Entry) -> str:
    return json.dumps(asdict(entry), ensure_ascii=False, sort_keys=True) + "\n"


def _read(path: Path) -> list[Entry]:
    if not path.is_file():
        return []
    found = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            known = json.loads(line)
            found.append(Entry(**{**known, "warnings": tuple(known.get("warnings", ()))}))
        except (ValueError, TypeError, AttributeError):
            continue  # cut off by a crash: its piece is made again
    return found


def _end_last_line(path: Path) -> None:
    """A crash may have left half a line; the next one must not be glued to it."""
    if not path.is_file() or path.stat().st_size == 0:
        return
    with path.open("rb+") as file:
        file.seek(-1, 2)
        if file.read(1) != b"\n":
            file.write(b"\n")
