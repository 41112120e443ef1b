"""Nothing of a slide that is left out stays anywhere in the file."""

from __future__ import annotations

import pytest
from deck_builders import (
    NS,
    add,
    add_shape,
    as_template,
    box,
    chart_deck,
    deck,
    diagram_deck,
    everything,
    jump_deck,
    noted_deck,
    picture_deck,
    relate,
    reopened,
    sectioned,
    swap,
    text,
    titles,
)
from deck_facts import read_deck
from hypothesis import given, settings
from hypothesis import strategies as st

from collateral.ooxml.package import Package
from collateral.ooxml.slides import import_slides, new_package_from, take_slides

PML = "application/vnd.openxmlformats-officedocument.presentationml."
SHOWS = (
    '<p:custShowLst><p:custShow name="SECRET show" id="0"><p:sldLst><p:sld r:id="{rel}"/></p:sldLst>'
    "</p:custShow></p:custShowLst>"
)


def _slide_rel(package: Package, number: int) -> str:
    part = f"ppt/slides/slide{number}.xml"
    return next(r.id for r in package.main.relationships if r.target == part)


def _with_shows(package: Package, number: int) -> Package:
    shows = SHOWS.format(rel=_slide_rel(package, number)).replace("<p:custShowLst>", f"<p:custShowLst {NS}>")
    return swap(package, package.main.name, "<p:defaultTextStyle>", f"{shows}<p:defaultTextStyle>")


def _check_nothing_left(package: Package, keep: list[int], secret: bytes = b"SECRET") -> Package:
    assert secret in everything(package)
    result, _ = take_slides(package, keep)
    assert secret not in everything(result)
    return result


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(1, 6)), st.integers(0, 5))
def test_any_choice_in_any_order_gives_exactly_those_slides(order: list[int], count: int) -> None:
    package = deck("T1", "T2", "T3", "T4", "T5")
    result, found = take_slides(package, order[:count])
    assert titles(result) == [f"T{number}" for number in order[:count]]
    assert found == []
    assert sum(name.startswith("ppt/slides/slide") for name in result.parts) == count


def test_titles_and_text_of_left_out_slides_are_gone() -> None:
    package = swap(
        deck("Public", "SECRET"),
        "docProps/app.xml",
        "<TitlesOfParts>",
        "<TitlesOfParts><!-- SECRET of an earlier save -->",
    )
    result = _check_nothing_left(package, [1])
    assert "<Slides>1</Slides>" in text(result, "docProps/app.xml")


def test_notes_of_left_out_slides_are_gone() -> None:
    result = _check_nothing_left(noted_deck("public", "SECRET"), [1])
    assert [name for name in result.parts if "notesSlide" in name] == ["ppt/notesSlides/notesSlide1.xml"]


def test_picture_is_gone_with_the_last_slide_that_shows_it() -> None:
    both, _, _ = import_slides(picture_deck(2, "red"), picture_deck(1, "blue"))
    one, _ = take_slides(both, [1])
    two, _ = take_slides(both, [2, 3])
    assert [sum("media" in name for name in p.parts) for p in (both, one, two)] == [2, 1, 2]


def test_chart_and_workbook_are_gone_with_their_slide() -> None:
    both, _, _ = import_slides(deck("Public"), chart_deck())
    result, _ = take_slides(both, [1])
    assert not any(name.startswith(("ppt/charts/", "ppt/embeddings/")) for name in result.parts)


def test_section_that_loses_its_slides_loses_its_name() -> None:
    package = sectioned(deck("A", "B", "C"), Public=[1, 2], SECRET=[3])
    result = _check_nothing_left(package, [1])
    assert text(result, result.main.name).count("<p14:sldId ") == 1


def test_sections_go_when_no_slide_is_left() -> None:
    result = _check_nothing_left(sectioned(deck("A"), SECRET=[1]), [])
    assert "sectionLst" not in text(result, result.main.name)


def test_custom_show_of_left_out_slides_is_gone_with_the_links_to_it() -> None:
    package = _with_shows(deck("A", "B"), 2)
    link = '<a:hlinkClick r:id="" action="ppaction://customshow?id=0&amp;return=true"/>'
    package = add_shape(package, "ppt/slides/slide1.xml", box(9, "Show", link=link))
    result = _check_nothing_left(package, [1])
    assert "customshow" not in text(result, "ppt/slides/slide1.xml")
    assert "custShow" not in text(result, result.main.name)


