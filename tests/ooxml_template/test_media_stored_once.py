"""The same picture is one part of the file, whether the template has it, a tag brings it, or both."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pptx import Presentation
from pptx.util import Inches

sys.path.insert(0, str(Path(__file__).parent))
sys.path.append(str(Path(__file__).parents[1] / "ooxml_slides"))
from deck_builders import add, relate, slide_part
from deck_builders import deck as deck_of_slides
from deck_builders import saved as file_of
from template_builders import _saved as saved
from template_builders import deck, image, member, names_in, png

from collateral.ooxml import compile_template, fill
from collateral.ooxml.names import REL_IMAGE
from collateral.ooxml.template.filling.deck import DeckTemplate
from collateral.ooxml.template.filling.deck_values import RenderedSlide
from collateral.ooxml.validate import validate_file
from collateral.ooxml.values import Fragment, RelatedPart

LOGO = image(40, 10)


def media(data: bytes) -> list[str]:
    assert [d.code for d in validate_file(data, file="made") if d.code == "duplicate-media"] == []
    return [name for name in names_in(data) if "/media/" in name]


def made(data: bytes, /, **values: Any) -> bytes:
    filled, found = fill(data, values, file="file")
    assert filled is not None, found
    return filled


def letter(*, own: bytes | None = None, drawn: bytes | None = None) -> bytes:
    """A letter with a tag for a logo in its text; with a picture of its own, and one drawn for a tag."""
    document = Document()
    document.add_paragraph("{{ picture(logo) }}")
    document.sections[0].header.paragraphs[0].text = "{{ picture(logo) }}"
    for data, tag in ((own, ""), (drawn, "{{ logo }}")):
        if data is not None:
            shape = document.add_picture(io.BytesIO(data))
            shape._inline.docPr.set("descr", tag)
    return saved(document)


@pytest.mark.parametrize("where", ["own", "drawn"])
def test_picture_a_document_has_is_not_stored_again_for_a_tag(where: str) -> None:
    data = letter(**{where: LOGO.data})
    assert len(media(made(data, logo=LOGO))) == 1
    assert len(media(made(data, logo=image(40, 10, "green")))) == (2 if where == "own" else 1)


def test_picture_of_a_designed_document_and_of_a_tag_are_one_part() -> None:
    document = Document()
    document.add_paragraph("{{p slot('body') }}")
    document.add_paragraph("{{ picture(logo) }}")
    template, _ = compile_template(saved(document), file="offer.docx")
    assert template is not None
    part = RelatedPart("a", REL_IMAGE, None, "/word/media/picture{n}.png", "image/png", LOGO.data)
    drawn = Fragment("block", (b'<w:p><w:pPr><w:pStyle w:val="', "a", b'"/></w:pPr></w:p>'), (part,))
    chunks, _ = template.fill({"logo": LOGO}, slots={"body": drawn})
    assert chunks is not None
    assert len(media(b"".join(chunks))) == 1


def show_on_layout(slide: Any, picture: Any) -> None:
    """Move a slide's picture to its layout."""
    layout = slide.slide_layout
    rel_id = layout.part.relate_to(slide.part.related_part(picture.blip_rId), REL_IMAGE)
    layout.shapes._spTree.append(picture)
    picture.blipFill.blip.rEmbed = rel_id


@pytest.mark.parametrize("where", ["slide", "layout", "tagged"])
def test_picture_a_deck_has_is_not_stored_again_for_a_tag(where: str) -> None:
    source = Presentation(
        io.BytesIO(deck({"title": "For {{ name }}", "picture": "{{ logo }} of {{ name }}"}))
    )
    slide = source.slides[0]
    picture = slide.shapes.add_picture(io.BytesIO(LOGO.data), Inches(1), Inches(5), Inches(2), Inches(1))
    if where == "layout":
        show_on_layout(slide, picture._element)
    elif where == "tagged":
        picture._element.nvPicPr.cNvPr.set("descr", "{{ logo }}")
    data = saved(source)
    assert len(media(made(data, name="Acme", logo=LOGO))) == 1
    other = media(made(data, name="Acme", logo=image(40, 10, "green")))
    assert len(other) == (1 if where == "tagged" else 2)


