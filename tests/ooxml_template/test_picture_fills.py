"""Shapes that a picture fills, with a tag for it in their alt text or name."""

from __future__ import annotations

import io
import re

import pytest
from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml.ns import qn
from pptx.util import Inches
from template_builders import _saved, image, member, names_in, png

from collateral.ooxml import fill

_SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_STRETCHED = '<a:srcRect l="10000"/><a:stretch><a:fillRect/></a:stretch>'
_TILED = '<a:tile tx="0" ty="0" sx="100000" sy="100000" flip="none" algn="tl"/>'


def _deck(tag: str, *, attribute: str = "descr", placed: str = _STRETCHED, text: str = "") -> bytes:
    """A slide with a circle of 3 by 2 inches filled with a sample picture."""
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    shape = slide.shapes.add_shape(MSO_SHAPE.OVAL, Inches(1), Inches(1), Inches(3), Inches(2))
    _, rel = slide.part.get_or_add_image_part(io.BytesIO(png(4, 4, "green")))
    filled = f'<a:blipFill {_SPACES} rotWithShape="1"><a:blip r:embed="{rel}"><a:grayscl/></a:blip>{placed}</a:blipFill>'
    shape._element.spPr.find(qn("a:prstGeom")).addnext(etree.fromstring(filled))
    shape._element.nvSpPr.cNvPr.set(attribute, tag)
    shape.text_frame.text = text
    return _saved(made)


def _slide(data: bytes, **values: object) -> tuple[bytes, str]:
    made, problems = fill(data, values)
    assert made is not None, problems
    return made, member(made, "ppt/slides/slide1.xml")


@pytest.mark.parametrize("attribute", ["descr", "name"])
@pytest.mark.parametrize("placed", [_STRETCHED, _TILED])
def test_picture_covers_the_shape_it_fills(attribute: str, placed: str) -> None:
    made, xml = _slide(_deck("{{ photo }}", attribute=attribute, placed=placed), photo=image(40, 10))
    assert '<a:stretch><a:fillRect l="-83333" r="-83333"/></a:stretch></a:blipFill>' in xml
    assert "srcRect" not in xml and "a:tile" not in xml and "<a:grayscl/>" in xml
    assert len([name for name in names_in(made) if "/media/" in name]) == 1


def test_picture_is_contained_in_the_shape_when_the_tag_says_so() -> None:
    _, xml = _slide(_deck('{{ picture(photo, fit="contain") }} Our team'), photo=image(40, 10))
    assert '<a:stretch><a:fillRect t="31250" b="31250"/></a:stretch>' in xml
    assert 'descr="Our team"' in xml


def test_picture_of_the_shapes_proportions_just_fills_it() -> None:
    assert "<a:stretch><a:fillRect/></a:stretch>" in _slide(_deck("{{ photo }}"), photo=image(30, 20))[1]


def test_shape_without_a_picture_to_fill_it_goes_and_its_sample_with_it() -> None:
    made, xml = _slide(_deck("{{ photo }}"), photo="")
    assert "<p:sp>" not in xml and not any("/media/" in name for name in names_in(made))


def test_shape_that_says_something_stays_without_its_fill() -> None:
    _, xml = _slide(_deck("{{ photo }}", text="Hello {{ name }}"), photo="", name="Els")
    assert "Hello Els" in xml and "<a:noFill/>" in xml and "blipFill" not in xml


def test_text_is_the_alt_text_of_the_shape_as_it_was_drawn() -> None:
    _, xml = _slide(_deck("{{ about }}"), about="A forest")
    assert 'descr="A forest"' in xml and re.search(r'<a:blip r:embed="rId\d+">', xml)
