"""Decks other people made: all their slides in another deck, and nothing lost."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from deck_facts import SlideFacts, differences, read_deck

from collateral.ooxml.package import Package, open_package, write_package
from collateral.ooxml.slides import ImportOptions, import_slides, new_package_from, take_slides

DECKS = sorted((Path(__file__).parents[2] / ".." / "shared" / "corpus" / "decks").glob("*/[!.]*.p[op]tx"))
NAMES = [path.stem.rpartition("__")[2] for path in DECKS]

pytestmark = pytest.mark.skipif(not DECKS, reason="the corpus of real decks is not beside the repository")


@cache
def _deck(number: int) -> tuple[Package, list[SlideFacts]]:
    path = DECKS[number % len(DECKS)]
    package, found = open_package(path)
    assert package is not None, found
    return package, read_deck(path.read_bytes())


def _facts(package: Package) -> list[SlideFacts]:
    return read_deck(b"".join(write_package(package)))


@pytest.mark.parametrize("number", range(len(DECKS)), ids=NAMES)
def test_all_slides_in_an_empty_deck_lose_nothing(number: int) -> None:
    source, facts = _deck(number)
    target, _ = new_package_from(_deck(number + 31)[0])
    result, arrived, _ = import_slides(target, source)
    assert len(arrived) == len(facts)
    assert differences(facts, _facts(result)) == []


@pytest.mark.parametrize("number", range(len(DECKS)), ids=NAMES)
def test_all_slides_behind_another_decks_slides_lose_nothing(number: int) -> None:
    source, theirs = _deck(number)
    target, ours = _deck(number + 17)
    result, _, _ = import_slides(target, source, options=ImportOptions(layouts="bring"))
    assert differences(ours + theirs, _facts(result), shifted=len(ours)) == []


@pytest.mark.parametrize("number", range(len(DECKS)), ids=NAMES)
def test_every_second_slide_is_whole_and_the_others_leave_no_part(number: int) -> None:
    source, facts = _deck(number)
    keep = list(range(1, len(facts) + 1, 2))
    result, _ = take_slides(source, keep)
    kept, after = [facts[n - 1] for n in keep], _facts(result)
    assert differences(_without_jumps(kept), _without_jumps(after)) == []
    assert sum(name.startswith("ppt/slides/") for name in result.parts) == len(keep)


def _without_jumps(slides: list[SlideFacts]) -> list[SlideFacts]:
    """Slides have other numbers when some are gone, so links between them are compared elsewhere."""
    return [replace(s, links=[link for link in s.links if not link.startswith("slide ")]) for s in slides]
