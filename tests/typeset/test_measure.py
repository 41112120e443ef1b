"""Heights of text in frames: against what LibreOffice 7.4 gave (heights.csv), and properties that must always hold."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collateral.model.frames import Frame, LevelStyle
from collateral.typeset import Engine, TypesetParagraph, TypesetRun, measure

POINT = 12700
CASES = list(csv.DictReader((Path(__file__).parent / "heights.csv").open(encoding="utf-8")))
SENTENCE = "Drivers see their slot before they leave home; planners see who is late and why."


def box(width: float, height: float = 1000, **level: object) -> Frame:
    """A frame without insets, in points."""
    style = LevelStyle(**level)  # type: ignore[arg-type]
    return Frame(round(width * POINT), round(height * POINT), 0, 0, 0, 0, 0, 0, levels=(style,))


def case_frame(case: dict[str, str]) -> Frame:
    return box(
        float(case["width"]),
        font=case["font"],
        size=float(case["size"]),
        line_spacing=float(case["line"] or 1),
        space_before=float(case["before"] or 0),
        space_after=float(case["after"] or 0),
        margin_left=int(case["margin"]) * POINT,
        indent=int(case["indent"]) * POINT,
        bullet=int(case["indent"]) < 0,
    )


def case_text(case: dict[str, str]) -> list[TypesetParagraph]:
    run = TypesetRun(case["text"], bold=case["bold"] == "1")
    return [TypesetParagraph((run,))] * int(case["paragraphs"])


def case_name(case: dict[str, str]) -> str:
    return f"{case['font']} {case['size']} in {case['width']} {case['line']} {case['before']} {case['after']}"


@pytest.mark.parametrize("case", CASES, ids=case_name)
def test_height_is_the_one_libreoffice_gives(case: dict[str, str]) -> None:
    measured = measure(case_frame(case), case_text(case), engine=Engine.LIBREOFFICE)
    assert measured.height / POINT == pytest.approx(float(case["height"]), rel=0.01)


@pytest.mark.parametrize("case", CASES, ids=case_name)
def test_safe_height_is_never_less_than_libreoffice_gives(case: dict[str, str]) -> None:
    measured = measure(case_frame(case), case_text(case))
    assert measured.height / POINT >= float(case["height"]) - 0.2


def test_one_line_is_as_high_as_powerpoint_grows_a_box_for_it() -> None:
    frame = Frame(3_000_000, 0, levels=(LevelStyle(size=18),))
    measured = measure(frame, [TypesetParagraph.of("Hours won back")])
    assert measured.height == pytest.approx(369_332, rel=0.003)  # what PowerPoint stores for 18 pt


def test_insets_add_to_the_height_and_take_from_the_width() -> None:
    bare, padded = box(300), replace(box(300), inset_top=POINT * 10, inset_left=POINT * 150)
    text = [TypesetParagraph.of(SENTENCE)]
    assert measure(padded, text).lines > measure(bare, text).lines
    assert (
        measure(padded, [TypesetParagraph.of("x")]).height
        == measure(bare, [TypesetParagraph.of("x")]).height + POINT * 10
    )


def test_exact_line_spacing_ignores_the_font() -> None:
    measured = measure(box(500, line_spacing=-30, size=12), [TypesetParagraph.of("a\nb\nc")])
    assert measured.height == 90 * POINT


def test_space_before_the_first_and_after_the_last_paragraph_does_not_count() -> None:
    plain = measure(box(500), [TypesetParagraph.of("a")] * 2)
    spaced = measure(box(500, space_before=10, space_after=5), [TypesetParagraph.of("a")] * 2)
    assert spaced.height == plain.height + 15 * POINT


def test_line_break_starts_a_line_and_an_empty_paragraph_is_one() -> None:
    assert measure(box(500), [TypesetParagraph.of("a\nb"), TypesetParagraph.of("")]).lines == 3


def test_caps_letter_spacing_and_bold_widen() -> None:
    plain = measure(box(5000), [TypesetParagraph.of(SENTENCE)]).widest
    assert measure(box(5000, caps=True), [TypesetParagraph.of(SENTENCE)]).widest > plain
    assert measure(box(5000, spacing=1), [TypesetParagraph.of(SENTENCE)]).widest > plain
    assert measure(box(5000, bold=True), [TypesetParagraph.of(SENTENCE)]).widest > plain


def test_capitals_and_letter_spacing_of_a_run_are_its_own() -> None:
    plain, wide = TypesetRun(SENTENCE), TypesetRun(SENTENCE, caps=True, spacing=1)
    both = measure(box(5000), [TypesetParagraph((plain,)), TypesetParagraph((wide,))])
    assert both.widest == measure(box(5000, caps=True, spacing=1), [TypesetParagraph((plain,))]).widest
    calm = TypesetRun(SENTENCE, caps=False, spacing=0)
    level = box(5000, caps=True, spacing=1)
    assert (
        measure(level, [TypesetParagraph((calm,))]).widest
        == measure(box(5000), [TypesetParagraph((plain,))]).widest
    )


def test_soft_hyphen_takes_room_only_where_a_line_ends() -> None:
    one, parted = (
        measure(box(5000), [TypesetParagraph.of(text)]).widest for text in ("wordword", "word\u00adword")
    )
    assert one == parted
    two = measure(box(50, size=18), [TypesetParagraph.of("word\u00adword")])
    assert two.lines == 2 and two.widest > measure(box(50, size=18), [TypesetParagraph.of("word")]).widest
    mixed = (TypesetRun("word\u00ad", bold=True), TypesetRun("word"))
    assert (
        measure(box(5000), [TypesetParagraph(mixed)]).widest
        == measure(box(5000), [TypesetParagraph((TypesetRun("word", bold=True), TypesetRun("word")))]).widest
    )


def test_hyphens_a_font_lacks_are_as_wide_as_its_hyphen() -> None:
    for sign in "\u2010\u2011":
        assert (
            measure(box(5000), [TypesetParagraph.of(f"a{sign}b")]).widest
            == measure(box(5000), [TypesetParagraph.of("a-b")]).widest
        )


def test_word_cut_by_runs_is_one_word() -> None:
    runs = (TypesetRun("won "), TypesetRun("ho"), TypesetRun("urs", bold=True))
    whole = measure(box(60), [TypesetParagraph((TypesetRun("won hours"),))])
    assert measure(box(60), [TypesetParagraph(runs)]).lines == whole.lines == 2


def test_larger_run_raises_only_its_own_line() -> None:
    runs = (TypesetRun("a\n"), TypesetRun("b", size=36), TypesetRun("\nc"))
    measured = measure(box(500, size=18), [TypesetParagraph(runs)], engine=Engine.LIBREOFFICE)
    assert measured.height == pytest.approx((18 + 36 + 18) * 1.2 * POINT, rel=0.26)
    assert measured.height > measure(box(500, size=18), [TypesetParagraph.of("a\nb\nc")]).height


def test_tab_goes_to_the_next_stop() -> None:
    assert measure(box(500), [TypesetParagraph.of("a\tb")]).widest > 72 * POINT


def test_bullet_text_begins_at_the_margin() -> None:
    style = {"bullet": True, "margin_left": 100 * POINT, "indent": -20 * POINT}
    with_bullet = measure(box(300, **style), [TypesetParagraph.of(SENTENCE)])
    without = measure(box(300, **style), [TypesetParagraph((TypesetRun(SENTENCE),), bullet=False)])
    assert with_bullet.lines >= without.lines


def test_right_margin_of_a_paragraph_takes_from_its_lines() -> None:
    plain, narrow = box(300), box(300, margin_right=150 * POINT)
    text = [TypesetParagraph.of(SENTENCE)]
    assert measure(narrow, text).lines == measure(box(150), text).lines > measure(plain, text).lines


def test_vertical_text_runs_along_the_height() -> None:
    frame = replace(box(30, 600), vertical="vert")
    measured = measure(frame, [TypesetParagraph.of(SENTENCE)])
    assert (measured.room, measured.available) == (600 * POINT, 30 * POINT)
    assert measured.lines == measure(box(600), [TypesetParagraph.of(SENTENCE)]).lines


def test_columns_share_the_lines() -> None:
    text = [TypesetParagraph.of(SENTENCE)] * 4
    one = measure(box(200, 400), text)
    two = measure(replace(box(400, 400), columns=2), text)
    assert one.height * 0.49 <= two.height < one.height * 0.7


def test_column_that_is_too_low_overflows() -> None:
    two = measure(replace(box(400, 60), columns=2), [TypesetParagraph.of(SENTENCE)] * 6)
    assert not two.fits
    assert two.overflow_lines > 0


def test_text_without_wrapping_stays_on_its_line() -> None:
    assert measure(replace(box(50), wrap=False), [TypesetParagraph.of(SENTENCE)]).lines == 1


def test_overflow_tells_by_how_many_lines() -> None:
    measured = measure(box(500, 50, size=20), [TypesetParagraph.of("a\nb\nc\nd")], engine=Engine.LIBREOFFICE)
    assert (measured.overflow_lines, measured.fits) == (2, False)
    assert measured.overflow_points == pytest.approx(4 * 24 - 50 - 0.05 * 24, abs=0.1)


def test_word_wider_than_the_box_is_broken_and_counted() -> None:
    measured = measure(box(60, size=20), [TypesetParagraph.of("Umsatzsteuervoranmeldungen")])
    assert measured.broken_words == 1
    assert measured.lines >= 4


def test_frame_without_levels_is_measured_with_the_formats_defaults() -> None:
    assert measure(Frame(3_000_000, 400_000), [TypesetParagraph.of("x")]).fits


def test_painted_size_is_rounded_as_powerpoint_rounds() -> None:
    frame = box(1000, size=22)
    rounded = measure(frame, [TypesetParagraph.of("x")], scale=0.625)  # 13.75 is painted as 14
    assert rounded.height == measure(box(1000, size=14), [TypesetParagraph.of("x")]).height


words = st.lists(
    st.sampled_from(
        [
            "Dock",
            "waiting",
            "time",
            "fell",
            "by",
            "31%",
            "in",
            "nine",
            "months",
            "AVOID",
            "Überlänge",
            "日本語",
            "well-known",
        ]
    ),
    min_size=1,
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(words, st.integers(40, 400), st.integers(1, 200))
def test_wider_box_never_needs_more_height(text: list[str], width: int, more: int) -> None:
    paragraphs = [TypesetParagraph.of(" ".join(text))]
    assert measure(box(width + more), paragraphs).height <= measure(box(width), paragraphs).height


@settings(max_examples=60, deadline=None)
@given(words, st.integers(60, 400), st.sampled_from([0.9, 0.7, 0.5]))
def test_larger_scale_never_gives_fewer_lines(text: list[str], width: int, scale: float) -> None:
    paragraphs = [TypesetParagraph.of(" ".join(text))]
    small = measure(box(width), paragraphs, scale=scale, engine=Engine.LIBREOFFICE)
    assert small.lines <= measure(box(width), paragraphs, engine=Engine.LIBREOFFICE).lines


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.integers(1, 300))
def test_any_text_can_be_measured(text: str, width: int) -> None:
    assert measure(box(width), [TypesetParagraph.of(text)]).lines >= 1
