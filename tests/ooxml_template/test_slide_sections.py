"""Section directives of decks: several slides that go, stay or repeat together."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from template_builders import deck, filled_deck, in_sections, member, slides_of

from collateral.ooxml import compile_template, fill, inspect

REGIONS = [{"n": "north", "open": True}, {"n": "south", "open": False}]


def titles(data: bytes) -> list[str]:
    return [slide[0] for slide in slides_of(data)]


def problems(*slides: Mapping[str, Any], sections: Sequence[int] = ()) -> dict[str, str]:
    data = deck(*slides)
    _, found = compile_template(in_sections(data, sections) if sections else data, file="t.pptx")
    return {d.code: f"{d.message} @ {d.at}" for d in found}


def test_slides_up_to_the_end_of_a_section_repeat_turn_by_turn() -> None:
    made = filled_deck(
        {"title": "Start"},
        {"title": "{%section for r in regions %}{{ r.n }} one"},
        {"title": "{{ r.n }} two of {{ loop.length }}"},
        {"title": "{{ r.n }} three{%section endfor %}"},
        {"title": "End"},
        regions=REGIONS,
    )
    turns = [[f"{n} one", f"{n} two of 2", f"{n} three"] for n in ("north", "south")]
    assert titles(made) == ["Start", *turns[0], *turns[1], "End"]


def test_directives_stand_in_each_other_and_around_those_of_slides() -> None:
    slides = (
        {"title": "{%section if shown %}{%section for r in regions %}{{ r.n }}"},
        {"title": "{{ r.n }} open", "notes": "{%slide if r.open %}"},
        {"title": "{{ r.n }} {{ x }}{%section endfor %}", "notes": "{%slide for x in [1, 2] %}"},
        {"title": "Last{%section endif %}"},
        {"title": "Always"},
    )
    made = filled_deck(*slides, shown=True, regions=REGIONS)
    assert titles(made) == (
        ["north", "north open", "north 1", "north 2", "south", "south 1", "south 2", "Last", "Always"]
    )
    assert titles(filled_deck(*slides, shown=False)) == ["Always"]


def test_of_directives_for_the_same_slides_the_first_is_around_the_others() -> None:
    slides = (
        {"title": "{%section if regions %}{%section for r in regions %}{%section for x in r.xs %}{{ x }}"},
        {"title": "{{ r.n }}{%section endfor %}{%section endfor %}{%section endif %}"},
    )
    regions = [{"n": "north", "xs": [1, 2]}, {"n": "south", "xs": [3]}]
    made = filled_deck({"title": "0"}, *slides, regions=regions)
    assert titles(made) == ["0", "1", "north", "2", "north", "3", "south"]
    assert titles(filled_deck({"title": "0"}, *slides, regions=[])) == ["0"]


@pytest.mark.parametrize("at", [1, 2])
def test_directive_without_an_end_governs_the_section_its_slide_stands_in(at: int) -> None:
    slides = [{"title": f"{n}"} for n in range(5)]
    slides[at]["notes"] = "{%section if shown %}"
    data = in_sections(deck(*slides), (1, 2, 2))
    for shown, left in ((True, ["0", "1", "2", "3", "4"]), (False, ["0", "3", "4"])):
        made, found = fill(data, {"shown": shown}, file="t.pptx")
        assert made is not None, found
        assert titles(made) == left


def test_directive_without_an_end_is_refused_where_there_are_no_sections() -> None:
    found = problems({"title": "A"}, {"title": "{%section if x %}B"})
    assert "stands in no section @ t.pptx, slide 2" in found["no-section"].replace(" ›", ",")


@pytest.mark.parametrize("text", ["{%section endif %}", "{%section if x %}{%section endfor %}"])
def test_end_of_what_was_not_opened_is_refused(text: str) -> None:
    assert "closes nothing" in problems({"title": "A"}, {"title": f"B{text}"})["tag-not-opened"]


def test_directives_that_cross_are_refused() -> None:
    slides = (
        {"title": "A", "notes": "{%section if y %}"},
        {"title": "{%section if x %}B"},
        {"title": "C{%section endif %}"},
    )
    message = problems(*slides, sections=(2, 1))["tag-crossed"]
    assert (
        '"{%section if x %}" begins among the slides of "{%section if y %}" and ends behind them' in message
    )


def test_contract_names_what_section_directives_read_and_not_their_variables() -> None:
    data = deck(
        {"title": "{%section for r in regions %}{{ r.n }}"},
        {"title": "{{ r.size }} {{ other }}{%section endfor %}"},
    )
    view, found = inspect(data, file="t.pptx")
    assert view is not None, found
    fields = {field.path for field in view.fields}
    assert "other" in fields and not any(path == "r" or path.startswith("r.") for path in fields)
    assert any(path.startswith("regions") for path in fields)


def test_slides_of_a_turn_that_is_missing_a_value_say_so() -> None:
    data = deck(
        {"title": "{%section for r in regions %}{{ r.n }}"}, {"title": "{{ r.no }}{%section endfor %}"}
    )
    made, found = fill(data, {"regions": REGIONS}, file="t.pptx")
    assert made is None
    assert 'no value for "r.no"' in found[0].message


def _named(data: bytes) -> list[tuple[str, str]]:
    """The names and ids of the sections of a deck."""
    return re.findall(r'<p14:section name="([^"]*)" id="([^"]*)"', member(data, "ppt/presentation.xml"))


def _tagged_sections() -> bytes:
    slides = ({"title": "Start"}, {"title": "{%section for r in regions %}One"}, {"title": "Two"})
    return in_sections(deck(*slides), [1, 2], names=["Start", "For {{ r.n }}"])


def test_the_name_of_a_section_may_hold_tags_of_its_own_loop() -> None:
    regions = [{"n": "<North> & co"}, {"n": "south"}, {"n": "south"}]
    made, found = fill(_tagged_sections(), {"regions": regions})
    assert made is not None, found
    names = [name for name, _ in _named(made)]
    assert names == ["Start", "For &lt;North&gt; &amp; co", "For south"]
    ids = [id_ for _, id_ in _named(made)]
    assert ids[:2] == [f"{{00000000-0000-0000-0000-00000000000{n}}}" for n in (0, 1)]
    assert len(set(ids)) == 3


def test_a_value_the_name_of_a_section_needs_is_asked_for() -> None:
    made, found = fill(_tagged_sections(), {"regions": [{}]})
    assert made is None
    assert {d.message for d in found} == {'no value for "r.n" in "{{ r.n }}"'}
    seen, _ = inspect(in_sections(deck({"title": "A"}), [1], names=["{{ client }}"]))
    assert seen is not None
    assert [field.path for field in seen.fields] == ["client"]


def test_two_sections_of_one_name_stay_two() -> None:
    slides = ({"title": "One"}, {"title": "Two {{ x }}"}, {"title": "Three"})
    made, _ = fill(in_sections(deck(*slides), [2, 1], names=["Untitled Section"] * 2), {"x": 1})
    assert made is not None
    assert [name for name, _ in _named(made)] == ["Untitled Section"] * 2
    assert len({id_ for _, id_ in _named(made)}) == 2
