"""Claims, lexicon, approvals, value models."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from collateral.load.approvals import approve, needs_approval
from collateral.load.records import read_approvals, read_claims, read_lexicon, read_value_model
from collateral.load.workspace import load_library
from collateral.model.library import BlockId
from tests.load.conftest import BLOCK, Make


def test_claim_holds_source_expiry_and_permission() -> None:
    text = "a: {says: S, source: T, owner: o, expires: 2027-01-01, permission: {name_customer: false, regions: [emea]}}"
    claims, found = read_claims(text, "claims.yaml")
    claim = claims["a"]
    assert found == []
    assert (claim.expires, claim.permission_name_customer, claim.permission_regions) == (
        date(2027, 1, 1),
        False,
        ("emea",),
    )


def test_lexicon_is_a_subset_of_vales_rules() -> None:
    text = """
rules:
  - {extends: existence, level: error, message: We cannot keep it., tokens: [zero risk]}
  - {extends: substitution, message: The plain word., swap: {utilize: use}}
"""
    terms, found = read_lexicon(text, "lexicon.yaml")
    assert found == []
    assert [(t.pattern, t.level, t.instead) for t in terms] == [
        ("zero risk", "banned", ""),
        ("utilize", "replace", "use"),
    ]


def test_value_model_keeps_the_order_of_its_formulas() -> None:
    text = """
inputs: {trucks: {unit: trucks, default: 1.5, source: survey}, rate: 34}
formulas: {base: 95}
outputs:
  hours: {unit: hours, formula: trucks * 2}
  saving: hours * rate
"""
    model, found = read_value_model(text, "content_blocks/value_models/roi.yaml", "en")
    assert model is not None and found == []
    assert model.id == "roi"
    assert [(i.id, i.default, i.fact) for i in model.inputs] == [
        ("trucks", Decimal("1.5"), "trucks"),
        ("rate", Decimal(34), "rate"),
    ]
    assert [(o.id, o.formula) for o in model.outputs] == [
        ("base", "95"),
        ("hours", "trucks * 2"),
        ("saving", "hours * rate"),
    ]
    assert model.outputs[1].at is not None and model.outputs[1].at.line == 5


def test_approving_is_read_back_and_lets_the_block_in(make: Make) -> None:
    root = make({"content_blocks/dwell-case.md": BLOCK})
    library, _ = load_library(root)
    text = approve(library, needs_approval(library), by='Mara "M" Jansen', on=date(2026, 3, 1))
    (root / "content_blocks/approvals.yaml").write_text(text)
    library, found = load_library(root)
    assert found == [] and needs_approval(library) == ()
    assert library.approvals["dwell-case", "en"].by == 'Mara "M" Jansen'


def test_changed_block_needs_approval_again(make: Make) -> None:
    root = make({"content_blocks/dwell-case.md": BLOCK})
    library, _ = load_library(root)
    (root / "content_blocks/approvals.yaml").write_text(
        approve(library, needs_approval(library), by="m", on=date(2026, 3, 1))
    )
    (root / "content_blocks/dwell-case.md").write_text(BLOCK.replace("did", "did not"))
    assert [b.id for b in needs_approval(load_library(root)[0])] == ["dwell-case"]


CLAIM = "dwell-31: {{says: Dwell time fell by {}%., source: {}, owner: {}}}\n"


def approved_with(make: Make, before: str, after: str) -> list[str]:
    """The blocks that need an approval when the claims they were approved with have become others."""
    block = BLOCK.replace("\n---\n", "\nclaims: [dwell-31]\n---\n", 1)
    root = make({"content_blocks/dwell-case.md": block, "content_blocks/claims.yaml": before})
    library, _ = load_library(root)
    text = approve(library, needs_approval(library), by="m", on=date(2026, 3, 1))
    (root / "content_blocks/approvals.yaml").write_text(text)
    assert needs_approval(load_library(root)[0]) == ()
    (root / "content_blocks/claims.yaml").write_text(after)
    return [str(b.id) for b in needs_approval(load_library(root)[0])]


@pytest.mark.parametrize("after", [CLAIM.format(28, "study", "o"), CLAIM.format(31, "rumour", "o")])
def test_changed_claim_withdraws_the_approval_of_what_rests_on_it(make: Make, after: str) -> None:
    assert approved_with(make, CLAIM.format(31, "study", "o"), after) == ["dwell-case"]


def test_claim_with_another_owner_withdraws_nothing(make: Make) -> None:
    assert approved_with(make, CLAIM.format(31, "study", "o"), CLAIM.format(31, "study", "p")) == []


def test_approval_from_before_claims_were_noted_stands(make: Make) -> None:
    block = BLOCK.replace("\n---\n", "\nclaims: [dwell-31]\n---\n", 1)
    root = make(
        {"content_blocks/dwell-case.md": block, "content_blocks/claims.yaml": CLAIM.format(31, "s", "o")}
    )
    digest = load_library(root)[0].blocks[BlockId("dwell-case")]["en"].digest
    line = f"- {{block: dwell-case, digest: {digest}, by: m, on: 2026-03-01}}\n"
    (root / "content_blocks/approvals.yaml").write_text(line)
    assert needs_approval(load_library(root)[0]) == ()


def test_approving_keeps_the_other_lines_as_they_were(make: Make) -> None:
    old = f"- {{block: zebra, digest: sha256:{'0' * 64}, by: x, on: 2026-01-01}}\n"
    root = make({"content_blocks/dwell-case.md": BLOCK, "content_blocks/approvals.yaml": old})
    library, _ = load_library(root)
    lines = approve(library, needs_approval(library), by="m", on=date(2026, 3, 1)).splitlines()
    assert lines[1] == old.strip().replace("by: x", 'by: "x"')
    assert lines[2].startswith("- {block: dwell-case, digest: sha256:")


def test_shortened_digest_approves_nothing() -> None:
    _, found = read_approvals(
        "- {block: a, digest: sha256:0123456789ab, by: x, on: 2026-01-01}", "a.yaml", "en"
    )
    assert found[0].code == "bad-value"
