"""Tables that go on on a next slide: measured in the columns they are drawn with, which stay the same on every slide."""

from __future__ import annotations

import pytest

from collateral.model.content import Run, Table
from collateral.model.frames import Frame, LevelStyle
from collateral.model.table_widths import column_widths
from collateral.plan.fitting import split_table

TEXTS = {
    "en": "Nobody decided that; it happens because nobody can see where a request stands in a mailbox.",
    "ja": "依頼がどこで止まっているのかが見えないために起こるのです。誰かがそう決めたわけではありません。",
    "hi": "किसी ने ऐसा तय नहीं किया था; ऐसा इसलिए होता है कि कोई नहीं देख पाता कि अनुरोध कहाँ अटका है।",
}


def table_of(text: str, rows: int) -> Table:
    def row(*cells: str) -> tuple[tuple[Run, ...], ...]:
        return tuple((Run(cell),) for cell in cells)

    return Table(row("No", "Why", "Days"), tuple(row(str(n), text, "12") for n in range(rows)), (None,) * 3)


def frame() -> Frame:
    return Frame(
        10_500_000,
        4_300_000,
        0,
        0,
        91440,
        45720,
        91440,
        45720,
        levels=(LevelStyle(font="Calibri", size=20.0),),
    )


@pytest.mark.parametrize("language", list(TEXTS))
def test_table_with_one_wide_column_takes_no_more_slides_than_it_needs(language: str) -> None:
    assert len(split_table(table_of(TEXTS[language], 7), frame(), size=14.0)) == 1


@pytest.mark.parametrize("language", list(TEXTS))
def test_parts_of_a_table_have_the_columns_of_the_whole(language: str) -> None:
    whole = table_of(TEXTS[language], 20)
    parts = split_table(whole, frame(), size=14.0)
    assert len(parts) > 1 and sum(len(part.rows) for part in parts) == 20
    widths = {tuple(column_widths(part, 10_500_000, em=14 * 12700, padding=182880)) for part in parts}
    assert len(widths) == 1
