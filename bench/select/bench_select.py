"""How long choosing takes as the library grows: 1,000, 10,000 and 100,000 blocks.

Prints for each size the time to build the index, the time to choose for one prospect with the index warm, and, for
comparison, what one look at every block would cost (the scan the index avoids).

    python bench/select/bench_select.py [SIZE…]
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from datetime import date
from decimal import Decimal

from collateral.model.library import (
    Approval,
    Block,
    BlockId,
    Digest,
    Dimension,
    DimensionValue,
    Form,
    Library,
    Limits,
    Policy,
    Section,
    Slot,
    Template,
    TemplateId,
)  # fmt: skip
from collateral.model.prospect import Prospect, ProspectId
from collateral.plan.audience import aims_of, judge
from collateral.plan.index import build_index
from collateral.plan.select import select_blocks

DAY = date(2026, 6, 1)
KINDS = (
    "problem",
    "proof",
    "solution",
    "case-study",
    "value",
    "security",
    "implementation",
    "objection",
    "competitor",
    "next-step",
)
SIZES = {
    "industry": (4, 60),
    "persona": (3, 12),
    "stage": (2, 5),
    "need": (5, 40),
    "region": (1, 30),
    "product": (2, 15),
}
PROSPECTS = 60


def dimensions() -> dict[str, Dimension]:
    """Six dimensions; every fifth industry includes the four after it."""
    made = {}
    for name, (weight, count) in SIZES.items():
        values = {}
        for n in range(count):
            below = (
                tuple(f"{name}-{m}" for m in range(n + 1, min(n + 5, count)))
                if name == "industry" and n % 5 == 0
                else ()
            )
            values[f"{name}-{n}"] = DimensionValue(f"{name}-{n}", f"{name} {n}", below)
        made[name] = Dimension(name, weight, values, "needs" if name == "need" else name, name)
    return made


def library(size: int) -> Library:
    """Blocks aimed by one to four dimensions; some with a rule, some expired, some not approved."""
    draw = random.Random(size)
    blocks, approvals = {}, {}
    for n in range(size):
        id = BlockId(f"block-{n:06d}")
        aimed = draw.sample(sorted(SIZES), draw.randint(0, 4))
        audience = {
            d: tuple(f"{d}-{draw.randrange(SIZES[d][1])}" for _ in range(draw.randint(1, 3))) for d in aimed
        }
        block = Block(
            id, draw.choice(KINDS), f"Block {n}", "en", f"content_blocks/{id}.md", Digest(f"d{n}"), audience=audience,
            when=f"prospect.fleet_size >= {draw.randrange(10, 500, 10)}" if draw.random() < 0.1 else None,
            valid_until=date(2026, draw.randint(1, 12), 28) if draw.random() < 0.3 else None,
            customer=f"customer {draw.randrange(200)}",
            forms=(Form("deck", "full", f"## Slide {n}\n", 1), Form("document", "full", "Text.", 1)),
        )  # fmt: skip
        blocks[id] = {"en": block}
        if draw.random() < 0.9:
            approvals[id, "en"] = Approval(id, "en", block.digest, "m", DAY)
    return Library(
        "w",
        {},
        "en",
        ("en",),
        dimensions(),
        {},
        Policy(),
        blocks,
        {},
        approvals,
        (),
        {},
        {},
        Digest("l"),
        KINDS,
    )


def prospects() -> list[Prospect]:
    """Profiles that know most of their dimensions."""
    draw = random.Random(7)
    made = []
    for n in range(PROSPECTS):
        facts: dict[str, object] = {"name": f"Prospect {n}", "fleet_size": draw.randrange(500)}
        for name, (_, count) in SIZES.items():
            if draw.random() < 0.85:
                value = f"{name}-{draw.randrange(count)}"
                facts["needs" if name == "need" else name] = (
                    [value, f"need-{draw.randrange(count)}"] if name == "need" else value
                )
        made.append(Prospect(ProspectId(f"p{n}"), "p.yaml", facts))
    return made


def template() -> Template:
    """A pitch deck: one or two of each kind, no two case studies of one customer."""
    slots = tuple(
        Slot(pick=k, at_least=0, at_most=2, spread="customer" if k == "case-study" else None) for k in KINDS
    )
    sections = (Section("All", slots),)
    return Template(
        TemplateId("pitch"),
        "deck",
        "Pitch",
        "m.pptx",
        sections,
        "t.yaml",
        Digest("t"),
        Limits(14, Decimal(30)),
    )


def measure(size: int) -> str:
    """One line of the table."""
    lib, deck = library(size), template()
    start = time.perf_counter()
    index = build_index(lib)
    build = time.perf_counter() - start
    everyone = prospects()
    select_blocks(lib, everyone[0], deck, as_of=DAY, index=index)  # parses the rules once
    spent = []
    for who in everyone:
        start = time.process_time()
        select_blocks(lib, who, deck, as_of=DAY, index=index)
        spent.append(time.process_time() - start)
    start = time.process_time()
    aims = aims_of(lib, everyone[0], index.hierarchies)
    for block in index.blocks:
        judge(block, aims, everyone[0])
    scan = time.process_time() - start
    median, worst = statistics.median(spent) * 1e3, max(spent) * 1e3
    return f"{size:>9,} {build * 1e3:>12.1f} {median:>14.2f} {worst:>12.2f} {scan * 1e3:>14.1f}"


def main() -> None:
    """Print the table."""
    sizes = [int(a) for a in sys.argv[1:]] or [1_000, 10_000, 100_000]
    print(f"{'blocks':>9} {'index, ms':>12} {'choose, ms':>14} {'worst, ms':>12} {'one scan, ms':>14}")
    for size in sizes:
        print(measure(size), flush=True)


if __name__ == "__main__":
    main()
