"""What is on disk while a library is read: files, their digests, their text, pictures from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from collateral.diagnostics import Diagnostic
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.load.digests import bytes_digest
from collateral.load.files import OUTSIDE, Stat, inside_workspace, picture_problem, stat_file
from collateral.load.text import MAX_BYTES, decode, read_bytes

MAX_DESIGNED_BYTES = 200_000_000


@dataclass(slots=True)
class FileTable:
    """What is on disk: the library's files, their digests when they are needed, pictures from elsewhere."""

    root: Path
    stats: Mapping[str, Stat]
    digests: dict[str, str] = field(default_factory=dict)
    extra: dict[str, Stat | None] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def has(self, path: str) -> bool:
        """Whether the library holds this file."""
        return self.stats.get(path, OUTSIDE) != OUTSIDE

    def digest(self, path: str) -> str:
        """The digest of a file's bytes, "" when it cannot be read."""
        if self.stats.get(path) == OUTSIDE:
            return "outside"
        if path not in self.digests:
            data, problems = read_bytes(self.root / path, path, limit=MAX_DESIGNED_BYTES)
            self.diagnostics += problems
            self.digests[path] = bytes_digest(data) if data is not None else ""
        return self.digests[path]

    def text(self, path: str, *, limit: int = MAX_BYTES) -> tuple[str | None, list[Diagnostic]]:
        """The text of a file; its digest is noted on the way."""
        data, problems = read_bytes(self.root / path, path, limit=limit)
        if data is None:
            self.digests[path] = ""
            return None, problems
        self.digests[path] = bytes_digest(data)
        return decode(data, path)

    def picture(self, folder: str, reference: str) -> tuple[str | None, tuple[str, str] | None]:
        """The workspace path of a picture named in a block, or what is wrong with it."""
        path = inside_workspace(self.root, folder, reference)
        if path is None:
            return None, ("path-outside-workspace", f'"{reference}" leads out of the workspace')
        stat = self.stats.get(path) or stat_file(self.root / path)
        if path not in self.stats:
            self.extra[path] = stat
        if stat is None or not (self.root / path).is_file():
            return None, ("missing-picture", f'there is no picture "{reference}"')
        problem = picture_problem(self.root / path, stat[0])
        return (None, problem) if problem else (path, None)
