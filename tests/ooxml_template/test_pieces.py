"""Slides read from the pieces their function gave are read as their XML is: digests, texts to measure, what the validator finds."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from template_builders import CORPUS, chart_deck, compiled_deck, image

from collateral.model.plan import TextFit
from collateral.ooxml import compile_template
from collateral.ooxml.names import NAMESPACES
from collateral.ooxml.pieces import Pieces, PieceSource
from collateral.ooxml.record import digest_chart, digest_slide
from collateral.ooxml.template.filling.deck_values import RenderedSlide
from collateral.ooxml.template.shapes.texts import as_read, made_of_texts
from collateral.ooxml.validate.scan import scan_part, scan_pieces

SLIDES: Sequence[Mapping[str, Any]] = (
    {
        "title": "For {{ name }}, {% if big %}the **big** one{% else %}small{% endif %}",
        "bullets": ["{{ points }}", "a {{ name }} b", "{% for x in points %}{{ x }}, {% endfor %}", "fixed"],
        "notes": "{{ name }} & more",
        "boxes": {"One": "{{ name }}", "Two": "{{ name }}{{ other }}", "Three": "nothing"},
        "picture": "{{ logo }} of {{ name }}, {{ other }}",
    },
    {
        "title": "{{ other }}",
        "table": [["A", "B"], ["{% for x in points %}{{ x }}", "{{ name }}{% endfor %}"]],
    },
)


def rendered(
    template: Any,
    data: Mapping[str, Any],
    fits: Mapping[int, TextFit] | None = None,
    *,
    measured: bool = False,
) -> list[RenderedSlide]:
    seen: list[RenderedSlide] = []

    def keep(slides: Sequence[RenderedSlide]) -> tuple[()]:
        seen.extend(slides)
        return ()

    expanded, found = template.expand(data)
    slides = [slide._replace(key=f"s{number}", fits=fits or {}) for number, slide in enumerate(expanded)]
    if measured:
        slides = [slide._replace(filled=template.filled(slide.slide, slide.values)[0]) for slide in slides]
    tags = {slide.key: b"<tags/>" for slide in slides}  # so that every slide is written anew
    chunks, more = template.assemble(slides, custom_parts=keep, values=data, slide_tags=tags)
    assert chunks is not None, [d.message for d in (*found, *more)]
    return seen


def assert_read_alike(slide: RenderedSlide, targets: Mapping[str, str]) -> None:
    assert slide.pieces is not None
    assert b"".join(slide.pieces.pieces) == slide.xml
    assert digest_slide(slide.xml, targets, slide.pieces) == digest_slide(slide.xml, targets)
    shapes = tuple(range(200))
    by_plan = made_of_texts(slide.xml, shapes, as_read, slide.pieces)
    assert by_plan == made_of_texts(slide.xml, shapes, as_read)
    assert scan_pieces(slide.pieces, slide.xml) == scan_part(slide.xml)


def data_of(name: str, other: str, points: Sequence[str], big: bool) -> dict[str, Any]:
    return {"name": name, "other": other, "points": list(points), "big": big, "logo": image()}


TEMPLATE = compiled_deck(*SLIDES)
VALUES = st.text(max_size=30) | st.sampled_from(["a\nb", "\t", "&<>\"'", "{{ x }}", "</a:t>", "&amp;", "é—…"])


@settings(max_examples=60, deadline=None)
@given(VALUES, VALUES, st.lists(VALUES, max_size=4), st.booleans())
def test_pieces_say_what_the_xml_says_whatever_the_values(
    name: str, other: str, points: list[str], big: bool
) -> None:
    for slide in rendered(TEMPLATE, data_of(name, other, points, big)):
        assert_read_alike(slide, {"rId2": "a", "rIdx1": "b"})


def test_pieces_are_read_alike_when_they_were_read_before() -> None:
    digests = {
        digest_slide(slide.xml, {}, slide.pieces).content
        for name in ("one", "two", "three", "one")
        for slide in rendered(TEMPLATE, data_of(name, "x", ("p",), False))[:1]
    }
    assert len(digests) == 3


def test_a_target_that_changes_changes_the_digest() -> None:
    slide = rendered(TEMPLATE, data_of("n", "o", ("p",), True))[0]
    pointed = [r.id for r in slide.relationships if r.type.endswith("/image")]
    one, other = (digest_slide(slide.xml, dict.fromkeys(pointed, t), slide.pieces).content for t in "ab")
    assert pointed and one != other


@pytest.mark.parametrize(
    "odd",
    [
        b'<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:x="http://schemas.openxml'
        b'formats.org/drawingml/2006/main"><p:sp><x:t>text</x:t></p:sp></p:sld>',
        b'<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><!-- note --><p:sp/></p:sld>',
    ],
)
def test_xml_that_is_not_as_office_writes_it_is_read_alike(odd: bytes) -> None:
    pieces = Pieces(PieceSource([odd]), [odd])
    assert digest_slide(odd, {}, pieces) == digest_slide(odd, {})


@pytest.mark.parametrize("value", ["\ue000", "\ue0000\ue001", "\ue0001\ue001 \ue000"])
def test_values_that_look_like_our_marks_are_read_as_they_are(value: str) -> None:
    for slide in rendered(TEMPLATE, data_of(value, value, (value, "x"), True)):
        assert_read_alike(slide, {"rIdx1": "b"})
    fixed = compiled_deck({"title": f"{value} {{{{ name }}}}"})
    for slide in rendered(fixed, {"name": "n"}):
        assert_read_alike(slide, {})


def test_slides_that_differ_in_how_far_texts_are_shrunk_are_read_alike() -> None:
    for scale, spacing in ((1.0, 0.0), (1.0, 0.1), (0.925, 0.0), (0.7, 0.2), (0.25, 0.2)):
        fits = {shape: TextFit(scale, spacing) for shape in range(50)}
        slides = rendered(TEMPLATE, data_of("n", "o", ("p", "q"), True), fits)
        for slide in slides:
            assert_read_alike(slide, {"rIdx1": "b"})
        assert scale == 1.0 or b"<a:normAutofit fontScale=" in slides[0].xml


def test_a_scale_no_program_takes_is_found_beside_one_that_is_right() -> None:
    head, tail = (
        b'<p:sld xmlns:p="p" xmlns:a="%s"><a:bodyPr>' % NAMESPACES["a"].encode(),
        b"</a:bodyPr></p:sld>",
    )
    source = PieceSource([head, tail])
    for scale, right in (("92500", True), ("5", False), ("85000", True), ("-1", False)):
        fit = f'<a:normAutofit fontScale="{scale}"/>'.encode()
        for pieces in (Pieces(source, [head, fit, tail]) for _ in range(2)):
            scan = scan_pieces(pieces, b"".join(pieces.pieces))
            assert scan == scan_part(b"".join(pieces.pieces))
            assert (not any(p.code == "invalid-attribute" for p in scan.problems)) is right


def test_two_links_to_one_place_are_read_as_one() -> None:
    slide = rendered(TEMPLATE, data_of("n", "o", ("p",), True))[0]
    pointed = {r.id: "same" for r in slide.relationships}
    assert_read_alike(slide, pointed)
    assert_read_alike(slide, {rel_id: f"{n}" for n, rel_id in enumerate(pointed)})


CHART, _ = compile_template(chart_deck(), file="chart.pptx")
NUMBERS = st.none() | st.floats(-1e9, 1e9) | st.integers(-(10**12), 10**12)
NAMES = st.text(max_size=8) | st.sampled_from(["", " ", "12.50", "nan", "1e3", " a  b ", "{{ x }}", "<v>&"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(NAMES, NUMBERS), min_size=1, max_size=4), NAMES)
def test_pieces_of_charts_say_what_their_xml_says(points: list[tuple[str, float | None]], name: str) -> None:
    series = [{"name": name, "values": [value for _, value in points]}]
    sales = {"categories": [category for category, _ in points], "series": series}
    (slide,) = rendered(CHART, {"sales": sales, "name": "n"})
    (part,) = [name for name in slide.made_of if "/charts/" in name]
    xml = slide.contents[part]
    assert isinstance(xml, bytes)
    assert digest_chart(xml, pieces=slide.made_of[part]) == digest_chart(xml)
    assert scan_pieces(slide.made_of[part], xml) == scan_part(xml)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real decks is not beside the project")
def test_pieces_of_real_decks_say_what_their_xml_says() -> None:
    read = 0
    for path in sorted((CORPUS / "decks").rglob("*.pptx")):
        template, _ = compile_template(path.read_bytes(), file=path.name)
        if template is None or template.fields:
            continue
        for slide in rendered(template, {}):
            if slide.pieces is not None:
                assert_read_alike(slide, {})
                read += 1
    assert read > 20


def test_a_runs_look_is_read_as_far_as_it_says_something() -> None:
    xml = (
        '<p:sld xmlns:p="p" xmlns:a="a"><p:sp><p:cNvPr id="2"/><p:txBody><a:p>'
        '<a:r><a:rPr sz="1400" b="1" cap="small" spc="150"><a:latin typeface="Lato"/></a:rPr><a:t>one</a:t></a:r>'
        '<a:r><a:rPr cap="none"><a:latin typeface="+mn-lt"/></a:rPr><a:t>two</a:t></a:r>'
        "</a:p></p:txBody></p:sp></p:sld>"
    )
    (shape,) = made_of_texts(xml.encode(), (2,), as_read)
    assert shape == (
        2,
        [
            (
                0,
                [
                    ("one", 14.0, True, None, "Lato", True, 1.5),
                    ("two", None, None, None, None, False, None),  # a font of the theme is the level's
                ],
                (),
            )
        ],
    )


def test_what_a_paragraph_says_of_its_own_style_is_read_with_it() -> None:
    xml = (
        '<p:sld xmlns:p="p" xmlns:a="a"><p:sp><p:cNvPr id="2"/><p:txBody>'
        '<a:p><a:pPr lvl="1" marL="360000" indent="-1" defTabSz="200"><a:lnSpc><a:spcPct val="90000"/></a:lnSpc>'
        '<a:spcBef><a:spcPts val="600"/></a:spcBef><a:buNone/>'
        '<a:tabLst><a:tab pos="100" algn="r"/><a:tab pos="300"/></a:tabLst></a:pPr></a:p>'
        '<a:p><a:endParaRPr sz="900"/></a:p></p:txBody></p:sp></p:sld>'
    )
    ((_, (first, second)),) = made_of_texts(xml.encode(), (2,), as_read)
    assert first[0] == 1
    assert dict(first[2]) == {
        "margin_left": 360000,
        "indent": -1,
        "tab_size": 200,
        "line_spacing": 0.9,
        "space_before": 6.0,
        "bullet": False,
        "tabs": ((100, "r"), (300, "l")),
    }
    assert second == (0, [], (("size", 9.0),))
