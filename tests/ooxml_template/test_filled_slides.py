"""A slide that was filled to be measured is written as it is: byte for byte what filling it again would give."""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation

sys.path.insert(0, str(Path(__file__).parent))
from random import Random

from random_decks import DeckMaker, written
from template_builders import chart_deck, compiled_deck
from test_pieces import TEMPLATE, VALUES, assert_read_alike, data_of, rendered

from collateral.expressions.formats import Formats
from collateral.model.plan import TextFit
from collateral.ooxml import compile_template
from collateral.ooxml.template.filling.deck_values import TemplateSlide
from collateral.ooxml.template.filling.functions import Functions

PLAIN = {"title": "For {{ name }}", "bullets": ["{{ points }}", "{% if big %}{{ other }}{% endif %}"]}
TAGS = {"k": b"<tags/>"}
SHRUNK = {shape: TextFit(0.9, 0.1) for shape in range(50)}


def as_it_was_measured(
    template: Any, data: Mapping[str, Any], fits: Mapping[int, TextFit] | None = None
) -> Sequence[Any]:
    """The slides as they are written when they were measured, which are what they are without that."""
    made = rendered(template, data, fits, measured=True)
    again = rendered(template, data, fits)
    assert [slide.xml for slide in made] == [slide.xml for slide in again]
    assert [slide.relationships for slide in made] == [slide.relationships for slide in again]
    return made


@settings(max_examples=40, deadline=None)
@given(VALUES, VALUES, st.lists(VALUES, max_size=4), st.booleans(), st.sampled_from([1.0, 0.925, 0.25]))
def test_a_measured_slide_is_written_as_if_it_were_filled_again(
    name: str, other: str, points: list[str], big: bool, scale: float
) -> None:
    fits = {shape: TextFit(scale, 0.0) for shape in range(0, 50, 2)}
    for template in (TEMPLATE, compiled_deck(PLAIN)):
        for slide in as_it_was_measured(template, data_of(name, other, points, big), fits):
            assert_read_alike(slide, {"rId2": "a", "rIdx1": "b"})


@pytest.mark.parametrize("seed", range(12))
def test_slides_of_any_directives_are_written_as_if_they_were_filled_again(seed: int) -> None:
    maker = DeckMaker(seed)
    template, _ = compile_template(written(maker.deck(), Random(seed)), file="random.pptx")
    assert template is not None
    for _ in range(3):
        as_it_was_measured(template, maker.data(), SHRUNK)


def test_a_measured_slide_is_not_filled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    template = compiled_deck(PLAIN)
    values = data_of("n", "o", ("p",), True)
    filled, _ = template.filled(1, values)
    slides = [TemplateSlide(1, values, SHRUNK, "k", filled=filled)]
    expected, _ = template.assemble(slides, slide_tags=TAGS)
    run, names = Functions.run, list[str]()
    monkeypatch.setattr(
        Functions, "run", lambda self, name, *rest: names.append(name) or run(self, name, *rest)
    )
    chunks, _ = template.assemble(slides, slide_tags=TAGS)
    assert chunks == expected
    assert template.slides[0].owned[0].function not in names


@pytest.mark.parametrize(
    ("values", "formats"),
    [({"name": "other", "points": [1.5], "big": False}, Formats()), (None, Formats("de", "EUR"))],
    ids=["other values", "other formats"],
)
def test_what_was_measured_otherwise_is_filled_again(values: dict[str, Any] | None, formats: Formats) -> None:
    template = compiled_deck(PLAIN)
    own = values or {"name": "n", "points": [2.5], "big": False}
    filled, _ = template.filled(1, {"name": "n", "points": [2.5], "big": False} if values else own)
    made, again = (
        template.assemble(
            [TemplateSlide(1, own, SHRUNK, "k", filled=each)], slide_tags=TAGS, formats=formats
        )[0]
        for each in (filled, None)
    )
    assert made == again


def test_what_cannot_be_written_is_told_of_a_measured_slide_too() -> None:
    template = compiled_deck(PLAIN)
    values = data_of("a\x00b", "o", (), True)
    filled, _ = template.filled(1, values)
    _, found = template.assemble([TemplateSlide(1, values, key="k", filled=filled)], slide_tags=TAGS)
    assert [problem.code for problem in found] == ["characters-left-out"]


@pytest.mark.parametrize(
    ("sales", "usable"), [({"categories": ["a"], "series": {"New": [1]}}, True), ("no chart", False)]
)
def test_the_chart_of_a_measured_slide_is_written_or_told_of(sales: object, usable: bool) -> None:
    deck, saved = Presentation(io.BytesIO(chart_deck())), io.BytesIO()
    deck.slides[0].shapes.title.text = "{{ name }}"
    deck.save(saved)
    template, _ = compile_template(saved.getvalue(), file="chart.pptx")
    assert template is not None
    values = {"name": "n", "sales": sales}
    filled, _ = template.filled(1, values)
    assert filled is not None
    made, again = (
        template.assemble([TemplateSlide(1, values, key="k", filled=each)], slide_tags=TAGS)
        for each in (filled, None)
    )
    assert made == again
    assert (made[0] is not None) is usable is (made[1] == [])


def test_a_scale_no_program_takes_is_seen_of_a_measured_slide_too() -> None:
    from collateral.ooxml.validate.scan import scan_pieces

    fits = {shape: TextFit(0.001, 0.0) for shape in range(50)}
    slide, *_ = as_it_was_measured(compiled_deck(PLAIN), data_of("n", "o", ("p",), True), fits)
    assert slide.pieces is not None
    assert "invalid-attribute" in [problem.code for problem in scan_pieces(slide.pieces, slide.xml).problems]
