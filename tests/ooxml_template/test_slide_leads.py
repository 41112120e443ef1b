"""What leads to a slide goes with it: links wherever they stand, zooms, custom shows, settings of the outline and the show."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "ooxml_slides"))
from deck_builders import (
    NS,
    add,
    add_shape,
    box,
    deck,
    diagram_deck,
    png,
    relate,
    saved,
    sectioned,
    swap,
    text,
)
from template_builders import filled_package

from collateral.ooxml import fill
from collateral.ooxml.package import Package

ONE, TWO = "ppt/slides/slide1.xml", "ppt/slides/slide2.xml"
MASTER = "ppt/slideMasters/slideMaster1.xml"
JUMP = '<a:hlinkClick r:id="rId90" action="ppaction://hlinksldjump"/>'
SECTION = "{00000000-0000-0000-0000-00000000000%d}"
ZOOMS = {"sld": "slidezoom", "section": "sectionzoom", "summary": "summaryzoom"}


def _source(*titles: str) -> Package:
    """A deck whose second slide stays when `go` says so."""
    return _ruled(deck(*titles))


def _ruled(package: Package) -> Package:
    return add_shape(package, TWO, box(20, "Rule", body="<a:r><a:t>{%slide if go %}</a:t></a:r>"))


def _zooms(package: Package, kind: str, *targets: tuple[str, str]) -> Package:
    """The deck with a zoom on the first slide; a target is an attribute and the part of the slide it leads to."""
    prefix, uri = "zm", f"http://schemas.microsoft.com/office/powerpoint/2016/{ZOOMS[kind]}"
    newer = older = ""
    for number, (target, slide) in enumerate(targets):
        picture = f"ppt/media/zoom{number}.png"
        package = add(package, picture, "image/png", png(("navy", "green")[number]))
        package = relate(package, ONE, f"rId7{number}", "image", picture)
        package = relate(package, ONE, f"rId6{number}", "slide", slide)
        newer += (
            f'<zm:{kind}ZmObj {target}><zm:zmPr id="{SECTION % number}"><p:blipFill><a:blip r:embed="rId7{number}"/>'
            f"</p:blipFill></zm:zmPr></zm:{kind}ZmObj>"
        )
        older += (
            f'<p:pic><p:nvPicPr><p:cNvPr id="{41 + number}" name="Zoom"><a:hlinkClick r:id="rId6{number}" '
            'action="ppaction://hlinksldjump"/></p:cNvPr><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill>'
            f'<a:blip r:embed="rId7{number}"/></p:blipFill><p:spPr/></p:pic>'
        )
    if kind == "summary":
        older = (
            '<p:grpSp><p:nvGrpSpPr><p:cNvPr id="40" name="Zoom"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
            f"<p:grpSpPr/>{older}</p:grpSp>"
        )
    return add_shape(
        package,
        ONE,
        f'<mc:AlternateContent><mc:Choice xmlns:{prefix}="{uri}" Requires="{prefix}"><p:graphicFrame>'
        '<p:nvGraphicFramePr><p:cNvPr id="40" name="Zoom"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>'
        '<p:xfrm><a:off x="0" y="0"/><a:ext cx="900" cy="900"/></p:xfrm><a:graphic>'
        f'<a:graphicData uri="{uri}"><zm:{kind}Zm>{newer}</zm:{kind}Zm></a:graphicData></a:graphic></p:graphicFrame>'
        f"</mc:Choice><mc:Fallback>{older}</mc:Fallback></mc:AlternateContent>",
    )


@pytest.mark.parametrize(("go", "links"), [(True, 1), (False, 0)])
def test_a_button_of_the_master_leads_to_its_slide_or_nowhere(go: bool, links: int) -> None:
    package = relate(
        add_shape(_source("A", "B"), MASTER, box(30, "Home", link=JUMP)), MASTER, "rId90", "slide", TWO
    )
    result = filled_package(package, go=go)
    assert text(result, MASTER).count("hlinkClick") == links
    assert "Home" in text(result, MASTER)


@pytest.mark.parametrize(("go", "links"), [(True, 1), (False, 0)])
def test_a_link_in_smart_art_goes_with_its_slide(go: bool, links: int) -> None:
    result = filled_package(_ruled(diagram_deck("A", "B", words="To {{ x }}")), go=go, x="there")
    (data,) = [name for name in result.parts if "diagrams/data" in name]
    assert text(result, data).count("hlinkClick") == links
    assert "To there" in text(result, data)


def test_the_outline_does_not_remember_a_slide_that_is_left_out() -> None:
    views = "ppt/viewProps.xml"
    package = _source("A", "B")
    outline = '<p:sldLst><p:sld r:id="rId1" collapse="1"/><p:sld r:id="rId2" collapse="1"/></p:sldLst>'
    xml = f"<p:viewPr {NS}><p:outlineViewPr><p:cViewPr><p:scale><a:sx n='1' d='1'/><a:sy n='1' d='1'/></p:scale>"
    xml += f'<p:origin x="0" y="0"/></p:cViewPr>{outline}</p:outlineViewPr></p:viewPr>'
    package = package.with_parts([package.parts[views].with_data(xml.encode()).with_relationships([])])
    package = relate(relate(package, views, "rId1", "slide", ONE), views, "rId2", "slide", TWO)
    assert text(filled_package(package, go=False), views).count("<p:sld ") == 1
    assert text(filled_package(package, go=True), views).count("<p:sld ") == 2


def _with_show(package: Package) -> Package:
    """The deck with a custom show of its second slide, and a link to it."""
    main = package.main.name
    (rel,) = [r.id for r in package.main.relationships if r.target == TWO]
    size = re.search(r"<p:notesSz[^>]*/>", text(package, main))
    assert size is not None
    shows = f'<p:custShowLst><p:custShow name="Short" id="0"><p:sldLst><p:sld r:id="{rel}"/></p:sldLst></p:custShow>'
    package = swap(package, main, size[0], f"{size[0]}{shows}</p:custShowLst>")
    link = '<a:hlinkClick r:id="" action="ppaction://customshow?id=0&amp;return=true"/>'
    return add_shape(package, ONE, box(30, "Show", link=link))


@pytest.mark.parametrize(("go", "links"), [(True, 1), (False, 0)])
def test_a_link_to_a_custom_show_goes_with_the_shows_last_slide(go: bool, links: int) -> None:
    result = filled_package(_with_show(_source("A", "B")), go=go)
    assert text(result, ONE).count("ppaction://customshow") == links
    assert text(result, result.main.name).count("<p:custShow ") == links


def test_tag_in_the_name_of_a_custom_show_is_filled() -> None:
    package = _with_show(_source("A", "B"))
    package = swap(package, package.main.name, 'name="Short"', 'name="For {{ who }}"')
    for who in ("Q&amp;A", "B"):
        result = filled_package(package, go=True, who=who.replace("&amp;", "&"))
        assert f'<p:custShow name="For {who}" id="0">' in text(result, result.main.name)
    made, problems = fill(saved(package), {"go": True})
    assert made is None
    assert [problem.code for problem in problems] == ["missing-value"]


@pytest.mark.parametrize("asked", ['<p:sldRg st="2" end="3"/>', '<p:custShow id="0"/>'])
def test_the_show_shows_all_slides_when_those_it_was_set_to_are_not_there(asked: str) -> None:
    settings = f"<p:presentationPr {NS}><p:showPr>{asked}</p:showPr></p:presentationPr>"
    package = _with_show(_source("A", "B", "C"))
    package = package.with_parts([package.parts["ppt/presProps.xml"].with_data(settings.encode())])
    assert asked in text(filled_package(package, go=True), "ppt/presProps.xml")
    assert asked not in text(filled_package(package, go=False), "ppt/presProps.xml")


def test_a_zoom_goes_with_its_slide_and_the_picture_of_it() -> None:
    package = _zooms(_source("A", "B"), "sld", ('sldId="257" cId="0"', TWO))
    kept, left = filled_package(package, go=True), filled_package(package, go=False)
    assert text(kept, ONE).count('sldId="257"') == 1
    assert "ppt/media/zoom0.png" in kept.parts
    assert "Zoom" not in text(left, ONE)
    assert "ppt/media/zoom0.png" not in left.parts


def test_a_zoom_goes_with_the_last_slide_of_its_section() -> None:
    package = sectioned(_source("A", "B", "C"), First=[1], Second=[2], Third=[3])
    package = _zooms(package, "section", (f'sectionId="{SECTION % 2}"', TWO))
    assert f'sectionId="{SECTION % 2}"' in text(filled_package(package, go=True), ONE)
    assert "Zoom" not in text(filled_package(package, go=False), ONE)


@pytest.mark.parametrize(("shows", "stays"), [("preview", False), ("cover", True)])
def test_a_zoom_to_a_section_goes_with_the_slide_it_shows(shows: str, stays: bool) -> None:
    package = sectioned(_source("A", "B", "C"), First=[1], Second=[2, 3])
    package = _zooms(package, "section", (f'sectionId="{SECTION % 2}"', TWO))
    package = swap(package, ONE, "<zm:zmPr ", f'<zm:zmPr imageType="{shows}" ')
    left = filled_package(package, go=False)
    assert ("sectionZmObj" in text(left, ONE)) is ("ppt/media/zoom0.png" in left.parts) is stays
    assert "sectionZmObj" in text(filled_package(package, go=True), ONE)


def test_of_a_summary_only_the_zooms_to_left_out_sections_go() -> None:
    package = sectioned(_source("A", "B", "C"), First=[1], Second=[2], Third=[3])
    targets = (
        (f'sectionId="{SECTION % 2}"', TWO),
        (f'sectionId="{SECTION % 3}"', "ppt/slides/slide3.xml"),
    )
    left = filled_package(_zooms(package, "summary", *targets), go=False)
    assert re.findall(r'sectionId="([^"]*)"', text(left, ONE)) == [SECTION % 3]
    assert text(left, ONE).count("<p:pic>") == 1
    assert [name for name in left.parts if "zoom" in name] == ["ppt/media/zoom1.png"]
    alone = filled_package(_zooms(package, "summary", targets[0], targets[0]), go=False)
    assert "Zoom" not in text(alone, ONE)


def test_the_screen_tip_of_a_link_to_a_slide_is_filled() -> None:
    link = JUMP.replace("/>", ' tooltip="To {{ x }}"/>')
    package = relate(add_shape(_source("A", "B"), ONE, box(30, "Go", link=link)), ONE, "rId90", "slide", TWO)
    assert 'tooltip="To the plan"' in text(filled_package(package, go=True, x="the plan"), ONE)


def _linked_text(link: str) -> Package:
    body = f'<a:r><a:rPr lang="en-US">{link}</a:rPr><a:t>See {{{{ x }}}}</a:t></a:r>'
    return add_shape(_source("A", "B"), ONE, box(30, "Linked", body=body))


@pytest.mark.parametrize(("go", "links"), [(True, 3), (False, 0)])
def test_lines_of_a_value_in_a_link_to_a_slide_are_all_links_or_none(go: bool, links: int) -> None:
    result = filled_package(relate(_linked_text(JUMP), ONE, "rId90", "slide", TWO), go=go, x="one\ntwo")
    assert text(result, ONE).count("hlinkClick") == links  # of both lines and the break between them


def test_lines_of_a_value_in_a_link_with_a_tag_in_its_address_are_all_links() -> None:
    package = _linked_text('<a:hlinkClick r:id="rId90" tooltip="{{ x }}"/>')
    address = "https://example.com/?q={{ x }}"
    result = filled_package(
        relate(package, ONE, "rId90", "hyperlink", address, external=True), go=True, x="one\ntwo"
    )
    links = re.findall(r"<a:hlinkClick [^>]*>", text(result, ONE))
    assert len(links) == 3
    assert len(set(links)) == 1
    assert 'tooltip="one&#10;two"' in links[0]
    targets = [r.target for r in result.parts[ONE].relationships if r.external]
    assert targets == ["https://example.com/?q=one%0Atwo"]


def test_a_deck_that_leads_to_no_slide_is_not_written_another_way() -> None:
    made, _ = fill(deck("A"), {})
    assert made is not None
    archive = zipfile.ZipFile(io.BytesIO(made))
    assert archive.read(MASTER) == zipfile.ZipFile(io.BytesIO(saved(deck("A")))).read(MASTER)


def _regions() -> Package:
    """A menu, two slides for each region that lead to each other, and an end; the menu leads to the second of them."""
    package = deck("Menu", "Region {{ r }}", "Detail {{ r }}", "End")
    for number, links in ((1, (3,)), (2, (3, 1)), (3, (2,))):
        for target in links:
            link = JUMP.replace("rId90", f"rId9{target}")
            part = f"ppt/slides/slide{number}.xml"
            package = add_shape(package, part, box(30 + target, "Go", link=link))
            package = relate(package, part, f"rId9{target}", "slide", f"ppt/slides/slide{target}.xml")
    rules = (
        (2, "{%section for r in regions %}"),
        (3, "{%section endfor %}"),
        (3, "{%slide if r != 'none' %}"),
    )
    for number, (slide, tag) in enumerate(rules, 20):
        body = f"<a:r><a:t>{tag}</a:t></a:r>"
        package = add_shape(package, f"ppt/slides/slide{slide}.xml", box(number, "Rule", body=body))
    return package


def _links(package: Package) -> list[list[int]]:
    """The numbers of the slides that each slide leads to."""
    slides = [f"ppt/slides/slide{n}.xml" for n in range(1, 20) if f"ppt/slides/slide{n}.xml" in package.parts]
    return [
        sorted(slides.index(r.target) + 1 for r in package.parts[name].relationships if r.target in slides)
        for name in slides
    ]


def test_links_between_slides_that_repeat_together_stay_in_their_turn() -> None:
    result = filled_package(_regions(), regions=["a", "b"])
    assert _links(result) == [[3], [1, 3], [2], [1, 5], [4], []]


def test_a_link_to_a_slide_that_is_left_out_of_its_turn_goes() -> None:
    result = filled_package(_regions(), regions=["none", "b"])
    assert _links(result) == [[4], [1], [1, 4], [3], []]


def test_a_zoom_to_a_slide_that_repeats_with_its_own_leads_to_the_copy_of_its_turn() -> None:
    package = _zooms(deck("A {{ r }}", "B {{ r }}"), "sld", ('sldId="257" cId="4711"', TWO))
    creation = '<p:extLst><p:ext uri="{BB962C8B-B14F-4D97-AF65-F5344CB8AC3E}"><p14:creationId xmlns:p14='
    creation += '"http://schemas.microsoft.com/office/powerpoint/2010/main" val="4711"/></p:ext></p:extLst>'
    package = swap(package, TWO, "</p:cSld>", f"{creation}</p:cSld>")
    for number, tag in ((1, "{%section for r in regions %}"), (2, "{%section endfor %}")):
        body = f"<a:r><a:t>{tag}</a:t></a:r>"
        package = add_shape(package, f"ppt/slides/slide{number}.xml", box(60, "Rule", body=body))
    result = filled_package(package, regions=["x", "y"])
    ids = re.findall(r'<p:sldId id="(\d+)"', text(result, result.main.name))
    led = [
        re.findall(r'sldId="(\d+)"', text(result, f"ppt/slides/slide{number}.xml")) for number in range(1, 5)
    ]
    assert led == [[ids[1]], [], [ids[3]], []]
    zooms = [re.findall(r'cId="(\d+)"', text(result, f"ppt/slides/slide{number}.xml")) for number in (1, 3)]
    slides = [
        re.findall(r'creationId[^>]* val="(\d+)"', text(result, f"ppt/slides/slide{n}.xml")) for n in (2, 4)
    ]
    assert zooms == slides == [["4711"], slides[1]]
    assert slides[1] != ["4711"]


@pytest.mark.parametrize("part", [ONE, MASTER, "ppt/slideLayouts/slideLayout1.xml"])
@pytest.mark.parametrize(
    ("action", "program"), [("macro?name=Go", ""), ("program", "file:///C:/Windows/notepad.exe")]
)
def test_what_runs_a_macro_or_a_program_is_taken_out_and_named(part: str, action: str, program: str) -> None:
    rel_id = "rId77" if program else ""
    link = f'<a:hlinkClick r:id="{rel_id}" action="ppaction://{action}"/>'
    source = add_shape(deck("A"), part, box(9, "Button", link=link))
    source = relate(source, part, rel_id, "hyperlink", program, external=True) if program else source
    made, found = fill(saved(source), {})
    assert made is not None, found
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        xml = file.read(part).decode()
        rels = file.read(f"{part.rpartition('/')[0]}/_rels/{part.rpartition('/')[2]}.rels").decode()
    assert "Button" in xml and "ppaction" not in xml and "notepad" not in rels
    assert [(d.code, d.at.shape) for d in found if d.at] == [("action-removed", "Button")]
