"""Charts that an animation shows by their series or categories: each that is there is shown, however many the data have."""

from __future__ import annotations

import re

import pytest
from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches
from template_builders import P, _saved, member

from collateral.ooxml import fill

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
GRID = ("-3", "-3", "gridLegend")
Step = tuple[str, str, str]


def _effect(number: int, shape: int, step: Step) -> str:
    series, category, kind = step
    return (
        f'<p:par><p:cTn id="{number}" fill="hold"><p:stCondLst><p:cond delay="indefinite"/></p:stCondLst><p:childTnLst>'
        f'<p:par><p:cTn id="{number + 1}" presetID="1" presetClass="entr" fill="hold" grpId="0" nodeType="clickEffect">'
        '<p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst><p:set><p:cBhvr>'
        f'<p:cTn id="{number + 2}" dur="1" fill="hold"/><p:tgtEl><p:spTgt spid="{shape}"><p:graphicEl>'
        f'<a:chart seriesIdx="{series}" categoryIdx="{category}" bldStep="{kind}"/></p:graphicEl></p:spTgt></p:tgtEl>'
        "<p:attrNameLst><p:attrName>style.visibility</p:attrName></p:attrNameLst></p:cBhvr><p:to>"
        '<p:strVal val="visible"/></p:to></p:set></p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn></p:par>'
    )


def _deck(*steps: Step, tag: str = "{{ chart(x) }}") -> bytes:
    """A slide with a chart of two series and two categories, shown step by step."""
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    data = CategoryChartData()
    data.categories = ["a", "b"]
    data.add_series("One", (1, 2))
    data.add_series("Two", (3, 4))
    place = (Inches(1), Inches(1), Inches(5), Inches(4))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *place, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", tag)
    effects = "".join(_effect(10 + 10 * at, frame.shape_id, step) for at, step in enumerate(steps))
    slide._element.append(
        etree.fromstring(
            f'<p:timing xmlns:p="{P}" xmlns:a="{A}"><p:tnLst><p:par><p:cTn id="1" dur="indefinite" nodeType="tmRoot">'
            f'<p:childTnLst><p:seq><p:cTn id="2" dur="indefinite" nodeType="mainSeq"><p:childTnLst>{effects}'
            "</p:childTnLst></p:cTn></p:seq></p:childTnLst></p:cTn></p:par></p:tnLst><p:bldLst>"
            f'<p:bldGraphic spid="{frame.shape_id}" grpId="0"><p:bldSub><a:bldChart bld="series"/></p:bldSub>'
            "</p:bldGraphic></p:bldLst></p:timing>"
        )
    )
    return _saved(made)


def _shown(deck: bytes, series: int, categories: int) -> list[Step]:
    """What the animation of the filled deck shows, after a look at its numbers."""
    data = {"categories": list(range(categories)), **{f"S{n}": [1] * categories for n in range(series)}}
    made, problems = fill(deck, {"x": data})
    assert made is not None, problems
    xml = member(made, "ppt/slides/slide1.xml")
    numbers = re.findall(r'<p:cTn id="(\d+)"', xml)
    assert len(set(numbers)) == len(numbers)
    return re.findall(r'<a:chart seriesIdx="(-?\d+)" categoryIdx="(-?\d+)" bldStep="(\w+)"', xml)


def _series(count: int) -> list[Step]:
    return [(str(number), "-3", "series") for number in range(count)]


@pytest.mark.parametrize("count", [1, 2, 5])
def test_every_series_that_is_there_is_shown_in_its_turn(count: int) -> None:
    assert _shown(_deck(GRID, *_series(2)), count, 3) == [GRID, *_series(count)]


@pytest.mark.parametrize("count", [1, 2, 4])
def test_every_category_that_is_there_is_shown_in_its_turn(count: int) -> None:
    steps = [("-3", str(number), "category") for number in range(4)]
    assert _shown(_deck(GRID, *steps[:2]), 2, count) == [GRID, *steps[:count]]


def test_chart_that_keeps_its_data_keeps_its_animation() -> None:
    assert _shown(_deck(GRID, *_series(2), tag="Sales"), 5, 5) == [GRID, *_series(2)]


def test_animation_of_a_chart_that_is_left_out_goes_with_it() -> None:
    deck = _deck(GRID, *_series(2), tag="{%shape if x == 1 %}{{ chart(x) }}")
    assert _shown(deck, 5, 5) == []