def test_custom_show_of_kept_slides_stays() -> None:
    result, _ = take_slides(_with_shows(deck("A", "B"), 1), [1])
    assert "SECRET show" in text(result, result.main.name)


def test_link_to_a_left_out_slide_is_taken_out_and_named() -> None:
    result, found = take_slides(jump_deck(), [1, 2])
    assert b"Three" not in everything(result)
    assert "hlinkClick" not in text(result, "ppt/slides/slide1.xml")
    assert [(d.code, str(d.at)) for d in found] == [("jump-removed", 'deck.pptx › slide 1 › "Button"')]


def test_link_to_a_kept_slide_stays() -> None:
    result, found = take_slides(jump_deck(), [3, 1])
    assert read_deck(b"".join(_chunks(result)))[1].links == ["slide 1"]
    assert found == []


def test_link_from_a_layout_to_a_left_out_slide_is_taken_out() -> None:
    package = deck("Public", "SECRET")
    layout = "ppt/slideLayouts/slideLayout6.xml"
    link = '<a:hlinkClick r:id="rId9" action="ppaction://hlinksldjump"/>'
    package = relate(
        add_shape(package, layout, box(9, "Nav", link=link)), layout, "rId9", "slide", "ppt/slides/slide2.xml"
    )
    _check_nothing_left(package, [1])


def test_slide_that_no_list_names_is_gone() -> None:
    package = add(deck("Public"), "ppt/slides/slide9.xml", f"{PML}slide+xml", "<SECRET/>")
    package = relate(package, package.main.name, "rId99", "slide", "ppt/slides/slide9.xml")
    _check_nothing_left(package, [1])


def test_part_nothing_points_to_is_gone() -> None:
    _check_nothing_left(add(deck("Public"), "ppt/media/old.png", "image/png", b"SECRET"), [1])


def test_outline_settings_do_not_keep_a_slide_in_the_file() -> None:
    package = deck("Public", "SECRET")
    views = "ppt/viewProps.xml"
    outline = (
        f'<p:viewPr {NS}><p:outlineViewPr><p:cViewPr/><p:sldLst><p:sld r:id="rId1" collapse="1"/>'
        "</p:sldLst></p:outlineViewPr></p:viewPr>"
    )
    package = package.with_parts([package.parts[views].with_data(outline.encode())])
    package = relate(package, views, "rId1", "slide", "ppt/slides/slide2.xml")
    result = _check_nothing_left(package, [1])
    assert "<p:sld " not in text(result, views)


def test_show_settings_mean_all_slides_when_their_range_is_gone() -> None:
    package = deck("A", "B", "C")
    settings_ = f'<p:presentationPr {NS}><p:showPr><p:sldRg st="2" end="3"/></p:showPr></p:presentationPr>'
    package = package.with_parts([package.parts["ppt/presProps.xml"].with_data(settings_.encode())])
    result, _ = take_slides(package, [1])
    assert "sldRg" not in text(result, "ppt/presProps.xml")
    assert "<p:sldAll/>" in text(result, "ppt/presProps.xml")


def test_names_of_people_who_commented_left_out_slides_are_gone() -> None:
    package = add(deck("Public", "B"), "ppt/comments/comment1.xml", f"{PML}comments+xml", "<c>SECRET</c>")
    package = relate(package, "ppt/slides/slide2.xml", "rId9", "comments", "ppt/comments/comment1.xml")
    package = add(
        package, "ppt/commentAuthors.xml", f"{PML}commentAuthors+xml", f'<p:cmAuthorLst {NS} n="SECRET"/>'
    )
    package = relate(package, package.main.name, "rId98", "commentAuthors", "ppt/commentAuthors.xml")
    _check_nothing_left(package, [1])


def test_history_of_changes_is_gone() -> None:
    package = add(deck("A", "B"), "ppt/changesInfos/changesInfo1.xml", "application/xml", "<c>SECRET</c>")
    kind = "http://schemas.microsoft.com/office/2016/11/relationships/changesInfo"
    package = relate(package, package.main.name, "rId97", kind, "ppt/changesInfos/changesInfo1.xml")
    _check_nothing_left(package, [1])


@pytest.mark.parametrize(("keep", "stays"), [([1], True), ([2], False), ([2, 1], False), ([], False)])
def test_preview_picture_stays_only_with_the_slide_it_shows(keep: list[int], stays: bool) -> None:
    package = deck("A", "B")
    result, _ = take_slides(package, keep)
    assert ("docProps/thumbnail.jpeg" in result.parts) is stays


