"""Workers of the bench and rounds of them: every tool does its turn in each round, pinned to one core.

Ratios are taken within a round, because machines drift; what is reported is the median of the rounds.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

TURN = 0.3  # seconds one turn of a tool should take


class Worker:
    """One tool, alive: a process that speaks the bench's protocol."""

    def __init__(
        self, command: Sequence[str], *, env: dict[str, str], cwd: Path, core: str | None = "1"
    ) -> None:
        pinned = ["taskset", "-c", core, *command] if core is not None else list(command)
        self.process = subprocess.Popen(
            pinned, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env, cwd=cwd
        )  # fmt: skip
        self.done = 0
        self.turn = 1
        self.answer()

    def answer(self) -> dict[str, Any]:
        """The next line of JSON. Raises RuntimeError with what the worker complained of when it has ended."""
        assert self.process.stdout is not None and self.process.stderr is not None
        for line in self.process.stdout:
            if line.startswith("{"):
                told: dict[str, Any] = json.loads(line)
                return told
        raise RuntimeError(self.process.stderr.read()[-400:].strip())

    def ask(self, words: str) -> dict[str, Any]:
        assert self.process.stdin is not None
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()
        return self.answer()

    def run(self, number: int = 0) -> dict[str, Any]:
        """Make some pieces (a turn's worth by default)."""
        number = number or self.turn
        told = self.ask(f"run {self.done} {number}")
        self.done += number
        return told

    def warm_up(self, seconds: float = 0.4) -> None:
        """Run until nothing is new, then settle how many pieces make a turn."""
        begun = time.perf_counter()
        while True:
            told = self.run(1)
            if time.perf_counter() - begun > seconds:
                break
        self.turn = max(1, min(300, round(TURN / max(told["wall"], 1e-6))))

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.terminate()
        self.process.wait()

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@dataclass(frozen=True)
class Tool:
    """How a tool's worker is started."""

    name: str
    command: tuple[str, ...]
    cwd: Path
    env: dict[str, str] = field(default_factory=dict)

    def start(self, core: str | None = "1", suffix: str = "") -> Worker:
        env = {**os.environ, **self.env, "OUT_SUFFIX": suffix}
        env.pop("PYTHONDONTWRITEBYTECODE", None)  # our modules would be compiled at every start
        return Worker(self.command, env=env, cwd=self.cwd, core=core)


@dataclass(frozen=True)
class Figures:
    """What a tool needed: CPU ms a piece, round by round; bytes of a piece; peak memory in KiB."""

    cpu: tuple[float, ...]
    size: int
    memory: int

    @property
    def median(self) -> float:
        return statistics.median(self.cpu)


def ratio(one: Figures, other: Figures) -> float:
    """How many times as much `one` takes, compared round by round."""
    return statistics.median(a / b for a, b in zip(one.cpu, other.cpu, strict=True))


def compare(tools: Sequence[Tool], rounds: int) -> tuple[dict[str, Figures], dict[str, str]]:
    """Figures by tool, and why some tools have none."""
    workers: dict[str, Worker] = {}
    missing: dict[str, str] = {}
    for tool in tools:
        try:
            workers[tool.name] = tool.start()
            workers[tool.name].warm_up()
        except (RuntimeError, OSError) as error:
            workers.pop(tool.name, None)
            missing[tool.name] = str(error).splitlines()[-1] if str(error) else "it did not start"
    turns: dict[str, list[dict[str, Any]]] = {name: [] for name in workers}
    for _ in range(rounds):
        for name, worker in workers.items():
            turns[name].append(worker.run())
    figures = {}
    for name, worker in workers.items():
        cpu = tuple(told["cpu"] / told["n"] * 1e3 for told in turns[name])
        figures[name] = Figures(cpu, turns[name][-1]["bytes"], worker.ask("rss")["rss_kb"])
        worker.close()
    return figures, missing


def two_against_one(tool: Tool, seconds: float) -> float:
    """Pieces a second of two processes over those of one; neither is pinned."""
    with tool.start(None, ".p0") as first, tool.start(None, ".p1") as second:
        for worker in (first, second):
            worker.warm_up()
        told = first.run(2)
        number = max(2, round(seconds / (told["wall"] / told["n"])))
        ratios = []
        for _ in range(3):
            begun = time.perf_counter()
            first.run(number)
            alone = time.perf_counter() - begun
            threads = [threading.Thread(target=worker.run, args=(number,)) for worker in (first, second)]
            begun = time.perf_counter()
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            ratios.append(2 * alone / (time.perf_counter() - begun))
    return statistics.median(ratios)


def memory_over(tool: Tool, pieces: int) -> tuple[int, int, int]:
    """KiB in use after a first few hundred pieces, which fill what is remembered, and after so many more; the peak."""
    with tool.start() as worker:
        worker.run(min(300, pieces))
        early = worker.ask("rss")
        worker.run(pieces)
        late = worker.ask("rss")
    return early.get("now_kb", early["rss_kb"]), late.get("now_kb", late["rss_kb"]), late["rss_kb"]
