"""What designed slides say of their paragraphs counts when their filled text is made to fit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Pt

from collateral.build import Workspace
from collateral.model.plan import DeckContent, DesignedSlide

DAY = date(2026, 11, 30)
TEXT = "{{ prospect.name }}\nEen zin van tamelijk vele en lange woorden"


def fits_as_drawn(workspace: Workspace, change: Callable[[Any], None], text: str = TEXT) -> bool:
    """Whether the last slide's text fits at full size once its last paragraph, of the level of the first, was changed."""
    master = workspace.root / "templates" / "harborline.nl.pptx"
    deck = Presentation(str(master))
    shape = deck.slides[7].shapes[1]
    shape.text_frame.text = text
    change(shape.text_frame.paragraphs[-1])
    deck.save(str(master))
    opened = Workspace(workspace.root, cache_folder=workspace.cache_folder)
    prospect, _ = opened.prospect("van-dijk")
    assert prospect is not None
    plan, _ = opened.plan(prospect, "pitch-deck", as_of=DAY)
    if plan is None:
        return False
    assert isinstance(plan.content, DeckContent)
    slide = next(s for s in plan.content.slides if isinstance(s, DesignedSlide) and s.slide == "closing")
    return shape.shape_id not in slide.fits


def lines_as_high_as_a_page(paragraph: Any) -> None:
    paragraph.line_spacing = Pt(330)


def narrow(paragraph: Any) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(6_500_000))
    properties.set("indent", "0")


def tabs(paragraph: Any) -> None:
    properties = paragraph._p.get_or_add_pPr()
    stops = etree.SubElement(properties, qn("a:tabLst"))
    etree.SubElement(stops, qn("a:tab"), pos=str(20_000_000), algn="l")
    paragraph.runs[-1].text += "\ta" * 6


@pytest.mark.parametrize("change", [lines_as_high_as_a_page, narrow, tabs])
def test_second_paragraph_that_says_it_needs_more_room_gets_it(
    workspace: Workspace, change: Callable[[Any], None]
) -> None:
    assert fits_as_drawn(workspace, lambda paragraph: None)
    assert not fits_as_drawn(workspace, change)


@pytest.mark.parametrize(("last", "fits"), [("kort", True), ("lang en " * 60, False)])
def test_every_copy_of_a_repeated_shape_is_made_to_fit(workspace: Workspace, last: str, fits: bool) -> None:
    text = f"{{%shape for x in ['kort', '{last}'] %}}{{{{ x }}}}"
    assert fits_as_drawn(workspace, lambda paragraph: None, text) is fits


@pytest.mark.parametrize(("name", "fits"), [("kort", True), ("lang en " * 30, False)])
def test_line_that_does_not_wrap_stays_on_the_slide(workspace: Workspace, name: str, fits: bool) -> None:
    def let_it_run(paragraph: Any) -> None:
        paragraph._p.getparent().find(qn("a:bodyPr")).set("wrap", "none")

    assert fits_as_drawn(workspace, let_it_run, f"{{{{ '{name}' }}}}") is fits
