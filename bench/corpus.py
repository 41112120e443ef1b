"""Every file of a corpus, used in every way the engine knows, and judged from outside.

    python bench/corpus.py CORPUS [--out DIR] [--judges DIR] [--only TEXT] [--no-office] [--no-commands] [--write]

CORPUS is searched for .pptx, .potx, .docx and .dotx. Each is inspected, filled, its slides moved into its own, the sample's and
python-pptx's master (layouts mapped, and brought along), used as the master of a generated piece and as the designed
content of a block, and handed to the commands `inspect`, `fill` and `verify`. Every result is judged by our validator, the
ISO schemas (`xsdcheck.py` in --judges), the Open XML SDK and LibreOffice, against what its sources had already; what
arrived is compared by readers that share no code with us. Prints a table and every finding; --write puts the table into
bench/CORPUS.md. Needs the development extras; a second run with the same --out asks the judges only about what changed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "bench" / "sweep"), str(ROOT / "tests" / "ooxml_slides")]

from judging import Judges  # noqa: E402
from making import make_all  # noqa: E402
from tables import findings, summary, table  # noqa: E402

SUFFIXES = {".pptx", ".potx", ".docx", ".dotx"}


def main() -> int:
    args = _arguments()
    args.out.mkdir(parents=True, exist_ok=True)
    files = [f for f in sorted(args.corpus.rglob("*")) if f.suffix in SUFFIXES and args.only in str(f)]
    rows = make(files, args.out)
    _keep(rows, args.out)
    if not args.no_commands:
        (args.out / "filled").mkdir(exist_ok=True)
        (args.out / "empty.yaml").write_text("{}\n", encoding="utf-8")
        with ProcessPoolExecutor(2) as pool:
            for row, commands in zip(
                rows, pool.map(commands_of, files, [args.out] * len(files)), strict=True
            ):
                row["commands"] = commands
    judges = Judges(args.judges, args.out / "judged.json", lock=args.lock)
    wanted = {Path(f) for row in rows for r in row["results"] for f in (r["file"], *r["sources"]) if f}
    judges.ask(wanted, office=not args.no_office)
    judge(rows, judges)
    _keep(rows, args.out)
    for line in findings(rows):
        print(line)
    for line in table(rows, args.corpus):
        print(line)
    for line in summary(rows):
        print(line)
    if args.write:
        text = "\n".join(summary(rows))
        target = ROOT / "bench" / "CORPUS.md"
        head = target.read_text(encoding="utf-8").partition("\n| result")[0]
        target.write_text(f"{head.rstrip()}\n\n{text.strip()}\n", encoding="utf-8")
    return 0


def make(files: list[Path], out: Path) -> list[dict]:
    """A row for each file, each made in a process of its own."""
    decks = [str(ROOT / "templates" / "harborline.pptx"), str(_default("pptx"))]
    documents = [str(_default("docx"))]
    rows = []
    with ProcessPoolExecutor(2, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        tasks = [
            pool.submit(
                make_all,
                str(f),
                documents if f.suffix in (".docx", ".dotx") else decks,
                str(out / f"{n:03}-{_short(f)}"),
            )
            for n, f in enumerate(files)
        ]
        for number, (file, task) in enumerate(zip(files, tasks, strict=True), 1):
            rows.append(task.result())
            if number % 20 == 0:
                print(f"made {number} of {len(files)}: {file.name}", file=sys.stderr, flush=True)
    return rows


def judge(rows: list[dict], judges: Judges) -> None:
    """Write into each result what the judges found new in it, and whether LibreOffice opens it."""
    for row in rows:
        row["opens"] = judges.pages(Path(row["file"]))
        for result in row["results"]:
            if not result["file"]:
                continue
            file, sources = Path(result["file"]), [Path(s) for s in result["sources"]]
            result["schema"] = judges.new_findings("schema", file, sources)
            result["sdk"] = judges.new_findings("sdk", file, sources)
            pages = judges.pages(file)
            # LibreOffice makes one empty page of a deck without slides
            wanted = max(result["pages"], 1) if result["pages"] is not None else None
            if pages == 0 and row["opens"] == 0:
                continue  # it does not open the source either
            if pages == 0 or (wanted is not None and pages is not None and pages != wanted):
                result["office"] = f"{pages} pages of {wanted if wanted is not None else 'at least 1'}"


def commands_of(file: Path, out: Path) -> list[dict]:
    """What the commands say of a file."""
    ending = {".potx": ".pptx", ".dotx": ".docx"}.get(file.suffix, file.suffix)
    target, data = out / "filled" / f"{file.stem}{ending}", out / "empty.yaml"
    calls = {
        "inspect": ["inspect", str(file)],
        "inspect --schema": ["inspect", str(file), "--schema"],
        "fill": ["fill", str(file), "--data", str(data), "-o", str(target)],
        "verify": ["-w", str(ROOT), "verify", str(file), "--as-of", "2026-11-30"],
    }
    return [_command(name, arguments) for name, arguments in calls.items()]


def _command(name: str, arguments: list[str]) -> dict:
    run = subprocess.run(
        [sys.executable, "-m", "collateral", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    return {"name": name, "exit": run.returncode, "out": run.stdout[-2000:], "err": run.stderr[-4000:]}


def _default(kind: str) -> Path:
    """The empty deck or document of python-pptx and python-docx."""
    return Path(import_module(kind).__file__ or "").parent / "templates" / f"default.{kind}"


def _keep(rows: list[dict], out: Path) -> None:
    (out / "rows.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")


def _short(file: Path) -> str:
    stem = file.stem.rpartition("__")[2]
    return "".join(ch if ch.isalnum() else "-" for ch in stem)[:40]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpus", type=Path, help="folder with Office files, however deep")
    parser.add_argument(
        "--out", type=Path, default=ROOT / "build" / "corpus", help="where results are written"
    )
    parser.add_argument("--judges", type=Path, help="folder with xsdcheck.py, set up")
    parser.add_argument("--only", default="", help="only files with this text in their path")
    parser.add_argument("--no-office", action="store_true", help="do not ask LibreOffice")
    parser.add_argument("--no-commands", action="store_true", help="do not run the commands")
    parser.add_argument("--lock", type=Path, help="a file to lock while LibreOffice runs")
    parser.add_argument("--write", action="store_true", help="put the table into bench/CORPUS.md")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
