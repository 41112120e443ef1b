"""Where every key of a file stands, packed: a library of 10,000 blocks has a quarter of a million places.

A `SpanTable` is a read-only mapping from a dotted path ("audience.industry.0") to a `Span`. It is held as one string
and unpacked on first use, so that loading a cached library costs nothing for the places nobody asks about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from collateral.diagnostics import Span

PlaceRow = tuple[
    str, int, int, int, int
]  # path, line, column, end line, end column (0 where there is no end)


class SpanTable(Mapping[str, Span]):
    """Dotted path → Span, all in one file."""

    __slots__ = ("_file", "_packed", "_spans")

    def __init__(self, file: str, packed: str = "") -> None:
        self._file = file
        self._packed = packed
        self._spans: dict[str, Span] | None = None

    @staticmethod
    def pack(file: str, rows: Iterable[PlaceRow]) -> SpanTable:
        """A table of these rows."""
        return SpanTable(file, "\n".join(f"{a},{b},{c},{d},{path}" for path, a, b, c, d in rows))

    def __getitem__(self, path: str) -> Span:
        return self._table()[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._table())

    def __len__(self) -> int:
        return len(self._table())

    def __reduce__(self) -> tuple[type[SpanTable], tuple[str, str]]:
        return SpanTable, (self._file, self._packed)

    def __repr__(self) -> str:
        return f"SpanTable({self._file!r}, {len(self)} places)"

    def _table(self) -> dict[str, Span]:
        if self._spans is None:
            self._spans = dict(self._unpack(line) for line in self._packed.split("\n") if line)
        return self._spans

    def _unpack(self, line: str) -> tuple[str, Span]:
        start, column, end, end_column, path = line.split(",", 4)
        return path, Span(self._file, int(start), int(column), int(end) or None, int(end_column) or None)
