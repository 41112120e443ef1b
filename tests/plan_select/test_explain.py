"""Why each block is in or out, in data and in words."""

from __future__ import annotations

import json
from datetime import timedelta
from types import SimpleNamespace as Make

from collateral.diagnostics import Span
from collateral.model.selection import LeftOut
from collateral.plan.explain import Explanation, explain_selection

CARRIER = {"industry": "freight-forwarding", "needs": ["dwell-time", "driver-retention"], "fleet_size": 40}


def explained(
    make: Make, lib: object, *slots: object, facts: object = CARRIER, **more: object
) -> Explanation:
    who = make.prospect(**facts)  # type: ignore[arg-type]
    selection, _ = make.select(lib, who, *(slots or (make.pick(),)), **more)
    return explain_selection(lib, who, selection)  # type: ignore[arg-type]


def why_not(make: Make, id: str, lib: object, *slots: object, **more: object) -> LeftOut:
    return next(out for out in explained(make, lib, *slots, **more).left_out if out.block == id)


def test_mismatch_says_what_the_profile_would_have_to_say(make: Make) -> None:
    out = why_not(
        make, "x", make.library(make.block("x", audience={"industry": ["retail"], "need": ["labour-cost"]}))
    )
    assert (out.condition, out.by_profile) == ("audience", True)
    assert (
        out.reason
        == "industry is freight-forwarding, it is aimed at retail; need is dwell-time, driver-retention, it is aimed at labour-cost"
    )
    assert out.remedy == "industry: retail; add labour-cost to needs"


def test_unknown_dimension_is_called_unknown(make: Make) -> None:
    out = why_not(make, "x", make.library(make.block("x", audience={"persona": ["cfo"]})))
    assert (out.reason, out.remedy) == ("unknown persona, it is aimed at cfo", "persona: cfo")


def test_value_known_only_broadly_asks_for_the_narrower_one(make: Make) -> None:
    lib = make.library(make.block("x", audience={"industry": ["retail", "last-mile"]}))
    out = why_not(make, "x", lib, facts={"industry": "logistics"})
    assert (out.reason, out.remedy) == (
        "industry is known only as logistics, it is aimed at retail or last-mile", "industry: last-mile",
    )  # fmt: skip


def test_rule_says_what_is_and_what_is_needed(make: Make) -> None:
    out = why_not(make, "x", make.library(make.block("x", when="prospect.fleet_size >= 100")))
    assert (out.condition, out.reason, out.remedy) == (
        "when", "needs prospect.fleet_size >= 100, it is 40", "prospect.fleet_size >= 100",
    )  # fmt: skip


def test_first_failed_condition_is_the_contents_own(make: Make) -> None:
    old = make.block("x", valid_until=make.today - timedelta(days=1), audience={"industry": ["retail"]})
    out = why_not(make, "x", make.library(old))
    assert (out.condition, out.by_profile, out.reason) == ("valid", False, "it expired on 2026-05-31")


def test_unapproved_block_tells_the_command_that_approves_it(make: Make) -> None:
    out = why_not(make, "x", make.library(make.block("x"), approved=()))
    assert (out.condition, out.remedy) == ("approval", "collateral approve x --by NAME")


def test_block_without_text_for_the_piece_says_which_part_it_lacks(make: Make) -> None:
    deck_only = make.block("x", forms=make.block("x").forms[:1])
    out = why_not(make, "x", make.library(deck_only), piece="email")
    assert (out.condition, out.by_profile) == ("form", False)
    assert (out.reason, out.remedy) == ("it has no text for the email", 'add a "::: email" part')


def test_expired_claim_points_to_the_claim_and_its_owner(make: Make) -> None:
    at = Span("content_blocks/claims.yaml", 7)
    old = make.claim("c", expires=make.today - timedelta(days=1), at=at)
    out = why_not(make, "x", make.library(make.block("x", claims=("c",)), claims=(old,)))
    assert (out.condition, out.at, out.remedy) == ("claims", at, "ask m.jansen to renew it")


def test_claim_for_other_regions_says_where_the_prospect_is(make: Make) -> None:
    lib = make.library(
        make.block("x", claims=("c",)), claims=(make.claim("c", permission_regions=("emea",)),)
    )
    out = why_not(make, "x", lib, facts={"region": "apac"})
    assert out.reason == 'its claim "c" is for emea only, the prospect is in apac'
    assert (out.condition, out.remedy) == ("region", "get permission for apac")
    unknown = why_not(make, "x", lib, facts={})
    assert (unknown.reason, unknown.remedy) == (
        'unknown region, its claim "c" is for emea only', "region: emea",
    )  # fmt: skip


