"""Shape directives written in a shape's alt text or name."""

from __future__ import annotations

import io

import pytest
from PIL import Image as Pillow
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.util import Inches

from collateral.ooxml import compile_template, fill
from collateral.ooxml.values import Image


def png(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Pillow.new("RGB", (width, height), "navy").save(out, "PNG")
    return out.getvalue()


def described(alt: str, name: str = "Picture 1") -> bytes:
    """A deck of one slide whose one picture has this alt text and this name in the Selection Pane."""
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    picture = slide.shapes.add_picture(io.BytesIO(png(40, 20)), Inches(1), Inches(1))
    picture._element.nvPicPr.cNvPr.set("descr", alt)
    picture.name = name
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def pictures(alt: str, data: dict[str, object], name: str = "Picture 1") -> list[str]:
    """The alt texts of the pictures on a filled slide whose one picture has this alt text and name."""
    template, found = compile_template(described(alt, name), file="deck.pptx")
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


def test_tag_in_the_name_leaves_the_words_that_are_there_and_brings_them_where_there_are_none() -> None:
    logo = Image(png(80, 20), "image/png", 80, 20, "digest", alt="Acme")
    assert pictures("", {"logo": logo}, "{{ logo }}") == ["Acme"]
    assert pictures("Our customer", {"logo": logo}, "{{ logo }}") == ["Our customer"]
    assert pictures("", {"logo": logo.shown(alt="")}, "{{ logo }}") == [""]
    assert pictures("For {{ name }}", {"logo": logo, "name": "Acme & Sons"}, "{{ logo }}") == [
        "For Acme & Sons"
    ]


def _with_placeholder(alt: str) -> bytes:
    """A slide whose picture placeholder is empty and has this alt text."""
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[8])
    slide.placeholders[1]._element.nvSpPr.cNvPr.set("descr", alt)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def test_an_empty_picture_placeholder_takes_the_picture_it_waits_for() -> None:
    logo = Image(png(80, 20), "image/png", 80, 20, "digest", alt="Acme")
    made, problems = fill(_with_placeholder("{{ logo }}"), {"logo": logo})
    assert made is not None, [d.message for d in problems]
    slide = Presentation(io.BytesIO(made)).slides[0]
    drawn = slide.slide_layout.placeholders[1]
    (picture,) = [s for s in slide.placeholders if s.placeholder_format.type == PP_PLACEHOLDER.PICTURE]
    assert picture.image.blob == png(80, 20)
    assert picture._element.nvPicPr.cNvPr.get("descr") == "Acme"
    assert (picture.left, picture.width) == (drawn.left, drawn.width)
    assert picture.height == drawn.width // 4
    assert picture.top - drawn.top == (drawn.height - picture.height) // 2


def test_an_empty_picture_placeholder_goes_when_its_value_is_empty() -> None:
    made, _ = fill(_with_placeholder('{{ logo | default("") }}'), {})
    assert made is not None
    slide = Presentation(io.BytesIO(made)).slides[0]
    assert 1 not in [s.placeholder_format.idx for s in slide.placeholders]


def test_words_about_an_empty_picture_placeholder_leave_it_as_it_is() -> None:
    made, _ = fill(_with_placeholder("photo of {{ name }}"), {"name": "Els"})
    assert made is not None
    holder = Presentation(io.BytesIO(made)).slides[0].placeholders[1]
    assert holder._element.nvSpPr.cNvPr.get("descr") == "photo of Els"


def test_text_for_an_empty_picture_placeholder_is_refused() -> None:
    made, problems = fill(_with_placeholder("{{ logo }}"), {"logo": "logo.png"})
    assert made is None
    assert [d.message for d in problems] == ['"{{ logo }}": a picture is needed here']


def _placed(
    alt: str, photo: Image, *, cropped: bool = False, shape: int = 0
) -> tuple[tuple[int, int], dict[str, str]]:
    """The size of the first picture in hundredths of an inch, of a slide with one of 2 × 2 inches, and what is cut off it."""
    if shape:
        source = _with_placeholder(alt)
    else:
        deck = Presentation()
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        box = (Inches(1), Inches(1), Inches(2), Inches(2))
        picture = slide.shapes.add_picture(io.BytesIO(png(40, 40)), *box)
        picture.crop_left = 0.25 if cropped else 0
        picture._element.nvPicPr.cNvPr.set("descr", alt)
        out = io.BytesIO()
        deck.save(out)
        source = out.getvalue()
    made, found = fill(source, {"photo": photo})
    assert made is not None, [d.message for d in found]
    shapes = Presentation(io.BytesIO(made)).slides[0].shapes
    shown = next(
        s
        for s in shapes
        if s.shape_type in (MSO_SHAPE_TYPE.PICTURE, MSO_SHAPE_TYPE.PLACEHOLDER) and hasattr(s, "image")
    )
    crop = shown._element.find(".//{*}srcRect")
    return (round(shown.width / 9144), round(shown.height / 9144)), dict(
        crop.attrib
    ) if crop is not None else {}


@pytest.mark.parametrize("cropped", [False, True])
def test_picture_fills_its_frame_when_the_tag_says_so(cropped: bool) -> None:
    photo = Image(png(80, 20), "image/png", 80, 20, "digest")
    wide = _placed('{{ picture(photo, fit="cover") }}', photo, cropped=cropped)
    assert wide == ((200, 200), {"l": "37500", "r": "37500"})
    tall = Image(png(20, 40), "image/png", 20, 40, "digest")
    assert _placed('{{ picture(photo, fit="cover") }}', tall, cropped=cropped)[1] == {
        "t": "25000",
        "b": "25000",
    }
    for alt in ("{{ photo }}", "{{ picture(photo) }}", '{{ picture(photo, fit="contain") }}'):
        assert _placed(alt, photo, cropped=cropped) == ((200, 50), {})


def test_picture_fills_an_empty_placeholder_when_the_tag_says_so() -> None:
    photo = Image(png(80, 20), "image/png", 80, 20, "digest")
    size, crop = _placed('{{ picture(photo, fit="cover") }}', photo, shape=1)
    assert size == (600, 450)
    assert crop == {"l": "33333", "r": "33333"}


def test_no_picture_to_fill_the_frame_with_takes_it_away() -> None:
    assert pictures('{{ picture(photo | default(""), fit="cover") }}', {}) == []


@pytest.mark.parametrize(
    "tag",
    [
        '{{ picture(photo, width="2cm") }}',
        '{{ picture(photo, fit="fill") }}',
        "{{ picture() }}",
        "{{ picture(a, b) }}",
    ],
)
def test_what_a_drawn_picture_cannot_be_asked_for_is_an_error_with_the_right_form(tag: str) -> None:
    made, found = compile_template(described(tag))
    assert made is None
    assert [d.code for d in found] == ["tag-misplaced"]
    assert 'fit="cover"' in found[0].hints[0]


@pytest.mark.parametrize(
    ("alt", "left"),
    [
        (r"C:\Users\els\Rivalsoft\team.png", "team.png"),
        (r"\\server\sales\Rivalsoft\team photo.png", "team photo.png"),
        ("file:///C:/els/team.png", "team.png"),
        ("/Users/els/Desktop/team.png", "team.png"),
        ("/home and away", "/home and away"),
        ("The team: C and D", "The team: C and D"),
        (r"C:\Users\els\a.png or b" + "\nof the team", r"C:\Users\els\a.png or b" + "\nof the team"),
    ],
)
def test_alt_text_that_only_says_where_a_picture_came_from_keeps_its_file_name(alt: str, left: str) -> None:
    assert pictures(alt, {}) == [left]
