"""Every figure in one command: `python bench/run.py [--full] [PART…]`, or `make bench`.

Parts: engine, growth, processes, product, cold, memory, select, load. Prints tables and what is met of the targets;
writes both to build/bench/results.md. The peers and the floor come from ../shared/bench, which is copied to build/bench
and set up at the first run; without it the sample's own masters and our own small drivers stand in. The short run takes
about three minutes, `--full` about fifteen.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "bench" / "product"))

import cold  # noqa: E402
import shared  # noqa: E402
from workers import Figures, Tool, compare, memory_over, ratio, two_against_one  # noqa: E402

FOLDER = ROOT / "build" / "bench"
PRODUCT = "ours: whole product"


@dataclass
class Report:
    """Lines for the terminal and the results file, and the targets as they were met."""

    full: bool
    peers: bool
    lines: list[str] = field(default_factory=list)
    targets: list[tuple[str, str, str, bool]] = field(default_factory=list)

    def say(self, line: str = "") -> None:
        self.lines.append(line)
        print(line, flush=True)

    def head(self, title: str) -> None:
        self.say(f"\n## {title}\n")

    def target(
        self, job: str, wanted: str, value: float, limit: float, *, least: bool = False, unit: str = "×"
    ) -> None:
        """Note a target: `value` must be at most `limit`, or at least with `least`."""
        met = value >= limit if least else value <= limit
        self.targets.append((job, wanted, f"{value:.2f} {unit}", met))

    def table(self, figures: dict[str, Figures], floor: str | None) -> None:
        """CPU, ratio to the floor, size and memory of each tool."""
        self.say("| tool | CPU ms | × floor | KB | MB of memory |")
        self.say("|---|---|---|---|---|")
        for name, each in sorted(figures.items(), key=lambda pair: pair[1].median):
            times = f"{ratio(each, figures[floor]):.2f}" if floor in figures else "–"
            self.say(
                f"| {name} | {each.median:.3f} | {times} | {each.size / 1024:.1f} | {each.memory / 1024:.1f} |"
            )


def product(template: str, *, name: str = PRODUCT, workspace: Path = ROOT) -> Tool:
    """The whole product making one template's pieces, of the sample workspace by default."""
    env = {
        "PERF_OUT": str(FOLDER / "out"),
        "COLLATERAL_BENCH_CACHE": str(FOLDER / "cache"),
        "COLLATERAL_BENCH_WORKSPACE": str(workspace),
    }
    return Tool(name, (sys.executable, str(ROOT / "bench/product/worker.py"), template, "0"), ROOT, env)


def peer(what: str) -> Tool:
    """One of our own small drivers."""
    command = (sys.executable, str(ROOT / "bench/product/peers.py"), what, "0")
    return Tool(what, command, ROOT, {"PERF_OUT": str(FOLDER / "out")})


JOBS = {
    "deck14": (
        "the 14-slide deck",
        {"python-pptx": 30, "docxtemplater": 30, "carbone": 30, "pptx-automizer": 180},
    ),
    "prop": ("the proposal", {"docxtpl": 100, "docxtemplater": 35}),
}


def engine(report: Report) -> None:
    """The engine alone against the floor and the peers."""
    if not report.peers:
        report.head("Engine: our own drivers, for want of the shared bench")
        figures, _ = compare([peer(w) for w in ("copy", "raw", "python-pptx", "python-docx")], 5)
        report.table(figures, "copy")
        return
    for variant, (title, wanted) in JOBS.items():
        report.head(f"Engine: {title}")
        figures, missing = compare(shared.tools(FOLDER, variant), 7 if report.full else 5)
        report.table(figures, shared.FLOOR)
        for name, reason in missing.items():
            report.say(f"\n{name} was not measured: {reason}")
        ours = figures.get(shared.ENGINE)
        if ours is None or not {shared.FLOOR, shared.ENGINE_ZLIB} <= figures.keys():
            continue
        report.target(f"engine, {title}", "≤ 2 × floor (ISA-L)", ratio(ours, figures[shared.FLOOR]), 2)
        without = ratio(figures[shared.ENGINE_ZLIB], figures[shared.FLOOR])
        report.target(f"engine, {title}, without ISA-L", "≤ 3 × floor (ISA-L)", without, 3)
        for name, times in wanted.items():
            if name in figures:
                faster = ratio(figures[name], ours)
                report.target(
                    f"engine, {title}", f"≥ {times} × faster than {name}", faster, times, least=True
                )
        report.target(f"engine worker, {title}", "≤ 45 MB", ours.memory / 1024, 45, unit="MB")
        own = {"deck14": "python-pptx", "prop": "python-docx"}[variant]
        if own in figures:
            report.target(f"size, {title}", f"≤ 1.03 × {own}'s", ours.size / figures[own].size, 1.03)


