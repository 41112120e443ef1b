"""The rule by which text is made to fit: wording, then shrinking, then splitting, then an error that says by how much."""

from __future__ import annotations

import pytest

from collateral.model.frames import Frame, LevelStyle
from collateral.typeset import TypesetParagraph, TypesetRun, fit_text, measure, row_heights
from collateral.typeset.fit import GENTLE, STEPS

LONG = [
    TypesetParagraph.of("Drivers see their slot before they leave home; planners see who is late and why.")
] * 5
SHORT = [TypesetParagraph.of("Drivers see their slot.")] * 5


def frame(height: int, width: int = 400, **values: object) -> Frame:
    levels = (LevelStyle(size=20, space_before=6),)
    return Frame(width * 12700, height * 12700, levels=levels, **values)  # type: ignore[arg-type]


def needed(text: list[TypesetParagraph], scale: float = 1.0, spacing: float = 0.0) -> int:
    return measure(frame(1), text, scale=scale, spacing=spacing).height // 12700 + 1


def test_word_wider_than_its_box_is_told_by_name() -> None:
    word = "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnungsantrag"
    fit = fit_text(frame(500, 200), [[TypesetParagraph.of(f"Der {word} wartet.")]], floor=0.7)
    (found,) = [d for d in fit.diagnostics if d.code == "word-broken"]
    assert fit.fits and "Grundstücksverkehrs" in found.message
    parted = word.replace("genehmigungs", "\u00adgenehmigungs\u00ad").replace(
        "übertragungs", "\u00adübertragungs\u00ad"
    )
    parted = (
        parted.replace("verordnungs", "verordnungs\u00ad")
        .replace("stücks", "stücks\u00ad")
        .replace("ständigkeits", "\u00adständigkeits")
    )
    fit = fit_text(frame(500, 200), [[TypesetParagraph.of(f"Der {parted} wartet.")]], floor=0.7)
    assert all(d.code != "word-broken" for d in fit.diagnostics)


def test_sentences_in_scripts_without_blanks_break_no_word() -> None:
    for text in (
        "依頼がどこで止まっているのかが見えないために起こるのです。" * 3,
        "รอให้ใครสักคนสังเกตว่าถึงคราวของตนแล้ว" * 3,
    ):
        fit = fit_text(frame(500, 200), [[TypesetParagraph.of(text)]])
        assert all(d.code != "word-broken" for d in fit.diagnostics)


def test_text_that_fits_is_left_alone() -> None:
    fit = fit_text(frame(500), [LONG, SHORT])
    assert (fit.wording, fit.scale, fit.reduction, fit.writes_autofit) == (0, 1.0, 0.0, False)


def test_full_wording_slightly_shrunk_beats_the_short_one() -> None:
    fit = fit_text(frame(needed(LONG, 0.925, 0.2)), [LONG, SHORT])
    assert fit.wording == 0
    assert GENTLE <= fit.scale < 1
    assert fit.writes_autofit


def test_short_wording_beats_shrinking_the_full_one_much() -> None:
    fit = fit_text(frame(needed(LONG, 0.7, 0.2)), [LONG, SHORT])
    assert (fit.wording, fit.scale) == (1, 1.0)


def test_only_wording_is_shrunk_to_the_floor() -> None:
    fit = fit_text(frame(needed(LONG, 0.7, 0.2)), [LONG], floor=0.7)
    assert fit.fits
    assert (fit.scale, fit.reduction) in STEPS
    assert fit.scale < GENTLE


def test_line_spacing_is_given_up_before_the_font_size() -> None:
    fit = fit_text(frame(needed(LONG, 1.0, 0.1)), [LONG])
    assert (fit.scale, fit.reduction) == (1.0, 0.1)


def test_text_that_cannot_fit_says_by_how_much_and_where_to_go_on() -> None:
    fit = fit_text(frame(150), [LONG], floor=0.85)
    assert not fit.fits
    assert fit.overflow is not None
    assert fit.overflow.overflow_lines > 0
    assert fit.split_after == sum(end <= fit.measured.available for end in fit.measured.paragraph_ends)
    assert fit_text(frame(150), [LONG[: fit.split_after]], floor=0.85).fits


def test_paragraph_that_alone_is_too_high_gives_no_place_to_split() -> None:
    assert fit_text(frame(20), [LONG[:1]], floor=0.85).split_after is None


def test_nothing_is_shrunk_below_the_floor() -> None:
    for floor in (1.0, 0.9, 0.7, 0.5):
        assert fit_text(frame(10), [LONG], floor=floor).scale >= floor


def test_stored_scale_that_no_longer_holds_is_to_be_rewritten() -> None:
    fit = fit_text(frame(500, font_scale=0.625, line_reduction=0.2), [LONG])
    assert fit.scale == 1.0
    assert fit.writes_autofit


def test_word_is_shrunk_rather_than_broken_in_the_middle() -> None:
    word = [TypesetParagraph.of("Umsatzsteuervoranmeldungen")]
    width = measure(frame(500, 1000), word).widest / 12700 + 14.4
    fit = fit_text(frame(500, round(width * 0.9)), [word])
    assert fit.scale < 1
    assert fit.measured.broken_words == 0


def test_word_that_no_scale_saves_is_broken_at_full_size() -> None:
    fit = fit_text(frame(500, 60), [[TypesetParagraph.of("x" * 80)]])
    assert fit.scale == 1.0
    assert fit.measured.broken_words == 1


def test_line_that_does_not_wrap_is_shrunk_to_stay_on_the_slide() -> None:
    text = SHORT[:1]
    wide = measure(frame(100, 50, wrap=False), text).widest
    assert fit_text(frame(100, 50, wrap=False), [text]).scale == 1.0
    assert 0.7 <= fit_text(frame(100, 50, wrap=False, reach=round(wide * 0.8)), [text]).scale < 1.0
    over = fit_text(frame(100, 50, wrap=False, reach=wide // 4), [text], floor=0.9).overflow
    assert over is not None and over.overflow_points == 0 and over.beyond_points > 0


def test_title_takes_the_one_step_powerpoint_takes_first() -> None:
    fit = fit_text(frame(needed(LONG, 0.9)), [LONG], title=True)
    assert (fit.scale, fit.reduction) == (0.9, 0.0)


def test_title_that_does_not_fit_at_that_step_is_shrunk_down_to_the_floor() -> None:
    fit = fit_text(frame(needed(LONG, 0.7)), [LONG], title=True)
    assert fit.fits
    assert fit.scale == 0.7


def test_stand_in_font_is_named_in_the_result() -> None:
    fit = fit_text(
        Frame(5_000_000, 400_000, levels=(LevelStyle(font="Aptos"),)), [[TypesetParagraph.of("Hours")]]
    )
    assert [d.code for d in fit.diagnostics] == ["font-stand-in"]


@pytest.mark.parametrize(("width", "rows"), [(3_000_000, 1), (600_000, 3)])
def test_row_is_as_high_as_its_highest_cell(width: int, rows: int) -> None:
    style = LevelStyle(size=12)
    cells = [(TypesetRun("Antwerp"),), (TypesetRun("Rotterdam and Antwerp"),)]
    (height,) = row_heights([cells], [3_000_000, width], style)
    (one,) = row_heights([[(TypesetRun("x"),)]], 3_000_000, style)
    assert round((height - 91440) / (one - 91440)) >= rows


def test_row_is_never_lower_than_its_least_height() -> None:
    assert row_heights([[(TypesetRun("x"),)]] * 2, 1_000_000, LevelStyle(), least=[900_000, 0])[0] == 900_000
