"""A worker for the bench: fills our templates as the peers' workers fill theirs.

Speaks the bench's protocol: `worker.py VARIANT NREC`, then `run START N`, `rss` or `quit` on stdin, JSON lines on stdout.
Compiled templates come from the engine's cache, so that lxml and Jinja are never imported here. PERF_ROOT is the bench folder.
"""

from __future__ import annotations

import json
import os
import resource
import struct
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

STARTED = time.perf_counter()

from collateral.ooxml.archive import crc32  # noqa: E402
from collateral.ooxml.template.filling.cache import compiled  # noqa: E402
from collateral.ooxml.values import Image  # noqa: E402

ROOT = Path(os.environ["PERF_ROOT"])
OUT = Path(os.environ.get("PERF_OUT", ROOT / "out"))
VARIANTS = {
    "deck14": ("pptx", "deck14"), "deck14_r200": ("pptx", "deck14"), "deck14_r2000": ("pptx", "deck14"),
    "deck140": ("pptx", "deck140"),
    "prop": ("docx", "prop"), "prop_r300": ("docx", "prop"), "prop_r3000": ("docx", "prop"),
}  # fmt: skip


def read_records(variant: str, count: int) -> list[dict[str, Any]]:
    """The first records of a variant."""
    with (ROOT / "data" / f"{variant}.jsonl").open() as lines:
        records = [json.loads(line) for line, _ in zip(lines, range(count), strict=False)]
    for record in records:
        record["show_optional"] = False
    return records


def read_picture(path: str) -> Image:
    """A PNG file as the engine wants it: the size is in its header."""
    with open(path, "rb", 0) as file:  # noqa: PTH123 - as the floor reads it
        data = file.read()
    width, height = struct.unpack(">II", data[16:24])
    return Image(data, "image/png", width, height, f"{crc32(data):08x}{len(data)}")


def make_writer(kind: str, stem: str) -> Callable[[dict[str, Any], str], None]:
    """A function that fills the template with a record and writes the file."""
    template, problems = compiled(ROOT / "tpl" / f"{stem}.ours.{kind}", ROOT / "cache")
    if template is None:
        raise SystemExit("\n".join(str(p) for p in problems))

    def write(record: dict[str, Any], path: str) -> None:
        chunks, found = template.fill({**record, "logo": read_picture(record["logo"])})
        if chunks is None:
            raise SystemExit("\n".join(str(p) for p in found))
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        if len(chunks) < 1000:
            os.writev(handle, chunks)
        else:
            os.write(handle, b"".join(chunks))
        os.close(handle)

    return write


def cpu() -> float:
    """CPU seconds so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def say(**values: object) -> None:
    """One line of the protocol."""
    print(json.dumps(values), flush=True)


def main(variant: str, count: int) -> None:
    """Serve until told to quit."""
    kind, stem = VARIANTS[variant]
    imported = time.perf_counter() - STARTED
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    records = read_records(variant, count)
    folder = OUT / f"engine.{variant}{os.environ.get('OUT_SUFFIX', '')}"
    folder.mkdir(parents=True, exist_ok=True)
    begun = time.perf_counter()
    write = make_writer(kind, stem)
    say(ready=1, import_s=imported, prep_s=time.perf_counter() - begun, rss_before_kb=before)
    for line in sys.stdin:
        words = line.split()
        if words[0] == "run":
            first, number = int(words[1]), int(words[2])
            paths = [str(folder / f"{i % 50}.{kind}") for i in range(first, first + number)]
            chosen = [records[i % len(records)] for i in range(first, first + number)]
            cpu_before, wall_before = cpu(), time.perf_counter()
            for record, path in zip(chosen, paths, strict=True):
                write(record, path)
            wall, used = time.perf_counter() - wall_before, cpu() - cpu_before
            say(n=number, wall=wall, cpu=used, bytes=Path(paths[-1]).stat().st_size)
        elif words[0] == "rss":
            say(rss_kb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        else:
            break


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
