"""What the package core adds to a piece: opening, judging, digesting and writing one deck.

usage: python bench/package_costs.py [DECK.pptx] [--rounds 20]

Prints the best of some rounds in milliseconds. "known markup" is a deck whose words changed but whose markup was seen
before, which is the usual case in a campaign; "unchanged" is one whose parts were all seen before.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from collateral.ooxml.archive import read_archive
from collateral.ooxml.opening import open_trusted
from collateral.ooxml.package import open_package, write_package
from collateral.ooxml.record import content_tokens, digest_slide, slide_parts
from collateral.ooxml.validate import scan, validate_file, validate_package, view

DECK = Path(__file__).parents[1] / ".." / "shared" / "corpus" / "decks" / "sol-eng+powerpoint"


def best(rounds: int, action: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
    """The shortest time of some rounds, in milliseconds."""
    times = []
    for _ in range(rounds):
        before()
        started = time.perf_counter()
        action()
        times.append(time.perf_counter() - started)
    return min(times) * 1000


def forget_parts() -> None:
    view._scans.clear()


def forget_all() -> None:
    view._scans.clear()
    scan._scans.clear()


def main() -> int:
    """Measure one deck."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("deck", nargs="?", type=Path, default=DECK / "examples__bank__bank-marketing.pptx")
    options.add_argument("--rounds", type=int, default=20)
    asked = options.parse_args()
    data = asked.deck.read_bytes()
    package, found = open_package(data, file=asked.deck.name)
    if package is None:
        print(*(d.message for d in found), sep="\n")
        return 1
    slides = slide_parts(package)
    print(f"{asked.deck.name}: {len(data):,} bytes, {len(package.parts)} parts, {len(slides)} slides")
    pairs = [(slide.data(), content_tokens(package, slide)) for slide in slides]
    lines: list[tuple[str, Callable[[], object], Callable[[], object]]] = [
        ("read the archive", lambda: read_archive(data, file=""), lambda: None),
        ("open, checking every member", lambda: open_package(data), lambda: None),
        ("open our own", lambda: open_trusted(data, file=""), lambda: None),
        ("judge, never seen", lambda: validate_package(package), forget_all),
        ("judge, known markup", lambda: validate_package(package), forget_parts),
        ("judge, unchanged", lambda: validate_package(package), lambda: None),
        ("open and judge a file, unchanged", lambda: validate_file(data, file=""), lambda: None),
        ("digest all slides", lambda: [digest_slide(*pair) for pair in pairs], lambda: None),
        ("write, all copied", lambda: write_package(package), lambda: None),
    ]
    for what, action, before in lines:
        print(f"{best(asked.rounds, action, before):9.3f} ms  {what}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
