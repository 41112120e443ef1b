"""Paragraphs that an animation moves one by one: each that is there does, however many a loop or a list makes of them."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest
from lxml import etree
from pptx import Presentation

sys.path.insert(0, str(Path(__file__).parent))
from template_builders import _saved as saved
from template_builders import member

from collateral.ooxml import fill

P = "http://schemas.openxmlformats.org/presentationml/2006/main"
SLIDE = "ppt/slides/slide1.xml"


def _effect(number: int, shape: int, paragraph: int, start: str) -> str:
    return (
        f'<p:par><p:cTn id="{number}" presetID="1" presetClass="entr" fill="hold" grpId="0" nodeType="{start}">'
        '<p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst><p:set><p:cBhvr>'
        f'<p:cTn id="{number + 1}" dur="1" fill="hold"/><p:tgtEl><p:spTgt spid="{shape}"><p:txEl>'
        f'<p:pRg st="{paragraph}" end="{paragraph}"/></p:txEl></p:spTgt></p:tgtEl><p:attrNameLst>'
        "<p:attrName>style.visibility</p:attrName></p:attrNameLst></p:cBhvr><p:to>"
        '<p:strVal val="visible"/></p:to></p:set></p:childTnLst></p:cTn></p:par>'
    )


def _click(number: int, effects: str) -> str:
    return (
        f'<p:par><p:cTn id="{number}" fill="hold"><p:stCondLst><p:cond delay="indefinite"/></p:stCondLst><p:childTnLst>'
        f"{effects}</p:childTnLst></p:cTn></p:par>"
    )


def _deck(paragraphs: list[str], *, at_once: bool = False) -> bytes:
    """A slide with a text whose paragraphs appear one by one, on clicks or all on one."""
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[1])
    body = slide.placeholders[1]
    body.text_frame.text = "\n".join(paragraphs)
    start = "withEffect" if at_once else "clickEffect"
    effects = [
        _effect(100 + 10 * at, body.shape_id, at, start if at else "clickEffect")
        for at in range(len(paragraphs))
    ]
    clicks = (
        _click(10, "".join(effects))
        if at_once
        else "".join(_click(10 + at, e) for at, e in enumerate(effects))
    )
    slide._element.append(
        etree.fromstring(
            f'<p:timing xmlns:p="{P}"><p:tnLst><p:par><p:cTn id="1" dur="indefinite" nodeType="tmRoot"><p:childTnLst>'
            f'<p:seq><p:cTn id="2" dur="indefinite" nodeType="mainSeq"><p:childTnLst>{clicks}</p:childTnLst></p:cTn>'
            f"</p:seq></p:childTnLst></p:cTn></p:par></p:tnLst></p:timing>"
        )
    )
    return saved(made)


def _moved(data: bytes, **values: object) -> tuple[int, list[int], int]:
    """How many paragraphs the text has, those that move, and on how many clicks."""
    made, found = fill(data, values)
    assert made is not None, found
    xml = member(made, SLIDE)
    ids = re.findall(r'<p:cTn id="(\d+)"', xml)
    assert len(set(ids)) == len(ids)
    body = Presentation(io.BytesIO(made)).slides[0].placeholders[1]
    moved = [int(number) for number in re.findall(r'<p:pRg st="(\d+)"', xml)]
    return len(body.text_frame.paragraphs), moved, xml.count('delay="indefinite"')


LOOP = ["{%p for g in goals %}", "{{ g }}", "{%p endfor %}"]


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_every_paragraph_of_a_loop_moves_on_a_click_of_its_own(count: int) -> None:
    moved = _moved(_deck(LOOP), goals=[f"g{n}" for n in range(count)])
    assert moved == (count, list(range(count)), count)


def test_every_item_of_a_list_moves() -> None:
    assert _moved(_deck(["First", "{{ goals }}"]), goals=["a", "b", "c"]) == (4, [0, 1, 2, 3], 4)


@pytest.mark.parametrize(("shown", "count"), [(True, 3), (False, 2)])
def test_what_moved_a_paragraph_that_is_left_out_goes(shown: bool, count: int) -> None:
    text = ["First", "{% if shown %}Second{% endif %}", "Third"]
    assert _moved(_deck(text), shown=shown) == (count, list(range(count)), count)


def test_paragraphs_that_move_on_one_click_go_on_doing_so() -> None:
    assert _moved(_deck(LOOP, at_once=True), goals=["a", "b", "c", "d"]) == (4, [0, 1, 2, 3], 1)
    assert _moved(_deck(LOOP, at_once=True), goals=["a"]) == (1, [0], 1)


def test_a_text_without_directives_keeps_its_animation_as_it_is() -> None:
    data = _deck(["One", "Two"])
    made, _ = fill(data, {})
    assert made is not None
    timing = re.compile(r"<p:timing.*</p:timing>")
    assert timing.findall(member(made, SLIDE)) == timing.findall(member(data, SLIDE))
