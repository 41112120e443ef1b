"""How well text heights are predicted: against LibreOffice, on generated boxes and on real decks.

    python bench/fit/run.py [--slides N] [--seed N] [--decks FOLDER] [--worst N]

Prints the distribution of the error of `Engine.LIBREOFFICE`, and for `Engine.SAFE`, which decides in the product, how
many boxes that it calls fitting in a box of just the predicted height overflow by more than half a line. Needs
LibreOffice and its Python module `uno`, in any Python on the path.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent))
from boxes import make_deck, make_tables
from hostile import ODDITIES, make_hostile

from collateral.model.frames import Frame, LevelStyle
from collateral.ooxml.frames.master import read_slide_texts
from collateral.ooxml.frames.texts import ShapeText, TextRun
from collateral.ooxml.package import open_package
from collateral.typeset import Engine, Measured, TypesetParagraph, TypesetRun, measure
from collateral.typeset.measure import TOLERANCE
from collateral.typeset.metrics import BOOK

HUNDREDTH_MM = 360  # EMU
HIGHEST = 7000 * 12700


@dataclass(frozen=True)
class Compared:
    """One text: what LibreOffice needs and what we predict, in EMU, and the height of one line."""

    where: str
    text: ShapeText
    office: int
    plain: Measured
    safe: Measured
    line: float

    @property
    def error(self) -> float:
        return (self.plain.height - self.office) / self.office

    @property
    def over(self) -> float:
        """By how many lines LibreOffice exceeds the lowest box that the safe engine calls fitting."""
        return (self.office - self.safe.height) / self.line + TOLERANCE


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--slides", type=int, default=60, help="slides of eight generated boxes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--odd", type=int, default=6, help="generated boxes of each oddity")
    parser.add_argument("--decks", type=Path, help="a folder of real decks, searched in depth")
    parser.add_argument("--worst", type=int, default=5, help="how many of the worst predictions to show")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        generated = Path(folder) / "generated.pptx"
        make_deck(generated, options.seed, options.slides)
        report("generated boxes", compare([generated]), options.worst)
        tables = Path(folder) / "tables.pptx"
        make_tables(tables, options.seed, options.slides)
        report_tables(compare_tables(tables))
        odd = Path(folder) / "odd.pptx"
        make_hostile(odd, options.seed, options.odd)
        report_odd(compare([odd]), options.worst)
    if options.decks:
        decks = sorted(p for p in options.decks.rglob("*") if p.suffix in (".pptx", ".potx"))
        report("real decks", compare(decks), options.worst)
    return 0


def compare(decks: Sequence[Path]) -> list[Compared]:
    """Every text that LibreOffice and we both measured."""
    found = []
    for deck, slides in zip(decks, ask_office(decks), strict=True):
        package, _ = open_package(deck)
        if package is None:
            continue
        texts, _ = read_slide_texts(package)
        for number, (ours, theirs) in enumerate(zip(texts, slides, strict=False)):
            found += pair(f"{deck.name} {number + 1}", ours, theirs)
    return found


def ask_office(decks: Sequence[Path]) -> list[list[list[dict[str, int]]]]:
    """What LibreOffice says of each deck; see `ask_office.py`."""
    script = str(Path(__file__).parent / "ask_office.py")
    with tempfile.TemporaryDirectory() as folder:
        copies = [
            shutil.copy(deck, Path(folder) / f"{number}{deck.suffix}") for number, deck in enumerate(decks)
        ]
        done = subprocess.run(
            [python_with_uno(), script, *map(str, copies)], capture_output=True, check=False
        )
    if done.returncode:
        raise SystemExit(done.stderr.decode())
    return list(json.loads(done.stdout))


def python_with_uno() -> str:
    """A Python that can import `uno`: on Debian the system's, not a virtual environment's."""
    folders = [f for f in os.environ.get("PATH", "").split(os.pathsep) if not f.startswith(sys.prefix)]
    for name in ("python3", "python"):
        for folder in folders:
            program = shutil.which(name, path=folder)
            if (
                program
                and not subprocess.run(
                    [program, "-c", "import uno"], capture_output=True, check=False
                ).returncode
            ):
                return program
    raise SystemExit("no Python with the module uno: install python3-uno")


def pair(where: str, ours: Sequence[ShapeText], theirs: Sequence[dict[str, int]]) -> Iterator[Compared]:
    """Texts of one slide matched by their shape's name, in order."""
    waiting: dict[str, list[dict[str, int]]] = {}
    for shape in theirs:
        waiting.setdefault(str(shape["name"]), []).append(shape)
    for text in ours:
        if text.cell is not None or text.frame.vertical != "horz" or text.frame.columns > 1:
            continue
        shape = (waiting.get(text.name) or [{}]).pop(0) if waiting.get(text.name) else {}
        if (
            "need" not in shape
            or abs(shape["width"] * HUNDREDTH_MM - text.frame.width) > 0.01 * text.frame.width
        ):
            continue  # not the same shape, or one that LibreOffice resized
        yield compared(f"{where} {text.name}", text, shape["need"] * HUNDREDTH_MM)


