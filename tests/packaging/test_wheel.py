"""The package as others install it: a wheel with everything in it, that works away from this repository."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "collateral"
COMMAND = "from collateral.cli import main; main()"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def test_a_wheel_holds_every_file_of_the_package(wheel: zipfile.ZipFile) -> None:
    packed = {name for name in wheel.namelist() if name.startswith("collateral/")}
    files = [path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert packed == {path.relative_to(ROOT).as_posix() for path in files}


def test_an_installed_wheel_starts_a_workspace_and_makes_its_pieces(
    wheel: zipfile.ZipFile, tmp_path: Path
) -> None:
    wheel.extractall(tmp_path / "site")
    work = tmp_path / "work"
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "XDG_CACHE_HOME": str(tmp_path / "cache")}

    def run(*words: str, at: Path) -> str:
        command = [sys.executable, "-c", COMMAND, *words]
        done = subprocess.run(command, cwd=at, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("init", str(work), at=tmp_path)
    prospect = next((work / "prospects").glob("*.yaml")).stem
    made = run("generate", prospect, at=work)
    where = [sys.executable, "-c", "import collateral; print(collateral.__file__)"]
    package = subprocess.run(where, cwd=work, env=env, capture_output=True, text=True).stdout
    assert package.startswith(str(tmp_path / "site"))
    assert {path.suffix for path in (work / "out").rglob("*.*")} >= {".pptx", ".docx"}, made
