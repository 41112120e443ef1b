"""What is seen at a glance to fit is what measuring finds to fit, and nothing is said that measuring does not say."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collateral.model.frames import Frame, LevelStyle
from collateral.typeset import BOOK, Engine, TypesetParagraph, TypesetRun, fit_text, measure
from collateral.typeset.fit import STEPS
from collateral.typeset.glance import holds, lines_of, overflows, row_of
from collateral.typeset.measure import Setting
from collateral.typeset.sheet import sheet_of

WORDS = st.lists(
    st.sampled_from(
        [
            "Drivers",
            "see",
            "W" * 9,
            "WWMM@%",
            "i",
            "follow-up",
            "-up",
            "-",
            "–",
            "2026-11-30",
            "A–V-T",
            "Größe",
            "!",
            "(a)",
            "žluťoučký",
            "ﬁt",
            "a\u00a0b",
            "東京",
            "x" * 60,
            "",
        ]
    ),
    max_size=14,
).map(" ".join)
FONTS = st.sampled_from(["Calibri", "Montserrat", "Verdana", "Nobody Knows", "Poppins", "Liberation Mono"])
RUNS = st.builds(
    TypesetRun,
    WORDS,
    bold=st.booleans(),
    italic=st.just(False),
    font=st.none() | FONTS,
    size=st.none() | st.sampled_from([9.0, 18.0, 44.0]),
    caps=st.sampled_from([None, True]),
    spacing=st.sampled_from([None, 0.0, 2.5, -1.0]),
)
PARAGRAPHS = st.lists(
    st.builds(
        TypesetParagraph,
        st.tuples(RUNS) | st.tuples(RUNS, RUNS) | st.just(()),
        level=st.integers(0, 2),
        bullet=st.sampled_from([None, True, False]),
        said=st.just(()),
    ),
    max_size=4,
)
LEVELS = st.builds(
    LevelStyle,
    size=st.sampled_from([10.0, 20.0, 32.0]),
    line_spacing=st.sampled_from([0.9, 1.0, 1.5, -24.0]),
    space_before=st.sampled_from([0.0, 6.0, -0.5]),
    space_after=st.sampled_from([0.0, 4.0]),
    margin_left=st.sampled_from([0, 342900]),
    indent=st.sampled_from([0, -342900, 228600]),
    bullet=st.booleans(),
)
FRAMES = st.builds(
    Frame,
    width=st.integers(40, 700).map(lambda points: points * 12700),
    height=st.integers(10, 400).map(lambda points: points * 12700),
    columns=st.sampled_from([1, 1, 1, 2]),
    wrap=st.sampled_from([True, True, False]),
    vertical=st.sampled_from(["horz", "horz", "vert"]),
    reach=st.sampled_from([0, 0, 2_000_000]),
    levels=st.tuples(LEVELS, LEVELS),
)


@settings(max_examples=600, deadline=None)
@given(FRAMES, PARAGRAPHS)
def test_what_is_seen_to_fit_is_measured_to_fit(frame: Frame, text: list[TypesetParagraph]) -> None:
    sheet = sheet_of(frame, Engine.SAFE, BOOK)
    if holds(sheet, text) is not None:
        setting = Setting(sheet, sheet.ready(text), 1.0, 0.0)
        assert setting.fits
        assert not setting.broken


@settings(max_examples=600, deadline=None)
@given(FRAMES, PARAGRAPHS, st.sampled_from(STEPS))
def test_what_is_seen_to_overflow_is_measured_to_overflow(
    frame: Frame, text: list[TypesetParagraph], step: tuple[float, float]
) -> None:
    sheet = sheet_of(frame, Engine.SAFE, BOOK)
    ready = sheet.ready(text)
    if overflows(sheet, ready, *step):
        assert not Setting(sheet, ready, *step).fits


def test_a_text_far_too_long_is_seen_to_overflow() -> None:
    frame = Frame(200 * 12700, 40 * 12700, levels=(LevelStyle(size=20),))
    sheet = sheet_of(frame, Engine.SAFE, BOOK)
    assert overflows(sheet, sheet.ready([TypesetParagraph.of("many words " * 20)]), 0.85, 0.2)
    assert not overflows(sheet, sheet.ready([TypesetParagraph.of("one word")]), 1.0, 0.0)


@settings(max_examples=400, deadline=None)
@given(FRAMES.filter(lambda frame: frame.wrap), RUNS)
def test_no_text_takes_more_or_fewer_lines_than_is_seen(frame: Frame, run: TypesetRun) -> None:
    paragraph = TypesetParagraph((run,))
    least, most = lines_of(row_of(sheet_of(frame, Engine.SAFE, BOOK), paragraph), run.text)
    assert least <= measure(frame, [paragraph]).lines <= most


WORDS = st.lists(st.text("abcdefgWMi,.", min_size=1, max_size=9), min_size=1, max_size=40).map(" ".join)


@settings(max_examples=400, deadline=None)
@given(st.integers(500_000, 4_000_000), st.sampled_from([10.0, 14.0, 18.5]), WORDS)
def test_lines_of_words_are_counted_right(width: int, size: float, text: str) -> None:
    frame = Frame(width, 10 * 12700, levels=(LevelStyle(size=size, margin_left=90_000, indent=-90_000),))
    paragraph = TypesetParagraph.of(text)
    least, most = lines_of(row_of(sheet_of(frame, Engine.SAFE, BOOK), paragraph), text)
    assert least <= measure(frame, [paragraph]).lines <= most


def test_two_lines_of_words_are_seen_to_be_two() -> None:
    frame = Frame(200 * 12700, 10 * 12700, levels=(LevelStyle(size=20),))
    row = row_of(sheet_of(frame, Engine.SAFE, BOOK), TypesetParagraph.of("x"))
    assert lines_of(row, "more words than fit into it") == (2, 2)


@pytest.mark.parametrize(
    "text", ["short", "two or three words that still stand in one line", "Straße, größer"]
)
def test_short_texts_in_large_boxes_are_seen_to_fit(text: str) -> None:
    frame = Frame(600 * 12700, 60 * 12700, levels=(LevelStyle(size=20),))
    assert holds(sheet_of(frame, Engine.SAFE, BOOK), [TypesetParagraph.of(text)]) == ()


@pytest.mark.parametrize("texts", [("Prepared for ", "Anna", ", 2026-11-30"), ("IT-", "Sicherheit"), ()])
def test_runs_beside_each_other_in_large_boxes_are_seen_to_fit(texts: tuple[str, ...]) -> None:
    frame = Frame(900 * 12700, 60 * 12700, levels=(LevelStyle(size=20, font="Nobody Knows"),))
    runs = [TypesetRun(text, bold=bool(at % 2)) for at, text in enumerate(texts)]
    found = holds(sheet_of(frame, Engine.SAFE, BOOK), [TypesetParagraph(tuple(runs))])
    assert found is not None
    assert [d.code for d in found] == ["font-stand-in"] * bool(texts)


@pytest.mark.parametrize("text", ["between hyphens: IT-Sicherheit, 2026-11-30", "a dash – and another"])
def test_words_with_hyphens_are_seen_to_fit(text: str) -> None:
    frame = Frame(500 * 12700, 40 * 12700, levels=(LevelStyle(size=20),))
    assert holds(sheet_of(frame, Engine.SAFE, BOOK), [TypesetParagraph.of(text)]) == ()


def test_fonts_measured_as_others_are_told_of_at_a_glance_too() -> None:
    frame = Frame(600 * 12700, 200 * 12700, levels=(LevelStyle(size=20, font="Nobody Knows"),))
    text = [TypesetParagraph.of("one"), TypesetParagraph.of("two")]
    assert holds(sheet_of(frame, Engine.SAFE, BOOK), text) is not None
    fit = fit_text(frame, [text])
    assert [d.code for d in fit.diagnostics] == ["font-stand-in"]
    assert fit.measured.lines == 2


@pytest.mark.parametrize("style", [{"space_before": 30.0}, {"space_after": 30.0}])
def test_the_space_between_paragraphs_counts(style: dict[str, float]) -> None:
    low, high = (
        Frame(600 * 12700, height * 12700, levels=(LevelStyle(size=20, **style),)) for height in (70, 100)
    )
    text = [TypesetParagraph.of("one"), TypesetParagraph.of("two")]
    assert holds(sheet_of(low, Engine.SAFE, BOOK), text) is None
    assert holds(sheet_of(high, Engine.SAFE, BOOK), text) == ()
