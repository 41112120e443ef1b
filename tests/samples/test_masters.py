"""The masters are ordinary, complete, readable files, and hold what templates and blocks ask of them."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))
DECKS = ("harborline.pptx", "harborline.nl.pptx")
DOCUMENTS = ("proposal.docx", "proposal.nl.docx", "briefing.docx", "briefing.nl.docx")
LAYOUTS = {
    "Title", "Section", "Title and Content", "Two Content", "Case Study", "Quote", "Table", "Chart", "Picture", "Big Numbers",
    "Closing", "Agenda", "Executive Summary", "Three Columns", "Title Only",
}  # fmt: skip


def _linear(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4


def contrast(first: str, second: str) -> float:
    """WCAG 2.1 contrast ratio of two RRGGBB colours."""
    shades = []
    for color in (first, second):
        r, g, b = (_linear(int(color[i : i + 2], 16)) for i in (0, 2, 4))
        shades.append(0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05)
    return max(shades) / min(shades)


@pytest.mark.parametrize("name", DECKS)
def test_a_deck_master_offers_every_layout_and_unique_placeholders(name: str) -> None:
    from pptx import Presentation

    deck = Presentation(str(ROOT / "templates" / name))
    assert {layout.name for layout in deck.slide_layouts} == LAYOUTS
    assert (deck.slide_width, deck.slide_height) == (12192000, 6858000)
    for layout in deck.slide_layouts:
        places = [p.placeholder_format.idx for p in layout.placeholders]
        assert len(places) == len(set(places)), layout.name
        assert all(not re.fullmatch(r"(Text |Content )?Placeholder \d+", p.name) for p in layout.placeholders)


@pytest.mark.parametrize("name", DECKS)
def test_the_slides_templates_ask_for_are_in_the_master(name: str) -> None:
    from pptx import Presentation

    from collateral.load.workspace import load_library

    deck = Presentation(str(ROOT / "templates" / name))
    there = {re.match(r"@id: (\S+)", s.notes_slide.notes_text_frame.text)[1] for s in deck.slides}  # type: ignore[index]
    library, _ = load_library(ROOT)
    asked = {
        slot.slide for t in library.templates.values() for s in t.sections for slot in s.slots if slot.slide
    }
    assert asked <= there


@pytest.mark.parametrize("name", DECKS)
def test_the_layouts_blocks_ask_for_are_in_the_master(name: str) -> None:
    asked = {
        match
        for path in (ROOT / "content_blocks").rglob("*.md")
        for match in re.findall(
            r'^::: deck.*layout="([^"]+)"', path.read_text(encoding="utf-8"), re.MULTILINE
        )
    }
    assert asked <= LAYOUTS


@pytest.mark.parametrize("name", DECKS)
def test_every_table_of_a_deck_master_has_the_house_style(name: str) -> None:
    from masters.theme import TABLE_STYLE
    from pptx import Presentation

    deck = Presentation(str(ROOT / "templates" / name))
    tables = [s for slide in deck.slides for s in slide.shapes if s.has_table]
    assert tables
    assert all(t._element.find(".//{*}tableStyleId").text == TABLE_STYLE for t in tables)


def test_text_colours_are_readable_on_their_ground() -> None:
    from masters import brand

    on_white = (brand.INK, brand.NAVY, brand.TEAL, brand.RUST, brand.SLATE)
    assert min(contrast(color, brand.WHITE) for color in on_white) >= 4.5
    assert min(contrast(color, brand.PAPER) for color in on_white) >= 4.5
    assert min(contrast(color, brand.NAVY) for color in (brand.WHITE, brand.MIST)) >= 4.5
    assert contrast(brand.WHITE, brand.RUST) >= 4.5


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_master_has_the_styles_people_expect(name: str) -> None:
    from docx import Document

    styles = {s.name for s in Document(str(ROOT / "templates" / name)).styles}
    assert styles >= {
        "Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "List Bullet", "List Number", "Quote", "Caption", "Harborline Table",
    }  # fmt: skip


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_named_slot_of_a_document_template_has_a_place_in_its_master(name: str) -> None:
    from docx import Document

    from collateral.load.workspace import load_library

    library, _ = load_library(ROOT)
    template = next(t for t in library.templates.values() if t.id == name.split(".")[0])
    places = {
        m
        for p in Document(str(ROOT / "templates" / name)).paragraphs
        for m in re.findall(r'slot\("([^"]+)"\)', p.text)
    }
    assert {slot.name for s in template.sections for slot in s.slots} <= places


@pytest.mark.parametrize("name", ["email.html", "email.nl.html"])
def test_an_email_master_compiles_and_asks_for_nothing_a_prospect_must_have(name: str) -> None:
    from collateral.render.html_template import compile_html

    path = ROOT / "templates" / name
    template, problems = compile_html(path.read_text(encoding="utf-8"), name)
    assert problems == []
    assert all(field.split(".")[0] in ("seller", "contact") for field in template.fields)
