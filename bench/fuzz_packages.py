"""Damage Office files in every way and see that opening, judging and reading them never raises and never hangs.

usage: python bench/fuzz_packages.py [--seconds 3600] [--seed 0] [FILE or FOLDER…]

Mutations: flipped bits, cut and swapped stretches of the archive, and, inside archives that stay whole, damaged XML,
swapped, renamed, doubled and dropped members, entity bombs and `..` names. Each mutant goes through opening, the
validator, the record reader and writing. Prints what the refusals were; a traceback or a run over the time limit is
kept as a file beside the script's output folder and ends with status 1.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from collateral.ooxml.archive import Member, read_archive, write_archive
from collateral.ooxml.package import open_package, write_package
from collateral.ooxml.record import changed_around, compare, read_record
from collateral.ooxml.validate import validate_package
from collateral.ooxml.xml import parse_xml, serialise

if TYPE_CHECKING:
    from collateral.ooxml.xml import Element

LIMIT = 10  # seconds of processor time one file may take
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><x>&j;</x>"
)


def engine(data: bytes) -> str:
    """What the template engine does with a file it may open: inspect, compile, fill with nothing, read its frames."""
    from collateral import ooxml
    from collateral.ooxml.frames.master import read_master
    from collateral.ooxml.slides import take_slides

    package, found = open_package(data, file="fuzz")
    if package is None:
        return next(d.code for d in found)
    ooxml.inspect(package)
    ooxml.fill(package, {})
    if package.is_deck:
        read_master(package)
        take_slides(package, [1])
    return "opened"


def exercise(data: bytes) -> str:
    """Everything a stranger's file goes through; what became of it."""
    package, found = open_package(data, file="fuzz")
    record = read_record(data)
    compare(data)
    if package is None:
        return next(d.code for d in found)
    if record is not None:
        changed_around(package, record)
    validate_package(package)
    again, found = open_package(b"".join(write_package(package)), file="again")
    if again is None:
        raise AssertionError(f"an opened package was refused after writing: {found}")
    return "opened"


