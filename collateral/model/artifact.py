"""A finished piece in memory: bytes and the name they want."""

from __future__ import annotations

from collections.abc import Sequence

from collateral.diagnostics.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file, as chunks to be written one after the other (so that unchanged parts are never copied)."""

    file_name: str
    chunks: Sequence[bytes]

    def to_bytes(self) -> bytes:
        """The whole file."""
        return b"".join(self.chunks)
