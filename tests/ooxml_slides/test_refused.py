"""What cannot be carried is refused by its name; what stays behind is named."""

from __future__ import annotations

import pytest
from deck_builders import (
    add,
    add_shape,
    as_template,
    box,
    chart_deck,
    deck,
    diagram_deck,
    everything,
    jump_deck,
    package_of,
    picture_deck,
    relate,
    sectioned,
    swap,
    text,
    titles,
)
from deck_facts import read_deck

from collateral.diagnostics import Diagnostic
from collateral.ooxml.package import Package, open_package
from collateral.ooxml.slides import ImportOptions, import_slides, take_slides

SLIDE = "ppt/slides/slide1.xml"


def _document() -> Package:
    import io

    import docx

    stream = io.BytesIO()
    docx.Document().save(stream)
    package, _ = open_package(stream.getvalue(), file="letter.docx")
    assert package is not None
    return package


def _film(address: str) -> Package:
    shape = box(9, "Our film").replace("<p:nvPr/>", '<p:nvPr><a:videoFile r:link="rId9"/></p:nvPr>')
    return relate(add_shape(deck("A"), SLIDE, shape), SLIDE, "rId9", "video", address, external=True)


def _linked_chart() -> Package:
    source = chart_deck()
    chart = next(name for name in source.parts if name.startswith("ppt/charts/"))
    kept = [r for r in source.parts[chart].relationships if not r.type.endswith("/package")]
    source = source.with_parts([source.parts[chart].with_relationships(kept)])
    return relate(source, chart, "rId1", "oleObject", "file:///C:/Sales.xlsx", external=True)


def _said(found: list[Diagnostic]) -> list[tuple[str, str]]:
    return [(d.severity.value, d.code) for d in found]


def test_control_is_refused_with_its_shape_and_the_other_slides_go_on() -> None:
    source = add(deck("A", "B"), "ppt/activeX/activeX1.xml", "application/vnd.ms-office.activeX+xml", "<ax/>")
    control = box(9, "Button 1").replace("<p:nvPr/>", '<p:nvPr><a:x r:id="rId9"/></p:nvPr>')
    source = relate(add_shape(source, SLIDE, control), SLIDE, "rId9", "control", "ppt/activeX/activeX1.xml")
    result, arrived, found = import_slides(deck("Own"), source)
    assert titles(result) == ["Own", "B"]
    assert [slide.source_number for slide in arrived] == [2]
    assert _said(found) == [("error", "cannot-carry")]
    assert "an ActiveX control" in found[0].message
    assert str(found[0].at) == 'deck.pptx › slide 1 › "Button 1"'
    assert not any("activeX" in name for name in result.parts)


@pytest.mark.parametrize("address", ["file:///C:/film.mp4", "film.mp4", "\\\\server\\film.mp4"])
def test_film_outside_the_file_is_refused_with_its_address(address: str) -> None:
    _, arrived, found = import_slides(deck("Own"), _film(address))
    assert arrived == []
    assert address in found[0].message
    assert _said(found) == [("error", "cannot-carry")]


def test_film_on_the_web_comes_along() -> None:
    result, arrived, found = import_slides(deck("Own"), _film("https://example.com/film"))
    assert (len(arrived), found) == (1, [])
    assert read_deck(b"".join(_written(result)))[1].links == ["https://example.com/film"]


def test_linked_workbook_stays_linked_with_a_warning_that_names_it() -> None:
    result, arrived, found = import_slides(deck("Own"), _linked_chart())
    assert len(arrived) == 1
    assert _said(found) == [("warning", "linked-workbook")]
    assert "file:///C:/Sales.xlsx" in found[0].message
    assert b"Sales.xlsx" in everything(result)


def test_linked_workbook_is_refused_by_policy() -> None:
    result, arrived, found = import_slides(
        deck("Own"), _linked_chart(), options=ImportOptions(linked_workbooks="refuse")
    )
    assert arrived == []
    assert _said(found) == [("error", "cannot-carry")]
    assert not any(name.startswith("ppt/charts/") for name in result.parts)


def test_slide_inside_another_part_is_refused() -> None:
    source = add(deck("A", "B"), "ppt/future/x.xml", "application/vnd.future+xml", "<x/>")
    source = relate(source, "ppt/future/x.xml", "rId1", "http://future.example/page", "ppt/slides/slide2.xml")
    source = relate(source, SLIDE, "rId9", "http://future.example/book", "ppt/future/x.xml")
    _, arrived, found = import_slides(deck("Own"), source, [1])
    assert arrived == []
    assert '"ppt/slides/slide2.xml"' in found[0].message


def test_comments_stay_behind_and_are_named() -> None:
    comments = "application/vnd.openxmlformats-officedocument.presentationml.comments+xml"
    source = add(deck("A"), "ppt/comments/comment1.xml", comments, "<c>SECRET</c>")
    source = relate(source, SLIDE, "rId9", "comments", "ppt/comments/comment1.xml")
    result, arrived, found = import_slides(deck("Own"), source)
    assert b"SECRET" not in everything(result)
    assert arrived[0].dropped == ("comments",)
    assert _said(found) == [("note", "left-out")]


