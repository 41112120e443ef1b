"""Decks that were damaged or made to harm: an answer with reasons, never a traceback."""

from __future__ import annotations

from functools import cache

import pytest
from deck_builders import (
    add_shape,
    box,
    chart_deck,
    deck,
    jump_deck,
    noted_deck,
    relate,
    saved,
    sectioned,
    swap,
    table_deck,
    text,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collateral.ooxml.package import Package, Relationship
from collateral.ooxml.slides import ImportOptions, import_slides, take_slides
from collateral.ooxml.slides.scaling import Scale, scale_motion
from collateral.ooxml.xml import parse_xml, serialise

VALUES = ["", "-1", "x", "9" * 30, "1.5", "NaN", "1e400", "²", "rId1", "{"]


@cache
def _sources() -> list[Package]:
    return [chart_deck(), noted_deck("n"), table_deck(), sectioned(jump_deck(), One=[1], Two=[2, 3])]


@st.composite
def _damaged(draw: st.DrawFn) -> Package:
    package = draw(st.sampled_from(_sources()))
    for _ in range(draw(st.integers(1, 4))):
        xml = [name for name in package.parts if name.endswith(".xml") and name.startswith("ppt/")]
        name = draw(st.sampled_from([package.main.name, "ppt/slides/slide1.xml", *xml]))
        part = package.parts[name]
        root = parse_xml(part.data())
        elements = list(root.iter("*"))
        element = elements[draw(st.integers(0, len(elements) - 1))]
        how = draw(st.sampled_from(["remove", "change", "relate"]))
        parent = element.getparent()
        if how == "remove" and parent is not None:
            parent.remove(element)
        elif how == "change" and element.attrib:
            element.set(
                draw(st.sampled_from(sorted(map(str, element.attrib)))), draw(st.sampled_from(VALUES))
            )
        elif how == "relate" and part.relationships:
            old = draw(st.sampled_from(part.relationships))
            target = draw(st.sampled_from(sorted(package.parts)))
            part = part.with_relationships(
                [r if r is not old else Relationship(r.id, r.type, target) for r in part.relationships]
            )
        package = package.with_parts([part.with_data(serialise(root))])
    return package


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(_damaged(), _damaged(), st.sampled_from(["map", "bring"]))
def test_damaged_decks_give_a_package_and_reasons(target: Package, source: Package, mode: str) -> None:
    options = ImportOptions(layouts="map" if mode == "map" else "bring")
    result, arrived, found = import_slides(target, source, options=options)
    assert saved(result)
    assert len(arrived) <= 3
    assert all(d.message and d.code for d in found)
    cut, _ = take_slides(source, [1])
    assert saved(cut)


@pytest.mark.parametrize("value", VALUES)
def test_numbers_that_are_none_do_not_stop_a_slide(value: str) -> None:
    source = swap(
        add_shape(deck("A"), "ppt/slides/slide1.xml", box(77, "Odd")),
        "ppt/slides/slide1.xml",
        'x="914400"',
        f'x="{value}"',
    )
    source = swap(source, "ppt/slides/slide1.xml", 'id="77"', f'id="{value}"')
    _, arrived, _ = import_slides(deck("Own", size=(4572000, 3429000)), source)
    assert len(arrived) == 1


def test_picture_outside_the_file_is_named() -> None:
    shape = box(9, "Linked").replace("</p:spPr>", '<a:blipFill><a:blip r:link="rId9"/></a:blipFill></p:spPr>')
    source = add_shape(deck("A"), "ppt/slides/slide1.xml", shape)
    source = relate(
        source, "ppt/slides/slide1.xml", "rId9", "image", "file:///C:/secret/logo.png", external=True
    )
    _, arrived, found = import_slides(deck("Own"), source)
    assert len(arrived) == 1
    assert [d.code for d in found] == ["linked-picture"]
    assert "file:///C:/secret/logo.png" in found[0].message


def test_entities_are_not_expanded() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><p:sld xmlns:p="p">&a;</p:sld>'
    source = deck("A")
    source = source.with_parts([source.parts["ppt/slides/slide1.xml"].with_data(bomb)])
    result, arrived, found = import_slides(deck("Own"), source)
    assert arrived == []
    assert [d.code for d in found] == ["unreadable-part"]
    assert "aaaa" not in text(result, "ppt/slides/slide1.xml")


@pytest.mark.parametrize(
    ("path", "scaled"),
    [
        ("M 0 0 L 0.5 0.5 E", "M 0 0 L 0.5 0.25 E"),
        ("M 0 0 C 0.2 0.4 0.4 0.4 1 1 Z", "M 0 0 C 0.2 0.2 0.4 0.2 1 0.5 Z"),
        ("M0,0 C.2,.4,.4,.4,1,1", "M0,0 C0.2,0.2,0.4,0.2,1,0.5"),
        ("M 0 0 L 1E-1 2.0e-1", "M 0 0 L 0.1 0.1"),
        ("", ""),
    ],
)
def test_motion_keeps_its_distance_when_the_slide_is_laid_on_a_taller_one(path: str, scaled: str) -> None:
    assert scale_motion(path, Scale.between((400, 300), (400, 600))) == scaled
