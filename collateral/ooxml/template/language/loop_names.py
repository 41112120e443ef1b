"""What a loop tells of itself (`loop.index` …) as expressions of generated code."""

from __future__ import annotations

from collections.abc import Mapping


def loop_names(index: str, items: str, around: int) -> Mapping[str, str]:
    """For each name the expression of it, from those of the turn's number from 0 and of the items, in so many loops."""
    return {
        "loop.previtem": f"({items}[{index}-1] if {index} else None)",
        "loop.nextitem": f"({items}[{index}+1] if {index}+1<len({items}) else None)",
        "loop.depth": str(around + 1),
        "loop.depth0": str(around),
        "loop.index": f"({index}+1)",
        "loop.index0": index,
        "loop.first": f"({index}==0)",
        "loop.last": f"({index}+1==len({items}))",
        "loop.length": f"len({items})",
        "loop.revindex": f"(len({items})-{index})",
        "loop.revindex0": f"(len({items})-{index}-1)",
    }
