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


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("١٬٢٣٤", 1234), ("١٢٣٫٥", Decimal("123.5")), ("१२,३४,५६७", 1234567), ("๑๒๓", 123), ("１，２３４．５", Decimal("1234.5")),
        ("1,234円", 1234), ("￥１２３", 123), ("1 234,50 руб.", Decimal("1234.5")), ("\u200f1,234\u00a0€", 1234), ("1.234 TL", 1234),
    ],
)  # fmt: skip
def test_numbers_are_read_in_the_figures_of_other_scripts(text: str, number: Decimal | int) -> None:
    assert read_cell(text, "number") == number


@pytest.mark.parametrize("text", ["5²", "½", "1.5億", "1٬23"])
def test_other_signs_for_numbers_are_not_guessed_at(text: str) -> None:
    with pytest.raises(CellError, match="is not a number"):
        read_cell(text, "number")


@pytest.mark.parametrize(
    "text", ["2026年3月31日", "2026년 3월 31일", "２０２６／０３／３１", "2026. 3. 31.", "٢٠٢٦-٠٣-٣١"]
)
def test_dates_are_read_as_east_asia_and_arabia_write_them(text: str) -> None:
    assert read_cell(text, "date") == date(2026, 3, 31)


@pytest.mark.parametrize(("text", "calendar"), [("31/03/2569", "Buddhist"), ("1447-09-12", "Islamic")])
def test_year_of_another_calendar_is_not_taken_for_ours(text: str, calendar: str) -> None:
    with pytest.raises(CellError, match=calendar):
        read_cell(text, "date")


def test_yes_and_no_are_read_in_other_languages() -> None:
    assert [read_cell(text, "boolean") for text in ("はい", "Да", "نعم", "Evet", "ναι", "Да ")] == [True] * 6
    assert [read_cell(text, "boolean") for text in ("いいえ", "нет", "لا", "hayır", "όχι", "否")] == [
        False
    ] * 6


def test_text_stays_text() -> None:
    assert read_cell("=cmd|'/c calc'!A1", "text") == "=cmd|'/c calc'!A1"
