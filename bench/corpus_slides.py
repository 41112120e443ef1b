"""Every deck of the corpus into every other: what is lost, how long it takes, and what is refused.

    python bench/corpus_slides.py CORPUS [--out DIR] [--every N] [--mode map|bring]

Prints a table: for each deck, how many of the transplants into the other decks kept everything, and how it fares when
slides are taken out of it. With --out the results are written, named SOURCE--TARGET--MODE.pptx, for the outside judges;
--every N tries only each N-th pair. Facts are read by tests/ooxml_slides/deck_facts.py, which shares no code with us.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "ooxml_slides"))

from deck_facts import SlideFacts, differences, read_deck

from collateral.diagnostics import Diagnostic, Severity, has_errors
from collateral.ooxml.package import Package, open_package, write_package
from collateral.ooxml.slides import ImportOptions, import_slides, new_package_from, take_slides


def main() -> int:
    args = _arguments()
    packages, facts, refused = _open_all(args.corpus)
    for name, found in refused.items():
        print(f"refused {name}: {'; '.join(d.message for d in found)}")
    lost: Counter[str] = Counter()
    tries: Counter[str] = Counter()
    said: Counter[str] = Counter()
    seconds = 0.0
    pairs = [(s, t) for t in packages for s in packages]
    for number, (source, target) in enumerate(pairs):
        if number % args.every:
            continue
        began = time.process_time()
        result, arrived, found = import_slides(
            packages[target], packages[source], options=ImportOptions(layouts=args.mode)
        )
        seconds += time.process_time() - began
        data = b"".join(write_package(result))
        before = len(facts[target])
        came = [facts[source][slide.source_number - 1] for slide in arrived]
        problems = differences(facts[target] + came, read_deck(data), shifted=before)
        refusals = [d for d in found if d.severity is Severity.ERROR]
        if len(facts[source]) - len(came) != len(refusals):
            problems.append(
                f"{len(facts[source]) - len(came)} slides did not arrive, {len(refusals)} were refused"
            )
        for refusal in refusals:
            print(f"refused {source} -> {target}: {refusal.at}: {refusal.message}")
        tries[source] += 1
        lost[source] += bool(problems)
        said.update(f"{d.severity.value} {d.code}" for d in found)
        if problems:
            print(f"LOST {source} -> {target}: {problems[:3]}")
        if args.out:
            args.out.mkdir(parents=True, exist_ok=True)
            (args.out / f"{_short(source)}--{_short(target)}--{args.mode}.pptx").write_bytes(data)
    print(f"{'deck':58} {'slides':>6} {'pairs':>6} {'whole':>6}  taken")
    for name, package in packages.items():
        taken = _taken(package, facts[name])
        print(f"{name[-58:]:58} {len(facts[name]):6} {tries[name]:6} {tries[name] - lost[name]:6}  {taken}")
    total = sum(tries.values())
    print(
        f"{total} pairs, {sum(lost.values())} with a loss, {seconds / max(total, 1) * 1000:.1f} ms CPU a pair; {dict(said)}"
    )
    return 1 if lost.total() else 0


def _taken(package: Package, facts: list[SlideFacts]) -> str:
    """Every second slide kept: are those whole, and is nothing of the others left?"""
    numbers = list(range(1, len(facts) + 1, 2))
    result, _ = take_slides(package, numbers)
    data = b"".join(write_package(result))
    kept = [facts[n - 1] for n in numbers]
    problems = [p for p in differences(kept, read_deck(data)) if " links:" not in p]
    empty, _ = new_package_from(package)
    left = [
        name for name in empty.parts if name.startswith(("ppt/slides/", "ppt/notesSlides/", "ppt/charts/"))
    ]
    return "whole" if not problems and not left else f"{problems[:2]} {left[:2]}"


def _open_all(
    corpus: Path,
) -> tuple[dict[str, Package], dict[str, list[SlideFacts]], dict[str, list[Diagnostic]]]:
    packages, facts, refused = {}, {}, {}
    for path in sorted(corpus.glob("decks/*/[!.]*.p[op]tx")):
        package, found = open_package(path)
        if package is None or has_errors(found):
            refused[path.name] = found
        else:
            packages[path.name] = package
            facts[path.name] = read_deck(path.read_bytes())
    return packages, facts, refused


def _short(name: str) -> str:
    return Path(name).stem.rpartition("__")[2]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpus", type=Path, help="folder with decks/OWNER/FILE")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--mode", choices=("map", "bring"), default="map")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
