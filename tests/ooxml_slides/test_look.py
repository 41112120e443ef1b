"""A slide takes the look of the deck it comes to, or brings its own along once."""

from __future__ import annotations

import re

import pytest
from deck_builders import (
    add,
    add_shape,
    box,
    chart_deck,
    deck,
    package_of,
    png,
    relate,
    reopened,
    swap,
    table_deck,
    text,
    titles,
)
from pptx import Presentation
from pptx.util import Emu, Inches, Pt

from collateral.ooxml.package import Package, Part
from collateral.ooxml.slides import ImportedSlide, ImportOptions, import_slides, new_package_from
from collateral.ooxml.slides.scaling import Scale
from collateral.ooxml.xml import parse_xml

SLIDE = "ppt/slides/slide1.xml"
HALF = deck("Own", size=(4572000, 3429000))
LAYOUT = "ppt/slideLayouts/slideLayout6.xml"
MASTER = "ppt/slideMasters/slideMaster1.xml"
STYLES = "ppt/tableStyles.xml"
BRING = ImportOptions(layouts="bring")
WIDE = (12192000, 6858000)


def _layout(package: Package, slide: ImportedSlide) -> str:
    part = package.related(package.parts[slide.part_name], "slideLayout")[0]
    found = re.search(r'<p:cSld name="([^"]*)"', part.data().decode())
    assert found is not None
    return found[1]


def _masters(package: Package) -> list[str]:
    return [part.name for part in package.related(package.main, "slideMaster")]


def _renamed(package: Package, name: str, layout: str = LAYOUT) -> Package:
    return package.with_parts(
        [
            package.parts[layout].with_data(
                re.sub(
                    rb'<p:cSld name="[^"]*"', f'<p:cSld name="{name}"'.encode(), package.parts[layout].data()
                )
            )
        ]
    )


def _other_look(package: Package) -> Package:
    """The same deck on a master that looks different."""
    return swap(package, MASTER, "<p:titleStyle>", "<!-- another look --><p:titleStyle>").with_parts(
        [package.parts[MASTER].with_data(package.parts[MASTER].data().replace(b'sz="4400"', b'sz="2000"', 1))]
    )


def test_layout_of_the_same_name_is_used_and_no_master_comes_along() -> None:
    result, arrived, _ = import_slides(_other_look(deck("Own")), deck("A"))
    assert _layout(result, arrived[0]) == "Title Only"
    assert len(_masters(result)) == 1


@pytest.mark.parametrize("name", ["1_Title Only", "12_title  only", "TITLE ONLY"])
def test_copies_of_a_layouts_name_count_as_the_name(name: str) -> None:
    result, arrived, _ = import_slides(deck("Own"), _renamed(_other_look(deck("A")), name))
    assert _layout(result, arrived[0]) == "Title Only"


def test_layout_of_another_name_is_found_by_its_structure() -> None:
    result, arrived, _ = import_slides(deck("Own"), _renamed(_other_look(deck("A")), "Nur Titel"))
    assert _layout(result, arrived[0]) == "Title Only"
    assert len(_masters(result)) == 1


def test_layout_for_text_only_corresponds_to_one_for_any_content() -> None:
    layout = "ppt/slideLayouts/slideLayout2.xml"
    source = swap(
        _renamed(_other_look(deck("A", layout=1)), "TITLE_AND_BODY", layout),
        layout,
        'type="obj"',
        'type="tx"',
    )
    result, arrived, _ = import_slides(deck("Own"), source)
    assert _layout(result, arrived[0]) == "Title and Content"


def test_layout_nothing_corresponds_to_comes_along_with_master_and_theme() -> None:
    source = _renamed(_other_look(deck("A")), "House special")
    source = swap(source, LAYOUT, 'type="titleOnly"', 'type="cust"')
    result, arrived, _ = import_slides(deck("Own"), source)
    assert _layout(result, arrived[0]) == "House special"
    assert len(_masters(result)) == 2
    master = result.parts[_masters(result)[1]]
    assert len(result.related(master, "theme")) == len(result.related(master, "slideLayout")) == 1


