"""Who gets which block, through `select_blocks`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace as Make

import pytest

CARRIER = {
    "industry": "freight-forwarding",
    "stage": "evaluation",
    "needs": ["dwell-time", "driver-retention"],
}


def test_block_aimed_at_the_prospect_beats_a_generic_one(make: Make) -> None:
    lib = make.library(make.block("aimed", audience={"need": ["dwell-time"]}), make.block("a-generic"))
    assert make.picked(lib, make.prospect(**CARRIER), make.pick()) == ["aimed"]


def test_generic_block_is_eligible_for_everyone(make: Make) -> None:
    lib = make.library(make.block("generic"))
    assert make.picked(lib, make.prospect(), make.pick()) == ["generic"]


def test_block_aimed_at_a_parent_matches_at_less_weight(make: Make) -> None:
    lib = make.library(
        make.block("broad", audience={"industry": ["logistics"]}),
        make.block("exact", audience={"industry": ["freight-forwarding"]}),
    )
    selection, _ = make.select(lib, make.prospect(**CARRIER), make.pick(at_most=2))
    exact, broad = selection.picks()
    assert (exact.block.id, exact.score, broad.score) == ("exact", Decimal(4), Decimal(2))
    assert broad.matches[0].parent and broad.matches[0].has == "freight-forwarding"


def test_block_aimed_at_a_child_does_not_match_the_parent_but_becomes_a_question(make: Make) -> None:
    lib = make.library(make.block("narrow", audience={"industry": ["last-mile"]}))
    selection, _ = make.select(lib, make.prospect(industry="logistics"), make.pick())
    assert selection.picks() == ()
    assert [(q.fact, q.unlocks) for q in selection.questions] == [("industry", ("narrow",))]


def test_most_important_need_weighs_most(make: Make) -> None:
    lib = make.library(
        make.block("a-second", audience={"need": ["driver-retention"]}),
        make.block("z-first", audience={"need": ["dwell-time"]}),
    )
    assert make.picked(lib, make.prospect(**CARRIER), make.pick(at_most=2)) == ["z-first", "a-second"]


def test_personas_are_read_from_the_contacts(make: Make) -> None:
    lib = make.library(make.block("for-coo", audience={"persona": ["coo"]}))
    who = make.prospect(contacts=[{"name": "Els", "persona": "coo", "role": "decision-maker"}])
    selection, _ = make.select(lib, who, make.pick())
    assert [(m.has, m.points) for p in selection.picks() for m in p.matches] == [("coo", Decimal(3))]


def test_mismatch_leaves_a_block_out(make: Make) -> None:
    lib = make.library(make.block("retail", audience={"industry": ["retail"], "need": ["dwell-time"]}))
    assert make.picked(lib, make.prospect(**CARRIER), make.pick()) == []


def test_unknown_is_not_a_mismatch_but_a_question(make: Make) -> None:
    lib = make.library(make.block("retail", audience={"industry": ["retail"]}))
    selection, _ = make.select(lib, make.prospect(), make.pick())
    assert selection.picks() == () and selection.questions[0].fact == "industry"
    assert selection.questions[0].allowed[:2] == ("Logistics", "Retail")


def test_match_names_the_line_of_the_profile(make: Make) -> None:
    lib = make.library(make.block("aimed", audience={"industry": ["retail"], "need": ["labour-cost"]}))
    selection, _ = make.select(lib, make.prospect(industry="retail", needs=["labour-cost"]), make.pick())
    assert [str(m.at) for m in selection.picks()[0].matches] == ["prospects/p.yaml:2", "prospects/p.yaml:3:0"]


def test_score_stands_beside_the_runner_ups(make: Make) -> None:
    lib = make.library(
        make.block("best", audience={"need": ["dwell-time"]}),
        make.block("next", audience={"stage": ["evaluation"]}),
    )
    selection, _ = make.select(lib, make.prospect(**CARRIER), make.pick())
    first = selection.picks()[0]
    assert (first.score, first.runner_up, first.runner_up_score) == (Decimal(5), "next", Decimal(2))


def test_ties_go_to_the_more_specific_then_to_the_id(make: Make) -> None:
    both = {"stage": ["evaluation", "negotiation"]}
    lib = make.library(
        make.block("b", audience={"stage": ["evaluation"]}),
        make.block("c", audience={"stage": ["evaluation"]}),
        make.block("a", audience=both),
    )
    assert make.picked(lib, make.prospect(**CARRIER), make.pick(at_most=3)) == ["b", "c", "a"]


def test_of_equally_strong_blocks_fewer_values_then_a_rule_make_the_more_specific(make: Make) -> None:
    lib = make.library(
        make.block("a", audience={"need": ["dwell-time", "labour-cost"]}, when="known(prospect.name)"),
        make.block("b", audience={"need": ["dwell-time"]}),
        make.block("c", audience={"need": ["dwell-time"]}, when="known(prospect.name)"),
    )
    assert make.picked(lib, make.prospect(**CARRIER), make.pick(at_most=3)) == ["c", "b", "a"]


@pytest.mark.parametrize(("fleet", "expected"), [(100, ["big"]), (99, []), (None, [])])
def test_rule_must_hold_for_certain(make: Make, fleet: int | None, expected: list[str]) -> None:
    lib = make.library(make.block("big", when="prospect.fleet_size >= 100"))
    facts = {} if fleet is None else {"fleet_size": fleet}
    assert make.picked(lib, make.prospect(**facts), make.pick()) == expected


def test_rule_may_use_definitions_and_values(make: Make) -> None:
    model = make.model("m", (make.model_input("fleet_size"),), ("saving", "EUR", "fleet_size * 10"))
    lib = make.library(
        make.block("roi", when="sales_ready and value.saving > 100"),
        definitions={"sales_ready": 'prospect.stage in ["evaluation"] and known(prospect.decision_maker)'},
        models=(model,),
    )
    boss = [{"name": "Els", "role": "decision-maker"}]
    assert make.picked(lib, make.prospect(**CARRIER, fleet_size=11, contacts=boss), make.pick()) == ["roi"]
    assert make.picked(lib, make.prospect(**CARRIER, fleet_size=11), make.pick()) == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2025, 12, 31), []), (date(2026, 1, 1), ["x"]), (date(2026, 6, 30), ["x"]), (date(2026, 7, 1), [])],
)
def test_first_and_last_day_of_validity_count(make: Make, day: date, expected: list[str]) -> None:
    lib = make.library(make.block("x", valid_from=date(2026, 1, 1), valid_until=date(2026, 6, 30)))
    assert make.picked(lib, make.prospect(), make.pick(), as_of=day) == expected


def test_block_may_be_valid_for_one_day(make: Make) -> None:
    lib = make.library(make.block("x", valid_from=make.today, valid_until=make.today))
    assert make.picked(lib, make.prospect(), make.pick()) == ["x"]


def test_block_with_an_expired_or_unknown_claim_is_left_out(make: Make) -> None:
    yesterday = make.today - timedelta(days=1)
    lib = make.library(
        make.block("old", claims=("c",)),
        make.block("lost", claims=("nowhere",)),
        claims=(make.claim("c", expires=yesterday),),
    )
    assert make.picked(lib, make.prospect(), make.pick(at_most=3)) == []
    assert make.picked(lib, make.prospect(), make.pick(at_most=3), as_of=yesterday) == ["old"]


def test_unapproved_block_and_one_changed_after_approval_are_left_out(make: Make) -> None:
    approved = make.library(make.block("a"), make.block("b"), approved={"a"})
    assert make.picked(approved, make.prospect(), make.pick(at_most=2)) == ["a"]
    changed = make.block("a", digest="sha256:changed")
    blocks = {**approved.blocks, changed.id: {"en": changed}}
    assert make.picked(replace(approved, blocks=blocks), make.prospect(), make.pick(at_most=2)) == []


def test_workspace_may_do_without_approvals(make: Make) -> None:
    lib = make.library(make.block("a"), approved=(), required=False)
    assert make.picked(lib, make.prospect(), make.pick()) == ["a"]


@pytest.mark.parametrize(
    ("facts", "expected"), [({"region": "nl"}, ["x"]), ({"region": "apac"}, []), ({}, [])]
)
def test_claim_is_used_only_where_it_is_permitted(
    make: Make, facts: dict[str, str], expected: list[str]
) -> None:
    lib = make.library(
        make.block("x", claims=("c",)), claims=(make.claim("c", permission_regions=("emea",)),)
    )
    selection, _ = make.select(lib, make.prospect(**facts), make.pick())
    assert [p.block.id for p in selection.picks()] == expected
    assert [q.fact for q in selection.questions] == ([] if facts else ["region"])


def test_customer_who_did_not_permit_it_is_not_named(make: Make) -> None:
    claims = (make.claim("c", permission_name_customer=False),)
    named = make.block("named", title="Acme Corp saved 31%", customer="acme-corp", claims=("c",))
    unnamed = make.block("unnamed", title="A carrier saved 31%", customer="acme-corp", claims=("c",))
    lib = make.library(named, unnamed, claims=claims)
    assert make.picked(lib, make.prospect(), make.pick(at_most=2)) == ["unnamed"]


def test_internal_block_is_in_briefings_only(make: Make) -> None:
    lib = make.library(make.block("secret", internal=True))
    assert make.picked(lib, make.prospect(), make.pick(), piece="deck") == []
    assert make.picked(lib, make.prospect(), make.pick(), piece="briefing") == ["secret"]


def test_block_without_text_for_the_piece_is_left_out(make: Make) -> None:
    lib = make.library(make.block("deck-only", forms=make.block("x").forms[:1]))
    assert make.picked(lib, make.prospect(), make.pick(), piece="email") == []


def test_dutch_piece_takes_dutch_text_and_falls_back_with_a_warning(make: Make) -> None:
    lib = make.library(make.block("a"), make.block("a", language="nl"), make.block("b"))
    selection, problems = make.select(lib, make.prospect(language="nl"), make.pick(at_most=2))
    assert [(p.block.id, p.block.language) for p in selection.picks()] == [("a", "nl"), ("b", "en")]
    assert [d.code for d in problems] == ["missing-translation"]


def test_unapproved_translation_falls_back_to_the_approved_original(make: Make) -> None:
    lib = make.library(make.block("a"), make.block("a", language="nl"))
    lib = replace(lib, approvals={k: v for k, v in lib.approvals.items() if k[1] == "en"})
    selection, _ = make.select(lib, make.prospect(language="nl"), make.pick())
    assert [(p.block.id, p.block.language) for p in selection.picks()] == [("a", "en")]


def test_language_nobody_offers_is_replaced_with_a_warning(make: Make) -> None:
    selection, problems = make.select(
        make.library(make.block("a")), make.prospect(language="pl"), make.pick()
    )
    assert selection.language == "en" and [d.code for d in problems] == ["language-not-offered"]


def test_chinese_in_traditional_characters_is_preferred_and_missed_where_it_is_asked_for(make: Make) -> None:
    blocks = [make.block("a", language=language) for language in ("en", "zh", "zh-Hant")]
    one = replace(make.library(*blocks), languages=("en", "zh"))
    selection, problems = make.select(one, make.prospect(language="zh-TW"), make.pick())
    assert selection.language == "zh" and "simplified" in problems[0].message
    both = replace(make.library(*blocks), languages=("en", "zh", "zh-Hant"))
    selection, problems = make.select(both, make.prospect(language="zh-HK"), make.pick())
    assert (selection.language, problems) == ("zh-Hant", [])
    selection, problems = make.select(both, make.prospect(language="zh-CN"), make.pick())
    assert (selection.language, problems) == ("zh", [])


def test_companions_come_along_transitively_and_say_why(make: Make) -> None:
    lib = make.library(
        make.block("a", goes_with=("b",)), make.block("b", "note", goes_with=("c",)), make.block("c", "note")
    )
    selection, _ = make.select(lib, make.prospect(), make.pick())
    assert [(p.block.id, p.because) for p in selection.picks()] == [
        ("a", None), ("b", "goes with a"), ("c", "goes with a"),
    ]  # fmt: skip


def test_block_whose_companion_cannot_be_used_stays_out(make: Make) -> None:
    lib = make.library(make.block("a", goes_with=("b",)), make.block("b", "note"), approved={"a"})
    selection, _ = make.select(lib, make.prospect(), make.pick())
    slot = selection.sections[0].slots[0]
    assert slot.picks == () and slot.left_out[0].condition == "goes_with"
    assert "not approved" in slot.left_out[0].reason


def test_block_whose_companions_companion_cannot_be_used_stays_out(make: Make) -> None:
    chain = make.block("a", goes_with=("b",)), make.block("b", "note", goes_with=("c",))
    lib = make.library(*chain, make.block("c", "note"), approved={"a", "b"})
    selection, _ = make.select(lib, make.prospect(), make.pick())
    (out,) = selection.sections[0].slots[0].left_out
    assert selection.picks() == () and (out.block, out.condition) == ("a", "goes_with")
    assert out.reason.startswith('it goes with "c"')


def test_companion_of_two_comes_once(make: Make) -> None:
    lib = make.library(
        make.block("a", goes_with=("b", "c")),
        make.block("b", "note", goes_with=("d",)),
        make.block("c", "note", goes_with=("d",)),
        make.block("d", "note"),
    )
    assert make.picked(lib, make.prospect(), make.pick()) == ["a", "b", "d", "c"]


def test_block_named_by_two_slots_comes_once(make: Make) -> None:
    lib = make.library(make.block("a"), make.block("b"))
    slots = make.slot(block="a"), make.slot(block="a"), make.slot(block="b")
    assert make.picked(lib, make.prospect(), *slots) == ["a", "b"]


def test_circular_companions_are_reported_and_come_once(make: Make) -> None:
    lib = make.library(make.block("a", goes_with=("b",)), make.block("b", "note", goes_with=("a",)))
    selection, problems = make.select(lib, make.prospect(), make.pick())
    assert [p.block.id for p in selection.picks()] == ["a", "b"]
    assert [(d.code, d.message) for d in problems] == [
        ("circular-goes-with", "a → b → a go round in a circle")
    ]


@pytest.mark.parametrize("order", [("weak", "strong"), ("strong", "weak")])
def test_of_two_that_exclude_each_other_the_stronger_stays(make: Make, order: tuple[str, str]) -> None:
    lib = make.library(
        make.block("w", "weak"),
        make.block("s", "strong", audience={"need": ["dwell-time"]}, never_with=("w",)),
    )
    slots = [make.pick(kind) for kind in order]
    assert make.picked(lib, make.prospect(**CARRIER), *slots) == ["s"]


def test_obligatory_slot_may_win_over_a_stronger_optional_one(make: Make) -> None:
    lib = make.library(
        make.block("w", "weak"),
        make.block("s", "strong", audience={"need": ["dwell-time"]}, never_with=("w",)),
    )
    selection, problems = make.select(
        lib, make.prospect(**CARRIER), make.pick("strong"), make.pick("weak", 1)
    )
    assert [p.block.id for p in selection.picks()] == ["w"] and problems == []


def test_strongest_block_takes_the_first_place_when_all_obligatory_ones_can_be_filled(make: Make) -> None:
    lib = make.library(make.block("strong", audience={"need": ["dwell-time"]}), make.block("weak"))
    slots = make.pick(), make.pick(at_least=1)
    assert make.picked(lib, make.prospect(**CARRIER), *slots) == ["strong", "weak"]


@pytest.mark.parametrize(("at_least", "missing"), [(1, []), (2, ["empty-slot"])])
def test_companion_in_another_slot_counts_for_an_obligatory_one(
    make: Make, at_least: int, missing: list[str]
) -> None:
    lib = make.library(make.block("case", goes_with=("sec",)), make.block("sec", "security"))
    selection, problems = make.select(
        lib, make.prospect(), make.pick(), make.pick("security", at_least=at_least)
    )
    assert [p.block.id for p in selection.picks()] == ["case", "sec"]
    assert [d.code for d in problems] == missing


def test_spread_keeps_two_of_one_customer_apart(make: Make) -> None:
    lib = make.library(
        make.block("a", customer="acme"), make.block("b", customer="acme"), make.block("c", customer="other")
    )
    assert make.picked(lib, make.prospect(), make.pick(at_most=3, spread="customer")) == ["a", "c"]


def test_no_block_appears_twice(make: Make) -> None:
    lib = make.library(make.block("a"), make.block("b"))
    assert make.picked(lib, make.prospect(), make.pick(at_most=2), make.pick(at_most=2)) == ["a", "b"]


def test_empty_obligatory_slot_names_the_missing_combination(make: Make) -> None:
    lib = make.library(
        make.block("a", audience={"industry": ["logistics"]}),
        make.block("b", audience={"need": ["labour-cost"]}),
    )
    who = make.prospect(industry="retail", needs=["dwell-time"], language="nl")
    _, problems = make.select(lib, who, make.pick(at_least=1))
    assert [d.message for d in problems] == [
        "no approved case-study for industry retail and need dwell-time in nl"
    ]
    assert problems[0].severity == "error" and problems[0].hints == (
        '2 of kind "case-study": 2 aimed at others',
    )


def test_weakest_optional_picks_go_when_there_are_too_many_slides(make: Make) -> None:
    lib = make.library(
        make.block("keep", "problem"),
        make.block("strong", audience={"need": ["dwell-time"]}),
        make.block("weak"),
    )
    selection, problems = make.select(
        lib,
        make.prospect(**CARRIER),
        make.slot(slide="cover"),
        make.pick("problem", 1),
        make.pick(at_most=2),
        limits=make.limits(slides=3),
    )
    assert [p.block.id for p in selection.picks()] == ["keep", "strong"] and problems == []
    assert [out.condition for out in selection.sections[0].slots[2].left_out] == ["limit"]


def test_limit_that_cannot_be_kept_is_reported(make: Make) -> None:
    lib = make.library(make.block("a"), make.block("b"))
    _, problems = make.select(lib, make.prospect(), make.pick(at_least=2), limits=make.limits(slides=1))
    assert [d.code for d in problems] == ["over-limit"]


def test_minutes_of_the_blocks_are_added_up(make: Make) -> None:
    lib = make.library(
        make.block("long", minutes=Decimal(9), audience={"stage": ["evaluation"]}),
        make.block("short", minutes=Decimal(2)),
    )
    limits = make.limits(minutes=Decimal(10))
    assert make.picked(lib, make.prospect(**CARRIER), make.pick(at_most=2), limits=limits) == ["long"]


def test_slide_is_left_out_when_its_rule_does_not_hold(make: Make) -> None:
    slot = make.slot(slide="roi", when="known(value.saving)")
    selection, _ = make.select(make.library(), make.prospect(), slot)
    assert not selection.sections[0].slots[0].included
    assert "value.saving" in (selection.sections[0].slots[0].reason or "")


def test_named_block_is_included_when_it_may_be_used(make: Make) -> None:
    lib = make.library(make.block("roi"), make.block("draft"), approved={"roi"})
    selection, _ = make.select(lib, make.prospect(), make.slot(block="roi"), make.slot(block="draft"))
    assert [(p.block.id, p.because) for p in selection.picks()] == [("roi", "named by the template")]
    assert selection.sections[0].slots[1].left_out[0].condition == "approval"
