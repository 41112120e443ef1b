"""Frames of masters and slides: what a shape inherits, where it stands, and the type new text would be set in."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from collateral.model.frames import DeckMaster, Frame, Layout, Placeholder
from collateral.ooxml.frames.master import read_master, read_slide_frames, read_slide_texts
from collateral.ooxml.frames.texts import ShapeText
from collateral.ooxml.package import Package, open_package
from collateral.typeset import TypesetParagraph, measure

CORPUS = Path(__file__).parents[2] / ".." / "shared" / "corpus" / "decks"


def package_of(deck: Any) -> Package:
    stream = io.BytesIO()
    deck.save(stream)
    package, found = open_package(stream.getvalue())
    assert package is not None, found
    return package


def master_of(deck: Any) -> DeckMaster:
    master, found = read_master(package_of(deck))
    assert found == []
    return master


def placeholder(layout: Layout, kind: str) -> Placeholder:
    return next(p for p in layout.placeholders if p.kind == kind)


def texts_of(deck: Any) -> list[ShapeText]:
    slides, found = read_slide_texts(package_of(deck))
    assert found == []
    return list(slides[0])


def blank(deck: Any) -> Any:
    return deck.slides.add_slide(deck.slide_layouts[6])


def xml(text: str) -> Any:
    """An element written with the prefix `a:`."""
    return etree.fromstring(f'<x xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{text}</x>')[
        0
    ]


def body_frame(change: Callable[[Any], None]) -> Frame:
    """The frame of a text box whose `a:bodyPr` was changed."""
    deck = Presentation()
    shape = blank(deck).shapes.add_textbox(0, 0, Inches(4), Inches(1))
    shape.text_frame.text = "x"
    change(shape.text_frame._txBody.find(qn("a:bodyPr")))
    return texts_of(deck)[0].frame


def test_layouts_come_by_name_with_their_placeholders_in_reading_order() -> None:
    layout = master_of(Presentation()).layouts["Two Content"]
    assert [p.kind for p in layout.placeholders][:3] == ["title", "obj", "obj"]
    assert layout.placeholders[1].frame.x < layout.placeholders[2].frame.x


def test_placeholder_takes_box_and_type_from_the_master() -> None:
    title = placeholder(master_of(Presentation()).layouts["Title and Content"], "title")
    assert (title.frame.width, title.frame.anchor, title.frame.autofit) == (8229600, "ctr", "shrink")
    assert (title.frame.levels[0].size, title.frame.levels[0].font) == (44.0, "Calibri")


def test_body_levels_carry_bullets_indents_and_spacing_of_the_master() -> None:
    body = placeholder(master_of(Presentation()).layouts["Title and Content"], "obj")
    first, second = body.frame.levels[:2]
    assert (first.size, second.size) == (32.0, 28.0)
    assert (first.bullet, first.margin_left, first.indent) == (True, 342900, -342900)
    assert first.space_before == pytest.approx(-0.2)
    assert len(body.frame.levels) == 9


def test_levels_know_whether_their_text_runs_from_right_to_left() -> None:
    deck = Presentation()
    for level in deck.slide_master.element.iter(qn("a:lvl2pPr")):
        level.set("rtl", "1")
    body = placeholder(master_of(deck).layouts["Title and Content"], "obj")
    assert [level.right_to_left for level in body.frame.levels[:3]] == [False, True, False]


def test_levels_carry_the_tab_stops_of_the_master() -> None:
    deck = Presentation()
    (level,) = deck.slide_master.element.iterfind(f".//{qn('p:bodyStyle')}/{qn('a:lvl1pPr')}")
    level.set("defTabSz", "457200")
    level.append(xml('<a:tabLst><a:tab pos="1800000" algn="r"/></a:tabLst>'))
    body = placeholder(master_of(deck).layouts["Title and Content"], "obj")
    assert (body.frame.levels[0].tabs, body.frame.levels[0].tab_size) == (((1_800_000, "r"),), 457_200)
    assert body.frame.levels[1].tabs == ()


def test_levels_of_a_slide_hold_nothing_that_one_paragraph_says_of_itself() -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    frame = slide.placeholders[1].text_frame
    frame.text = "{{ prospect.name }}"
    frame.paragraphs[0].space_before = Pt(40)
    package = package_of(deck)
    (shape,), _ = read_slide_frames(package, package.parts["ppt/slides/slide1.xml"])
    assert shape.frame.levels[0].space_before == pytest.approx(-0.2)


def test_layout_overrides_the_master() -> None:
    deck = Presentation()
    shape = next(s for s in deck.slide_layouts[1].placeholders if s.placeholder_format.idx == 1)
    shape.text_frame._txBody.find(qn("a:lstStyle")).append(
        xml('<a:lvl1pPr marL="99"><a:buNone/><a:defRPr sz="1600" cap="all" spc="150"/></a:lvl1pPr>')
    )
    level = placeholder(master_of(deck).layouts["Title and Content"], "obj").frame.levels[0]
    assert (level.size, level.margin_left, level.bullet, level.caps, level.spacing) == (
        16.0,
        99,
        False,
        True,
        1.5,
    )
    assert level.indent == -342900  # still the master's


def test_theme_fonts_are_resolved_by_name() -> None:
    deck = Presentation()
    theme = next(
        rel.target_part for rel in deck.slide_master.part.rels.values() if rel.reltype.endswith("/theme")
    )
    root = etree.fromstring(theme.blob)
    root.find(f".//{qn('a:majorFont')}/{qn('a:latin')}").set("typeface", "Georgia")
    theme._blob = etree.tostring(root)
    master = master_of(deck)
    assert placeholder(master.layouts["Title Only"], "title").frame.levels[0].font == "Georgia"
    assert master.fonts[:2] == ("Georgia", "Calibri")


def test_second_layout_of_a_name_gets_a_number() -> None:
    deck = Presentation()
    deck.slide_layouts[1]._element.cSld.set("name", "Title Slide")
    assert list(master_of(deck).layouts)[:2] == ["Title Slide", "Title Slide (2)"]


def test_slide_with_an_id_in_its_notes_is_a_designed_slide() -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Hours {{ value.hours }}"
    slide.notes_slide.notes_text_frame.text = "Say hello\n@id: cover\n@when: known(value.hours)"
    blank(deck)
    cover = master_of(deck).slides["cover"]
    assert (cover.index, cover.title, cover.when) == (0, "Hours {{ value.hours }}", "known(value.hours)")
    assert [shape.frame.width for shape in cover.shapes] == [8229600]


def test_two_slides_of_one_id_are_an_error() -> None:
    deck = Presentation()
    for _ in range(2):
        blank(deck).notes_slide.notes_text_frame.text = "@id: cover"
    _, found = read_master(package_of(deck))
    assert [d.code for d in found] == ["duplicate-slide-id"]
    assert '"cover" names two slides: 1 and 2' in found[0].message


def test_insets_columns_direction_and_wrapping_are_read() -> None:
    def change(body: Any) -> None:
        for name, value in (
            ("lIns", "1"),
            ("tIns", "2"),
            ("numCol", "3"),
            ("spcCol", "4"),
            ("vert", "vert270"),
            ("wrap", "none"),
            ("anchor", "b"),
        ):
            body.set(name, value)

    frame = body_frame(change)
    assert (frame.inset_left, frame.inset_top, frame.inset_right) == (1, 2, 91440)
    assert (frame.columns, frame.column_gap, frame.vertical, frame.wrap, frame.anchor) == (
        3,
        4,
        "vert270",
        False,
        "b",
    )


@pytest.mark.parametrize(
    ("align", "wrap", "turned", "reach"),
    [
        ("l", "none", 0, 9_000_000),
        ("r", "none", 0, 2_000_000),
        ("ctr", "none", 0, 3_000_000),
        (None, "none", 0, 9_000_000),
        ("l", "square", 0, 0),
        ("l", "none", 90, 0),
    ],
)
def test_line_that_does_not_wrap_may_reach_to_the_slides_edge(
    align: str | None, wrap: str, turned: int, reach: int
) -> None:
    deck = Presentation()
    deck.slide_width = Emu(10_000_000)
    shape = blank(deck).shapes.add_textbox(Emu(1_000_000), Emu(0), Emu(1_000_000), Emu(500_000))
    shape.text_frame.text, shape.rotation = "{{ x }}", turned
    body = shape.text_frame._txBody.find(qn("a:bodyPr"))
    for name, value in {"wrap": wrap, "lIns": "0", "rIns": "0"}.items():
        body.set(name, value)
    if align:
        shape.text_frame.paragraphs[0]._p.get_or_add_pPr().set("algn", align)
    package = package_of(deck)
    (found,), _ = read_slide_frames(package, package.parts["ppt/slides/slide1.xml"])
    assert found.frame.reach == reach


@pytest.mark.parametrize(
    ("element", "fit"),
    [
        ('<a:normAutofit fontScale="62500" lnSpcReduction="20000"/>', ("shrink", 0.625, 0.2)),
        ('<a:normAutofit fontScale="77.5%"/>', ("shrink", 0.775, 0.0)),
        ("<a:spAutoFit/>", ("grow", 1.0, 0.0)),
        ("<a:noAutofit/>", ("none", 1.0, 0.0)),
    ],
)
def test_autofit_is_read_with_its_stored_scale(element: str, fit: tuple[str, float, float]) -> None:
    def change(body: Any) -> None:
        for child in list(body):
            body.remove(child)
        body.append(xml(element))

    frame = body_frame(change)
    assert (frame.autofit, frame.font_scale, frame.line_reduction) == pytest.approx(fit)


def test_slides_own_run_sets_the_level_new_text_will_have() -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.placeholders[1].text = "{{ prospect.name }}"
    run = slide.placeholders[1].text_frame.paragraphs[0].runs[0]
    run.font.size, run.font.name, run.font.bold = Pt(13), "Lato", True
    package = package_of(deck)
    (shape,), found = read_slide_frames(package, package.parts["ppt/slides/slide1.xml"])
    assert found == []
    level = shape.frame.levels[0]
    assert (level.size, level.font) == (13.0, "Lato")
    assert not level.bold  # which is the run's alone
    assert shape.frame.levels[1].size == 28.0


def test_grouped_shape_is_scaled_with_its_group() -> None:
    deck = Presentation()
    group = blank(deck).shapes.add_group_shape()
    shape = group.shapes.add_textbox(Emu(0), Emu(0), Emu(1_000_000), Emu(500_000))
    shape.text_frame.text = "x"
    form = group._element.grpSpPr.find(qn("a:xfrm"))
    form.find(qn("a:off")).set("x", "100")
    form.find(qn("a:ext")).set("cx", "2000000")
    frame = texts_of(deck)[0].frame
    assert (frame.x, frame.width, frame.height) == (100, 2_000_000, 500_000)


def test_table_cells_are_frames_of_their_own_with_merged_widths() -> None:
    deck = Presentation()
    shape = blank(deck).shapes.add_table(2, 2, Emu(0), Emu(0), Emu(2_000_000), Emu(600_000))
    shape.name = "Fleet"
    shape.table.cell(0, 0).merge(shape.table.cell(0, 1))
    shape.table.cell(0, 0).text, shape.table.cell(1, 1).text = "Head", "Cell"
    head, cell = texts_of(deck)
    assert (head.cell, head.frame.width, head.paragraphs[0][0].style.bold) == ((1, 1), 2_000_000, True)
    assert (cell.cell, cell.frame.width, cell.frame.x, cell.frame.y) == (
        (2, 2),
        1_000_000,
        1_000_000,
        300_000,
    )
    package = package_of(deck)
    frames, _ = read_slide_frames(package, package.parts["ppt/slides/slide1.xml"])
    assert [f.name for f in frames] == ["Fleet row 1 column 1", "Fleet row 2 column 2"]


def test_ellipse_keeps_text_in_its_inner_rectangle() -> None:
    deck = Presentation()
    shape = blank(deck).shapes.add_shape(9, 0, 0, Emu(1_000_000), Emu(1_000_000))
    shape.text_frame.text = "x"
    assert texts_of(deck)[0].frame.inset_left == pytest.approx(91440 + 146_447, abs=2)


def test_line_breaks_fields_and_several_looks_are_kept() -> None:
    deck = Presentation()
    shape = blank(deck).shapes.add_textbox(0, 0, Inches(4), Inches(1))
    paragraph = shape.text_frame.paragraphs[0]
    paragraph.add_run().text = "won"
    paragraph.add_line_break()
    bold = paragraph.add_run()
    bold.text, bold.font.bold = "back", True
    (runs,) = texts_of(deck)[0].paragraphs
    assert [(run.text, run.style.bold) for run in runs] == [("won", False), ("\v", False), ("back", True)]


def test_careless_numbers_do_not_break_reading() -> None:
    frame = body_frame(lambda body: (body.set("lIns", "12.0"), body.set("numCol", "x"), body.set("tIns", "")))  # type: ignore[func-returns-value]
    assert (frame.inset_left, frame.columns, frame.inset_top) == (12, 1, 45720)


@pytest.mark.parametrize("value", ["inf", "nan", "1e400", "-5", "0", "", "x%", "9" * 400])
def test_absurd_numbers_give_frames_that_can_be_measured(value: str) -> None:
    deck = Presentation()
    shape = blank(deck).shapes.add_textbox(0, 0, Inches(4), Inches(1))
    shape.text_frame.text = "x"
    body = shape.text_frame._txBody
    body.find(qn("a:bodyPr")).append(xml(f'<a:normAutofit fontScale="{value}" lnSpcReduction="{value}"/>'))
    spacing = f'<a:lnSpc><a:spcPct val="{value}"/></a:lnSpc><a:spcBef><a:spcPts val="{value}"/></a:spcBef>'
    body.find(qn("a:p")).insert(
        0, xml(f'<a:pPr marL="{value}" indent="{value}" lvl="{value}">{spacing}</a:pPr>')
    )
    (text,) = texts_of(deck)
    assert measure(text.frame, [TypesetParagraph.of("x")], scale=text.frame.font_scale).lines >= 1


def test_broken_layout_is_left_out_and_named() -> None:
    package = package_of(Presentation())
    broken = package.parts["ppt/slideLayouts/slideLayout1.xml"].with_data(b"<p:sldLayout")
    master, found = read_master(package.with_parts([broken]))
    assert "Title Slide" not in master.layouts
    assert [d.code for d in found] == ["unreadable-part"]
    assert "slideLayout1.xml" in found[0].message


def test_master_can_be_pickled_and_comes_back_equal() -> None:
    master = master_of(Presentation())
    assert pickle.loads(pickle.dumps(master)) == master


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real decks is not here")
def test_every_real_deck_is_read_or_its_faults_are_named() -> None:
    read = 0
    for path in sorted(CORPUS.rglob("*.p*x"))[::3]:
        package, _ = open_package(path)
        if package is None:
            continue
        master, _ = read_master(package)
        slides, _ = read_slide_texts(package)
        read += 1
        assert all(
            p.frame.width >= 0 and len(p.frame.levels) == 9
            for y in master.layouts.values()
            for p in y.placeholders
        )
        assert all(len(text.frame.levels) == len(text.paragraphs) for slide in slides for text in slide)
    assert read


def test_second_placeholder_of_one_index_is_not_offered() -> None:
    deck = Presentation()
    layout = deck.slide_layouts.get_by_name("Two Content")
    for shape in layout.placeholders:
        mark = shape._element.find(f".//{qn('p:ph')}")
        mark.attrib.pop("idx", None)
    read = master_of(deck).layouts["Two Content"]
    assert [p.name for p in read.placeholders if p.kind == "obj"] == ["Content Placeholder 2"]
    assert {p.kind for p in read.placeholders} >= {"title", "obj", "dt", "ftr", "sldNum"}


def test_role_powerpoint_gives_a_layout_is_read() -> None:
    layouts = master_of(Presentation()).layouts
    assert [layouts[n].role for n in ("Title and Content", "Section Header")] == ["obj", "secHead"]


def test_line_break_in_a_layouts_name_is_a_space() -> None:
    deck = Presentation()
    deck.slide_layouts[2]._element.cSld.set("name", "Abschnitts-\nüberschrift")
    assert "Abschnitts- überschrift" in master_of(deck).layouts
