"""What a master would tell customers that nobody meant to say is told to whoever owns it, and kept out of pieces where it can be."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from docx import Document
from openpyxl import load_workbook
from pptx import Presentation
from pptx.oxml import parse_xml

from collateral.build import Workspace
from collateral.diagnostics import Place

PRESENTATION = "http://schemas.openxmlformats.org/presentationml/2006/main"
DAY = date(2026, 11, 30)
MASTER = "templates/harborline.nl.pptx"
COVER, QUARTERS = 1, 6


def _told(workspace: Workspace, change: Callable[[Any], None], code: str) -> list[tuple[str, int | None]]:
    """Where `check` finds this after the master was changed."""
    path = workspace.root / MASTER
    deck = Presentation(str(path))
    change(deck)
    deck.save(str(path))
    found = Workspace(workspace.root, cache_folder=workspace.cache_folder).check(as_of=DAY)
    return [(d.at.file, d.at.slide) for d in found if d.code == code and isinstance(d.at, Place)]


def test_a_hidden_slide_is_told_where_pieces_may_take_it(workspace: Workspace) -> None:
    def hide(deck: Any) -> None:
        deck.slides[COVER - 1]._element.set("show", "0")
        draft = deck.slides.add_slide(deck.slide_layouts[0])
        draft._element.set("show", "0")  # without an @id, no piece takes it

    assert _told(workspace, lambda deck: None, "hidden-slide") == []
    assert _told(workspace, hide, "hidden-slide") == [(MASTER, COVER)]


def test_a_hidden_sheet_behind_a_chart_is_told_at_its_slide(workspace: Workspace) -> None:
    def add_costs(deck: Any) -> None:
        chart = next(shape.chart for shape in deck.slides[QUARTERS - 1].shapes if shape.has_chart)
        embedded = chart.part.chart_workbook.xlsx_part
        book, out = load_workbook(io.BytesIO(embedded.blob)), io.BytesIO()
        book.create_sheet("Our costs").sheet_state = "hidden"
        book.save(out)
        embedded._blob = out.getvalue()

    assert _told(workspace, lambda deck: None, "embedded-leak") == []
    assert (MASTER, QUARTERS) in _told(workspace, add_costs, "embedded-leak")


def test_an_invisible_shape_that_says_something_is_told(workspace: Workspace) -> None:
    def note(deck: Any) -> None:
        box = deck.slides[COVER - 1].shapes.add_textbox(0, 0, 900_000, 900_000)
        box.text_frame.text = "Margin 62 %"
        box._element.nvSpPr.cNvPr.set("hidden", "1")

    assert _told(workspace, lambda deck: None, "text-aside") == []
    assert _told(workspace, note, "text-aside") == [(MASTER, COVER)]


def test_a_note_beside_the_slide_is_told_unless_it_comes_in_or_goes(workspace: Workspace) -> None:
    def park(deck: Any) -> None:
        beside = deck.slide_width + 100_000
        for text in ("ask Bob before you use this", "{%slide if known(prospect.name) %}", "comes in later"):
            box = deck.slides[COVER - 1].shapes.add_textbox(beside, 0, 900_000, 900_000)
            box.text_frame.text = text
        timing = (
            f'<p:timing xmlns:p="{PRESENTATION}"><p:tnLst><p:par><p:cTn id="1"><p:childTnLst><p:set><p:cBhvr><p:cTn id="2"/>'
            f'<p:tgtEl><p:spTgt spid="{box.shape_id}"/></p:tgtEl></p:cBhvr></p:set></p:childTnLst></p:cTn></p:par></p:tnLst></p:timing>'
        )
        deck.slides[COVER - 1]._element.append(parse_xml(timing))

    assert _told(workspace, park, "text-aside") == [(MASTER, COVER)]


def test_hidden_text_of_a_document_is_told(workspace: Workspace) -> None:
    path = workspace.root / "templates" / "proposal.docx"
    letter = Document(str(path))
    run = letter.paragraphs[0].add_run("Floor price 900")
    run.font.hidden = True
    letter.add_paragraph().add_run("{%p if known(prospect.name) %}").font.hidden = True
    letter.add_paragraph().add_run("{%p endif %}").font.hidden = True
    letter.save(str(path))
    found = Workspace(workspace.root, cache_folder=workspace.cache_folder).check(as_of=DAY)
    assert [d.message for d in found if d.code == "text-aside"] == [
        '"Floor price 900" is hidden, but whoever gets the file can read it'
    ]


def _with(file: Path, edits: dict[str, tuple[bytes, bytes]]) -> None:
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for name, (old, new) in edits.items():
        assert old in members[name]
        members[name] = members[name].replace(old, new, 1)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def test_what_its_author_says_of_a_master_is_not_said_of_the_pieces(
    workspace: Workspace, tmp_path: Path
) -> None:
    _with(
        workspace.root / MASTER,
        {
            "docProps/app.xml": (
                b"</Properties>",
                rb"<Manager>Bob Boss</Manager><HyperlinkBase>\\server\sales</HyperlinkBase></Properties>",
            ),
            "docProps/core.xml": (
                b"</cp:coreProperties>",
                b"<dc:description>not final, ask Bob</dc:description><cp:category>internal</cp:category></cp:coreProperties>",
            ),
        },
    )
    (piece,) = Workspace(workspace.root, cache_folder=workspace.cache_folder).generate(
        "van-dijk", ["pitch-deck"], as_of=DAY, folder=tmp_path / "out"
    )
    assert piece.path is not None
    with zipfile.ZipFile(piece.path) as archive:
        said = archive.read("docProps/app.xml") + archive.read("docProps/core.xml")
    assert not any(word in said for word in (b"Bob", b"server", b"internal"))
    assert b"Harborline" in said
