"""Where lines may break: `breaks.txt` is the table, one text a line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collateral.typeset.breaks import split_units
from collateral.typeset.lines import cut_widths, fill_lines

SIGNS = str.maketrans({"␣": " ", "⇥": "\t", "⟂": "\u00ad", "⍽": "\u00a0"})
CASES = [
    line.split(" | ")
    for line in (Path(__file__).parent / "breaks.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("text", "units"), CASES, ids=[case[0] for case in CASES])
def test_text_breaks_where_the_table_says(text: str, units: str) -> None:
    found = split_units(text.translate(SIGNS))
    joined = [unit + gap for unit, gap in zip(*found, strict=True)]
    assert joined == units.translate(SIGNS).split("¦")


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(exclude_characters="\n\r\v"), max_size=80))
def test_breaking_keeps_every_character(text: str) -> None:
    assert "".join(unit + gap for unit, gap in zip(*split_units(text), strict=True)) == text


def test_lines_are_filled_first_fit_and_trailing_space_hangs() -> None:
    starts, widest = fill_lines([30, 30, 30, 30], [10, 10, 10, 0], 70, 70)
    assert (starts, widest) == ([0, 2], 70)


def test_first_line_may_have_less_room() -> None:
    assert fill_lines([30, 30, 30], [10, 10, 0], 40, 100)[0] == [0, 1]


def test_unit_that_is_too_wide_gets_a_line_of_its_own() -> None:
    assert fill_lines([30, 200, 30], [5, 5, 0], 100, 100)[0] == [0, 1, 2]


def test_wide_unit_is_cut_where_it_no_longer_fits() -> None:
    assert cut_widths([10, 10, 10, 10, 10], 25) == [20, 20, 10]


def test_wide_unit_is_rather_cut_behind_its_signs() -> None:
    assert cut_widths([10] * 6, 35, [False, True, False, False, False, False]) == [20, 30, 10]
    assert cut_widths([10] * 4, 35, [False, False, False, True]) == [30, 10]


def test_character_wider_than_the_room_still_gets_its_piece() -> None:
    assert cut_widths([50, 50], 10) == [50, 50]