def test_pictures_as_long_as_each_other_stay_two() -> None:
    one, other = png(40, 10, "red"), png(40, 10, "lime")
    longest = max(len(one), len(other))
    padded = [data.ljust(longest, b"\0") for data in (one, other)]
    assert len(padded[0]) == len(padded[1])
    both = [LOGO.__class__(data, "image/png", 40, 10, f"digest {data!r}") for data in padded]
    document = Document()
    document.add_paragraph("{% for logo in logos %}{{ picture(logo) }}{% endfor %}")
    assert len(media(made(saved(document), logos=both))) == 2


def test_whoever_records_a_slide_is_given_the_pictures_it_shares_with_its_layout() -> None:
    source = Presentation(io.BytesIO(deck({"title": "For {{ name }}"})))
    slide = source.slides[0]
    for keep in (True, False):
        picture = slide.shapes.add_picture(io.BytesIO(LOGO.data), Inches(1), Inches(5), Inches(2), Inches(1))
        if not keep:
            show_on_layout(slide, picture._element)
    template, _ = compile_template(saved(source), file="pitch.pptx")
    assert isinstance(template, DeckTemplate)
    seen: list[RenderedSlide] = []
    slides, _ = template.expand({"name": "Acme"})
    template.assemble(slides, custom_parts=lambda rendered: seen.extend(rendered) or ())
    pictures = [rel.target for rel in seen[0].relationships if rel.type == REL_IMAGE]
    assert len(pictures) == 1
    assert pictures[0] in seen[0].contents


def test_picture_of_a_shape_that_is_left_out_leaves_the_deck() -> None:
    source = deck({"title": "T", "picture": "{%shape if x %}"}, {"title": "U"})
    for x, count in ((True, 1), (False, 0)):
        data = made(source, x=x)
        assert len(media(data)) == count
        assert ("/image" in member(data, "ppt/slides/_rels/slide1.xml.rels")) == x


def test_picture_that_another_shape_shows_stays_in_the_deck() -> None:
    source = deck({"title": "T", "picture": "{%shape if x %}"}, {"title": "U", "picture": "Ours"})
    assert len(media(made(source, x=False))) == 1


@pytest.mark.parametrize("alt", ["{%shape if x %}", "{%shape if x %}{{ logo }}"])
def test_picture_of_a_shape_that_is_left_out_leaves_the_document(alt: str) -> None:
    document = Document()
    for home in (document.sections[0].header.paragraphs[0], document.add_paragraph()):
        home.add_run().add_picture(io.BytesIO(png(40, 10)))
        next(home._p.iter("{*}docPr")).set("descr", alt)
    for x, count in ((True, 1), (False, 0)):
        data = made(saved(document), x=x, logo=LOGO)
        assert len(media(data)) == count
        assert ("/image" in member(data, "word/_rels/document.xml.rels")) == x


@pytest.mark.parametrize(("file", "kind"), [("model.glb", "model/gltf.binary"), ("words.vtt", "text/vtt")])
def test_model_or_captions_on_a_slide_that_repeats_are_one_part(file: str, kind: str) -> None:
    package = add(deck_of_slides("{%slide for x in xs %}{{ x }}"), f"ppt/media/{file}", kind, b"WEBVTT")
    package = relate(package, slide_part(package, 1), "rId77", "http://example.com/kind", f"ppt/media/{file}")
    assert media(made(file_of(package), xs=["a", "b", "c"])) == [f"ppt/media/{file}"]


def test_sound_of_a_rarer_type_is_not_declared_for_a_file_that_is_not_there() -> None:
    package = relate(deck_of_slides("{{ x }}"), "ppt/slides/slide1.xml", "rId77", "audio", "ppt/media/a.wav")
    filled, _ = fill(add(package, "ppt/media/a.wav", "audio/wav", b"RIFF"), {"x": "y"})
    assert filled is not None
    types = member(filled, "[Content_Types].xml")
    assert 'Extension="wav" ContentType="audio/wav"' in types
    assert "any." not in types
