"""The expression cache is written when something new was parsed, and not for every piece."""

from __future__ import annotations

from pathlib import Path

from collateral.build.memo import keep_expressions
from collateral.expressions import parse


def test_expressions_are_kept_once(tmp_path: Path) -> None:
    parse("prospect.never_seen_before_1 > 3")
    keep_expressions(tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.unlink()
    parse("prospect.never_seen_before_1 > 3")
    keep_expressions(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_is_parsed_later_is_kept_too(tmp_path: Path) -> None:
    keep_expressions(tmp_path)
    parse("prospect.never_seen_before_2 > 3")
    keep_expressions(tmp_path)
    assert len(list(tmp_path.iterdir())) == 1