def test_same_master_is_not_brought_along_even_when_asked() -> None:
    result, arrived, _ = import_slides(deck("Own"), deck("A"), options=BRING)
    assert len(_masters(result)) == 1
    assert _layout(result, arrived[0]) == "Title Only"


def test_another_master_is_brought_once_however_often_its_slides_come() -> None:
    source = _other_look(deck("A", "B"))
    result, _, _ = import_slides(deck("Own"), source, options=BRING)
    result, _, _ = import_slides(result, source, options=BRING)
    assert len(_masters(result)) == 2
    assert len(result.related(result.parts[_masters(result)[1]], "slideLayout")) == 1
    assert sum(name.startswith("ppt/theme/") for name in result.parts) == 2
    assert titles(result) == ["Own", "A", "B", "A", "B"]


def test_second_layout_of_a_brought_master_joins_it() -> None:
    presentation = Presentation()
    for number in (5, 6):
        presentation.slides.add_slide(presentation.slide_layouts[number])
    source = _other_look(package_of(presentation))
    result, _, _ = import_slides(deck("Own"), source, [1], options=BRING)
    result, _, _ = import_slides(result, source, [2], options=BRING)
    assert len(_masters(result)) == 2
    assert len(result.related(result.parts[_masters(result)[1]], "slideLayout")) == 2


def test_slides_are_never_mapped_to_a_master_that_came_with_other_slides() -> None:
    first = swap(_renamed(_other_look(deck("A")), "Special"), LAYOUT, 'type="titleOnly"', 'type="cust"')
    second = swap(_renamed(deck("B"), "Special"), LAYOUT, 'type="titleOnly"', 'type="cust"')
    result, one, _ = import_slides(deck("Own"), first)
    result, other, _ = import_slides(result, second)
    layouts = [
        result.related(result.parts[slide.part_name], "slideLayout")[0].name for slide in (*one, *other)
    ]
    assert layouts[0] != layouts[1]


def test_placeholder_takes_the_index_it_has_on_the_new_layout() -> None:
    target = deck("Own", layout=1)
    body = next(name for name in target.parts if name.endswith("slideLayout2.xml"))
    target = swap(target, body, 'idx="1"', 'idx="13"')
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    slide.placeholders[1].text = "Body"
    result, _, _ = import_slides(target, package_of(presentation))
    shapes = {s.placeholder_format.idx: s.text_frame.text for s in reopened(result).slides[1].placeholders}  # type: ignore[attr-defined]
    assert shapes == {0: "", 13: "Body"}


def test_placeholder_without_a_counterpart_keeps_its_box_and_its_type_size() -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[3])  # two contents
    slide.placeholders[2].text = "Right"
    before = slide.placeholders[2]
    box_before = (before.left, before.top, before.width, before.height)
    source = _renamed(
        _other_look(package_of(presentation)), "Title Only", "ppt/slideLayouts/slideLayout4.xml"
    )
    target = deck("Own")
    result, arrived, _ = import_slides(target, source)
    assert _layout(result, arrived[0]) == "Title Only"
    shape = next(
        s for s in reopened(result).slides[1].shapes if s.has_text_frame and s.text_frame.text == "Right"
    )  # type: ignore[attr-defined]
    assert not shape.is_placeholder
    assert (shape.left, shape.top, shape.width, shape.height) == box_before
    xml = text(result, arrived[0].part_name)
    assert 'sz="2800"' in xml  # what the layout said
    assert "<a:buChar" in xml