def test_link_to_a_slide_that_comes_along_leads_to_its_copy() -> None:
    result, _, found = import_slides(deck("Own"), jump_deck(), [3, 1])
    assert read_deck(b"".join(_written(result)))[2].links == ["slide 2"]
    assert found == []


def test_link_to_a_slide_that_stays_behind_is_taken_out_and_named() -> None:
    result, arrived, found = import_slides(deck("Own"), jump_deck(), [1])
    assert arrived[0].dropped == ('the link of "Button" to slide 3 "Three"',)
    assert _said(found) == [("warning", "jump-removed")]
    assert "hlinkClick" not in text(result, arrived[0].part_name)
    assert b"Three" not in everything(result)


def test_link_in_smart_art_leads_to_the_copy_of_its_slide() -> None:
    result, arrived, found = import_slides(deck("Own"), diagram_deck("A", "B"))
    (data,) = [name for name in result.parts if "diagrams/data" in name]
    assert [r.target for r in result.parts[data].relationships] == [arrived[1].part_name]
    assert found == []


def test_link_in_smart_art_to_a_slide_that_stays_behind_is_taken_out_and_named() -> None:
    result, arrived, found = import_slides(deck("Own"), diagram_deck("A", "B"), [1])
    (data,) = [name for name in result.parts if "diagrams/data" in name]
    assert arrived[0].dropped == ('a link to slide 2 "B"',)
    assert _said(found) == [("warning", "jump-removed")]
    assert "hlinkClick" not in text(result, data)


def test_picture_the_file_had_lost_is_a_warning_that_names_the_shape() -> None:
    source = picture_deck(1)
    slide = source.parts[SLIDE]
    source = source.with_parts(
        [slide.with_relationships([r for r in slide.relationships if not r.type.endswith("/image")])]
    )
    result, arrived, found = import_slides(deck("Own"), source)
    assert _said(found) == [("warning", "missing-part")]
    assert '"Picture 1"' in found[0].message
    assert "r:embed" not in text(result, arrived[0].part_name)


def test_chart_the_file_had_lost_is_refused() -> None:
    source = chart_deck()
    slide = source.parts[SLIDE]
    source = source.with_parts(
        [slide.with_relationships([r for r in slide.relationships if not r.type.endswith("/chart")])]
    )
    _, arrived, found = import_slides(deck("Own"), source)
    assert arrived == []
    assert "cannot-carry" in {d.code for d in found}


def test_slide_that_is_no_xml_is_an_error_and_the_others_go_on() -> None:
    source = deck("A", "B")
    source = source.with_parts([source.parts[SLIDE].with_data(b"<p:sld")])
    result, _, found = import_slides(deck("Own"), source)
    assert titles(result) == ["Own", "B"]
    assert _said(found) == [("error", "unreadable-part")]
    assert found[0].at is not None
    assert "slide 1" in str(found[0].at)


def test_deck_whose_presentation_is_no_xml_leaves_the_target_as_it_is() -> None:
    source = deck("A")
    source = source.with_parts([source.main.with_data(b"oops")])
    target = deck("Own")
    result, arrived, found = import_slides(target, source)
    assert result is target
    assert arrived == []
    assert _said(found) == [("error", "unreadable-part")]


def test_documents_are_refused_on_either_side() -> None:
    letter = _document()
    assert _said(import_slides(letter, deck("A"))[2]) == [("error", "not-a-deck")]
    assert _said(import_slides(deck("A"), letter)[2]) == [("error", "not-a-deck")]
    assert _said(take_slides(letter, [1])[1]) == [("error", "not-a-deck")]


def test_number_that_is_not_there_is_an_error_and_the_rest_goes_on() -> None:
    result, _, found = import_slides(deck("Own"), deck("A"), [5, 1])
    assert titles(result) == ["Own", "A"]
    assert [d.message for d in found] == ["there is no slide 5: the deck has 1"]


def test_template_becomes_a_presentation() -> None:
    result, _, _ = import_slides(as_template(deck("Own")), as_template(deck("A")))
    assert result.kind == "pptx"
    assert titles(result) == ["Own", "A"]


def test_slides_keep_the_section_they_stood_in() -> None:
    source = sectioned(deck("A", "B", "C"), First=[1], Second=[2, 3])
    result, _, _ = import_slides(deck("Own"), source, [1, 3])
    xml = text(result, result.main.name)
    listed = [part.split('"')[0] for part in xml.split('<p14:section name="')[1:]]
    assert listed == ["Default Section", "First", "Second"]
    assert xml.count("<p14:sldId ") == 3
    again, _, _ = import_slides(result, source, [1])
    ids = [part.split('"')[0] for part in text(again, again.main.name).split('id="{')[1:]]
    assert len(ids) == len(set(ids))


def test_sections_are_left_out_on_request() -> None:
    source = sectioned(deck("A"), First=[1])
    result, _, _ = import_slides(deck("Own"), source, options=ImportOptions(sections=False))
    assert "sectionLst" not in text(result, result.main.name)


