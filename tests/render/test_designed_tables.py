"""Tables of designed slides in a piece for a customer."""

from __future__ import annotations

import io
from datetime import date

from pptx import Presentation
from pptx.util import Emu, Inches

from collateral.diagnostics import Diagnostic
from collateral.model.artifact import Artifact
from collateral.model.library import BlockId, Digest, TemplateId
from collateral.model.plan import DeckContent, DesignedSlide, Origin, Plan, Properties
from collateral.model.prospect import ProspectId
from collateral.ooxml import compile_template
from collateral.ooxml.frames.master import read_master
from collateral.ooxml.package import open_package
from collateral.ooxml.record import compare
from collateral.ooxml.template.filling.deck import DeckTemplate
from collateral.render.deck import DeckTools, render_deck

ROWS = ("Lane", "{%tr for one in lanes %}", "{{ one }}", "{%tr endfor %}")


def _master() -> bytes:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    frame = slide.shapes.add_table(len(ROWS), 1, Inches(1), Inches(2), Inches(6), Inches(2))
    frame.name = "Lanes"
    for row, text in zip(frame.table.rows, ROWS, strict=True):
        row.height, row.cells[0].text = Emu(Inches(0.5)), text
    slide.notes_slide.notes_text_frame.text = "@id: lanes"
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _rendered(
    count: int, blocks: tuple[str | None, ...] = (None,)
) -> tuple[Artifact | None, list[Diagnostic]]:
    package, _ = open_package(_master(), file="master.pptx")
    assert package is not None
    template, found = compile_template(package)
    assert isinstance(template, DeckTemplate), found
    tools = DeckTools(template, read_master(package)[0], lambda _: (None, []))
    values = {"lanes": [str(i) for i in range(count)]}
    origins = [Origin(BlockId(block) if block else None, "en", None) for block in blocks]
    content = DeckContent(tuple(DesignedSlide("master.pptx", "lanes", values, origin) for origin in origins))
    plan = Plan(
        TemplateId("pitch"), Digest("d"), "deck", "master.pptx", ProspectId("acme"), "en",
        date(2026, 11, 30), "pitch.pptx", Properties("Pitch"), content,
    )  # fmt: skip
    return render_deck(plan, content, tools)


def test_table_that_fits_its_slide_is_rendered() -> None:
    artifact, found = _rendered(10)
    assert artifact is not None, found


def test_table_that_runs_over_its_slide_stops_the_piece_and_says_by_how_many_rows() -> None:
    artifact, found = _rendered(13)
    assert artifact is None
    assert [(d.code, d.message) for d in found] == [
        ("table-does-not-fit", "the table has 3 rows too many: 11 fit on the slide")
    ]
    assert "Lanes" in str(found[0].at)


def test_block_that_is_called_like_the_second_slide_of_another_has_a_key_of_its_own() -> None:
    artifact, found = _rendered(3, ("case", "case-2", "case"))
    assert artifact is not None, found
    states = compare(artifact.to_bytes())
    assert [(state.key, state.state) for state in states] == [
        ("case", "intact"),
        ("case-2", "intact"),
        ("case-3", "intact"),
    ]