def test_placeholder_without_a_counterpart_keeps_the_pictures_its_layout_gave_it() -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[3])  # two contents
    slide.placeholders[2].text = "Right"
    layout, master = "ppt/slideLayouts/slideLayout4.xml", MASTER
    source = _renamed(_other_look(package_of(presentation)), "Title Only", layout)
    source = add(source, "ppt/media/bullet.png", "image/png", png("green"))
    source = add(source, "ppt/media/ground.png", "image/png", png("navy"))
    source = relate(source, master, "rId77", "image", "ppt/media/bullet.png")
    source = relate(source, layout, "rId77", "image", "ppt/media/ground.png")
    bullet = '<a:buBlip><a:blip r:embed="rId77"/></a:buBlip>'
    body = text(source, master).partition("<p:bodyStyle>")[2]
    first = re.search(r"<a:buFont [^>]*/><a:buChar [^>]*/>", body)
    assert first is not None
    source = swap(
        source, master, f"<p:bodyStyle>{body[: first.end()]}", f"<p:bodyStyle>{body[: first.start()]}{bullet}"
    )
    ground = '<a:blipFill><a:blip r:embed="rId77"/><a:stretch><a:fillRect/></a:stretch></a:blipFill>'
    at = text(source, layout).index('<p:ph sz="half" idx="2"')
    xml = text(source, layout)
    end = xml.index("</p:spPr>", at)
    source = source.with_parts([source.parts[layout].with_data(f"{xml[:end]}{ground}{xml[end:]}".encode())])
    result, arrived, found = import_slides(deck("Own"), source)
    assert _layout(result, arrived[0]) == "Title Only"
    assert found == []
    part = result.parts[arrived[0].part_name]
    shown = re.findall(r"<a:(buBlip|blipFill)><a:blip r:embed=\"([^\"]*)\"/>", text(result, part.name))
    pictures = {kind: result.parts[_target(part, rel_id)].data() for kind, rel_id in shown}
    assert pictures == {"buBlip": png("green"), "blipFill": png("navy")}


def _target(part: Part, rel_id: str) -> str:
    return next(r.target for r in part.relationships if r.id == rel_id)


def test_placeholders_a_layout_does_not_tell_apart_are_used_once() -> None:
    target = deck("Own")
    layout = "ppt/slideLayouts/slideLayout4.xml"
    for index in ('sz="half" idx="1"', 'sz="half" idx="2"'):
        target = swap(target, layout, index, 'type="body"')
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[3])
    slide.placeholders[1].text, slide.placeholders[2].text = "Left", "Right"
    result, arrived, _ = import_slides(target, package_of(presentation))
    assert text(result, arrived[0].part_name).count('type="body"') == 1
    shapes = reopened(result).slides[1].shapes  # type: ignore[attr-defined]
    assert {"Left", "Right"} <= {s.text_frame.text for s in shapes if s.has_text_frame}


@pytest.mark.parametrize(("moved_by", "stays"), [(0, False), (3000, False), (914400, True)])
def test_box_that_only_repeats_the_layouts_gives_way_to_the_new_layouts(moved_by: int, stays: bool) -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = (
        title.left + moved_by, title.top, title.width, title.height,
    )  # fmt: skip
    own = Presentation()
    own.slide_layouts[5].placeholders[0].left = Emu(77)
    result, arrived, _ = import_slides(package_of(own), package_of(presentation))
    assert ("<a:xfrm" in text(result, arrived[0].part_name)) is stays


def test_title_stays_a_title_where_the_layout_has_none() -> None:
    source = _renamed(_other_look(deck("A")), "Blank")
    result, _, _ = import_slides(deck("Own"), source)
    assert titles(result) == ["Own", "A"]
    shape = reopened(result).slides[1].shapes.title  # type: ignore[attr-defined]
    assert shape.width is not None
    assert shape.width > 0


def test_text_box_keeps_its_size_in_a_deck_with_another_default() -> None:
    target = deck("Own")
    target = swap(target, target.main.name, 'sz="1800"', 'sz="1200"')
    source = add_shape(deck("A"), SLIDE, box(9, "Plain"))
    result, arrived, _ = import_slides(target, source)
    same, unchanged, _ = import_slides(deck("Own"), source)
    assert 'sz="1800"' in text(result, arrived[0].part_name)
    assert "sz=" not in text(same, unchanged[0].part_name)


def test_table_cells_keep_their_size_in_a_deck_with_another_default() -> None:
    target = deck("Own")
    target = swap(target, target.main.name, 'sz="1800"', 'sz="1200"')
    result, _, _ = import_slides(target, table_deck())
    table = next(s for s in reopened(result).slides[1].shapes if s.has_table).table  # type: ignore[attr-defined]
    assert table.cell(0, 0).text_frame.paragraphs[0].runs[0].font.size == Pt(18)