GROWTH = ("deck140", "deck14_r2000", "prop_r3000")
MORE = ("deck14_r200", "prop_r300")


def growth(report: Report) -> None:
    """10 × the slides, 100 × the rows."""
    if not report.peers:
        return
    report.head("Growth: 14 → 140 slides, 20 → 2,000 and 30 → 3,000 rows")
    report.say("| job | engine CPU ms | floor CPU ms | × floor | python's peer CPU ms |")
    report.say("|---|---|---|---|---|")
    for variant in (*GROWTH, *(MORE if report.full else ())):
        wanted = [shared.FLOOR, shared.ENGINE]
        if report.full:
            wanted.append("python-pptx" if variant.startswith("deck") else "python-docx")
        chosen = [t for t in shared.tools(FOLDER, variant, 6) if t.name in wanted]
        figures, missing = compare(chosen, 3)
        if missing:
            report.say(f"| {variant} | {missing} | | | |")
            continue
        ours, floor = figures[shared.ENGINE], figures[shared.FLOOR]
        other = f"{figures[wanted[2]].median:.0f}" if len(wanted) > 2 else "–"
        times = ratio(ours, floor)
        report.say(f"| {variant} | {ours.median:.2f} | {floor.median:.2f} | {times:.2f} | {other} |")
        report.target(f"engine, {variant}", "≤ 2 × floor", times, 2)


def processes(report: Report) -> None:
    """Two processes against one."""
    report.head("Two processes against one (not pinned)")
    seconds = 1.5 if report.full else 0.8
    found: dict[str, float] = {}
    if report.peers:
        both = [t for t in shared.tools(FOLDER, "deck14") if t.name in (shared.FLOOR, shared.ENGINE)]
        found = {tool.name: two_against_one(tool, seconds) for tool in both}
    found[PRODUCT] = two_against_one(product("pitch-deck"), seconds)
    for name, times in found.items():
        report.say(f"- {name}: {times:.2f} ×")
    reached = found.get(shared.FLOOR, 0.0)
    for name in (shared.ENGINE, PRODUCT):
        if name in found and reached >= 1.6:
            report.target(f"{name}, two processes", "≥ 1.6 × one", found[name], 1.6, least=True)
    if 0 < reached < 1.6:
        report.say(f"\nThe floor's own program reaches {reached:.2f} × here, so the target does not apply.")


def same_deck() -> Tool:
    """The whole product making the very deck the peers fill: its workspace is made from their template and data."""
    workspace = FOLDER / "workspace14"
    if not workspace.is_dir():
        maker = ROOT / "bench/product/make_workspace.py"
        subprocess.run([sys.executable, str(maker), str(FOLDER), str(workspace)], check=True)
    return product("deck14", name="ours: whole product, 14-slide deck", workspace=workspace)


def whole(report: Report) -> None:
    """The whole product, warm, piece by piece, and against the fastest bare fill of a deck."""
    report.head("Whole product, warm: select, compose, fit, render, validate, record, write")
    rounds = 9 if report.full else 5
    sample, bare = (
        product("pitch-deck", name="ours: whole product, pitch deck of the sample"),
        peer("python-pptx"),
    )
    tools, rivals, ours = [sample, bare], {bare.name}, sample.name
    if report.peers:
        ours = "ours: whole product, 14-slide deck"
        peers = [
            t for t in shared.tools(FOLDER, "deck14") if t.name in ("python-pptx", "docxtemplater", "carbone")
        ]
        tools = [same_deck(), sample, *peers]
        rivals = {tool.name for tool in peers}
    figures, missing = compare(tools, rounds)
    report.table(figures, None)
    for name, reason in missing.items():
        report.say(f"\n{name} was not measured: {reason}")
    fastest = min(rivals & figures.keys(), key=lambda name: figures[name].median)
    for name in dict.fromkeys((ours, sample.name)):
        times = ratio(figures[fastest], figures[name])
        report.target(name.removeprefix("ours: "), f"≥ 10 × faster than {fastest}", times, 10, least=True)
    report.say("\n| other pieces | CPU ms | KB |\n|---|---|---|")
    for template in ("executive-one-pager", "proposal", "briefing", "intro-email"):
        each = compare([product(template)], 3)[0].get(PRODUCT)
        if each is not None:
            report.say(f"| {template} | {each.median:.2f} | {each.size / 1024:.1f} |")


