"""Pictures, charts, tables, notes, tags and the rest arrive with the slide, and each arrives once."""

from __future__ import annotations

import io
import zipfile

from deck_builders import (
    NS,
    OFFICE,
    add,
    add_shape,
    box,
    chart_deck,
    deck,
    noted_deck,
    picture_deck,
    png,
    relate,
    reopened,
    saved,
    swap,
    table_deck,
    text,
    titles,
)
from deck_facts import read_deck

from collateral.ooxml.package import Package, open_package
from collateral.ooxml.slides import ImportOptions, import_slides, with_table_styles

STYLES = "ppt/tableStyles.xml"


def _arrived(package: Package, kind: str) -> list[str]:
    return [name for name in package.parts if name.startswith(f"ppt/{kind}/")]


def test_slides_are_appended_in_the_order_asked_for() -> None:
    result, arrived, found = import_slides(deck("Own"), deck("A", "B", "C"), [3, 1])
    assert titles(result) == ["Own", "C", "A"]
    assert [(slide.source_number, slide.number) for slide in arrived] == [(3, 2), (1, 3)]
    assert found == []


def test_slide_may_come_twice_and_is_two_slides_then() -> None:
    result, arrived, _ = import_slides(deck("Own"), chart_deck(), [1, 1])
    assert titles(result) == ["Own", "Chart", "Chart"]
    assert len({slide.part_name for slide in arrived}) == 2
    assert len(_arrived(result, "charts")) == len(_arrived(result, "embeddings")) == 2


def test_neither_deck_is_changed() -> None:
    target, source = deck("Own"), chart_deck()
    before = saved(target), saved(source)
    import_slides(target, source)
    assert (saved(target), saved(source)) == before


def test_same_work_gives_the_same_bytes() -> None:
    one, other = (saved(import_slides(deck("Own"), noted_deck("n"))[0]) for _ in range(2))
    assert one == other


def test_chart_keeps_its_points_and_a_workbook_of_its_own() -> None:
    source = chart_deck()
    result, _, _ = import_slides(chart_deck(), source)
    first, second = read_deck(saved(result))
    assert second.points == first.points == read_deck(saved(source))[0].points
    assert second.workbooks == first.workbooks != []
    assert len(_arrived(result, "embeddings")) == 2


def test_picture_used_on_many_slides_is_stored_once() -> None:
    result, _, _ = import_slides(picture_deck(2), picture_deck(3))
    assert len(_arrived(result, "media")) == 1
    assert len({tuple(slide.pictures) for slide in read_deck(saved(result))}) == 1


def test_different_pictures_of_one_name_stay_different() -> None:
    result, _, _ = import_slides(picture_deck(1, "red"), picture_deck(1, "blue"))
    one, other = read_deck(saved(result))
    assert one.pictures != other.pictures


def test_notes_come_along_on_the_one_notes_master() -> None:
    result, _, _ = import_slides(noted_deck("mine"), noted_deck("theirs", "too"))
    slides = reopened(result).slides  # type: ignore[attr-defined]
    assert [slide.notes_slide.notes_text_frame.text for slide in slides] == ["mine", "theirs", "too"]
    assert len(_arrived(result, "notesMasters")) == 1


def test_deck_without_a_notes_master_gets_the_sources() -> None:
    result, _, _ = import_slides(deck("Own"), noted_deck("one", "two"))
    assert [slide.notes for slide in read_deck(saved(result))] == [[], ["one"], ["two"]]
    assert text(result, result.main.name).count("<p:notesMasterId ") == 1


def test_notes_are_left_behind_on_request() -> None:
    result, _, _ = import_slides(deck("Own"), noted_deck("secret"), options=ImportOptions(notes="drop"))
    assert not any("notes" in name for name in result.parts)


def test_table_cells_arrive() -> None:
    result, _, _ = import_slides(deck("Own"), table_deck("Cell"))
    assert read_deck(saved(result))[1].cells == ["Cell 00", "Cell 01", "Cell 10", "Cell 11"]


