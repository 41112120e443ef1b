"""What must hold for any library: promise 1, order independence, exclusion, and that the index agrees with a scan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace as Make
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collateral.model.library import Block, Library
from collateral.model.prospect import Prospect
from collateral.model.selection import Selection
from collateral.plan.audience import aims_of, judge
from collateral.plan.eligibility import content_obstacle, region_obstacle
from collateral.plan.index import build_index
from collateral.plan.ranking import levels_of, out_of_region, ranked

DAY = date(2026, 6, 1)
ANY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
KINDS = ("problem", "case-study", "note")
VALUES = {
    "industry": ("logistics", "retail", "freight-forwarding", "last-mile"),
    "persona": ("coo", "cfo"),
    "need": ("dwell-time", "labour-cost", "driver-retention"),
    "region": ("emea", "nl", "apac"),
}
IDS = tuple(f"b{n}" for n in range(9))

audiences = st.fixed_dictionaries(
    {},
    optional={
        d: st.lists(st.sampled_from(v), min_size=1, max_size=2, unique=True) for d, v in VALUES.items()
    },
)
days = st.none() | st.integers(-2, 2).map(lambda n: DAY + timedelta(days=n))
block_facts = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(KINDS),
        "audience": audiences,
        "valid_from": days,
        "valid_until": days,
        "internal": st.booleans(),
        "when": st.none() | st.sampled_from(("prospect.fleet_size >= 100", "known(prospect.fleet_size)")),
        "claims": st.lists(
            st.sampled_from(("old", "fresh", "regional", "lost", "quiet")), max_size=2, unique=True
        ).map(tuple),
        "never_with": st.lists(st.sampled_from(IDS), max_size=2).map(tuple),
        "goes_with": st.lists(st.sampled_from(IDS), max_size=1).map(tuple),
        "title": st.sampled_from(("Acme did it", "A carrier did it")),
        "customer": st.none() | st.sampled_from(("acme", "other")),
    }
)
profiles = st.fixed_dictionaries(
    {},
    optional={
        "industry": st.sampled_from(VALUES["industry"]),
        "persona": st.sampled_from(VALUES["persona"]),
        "needs": st.lists(st.sampled_from(VALUES["need"]), max_size=2, unique=True),
        "region": st.sampled_from(VALUES["region"]),
        "fleet_size": st.sampled_from((40, 400)),
        "language": st.sampled_from(("en", "nl")),
    },
)


@st.composite
def libraries(draw: Callable[..., Any]) -> list[tuple[str, dict[str, Any], bool, bool]]:
    """Per block: id, properties, approved, has a Dutch version."""
    count = draw(st.integers(1, len(IDS)))
    return [(IDS[n], draw(block_facts), draw(st.booleans()), draw(st.booleans())) for n in range(count)]


def built(make: Make, described: list[tuple[str, dict[str, Any], bool, bool]]) -> Library:
    blocks, approved = [], set()
    for id, facts, is_approved, dutch in described:
        blocks.append(make.block(id, **facts))
        if dutch:
            blocks.append(make.block(id, **facts, language="nl"))
        if is_approved:
            approved.add(id)
    claims = (
        make.claim("old", expires=DAY - timedelta(days=1)),
        make.claim("fresh", expires=DAY),
        make.claim("regional", permission_regions=("emea",)),
        make.claim("quiet", permission_name_customer=False),
    )
    return make.library(*blocks, claims=claims, approved=approved)  # type: ignore[no-any-return]


def chosen(make: Make, lib: Library, who: Prospect, slides: int | None = None) -> Selection:
    slots = (
        make.pick("problem", at_most=2),
        make.pick("case-study", 1, 2, spread="customer"),
        make.pick("note"),
    )
    return make.select(lib, who, *slots, limits=make.limits(slides=slides))[0]  # type: ignore[no-any-return]


@ANY
@given(described=libraries(), facts=profiles)
def test_nothing_that_must_not_be_shown_is_ever_picked(make: Make, described: Any, facts: Any) -> None:
    lib, who = built(make, described), make.prospect(**facts)
    aims = aims_of(lib, who, build_index(lib).hierarchies)
    for pick in chosen(make, lib, who).picks():
        assert content_obstacle(lib, pick.block, "deck", DAY) is None
        assert region_obstacle(lib, pick.block, "deck", aims) is None
        assert not pick.block.internal and (pick.block.id, pick.block.language) in lib.approvals
        assert (pick.block.valid_from or DAY) <= DAY <= (pick.block.valid_until or DAY)


@ANY
@given(described=libraries(), facts=profiles, shuffled=st.randoms(use_true_random=False))
def test_order_of_files_and_dimension_values_does_not_matter(
    make: Make, described: Any, facts: Any, shuffled: Any
) -> None:
    lib, who = built(make, described), make.prospect(**facts)
    items = list(lib.blocks.items())
    shuffled.shuffle(items)
    other = replace(lib, blocks={id: dict(reversed(versions.items())) for id, versions in items})
    assert chosen(make, lib, who) == chosen(make, other, who)


@ANY
@given(described=libraries(), facts=profiles, slides=st.none() | st.integers(1, 3))
def test_blocks_that_exclude_each_other_are_never_together_and_companions_always(
    make: Make, described: Any, facts: Any, slides: int | None
) -> None:
    lib = built(make, described)
    picks = chosen(make, lib, make.prospect(**facts), slides).picks()
    ids = [pick.block.id for pick in picks]
    assert len(ids) == len(set(ids))
    for pick in picks:
        assert not set(pick.block.never_with) & (set(ids) - {pick.block.id})
        assert set(pick.block.goes_with) <= set(ids)


@ANY
@given(described=libraries(), facts=profiles, piece=st.sampled_from(("deck", "briefing")))
def test_index_finds_what_a_scan_finds_in_the_same_order(
    make: Make, described: Any, facts: Any, piece: str
) -> None:
    lib, who = built(make, described), make.prospect(**facts)
    index = build_index(lib)
    aims = aims_of(lib, who, index.hierarchies)
    usable = index.usable(DAY, piece, "en", "en") & ~out_of_region(index, aims, piece)
    found = [
        (index.blocks[c.position].id, c.points) for c in ranked(usable, levels_of(index, aims, "en", "en"))
    ]

    def usable_here(block: Block) -> bool:
        obstacle = content_obstacle(lib, block, piece, DAY) or region_obstacle(lib, block, piece, aims)
        return block.language == "en" and obstacle is None

    scanned = [(b, judge(b, aims, who)) for b in index.blocks if usable_here(b)]
    expected = [(b.id, v.points) for b, v in scanned if v.fits]
    assert found == sorted(
        expected, key=lambda pair: -pair[1]
    )  # stable: the index is in order of specificity


@ANY
@given(described=libraries(), facts=profiles)
def test_more_knowledge_never_brings_in_less_than_the_questions_say(
    make: Make, described: Any, facts: Any
) -> None:
    who = make.prospect(**facts)
    for question in chosen(make, built(make, described), who).questions:
        root = question.fact.partition(".")[0]
        assert root not in facts or root in ("industry", "needs", "persona", "region")
        assert question.weight > 0 and len(question.unlocks) <= question.count
