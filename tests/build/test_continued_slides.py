"""A piece with a designed slide whose table has more rows than the slide holds."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation

from collateral.build import Workspace
from collateral.build.filling import fill_file
from collateral.build.printing import to_plain
from collateral.model.plan import DeckContent, DesignedSlide

DAY = date(2026, 11, 30)
LONG = "what happens there, told at such length that it does not stand in one line of its cell"


@pytest.fixture
def opened(workspace: Workspace) -> Workspace:
    """The sample workspace with 22 next steps for one prospect, some of them long."""
    file = workspace.root / "prospects" / "van-dijk.yaml"
    steps = "".join(
        f"  - {{what: Stap {n} {LONG if n % 4 == 1 else ''}, who: Joris Bakker, by: 2026-12-{n:02d}}}\n"
        for n in range(1, 23)
    )
    text = re.sub(r"next_steps:\n(  - .*\n)+", f"next_steps:\n{steps}", file.read_text(encoding="utf-8"))
    file.write_text(text, encoding="utf-8")
    return Workspace(workspace.root, cache_folder=workspace.cache_folder)


def designed(workspace: Workspace) -> list[DesignedSlide]:
    prospect, _ = workspace.prospect("van-dijk")
    assert prospect is not None
    plan, _ = workspace.plan(prospect, "pitch-deck", as_of=DAY)
    assert plan is not None and isinstance(plan.content, DeckContent)
    return [slide for slide in plan.content.slides if isinstance(slide, DesignedSlide) and slide.part]


def tables(path: Path) -> list[tuple[str, list[list[str]]]]:
    slides: list[Any] = list(Presentation(str(path)).slides)
    return [
        (slide.shapes.title.text, [[cell.text for cell in row.cells] for row in shape.table.rows])
        for slide in slides
        for shape in slide.shapes
        if shape.has_table and shape.table.cell(0, 0).text == "Stap"
    ]


def test_plan_says_which_rows_stand_on_which_slide(opened: Workspace) -> None:
    slides = designed(opened)
    parts = [slide.part for slide in slides if slide.part is not None]
    assert [(part.number, part.count) for part in parts] == [
        (n, len(parts)) for n in range(1, len(parts) + 1)
    ]
    ranges = [turns for part in parts for turns in part.rows.values()]
    assert [first for first, _ in ranges] == [0, *(end for _, end in ranges[:-1])]
    assert ranges[-1][1] == 22
    assert "SlidePart" in str(to_plain(slides[0]))


def test_piece_has_every_row_once_the_header_on_each_slide_and_numbered_titles(
    opened: Workspace, tmp_path: Path
) -> None:
    (made,) = opened.generate("van-dijk", ["pitch-deck"], as_of=DAY, folder=tmp_path)
    assert made.path is not None, made.diagnostics
    parts = tables(made.path)
    rows = [row for _, part in parts for row in part[1:]]
    assert [row[0].split()[:2] for row in rows] == [["Stap", str(n)] for n in range(1, 23)]
    assert {tuple(part[0]) for _, part in parts} == {("Stap", "Wie", "Wanneer")}
    assert [title[-5:] for title, _ in parts] == [f"({n}/{len(parts)})" for n in range(1, len(parts) + 1)]


def test_slide_whose_table_fits_is_not_numbered(workspace: Workspace, tmp_path: Path) -> None:
    (made,) = workspace.generate("van-dijk", ["pitch-deck"], as_of=DAY, folder=tmp_path)
    assert made.path is not None
    assert [title[-1] for title, _ in tables(made.path)] == ["n"]


def test_verify_finds_every_continued_slide_intact(opened: Workspace, tmp_path: Path) -> None:
    (made,) = opened.generate("van-dijk", ["pitch-deck"], as_of=DAY, folder=tmp_path)
    assert made.path is not None
    check = opened.verify(made.path, as_of=DAY)
    assert {part.state for part in check.parts} == {"intact"}


def test_fill_goes_on_on_further_slides(tmp_path: Path) -> None:
    from pptx.util import Emu, Inches

    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    rows = ("Lane", "{%tr for lane in lanes %}", "{{ lane }}", "{%tr endfor %}")
    table = slide.shapes.add_table(4, 1, Inches(1), Inches(2), Inches(6), Inches(2)).table
    for row, text in zip(table.rows, rows, strict=True):
        row.height, row.cells[0].text = Emu(Inches(0.5)), text
    deck.save(str(tmp_path / "lanes.pptx"))
    (tmp_path / "data.yaml").write_text(f"lanes: {list(range(15))}", encoding="utf-8")
    result = fill_file(tmp_path / "lanes.pptx", tmp_path / "data.yaml", tmp_path / "out.pptx")
    assert result.path is not None and result.diagnostics == ()
    found = [shape for s in Presentation(str(result.path)).slides for shape in s.shapes if shape.has_table]
    assert [[cell.text for row in shape.table.rows for cell in row.cells][1:] for shape in found] == [
        [str(n) for n in range(9)], [str(n) for n in range(9, 15)],
    ]  # fmt: skip


def test_texts_of_a_slide_with_a_picture_are_measured(workspace: Workspace) -> None:
    file = workspace.root / "prospects" / "van-dijk.yaml"
    long = "Van Dijk Freight and Forwarding of Rotterdam and all its daughters " * 4
    text = file.read_text(encoding="utf-8").replace("short_name: Van Dijk", f"short_name: {long}")
    file.write_text(text, encoding="utf-8")
    opened = Workspace(workspace.root, cache_folder=workspace.cache_folder)
    prospect, _ = opened.prospect("van-dijk")
    assert prospect is not None
    _, found = opened.plan(prospect, "pitch-deck", as_of=DAY)
    assert any(d.code == "text-does-not-fit" and d.at and "slide 1" in str(d.at) for d in found)
