"""Cells of slides' tables that were drawn merged reach over what is really there when rows or columns go or repeat."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.util import Inches

sys.path.insert(0, str(Path(__file__).parent))
from template_builders import _saved as saved

from collateral.diagnostics import Severity
from collateral.ooxml import fill
from collateral.ooxml.package import open_package
from collateral.ooxml.validate import validate_package
from collateral.ooxml.xml import parse_xml

Spot = tuple[int, int]


def _deck(rows: list[list[str]], *merges: tuple[Spot, Spot]) -> bytes:
    """A slide with a table of these texts, in which these cells are merged."""
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    table = slide.shapes.add_table(len(rows), len(rows[0]), Inches(1), Inches(1), Inches(6), Inches(2)).table
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
    for first, last in merges:
        table.cell(*first).merge(table.cell(*last))
    return saved(made)


def _cells(data: bytes, **values: Any) -> list[list[str]]:
    """The filled table: each text with how many columns and rows its cell takes, "." for a cell that is covered."""
    made, problems = fill(data, values)
    assert made is not None, [d.message for d in problems]
    package, _ = open_package(made, file="made.pptx")
    assert package is not None
    assert [d.message for d in validate_package(package) if d.severity is Severity.ERROR] == []
    shapes = Presentation(io.BytesIO(made)).slides[0].shapes
    table = next(s for s in shapes if s.has_table).table
    assert [len(row.cells) for row in table.rows] == [len(table.columns)] * len(table.rows)
    return [[_shown(cell) for cell in row.cells] for row in table.rows]


def _shown(cell: Any) -> str:
    if cell.is_spanned:
        return "."
    spans = f" {cell.span_width}x{cell.span_height}" if cell.is_merge_origin else ""
    return f"{cell.text}{spans}"


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ([], [["All", "top"], ["end", "e"]]),
        (["a"], [["All 1x2", "top"], [".", "a"], ["end", "e"]]),
        (["a", "b", "c"], [["All 1x4", "top"], [".", "a"], [".", "b"], [".", "c"], ["end", "e"]]),
    ],
)
def test_a_cell_beside_a_loop_over_rows_reaches_over_its_turns(
    rows: list[str], wanted: list[list[str]]
) -> None:
    drawn = [
        ["All", "top"],
        ["", "{%tr for r in rows %}"],
        ["", "{{ r }}"],
        ["", "{%tr endfor %}"],
        ["end", "e"],
    ]
    assert _cells(_deck(drawn, ((0, 0), (3, 0))), rows=rows) == wanted


def test_a_cell_whose_first_row_goes_leaves_the_others_unmerged() -> None:
    drawn = [["{%tr if top %}", ""], ["All", "1"], ["{%tr endif %}", ""], ["", "2"], ["", "3"]]
    data = _deck(drawn)
    deck = Presentation(io.BytesIO(data))
    table = next(s for s in deck.slides[0].shapes if s.has_table).table
    table.cell(1, 0)._tc.set("rowSpan", "4")  # what is between the rows of a directive goes
    for row in (3, 4):
        table.cell(row, 0)._tc.set("vMerge", "1")
    data = saved(deck)
    assert _cells(data, top=True) == [["All 1x3", "1"], [".", "2"], [".", "3"]]
    assert _cells(data, top=False) == [["", "2"], ["", "3"]]


def test_merged_cells_in_each_turn_stay_as_they_are() -> None:
    drawn = [
        ["{%tr for r in rows %}", "", ""],
        ["{{ r }}", "", "1"],
        ["", "", "2"],
        ["{%tr endfor %}", "", ""],
    ]
    turn = [["%s 2x2", ".", "1"], [".", ".", "2"]]
    wanted = [[text.replace("%s", name) for text in row] for name in "ab" for row in turn]
    assert _cells(_deck(drawn, ((1, 0), (2, 1))), rows=["a", "b"]) == wanted


@pytest.mark.parametrize(
    ("columns", "wanted"),
    [
        ([], [["Head"], ["A"]]),
        (["1"], [["Head 2x1", "."], ["A", "1"]]),
        (["1", "2", "3"], [["Head 4x1", ".", ".", "."], ["A", "1", "2", "3"]]),
    ],
)
def test_a_cell_over_a_loop_over_columns_reaches_over_its_turns(
    columns: list[str], wanted: list[list[str]]
) -> None:
    drawn = [["Head", ""], ["A", "{%tc for c in columns %}{{ c }}{%tc endfor %}"]]
    assert _cells(_deck(drawn, ((0, 0), (0, 1))), columns=columns) == wanted
    apart = [["Head", "", "", ""], ["A", "{%tc for c in columns %}", "{{ c }}", "{%tc endfor %}"]]
    assert _cells(_deck(apart, ((0, 0), (0, 3))), columns=columns) == wanted


@pytest.mark.parametrize(
    ("columns", "wanted"),
    [
        ([], [["H"], ["A"]]),
        (["1"], [["H", "Regions"], ["A", "1"]]),
        (["1", "2"], [["H", "Regions 2x1", "."], ["A", "1", "2"]]),
    ],
)
def test_a_plain_cell_over_a_loop_over_columns_becomes_one_over_its_turns(
    columns: list[str], wanted: list[list[str]]
) -> None:
    drawn = [["H", "Regions"], ["A", "{%tc for c in columns %}{{ c }}{%tc endfor %}"]]
    assert _cells(_deck(drawn), columns=columns) == wanted


def test_a_text_over_a_column_that_only_opens_a_loop_is_not_lost() -> None:
    drawn = [["H", "Text", "x", "y"], ["A", "{%tc for c in columns %}", "{{ c }}", "{%tc endfor %}"]]
    made, found = fill(_deck(drawn), {"columns": ["1"]})
    assert made is None
    assert {d.code for d in found} == {"text-beside-directive"}


def test_a_row_beside_a_condition_on_a_column_loses_that_column() -> None:
    drawn = [["H", "B", "C"], ["1", "{%tc if wide %}2{%tc endif %}", "3"]]
    assert _cells(_deck(drawn), wide=True) == [["H", "B", "C"], ["1", "2", "3"]]
    assert _cells(_deck(drawn), wide=False) == [["H", "C"], ["1", "3"]]


def test_columns_that_repeat_have_numbers_of_their_own() -> None:
    deck = Presentation(io.BytesIO(_deck([["A", "{%tc for c in columns %}{{ c }}{%tc endfor %}"]])))
    table = next(s for s in deck.slides[0].shapes if s.has_table).table
    space = "http://schemas.microsoft.com/office/drawing/2014/main"
    for number, column in enumerate(table._tbl.tblGrid.gridCol_lst):
        column.append(parse_xml(f'<a16:colId xmlns:a16="{space}" val="{number}"/>'.encode()))
    made, _ = fill(saved(deck), {"columns": ["x", "y", "z"]})
    assert made is not None
    found = Presentation(io.BytesIO(made)).slides[0]._element.iter(f"{{{space}}}colId")
    numbers = [column.get("val") for column in found]
    assert len(set(numbers)) == len(numbers) == 4
