"""Writes a workspace with N blocks, for measuring: `python bench/load/make_blocks.py N FOLDER`."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

from collateral.load.approvals import approve, needs_approval
from collateral.load.workspace import load_library

INDUSTRIES = [f"industry-{n}" for n in range(40)]
NEEDS = [f"need-{n}" for n in range(60)]
PERSONAS = [f"persona-{n}" for n in range(12)]
KINDS = ["problem", "case-study", "solution", "value", "security", "objection"]
OLD = 1_700_000_000  # a day in the past, so that no file is too young to be trusted

SETTINGS = """seller: {{name: Measure, website: https://measure.example}}
languages: {{default: en, also: [nl]}}
dimensions:
  industry: {{weight: 4, values: [{industries}]}}
  need: {{weight: 5, values: [{needs}]}}
  persona: {{weight: 3, values: [{personas}]}}
facts: {{fleet_size: number}}
"""

BLOCK = """---
id: block-{n}
kind: {kind}
title: Block number {n} says something worth reading
owner: owner-{owner}
audience: {{industry: [{industry}], need: [{need}], persona: [{persona}]}}
when: prospect.fleet_size >= {fleet}
valid: {{from: 2026-01-01, until: 2027-12-31}}
review_by: 2027-06-01
claims: [claim-{claim}]
---
::: deck {{layout="Title and Content"}}
## {{{{ prospect.short_name }}}} gains {n} hours a year
- Dwell time **down {claim}%** in nine months [claim:claim-{claim}]
- Planning takes minutes, not a morning
- Carriers book their own slots
::: notes
Ask who plans the docks today.
:::
:::

::: document
At {{{{ prospect.name }}}} trucks wait. We measured {n} sites, three months before and after; the median site won {claim}%.

| Measure | Change |
|:--|--:|
| Dwell | {claim}% |
:::

::: email
The median site won {claim}% of its dock hours back.
:::
"""


def make_blocks(count: int, folder: Path) -> None:
    """Write the workspace."""
    blocks = folder / "content_blocks"
    (folder / "templates").mkdir(parents=True, exist_ok=True)
    blocks.mkdir(exist_ok=True)
    lists = {"industries": INDUSTRIES, "needs": NEEDS, "personas": PERSONAS}
    _write(folder / "collateral.yaml", SETTINGS.format(**{key: ", ".join(v) for key, v in lists.items()}))
    claims = "".join(f"claim-{n}: {{says: Down {n}%, source: study {n}, owner: x}}\n" for n in range(50))
    _write(blocks / "claims.yaml", claims)
    for n in range(count):
        group = blocks / f"group-{n // 500}"
        group.mkdir(exist_ok=True)
        _write(group / f"block-{n}.md", _block(n))
    library, _ = load_library(folder)
    _write(
        blocks / "approvals.yaml",
        approve(library, needs_approval(library), by="Measure", on=date(2026, 1, 1)),
    )


def _block(n: int) -> str:
    return BLOCK.format(
        n=n,
        kind=KINDS[n % len(KINDS)],
        owner=n % 20,
        industry=INDUSTRIES[n % len(INDUSTRIES)],
        need=NEEDS[n * 7 % len(NEEDS)],
        persona=PERSONAS[n * 5 % len(PERSONAS)],
        fleet=n % 500,
        claim=n % 50,
    )


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    os.utime(path, (OLD, OLD))


if __name__ == "__main__":
    make_blocks(int(sys.argv[1]), Path(sys.argv[2]))
