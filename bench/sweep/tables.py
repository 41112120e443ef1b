"""The rows of a sweep as lines for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path


def findings(rows: list[dict]) -> Iterator[str]:
    """Every refusal, loss and finding, a line each."""
    for row in rows:
        name = Path(row["file"]).name
        if row["refused"]:
            yield f"REFUSED {name}: {row['refused']}"
        if row.get("opens") == 0:
            yield f"SOURCE  {name}: LibreOffice does not open it"
        for result in row["results"]:
            at = f"{name} | {result['name']}"
            for kind in ("errors", "losses", "invalid", "schema", "sdk"):
                for line in result.get(kind) or ():
                    yield f"{kind.upper():8}{at}: {line}"
            if result.get("office"):
                yield f"OFFICE  {at}: {result['office']}"
        for command in row.get("commands", ()):
            if not _right(row, command):
                yield f"COMMAND {name} | {command['name']}: exit {command['exit']}: {command['err'][-300:]}"


def _right(row: dict, command: dict) -> bool:
    """Whether a command ended as the library did, and without a traceback. No file of a corpus has a record."""
    said = command["err"] + command["out"]
    if command["name"] == "verify":
        expected = 1
    else:
        result = command["name"].partition(" ")[0]
        expected = int(
            bool(row["refused"]) or any(r["errors"] for r in row["results"] if r["name"] == result)
        )
    return command["exit"] == expected and "Traceback" not in said and (expected == 0 or bool(command["err"]))


def table(rows: list[dict], corpus: Path) -> Iterator[str]:
    """A line a file."""
    yield f"{'file':60} {'KB':>6} {'slides':>6} {'fields':>6} {'ms':>6} {'MB':>5} {'made':>5} {'refused':>7} {'bad':>4}"
    for row in rows:
        made = sum(r["file"] is not None for r in row["results"])
        refused = sum(bool(r["errors"]) for r in row["results"])
        bad = sum(
            any(r.get(k) for k in ("losses", "invalid", "schema", "sdk", "office")) for r in row["results"]
        )
        name = str(Path(row["file"]).relative_to(corpus))[-60:]
        yield (
            f"{name:60} {row['size'] // 1024:6} {row['slides']:6} {row['fields']:6} {row['ms']:6.0f} "
            f"{row['megabytes']:5.0f} {made:5} {refused:7} {bad:4}"
        )


def summary(rows: list[dict]) -> Iterator[str]:
    """A Markdown table: a line for each kind of result."""
    yield ""
    yield "| result | files | made | refused | a loss | our validator | schemas | SDK | LibreOffice |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|"
    names = dict.fromkeys((row["kind"], r["name"]) for row in rows for r in row["results"])
    for kind in ("pptx", "docx"):
        for of, name in (n for n in names if n[0] == kind):
            some = [r for row in rows if row["kind"] == of for r in row["results"] if r["name"] == name]
            count = Counter[str]()
            for result in some:
                count["made"] += result["file"] is not None
                count["refused"] += bool(result["errors"])
                for key in ("losses", "invalid", "schema", "sdk", "office"):
                    count[key] += bool(result.get(key))
            figures = [
                len(some),
                *(count[k] for k in ("made", "refused", "losses", "invalid", "schema", "sdk", "office")),
            ]
            yield f"| {'deck' if kind == 'pptx' else 'document'}: {name} | {' | '.join(map(str, figures))} |"
    calls = Counter[str]()
    wrong = Counter[str]()
    for row in rows:
        for command in row.get("commands", ()):
            calls[command["name"]] += 1
            wrong[command["name"]] += not _right(row, command)
    yield ""
    yield from (f"- `collateral {name}`: {count} files, {wrong[name]} wrong" for name, count in calls.items())
    if rows:
        slowest, largest = max(rows, key=lambda r: r["ms"]), max(rows, key=lambda r: r["megabytes"])
        middle = sorted(r["ms"] for r in rows)[len(rows) // 2]
        yield (
            f"- inspection, imports included: median {middle:.0f} ms of CPU, longest {slowest['ms']:.0f} ms, "
            f"peak {largest['megabytes']:.0f} MB"
        )
