"""What is wrong in a chart or a SmartArt graphic is told with the name of its shape, and once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "ooxml_slides"))
from deck_builders import NS, add, add_shape, box, chart_deck, deck, relate, swap

from collateral.diagnostics import Place
from collateral.ooxml import compile_template, fill
from collateral.ooxml.package import Package

RUN = "<a:r><a:t>{{ x }}</a:t></a:r>"
SLIDE = "ppt/slides/slide1.xml"
DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
DRAWN = "http://schemas.microsoft.com/office/drawing/2008/diagram"


def _smart_art(words: str) -> Package:
    """A deck with a SmartArt graphic, which holds its words twice: as data and as they are drawn."""
    line = f"<a:p><a:r><a:t>{words}</a:t></a:r></a:p>"
    data = (
        f'<dgm:dataModel xmlns:dgm="{DIAGRAM}" {NS}><dgm:ptLst><dgm:pt modelId="0"><dgm:t><a:bodyPr/><a:p/></dgm:t></dgm:pt>'
        f'<dgm:pt modelId="1"><dgm:t><a:bodyPr/>{line}</dgm:t></dgm:pt></dgm:ptLst><dgm:extLst><a:ext uri="x">'
        f'<dsp:dataModelExt xmlns:dsp="{DRAWN}" relId="rId9"/></a:ext></dgm:extLst></dgm:dataModel>'
    )
    drawn = f'<dsp:drawing xmlns:dsp="{DRAWN}" {NS}><dsp:txBody>{line}</dsp:txBody></dsp:drawing>'
    kind = "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml"
    package = add(deck("T"), "ppt/diagrams/data1.xml", kind, data)
    kind = "application/vnd.ms-office.drawingml.diagramDrawing+xml"
    package = add(package, "ppt/diagrams/drawing1.xml", kind, drawn)
    package = relate(package, SLIDE, "rId8", "diagramData", "ppt/diagrams/data1.xml")
    kind = "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing"
    package = relate(package, SLIDE, "rId9", kind, "ppt/diagrams/drawing1.xml")
    frame = (
        '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="8" name="Our steps"/><p:cNvGraphicFramePr/><p:nvPr/>'
        '</p:nvGraphicFramePr><p:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></p:xfrm><a:graphic>'
        f'<a:graphicData uri="{DIAGRAM}"><dgm:relIds xmlns:dgm="{DIAGRAM}" r:dm="rId8"/></a:graphicData></a:graphic>'
        "</p:graphicFrame>"
    )
    return add_shape(package, SLIDE, frame)


def _chart(words: str) -> Package:
    package = chart_deck()
    name = next(name for name in package.parts if name.startswith("ppt/charts/chart"))
    title = f"<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>{words}</a:t></a:r></a:p></c:rich></c:tx></c:title>"
    package = swap(package, name, '<c:autoTitleDeleted val="0"/>', f'{title}<c:autoTitleDeleted val="0"/>')
    return swap(package, SLIDE, 'name="Chart 2"', 'name="Sales by quarter"')


@pytest.mark.parametrize(("make", "shape"), [(_smart_art, "Our steps"), (_chart, "Sales by quarter")])
def test_missing_value_is_told_with_the_shape(make: object, shape: str) -> None:
    made, problems = fill(make("{{ x }}"), {})  # type: ignore[operator]
    assert made is None
    assert [(d.code, str(d.at)) for d in problems] == [("missing-value", f'deck.pptx › slide 1 › "{shape}"')]


def test_misplaced_tag_in_smart_art_is_told_once() -> None:
    template, problems = compile_template(_smart_art("{%p if x %}"))
    assert template is None
    (problem,) = problems
    assert isinstance(problem.at, Place)
    assert (problem.at.shape, problem.at.part) == ("Our steps", "ppt/diagrams/data1.xml")


def test_words_of_smart_art_are_filled_where_they_are_drawn_too() -> None:
    made, problems = fill(_smart_art("{{ x }}"), {"x": "Plan & do"})
    assert problems == []
    assert made is not None


def test_tag_on_a_layout_is_told_with_the_layouts_name() -> None:
    layout = "ppt/slideLayouts/slideLayout6.xml"
    made, problems = fill(add_shape(deck("T"), layout, box(9, "Tagline", body=RUN)), {})
    assert made is None
    (told,) = [str(problem.at) for problem in problems]
    assert told == f'deck.pptx › {layout} (layout "Title Only") › "Tagline" › paragraph 1'