def test_slide_of_another_size_is_scaled_evenly_and_centred() -> None:
    source = add_shape(deck("A"), SLIDE, box(9, "Box", xfrm=(914400, 914400, 1828800, 914400)))
    result, _, _ = import_slides(deck("Own", size=(18288000, 6858000)), source)
    wide = next(s for s in reopened(result).slides[1].shapes if s.name == "Box")  # type: ignore[attr-defined]
    assert (wide.left, wide.width) == (914400 + (18288000 - 9144000) // 2, 1828800)
    result, _, _ = import_slides(deck("Own", size=(4572000, 3429000)), source)
    half = next(s for s in reopened(result).slides[1].shapes if s.name == "Box")  # type: ignore[attr-defined]
    assert (half.left, half.top, half.width, half.height) == (457200, 457200, 914400, 457200)


def test_type_lines_and_tables_shrink_with_the_slide() -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    frame = slide.shapes.add_textbox(Inches(1), Inches(1), Inches(4), Inches(1))
    frame.name = "Text"
    run = frame.text_frame.paragraphs[0].add_run()
    run.text, run.font.size = "x", Pt(40)
    frame.line.width = Pt(6)
    slide.shapes.add_table(1, 1, Inches(1), Inches(3), Inches(4), Inches(2))
    result, _, _ = import_slides(deck("Own", size=(4572000, 3429000)), package_of(presentation))
    shapes = reopened(result).slides[1].shapes  # type: ignore[attr-defined]
    shape = next(s for s in shapes if s.name == "Text")
    table = next(s for s in shapes if s.has_table).table
    assert shape.text_frame.paragraphs[0].runs[0].font.size == Pt(20)
    assert shape.line.width == Pt(3)
    assert shape.text_frame.margin_left == Emu(45720)
    assert (table.columns[0].width, table.rows[0].height) == (Inches(2), Inches(1))


def test_group_is_scaled_once_and_its_children_follow() -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    group = slide.shapes.add_group_shape()
    group.shapes.add_shape(1, Inches(2), Inches(2), Inches(2), Inches(2))
    result, _, _ = import_slides(deck("Own", size=(4572000, 3429000)), package_of(presentation))
    shape = next(s for s in reopened(result).slides[1].shapes if s.shape_type == 6)  # type: ignore[attr-defined]
    child = shape.shapes[0]
    assert (shape.left, shape.width) == (Inches(1), Inches(1))
    assert (child.left, child.width) == (Inches(2), Inches(2))  # in the group's own coordinates


def test_picture_of_an_embedded_object_is_scaled_with_its_frame() -> None:
    place = '<a:off x="200" y="200"/><a:ext cx="400" cy="400"/>'
    frame = (
        f"<p:graphicFrame><p:xfrm>{place}</p:xfrm><a:graphic><a:graphicData><p:oleObj><p:pic><p:spPr>"
        f"<a:xfrm>{place}</a:xfrm></p:spPr></p:pic></p:oleObj></a:graphicData></a:graphic></p:graphicFrame>"
    )
    source = add_shape(deck("A"), SLIDE, frame)
    result, arrived, _ = import_slides(deck("Own", size=(4572000, 3429000)), source)
    assert text(result, arrived[0].part_name).count('<a:off x="100" y="100"/><a:ext cx="200" cy="200"/>') == 2


def test_frame_of_a_zoom_or_model_is_scaled_with_what_it_shows() -> None:
    inner = '<m:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="400" cy="400"/></a:xfrm></m:spPr>'
    frame = (
        '<p:graphicFrame><p:xfrm><a:off x="200" y="200"/><a:ext cx="400" cy="400"/></p:xfrm><a:graphic>'
        f'<a:graphicData><m:model3d xmlns:m="http://future.example">{inner}</m:model3d></a:graphicData></a:graphic>'
        "</p:graphicFrame>"
    )
    result, arrived, _ = import_slides(HALF, add_shape(deck("A"), SLIDE, frame))
    xml = text(result, arrived[0].part_name)
    assert xml.count('<a:ext cx="200" cy="200"/>') == 2
    assert '<a:off x="0" y="0"/>' in xml


def test_outline_without_a_size_of_its_own_shrinks_with_its_shape() -> None:
    path = (
        '<a:path><a:moveTo><a:pt x="0" y="0"/></a:moveTo><a:lnTo><a:pt x="900" y="r"/></a:lnTo></a:path>'
        '<a:path w="9" h="9"><a:moveTo><a:pt x="9" y="9"/></a:moveTo></a:path>'
    )
    shape = box(9, "Free").replace(
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>',
        f"<a:custGeom><a:avLst/><a:pathLst>{path}</a:pathLst></a:custGeom>",
    )
    result, arrived, _ = import_slides(HALF, add_shape(deck("A"), SLIDE, shape))
    xml = text(result, arrived[0].part_name)
    assert '<a:pt x="450" y="r"/>' in xml
    assert '<a:pt x="9" y="9"/>' in xml  # in the path's own units


def test_picture_that_fills_a_shape_in_tiles_shrinks_with_it() -> None:
    tile = '<a:blipFill><a:blip/><a:tile tx="100" ty="0" flip="none" algn="tl"/></a:blipFill>'
    shape = box(9, "Tiled").replace("</p:spPr>", f"{tile}</p:spPr>")
    result, arrived, _ = import_slides(HALF, add_shape(deck("A"), SLIDE, shape))
    assert '<a:tile tx="50" ty="0" flip="none" algn="tl" sx="50000" sy="50000"/>' in text(
        result, arrived[0].part_name
    )


def test_margins_of_cells_shrink_with_their_text() -> None:
    result, _, _ = import_slides(HALF, table_deck())
    table = next(s for s in reopened(result).slides[1].shapes if s.has_table).table  # type: ignore[attr-defined]
    assert (table.cell(0, 0).margin_left, table.cell(0, 0).margin_top) == (Emu(45720), Emu(22860))


def test_type_in_charts_shrinks_with_the_slide() -> None:
    source = chart_deck()
    chart = next(name for name in source.parts if name.startswith("ppt/charts/"))
    source = swap(source, chart, 'sz="1800"', 'sz="1600"')
    result, _, _ = import_slides(deck("Own", size=(4572000, 3429000)), source)
    copied = next(name for name in result.parts if name.startswith("ppt/charts/"))
    assert 'sz="800"' in text(result, copied)


def test_slides_are_left_at_their_size_on_request() -> None:
    source = add_shape(deck("A"), SLIDE, box(9, "Box"))
    result, _, _ = import_slides(
        deck("Own", size=(4572000, 3429000)), source, options=ImportOptions(scale=False)
    )
    shape = next(s for s in reopened(result).slides[1].shapes if s.name == "Box")  # type: ignore[attr-defined]
    assert (shape.left, shape.width) == (914400, 1828800)


def test_brought_master_is_scaled_with_its_slides_and_still_brought_once() -> None:
    target = deck("Own", size=WIDE)
    source = deck("A", size=(6096000, 3429000))
    result, _, _ = import_slides(target, source, options=BRING)
    result, _, _ = import_slides(result, source, options=BRING)
    masters = _masters(result)
    assert len(masters) == 2
    title = next(parse_xml(result.parts[masters[1]].data()).iter("{*}sp"))
    own = next(parse_xml(result.parts[masters[0]].data()).iter("{*}sp"))
    width = [int(next(shape.iter("{*}ext")).get("cx") or 0) for shape in (own, title)]
    assert width[1] == 2 * width[0]


def test_colours_and_background_of_the_slide_itself_stay() -> None:
    background = (
        '<p:bg><p:bgPr><a:solidFill><a:srgbClr val="ABCDEF"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
    )
    source = swap(deck("A"), SLIDE, "<p:cSld>", f"<p:cSld>{background}")
    source = swap(
        source,
        SLIDE,
        "<a:masterClrMapping/>",
        '<a:overrideClrMapping bg1="dk1" tx1="lt1" bg2="dk2" tx2="lt2" accent1="accent1" accent2="accent2" '
        'accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>',
    )
    result, arrived, _ = import_slides(_other_look(deck("Own")), source)
    xml = text(result, arrived[0].part_name)
    assert "ABCDEF" in xml
    assert 'bg1="dk1"' in xml


def test_deck_without_a_master_gets_the_sources() -> None:
    target = deck()
    relationships = [r for r in target.main.relationships if not r.type.endswith("/slideMaster")]
    target = target.with_parts([target.main.with_relationships(relationships)])
    result, _, found = import_slides(target, deck("A"))
    assert found == []
    assert len(_masters(result)) == 1
    assert titles(result) == ["A"]


def test_slides_of_a_deck_fit_back_into_its_own_empty_copy_unchanged() -> None:
    source = chart_deck()
    empty, _ = new_package_from(source)
    result, arrived, found = import_slides(empty, source)
    assert found == []
    assert sorted(result.parts) == sorted(name for name in source.parts if "thumbnail" not in name)
    before, after = (
        parse_xml(p.parts[n].data()) for p, n in ((source, SLIDE), (result, arrived[0].part_name))
    )
    assert [e.tag for e in before.iter("*")] == [e.tag for e in after.iter("*")]


@pytest.mark.parametrize(
    ("source", "target", "scale"),
    [
        ((100, 100), (200, 200), Scale(2.0, 0, 0)),
        ((100, 100), (300, 200), Scale(2.0, 50, 0)),
        ((400, 300), (400, 600), Scale(1.0, 0, 150)),
    ],
)
def test_scale_shows_the_whole_slide(source: tuple[int, int], target: tuple[int, int], scale: Scale) -> None:
    assert Scale.between(source, target) == scale


# words a slide colours itself


def test_slide_that_finds_no_layout_like_its_own_says_that_it_keeps_it() -> None:
    source = _other_look(deck("A"))
    data = text(source, LAYOUT).replace(' type="titleOnly"', "")
    source = _renamed(source.with_parts([source.parts[LAYOUT].with_data(data.encode())]), "Ours alone")
    _, _, found = import_slides(deck("Own"), source)
    assert [d.message for d in found if d.code == "layout-kept"] == [
        'the slide keeps its own layout "Ours alone" and its look: the target has none like it'
    ]
    _, _, found = import_slides(deck("Own"), source, options=BRING)
    assert [d for d in found if d.code == "layout-kept"] == []


WHITE, NIGHT = "<a:srgbClr val='FFFFFF'/>", "<a:srgbClr val='101828'/>"


def _on(background: str, words: str = "", box_fill: str = "") -> Package:
    """A slide whose title is coloured by `words`, on a master with that background and another look."""
    fill = f"<p:bg><p:bgPr><a:solidFill>{background}</a:solidFill><a:effectLst/></p:bgPr></p:bg>"
    package = deck("Readable?")
    data = re.sub(r"<p:bg>.*?</p:bg>", fill, text(package, MASTER), flags=re.DOTALL)
    package = package.with_parts([package.parts[MASTER].with_data(data.encode())])
    coloured = f"<a:rPr><a:solidFill>{words}</a:solidFill></a:rPr>" if words else ""
    package = swap(package, SLIDE, "<a:t>Readable?", f"{coloured}<a:t>Readable?")
    if box_fill:
        package = swap(package, SLIDE, "<p:spPr/>", f"<p:spPr><a:solidFill>{box_fill}</a:solidFill></p:spPr>")
    return package


def _kept(source: Package, target: Package) -> list[str]:
    result, arrived, found = import_slides(target, source)
    assert len(arrived) == 1
    kept = [d.message for d in found if d.code == "layout-kept"]
    assert len(_masters(result)) == 1 + len(kept)
    return kept


def test_slide_with_white_words_of_its_own_keeps_its_dark_layout() -> None:
    (message,) = _kept(_on(NIGHT, WHITE), _on(WHITE))
    assert message == 'the slide keeps its own layout: on "Title Only" nobody could read "Readable?"'


def test_words_that_leave_their_colour_to_the_layout_take_the_targets() -> None:
    assert _kept(_on(NIGHT), _on(WHITE)) == []


@pytest.mark.parametrize(
    ("own", "target", "kept"),
    [("<a:schemeClr val='bg1'/>", WHITE, 1), ("<a:schemeClr val='bg1'/>", "<a:schemeClr val='bg1'/>", 0)],
)
def test_slide_that_turns_the_colours_over_keeps_a_ground_its_words_can_be_read_on(
    own: str, target: str, kept: int
) -> None:
    names = [*("accent1", "accent2", "accent3", "accent4", "accent5", "accent6"), "hlink", "folHlink"]
    turned = "".join(f' {name}="{name}"' for name in names)
    turned = f'<a:overrideClrMapping bg1="dk1" tx1="lt1" bg2="dk2" tx2="lt2"{turned}/>'
    source = swap(_on(own), SLIDE, "<a:masterClrMapping/>", turned)
    assert len(_kept(source, _on(target))) == kept


def test_coloured_words_that_stay_readable_keep_no_layout() -> None:
    assert _kept(_on(NIGHT, "<a:srgbClr val='C00000'/>"), _on(WHITE)) == []


def test_white_words_on_a_dark_box_of_their_own_keep_no_layout() -> None:
    assert _kept(_on(NIGHT, WHITE, box_fill=NIGHT), _on(WHITE)) == []


def test_words_that_nobody_could_read_before_keep_no_layout() -> None:
    assert _kept(_on(WHITE, WHITE), _on("<a:srgbClr val='FAFAFA'/>")) == []


def test_colours_by_name_are_those_of_each_theme() -> None:
    assert len(_kept(_on(NIGHT, "<a:schemeClr val='bg1'/>"), _on(WHITE))) == 1
    assert _kept(_on(NIGHT, "<a:schemeClr val='tx1'/>"), _on(WHITE)) == []


# words in tables

BARE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
OWN = "{11111111-2222-3333-4444-555555555555}"
BLACK = "<a:srgbClr val='000000'/>"


def _style(fill: str = "", words: str = "", region: str = "wholeTbl") -> str:
    """A table style of the deck's own with a fill and words of these colours."""
    said = f"<a:tcTxStyle>{words}</a:tcTxStyle>" if words else ""
    filled = f"<a:fill><a:solidFill>{fill}</a:solidFill></a:fill>" if fill else ""
    part = f"<a:{region}>{said}<a:tcStyle><a:tcBdr/>{filled}</a:tcStyle></a:{region}>"
    return f'<a:tblStyle styleId="{OWN}" styleName="Own">{part}</a:tblStyle>'


def _table(style: str = BARE, words: str = "", cell: str = "", define: str = "", on: str = WHITE) -> Package:
    """A slide with a table of that style, its words coloured and its cells filled, on a master with that background."""
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    table = slide.shapes.add_table(2, 1, Emu(9000), Emu(9000), Emu(90000), Emu(90000)).table
    table.cell(1, 0).text = "Rates"
    ground = f"<p:bg><p:bgPr><a:solidFill>{on}</a:solidFill><a:effectLst/></p:bgPr></p:bg>"
    package = package_of(presentation)
    data = re.sub(r"<p:bg>.*?</p:bg>", ground, text(package, MASTER), flags=re.DOTALL)
    package = package.with_parts([package.parts[MASTER].with_data(data.encode())])
    package = swap(package, SLIDE, "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}", style)
    if words:
        coloured = f"<a:rPr><a:solidFill>{words}</a:solidFill></a:rPr>"
        package = swap(package, SLIDE, "<a:t>Rates", f"{coloured}<a:t>Rates")
    if cell:
        package = swap(package, SLIDE, "<a:tcPr/>", f"<a:tcPr><a:solidFill>{cell}</a:solidFill></a:tcPr>")
    return _with_style(package, define) if define else package


def _with_style(package: Package, style: str) -> Package:
    data = re.sub(r"(<a:tblStyleLst[^>]*?)/>", rf"\1>{style}</a:tblStyleLst>", text(package, STYLES))
    assert style in data
    return package.with_parts([package.parts[STYLES].with_data(data.encode())])


def test_slide_with_a_table_whose_dark_words_stand_on_a_dark_background_keeps_its_layout() -> None:
    (message,) = _kept(_table(), _on(NIGHT))
    assert message == 'the slide keeps its own layout: on "Title Only" nobody could read "Rates"'


@pytest.mark.parametrize(
    "source",
    [
        _table(cell=WHITE),
        _table(OWN, define=_style(fill=WHITE)),
        _table(OWN, define=_style(words="<a:srgbClr val='808080'/>")),
        _table("{00A15C55-8517-42AA-B614-E9B94910E393}"),
        _table("{99999999-7F5D-4C2E-B375-FC64B27BC917}"),
        _table(words="<a:srgbClr val='808080'/>"),
    ],
    ids=[
        "cell's fill",
        "style's fill",
        "style's words",
        "style of Office's",
        "style nobody knows",
        "words of their own",
    ],
)
def test_table_that_can_be_read_on_any_ground_keeps_no_layout(source: Package) -> None:
    assert _kept(source, _on(NIGHT)) == []


def test_words_of_a_style_are_weighed_on_the_styles_fill_for_their_row() -> None:
    header = _style(fill=WHITE, region="firstRow")
    assert len(_kept(_table(OWN, define=header), _on(NIGHT))) == 1
    assert _kept(_table(OWN, define=_style(fill=WHITE, region="band1H")), _on(NIGHT)) == []


NIGHTLY = "<a:accent1><a:srgbClr val='101020'/></a:accent1>"


@pytest.mark.parametrize(
    "style", ["{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}", "{6E25E649-3F16-4E02-A733-19D2CDBF48F0}"]
)
def test_words_in_a_style_decks_do_not_define_are_weighed_on_its_fill_in_the_targets_colours(
    style: str,
) -> None:
    """Dark words of their own on the light header of one deck, which is dark in the other's accent."""
    source = swap(_table(style, words=BLACK), SLIDE, ' firstRow="1"', ' firstCol="1"')
    theme = "ppt/theme/theme1.xml"
    night = re.sub(r"<a:accent1>.*?</a:accent1>", NIGHTLY, text(_on(WHITE), theme), flags=re.DOTALL)
    target = _on(WHITE)
    assert _kept(source, target) == []
    assert len(_kept(source, target.with_parts([target.parts[theme].with_data(night.encode())]))) == 1


@pytest.mark.parametrize(
    ("style", "kept"),
    [
        ("{69012ECD-51FC-41F1-AA8D-1B2483CD663E}", 1),
        ("{9D7B26C5-4107-4FEC-AEDC-1716B250A1EF}", 1),
        ("{616DA210-FB5B-4158-B5E0-FEB733F419BA}", 1),
        ("{3C2FFA5D-87B4-456A-9821-1D502468CF0F}", 0),
        ("{125E5076-3810-47DD-B79F-674D7AD40C01}", 0),
        ("{B301B821-A1FF-4177-AEE7-76D212191A09}", 0),
        ("{69CF1AB2-1976-4502-BF36-3FF5EA218861}", 0),
        ("{0660B408-B3CF-4A94-85FC-2B1E0A45F4A2}", 0),
    ],
    ids=["light 2", "light 1", "light 3", "themed 1", "dark 1", "medium 1", "medium 4", "dark 2"],
)
def test_words_in_a_style_without_a_fill_are_weighed_on_the_background(style: str, kept: int) -> None:
    assert len(_kept(_table(style), _on(NIGHT))) == kept


@pytest.mark.parametrize(("alpha", "kept"), [(10000, 1), (90000, 0)])
def test_fill_that_lets_the_background_through_is_weighed_as_it_shows(alpha: int, kept: int) -> None:
    glass = f"<a:srgbClr val='FFFFFF'><a:alpha val='{alpha}'/></a:srgbClr>"  # black words on it
    assert len(_kept(_table(OWN, define=_style(fill=glass)), _on(NIGHT))) == kept


def test_table_style_of_the_target_colours_a_table_that_names_it() -> None:
    source = _table(OWN, define=_style(fill=WHITE, words=BLACK))
    assert len(_kept(source, _with_style(_on(NIGHT), _style(words=BLACK)))) == 1
    assert _kept(source, _with_style(_on(NIGHT), _style(fill=WHITE, words=BLACK))) == []
