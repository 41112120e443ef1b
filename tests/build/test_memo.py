"""What is kept between runs is used when it fits, and ignored when it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from collateral.build import Workspace, memo
from collateral.expressions.parsing import pack_memo


def test_index_of_a_large_library_is_kept_and_found_again(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memo, "LARGE", 1)
    built = memo.recall_index(workspace.library, tmp_path)
    (kept,) = (tmp_path / "indexes").iterdir()
    assert memo.recall_index(workspace.library, tmp_path) == built
    kept.write_bytes(kept.read_bytes()[:-20])
    assert memo.recall_index(workspace.library, tmp_path) == built


def test_damaged_memory_of_expressions_is_ignored(tmp_path: Path) -> None:
    (tmp_path / memo.KIND).write_bytes(b"collateral-cache-1\nnonsense")
    before = pack_memo()
    memo.recall_expressions(tmp_path)
    assert pack_memo() == before