def compared(where: str, text: ShapeText, office: int) -> Compared:
    paragraphs, frame = to_typeset(text), prepared(text)
    plain = measure(frame, paragraphs, engine=Engine.LIBREOFFICE)
    safe = measure(frame, paragraphs)
    insets = frame.inset_top + frame.inset_bottom
    return Compared(where, text, office, plain, safe, (plain.height - insets) / max(plain.lines, 1))


def prepared(text: ShapeText) -> Frame:
    """The frame with the levels as `to_typeset` expects them."""
    return replace(text.frame, levels=tuple(map(level_of, text.frame.levels, text.paragraphs)))


def level_of(level: LevelStyle, runs: Sequence[TextRun]) -> LevelStyle:
    """The paragraph's style with its first run's look; bold and italic come from each run alone."""
    return replace(runs[0].style if runs else level, bold=False, italic=False)


def to_typeset(text: ShapeText) -> list[TypesetParagraph]:
    return [TypesetParagraph(tuple(map(_run, runs)), level) for level, runs in enumerate(text.paragraphs)]


def _run(run: TextRun) -> TypesetRun:
    style = run.style
    look = style.bold, style.italic, style.font, style.size
    return TypesetRun(run.text, *look, style.caps, style.spacing)


def compare_tables(deck: Path) -> list[tuple[int, int, int]]:
    """(LibreOffice's height, ours, the safe one) of each table of a deck, in EMU."""
    package, _ = open_package(deck)
    assert package is not None
    slides, _ = read_slide_texts(package)
    (office,) = ask_office([deck])
    found = []
    for texts, shapes in zip(slides, office, strict=True):
        rows: dict[int, list[ShapeText]] = {}
        for text in texts:
            if text.cell is not None:
                rows.setdefault(text.cell[0], []).append(text)
        heights = [sum(row_height(row, engine) for row in rows.values()) for engine in Engine]
        found.append((shapes[0]["table"] * HUNDREDTH_MM, heights[0], heights[1]))
    return found


def row_height(cells: Sequence[ShapeText], engine: Engine) -> int:
    return max(measure(prepared(c), to_typeset(c), engine=engine, cells=True).height for c in cells)


def report_tables(found: list[tuple[int, int, int]]) -> None:
    errors = sorted(abs(ours - office) / office for office, ours, _ in found)
    lower = sum(safe < office * 0.99 for office, _, safe in found)
    print(
        f"== generated tables: {len(found)}\n   libreoffice engine: median error {median(errors):.2%}, "
        f"p95 {errors[int(len(errors) * 0.95)]:.2%}, largest {errors[-1]:.2%}\n"
        f"   safe engine: {lower} of {len(found)} tables come out higher than it asks for"
    )


