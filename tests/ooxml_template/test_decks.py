"""Decks: slides that repeat, drop and move, and what is left of those that are not there."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation
from template_builders import (
    CORPUS,
    compiled_deck,
    deck,
    filled_deck,
    image,
    member,
    names_in,
    png,
    slides_of,
)

from collateral.ooxml import compile_template, fill
from collateral.ooxml.names import NAMESPACES
from collateral.ooxml.template.filling.deck import DeckTemplate
from collateral.ooxml.template.filling.deck_values import NewSlide, TemplateSlide
from collateral.ooxml.template.parts.properties import PieceProperties
from collateral.ooxml.template.shapes.texts import Paragraph, as_read
from collateral.ooxml.values import RelatedPart

SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
GROUP = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
NEW = (
    f"<p:sld {SPACES}><p:cSld><p:spTree>{GROUP}</p:spTree></p:cSld>"
    "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
).encode()
SLIDE_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/slide"
NOTES = (
    f"<p:notes {SPACES}><p:cSld><p:spTree>{GROUP}</p:spTree></p:cSld>"
    "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
).encode()
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def _written(chunks: list[bytes] | None) -> bytes:
    assert chunks is not None
    return b"".join(chunks)


def test_bullet_that_is_a_list_becomes_a_bullet_an_item() -> None:
    made = filled_deck({"title": "Why {{ who }}", "bullets": ["{{ reasons }}"]}, who="us", reasons=["a", "b"])
    assert slides_of(made) == [["Why us", "a", "b"]]


def test_text_body_keeps_a_paragraph_when_all_bullets_disappear() -> None:
    assert slides_of(filled_deck({"title": "T", "bullets": ["{{ a }}", "{{ b }}"]}, a="", b=[])) == [
        ["T", ""]
    ]


def test_table_row_repeats() -> None:
    rows = [["Item", "Price"], ["{% for r in rows %}{{ r.n }}", "{{ r.p }}{% endfor %}"]]
    made = filled_deck({"title": "T", "table": rows}, rows=[{"n": "x", "p": 1}, {"n": "y", "p": 2}])
    assert slides_of(made)[0][1:] == ["Item", "Price", "x", "1", "y", "2"]


def test_slide_directives_drop_and_repeat_slides() -> None:
    made = filled_deck(
        {"title": "First"},
        {
            "title": "Case {{ case.name }} {{ loop.index }}",
            "notes": "{%slide for case in cases %}\nTell {{ case.name }}",
        },
        {"title": "Never", "notes": "{%slide if hidden %}"},
        cases=[{"name": "A"}, {"name": "B"}],
    )
    assert [s[0] for s in slides_of(made)] == ["First", "Case A 1", "Case B 2"]
    notes = [s.notes_slide.notes_text_frame.text for s in list(Presentation(io.BytesIO(made)).slides)[1:]]
    assert notes == ["Tell A", "Tell B"]


def test_a_deck_that_no_slide_is_left_of_is_told() -> None:
    source = deck({"title": "{{ name }}", "notes": "{%slide if shown %}"})
    assert [d.message for d in fill(source, {"name": "x", "shown": True})[1]] == []
    made, problems = fill(source, {"name": "x", "shown": False}, file="pitch.pptx")
    assert made is not None
    assert [(d.message, str(d.at)) for d in problems] == [
        ("the slide directives leave no slide for these data", "pitch.pptx")
    ]


def test_slide_that_is_left_out_leaves_nothing_behind() -> None:
    made = filled_deck(
        {"title": "First"}, {"title": "Secret", "notes": "{%slide if x %}\nsecret", "picture": "p"}, x=0
    )
    assert not [n for n in names_in(made) if "slide2" in n or "notesSlide" in n or "media" in n]
    assert "slide2" not in member(made, "[Content_Types].xml") + member(
        made, "ppt/_rels/presentation.xml.rels"
    )


def test_identity_and_rule_are_read_from_the_notes_and_removed() -> None:
    template = compiled_deck({"title": "T {{ a }}", "notes": "@id: cover\n@when: a == 'x'\nhello"})
    slide = template.find_slide("cover")
    assert (slide.number, slide.when, slide.title) == (1, "a == 'x'", "T {{ a }}")
    made = _written(template.fill({"a": "x"})[0])
    assert Presentation(io.BytesIO(made)).slides[0].notes_slide.notes_text_frame.text == "hello"
    assert slides_of(_written(template.fill({"a": "y"})[0])) == []


def test_assemble_takes_slides_in_any_order_any_number_of_times() -> None:
    template = compiled_deck({"title": "One {{ x }}", "notes": "@id: one\nn{{ x }}"}, {"title": "Two"})
    slides = [TemplateSlide(2, {}), TemplateSlide("one", {"x": 1}), TemplateSlide("one", {"x": 2})]
    made = _written(template.assemble(slides)[0])
    assert [s[0] for s in slides_of(made)] == ["Two", "One 1", "One 2"]
    ids = [s.slide_id for s in Presentation(io.BytesIO(made)).slides]
    assert len(set(ids)) == 3


def test_new_slide_stands_on_its_layout_with_notes_links_and_jumps() -> None:
    template = compiled_deck({"title": "One"})
    related = (RelatedPart("r1", LINK, "https://example.com"), RelatedPart("r2", LINK, "#a"))
    slides = [
        TemplateSlide(1, {}, key="a", section="S"),
        NewSlide(template.slides[0].layout, NEW, related, NOTES, key="b", section="T"),
    ]
    made = _written(template.assemble(slides)[0])
    new = Presentation(io.BytesIO(made)).slides[1]
    assert new.slide_layout.part.partname == f"/{template.slides[0].layout}"
    assert new.has_notes_slide
    assert new.part.rels["r1"].target_ref == "https://example.com"
    assert new.part.rels["r2"].target_part.partname == "/ppt/slides/slide1.xml"
    assert '<p14:section name="T"' in member(made, "ppt/presentation.xml")


def test_slides_of_a_deck_with_jumps_are_named_in_their_order() -> None:
    """LibreOffice takes the number in a part's name for the slide's place."""
    template = compiled_deck(*({"title": f"Slide {n}", "notes": f"n{n}"} for n in range(1, 6)))
    jump = (RelatedPart("r1", LINK, "#d"),)
    slides = [
        TemplateSlide(4, {}, key="d"),
        NewSlide(template.slides[0].layout, NEW, jump, NOTES, key="new"),
        TemplateSlide(2, {}, key="b"),
        TemplateSlide(2, {}, key="c"),
    ]
    made = Presentation(io.BytesIO(_written(template.assemble(slides)[0])))
    assert [s.part.partname for s in made.slides] == [f"/ppt/slides/slide{n}.xml" for n in range(1, 5)]
    assert made.slides[1].part.rels["r1"].target_part is made.slides[0].part
    assert [s.notes_slide.notes_text_frame.text for s in list(made.slides)[2:]] == ["n2", "n2"]
    assert all(s.notes_slide.part.part_related_by(SLIDE_REL) is s.part for s in made.slides)


def test_designed_slides_that_jump_are_named_in_their_order() -> None:
    presentation = Presentation(io.BytesIO(deck(*({"title": f"Slide {n}"} for n in range(1, 6)))))
    first, last = presentation.slides[3], presentation.slides[4]
    button = first.shapes.add_textbox(0, 0, 900000, 900000)
    button.click_action.target_slide = last
    out = io.BytesIO()
    presentation.save(out)
    template, _ = compile_template(out.getvalue())
    made = _written(template.assemble([TemplateSlide(4, {}), TemplateSlide(5, {})])[0])  # type: ignore[union-attr]
    slides = Presentation(io.BytesIO(made)).slides
    assert [s.part.partname for s in slides] == ["/ppt/slides/slide1.xml", "/ppt/slides/slide2.xml"]
    assert slides[0].shapes[-1].click_action.target_slide.part is slides[1].part


def test_new_slide_brings_its_pictures_once() -> None:
    template = compiled_deck({"title": "One"})
    kind = LINK.replace("hyperlink", "image")
    part = RelatedPart("r1", kind, None, "/ppt/media/image{n}.png", "image/png", b"png", (), "same")
    slides = [
        NewSlide(template.slides[0].layout, NEW, (part,)),
        NewSlide(template.slides[0].layout, NEW, (part,)),
    ]
    made = _written(template.assemble(slides)[0])
    assert [n for n in names_in(made) if "media" in n] == ["ppt/media/image1.png"]


def test_unknown_slides_layouts_and_jumps_are_named() -> None:
    template = compiled_deck({"title": "One"})
    lost = RelatedPart("r1", LINK, "#nowhere")
    slides = [TemplateSlide("x", {}), NewSlide("ppt/no.xml", NEW)]
    assert [d.code for d in template.assemble(slides)[1]] == ["unknown-slide", "unknown-layout"]
    _, found = template.assemble([NewSlide(template.slides[0].layout, NEW, (lost,))])
    assert [d.code for d in found] == ["unknown-slide-key"]


def test_record_sees_the_slides_as_rendered_and_tags_stay_on_them() -> None:
    template = compiled_deck({"title": "One {{ x }}"})
    seen = []

    def record(slides):  # type: ignore[no-untyped-def]
        seen.extend((s.key, b"One 7" in s.xml) for s in slides)
        return [
            RelatedPart(
                "",
                LINK.replace("hyperlink", "customXml"),
                None,
                "customXml/item{n}.xml",
                "application/xml",
                b"<x/>",
            )
        ]

    tags = {"k": f'<p:tagLst {SPACES}><p:tag name="A" val="b"/></p:tagLst>'.encode()}
    made = _written(
        template.assemble([TemplateSlide(1, {"x": 7}, key="k")], custom_parts=record, slide_tags=tags)[0]
    )
    assert seen == [("k", True)]
    assert {"customXml/item1.xml", "ppt/tags/tag1.xml"} <= set(names_in(made))
    assert "custDataLst" in member(made, "ppt/slides/slide1.xml")


def test_text_scale_is_written_into_the_shape() -> None:
    class Fit:
        scale, spacing = 0.625, 0.2

    template = compiled_deck({"title": "One {{ x }}"})
    shape, _ = template.slides[0].shapes[0]
    made = _written(template.assemble([TemplateSlide(1, {"x": 1}, {shape: Fit()})])[0])
    assert '<a:normAutofit fontScale="62500" lnSpcReduction="20000"/>' in member(
        made, "ppt/slides/slide1.xml"
    )


def texts_of(template: DeckTemplate, data: Mapping[str, object]) -> Sequence[tuple[int, Sequence[Paragraph]]]:
    """What the tagged shapes of the first slide say when it is filled."""
    filled, problems = template.filled(1, data)
    assert filled is not None and problems == []
    return filled.made_of_texts(template.slides[0].tagged_shapes, as_read)


def test_texts_of_all_copies_of_a_shape_can_be_measured() -> None:
    template = compiled_deck({"boxes": {"Each": "{%shape for x in xs %}{{ x }}", "One": "{{ y }}"}})
    texts = texts_of(template, {"xs": ["a", "b"], "y": "c"})
    assert [[run[0] for _, runs, _ in paragraphs for run in runs] for _, paragraphs in texts] == [
        ["a"],
        ["b"],
        ["c"],
    ]
    assert texts[0][0] == texts[1][0] != texts[2][0]


def test_filled_texts_can_be_measured() -> None:
    template = compiled_deck({"title": "Hi {{ x }}", "bullets": ["{{ xs }}"]})
    texts = texts_of(template, {"x": "y", "xs": ["a", "b"]})
    assert [[run[0] for _, runs, _ in paragraphs for run in runs] for _, paragraphs in texts] == [
        ["Hi y"],
        ["a", "b"],
    ]


def test_picture_takes_the_place_of_the_drawn_one_undistorted() -> None:
    made = filled_deck(
        {"title": "T", "picture": "{{ logo }} Logo of {{ name }}"}, logo=image(40, 10), name="Acme"
    )
    picture = next(s for s in Presentation(io.BytesIO(made)).slides[0].shapes if s.shape_type == 13)
    assert picture.image.blob == image(40, 10).data
    assert round(picture.width / picture.height, 2) == 4.0
    assert picture._element.nvPicPr.cNvPr.get("descr") == "Logo of Acme"
    assert len([n for n in names_in(made) if "media" in n]) == 1


def test_text_value_in_alt_text_stays_alt_text() -> None:
    made = filled_deck({"title": "T", "picture": "{{ name }}"}, name="Acme")
    picture = next(s for s in Presentation(io.BytesIO(made)).slides[0].shapes if s.shape_type == 13)
    assert picture._element.nvPicPr.cNvPr.get("descr") == "Acme"
    assert picture.image.size == (4, 4)


def test_shape_directive_drops_and_repeats_its_shape() -> None:
    boxes = {"A": "{%shape if x %}gone", "B": "{%shape for i in xs %}box {{ i }}"}
    made = filled_deck({"title": "T", "boxes": boxes}, x=False, xs=[1, 2])
    shapes = list(Presentation(io.BytesIO(made)).slides[0].shapes)
    assert [s.text_frame.text for s in shapes] == ["T", "box 1", "box 2"]
    assert len({s.shape_id for s in shapes}) == 3


def test_missing_value_names_slide_and_shape() -> None:
    made, found = fill(
        deck({"title": "T"}, {"title": "T", "boxes": {"Box": "x\n{{ nothing }}"}}), {}, file="pitch.pptx"
    )
    assert made is None
    assert [str(d.at) for d in found] == ['pitch.pptx › slide 2 › "Box" › paragraph 2']


def test_company_may_hold_what_means_something_in_xml() -> None:
    template = compiled_deck({"title": "T"})
    made = _written(template.fill({}, properties=PieceProperties(company="A & B <C>"))[0])
    assert "<Company>A &amp; B &lt;C&gt;</Company>" in member(made, "docProps/app.xml")


def test_properties_say_nothing_of_the_slides_that_is_not_true_of_them() -> None:
    app = member(
        filled_deck({"title": "{{ x }}"}, {"title": "U", "notes": "{%slide if y %}"}, x=1, y=0),
        "docProps/app.xml",
    )
    assert "<Slides>1</Slides>" in app
    assert "<Notes>0</Notes>" in app
    assert not [
        name for name in ("Titles", "Pairs", "Words", "Paragraphs", "TotalTime", "MMClips") if name in app
    ]


def test_missing_value_in_a_table_names_row_and_column() -> None:
    table = [["a", "b"], ["c", "first\n{{ nothing }}"]]
    made, found = fill(deck({"title": "T", "table": table}), {}, file="pitch.pptx")
    assert made is None
    assert [str(d.at) for d in found] == ['pitch.pptx › slide 1 › "Table 2" › row 2, column 2 › paragraph 2']


def test_properties_are_set_and_company_too() -> None:
    template = compiled_deck({"title": "T"})
    made = _written(template.fill({}, properties=PieceProperties(title="A & B", author="Els"))[0])
    core = Presentation(io.BytesIO(made)).core_properties
    assert (core.title, core.author) == ("A & B", "Els")


def test_same_input_gives_the_same_bytes() -> None:
    template, again = compiled_deck({"title": "{{ x }}"}), compiled_deck({"title": "{{ x }}"})
    assert template.fill({"x": 1})[0] == again.fill({"x": 1})[0]


@pytest.mark.parametrize("directive", ["{%slide frobnicate %}", "{%slide for x %}"])
def test_unknown_slide_directive_is_refused(directive: str) -> None:
    template, found = compile_template(deck({"title": "T", "notes": directive}))
    assert template is None
    assert [d.code for d in found] == ["unknown-directive"]


def test_columns_of_a_table_repeat_with_their_grid() -> None:
    rows = [["{%tc for c in cs %}", "{{ c }}", "{%tc endfor %}"]]
    made = filled_deck({"title": "T", "table": rows}, cs=["a", "b"])
    table = next(s for s in Presentation(io.BytesIO(made)).slides[0].shapes if s.has_table).table
    assert len(table.columns) == 2
    assert [c.text for c in table.rows[0].cells] == ["a", "b"]


def test_tags_on_layouts_and_masters_are_filled_too() -> None:
    source = Presentation(io.BytesIO(deck({"title": "T"})))
    source.slide_layouts[5].placeholders[0].text = "Layout {{ a }}"
    out = io.BytesIO()
    source.save(out)
    made, _ = fill(out.getvalue(), {"a": "Z"})
    assert made is not None
    assert Presentation(io.BytesIO(made)).slide_layouts[5].placeholders[0].text_frame.text == "Layout Z"
    _, found = fill(out.getvalue(), {})
    assert [d.code for d in found] == ["missing-value"]


def test_picture_in_a_placeholder_keeps_within_the_layouts_frame() -> None:
    source = Presentation()
    slide = source.slides.add_slide(source.slide_layouts[8])
    picture = slide.placeholders[1].insert_picture(io.BytesIO(png(4, 4)))
    picture._element.nvPicPr.cNvPr.set("descr", "{{ logo }}")
    out = io.BytesIO()
    source.save(out)
    made, _ = fill(out.getvalue(), {"logo": image(40, 10)})
    assert made is not None
    placed = Presentation(io.BytesIO(made)).slides[0].placeholders[1]
    assert round(placed.width / placed.height, 1) == 4.0
    assert placed._element.find(".//{*}srcRect") is None


def test_paragraph_directives_work_on_slides() -> None:
    bullets = ["{%p for x in xs %}", "{{ x.n }}{% if x.v %} ({{ x.v }}){% endif %}", "{%p endfor %}"]
    made = filled_deck({"title": "T", "bullets": bullets}, xs=[{"n": "a", "v": 1}, {"n": "b", "v": 0}])
    assert slides_of(made) == [["T", "a (1)", "b"]]


def test_line_end_in_a_value_is_a_line_break_on_a_slide() -> None:
    made = filled_deck({"title": "{{ t }}"}, t="one\ntwo")
    assert Presentation(io.BytesIO(made)).slides[0].shapes.title.text_frame.text == "one\x0btwo"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of foreign files is not here")
def test_smart_art_is_filled_in_model_and_drawing() -> None:
    file = CORPUS / "decks" / "singerla+pptx-automizer" / "__tests____pptx-templates__SmartArt.pptx"
    made, problems = fill(file, {"text": "filled here"})
    assert made is not None, problems
    holding = [
        n
        for n in names_in(made)
        if "diagrams/" in n and n.endswith(".xml") and "filled here" in member(made, n)
    ]
    assert {n.rpartition("/")[2].rstrip("0123456789.xml") for n in holding} == {"data", "drawing"}


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of foreign files is not here")
def test_corpus_decks_without_tags_keep_their_text_in_any_order() -> None:
    for file in sorted((CORPUS / "decks" / "sol-eng+powerpoint").glob("*.pptx"))[:6]:
        template, _ = compile_template(file)
        assert template is not None
        count = len(template.slides)
        chunks, _ = template.assemble([TemplateSlide(n, {}) for n in range(count, 0, -1)])
        assert slides_of(_written(chunks)) == slides_of(file.read_bytes())[::-1]


def test_a_piece_may_be_a_template_again() -> None:
    tags = {"k": f'<p:tagLst {SPACES}><p:tag name="A" val="b"/></p:tagLst>'.encode()}
    custom = [
        RelatedPart(
            "",
            LINK.replace("hyperlink", "customXml"),
            None,
            "customXml/item{n}.xml",
            "application/xml",
            b"<x/>",
        )
    ]
    values = {"x": 1, "logo": image(40, 10)}
    made = deck({"title": "One {{ x }}", "picture": "{{ logo }} logo"})
    for _ in range(2):
        template, problems = compile_template(made)
        assert template is not None, problems
        made = _written(
            template.assemble([TemplateSlide(1, values, key="k")], slide_tags=tags, custom_parts=custom)[0]
        )
    rels = member(made, "ppt/slides/_rels/slide1.xml.rels")
    assert rels.count("/tags") == 2  # its type and its target
    (part,) = [n for n in names_in(made) if n.startswith("ppt/tags/")]
    assert member(made, part).count('name="A"') == 1
    assert slides_of(made) == [["One 1"]]


def test_link_to_a_slide_follows_it_or_goes_with_it() -> None:
    source = Presentation(io.BytesIO(deck({"title": "One", "boxes": {"B": "go {{ x }}"}}, {"title": "Two"})))
    box = next(s for s in source.slides[0].shapes if s.name == "B")
    box.click_action.target_slide = source.slides[1]
    out = io.BytesIO()
    source.save(out)
    template, _ = compile_template(out.getvalue())
    assert template is not None
    both = _written(template.assemble([TemplateSlide(2, {}), TemplateSlide(1, {"x": 1})])[0])
    jump = next(s for s in Presentation(io.BytesIO(both)).slides[1].shapes if s.name == "B").click_action
    assert jump.target_slide.shapes.title.text == "Two"
    alone = _written(template.assemble([TemplateSlide(1, {"x": 1})])[0])
    assert "hlinkClick" not in member(alone, "ppt/slides/slide1.xml")
    assert "slide2" not in member(alone, "ppt/slides/_rels/slide1.xml.rels")


@settings(max_examples=40, deadline=None)
@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=120
    )
)
def test_any_text_survives_on_a_slide(value: str) -> None:
    template = _title_template()
    made = _written(template.assemble([TemplateSlide(1, {"x": value})])[0])
    assert slides_of(made) == [[f"<{value.translate({0xFFFE: None, 0xFFFF: None})}>"]]


@lru_cache(maxsize=1)
def _title_template():  # type: ignore[no-untyped-def]
    return compiled_deck({"title": "<{{ x }}>"})


def test_tags_in_extended_properties_are_filled_beside_the_counts() -> None:
    from collateral.ooxml.package import open_package

    package, _ = open_package(deck({"title": "One"}, {"title": "Two"}))
    assert package is not None
    app = package.parts["docProps/app.xml"]
    text = (
        app.data()
        .decode()
        .replace("<Company></Company>", "")
        .replace("</Properties>", "<Company>{{ who }}</Company></Properties>")
    )
    changed = package.with_parts([app.with_data(text.encode())])
    made, problems = fill(changed, {"who": "A & B"})
    assert made is not None, problems
    assert "<Company>A &amp; B</Company>" in member(made, "docProps/app.xml")
    assert "<Slides>2</Slides>" in member(made, "docProps/app.xml")


def test_tag_where_a_program_counts_itself_leaves_with_the_count() -> None:
    from collateral.ooxml.package import open_package

    package, _ = open_package(deck({"title": "One"}))
    assert package is not None
    app = package.parts["docProps/app.xml"]
    bare = f'<Properties xmlns="{NAMESPACES["ep"]}"><TotalTime>{{{{ x }}}}</TotalTime></Properties>'
    made, problems = fill(package.with_parts([app.with_data(bare.encode())]), {})
    assert made is not None, problems
    assert "{{" not in member(made, "docProps/app.xml")


def test_tag_among_the_properties_of_its_run_is_no_look_of_it() -> None:
    stream, deck_ = io.BytesIO(), Presentation()
    slide = deck_.slides.add_slide(deck_.slide_layouts[5])
    run = slide.shapes.title.text_frame.paragraphs[0].add_run()
    run.text = "Words"
    run._r.get_or_add_rPr().text = "{{ x }}"  # as damaged files have it
    deck_.save(stream)
    data, found = fill(stream.getvalue(), {"x": "Els"})
    assert data is None or "Words" in slides_of(data)[0][0], found