def test_table_style_the_deck_lacks_comes_along() -> None:
    source = table_deck()
    style = "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"
    styles = next(name for name in source.parts if name.endswith("tableStyles.xml"))
    xml = (
        f'<a:tblStyleLst {NS} def="{style}"><a:tblStyle styleId="{style}" styleName="House"/></a:tblStyleLst>'
    )
    source = source.with_parts([source.parts[styles].with_data(xml.encode())])
    result, _, _ = import_slides(deck("Own"), source, [1])
    result, _, _ = import_slides(result, source, [1])
    assert text(result, "ppt/tableStyles.xml").count('styleName="House"') == 1


def _with_style(package: Package, filled: str = "") -> Package:
    """A deck with a table whose style fills its cells so, and a picture for it as rId9."""
    style = "{11111111-2222-3333-4444-555555555555}"
    whole = (
        f"<a:wholeTbl><a:tcStyle><a:tcBdr/><a:fill>{filled}</a:fill></a:tcStyle></a:wholeTbl>"
        if filled
        else ""
    )
    xml = f'<a:tblStyleLst {NS} def="{style}"><a:tblStyle styleId="{style}" styleName="House">{whole}</a:tblStyle></a:tblStyleLst>'
    package = swap(package, "ppt/slides/slide1.xml", "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}", style)
    package = package.with_parts([package.parts[STYLES].with_data(xml.encode())])
    package = add(package, "ppt/media/wood.png", "image/png", png("green"))
    return relate(package, STYLES, "rId9", "image", "ppt/media/wood.png")


def test_table_style_filled_with_a_picture_comes_along_with_it_once() -> None:
    source = _with_style(table_deck(), '<a:blipFill><a:blip r:embed="rId9"/><a:stretch/></a:blipFill>')
    result, _, found = import_slides(deck("Own"), source, [1])
    result, _, _ = import_slides(result, source, [1])
    assert found == []
    made, _ = open_package(saved(result), file="made.pptx")
    assert made is not None
    (picture,) = made.related(made.parts[STYLES], "image")
    assert picture.data() == png("green")
    (relationship,) = made.parts[STYLES].relationships
    assert text(made, STYLES).count(f'r:embed="{relationship.id}"') == 1


def test_table_style_whose_picture_is_not_in_the_file_comes_along_without_it() -> None:
    source = _with_style(table_deck(), '<a:blipFill><a:blip r:embed="rId8"/><a:stretch/></a:blipFill>')
    result, _, _ = import_slides(deck("Own"), source, [1])
    assert 'styleName="House"' in text(result, STYLES)
    assert "r:embed" not in text(result, STYLES)


def test_web_link_arrives() -> None:
    link = '<a:hlinkClick r:id="rId7"/>'
    source = add_shape(deck("A"), "ppt/slides/slide1.xml", box(7, "Link", link=link))
    source = relate(
        source, "ppt/slides/slide1.xml", "rId7", "hyperlink", "https://example.com/?a=1&b=2", external=True
    )
    result, _, found = import_slides(deck("Own"), source)
    assert read_deck(saved(result))[1].links == ["https://example.com/?a=1&b=2"]
    assert found == []


def test_tags_of_a_slide_come_along() -> None:
    source = add(
        deck("A"),
        "ppt/tags/tag1.xml",
        "application/vnd.openxmlformats-officedocument.presentationml.tags+xml",
        f'<p:tagLst {NS}><p:tag name="COLLATERAL" val="block-7"/></p:tagLst>',
    )
    source = relate(source, "ppt/slides/slide1.xml", "rId5", "tags", "ppt/tags/tag1.xml")
    source = swap(
        source,
        "ppt/slides/slide1.xml",
        "</p:spTree>",
        '</p:spTree><p:custDataLst><p:tags r:id="rId5"/></p:custDataLst>',
    )
    result, arrived, _ = import_slides(deck("Own"), source)
    tags = result.related(result.parts[arrived[0].part_name], "tags")
    assert b"block-7" in tags[0].data()