def report_odd(found: list[Compared], worst: int) -> None:
    """Print a line for each oddity, then what overflows most."""
    print(f"== boxes of {len(ODDITIES)} oddities: {len(found)} texts")
    for name in ODDITIES:
        own = [c for c in found if c.text.name.rpartition(" ")[0] == name]
        if not own:
            continue
        errors = sorted(abs(c.error) for c in own)
        slack = max((c.safe.height - c.office) / c.line for c in own)
        print(
            f"   {name:17} {len(own):3} median error {median(errors):6.2%}, largest {errors[-1]:6.1%}; "
            f"overflow by more than half a line {sum(c.over > 0.5 for c in own):2}, at most {slack:4.1f} lines too careful"
        )
    for c in sorted((c for c in found if c.over > 0.5), key=lambda c: -c.over)[:worst]:
        print(f"   OVER by {c.over:.2f} lines: {describe(c)}")


def report(title: str, found: list[Compared], worst: int) -> None:
    """Print the distribution and the worst cases; texts whose font has a stand-in only are counted apart."""
    odd = [c for c in found if c.text.raw_breaks]
    rest = [c for c in found if not c.text.raw_breaks]
    foreign = [c for c in rest if stands_in(c)]
    summarise(title, [c for c in rest if not stands_in(c)], worst)
    if foreign:
        summarise(f"{title}, in fonts we have no metrics of", foreign, worst)
    if odd:
        summarise(f"{title}, with newlines in their text where the format wants breaks", odd, worst)


def stands_in(c: Compared) -> bool:
    return bool(BOOK.report(run.style.font for runs in c.text.paragraphs for run in runs))


def summarise(title: str, found: list[Compared], worst: int) -> None:
    print(f"== {title}: {len(found)} texts")
    if not found:
        return
    errors = sorted(abs(c.error) for c in found)
    print(
        f"   libreoffice engine: median error {median(errors):.2%}, p90 {errors[int(len(errors) * 0.9)]:.2%}, "
        f"p95 {errors[int(len(errors) * 0.95)]:.2%}, largest {errors[-1]:.2%}; "
        f"same number of lines or within half a line {sum(abs(c.office - c.plain.height) <= c.line / 2 for c in found) / len(found):.1%}"
    )
    over = sorted((c for c in found if c.over > 0.5), key=lambda c: -c.over)
    slack = sorted((c.safe.height - c.office) / c.office for c in found)
    print(
        f"   safe engine: {len(over)} of {len(found)} called fitting overflow by more than half a line; "
        f"asks {median(slack):.1%} more room (p95 {slack[int(len(slack) * 0.95)]:.1%})"
    )
    for c in sorted(found, key=lambda c: -abs(c.error))[:worst]:
        print(
            f"   error {c.error:+.1%} lines {c.plain.lines} office {c.office / 12700:.1f} ours {c.plain.height / 12700:.1f} pt, {describe(c)}"
        )
    for c in over[:worst]:
        print(f"   OVER by {c.over:.2f} lines: {describe(c)}")


def describe(c: Compared) -> str:
    level = c.text.frame.levels[0]
    looks = sorted(
        {
            f"{r.style.font} {r.style.size:g}{' bold' * r.style.bold}{' caps' * r.style.caps}"
            f"{f' spc {r.style.spacing:g}' * bool(r.style.spacing)}"
            for runs in c.text.paragraphs
            for r in runs
        }
    )
    first = "".join(run.text for runs in c.text.paragraphs for run in runs)
    return (
        f"{c.where}: {len(c.text.paragraphs)} par, {'; '.join(looks)} ls {level.line_spacing} "
        f"bef {level.space_before} aft {level.space_after} w {c.text.frame.width / 12700:.0f} pt {first[:40]!r}"
    )


if __name__ == "__main__":
    raise SystemExit(main())
