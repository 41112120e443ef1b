"""How the command leaves: exit codes and output of the real process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

RUN = "from collateral.cli import main; main()"
FULL = Path("/dev/full")


def command(*words: str, **options: object) -> subprocess.CompletedProcess[str]:
    given = {"stdout": subprocess.PIPE, **options}
    return subprocess.run([sys.executable, "-c", RUN, *words], text=True, stderr=subprocess.PIPE, **given)  # type: ignore[call-overload,no-any-return]


def test_output_is_whole_and_the_exit_code_is_zero() -> None:
    done = command("--help")
    assert done.returncode == 0
    assert done.stdout.startswith("Usage:")
    assert done.stdout.rstrip().endswith("generate PROSPECT`.")


def test_usage_errors_leave_with_two() -> None:
    done = command("nonsense")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no such command 'nonsense'" in done.stderr


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
def test_a_full_disk_below_the_output_is_said_and_is_no_bug() -> None:
    with FULL.open("w") as full:
        done = command("--help", stdout=full)
    assert done.returncode == 1
    assert "cannot write the output" in done.stderr


def test_a_reader_that_goes_away_is_no_problem() -> None:
    for words in (["--help"], ["schema"], ["schema", "block"]):
        child = subprocess.Popen(
            [sys.executable, "-c", RUN, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert child.stdout is not None and child.stderr is not None
        child.stdout.close()
        assert (child.wait(), child.stderr.read()) == (0, b"")
        child.stderr.close()


def test_what_the_output_cannot_hold_is_escaped(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    done = command("init", str(tmp_path / "\u0141\u00f3d\u017a"), env=environment, encoding="latin-1")
    assert done.returncode == 0
    assert "\\u0141\u00f3d\\u017a" in done.stdout


def test_schemas_that_cannot_be_written_are_no_bug(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    done = command("schema", "-o", str(tmp_path / "file" / "below"))
    assert done.returncode == 1
    assert "cannot write into" in done.stderr
