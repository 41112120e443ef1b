"""Cold commands: CPU time of whole processes, in turns, so that the machine's drift hits all alike."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

# what a warm start imports on its way to a deck
IMPORTS = (
    "collateral.cli.running, collateral.build.workspace, collateral.build.kit_cache, "
    "collateral.build.rendering, collateral.build.writing, collateral.load.workspace, collateral.plan.select, "
    "collateral.plan.compose, collateral.plan.deck, collateral.render.deck, collateral.ooxml.validate, "
    "collateral.ooxml.template.filling.deck"
)


@dataclass(frozen=True)
class Command:
    """A command line; `before` runs ahead of each start (to empty a cache)."""

    words: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[], object] = lambda: None


def spent(command: Command) -> float:
    """CPU ms of one run, children of the process included. Raises RuntimeError when it fails."""
    env = {**os.environ, **command.env}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # our modules would be compiled at every start
    command.before()
    start = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(["taskset", "-c", "1", *command.words], capture_output=True, text=True, env=env)
    end = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise RuntimeError(done.stderr[-400:])
    return (end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime) * 1e3


def in_turns(commands: Mapping[str, Command], rounds: int) -> dict[str, list[float]]:
    """CPU ms of each command, round by round; one round more is run first and not counted."""
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            used = spent(command)
            if number:
                taken[name].append(used)
    return taken


def against(one: Sequence[float], other: Sequence[float]) -> float:
    """How many times as much `one` takes, compared round by round."""
    return statistics.median(a / b for a, b in zip(one, other, strict=True))
