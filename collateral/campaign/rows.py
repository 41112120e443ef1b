"""A CRM's CSV as rows: delimiter, quotation marks and ragged lines are dealt with here, and nowhere else.

In: the bytes of a file. Out: rows that keep their line numbers, rows that cannot be used with the reason, and
diagnostics about the file as a whole. It must not interpret what the cells mean.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping

from collateral.campaign.encodings import decode_sheet
from collateral.diagnostics import Diagnostic, Span
from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.expressions.typography import composed

MAX_CELL = 128 * 1024
MAX_HEADER = 64 * 1024  # signs of a header the delimiter is looked for in
DELIMITERS = ",;\t|"
_TOLD = re.compile(
    r"\"?sep=(?P<delimiter>[^\r\n\"])\"?\r?\n", re.IGNORECASE
)  # what Excel reads its delimiter from
_QUOTE = '"'

Record = tuple[
    int, list[str], str
]  # the line it begins on, its cells, what is wrong with its quotation marks


@dataclass(frozen=True, slots=True)
class Row:
    """One record; `line` is where it begins in the file, `number` counts records from 1, `raw` are its cells as they were
    read, also those of columns that are there twice."""

    number: int
    line: int
    cells: Mapping[str, str]
    raw: tuple[str, ...] = ()


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
    text, problems = decode_sheet(data, file, encoding)
    if text is None:
        return None, problems
    csv.field_size_limit(MAX_CELL)
    told = _TOLD.match(text)
    text = text[told.end() :] if told else text
    first_line = 2 if told else 1
    delimiter = delimiter or (told["delimiter"] if told else _delimiter(text))
    records = _records(text, delimiter, file, problems, first_line)
    try:
        at, header_cells, wrong = next(records)
    except StopIteration:
        return None, [*problems, Diagnostic.error("empty-csv", "the file has no header row", Span(file, 1))]
    if wrong:
        return None, [
            *problems,
            Diagnostic.error("unreadable-csv", f"in the header, {wrong}", Span(file, at)),
        ]
    header = tuple(composed(cell.strip()) for cell in header_cells)
    problems += _header_problems(header, file)
    rows, bad = _split(records, header)
    return Sheet(header, rows, bad), problems


def _delimiter(text: str) -> str:
    """The delimiter that cuts the header into the most columns; a comma when none does."""
    header = next((line for line in io.StringIO(text, newline="") if line.strip()), "")[:MAX_HEADER]
    return max(DELIMITERS, key=lambda mark: (len(next(csv.reader([header], delimiter=mark))), mark == ","))


def _records(
    text: str, delimiter: str, file: str, problems: list[Diagnostic], first_line: int
) -> Iterator[Record]:
    """Non-blank records; one that cannot be taken apart at all ends the file with an error, not a crash."""
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        line = reader.line_num + first_line
        lines.taken.clear()
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
            yield line, cells, _misquoted(lines.taken, delimiter)


class _Lines:
    """The lines of a text, and those that were taken last."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text.replace("\0", "\ufffd"), newline="")
        self.taken: list[str] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        self.taken.append(next(self._lines))
        return self.taken[-1]


def _misquoted(lines: list[str], delimiter: str) -> str:
    """What is wrong with the quotation marks of a record, if anything: a mark that is left open takes the rows behind it
    into its cell, up to the next one or the file's end."""
    if not any(_QUOTE in line for line in lines):
        return ""
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        if len(lines) == 1:
            return "a quotation mark stands within a quoted cell; write it twice"
        return f"a quotation mark is not closed, and {len(lines) - 1} more lines are taken for its cell"
    return ""


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


def _split(records: Iterator[Record], header: tuple[str, ...]) -> tuple[tuple[Row, ...], tuple[BadRow, ...]]:
    rows: list[Row] = []
    bad: list[BadRow] = []
    for number, (line, cells, wrong) in enumerate(records, 1):
        extra = [cell for cell in cells[len(header) :] if cell.strip()]
        if wrong or len(cells) < len(header) or extra:
            count = f"{len(cells)} cell{'s' * (len(cells) != 1)}"
            reason = wrong or f"the row has {count}, the header has {len(header)}"
            bad.append(BadRow(number, line, tuple(cells), reason))
            continue
        named: dict[str, str] = {}
        for name, cell in zip(header, cells, strict=False):
            named.setdefault(name, cell.strip())
        rows.append(Row(number, line, named, tuple(cells)))
    return tuple(rows), tuple(bad)
