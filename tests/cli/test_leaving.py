"""How the command leaves: exit codes and output of the real process."""

from __future__ import annotations

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
