"""Make docs/images/deck.png: six slides of a generated deck, as LibreOffice shows them.

Run after the masters or the sample content have changed: `python tools/make_deck_picture.py`. Needs LibreOffice and pdftoppm.
"""

from __future__ import annotations

import subprocess
import tempfile
from datetime import date
from pathlib import Path

from PIL import Image

from collateral import Workspace
from collateral.build.pdf import write_pdf

ROOT = Path(__file__).resolve().parents[1]
SLIDES = (1, 4, 5, 6, 8, 12)
COLUMNS, GAP, GROUND = 3, 8, "#c9ced1"


def main() -> None:
    """Generate, render, and lay the slides out."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (made,) = Workspace(ROOT).generate(
            "lone-star-outfitters", ["pitch-deck"], as_of=date(2026, 11, 30), folder=folder
        )
        assert made.path is not None, made.diagnostics
        problems = write_pdf(made.path)
        assert not problems, problems
        command = ["pdftoppm", "-r", "36", "-png", str(made.path.with_suffix(".pdf")), str(folder / "slide")]
        subprocess.run(command, check=True)
        shots = [Image.open(folder / f"slide-{n:02}.png").convert("RGB") for n in SLIDES]
        sheet(shots).quantize(128).save(ROOT / "docs" / "images" / "deck.png", optimize=True)


def sheet(shots: list[Image.Image]) -> Image.Image:
    """The pictures in rows."""
    width, height = shots[0].size
    rows = -(-len(shots) // COLUMNS)
    size = (COLUMNS * (width + GAP) + GAP, rows * (height + GAP) + GAP)
    whole = Image.new("RGB", size, GROUND)
    for number, shot in enumerate(shots):
        row, column = divmod(number, COLUMNS)
        whole.paste(shot, (GAP + column * (width + GAP), GAP + row * (height + GAP)))
    return whole


if __name__ == "__main__":
    main()
