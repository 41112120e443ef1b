"""What is read without click is what click reads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from collateral.cli.commands.generate import command
from collateral.cli.generating import Order
from collateral.cli.plain import FLAGS, VALUES, read_plainly

PLAIN = [
    "generate van-dijk",
    "generate van-dijk lone-star -t pitch-deck -t proposal",
    "generate --template pitch-deck van-dijk -o out/a -o out/b",
    "generate van-dijk --output elsewhere --as-of 2026-11-30 --language nl --pdf --json",
    "generate prospects/van-dijk.yaml --as-of 20261130",
]
FOR_CLICK = [
    "",
    "generate",
    "--help",
    "generate van-dijk --help",
    "generate -t pitch-deck",
    "generate van-dijk -t",
    "generate van-dijk -tpitch-deck",
    "generate van-dijk --template=pitch-deck",
    "generate van-dijk -t -x",
    "generate van-dijk --as-of 30-11-2026",
    "generate van-dijk --plan json",
    "generate -- van-dijk",
    "generate van-dijk --nonsense",
    "-w",
    "-w here",
    "-w -x generate van-dijk",
    "explain van-dijk pitch-deck",
]


@pytest.mark.parametrize("line", PLAIN)
def test_a_plain_line_is_read_as_click_reads_it(line: str) -> None:
    words = line.split()
    given = dict(command.make_context("generate", words[1:]).params)
    assert given.pop("plan_form") is None
    assert read_plainly(words) == (None, Order(**given))
    assert read_plainly(["-w", "there", *words]) == ("there", Order(**given))


@pytest.mark.parametrize("line", FOR_CLICK)
def test_every_other_line_is_left_to_click(line: str) -> None:
    assert read_plainly(line.split()) is None


def test_an_empty_word_is_left_to_click() -> None:
    assert read_plainly(["generate", ""]) is None and read_plainly(["generate", "a", "-o", ""]) is None


def test_completion_is_left_to_click(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_COLLATERAL_COMPLETE", "bash_complete")
    assert read_plainly(["generate", "van-dijk"]) is None


def test_every_option_is_known_here_or_left_to_click() -> None:
    options = {name: option for option in command.params for name in option.opts if name.startswith("-")}
    assert {name: option.name for name, option in options.items() if name != "--plan"} == {**VALUES, **FLAGS}
    assert all(isinstance(options[name], click.Option) and options[name].is_flag for name in FLAGS)  # type: ignore[attr-defined]


def test_a_plain_line_with_warm_caches_needs_neither_click_nor_inspect(sample: Path, tmp_path: Path) -> None:
    heavy = ("click", "dataclasses", "inspect")
    program = f"import sys; from collateral.cli.running import run\ntry: run()\nfinally: print([m for m in {heavy} if m in sys.modules])"
    words = ["-w", str(sample), "generate", "van-dijk", "-t", "pitch-deck", "-o", str(tmp_path / "out")]
    environment = {**os.environ, "COLLATERAL_CACHE": str(tmp_path / "cache")}
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", program, *words], capture_output=True, text=True, env=environment
        )
        assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_plain_line_without_a_workspace_is_answered_by_click(tmp_path: Path) -> None:
    run = "from collateral.cli import main; main()"
    words = ["-w", str(tmp_path), "generate", "van-dijk"]
    done = subprocess.run([sys.executable, "-c", run, *words], capture_output=True, text=True)
    assert done.returncode == 2 and "collateral init" in done.stderr and "Usage:" in done.stderr