def test_custom_xml_of_two_slides_is_one_part() -> None:
    source = add(deck("A", "B"), "customXml/item1.xml", "application/xml", "<facts/>")
    for number in (1, 2):
        source = relate(source, f"ppt/slides/slide{number}.xml", "rId5", "customXml", "customXml/item1.xml")
    result, _, _ = import_slides(deck("Own"), source)
    assert [name for name in result.parts if name.startswith("customXml/")] == ["customXml/item1.xml"]


def test_part_of_a_kind_nobody_knows_comes_along_with_what_it_points_to() -> None:
    source = add(deck("A"), "ppt/future/thing1.xml", "application/vnd.future+xml", "<thing/>")
    source = add(source, "ppt/future/data1.bin", "application/octet-stream", b"data")
    source = relate(
        source, "ppt/future/thing1.xml", "rId1", "http://future.example/data", "ppt/future/data1.bin"
    )
    source = relate(
        source, "ppt/slides/slide1.xml", "rId5", "http://future.example/thing", "ppt/future/thing1.xml"
    )
    result, arrived, found = import_slides(deck("Own"), source)
    thing = result.related(result.parts[arrived[0].part_name], "thing")[0]
    assert result.related(thing, "data")[0].data() == b"data"
    assert found == []


def test_vector_and_fallback_pictures_both_arrive() -> None:
    source = add(
        picture_deck(1), "ppt/media/image9.svg", "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>"
    )
    source = relate(source, "ppt/slides/slide1.xml", "rId9", "image", "ppt/media/image9.svg")
    svg = (
        '<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip '
        'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="rId9"/></a:ext></a:extLst>'
    )
    slide = text(source, "ppt/slides/slide1.xml")
    blip = slide[slide.index("<a:blip ") : slide.index("/>", slide.index("<a:blip ")) + 2]
    source = swap(source, "ppt/slides/slide1.xml", blip, blip[:-2] + f">{svg}</a:blip>")
    result, _, _ = import_slides(deck("Own"), source)
    assert len(read_deck(saved(result))[1].pictures) == 2


def test_both_branches_of_alternate_content_arrive_and_may_share_shape_ids() -> None:
    shape = box(20, "New")
    both = (
        f'<mc:AlternateContent><mc:Choice xmlns:p14="{NS.split("p14=")[1].split(chr(34))[1]}" Requires="p14">{shape}'
        f"</mc:Choice><mc:Fallback>{shape}</mc:Fallback></mc:AlternateContent>"
    )
    source = add_shape(deck("A"), "ppt/slides/slide1.xml", both)
    result, arrived, _ = import_slides(deck("Own"), source)
    assert text(result, arrived[0].part_name).count('id="20"') == 2


def _with_font(package: Package) -> Package:
    """The deck with a font in the file."""
    package = add(package, "ppt/fonts/font1.fntdata", "application/x-fontdata", b"font")
    package = relate(package, package.main.name, "rId90", "font", "ppt/fonts/font1.fntdata")
    fonts = (
        '<p:embeddedFontLst xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<p:embeddedFont><p:font typeface="House Sans"/><p:regular r:id="rId90"/></p:embeddedFont></p:embeddedFontLst>'
    )
    return swap(package, package.main.name, "<p:defaultTextStyle>", f"{fonts}<p:defaultTextStyle>")


def test_embedded_font_that_the_slide_uses_comes_along() -> None:
    source = _with_font(deck("A"))
    unused, _, _ = import_slides(deck("Own"), source)
    body = '<a:r><a:rPr><a:latin typeface="House Sans"/></a:rPr><a:t>x</a:t></a:r>'
    used, _, _ = import_slides(
        deck("Own"), add_shape(source, "ppt/slides/slide1.xml", box(9, "Text", body=body))
    )
    assert not any(name.startswith("ppt/fonts/") for name in unused.parts)
    assert [part.data() for part in used.related(used.main, "font")] == [b"font"]


