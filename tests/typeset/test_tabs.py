"""Tabs: which stops a paragraph has, and what stands at them. Widths are points, of words measured by themselves."""

from __future__ import annotations

import pytest

from collateral.model.frames import Frame, LevelStyle
from collateral.typeset import Engine, Measured, TypesetParagraph, TypesetRun, measure

POINT = 12700
OFFICE = Engine.LIBREOFFICE


def box(width: float, **level: object) -> Frame:
    """A frame without insets; margins, indents and stops are points."""
    for name in ("margin_left", "indent", "tab_size"):
        if name in level:
            level[name] = round(float(str(level[name])) * POINT)
    stops = level.pop("stops", ())
    tabs = tuple((round(at * POINT), kind) for at, kind in stops)  # type: ignore[attr-defined]
    style = LevelStyle(font="Arial", tabs=tabs, **level)  # type: ignore[arg-type]
    return Frame(round(width * POINT), 1000 * POINT, 0, 0, 0, 0, 0, 0, levels=(style,))


def measured(frame: Frame, text: str, engine: Engine = OFFICE) -> Measured:
    return measure(frame, [TypesetParagraph.of(text)], engine=engine)


def widest(frame: Frame, text: str, engine: Engine = OFFICE) -> float:
    return measured(frame, text, engine).widest / POINT


def alone(text: str) -> float:
    return widest(box(2000), text)


@pytest.mark.parametrize(("text", "end"), [("a\tb", 72.0), ("a\t\tb", 144.0), ("\tb", 72.0)])
def test_tab_goes_to_the_next_inch_when_nothing_is_said(text: str, end: float) -> None:
    assert widest(box(500), text) == pytest.approx(end + alone("b"), abs=0.01)


@pytest.mark.parametrize(
    ("stop", "text", "end"),
    [
        ((100.0, "l"), "a\tword", 100 + alone("word")),
        ((200.0, "r"), "a\ttwo words", 200.0),
        ((200.0, "ctr"), "a\tword", 200 + alone("word") / 2),
        ((200.0, "dec"), "a\t12.50", 200 + alone("12.50") * 3 / 5),
        ((200.0, "dec"), "a\tword", 200.0),
        ((30.0, "r"), "a\ttoo long for it", alone("a") + alone("too long for it")),
        ((100.0, "l"), "a\tb\tc", 144 + alone("c")),
    ],
    ids=["left", "right", "centre", "decimal", "no decimals", "too long", "behind the last"],
)
def test_text_stands_at_the_paragraphs_own_stop(stop: tuple[float, str], text: str, end: float) -> None:
    assert widest(box(500, stops=[stop]), text) == pytest.approx(end, abs=0.6)


def test_hanging_indent_ends_at_a_stop() -> None:
    frame = box(500, margin_left=40, indent=-40)
    assert widest(frame, "a\tb") == pytest.approx(40 + alone("b"), abs=0.01)


def test_right_stop_at_the_end_of_the_line_keeps_text_on_it() -> None:
    frame = box(200, stops=[(200, "r")])
    assert measured(frame, "Total\t1,400", Engine.SAFE).lines == 1


def test_tab_without_room_begins_the_next_line() -> None:
    assert measured(box(110), "two words\tand").lines == 2
    assert measured(box(90), "two words\tand").lines == 3  # and there the word has none
    assert measured(box(110, stops=[(300, "l")]), "a\tb").lines == 3  # nor on a line of its own


def test_default_stops_are_as_far_apart_as_the_paragraph_says() -> None:
    frame = box(2000, tab_size=200)
    assert widest(frame, "a\tb", Engine.SAFE) == pytest.approx(200 + alone("b"), abs=1)


def test_stops_stay_where_they_are_when_text_is_shrunk() -> None:
    paragraphs = [TypesetParagraph.of("a\tb")]
    shrunk = measure(box(500, stops=[(100, "r")]), paragraphs, engine=OFFICE, scale=0.5)
    assert shrunk.widest / POINT == pytest.approx(100, abs=0.01)


def test_stops_that_a_paragraph_says_itself_are_its_own() -> None:
    said = (("tabs", ((300 * POINT, "r"),)),)
    other = TypesetParagraph((TypesetRun("a\tb"),), said=said)
    assert measure(box(500), [other], engine=OFFICE).widest / POINT == pytest.approx(300, abs=0.01)
    assert widest(box(500), "a\tb") < 100


def test_words_that_are_cut_keep_the_tabs_behind_them() -> None:
    assert measured(box(100), "W" * 12 + "\tb").lines >= 3