def flip(rng: random.Random, data: bytes) -> bytes:
    """A few bits of the archive itself."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    return bytes(out)


def cut(rng: random.Random, data: bytes) -> bytes:
    """A stretch taken out, or the end."""
    start = rng.randrange(len(data))
    return data[:start] + (data[start + rng.randint(1, 2000) :] if rng.random() < 0.7 else b"")


def splice(rng: random.Random, data: bytes) -> bytes:
    """A stretch copied over another."""
    length = rng.randint(1, 400)
    a, b = rng.randrange(len(data)), rng.randrange(len(data))
    return data[:a] + data[b : b + length] + data[a + length :]


def directory(rng: random.Random, data: bytes) -> bytes:
    """Numbers in the directory at the end, which the reader trusts least."""
    out = bytearray(data)
    start = max(0, data.rfind(b"PK\1\2", 0, len(data) - rng.randint(0, 3000)))
    for _ in range(rng.randint(1, 4)):
        at = min(len(out) - 1, start + rng.randrange(80))
        out[at] = rng.choice((0, 1, 0x7F, 0xFF, rng.randrange(256)))
    return bytes(out)


def members(rng: random.Random, data: bytes) -> bytes:
    """A well-made archive with wrong contents."""
    parts, _ = read_archive(data, file="seed")
    names = list(parts)
    xml = [n for n in names if n.endswith((".xml", ".rels"))]
    for _ in range(rng.randint(1, 3)):
        _one_member(rng, parts, rng.choice(xml), rng.choice(names))
    return b"".join(write_archive(parts))


def _one_member(rng: random.Random, parts: dict[str, Member], name: str, other: str) -> None:
    if name not in parts or other not in parts:
        return
    text = parts[name].data()
    at = rng.randrange(len(text) + 1)
    choice = rng.randrange(9)
    if choice == 0:
        parts[name] = Member.of(name, BOMB)
    elif choice == 1:
        parts[name], parts[other] = parts[other], parts[name]
    elif choice == 2:
        del parts[other]
    elif choice == 3:
        parts[rng.choice(("../" + name, "/" + name, name.upper(), name + "/x", "a\\b"))] = parts[name]
    elif choice == 4:
        parts[name] = Member.of(name, text[:at] + bytes([rng.randrange(256)]) + text[at + 1 :])
    elif choice == 5:
        parts[name] = Member.of(name, text.replace(b'"', b'"' + bytes([rng.randrange(33, 127)]), 5))
    elif choice == 6:
        tags = text.split(b"<")
        rng.shuffle(tags)
        parts[name] = Member.of(name, b"<".join(tags))
    elif choice == 7:
        parts[name] = Member.of(name, text[:at] + b"<x>" * rng.choice((1, 50_000)) + text[at:])
    else:
        words = text.split(b'"')
        words[rng.randrange(len(words))] = rng.choice(
            (b"", b"-1", b"9" * 30, b"\xc3\xa9", b"x" * 10_000, b"../../x")
        )
        parts[name] = Member.of(name, b'"'.join(words))


def elements(rng: random.Random, data: bytes) -> bytes:
    """Well-formed XML that makes no sense: elements moved, doubled, dropped, attributes changed."""
    parts, _ = read_archive(data, file="seed")
    xml = [n for n in parts if n.endswith((".xml", ".rels"))]
    for name in rng.sample(xml, min(len(xml), rng.randint(1, 4))):
        root = parse_xml(parts[name].data())
        for _ in range(rng.randint(1, 4)):
            _one_element(rng, [e for e in root.iter() if isinstance(e.tag, str)])
        parts[name] = Member.of(name, serialise(root))
    return b"".join(write_archive(parts))


def _one_element(rng: random.Random, nodes: list[Element]) -> None:
    node, other = rng.choice(nodes), rng.choice(nodes)
    parent = node.getparent()
    choice = rng.randrange(6)
    if choice == 0 and parent is not None:
        parent.remove(node)
    elif choice == 1 and parent is not None:
        parent.append(deepcopy(node))
    elif choice == 2:
        other.append(deepcopy(node))
    elif choice == 3 and node.attrib:
        del node.attrib[rng.choice(list(node.attrib))]
    elif choice == 4 and node.attrib:
        node.set(
            rng.choice(list(node.attrib)),
            rng.choice(("", "-1", "9" * 30, "é", "rId1", "0", "1.5", "true", "{{ x }}")),
        )
    elif choice == 5:
        node.text = rng.choice(
            ("{{ x }}", "{% if x %}", "{%p for a in b %}", "{%", "x" * 1000, "9" * 400, "", "-")
        )


MUTATIONS = (flip, cut, splice, directory, members, members, elements, elements, elements)


def mutants(seeds: list[bytes], seed: int) -> Iterator[tuple[str, bytes]]:
    """An endless row of damaged files, the same for the same seed."""
    rng = random.Random(seed)
    while True:
        mutate = rng.choice(MUTATIONS)
        yield mutate.__name__, mutate(rng, rng.choice(seeds))


def _too_long(_: int, __: FrameType | None) -> None:
    raise TimeoutError(f"took longer than {LIMIT} seconds")


def _seeds(paths: list[Path]) -> list[bytes]:
    files = [f for p in paths for f in (sorted(p.rglob("*.*")) if p.is_dir() else [p])]
    found = [f.read_bytes() for f in files if f.suffix in (".pptx", ".potx", ".docx", ".dotx")]
    return [data for data in found if len(data) < 2_000_000] or found


def main() -> int:
    """Fuzz until the time is up; 1 when something raised or hung."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("paths", nargs="*", type=Path)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--engine", action="store_true", help="also inspect, compile and fill what opens")
    options.add_argument("--keep", type=Path, default=Path("fuzz-findings"))
    asked = options.parse_args()
    shared = Path(__file__).parents[1] / ".." / "shared" / "corpus"
    seeds = _seeds(asked.paths or [shared])
    if not seeds:
        print("no .pptx or .docx files to damage", file=sys.stderr)
        return 2
    signal.signal(signal.SIGPROF, _too_long)
    end, slowest, results, bad = time.monotonic() + asked.seconds, 0.0, Counter[str](), 0
    for number, (kind, data) in enumerate(mutants(seeds, asked.seed)):
        if time.monotonic() > end:
            break
        started = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, LIMIT)
        try:
            results[exercise(data)] += 1
            if asked.engine:
                engine(data)
        except Exception:  # whatever it is: that nothing gets out is what is tried here
            bad += 1
            asked.keep.mkdir(exist_ok=True)
            (asked.keep / f"{asked.seed}-{number}-{kind}.bin").write_bytes(data)
            traceback.print_exc()
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        slowest = max(slowest, time.process_time() - started)
    print(
        f"{sum(results.values()) + bad} files from {len(seeds)}, {bad} tracebacks or hangs, slowest {slowest:.2f} s"
    )
    for code, count in results.most_common():
        print(f"{count:8d}  {code}")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
