"""How large pictures are: lengths as people write them, and sizes in running text."""

from __future__ import annotations

import pytest

from collateral.ooxml.sizes import emu_of, size_in_text


@pytest.mark.parametrize(
    ("text", "emu"),
    [
        ("20mm", 720_000),
        ("2 cm", 720_000),
        ("1in", 914_400),
        ("72pt", 914_400),
        ("96PX", 914_400),
        (" 1,5 cm ", 540_000),
    ],
)
def test_length_with_its_unit_is_read(text: str, emu: int) -> None:
    assert emu_of(text) == emu


@pytest.mark.parametrize(
    "text", ["", "20", "mm", "20 m", "-2cm", "2e3mm", "50%", "1.2.3mm", "0mm", "9" * 9 + "mm"]
)
def test_anything_else_is_none(text: str) -> None:
    assert not emu_of(text)


@pytest.mark.parametrize(
    ("wanted", "size"),
    [
        ((0, 0), (1000, 500)),
        ((3000, 0), (3000, 1500)),
        ((0, 100), (200, 100)),
        ((400, 400), (400, 200)),
        ((0, 800), (1000, 500)),
    ],
)
def test_size_in_text_keeps_the_proportions(wanted: tuple[int, int], size: tuple[int, int]) -> None:
    assert size_in_text((2000, 1000), wanted, room=1000) == size
