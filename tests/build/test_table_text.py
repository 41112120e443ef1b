"""Cells of tables are as high as measuring makes them, whether their lines are counted or filled."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from collateral.build.table_text import CellMeasure
from collateral.build.typesetting import to_typeset
from collateral.model.frames import Frame, LevelStyle
from collateral.ooxml.template.tables.values import Cell
from collateral.typeset import cell_height

WORDS = st.lists(st.text("abcdefgWMi,.-é", max_size=9), max_size=30).map(" ".join)
LEVELS = (LevelStyle(size=12, space_before=4), LevelStyle(size=18, line_spacing=0.9, space_after=-0.2))


@settings(max_examples=400, deadline=None)
@given(st.integers(300_000, 4_000_000), st.integers(0, 1), WORDS, st.booleans(), st.none() | st.just(10.5))
def test_a_cell_is_as_high_as_its_text_is_measured(
    width: int, level: int, text: str, bold: bool, size: float | None
) -> None:
    runs = ((text, size, None, None, None, None, None),) if text else ()
    cell = Cell(width, (90_000, 45_000, 90_000, 46_000), ((level, runs, ()),), bold=bold)
    frame = Frame(width, 0, 0, 0, *cell.insets, levels=LEVELS)
    expected = cell_height(frame, [to_typeset(level, runs, (), bold=bold)])
    measure = CellMeasure()
    said = [text] if text else []
    unsaid = Cell(width, cell.insets, ((level, (("x", *runs[0][1:]),), ()),), bold=bold) if text else cell
    heights = [measure(each, LEVELS)(said) for each in (cell, cell, unsaid)]
    assert heights == [expected] * 3


def test_a_run_that_says_nothing_is_not_there() -> None:
    look = (40.0, None, None, None, None, None)
    cell = Cell(2_000_000, (0, 0, 0, 0), ((0, (("a", *look),), ()),))
    bare = cell.saying([""])
    assert bare.paragraphs == ((0, (), ()),)
    measure = CellMeasure()
    assert measure(cell, LEVELS)([""]) == measure(bare, LEVELS)([]) < measure(cell, LEVELS)(["a"])
