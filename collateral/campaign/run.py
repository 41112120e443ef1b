"""Running a campaign: every row is checked, good rows are made in parallel processes, bad ones set aside with a reason.

The parent process alone writes the manifest, and only after a piece is whole on disk; so whatever is killed when, a
second run makes exactly what is missing. Pieces themselves are made by `build`.
"""

from __future__ import annotations

import csv
import gc
import hashlib
import io
import multiprocessing
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from pathlib import Path

from collateral.build import PieceResult, Workspace, engine_version
from collateral.build.keeping import KEPT, is_worked_on
from collateral.campaign.columns import unknown_columns
from collateral.campaign.jobs import Job, Jobs, Remark, SetAside, input_digest, plan_jobs
from collateral.campaign.leftovers import note_leftovers
from collateral.campaign.lock import only_run
from collateral.campaign.manifest import Entry, Manifest
from collateral.campaign.mapping import make_mapper
from collateral.campaign.rows import Sheet, read_sheet
from collateral.diagnostics import Diagnostic, Severity, Span, has_errors
from collateral.diagnostics.lazy_dataclass import dataclass, replace
from collateral.model.campaign import Campaign
from collateral.write import remove_leftovers, write_file

MANIFEST = "manifest.jsonl"
SET_ASIDE = "set-aside.csv"
IN_FLIGHT = 4  # jobs handed out ahead, per process

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class CampaignReport:
    """What a campaign came to. `made`, `skipped` and `refused` count pieces, `set_aside` lists rows and pieces."""

    campaign: str
    csv: str
    rows: int
    made: int
    skipped: int
    unwanted: int
    set_aside: tuple[SetAside, ...]
    folder: Path | None = None
    remarks: tuple[Remark, ...] = ()

    @property
    def summary(self) -> str:
        """One line for people."""
        parts = [_count(self.rows, "row")]
        if self.folder is not None:
            parts += [f"{_count(self.made, 'piece')} made", f"{self.skipped} already there"]
        if self.unwanted:
            parts.append(f"{_count(self.unwanted, 'row')} not wanted")
        parts.append(f"{len(self.set_aside)} set aside")
        where = f" in {self.folder / SET_ASIDE}" if self.folder is not None and self.set_aside else ""
        return ", ".join(parts) + where


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


@dataclass(frozen=True, slots=True)
class _Prepared:
    campaign: Campaign
    sheet: Sheet
    jobs: Jobs
    csv: str


def check_campaign(
    workspace: Workspace, file: Path, *, as_of: date
) -> tuple[CampaignReport | None, list[Diagnostic]]:
    """Check the campaign and every row, down to the plan of each piece, without making anything."""
    prepared, problems = _prepare(workspace, file)
    if prepared is None:
        return None, problems
    refused, remarks = list[SetAside](), list[Remark]()
    for job in prepared.jobs.jobs:
        remarks += [Remark(job.line, "", text) for text in job.warnings]
        for template in prepared.campaign.templates:
            found = workspace.plan(job.prospect, template, as_of=as_of)[1]
            if has_errors(found):
                refused.append(SetAside(job.row, job.line, _reason(found), job.key, template))
            else:
                remarks += [Remark(job.line, template, text) for text in _warnings(found)]
    report = _report(prepared, 0, 0, [*prepared.jobs.set_aside, *refused], None)
    return replace(report, remarks=tuple(remarks)), problems


def run_campaign(
    workspace: Workspace,
    file: Path,
    *,
    folder: Path,
    as_of: date,
    workers: int = 1,
    resume: bool = True,
    cache_folder: Path | None = None,
    on_progress: Progress = lambda done, total: None,
) -> tuple[CampaignReport | None, list[Diagnostic]]:
    """Make every piece of a campaign into `folder`; see the module for what happens when it is stopped."""
    prepared, problems = _prepare(workspace, file)
    if prepared is None:
        return None, problems
    if unwritable := _unwritable(folder):
        return None, [*problems, unwritable]
    order = _Order(str(workspace.root), str(cache_folder) if cache_folder else None, str(folder), as_of)
    try:
        with only_run(folder) as alone:
            if not alone:
                return None, [*problems, _busy(folder)]
            report, more = _run(workspace, prepared, order, workers, resume, on_progress)
    except OSError as error:
        reason = f"cannot go on writing: {error.strerror or error}"
        hint = "make room and run again: what is made is kept"
        full = Diagnostic.error("cannot-write", reason, Span(str(folder / MANIFEST)), hint)
        return None, [*problems, full]
    return report, [*problems, *more]


def _busy(folder: Path) -> Diagnostic:
    message = "another run is writing into this folder"
    return Diagnostic.error(
        "folder-busy", message, Span(str(folder)), "wait for it, or name another folder with -o"
    )


