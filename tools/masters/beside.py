"""Parts designed in PowerPoint and Word beside blocks: the connection diagram and the table of hosting places."""

from __future__ import annotations

import io
from pathlib import Path

from masters.brand import CONTENT_WIDTH, MARGIN
from masters.deck import settled
from masters.document import plain_document
from masters.layouts import BODY_TOP
from masters.package import bare_deck
from masters.shapes import Level, Tree, paragraph, scheme
from masters.slides import _append, _fill, _footer, _new
from masters.word_text import para, table

WORDS = {"lang": "en-GB"}
DARK = (Level(22, "bg1", bold=True, font="+mj-lt", align="ctr"), Level(15, "bg1", align="ctr", before=6))
LIGHT = (Level(17, "tx2", bold=True, align="ctr"), Level(14, "tx1", align="ctr", before=3))
FACTS = (
    "**Two days** of your IT team’s time",
    "**Nine** ready-made connections",
    "**A test site** that stays after go-live",
)


def write_beside(content: Path, assets: Path) -> None:
    """Write the designed parts beside their blocks."""
    (content / "implementation" / "wms-connection.pptx").write_bytes(_connection(assets))
    (content / "security" / "hosting-europe.docx").write_bytes(_hosting())


def _facts(tree: Tree) -> None:
    width = CONTENT_WIDTH / 3
    for n, fact in enumerate(FACTS):
        tree.rectangle(
            f"Fact rule {n + 1}", (MARGIN + n * width, BODY_TOP + 3.65, width - 0.3, 0.04), scheme("accent1")
        )
        tree.text(
            f"Fact {n + 1}",
            (MARGIN + n * width, BODY_TOP + 3.77, width - 0.3, 0.75),
            paragraph(fact),
            levels=(Level(17, "tx1"),),
        )


def _connection(assets: Path) -> bytes:
    from pptx import Presentation

    deck = Presentation(io.BytesIO(bare_deck(assets, "How Harborline connects")))
    slide = _new(
        deck,
        "Title Only",
        "wms-connection",
        "IT directors have seen integrations fail. Say first what happens when the link is down: the dock goes on.",
    )
    _fill(
        slide,
        WORDS,
        {0: "Harborline sits beside {{ prospect.wms | default('your warehouse system') }}, not in its place"},
    )
    tree = Tree()
    _box(tree, "Carriers", (MARGIN, BODY_TOP + 0.15, 3.1, 1.35), ("Carriers", "book and move slots"))
    _box(tree, "Gate", (MARGIN, BODY_TOP + 1.85, 3.1, 1.35), ("Gate and yard", "who is here, and where"))
    middle = (MARGIN + 4.2, BODY_TOP + 0.15, 3.53, 3.05)
    text = (
        paragraph("Harborline") + paragraph("one schedule", level=1) + paragraph("one log of times", level=1)
    )
    tree.text(
        "Harborline",
        middle,
        text,
        levels=DARK,
        fill=scheme("tx2"),
        anchor="ctr",
        insets=(0.2, 0.2, 0.2, 0.2),
        shape="roundRect",
        adjust=4000,
    )
    right = MARGIN + CONTENT_WIDTH - 3.1
    _box(
        tree,
        "Warehouse system",
        (right, BODY_TOP + 0.15, 3.1, 1.35),
        ("{{ prospect.wms | default('Warehouse system') }}", "orders in, doors out"),
    )
    _box(
        tree,
        "Transport system",
        (right, BODY_TOP + 1.85, 3.1, 1.35),
        ("Transport system", "arrivals in, times out"),
    )
    for n in range(2):
        y = BODY_TOP + 0.82 + n * 1.7
        tree.arrow(f"Left arrow {n + 1}", (MARGIN + 3.22, y), 0.86, "accent2")
        tree.arrow(f"Right arrow {n + 1}", (MARGIN + 7.85, y), -0.86, "accent1")
    _facts(tree)
    _append(slide, tree)
    _footer(slide, WORDS)
    buffer = io.BytesIO()
    deck.save(buffer)
    return settled(buffer.getvalue())


def _box(tree: Tree, name: str, box: tuple[float, float, float, float], texts: tuple[str, str]) -> None:
    text = paragraph(texts[0]) + paragraph(texts[1], level=1)
    tree.text(
        name,
        box,
        text,
        levels=LIGHT,
        fill=scheme("bg2"),
        anchor="ctr",
        insets=(0.15, 0.1, 0.15, 0.1),
        shape="roundRect",
        adjust=6000,
    )


def _hosting() -> bytes:
    rows = [
        ["What", "Where", "How long"],
        ["Bookings, times, loads", "Amsterdam, copy in Frankfurt", "As long as the contract"],
        ["Drivers’ phone numbers", "Amsterdam, copy in Frankfurt", "30 days"],
        ["Pictures of plates", "Read at the gate, never stored", "Not kept"],
        ["Support access from outside the Union", "Only with consent, each time", "One session"],
    ]
    return plain_document(
        para("European data stays in Europe, under European law", "Heading2")
        + para("The data of {{ prospect.name }} stays in two places, and this table is part of the contract.")
        + table(rows, (3400, 3400, 2270))
        + para(
            "The processing agreement and the list of suppliers are attached to every contract.", "Caption"
        ),
        "Where European data is kept",
    )