def test_embedded_font_of_a_theme_or_a_chart_comes_along_with_it() -> None:
    themed = swap(
        _with_font(deck("A")), "ppt/theme/theme1.xml", 'typeface="Calibri"', 'typeface="House Sans"'
    )
    brought, _, _ = import_slides(deck("Own"), themed, options=ImportOptions(layouts="bring"))
    mapped, _, _ = import_slides(deck("Own"), themed)
    charted = _with_font(chart_deck())
    chart = next(name for name in charted.parts if name.startswith("ppt/charts/"))
    charted = swap(charted, chart, 'sz="1800"/>', 'sz="1800"><a:latin typeface="House Sans"/></a:defRPr>')
    drawn, _, _ = import_slides(deck("Own"), charted)
    assert [len(made.related(made.main, "font")) for made in (brought, mapped, drawn)] == [1, 0, 1]


def test_every_part_of_the_result_has_a_content_type_and_no_name_twice() -> None:
    result, _, _ = import_slides(chart_deck(), chart_deck())
    names = zipfile.ZipFile(io.BytesIO(saved(result))).namelist()
    assert len(names) == len({name.lower() for name in names})
    assert all(part.content_type for part in result.parts.values())


def test_animation_still_targets_its_shape() -> None:
    timing = (
        '<p:timing><p:tnLst><p:par><p:cTn id="1"><p:spTgt spid="9"/></p:cTn></p:par></p:tnLst></p:timing>'
    )
    source = add_shape(deck("A"), "ppt/slides/slide1.xml", box(9, "Moves"))
    source = swap(source, "ppt/slides/slide1.xml", "</p:sld>", f"{timing}</p:sld>")
    result, _, _ = import_slides(deck("Own"), source)
    assert read_deck(saved(result))[1].targets == ["Moves"]


def test_film_is_one_file_for_both_of_its_relationships() -> None:
    source = add(deck("A"), "ppt/media/media1.mp4", "video/mp4", b"film")
    for rel_id, kind in (
        ("rId8", "video"),
        ("rId9", "http://schemas.microsoft.com/office/2007/relationships/media"),
    ):
        source = relate(source, "ppt/slides/slide1.xml", rel_id, kind, "ppt/media/media1.mp4")
    result, arrived, _ = import_slides(deck("Own"), source)
    targets = {r.target for r in result.parts[arrived[0].part_name].relationships if "media" in r.target}
    assert targets == {"ppt/media/media1.mp4"}


def test_picture_stays_a_picture_when_its_bytes_are_already_there_under_another_type() -> None:
    target = add(picture_deck(1), "ppt/media/copy.png", "image/x-other", png())
    result, _, _ = import_slides(target, picture_deck(1))
    assert {part.content_type for name, part in result.parts.items() if name.startswith("ppt/media/")} == {
        "image/png"
    }


def test_relationship_types_are_kept() -> None:
    result, arrived, _ = import_slides(deck("Own"), noted_deck("n"))
    types = {r.type for r in result.parts[arrived[0].part_name].relationships}
    assert types == {OFFICE + "slideLayout", OFFICE + "notesSlide"}


def test_deck_without_a_list_of_table_styles_gets_an_empty_one() -> None:
    bare = table_deck()
    listed = bare.related(bare.main, "tableStyles")[0]
    links = [r for r in bare.main.relationships if r.target != listed.name]
    bare = bare.with_parts([bare.main.with_relationships(links)], remove=[listed.name])
    whole = with_table_styles(bare)
    (styles,) = whole.related(whole.main, "tableStyles")
    assert styles.name == "ppt/tableStyles.xml"
    assert b"5C22544A" in styles.data()
    assert reopened(whole).slides[0].shapes  # type: ignore[attr-defined]
    assert with_table_styles(whole) is whole