def _run(
    workspace: Workspace,
    prepared: _Prepared,
    order: _Order,
    workers: int,
    resume: bool,
    on_progress: Progress,
) -> tuple[CampaignReport, list[Diagnostic]]:
    folder = Path(order.folder)
    manifest = Manifest(folder / MANIFEST)
    digests = _digests(workspace, prepared, order.as_of)
    wanting = [
        (
            job,
            tuple(
                t
                for t in prepared.campaign.templates
                if not (resume and _is_done(manifest, job, t, digests, folder))
            ),
        )
        for job in prepared.jobs.jobs
    ]
    todo = [(job, templates, manifest.made_before(job.key)) for job, templates in wanting if templates]
    total = sum(len(templates) for _, templates, _ in todo)
    for job, _, _ in todo:
        remove_leftovers(folder / job.folder)
    made, refused, kept = 0, list[SetAside](), list[Diagnostic]()
    general = _warnings(workspace.concerns(prepared.campaign.templates))
    for job, results in _results(workspace, order, todo, workers):
        for result, digest in results:
            kept += [d for d in result.diagnostics if d.code == KEPT]
            if result.path is None:
                refused.append(
                    SetAside(job.row, job.line, _reason(result.diagnostics), job.key, result.template)
                )
                continue
            file = result.path.relative_to(folder).as_posix()
            made_from = digests[job.key, result.template]
            told = (*job.warnings, *(w for w in _warnings(result.diagnostics) if w not in general))
            manifest.add(Entry(job.key, result.template, job.row, file, made_from, digest, result.size, told))
            made += 1
        on_progress(made + len(refused), total)
    wanted = [(job.key, template) for job in prepared.jobs.jobs for template in prepared.campaign.templates]
    gone = {(r.key, r.template) for r in refused}
    before = manifest.entries
    now = manifest.finish(pair for pair in wanted if pair not in gone)
    left = note_leftovers(folder, before, now)
    set_aside = sorted([*prepared.jobs.set_aside, *refused], key=lambda s: (s.row, s.template))
    delimiter = prepared.campaign.source.delimiter or ","
    problems = _write_set_aside(folder / SET_ASIDE, prepared.sheet, set_aside, delimiter)
    skipped = len(wanted) - total
    return _report(prepared, made, skipped, set_aside, folder), [
        *kept,
        *_warned(now, folder),
        *left,
        *problems,
    ]


def _unwritable(folder: Path) -> Diagnostic | None:
    """Why nothing can be kept in a folder, found before a thousand pieces are made for nothing."""
    probe = folder / f".{MANIFEST}.probe"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        reason = f"cannot write into the folder: {error.strerror or error}"
        return Diagnostic.error(
            "unwritable-folder", reason, Span(str(folder)), "choose another folder with -o"
        )
    return None


def _prepare(workspace: Workspace, file: Path) -> tuple[_Prepared | None, list[Diagnostic]]:
    campaign, problems = workspace.campaign(file)
    if campaign is None:
        return None, problems
    problems = [*workspace.concerns(campaign.templates), *problems]
    source = (file.parent / campaign.source.file).resolve()
    shown = campaign.source.file
    try:
        data = source.read_bytes()
    except OSError as error:
        reason = f"cannot read '{shown}': {error.strerror or error}"
        return None, [*problems, Diagnostic.error("unreadable-csv", reason, campaign.source.at)]
    sheet, found = read_sheet(
        data, file=shown, encoding=campaign.source.encoding, delimiter=campaign.source.delimiter
    )
    problems += found
    if sheet is None:
        return None, problems
    mapper, found = make_mapper(campaign, workspace.library)
    problems += [*found, *_unknown_templates(campaign, workspace)]
    problems += unknown_columns(mapper, sheet.header) if mapper is not None else []
    if mapper is None or has_errors(problems):
        return None, problems
    jobs = plan_jobs(sheet, mapper, folder=_folder_in_workspace(file, workspace))
    return _Prepared(campaign, sheet, jobs, shown), problems


def _unknown_templates(campaign: Campaign, workspace: Workspace) -> list[Diagnostic]:
    return [
        Diagnostic.error(
            "unknown-template", f"there is no template '{t}'", campaign.at or Span(campaign.path)
        )
        for t in campaign.templates
        if t not in workspace.library.templates
    ]


def _folder_in_workspace(file: Path, workspace: Workspace) -> str:
    try:
        return file.parent.resolve().relative_to(workspace.root.resolve()).as_posix()
    except ValueError:
        return ""


def _digests(workspace: Workspace, prepared: _Prepared, as_of: date) -> dict[tuple[str, str], str]:
    library = workspace.library.digest
    return {
        (job.key, template): input_digest(
            job, template=template, library=library, as_of=as_of, version=engine_version()
        )
        for job in prepared.jobs.jobs
        for template in prepared.campaign.templates
    }


def _is_done(
    manifest: Manifest, job: Job, template: str, digests: dict[tuple[str, str], str], folder: Path
) -> bool:
    entry = manifest.find(job.key, template)
    if entry is None or entry.input != digests[job.key, template]:
        return False
    file = folder / entry.file
    try:
        return file.stat().st_size == entry.size or is_worked_on(file)
    except OSError:
        return False


def _warnings(diagnostics: Sequence[Diagnostic]) -> tuple[str, ...]:
    found = [d for d in diagnostics if d.severity is Severity.WARNING and d.code != KEPT]
    return tuple(dict.fromkeys(d.message + (f" ({d.hints[0]})" if d.hints else "") for d in found))


