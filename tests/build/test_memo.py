"""What is kept between runs is used when it fits, and ignored when it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from collateral.build import Workspace, memo
from collateral.expressions.parsing import pack_memo
from collateral.ooxml.validate import scan


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


def test_what_the_validator_learned_is_kept_and_taken_back(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "_scans", {})
    monkeypatch.setattr(scan, "_packed", 0)
    part = b"<a:p xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'><a:nope/>%b</a:p>"
    first = scan.scan_part(part % b"words")
    assert [problem.code for problem in first.problems] == ["unexpected-element"]
    memo.keep_scans(tmp_path)
    before = (tmp_path / memo.SCANS).stat().st_mtime_ns
    memo.keep_scans(tmp_path)
    assert (tmp_path / memo.SCANS).stat().st_mtime_ns == before, "nothing was learned since"
    monkeypatch.setattr(scan, "_scans", {})
    memo.recall_scans.cache_clear()
    memo.recall_scans(tmp_path)
    assert len(scan.pack_scans()) == 1
    assert scan.scan_part(part % b"other words") == first
    assert scan.scan_part(part % b"\x01").problems[0].code == "broken-part"


def test_what_other_code_of_the_engine_learned_is_ignored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "_scans", {})
    monkeypatch.setattr(scan, "_packed", 0)
    scan.scan_part(b"<x/>")
    monkeypatch.setattr(memo, "engine_version", lambda: "another")
    memo.keep_scans(tmp_path)
    monkeypatch.undo()
    monkeypatch.setattr(scan, "_scans", {})
    memo.recall_scans.cache_clear()
    memo.recall_scans(tmp_path)
    assert scan.pack_scans() == []
    memo.recall_scans.cache_clear()
