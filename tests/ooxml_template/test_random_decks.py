"""Random decks filled with random data: no word is lost, doubled or moved, and what comes out is sound."""

from __future__ import annotations

from random import Random

import pytest
from random_decks import DeckMaker, expected, words_of, written

from collateral.diagnostics import Severity
from collateral.ooxml import compile_template
from collateral.ooxml.package import open_package
from collateral.ooxml.validate import validate_package


@pytest.mark.parametrize("seed", range(60))
def test_a_deck_of_any_directives_says_what_its_tree_says(seed: int) -> None:
    maker = DeckMaker(seed)
    tree = maker.deck()
    template, problems = compile_template(written(tree, Random(seed)), file="random.pptx")
    assert template is not None, [str(problem) for problem in problems]
    for _ in range(3):
        data = maker.data()
        chunks, problems = template.fill(data)
        assert chunks is not None, [str(problem) for problem in problems]
        made = b"".join(chunks)
        assert words_of(made) == list(expected(tree, data))
        package, _ = open_package(made, file="made.pptx")
        assert package is not None
        assert [d for d in validate_package(package) if d.severity is Severity.ERROR] == []