def test_outranked_block_names_the_winner(make: Make) -> None:
    lib = make.library(
        make.block("first", audience={"need": ["dwell-time"]}),
        make.block("both", audience={"need": ["driver-retention"], "industry": ["freight-forwarding"]}),
    )
    out = why_not(make, "first", lib)
    assert (out.condition, out.remedy) == ("outranked", None)
    assert out.reason == '"both" took the last place with 8 points against 5'


def test_change_is_tried_out_before_it_is_promised(make: Make) -> None:
    lib = make.library(
        make.block("strong", audience={"need": ["dwell-time"], "industry": ["logistics"]}),
        make.block("weak", audience={"stage": ["evaluation"]}),
        make.block("near", audience={"need": ["labour-cost"]}, when="prospect.fleet_size >= 100"),
    )
    facts = {"industry": "logistics", "needs": ["dwell-time"], "fleet_size": 40}
    weak = why_not(make, "weak", lib, facts=facts)
    assert (weak.certain, weak.remedy) == (
        False,
        "stage: evaluation",
    )
    near = why_not(make, "near", lib, make.pick(at_most=2), facts=facts)
    assert (near.certain, near.remedy) == (True, "add labour-cost to needs; prospect.fleet_size >= 100")


def test_value_nobody_can_guess_is_not_promised(make: Make) -> None:
    out = why_not(make, "x", make.library(make.block("x", when="known(prospect.budget)")))
    assert (out.certain, out.remedy) == (None, "prospect.budget to be known")


def test_second_need_would_win_if_it_were_first(make: Make) -> None:
    lib = make.library(
        make.block("w", audience={"industry": ["freight-forwarding"]}, when="known(prospect.name)"),
        make.block("x", audience={"need": ["driver-retention"]}),
    )
    out = why_not(make, "x", lib)
    assert (out.condition, out.remedy) == ("outranked", "put driver-retention first in needs")


def test_what_the_competition_turned_away_keeps_its_reason(make: Make) -> None:
    lib = make.library(
        make.block("strong", audience={"need": ["dwell-time"]}, customer="acme"), make.block("like", customer="acme"),
        make.block("foe", "other", never_with=("strong",)),
    )  # fmt: skip
    slots = (make.pick(at_most=2, spread="customer"), make.pick("other"))
    assert why_not(make, "like", lib, *slots).reason == 'it is too like "strong": the same customer'
    assert why_not(make, "foe", lib, *slots).reason == 'it never goes with "strong", which is stronger'


def test_block_no_slot_takes_says_so(make: Make) -> None:
    assert why_not(make, "x", make.library(make.block("x", "odd"))).reason == 'no slot takes a "odd"'


def test_every_block_is_either_in_or_explained(make: Make) -> None:
    blocks = [make.block(f"b{n}", audience={"stage": ["evaluation"]} if n % 2 else {}) for n in range(9)]
    lib = make.library(*blocks)
    found = explained(make, lib, make.pick(at_most=2))
    seen = [p.block.id for p in found.selection.picks()] + [out.block for out in found.left_out]
    assert sorted(seen) == sorted(lib.blocks)


def test_data_are_plain_and_text_tells_a_rep_everything(make: Make) -> None:
    model = make.model("m", (make.model_input("docks"),), ("saving", "EUR", "docks * 2"))
    lib = make.library(
        make.block("case", audience={"need": ["dwell-time"]}), make.block("roi", "value", when="value.saving > 1"),
        make.block("cfo", audience={"persona": ["cfo"]}), models=(model,),
    )  # fmt: skip
    found = explained(make, lib, make.slot(slide="cover"), make.pick(), make.pick("value"))
    assert json.loads(json.dumps(found.to_dict())) == found.to_dict()
    text = found.to_text()
    assert "+ case  case" in text and "need dwell-time: 5  prospects/p.yaml:3:0" in text
    assert "What is the docks of Van Dijk" in text and "would unlock roi" in text
    assert "- cfo: unknown persona, it is aimed at cfo" in text


def test_questions_are_ranked_by_what_they_unlock(make: Make) -> None:
    lib = make.library(
        *(make.block(f"p{n}", audience={"persona": ["cfo"]}) for n in range(3)),
        make.block("s", audience={"stage": ["evaluation"]}),
        make.block("never", audience={"region": ["nl"]}, valid_until=make.today - timedelta(days=1)),
    )
    found = explained(make, lib, make.pick(at_most=3)).selection.questions
    assert [(q.fact, q.count, q.unlocks[:1]) for q in found] == [
        ("persona", 3, ("p0",)),
        ("stage", 1, ("s",)),
    ]
