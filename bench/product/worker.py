"""A worker for the bench: makes pieces of the sample workspace with the whole product.

Speaks the bench's protocol: `worker.py TEMPLATE NREC`, then `run START N`, `rss` or `quit` on stdin, JSON lines on
stdout. Every piece is for another prospect: the sample's prospects are taken in turn, each time under a new name and with
new texts, and every piece is selected, composed, fitted, rendered, validated, recorded and written.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

STARTED = time.perf_counter()

from collateral import Workspace  # noqa: E402
from collateral.model.prospect import Prospect  # noqa: E402

ROOT = Path(os.environ.get("COLLATERAL_BENCH_WORKSPACE", Path(__file__).parents[2]))
OUT = Path(os.environ.get("PERF_OUT", "build/bench/out"))
DAY = date(2026, 11, 30)


def usable(workspace: Workspace, template: str) -> list[Prospect]:
    """The sample's prospects this template can be made for."""
    everyone, _ = workspace.prospects()
    found = [p for p in everyone if workspace.make(p, template, as_of=DAY)[1] is not None]
    if not found:
        raise SystemExit(f"no prospect of {ROOT} gets a {template}")
    return found


def renamed(prospects: list[Prospect]) -> Iterator[Prospect]:
    """The prospects in turn without end, each time under a name and with texts not seen before."""
    for number in count(1):
        for prospect in prospects:
            facts = {key: _renewed(value, number) for key, value in prospect.facts.items()}
            name = prospect.facts["name"]
            facts |= {"name": f"{name} {number}", "country": prospect.facts.get("country")}
            facts["short_name"] = f"{prospect.facts.get('short_name', name)} {number}"
            yield replace(prospect, facts=facts)


def _renewed(value: Any, number: int) -> Any:
    """The value with the number at the end of every text of several words, which stays as long as it was; single words
    may be choices of a list."""
    if isinstance(value, str):
        end = f" {number}"
        return value[: -len(end)] + end if " " in value and len(value) > len(end) else value
    if isinstance(value, Mapping):
        return {key: _renewed(item, number) for key, item in value.items()}
    return [_renewed(item, number) for item in value] if isinstance(value, list | tuple) else value


def cpu() -> float:
    """CPU seconds so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def resident() -> int:
    """The memory in use now, in KiB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 1024


def say(**values: object) -> None:
    """One line of the protocol."""
    print(json.dumps(values), flush=True)


def main(template: str) -> None:
    """Serve until told to quit."""
    imported = time.perf_counter() - STARTED
    gc.set_threshold(100_000)  # as the command and a campaign's workers do
    begun = time.perf_counter()
    cache = os.environ.get("COLLATERAL_BENCH_CACHE")
    workspace = Workspace(ROOT, cache_folder=Path(cache) if cache else None)
    queue = renamed(usable(workspace, template))
    folder = OUT / f"product.{template}{os.environ.get('OUT_SUFFIX', '')}"
    say(ready=1, import_s=imported, prep_s=time.perf_counter() - begun, rss_before_kb=resident())
    for line in sys.stdin:
        words = line.split()
        if words[0] == "run":
            first, number = int(words[1]), int(words[2])
            chosen = [next(queue) for _ in range(number)]
            size = 0
            cpu_before, wall_before = cpu(), time.perf_counter()
            for at, prospect in enumerate(chosen, first):
                result = workspace.generate(
                    prospect, (template,), as_of=DAY, folder=folder, subfolder=str(at % 50)
                )[0]
                if result.path is None:
                    raise SystemExit(f"{prospect.id}: " + "; ".join(str(d) for d in result.diagnostics))
                size = result.size
                result.path.unlink()
            wall, used = time.perf_counter() - wall_before, cpu() - cpu_before
            say(n=number, wall=wall, cpu=used, bytes=size)
        elif words[0] == "rss":
            say(rss_kb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, now_kb=resident())
        else:
            break


if __name__ == "__main__":
    main(sys.argv[1])
