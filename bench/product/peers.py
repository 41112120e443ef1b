"""What others cost on the sample's own masters, for machines without the shared bench.

Speaks the bench's protocol, `peers.py WHAT NREC`. WHAT is `python-pptx` or `python-docx` (a hand-written fill: open, set
texts, save), `copy` (copying a finished file) or `raw` (our archive reader and writer: all parts copied as they are).
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
OUT = Path(os.environ.get("PERF_OUT", "build/bench/out"))
DECK, DOCUMENT = ROOT / "templates" / "harborline.pptx", ROOT / "templates" / "proposal.docx"
Fill = Callable[[int, Path], None]


def pptx_fill() -> Fill:
    """Open the master with python-pptx, write the name into every text that has a tag, save."""
    from pptx import Presentation

    def fill(number: int, path: Path) -> None:
        deck = Presentation(str(DECK))
        for slide in deck.slides:
            for shape in slide.shapes:
                if shape.has_text_frame:
                    for paragraph in shape.text_frame.paragraphs:
                        replace_tags(paragraph.runs, number)
        deck.save(str(path))

    return fill


def docx_fill() -> Fill:
    """The same with python-docx."""
    from docx import Document

    def fill(number: int, path: Path) -> None:
        document = Document(str(DOCUMENT))
        for paragraph in document.paragraphs:
            replace_tags(paragraph.runs, number)
        document.save(str(path))

    return fill


def replace_tags(runs, number: int) -> None:  # type: ignore[no-untyped-def]
    """Whatever holds a tag becomes a name."""
    for run in runs:
        if "{{" in run.text:
            run.text = f"Prospect {number}"


def copy_fill() -> Fill:
    """Copy the master."""
    return lambda _, path: shutil.copyfile(DECK, path) and None


def raw_fill() -> Fill:
    """Read the master's archive and write every part as its compressed bytes."""
    from collateral.ooxml.package import open_package, write_package

    data = DECK.read_bytes()

    def fill(_: int, path: Path) -> None:
        package, _found = open_package(data, file=DECK.name)
        if package is not None:
            path.write_bytes(b"".join(write_package(package)))

    return fill


MAKERS = {"python-pptx": pptx_fill, "python-docx": docx_fill, "copy": copy_fill, "raw": raw_fill}


def cpu() -> float:
    """CPU seconds so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main(what: str) -> None:
    """Serve until told to quit."""
    folder = OUT / f"peer.{what}"
    folder.mkdir(parents=True, exist_ok=True)
    fill = MAKERS[what]()
    print(json.dumps({"ready": 1}), flush=True)
    for line in sys.stdin:
        words = line.split()
        if words[0] == "run":
            first, number = int(words[1]), int(words[2])
            cpu_before, wall_before = cpu(), time.perf_counter()
            for at in range(first, first + number):
                path = folder / f"{at % 50}.file"
                fill(at, path)
            wall, used = time.perf_counter() - wall_before, cpu() - cpu_before
            answer = {"n": number, "wall": wall, "cpu": used, "bytes": path.stat().st_size}
        elif words[0] == "rss":
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            answer = {"rss_kb": peak, "now_kb": peak}
        else:
            break
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