def commands(report: Report) -> None:
    """The cold command against its floor and a bare script."""
    report.head("Cold command: `collateral generate van-dijk -t pitch-deck`")
    cache, out = FOLDER / "cold-cache", FOLDER / "out" / "cold"
    out.mkdir(parents=True, exist_ok=True)
    generate = (
        str(Path(sys.executable).with_name("collateral")), "-w", str(ROOT), "generate", "van-dijk", "-t", "pitch-deck",
        "-o", str(out), "--as-of", "2026-11-30",
    )  # fmt: skip
    bare = (sys.executable, str(ROOT / "bench/product/bare_fill.py"), str(ROOT / "templates/harborline.pptx"))
    env = {"COLLATERAL_CACHE": str(cache)}
    taken = cold.in_turns(
        {
            "interpreter start": cold.Command((sys.executable, "-c", "pass")),
            "start and imports (the floor)": cold.Command((sys.executable, "-c", f"import {cold.IMPORTS}")),
            "the command, warm caches": cold.Command(generate, env),
            "bare python-pptx script": cold.Command((*bare, str(out / "bare.pptx"))),
        },
        11 if report.full else 7,
    )
    first = cold.in_turns(
        {"x": cold.Command(generate, env, lambda: shutil.rmtree(cache, ignore_errors=True))}, 1
    )["x"]
    taken["the command, no caches"] = first
    script = taken["bare python-pptx script"]
    report.say("| what | CPU ms | × bare script |\n|---|---|---|")
    for name, each in taken.items():
        times = cold.against(each, script[: len(each)])
        report.say(f"| {name} | {statistics.median(each):.0f} | {times:.2f} |")
    warm = cold.against(taken["the command, warm caches"], script)
    report.target("cold command, whole product", "no slower than a bare python-pptx script", warm, 1)
    report.target("cold command, compiled templates", "≤ half of that script", warm, 0.5)


def memory(report: Report) -> None:
    """Whether memory stays flat."""
    pieces = 1000 if report.full else 300
    report.head(f"Memory over {pieces:,} pieces of one worker")
    workers = {PRODUCT: (product("pitch-deck"), 90)}
    if report.peers:
        ours = next(t for t in shared.tools(FOLDER, "deck14") if t.name == shared.ENGINE)
        workers[shared.ENGINE] = (ours, 45)
    for name, (tool, limit) in workers.items():
        early, late, peak = memory_over(tool, pieces)
        report.say(f"- {name}: {early / 1024:.1f} MB, then {late / 1024:.1f} MB; peak {peak / 1024:.1f} MB")
        report.target(f"{name}, memory", f"≤ {limit} MB", peak / 1024, limit, unit="MB")
        report.target(f"{name}, memory", "flat (≤ 1.1 ×)", late / early, 1.1)


def script(report: Report, title: str, *words: str) -> None:
    """The output of another bench script."""
    report.head(title)
    done = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True)
    report.say("```\n" + (done.stdout or done.stderr[-600:]).rstrip() + "\n```")


def select(report: Report) -> None:
    """Choosing as the library grows."""
    sizes = ("1000", "10000", "100000") if report.full else ("1000", "10000")
    script(report, "Choosing blocks against library size", "bench/select/bench_select.py", *sizes)


def load(report: Report) -> None:
    """Loading as the library grows."""
    sizes = ("100", "1000", "10000") if report.full else ("100", "1000")
    script(report, "Loading a library", "bench/load/run.py", *sizes)


PARTS: dict[str, Callable[[Report], None]] = {
    "engine": engine, "growth": growth, "processes": processes, "product": whole, "cold": commands,
    "memory": memory, "select": select, "load": load,
}  # fmt: skip


def main() -> None:
    """Measure the parts that are asked for, all by default."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], help="what to measure")
    parser.add_argument("--full", action="store_true", help="all variants, more rounds, 1,000 pieces")
    parser.add_argument("--no-peers", action="store_true", help="do without ../shared/bench")
    chosen = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # modules are compiled once, as where they are installed
    FOLDER.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    source = ROOT / ".." / "shared" / "bench"
    problem = "left out" if chosen.no_peers else shared.prepare(source, FOLDER, node=chosen.full)
    report = Report(chosen.full, problem is None)
    report.say(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.platform()}; load {os.getloadavg()[0]:.1f}"
    )
    if problem:
        report.say(f"\nThe shared bench is not used: {problem}")
    for name in chosen.parts or PARTS:
        PARTS[name](report)
    report.head("Targets")
    report.say("| job | target | measured | met |\n|---|---|---|---|")
    for job, wanted, value, met in report.targets:
        report.say(f"| {job} | {wanted} | {value} | {'yes' if met else 'NO'} |")
    report.say(f"\n{time.monotonic() - begun:.0f} s")
    (FOLDER / "results.md").write_text("\n".join(report.lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