def _warned(entries: Sequence[Entry], folder: Path) -> list[Diagnostic]:
    """One warning for all that pieces were made with in spite of it, with the first of them."""
    warned = [entry for entry in entries if entry.warnings]
    if not warned:
        return []
    first = warned[0]
    message = f"{_count(len(warned), 'piece')} made with a warning; of {first.file}: {first.warnings[0]}"
    hint = 'each line says its own under "warnings"'
    return [Diagnostic.warning("made-with-warnings", message, Span(str(folder / MANIFEST)), hint)]


def _reason(diagnostics: Sequence[Diagnostic]) -> str:
    errors = [d for d in diagnostics if d.severity is Severity.ERROR]
    return "; ".join(f"{d.message} [{d.at}]" if d.at else d.message for d in errors) or "refused"


# --- making pieces, in this process or in others


@dataclass(frozen=True, slots=True)
class _Order:
    """What a worker needs to know once."""

    root: str
    cache: str | None
    folder: str
    as_of: date


Todo = tuple[Job, tuple[str, ...], dict[str, str]]  # with the digests of what was made before, by template
Made = tuple[PieceResult, str]  # with the digest of its bytes, "" when it was refused
Done = tuple[Job, tuple[Made, ...]]
_worker: list[tuple[Workspace, _Order]] = []  # set once in each worker process


def _results(workspace: Workspace, order: _Order, todo: Sequence[Todo], workers: int) -> Iterator[Done]:
    """The results of all jobs, in the order they finish."""
    if workers == 1 or len(todo) < 2:
        for job, templates, before in todo:
            yield job, _make(workspace, order, job, templates, before)
        return
    unfinished = yield from _pooled(order, todo, workers)
    for item in unfinished:  # a worker died: each job that was under way gets one try in a process of its own
        crashed = yield from _pooled(order, [item], 1)
        for job, templates, _ in crashed:
            died = Diagnostic.error("worker-died", "the process that made it died")
            yield job, tuple((PieceResult(job.key, t, "", "refused", None, (died,)), "") for t in templates)


def _pooled(order: _Order, todo: Sequence[Todo], workers: int) -> Generator[Done, None, list[Todo]]:
    """Results from a pool of processes; returns the jobs that were lost when a worker died."""
    rest = list(reversed(todo))
    flying: dict[Future[tuple[Made, ...]], Todo] = {}
    with ProcessPoolExecutor(workers, _context(), _start, (order,)) as pool:
        try:
            while rest or flying:
                while rest and len(flying) < workers * IN_FLIGHT:
                    item = rest.pop()
                    flying[pool.submit(_make_in_worker, *item)] = item
                done, _ = wait(flying, return_when=FIRST_COMPLETED)
                for future in done:
                    results = future.result()
                    yield flying.pop(future)[0], results
        except BrokenProcessPool:
            return [*flying.values(), *reversed(rest)]
    return []


def _context() -> multiprocessing.context.BaseContext:
    methods = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")


def _start(order: _Order) -> None:
    # As the command does: what is made for a piece goes by itself, and looking for garbage costs 3 % of it.
    gc.set_threshold(100_000)
    workspace = Workspace(Path(order.root), cache_folder=Path(order.cache) if order.cache else None)
    _worker[:] = [(workspace, order)]


def _make_in_worker(job: Job, templates: tuple[str, ...], before: dict[str, str]) -> tuple[Made, ...]:
    workspace, order = _worker[0]
    return _make(workspace, order, job, templates, before)


def _make(
    workspace: Workspace, order: _Order, job: Job, templates: tuple[str, ...], before: dict[str, str]
) -> tuple[Made, ...]:
    folder = Path(order.folder)
    results = workspace.generate(
        job.prospect, templates, as_of=order.as_of, folder=folder, subfolder=job.folder, own=before
    )
    return tuple((result, _digest(result.path) if result.path is not None else "") for result in results)


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:  # somebody took it away at once; the next run makes it again
        return ""


def _write_set_aside(
    path: Path, sheet: Sheet, set_aside: Sequence[SetAside], delimiter: str
) -> list[Diagnostic]:
    """The rows that were not made, as they were read, with the reason in front; no file where there are none. The campaign
    can read it again, mended."""
    if not set_aside:
        path.unlink(missing_ok=True)
        return []
    cells = {row.number: row.raw for row in sheet.rows}
    cells |= {bad.number: bad.cells for bad in sheet.bad}
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(["reason", "template", "line", *sheet.header])
    for item in set_aside:
        writer.writerow([item.reason, item.template, item.line, *cells.get(item.row, ())])
    result = write_file(path, [b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")])
    return [result] if isinstance(result, Diagnostic) else []


def _report(
    prepared: _Prepared, made: int, skipped: int, set_aside: Sequence[SetAside], folder: Path | None
) -> CampaignReport:
    rows = len(prepared.sheet.rows) + len(prepared.sheet.bad)
    return CampaignReport(
        prepared.campaign.id,
        prepared.csv,
        rows,
        made,
        skipped,
        prepared.jobs.unwanted,
        tuple(set_aside),
        folder,
    )
