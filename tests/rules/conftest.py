"""The rules judge a workspace on disk, as people write it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from collateral.diagnostics import Diagnostic
from collateral.load.workspace import load_library, load_prospects
from collateral.model.frames import Barrier, DeckMaster
from collateral.rules import run_rules
from tests.load.conftest import SETTINGS, Make, make

TODAY = date(2026, 11, 22)
Judge = Callable[..., list[Diagnostic]]

__all__ = ["make"]


@pytest.fixture
def judge(make: Make) -> Judge:
    """`judge({"path": "text"})` → findings of the rules on 2026-11-22; `only` names the code that matters."""

    def run(
        files: dict[str, str | bytes],
        *,
        only: str = "",
        settings: str = "",
        masters: Mapping[str, DeckMaster] | None = None,
        places: Mapping[str, frozenset[str]] | None = None,
        barriers: Sequence[Barrier] = (),
        as_of: date = TODAY,
    ) -> list[Diagnostic]:
        root: Path = make(files, settings=SETTINGS + settings)
        library, found = load_library(root)
        assert found == [], found
        prospects, _ = load_prospects(library)
        judged = run_rules(
            library,
            prospects,
            as_of=as_of,
            masters=masters,  # type: ignore[arg-type]
            places=places,  # type: ignore[arg-type]
            barriers=barriers,
        )
        return [d for d in judged if only in ("", d.code)]

    return run