def test_zoom_to_a_slide_that_comes_along_gets_its_new_id() -> None:
    zoom = (
        '<mc:AlternateContent><mc:Choice xmlns:z="http://schemas.microsoft.com/office/powerpoint/2016/slidezoom" '
        'Requires="z"><p:graphicFrame><z:sldZmObj sldId="257" cId="5"/></p:graphicFrame></mc:Choice>'
        f"<mc:Fallback>{box(8, 'Zoom picture')}</mc:Fallback></mc:AlternateContent>"
    )
    source = add_shape(deck("A", "B"), SLIDE, zoom)
    result, arrived, found = import_slides(deck("Own", "Own too"), source)
    assert 'sldId="259"' in text(result, arrived[0].part_name)
    assert found == []
    alone, arrived, found = import_slides(deck("Own"), source, [1])
    assert "Zoom picture" in text(alone, arrived[0].part_name)
    assert "sldZmObj" not in text(alone, arrived[0].part_name)
    assert _said(found) == [("warning", "jump-removed")]


def test_link_to_a_custom_show_is_taken_out_and_named() -> None:
    link = '<a:hlinkClick r:id="" action="ppaction://customshow?id=0"/>'
    source = add_shape(deck("A"), SLIDE, box(9, "Show", link=link))
    _, arrived, found = import_slides(deck("Own"), source)
    assert arrived[0].dropped == ('the link of "Show" to a custom show',)
    assert _said(found) == [("warning", "jump-removed")]


@pytest.mark.parametrize(
    ("action", "program"), [("macro?name=Go", ""), ("program", "file:///C:/Windows/notepad.exe")]
)
def test_what_runs_a_macro_or_a_program_is_taken_out_and_named(action: str, program: str) -> None:
    rel_id = "rId77" if program else ""
    link = f'<a:hlinkClick r:id="{rel_id}" action="ppaction://{action}"/>'
    source = add_shape(deck("A"), SLIDE, box(9, "Button", link=link))
    source = relate(source, SLIDE, rel_id, "hyperlink", program, external=True) if program else source
    result, arrived, found = import_slides(deck("Own"), source)
    slide = arrived[0].part_name
    assert "ppaction" not in text(result, slide)
    assert program not in [r.target for r in result.parts[slide].relationships if r.external]
    assert arrived[0].dropped == ('what "Button" runs',)
    assert _said(found) == [("warning", "action-removed")]


def test_slide_without_a_layout_is_put_on_the_emptiest_with_a_warning() -> None:
    source = deck("A")
    slide = source.parts[SLIDE]
    source = source.with_parts([slide.with_relationships([])])
    result, arrived, found = import_slides(deck("Own"), source)
    assert _said(found) == [("warning", "slide-without-layout")]
    layout = result.related(result.parts[arrived[0].part_name], "slideLayout")[0]
    assert b'type="blank"' in layout.data()


def test_slide_without_a_layout_is_refused_by_a_deck_that_has_none() -> None:
    source = deck("A")
    source = source.with_parts([source.parts[SLIDE].with_relationships([])])
    bare = deck()
    bare = bare.with_parts(
        [
            bare.main.with_relationships(
                [r for r in bare.main.relationships if not r.type.endswith("/slideMaster")]
            )
        ]
    )
    _, arrived, found = import_slides(bare, source)
    assert arrived == []
    assert _said(found) == [("error", "slide-without-layout")]


def test_parts_that_hang_on_each_other_without_end_are_refused() -> None:
    source = deck("A")
    for number in range(100):
        source = add(source, f"ppt/future/x{number}.xml", "application/vnd.future+xml", "<x/>")
    for number in range(99):
        owner = f"ppt/future/x{number}.xml"
        source = relate(source, owner, "rId1", "http://future.example/next", f"ppt/future/x{number + 1}.xml")
    source = relate(source, SLIDE, "rId9", "http://future.example/next", "ppt/future/x0.xml")
    _, arrived, found = import_slides(deck("Own"), source)
    assert arrived == []
    assert _said(found) == [("error", "cannot-carry")]


def test_parts_that_point_at_each_other_in_a_circle_arrive() -> None:
    source = deck("A")
    for one, other in ((1, 2), (2, 1)):
        source = add(source, f"ppt/future/x{one}.xml", "application/vnd.future+xml", "<x/>")
        source = relate(
            source, f"ppt/future/x{one}.xml", "rId1", "http://f.example/n", f"ppt/future/x{other}.xml"
        )
    source = relate(source, SLIDE, "rId9", "http://f.example/n", "ppt/future/x1.xml")
    result, arrived, found = import_slides(deck("Own"), source)
    assert (len(arrived), found) == (1, [])
    assert sum(name.startswith("ppt/future/") for name in result.parts) == 2


def test_python_pptx_deck_opens_again_after_everything() -> None:
    from pptx import Presentation

    result, _, _ = import_slides(package_of(Presentation()), swap(chart_deck(), SLIDE, "Chart", "Charts"))
    assert titles(result) == ["Charts"]


def _written(package: Package) -> list[bytes]:
    from collateral.ooxml.package import write_package

    return write_package(package)
