"""A CRM's CSV as rows: encoding, delimiter and ragged lines are dealt with here, and nowhere else.

In: the bytes of a file. Out: rows that keep their line numbers, rows that cannot be used with the reason, and
diagnostics about the file as a whole. It must not interpret what the cells mean.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from collateral.diagnostics import Diagnostic, Span

MAX_BYTES = 512 * 1024 * 1024
MAX_CELL = 128 * 1024
DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Row:
    """One record; `line` is where it begins in the file, `number` counts records from 1."""

    number: int
    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A record that cannot be used, and why; `cells` as they were read."""

    number: int
    line: int
    cells: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A CSV as read."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    bad: tuple[BadRow, ...]


def read_sheet(
    data: bytes, *, file: str, encoding: str | None = None, delimiter: str | None = None
) -> tuple[Sheet | None, list[Diagnostic]]:
    """The rows of a CSV; None with an error where it cannot be read at all.

    Without an encoding, UTF-8 (with or without BOM) and UTF-16 with BOM are recognised; anything else is an error that
    asks for `encoding:`, because a guess would put wrong letters into customers' names.
    """
    text, problems = _decode(data, file, encoding)
    if text is None:
        return None, problems
    csv.field_size_limit(MAX_CELL)
    records = _records(text, delimiter or _delimiter(text), file, problems)
    try:
        _, header_cells = next(records)
    except StopIteration:
        return None, [*problems, Diagnostic.error("empty-csv", "the file has no header row", Span(file, 1))]
    header = tuple(cell.strip() for cell in header_cells)
    problems += _header_problems(header, file)
    rows, bad = _split(records, header)
    return Sheet(header, rows, bad), problems


def _decode(data: bytes, file: str, encoding: str | None) -> tuple[str | None, list[Diagnostic]]:
    if len(data) > MAX_BYTES:
        return None, [
            Diagnostic.error(
                "csv-too-large", f"the file has {len(data)} bytes, the limit is {MAX_BYTES}", Span(file)
            )
        ]
    if encoding is None:
        encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    elif encoding.lower().replace("_", "-") in ("utf-8", "utf8"):
        encoding = "utf-8-sig"
    try:
        return data.decode(encoding), []
    except LookupError:
        return None, [
            Diagnostic.error(
                "unknown-encoding",
                f"there is no encoding '{encoding}'",
                Span(file),
                "common ones are utf-8, cp1252, utf-16",
            )
        ]
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, [
            Diagnostic.error(
                "wrong-encoding",
                f"byte 0x{data[error.start]:02x} is not {encoding.removesuffix('-sig')}",
                Span(file, line),
                "name the encoding of the export in the campaign: `source: {encoding: cp1252}`",
            )
        ]


def _delimiter(text: str) -> str:
    """The delimiter that cuts the header into the most columns; a comma when none does."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=lambda mark: (len(next(csv.reader([header], delimiter=mark))), mark == ","))


def _records(
    text: str, delimiter: str, file: str, problems: list[Diagnostic]
) -> Iterator[tuple[int, list[str]]]:
    """Non-blank records with the line they begin on; a broken quote ends the file with an error, not a crash."""
    reader = csv.reader(io.StringIO(text.replace("\0", "\ufffd"), newline=""), delimiter=delimiter)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problems.append(
                Diagnostic.error(
                    "unreadable-csv", f"the rest of the file cannot be read: {error}", Span(file, line)
                )
            )
            return
        if any(cell.strip() for cell in cells):
            yield line, cells


def _header_problems(header: tuple[str, ...], file: str) -> list[Diagnostic]:
    found = []
    for index, name in enumerate(header):
        if name and name in header[:index]:
            found.append(
                Diagnostic.warning(
                    "duplicate-column", f"column '{name}' is there twice; the first one counts", Span(file, 1)
                )
            )
    return found


def _split(
    records: Iterator[tuple[int, list[str]]], header: tuple[str, ...]
) -> tuple[tuple[Row, ...], tuple[BadRow, ...]]:
    rows: list[Row] = []
    bad: list[BadRow] = []
    for number, (line, cells) in enumerate(records, 1):
        extra = [cell for cell in cells[len(header) :] if cell.strip()]
        if len(cells) < len(header) or extra:
            reason = f"the row has {len(cells)} cells, the header has {len(header)}"
            bad.append(BadRow(number, line, tuple(cells), reason))
            continue
        named: dict[str, str] = {}
        for name, cell in zip(header, cells, strict=False):
            named.setdefault(name, cell.strip())
        rows.append(Row(number, line, named))
    return tuple(rows), tuple(bad)
