"""What is made for a piece goes with it: workers of a campaign, which hardly ever look for garbage, stay as small as they are."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from collateral import Workspace

ROOT = Path(__file__).parents[2]
AS_OF = date(2026, 11, 30)
FEW = 20  # objects: what the standard library may leave of itself
TEMPLATES = ("pitch-deck", "executive-one-pager", "proposal", "briefing")  # the mail package leaves cycles


@pytest.fixture
def no_garbage_collection() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.usefixtures("no_garbage_collection")
def test_a_piece_leaves_nothing_to_collect(template: str, tmp_path: Path, cache_folder: Path) -> None:
    workspace = Workspace(ROOT, cache_folder=cache_folder)
    prospects = ("van-dijk", "frostline", "van-dijk")
    for prospect in prospects[:-1]:  # what compiling and a first look leave is not asked
        assert workspace.generate(prospect, [template], as_of=AS_OF, folder=tmp_path / prospect)[0].path
    gc.collect()
    assert workspace.generate(prospects[-1], [template], as_of=AS_OF, folder=tmp_path / "again")[0].path
    assert gc.collect() < FEW
