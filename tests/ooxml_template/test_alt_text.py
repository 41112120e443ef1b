"""Shape directives written in a shape's alt text or name."""

from __future__ import annotations

import io

import pytest
from PIL import Image as Pillow
from pptx import Presentation
from pptx.util import Inches

from collateral.ooxml import compile_template
from collateral.ooxml.values import Image


def png(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Pillow.new("RGB", (width, height), "navy").save(out, "PNG")
    return out.getvalue()


def pictures(alt: str, data: dict[str, object]) -> list[str]:
    """The alt texts of the pictures on a filled slide whose one picture has this alt text."""
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    picture = slide.shapes.add_picture(io.BytesIO(png(40, 20)), Inches(1), Inches(1))
    picture._element.nvPicPr.cNvPr.set("descr", alt)
    source = io.BytesIO()
    deck.save(source)
    template, found = compile_template(source.getvalue(), file="deck.pptx")
    assert template is not None, found
    chunks, found = template.fill(data)
    assert chunks is not None, found
    shapes = Presentation(io.BytesIO(b"".join(chunks))).slides[0].shapes
    return [shape._element.nvPicPr.cNvPr.get("descr") or "" for shape in shapes]


@pytest.mark.parametrize(("data", "left"), [({}, []), ({"shown": True}, ["the team"])])
def test_condition_in_alt_text_takes_the_picture_away_or_leaves_it(
    data: dict[str, object], left: list[str]
) -> None:
    assert pictures("{%shape if shown %}the team", data) == left


def test_picture_is_there_only_where_there_is_one_to_show() -> None:
    logo = Image(png(80, 20), "image/png", 80, 20, "digest")
    assert pictures("{%shape if logo %}{{ logo }}", {}) == []
    assert len(pictures("{%shape if logo %}{{ logo }}", {"logo": logo})) == 1


def test_loop_in_alt_text_repeats_the_picture() -> None:
    assert pictures("{%shape for name in names %}photo of {{ name }}", {"names": ["Els", "Joris"]}) == [
        "photo of Els",
        "photo of Joris",
    ]


def test_lone_tag_takes_the_words_the_picture_brings() -> None:
    logo = Image(png(80, 20), "image/png", 80, 20, "digest", alt="Acme")
    assert pictures("{{ logo }}", {"logo": logo}) == ["Acme"]
    assert pictures("{{ logo }} of the sender", {"logo": logo}) == ["of the sender"]
