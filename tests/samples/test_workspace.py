"""The sample workspace holds what it promises, and nothing in it contradicts anything else."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from collateral.load.workspace import load_library
from collateral.model.library import Block, Library

ROOT = Path(__file__).parents[2]
SCHEMA_LINE = re.compile(r"# yaml-language-server: \$schema=((?:\.\./)*schemas/[a-z-]+\.schema\.json)")


@cache
def library() -> Library:
    loaded, problems = load_library(ROOT)
    assert not problems
    return loaded


def blocks(language: str = "en") -> list[Block]:
    return [found[language] for found in library().blocks.values() if language in found]


def yaml_files() -> list[Path]:
    folders = ("templates", "prospects", "campaigns", "content_blocks/value_models")
    found = [
        ROOT / "collateral.yaml",
        ROOT / "content_blocks/claims.yaml",
        ROOT / "content_blocks/lexicon.yaml",
    ]
    return found + sorted(p for folder in folders for p in (ROOT / folder).glob("*.yaml"))


def test_there_are_at_least_45_blocks_over_all_kinds() -> None:
    assert len(blocks()) >= 45
    assert {block.kind for block in blocks()} == set(library().kinds)


def test_a_third_of_the_blocks_is_also_in_dutch() -> None:
    assert len(blocks("nl")) * 3 >= len(blocks())


def test_every_translation_was_made_from_the_present_source() -> None:
    sources = {block.id: block.digest for block in blocks()}
    assert [b.id for b in blocks("nl") if b.translates != sources[b.id]] == []


def test_every_block_is_approved_as_it_is() -> None:
    approvals = library().approvals
    waiting = [b.path for b in (*blocks(), *blocks("nl")) if approvals[(b.id, b.language)].digest != b.digest]
    assert waiting == []


def test_every_claim_has_a_source_and_an_owner_and_is_used() -> None:
    claims = library().claims
    assert len(claims) >= 10
    assert all(claim.source and claim.owner and claim.expires for claim in claims.values())
    assert {claim for block in blocks() for claim in block.claims} == set(claims)


def test_a_claim_in_a_text_is_declared_by_its_block() -> None:
    for block in (*blocks(), *blocks("nl")):
        used = {c for form in block.forms for c in re.findall(r"\[claim:([a-z0-9-]+)\]", form.source)}
        assert used <= set(block.claims) or block.kind == "objection", block.path


def test_a_block_for_decks_has_a_title_that_fits_two_lines() -> None:
    for block in (*blocks(), *blocks("nl")):
        for form in block.forms_for("deck"):
            for title in re.findall(r"^## (.+)$", form.source, re.MULTILINE):
                bare = re.sub(r"\[claim:[^]]*\]|\{\{.*?\}\}", "", title)
                assert len(bare) <= 105, f"{block.path}: {title}"


def test_bullets_on_slides_are_short() -> None:
    for block in blocks():
        for form in block.forms_for("deck"):
            for bullet in re.findall(r"^ *- (.+)$", form.source.partition("::: notes")[0], re.MULTILINE):
                bare = re.sub(r"\[claim:[^]]*\]|\{%.*?%\}|\{\{.*?\}\}", "", bullet)
                assert len(bare.split()) <= 22, f"{block.path}: {bullet}"


def test_no_text_uses_a_word_of_the_lexicon() -> None:
    for block in blocks():
        text = " ".join(form.source for form in block.forms).lower()
        for term in library().lexicon:
            if term.level == "banned" or term.instead:
                assert not re.search(rf"\b{re.escape(term.pattern)}\b", text), f"{block.path}: {term.pattern}"


def test_the_ten_prospects_differ_in_industry() -> None:
    from collateral.build.workspace import Workspace

    prospects, problems = Workspace(ROOT).prospects()
    assert [d for d in problems if d.severity == "error"] == []
    assert len(prospects) >= 10
    industries = [p.facts.get("industry") for p in prospects]
    assert len(set(industries)) == len(industries)
    assert {p.facts.get("stage") for p in prospects} >= {"discovery", "evaluation", "negotiation", None}
    assert {p.facts.get("currency") for p in prospects} >= {"EUR", "USD", "GBP"}


@pytest.mark.parametrize("path", yaml_files(), ids=lambda p: p.name)
def test_a_sample_file_names_its_schema_in_its_first_line(path: Path) -> None:
    found = SCHEMA_LINE.match(path.read_text(encoding="utf-8"))
    assert found is not None
    assert (path.parent / found[1]).resolve().parent == ROOT / "schemas"
