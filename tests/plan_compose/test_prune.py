"""A slide gets what its paths reach, and nothing else."""

from __future__ import annotations

from collateral.plan.prune import prune

SCOPE = {
    "name": "Acme",
    "deal": {"size": 3, "owner": {"name": "Els", "phone": "1"}},
    "teams": [{"name": "A"}],
}


def test_only_what_the_paths_reach_is_kept() -> None:
    fields = (
        "teams.name",
        "deal.owner.name",
        "name",
        "deal.size",
        "deal.size",
        "deal.unknown.more",
        "unknown",
    )
    assert prune(SCOPE, fields) == {
        "name": "Acme",
        "deal": {"size": 3, "owner": {"name": "Els"}},
        "teams": [{"name": "A"}],
    }


def test_what_is_asked_for_whole_stays_whole_and_is_not_written_to() -> None:
    kept = prune(SCOPE, ("deal.owner.name", "deal"))
    assert kept == {"deal": SCOPE["deal"]}
    assert kept["deal"] is SCOPE["deal"]


def test_what_is_not_there_is_not_made() -> None:
    assert prune(SCOPE, ("seller.name", "deal.nobody", "deal.owner.mail.home")) == {"deal": {"owner": {}}}
