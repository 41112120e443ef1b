"""Scratch workspaces for the corpus: a file as the master of a piece, or as the designed content of a block.

In: a file and a folder. Out: a workspace in that folder whose templates ask for content of every kind.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from PIL import Image, ImageDraw

KINDS = ("bullets", "table", "chart", "picture")

SETTINGS = """seller: {name: Harborline}
languages: {default: en}
policy: {approvals: optional}
"""
PROSPECT = """name: Acme Freight & Sons <Ltd>
short_name: Acme
language: en
"""
HEAD = "---\nid: {id}\nkind: content\ntitle: {id}\nowner: bench\n---\n"
BULLETS = """## Nine hours of waiting come back every week
- Dwell time **down 31%** in nine months, read the [whole story](https://example.com/story?a=1&b=2)
- Drivers book their own slot
  - from the road, in six languages
  - and see at once what is free
- The gate knows who comes
"""
TABLE = """## What each site gains
| Site | Trucks a day | Hours back |
|---|---:|---:|
| Rotterdam | 120 | 14.5 |
| Antwerp & Ghent | 85 | 9.25 |
| Zeebrugge | 40 | 3 |
"""
CHART = """## Waiting falls quarter by quarter
```chart
kind: column
title: Minutes at the gate
alt: Minutes at the gate fall from 58 to 31
categories: [Q1, Q2, Q3, Q4]
series:
  - {name: Before, values: [58, 57, 59, 58]}
  - {name: After, values: [52, 44, 36, 31]}
```
"""
PICTURE = """## The yard at a glance
![A yard with three rows of trailers](yard.png)
"""
NOTES = "::: notes\nAsk who owns the yard today.\n:::\n"
PROSE = """## What we heard

Trucks wait **too long**, *and nobody knows why*; the [study](https://example.com/study?x=1&y=2) tells more.

1. Look at the gate
2. Look at the yard
   - rows
   - doors
3. Look at the plan

### Where the hours go

- Paper at the gate
- Search in the yard

"""
# what of the content must be found again in every piece
WORDS = {
    "bullets": (
        "Nine hours of waiting come back every week",
        "from the road, in six languages",
        "whole story",
    ),
    "table": ("What each site gains", "Antwerp & Ghent", "9.25"),
    "chart": ("Waiting falls quarter by quarter",),
    "picture": ("The yard at a glance",),
    "prose": ("What we heard", "Look at the yard", "Paper at the gate", "Antwerp & Ghent"),
}


def deck_master_workspace(master: Path, folder: Path) -> Path:
    """A workspace whose master is the deck: template `all`, and one for each kind of content alone."""
    _start(folder)
    shutil.copy(master, folder / "templates" / f"master{master.suffix}")
    bodies = {"bullets": BULLETS + NOTES, "table": TABLE, "chart": CHART, "picture": PICTURE}
    for kind in KINDS:
        _block(folder, kind, f"::: deck\n{bodies[kind]}:::\n")
    for name, kinds in {"all": KINDS, **{kind: (kind,) for kind in KINDS}}.items():
        _template(folder, name, "deck", f"master{master.suffix}", kinds)
    return folder


def document_master_workspace(master: bytes, folder: Path) -> Path:
    """A workspace whose master is the document; one block of everything goes into its slot "content"."""
    _start(folder)
    (folder / "templates" / "master.docx").write_bytes(master)
    body = (
        PROSE + TABLE.replace("##", "###") + "\n" + CHART.split("\n", 1)[1] + "\n" + PICTURE.split("\n", 1)[1]
    )
    _block(folder, "prose", f"::: document\n{body}:::\n")
    _template(folder, "all", "document", "master.docx", ("prose",))
    return folder


def designed_workspace(file: Path, master: Path, folder: Path) -> Path:
    """A workspace with the file as a block's designed content, and another file as the master."""
    _start(folder)
    shutil.copy(master, folder / "templates" / f"master{master.suffix}")
    _block(folder, "designed", "")
    shutil.copy(file, folder / "content_blocks" / f"designed{master.suffix}")
    piece = "deck" if master.suffix == ".pptx" else "document"
    _template(folder, "all", piece, f"master{master.suffix}", ("designed",))
    return folder


def _start(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("templates", "content_blocks", "prospects"):
        (folder / name).mkdir(parents=True)
    (folder / "collateral.yaml").write_text(SETTINGS, encoding="utf-8")
    (folder / "prospects" / "acme.yaml").write_text(PROSPECT, encoding="utf-8")
    _picture().save(folder / "content_blocks" / "yard.png")


def _block(folder: Path, name: str, text: str) -> None:
    (folder / "content_blocks" / f"{name}.md").write_text(HEAD.format(id=name) + text, encoding="utf-8")


def _template(folder: Path, name: str, piece: str, master: str, blocks: tuple[str, ...]) -> None:
    slots = "\n".join(f"      - {{block: {block}, name: content}}" for block in blocks)
    (folder / "templates" / f"{name}.yaml").write_text(
        f"id: {name}\npiece: {piece}\nmaster: {master}\nfile_name: {name}\n"
        f"sections:\n  - title: What we found\n    slots:\n{slots}\n",
        encoding="utf-8",
    )


def _picture() -> Image.Image:
    picture = Image.new("RGB", (800, 450), "#dfe8ef")
    draw = ImageDraw.Draw(picture)
    for row in range(3):
        for place in range(7):
            draw.rectangle((40 + place * 105, 50 + row * 130, 120 + place * 105, 130 + row * 130), "#2f6f8f")
    return picture
