"""Tags on layouts, masters and notes pages do what they do on slides; what needs a slide is refused there."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "ooxml_slides"))
sys.path.insert(0, str(Path(__file__).parent))
from deck_builders import add, add_shape, box, chart_deck, deck, noted_deck, png, relate, text
from template_builders import filled_package, image

from collateral.ooxml import fill, inspect
from collateral.ooxml.package import Package

MASTER = "ppt/slideMasters/slideMaster1.xml"
LAYOUT = "ppt/slideLayouts/slideLayout6.xml"
NOTES = "ppt/notesSlides/notesSlide1.xml"


def _refusals(package: Package, **data: object) -> list[tuple[str, str]]:
    made, problems = fill(package, data)
    assert made is None
    return [(d.code, d.message) for d in problems]


def _with_logo(part: str) -> Package:
    """A deck with a picture there that asks for another."""
    package = add(
        noted_deck("note") if part == NOTES else deck("T"), "ppt/media/sample.png", "image/png", png()
    )
    picture = (
        '<p:pic><p:nvPicPr><p:cNvPr id="90" name="Logo" descr="{{ logo }}"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr>'
        '<p:blipFill><a:blip r:embed="rId71"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="400000" cy="400000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</p:spPr></p:pic>"
    )
    return add_shape(relate(package, part, "rId71", "image", "ppt/media/sample.png"), part, picture)


@pytest.mark.parametrize("part", [MASTER, LAYOUT, NOTES])
def test_a_picture_takes_the_place_of_the_drawn_one(part: str) -> None:
    logo = image(40, 10)
    result = filled_package(_with_logo(part), logo=logo)
    shown = [r.target for r in result.parts[part].relationships if "/image" in r.type]
    assert [result.parts[name].data() for name in shown] == [logo.data]
    assert 'cx="400000" cy="100000"' in text(result, part)
    assert "ppt/media/sample.png" not in result.parts


def test_a_placeholder_of_a_layout_goes_on_waiting_for_the_pictures_of_slides() -> None:
    shape = (
        '<p:sp><p:nvSpPr><p:cNvPr id="90" name="Photo" descr="{{ hint }}"/><p:cNvSpPr/><p:nvPr><p:ph type="pic" idx="20"/>'
        "</p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p/></p:txBody></p:sp>"
    )
    result = filled_package(add_shape(deck("T"), LAYOUT, shape), hint="a photo")
    assert "<p:pic>" not in text(result, LAYOUT)
    assert 'descr="a photo"' in text(result, LAYOUT)


@pytest.mark.parametrize("part", [MASTER, LAYOUT])
def test_an_empty_value_takes_the_picture_away(part: str) -> None:
    result = filled_package(_with_logo(part), logo="")
    assert "<p:pic>" not in text(result, part)
    assert not [name for name in result.parts if "/media/" in name]


@pytest.mark.parametrize("part", [MASTER, LAYOUT])
def test_a_link_with_a_tag_in_its_address_leads_there(part: str) -> None:
    link = '<a:hlinkClick r:id="rId70" tooltip="{{ name }}"/>'
    package = relate(
        add_shape(deck("T"), part, box(27, "Link", link=link)),
        part,
        "rId70",
        "hyperlink",
        "https://e.com/?q=%7B%7B%20name%20%7D%7D",
        external=True,
    )
    result = filled_package(package, name="R&D")
    assert [r.target for r in result.parts[part].relationships if r.external] == ["https://e.com/?q=R%26D"]
    assert 'tooltip="R&amp;D"' in text(result, part)


@pytest.mark.parametrize("part", [MASTER, LAYOUT])
def test_copies_of_a_shape_have_places_and_ids_of_their_own(part: str) -> None:
    body = "<a:r><a:t>{%shape for x in xs %}{{ x }}</a:t></a:r>"
    result = filled_package(add_shape(deck("T"), part, box(27, "Card", body=body)), xs=["a", "b"])
    cards = re.findall(r'<p:cNvPr id="(\d+)" name="Card".*?<a:off ([^>]*)/>', text(result, part))
    assert len({id_ for id_, _ in cards}) == len({place for _, place in cards}) == 2


@pytest.mark.parametrize("part", [MASTER, LAYOUT])
def test_a_directive_for_slides_is_refused(part: str) -> None:
    body = "<a:r><a:t>{%slide if x %}Text</a:t></a:r>"
    found = _refusals(add_shape(deck("T"), part, box(27, "Box", body=body)), x=True)
    assert found == [("tag-misplaced", '"{%slide if x %}" governs slides, and stands on none')]


def test_a_chart_that_asks_for_data_is_refused() -> None:
    package = chart_deck()
    slide = package.parts["ppt/slides/slide1.xml"]
    frame = re.search(r"<p:graphicFrame>.*?</p:graphicFrame>", slide.data().decode(), re.S)
    chart = next(r for r in slide.relationships if r.type.endswith("/chart"))
    assert frame is not None
    tagged = frame[0].replace('name="Chart 2"', 'name="Chart 2" descr="{{ chart(x) }}"')
    package = relate(
        add_shape(package, LAYOUT, tagged.replace(f'"{chart.id}"', '"rId70"')),
        LAYOUT,
        "rId70",
        "chart",
        chart.target,
    )
    assert _refusals(package, x={"a": 1}) == [
        ("chart-unsupported", '"Chart 2" stands on no slide, so it gets no data')
    ]


def test_the_contract_names_what_layouts_and_masters_need() -> None:
    package = add_shape(_with_logo(MASTER), LAYOUT, box(27, "Box", body="<a:r><a:t>{{ seller }}</a:t></a:r>"))
    seen, _ = inspect(package)
    assert seen is not None
    assert [(field.path, field.kind) for field in seen.fields] == [("logo", "picture"), ("seller", "texts")]
