"""What a campaign has to make, decided before anything is made: every row is checked first.

In: the campaign, the rows and the library. Out: one job a good row, one set-aside row with its reason a bad one. It
must not render.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

from collateral.campaign.mapping import Mapper, RowError
from collateral.campaign.rows import Row, Sheet
from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.expressions import Formats
from collateral.expressions import value as evaluate_value
from collateral.expressions.errors import ExpressionError
from collateral.model.prospect import Prospect
from collateral.write import safe_file_name


@dataclass(frozen=True, slots=True)
class Job:
    """One row to be made into pieces; `folder` is relative to the output folder."""

    row: int
    line: int
    key: str
    folder: str
    prospect: Prospect
    warnings: tuple[str, ...] = ()  # what of the row could not be used and was left out


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that is not made, and why. `template` is set when only that piece was refused."""

    row: int
    line: int
    reason: str
    key: str = ""
    template: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A warning about a piece that is made all the same."""

    line: int
    template: str
    text: str


@dataclass(frozen=True, slots=True)
class Jobs:
    """All rows, sorted into what is made, what is set aside and how many the campaign does not want."""

    jobs: tuple[Job, ...]
    set_aside: tuple[SetAside, ...]
    unwanted: int


def plan_jobs(sheet: Sheet, mapper: Mapper, *, folder: str) -> Jobs:
    """Check every row. Of two rows with one key or one output folder the first counts, the second is set aside."""
    bad = [SetAside(b.number, b.line, b.reason) for b in sheet.bad]
    jobs: list[Job] = []
    keys: dict[str, int] = {}
    folders: dict[str, int] = {}
    unwanted = 0
    for row in sheet.rows:
        try:
            if not mapper.wanted(row):
                unwanted += 1
                continue
            job = _job(row, mapper, folder)
            _claim(keys, job.key, job.line, f"the key '{job.key}'")
            _claim(folders, job.folder, job.line, f"the output name '{job.folder}'")
        except RowError as error:
            bad.append(SetAside(row.number, row.line, str(error)))
            continue
        jobs.append(job)
    return Jobs(tuple(jobs), tuple(sorted(bad, key=lambda b: b.row)), unwanted)


def _job(row: Row, mapper: Mapper, folder: str) -> Job:
    key = mapper.key_of(row)
    prospect, warnings = mapper.prospect(row, key, folder)
    return Job(row.number, row.line, key, _output(row, key, mapper), prospect, warnings)


def _output(row: Row, key: str, mapper: Mapper) -> str:
    """The folder of a row's pieces: one safe name, so that no cell can reach another folder."""
    pattern = mapper.output
    if pattern is None:
        return safe_file_name(key, "")
    try:
        parts = [
            part
            if isinstance(part, str)
            else str(evaluate_value(part, {"row": row.cells, "key": key}, Formats()))
            for part in pattern
        ]
    except ExpressionError as error:
        raise RowError(f"the output name: {error}") from None
    return safe_file_name("".join(parts), "")


def _claim(taken: dict[str, int], name: str, line: int, what: str) -> None:
    first = taken.setdefault(name.casefold(), line)
    if first != line:
        raise RowError(f"{what} is already used by line {first}")


def input_digest(job: Job, *, template: str, library: str, as_of: date, version: str) -> str:
    """The digest of everything a piece is made from: when it is the same, the piece is."""
    material = {
        "facts": job.prospect.facts,
        "internal": job.prospect.internal,
        "key": job.key,
        "template": template,
        "library": library,
        "as_of": as_of.isoformat(),
        "version": version,
    }
    text = json.dumps(material, sort_keys=True, ensure_ascii=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, Decimal | date | Path):
        return str(value)
    return repr(value)
