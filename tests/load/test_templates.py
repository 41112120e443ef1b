"""Templates: slots, masters, texts per language."""

from __future__ import annotations

from decimal import Decimal

from collateral.diagnostics import Span
from collateral.load.workspace import load_library
from tests.load.conftest import Make

TEMPLATE = """\
id: pitch
piece: deck
title: {en: Pitch, nl: Presentatie}
master: {en: m.pptx, nl: m.nl.pptx}
limits: {slides: 12, floor: 0.8}
subject: Hello
sections:
  - title: {en: Why, nl: Waarom}
    slots:
      - slide: cover
      - {pick: case-study, at_least: 2, when: prospect.fleet_size > 3}
      - {block: dwell-case, layout: Two Content, name: why}
"""
MASTERS: dict[str, str | bytes] = {"templates/m.pptx": b"PK", "templates/m.nl.pptx": b"PK"}


def test_template_becomes_sections_and_slots(make: Make) -> None:
    library, found = load_library(make({"templates/pitch.yaml": TEMPLATE, **MASTERS}))
    assert found == []
    template = library.templates["pitch"]
    first, second, third = template.sections[0].slots
    assert (template.master, template.masters["nl"]) == ("templates/m.pptx", "templates/m.nl.pptx")
    assert (template.limits.slides, template.limits.floor) == (12, Decimal("0.8"))
    assert template.subject == {"en": "Hello"} and template.sections[0].titles["nl"] == "Waarom"
    assert (first.slide, second.pick, second.at_least, second.at_most) == ("cover", "case-study", 2, 2)
    assert (third.block, third.layout, third.name) == ("dwell-case", "Two Content", "why")
    assert second.at == Span("templates/pitch.yaml", 11, 9)


def test_digest_of_a_template_changes_with_its_master(make: Make) -> None:
    first, _ = load_library(make({"templates/pitch.yaml": TEMPLATE, **MASTERS}))
    second, _ = load_library(make({"templates/pitch.yaml": TEMPLATE, **MASTERS, "templates/m.pptx": b"PK2"}))
    assert first.templates["pitch"].digest != second.templates["pitch"].digest


def problems(make: Make, text: str) -> list[tuple[str, str]]:
    _, found = load_library(make({"templates/pitch.yaml": text, **MASTERS}))
    return [(d.code, d.message) for d in found]


def test_slot_is_exactly_one_thing(make: Make) -> None:
    wrong = TEMPLATE.replace("- slide: cover", "- {slide: cover, pick: case-study}")
    assert problems(make, wrong)[0][1].endswith("must have exactly one of slide, block and pick")


def test_more_at_least_than_at_most_is_refused(make: Make) -> None:
    wrong = TEMPLATE.replace("at_least: 2", "at_least: 2, at_most: 1")
    assert "has at_most below at_least" in problems(make, wrong)[0][1]


def test_master_must_be_there_and_of_the_right_kind(make: Make) -> None:
    assert problems(make, TEMPLATE.replace("m.nl.pptx", "no.pptx"))[0][0] == "missing-master"
    assert problems(make, TEMPLATE.replace("piece: deck", "piece: document"))[0][0] == "wrong-master"
    assert (
        problems(make, TEMPLATE.replace("{en: m.pptx, nl: m.nl.pptx}", "../m.pptx"))[0][0] == "missing-master"
    )


def test_unknown_piece_suggests_the_right_one(make: Make) -> None:
    assert problems(make, TEMPLATE.replace("piece: deck", "piece: decks"))[0] == (
        "unknown-value",
        '"piece" cannot be "decks"',
    )
