"""Cells of CRM exports, as people write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from collateral.campaign.cells import CellError, read_boolean, read_cell, read_date, read_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("420", 420),
        ("1,234.50", Decimal("1234.5")),
        ("1.234,50", Decimal("1234.5")),
        ("1 234,5", Decimal("1234.5")),
        ("1.234", 1234),
        ("1,234", 1234),
        ("12.5", Decimal("12.5")),
        ("12,5", Decimal("12.5")),
        ("1.234.567", 1234567),
        ("€ 12k", 12000),
        ("$1.2M", 1200000),
        ("-3", -3),
        ("0.125", Decimal("0.125")),
        ("0,125", Decimal("0.125")),
        ("1234.567", Decimal("1234.567")),
        ("(1,200.00)", -1200),
        ("-€500", -500),
        ("€ -500", -500),
        ("\u2212500", -500),
        ("500-", -500),
        ("1.5E+06", 1_500_000),
        ("€ 1.250,-", 1250),
        ("US$ 5", 5),
        ("500 kr", 500),
        ("1'234.50", Decimal("1234.5")),
        ("12,34,567", 1_234_567),
        ("1.5 mio.", 1_500_000),
    ],
)
def test_numbers_are_read_in_both_worlds(text: str, number: Decimal | int) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "n/a",
        "twelve",
        "1.2.3,4,5x",
        "10-20",
        "12/5",
        "31%",
        "3 kg",
        "10 mbps",
        "31.12.2026",
        "1,2,3",
        "12 34",
        "-(5)",
        "1,234.567,8",
        "+31 20 555",
        "9" * 100,
    ],
)
def test_what_is_no_number_is_an_error(text: str) -> None:
    with pytest.raises(CellError):
        read_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-31",
        "2026/03/31",
        "31.03.2026",
        "31/03/2026",
        "3/31/2026",
        "31-Mar-26",
        "2026-03-31T00:00:00Z",
        "2026-03-31 14:22:01",
        "3/31/2026, 2:30 PM",
        "March 31, 2026",
        "31 maart 2026",
        "31. März 2026",
        "20260331",
    ],
)
def test_dates_are_read_where_they_can_mean_one_day_only(text: str) -> None:
    assert read_date(text) == date(2026, 3, 31)


def test_date_that_could_be_two_days_is_an_error_that_names_both() -> None:
    with pytest.raises(CellError, match=r"2026-04-03 or 2026-03-04"):
        read_date("03/04/2026")


def test_two_digits_that_could_be_a_day_or_a_year_are_an_error() -> None:
    with pytest.raises(CellError, match=r"2031-03-26 or 2026-03-31"):
        read_date("26-03-31")
    with pytest.raises(CellError, match="1999 or 2099"):
        read_date("12/31/99")


def test_days_a_spreadsheet_counts_are_named_for_what_they_are() -> None:
    with pytest.raises(CellError, match="how a spreadsheet counts days"):
        read_date("45678")


@pytest.mark.parametrize(
    "text", ["0026-01-02", "1 2 3", "Marathon 1 2026", "soon", "2026-13-01", "31/31/2026", "1/2"]
)
def test_what_is_no_date_is_an_error(text: str) -> None:
    with pytest.raises(CellError):
        read_date(text)


def test_booleans_are_read_in_both_languages() -> None:
    assert [read_boolean(t) for t in ("Yes", "nee", "x", "0")] == [True, False, True, False]
    with pytest.raises(CellError):
        read_boolean("maybe")


@pytest.mark.parametrize("kind", ["number", "date", "boolean"])
def test_a_whole_letter_in_a_cell_is_refused_at_once_and_not_quoted_whole(kind: str) -> None:
    with pytest.raises(CellError) as told:
        read_cell("1" + " " * 100_000 + "1x", kind)
    assert len(str(told.value)) < 120


def test_text_stays_text() -> None:
    assert read_cell("=cmd|'/c calc'!A1", "text") == "=cmd|'/c calc'!A1"
