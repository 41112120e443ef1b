"""A workspace on disk from the texts a test gives, on top of a small one that is right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

SETTINGS = """\
seller: {name: Harborline}
languages: {default: en, also: [nl]}
dimensions:
  industry:
    weight: 4
    values:
      logistics: {label: Logistics, includes: [freight-forwarding, last-mile]}
      retail: {label: {en: Retail, nl: Detailhandel}}
  persona: {weight: 3, values: [coo, cfo]}
  region: [emea, apac]
  need: {weight: 5, values: [dwell-time, safety]}
  competitor: [rivalsoft]
facts: {fleet_size: number, deal: money, since: date, active: boolean, wms: text, steps: list, site: url}
"""
BLOCK = """\
---
id: dwell-case
kind: case-study
title: A carrier cut dwell time
audience: {industry: [logistics]}
---
::: document
It did.
:::
"""
Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """`make({"path": "text"})` writes a workspace and returns its folder; bytes are written as they are."""

    def write(files: dict[str, str | bytes] | None = None, *, settings: str = SETTINGS) -> Path:
        root = tmp_path / "ws"
        all_files: dict[str, str | bytes] = {"collateral.yaml": settings, **(files or {})}
        for name, content in all_files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else dedent(content).encode())
        return root

    return write