def test_zoom_to_a_left_out_slide_goes_with_the_picture_of_it() -> None:
    zoom = (
        '<mc:AlternateContent><mc:Choice xmlns:z="http://schemas.microsoft.com/office/powerpoint/2016/slidezoom" '
        'Requires="z"><p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="8" name="Zoom"/></p:nvGraphicFramePr>'
        '<z:sldZm><z:sldZmObj sldId="257" cId="5"/></z:sldZm></p:graphicFrame></mc:Choice>'
        f"<mc:Fallback>{box(8, 'Zoom picture')}</mc:Fallback></mc:AlternateContent>"
    )
    package = add_shape(deck("A", "B"), "ppt/slides/slide1.xml", zoom)
    kept, nothing = take_slides(package, [1, 2])
    cut, found = take_slides(package, [1])
    assert "sldZmObj" in text(kept, "ppt/slides/slide1.xml")
    assert nothing == []
    assert "sldZmObj" not in text(cut, "ppt/slides/slide1.xml")
    assert "Zoom picture" not in text(cut, "ppt/slides/slide1.xml")
    assert [d.code for d in found] == ["jump-removed"]


@pytest.mark.parametrize(("shows", "stays"), [("", False), ('<z:zmPr imageType="cover"/>', True)])
def test_zoom_to_a_section_goes_with_the_slide_it_shows(shows: str, stays: bool) -> None:
    section = "{00000000-0000-0000-0000-000000000002}"
    zoom = (
        '<mc:AlternateContent><mc:Choice xmlns:z="http://schemas.microsoft.com/office/powerpoint/2016/sectionzoom" '
        'Requires="z"><p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="8" name="Zoom"/></p:nvGraphicFramePr>'
        f'<z:sectionZm><z:sectionZmObj sectionId="{section}">{shows}</z:sectionZmObj></z:sectionZm></p:graphicFrame>'
        f"</mc:Choice><mc:Fallback>{box(8, 'Zoom picture')}</mc:Fallback></mc:AlternateContent>"
    )
    package = add_shape(sectioned(deck("A", "B", "C"), One=[1], Two=[2, 3]), "ppt/slides/slide1.xml", zoom)
    cut, found = take_slides(package, [1, 3])
    assert ("Zoom" in text(cut, "ppt/slides/slide1.xml")) is stays
    assert [d.code for d in found] == ([] if stays else ["jump-removed"])


def test_link_in_smart_art_does_not_keep_a_left_out_slide_in_the_file() -> None:
    package = diagram_deck("Public", "SECRET")
    result = _check_nothing_left(package, [1])
    assert "hlinkClick" not in text(result, "ppt/diagrams/data1.xml")
    kept, found = take_slides(package, [1, 2])
    assert "hlinkClick" in text(kept, "ppt/diagrams/data1.xml")
    assert found == []


def test_numbers_that_are_not_there_or_come_twice_are_errors_and_the_rest_goes_on() -> None:
    result, found = take_slides(deck("A", "B"), [2, 7, 2, 0])
    assert titles(result) == ["B"]
    assert [d.message for d in found] == [
        "there is no slide 7: the deck has 2",
        "slide 2 is asked for twice",
        "there is no slide 0: the deck has 2",
    ]


def test_empty_deck_keeps_masters_and_layouts_and_takes_slides() -> None:
    empty, found = new_package_from(as_template(chart_deck()))
    assert found == []
    assert empty.kind == "pptx"
    assert titles(empty) == []
    assert sum("slideLayouts" in name for name in empty.parts) == 11
    result, _, _ = import_slides(empty, chart_deck())
    assert titles(result) == ["Chart"]


def _chunks(package: Package) -> list[bytes]:
    from collateral.ooxml.package import write_package

    return write_package(package)


def test_slides_that_jump_are_named_by_their_places() -> None:
    """LibreOffice goes by the number in the name of a jump's part."""
    cut, _ = take_slides(jump_deck(), [3, 1])
    slides = reopened(cut).slides  # type: ignore[attr-defined]
    assert [s.part.partname for s in slides] == ["/ppt/slides/slide1.xml", "/ppt/slides/slide2.xml"]
    assert [s.shapes.title.text for s in slides] == ["Three", "One"]
    jumps = [s.click_action.target_slide for s in slides[1].shapes if s.click_action.target_slide is not None]
    assert [s.part.partname for s in jumps] == ["/ppt/slides/slide1.xml"]
