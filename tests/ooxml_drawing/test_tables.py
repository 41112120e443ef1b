"""Tables: made from content on the sample master, and designed ones whose rows a tag repeats."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation
from pptx.util import Emu, Inches

sys.path.insert(0, str(Path(__file__).parent))

from drawing_builders import HOSTILE, deck_with, saved

from collateral.diagnostics import Diagnostic
from collateral.model.content import Run, Table
from collateral.model.table_widths import column_widths
from collateral.ooxml import fill
from collateral.ooxml.drawing.tables import estimated_row_heights

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=40)


def _cells(*texts: str) -> tuple[tuple[Run, ...], ...]:
    return tuple((Run(text),) if text else () for text in texts)


def _read(data: bytes, slide: int = 0) -> list[list[str]]:
    shapes = Presentation(io.BytesIO(data)).slides[slide].shapes
    table = next(shape for shape in shapes if shape.has_table).table
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_header_rows_and_hostile_texts_are_there_as_they_were_written() -> None:
    rows = tuple(_cells(f"row {i}", HOSTILE, "") for i in range(9))
    made = _read(deck_with([Table(_cells("Name", "Note", "Empty"), rows, (None,) * 3)], "Table"))
    assert made == [["Name", "Note", "Empty"], *[[f"row {i}", HOSTILE, ""] for i in range(9)]]


def test_columns_are_aligned_as_asked() -> None:
    table = Table(_cells("a", "b", "c"), (_cells("1", "2", "3"),), ("left", "center", "right"))
    data = deck_with([table], "Table")
    shape = next(s for s in Presentation(io.BytesIO(data)).slides[0].shapes if s.has_table)
    sides = [cell.text_frame.paragraphs[0]._p.pPr.get("algn") for cell in shape.table.rows[1].cells]
    assert sides == ["l", "ctr", "r"]


def test_row_longer_than_the_header_loses_nothing() -> None:
    table = Table(_cells("a"), (_cells("1", "2", "3"),), ())
    assert _read(deck_with([table], "Table")) == [["a", "", ""], ["1", "2", "3"]]


@settings(max_examples=10, deadline=None)
@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), min_size=1, max_size=5))
def test_any_text_survives_in_a_cell(rows: list[list[str]]) -> None:
    table = Table(_cells("a", "b"), tuple(_cells(*row) for row in rows), (None, None))
    assert _read(deck_with([table], "Table"))[1:] == rows


def _designed(rows: list[tuple[str, str]], title: str = "Rows") -> bytes:
    """A slide with a designed table: rows half an inch high, beginning two inches below the top of 7.5."""
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = title
    box = (Inches(1), Inches(2), Inches(6), Inches(0.5 * len(rows)))
    frame = slide.shapes.add_table(len(rows), 2, *box)
    frame.name = "Lanes"
    for row, texts in zip(frame.table.rows, rows, strict=True):
        row.height = Emu(Inches(0.5))
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return saved(deck)


LOOP = [("Lane", "Days"), ("{%tr for one in lanes %}", ""), ("{{ one }}", "x"), ("{%tr endfor %}", "")]


def _filled(deck: bytes, **data: Any) -> tuple[bytes, list[Diagnostic]]:
    made, found = fill(deck, data, file="pitch.pptx")
    assert made is not None, found
    return made, found


def test_repeated_rows_keep_their_height_and_merged_cells() -> None:
    opened = Presentation(io.BytesIO(_designed(LOOP)))
    table = next(s for s in opened.slides[0].shapes if s.has_table).table
    table.cell(2, 0).merge(table.cell(2, 1))
    made, _ = _filled(saved(opened), lanes=["a", "b", "c"])
    filled = next(s for s in Presentation(io.BytesIO(made)).slides[0].shapes if s.has_table).table
    assert [row.height for row in filled.rows] == [Inches(0.5)] * 4
    assert [filled.cell(i, 0).is_merge_origin for i in range(4)] == [False, True, True, True]


def test_table_that_fits_its_slide_is_no_problem() -> None:
    assert _filled(_designed(LOOP), lanes=list("abcdefghij"))[1] == []


def test_table_that_runs_over_the_slides_edge_says_by_how_many_rows() -> None:
    _, found = _filled(_designed(LOOP), lanes=[str(i) for i in range(14)])
    assert [d.code for d in found] == ["table-does-not-fit"]
    assert found[0].message == "the table has 4 rows too many: 11 fit on the slide"
    assert "Lanes" in str(found[0].at)


def test_long_list_goes_on_with_the_header_when_the_slide_is_repeated_for_its_parts() -> None:
    rows = [LOOP[0], ("{%tr for one in part %}", ""), *LOOP[2:]]
    deck = _designed(rows, "Lanes {%slide for part in lanes | batch(10) %}")
    made, found = _filled(deck, lanes=[str(i) for i in range(23)])
    assert found == []
    parts = [_read(made, slide) for slide in range(3)]
    assert [part[0] for part in parts] == [["Lane", "Days"]] * 3
    assert [row[0] for part in parts for row in part[1:]] == [str(i) for i in range(23)]


def test_no_column_is_narrower_than_its_longest_word() -> None:
    def row(*cells: str) -> tuple[tuple[Run, ...], ...]:
        return tuple((Run(cell),) for cell in cells)

    long = "what happens in this week, told at some length"
    table = Table(
        row("Week", "What", "Who"), (row("1", long, "the site manager, for half a day"),), (None,) * 3
    )
    widths = column_widths(table, 9000, em=220, padding=240)
    assert sum(widths) == 9000
    assert widths[0] >= 4 * 220 * 0.6 + 240
    assert widths[1] > widths[2] > widths[0]


def _plain_table(*rows: tuple[str, ...]) -> Table:
    header, *body = (tuple((Run(cell),) for cell in row) for row in rows)
    return Table(header, tuple(body), (None,) * len(header))


def test_only_the_longest_words_break_where_not_all_find_room() -> None:
    table = _plain_table(("Name", "Role", "E-mail"), ("Els", "decision-maker", "e" * 90 + "@example.com"))
    widths = column_widths(table, 9000, em=220, padding=240)
    assert sum(widths) == 9000
    assert widths[1] >= len("decision-maker") * 220 * 0.6 + 240


def test_column_that_is_mostly_blank_has_room_for_what_it_holds() -> None:
    rows = [("Name", "Acme Industries, all its sites", "")] * 9 + [
        ("Sites", "57", "January 15, 2026 (319 days old)")
    ]
    widths = column_widths(_plain_table(("Fact", "Value", "As of"), *rows), 9000, em=220, padding=240)
    assert widths[2] > widths[0]


def test_column_of_japanese_sentences_leaves_short_words_whole() -> None:
    long = "依頼がどこで止まっているのかが見えないために起こるのです。" * 4
    table = _plain_table(("段階", "説明", "費用"), ("入力待ち", long, "12"), ("手戻り", long, "12"))
    widths = column_widths(table, 9000, em=220, padding=240)
    assert widths[0] >= 4 * 220 + 240 and widths[2] >= 2 * 220 + 240


def test_ideographs_count_as_wide_as_they_are() -> None:
    wide, narrow = column_widths(_plain_table(("待ち時間", "abcd"), ("承認待ち", "abcd")), 1000)
    assert wide > narrow * 1.5


@pytest.mark.parametrize(
    "text", ["依頼が今どこで止まっているのか誰にも見えません。" * 6, "รอให้ใครสักคนสังเกตว่าถึงคราวของตนแล้ว" * 5]
)
def test_long_rows_in_scripts_without_blanks_are_as_high_as_they_are_drawn(text: str) -> None:
    size, width = 14.0, 6_000_000
    table = _plain_table(("A", "B"), ("x", text))
    widths = column_widths(table, width, em=size * 12700, padding=2 * 91440)
    estimated = estimated_row_heights(table, widths, size)[1]
    lines = len(text) * size * 12700 * (1.0 if "依" in text else 0.4) / (widths[1] - 2 * 91440)
    assert estimated >= lines * 1.1 * size * 12700
