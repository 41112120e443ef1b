"""Ids are unique wherever Office wants them unique."""

from __future__ import annotations

import re
from collections import Counter

from deck_builders import add_shape, box, deck, noted_deck, swap, table_deck, text
from hypothesis import given, settings
from hypothesis import strategies as st

from collateral.ooxml.slides import ImportOptions, import_slides
from collateral.ooxml.slides.identity import next_id
from collateral.ooxml.xml import parse_xml

CREATION = (
    '<p:extLst><p:ext uri="{BB962C8B-B14F-4D97-AF65-F5344CB8AC3E}">'
    '<p14:creationId xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main" val="77"/></p:ext></p:extLst>'
)


def _ids(xml: str, tag: str) -> list[int]:
    return [int(value) for value in re.findall(rf'<p:{tag} [^>]*?\bid="(\d+)"', xml)]


def test_slide_ids_are_unique_and_in_their_range() -> None:
    result = deck("A", "B")
    for _ in range(3):
        result, _, _ = import_slides(result, deck("C", "D"))
    ids = _ids(text(result, result.main.name), "sldId")
    assert len(ids) == len(set(ids)) == 8
    assert all(256 <= id_ < 2**31 for id_ in ids)


def test_slide_id_at_the_end_of_the_range_does_not_stop_the_import() -> None:
    target = deck("A")
    target = swap(target, target.main.name, '<p:sldId id="256"', '<p:sldId id="2147483647"')
    result, _, _ = import_slides(target, deck("B"))
    assert sorted(_ids(text(result, result.main.name), "sldId")) == [256, 2147483647]


def test_masters_and_layouts_share_one_range_of_ids() -> None:
    target, source = deck("A"), deck("B", size=(12192000, 6858000))
    result, _, _ = import_slides(target, source, options=ImportOptions(layouts="bring"))
    ids = _ids(text(result, result.main.name), "sldMasterId")
    for name in result.parts:
        if re.fullmatch(r"ppt/slideMasters/\w+\.xml", name):
            ids += _ids(text(result, name), "sldLayoutId")
    assert len(ids) == len(set(ids)) > 12
    assert all(id_ >= 2**31 for id_ in ids)


def test_shape_id_used_twice_is_made_unique_and_the_animation_keeps_the_first() -> None:
    source = deck("A")
    for name in ("One", "Two"):
        source = add_shape(source, "ppt/slides/slide1.xml", box(9, name))
    result, arrived, _ = import_slides(deck("Own"), source)
    root = parse_xml(result.parts[arrived[0].part_name].data())
    ids = Counter(e.get("id") for e in root.iter("{*}cNvPr"))
    assert set(ids.values()) == {1}
    assert next(e.get("id") for e in root.iter("{*}cNvPr") if e.get("name") == "One") == "9"


def test_creation_id_of_a_slide_that_comes_twice_is_new_the_second_time() -> None:
    source = swap(deck("A"), "ppt/slides/slide1.xml", "</p:cSld>", f"{CREATION}</p:cSld>")
    result, arrived, _ = import_slides(deck("Own"), source, [1, 1])
    values = [re.findall(r'creationId [^>]*val="(\d+)"', text(result, slide.part_name)) for slide in arrived]
    assert values[0] == ["77"]
    assert values[1] not in (["77"], [])


def test_creation_id_of_a_notes_page_that_comes_twice_is_new_the_second_time() -> None:
    source = swap(noted_deck("n"), "ppt/notesSlides/notesSlide1.xml", "</p:cSld>", f"{CREATION}</p:cSld>")
    result, _, _ = import_slides(deck("Own"), source, [1, 1])
    pages = [text(result, name) for name in result.parts if name.startswith("ppt/notesSlides/")]
    values = [re.findall(r'creationId [^>]*val="(\d+)"', page) for page in pages]
    assert len(values) == 2
    assert values[0] != values[1]


def test_row_ids_of_a_table_are_unique() -> None:
    row = (
        '<a:extLst><a:ext uri="{0D108BD9-81ED-4DB2-BD59-A6C34878D82A}"><a16:rowId '
        'xmlns:a16="http://schemas.microsoft.com/office/drawing/2014/main" val="5"/></a:ext></a:extLst></a:tr>'
    )
    source = table_deck()
    part = source.parts["ppt/slides/slide1.xml"]
    source = source.with_parts([part.with_data(part.data().replace(b"</a:tr>", row.encode()))])
    result, arrived, _ = import_slides(deck("Own"), source)
    values = re.findall(r'rowId [^>]*val="(\d+)"', text(result, arrived[0].part_name))
    assert len(values) == len(set(values)) == 2


def test_hundreds_of_slides_get_names_of_their_own() -> None:
    result, arrived, _ = import_slides(deck("Own"), deck("A"), [1] * 300)
    assert len({slide.part_name for slide in arrived}) == 300
    assert arrived[-1].number == 301
    assert len(_ids(text(result, result.main.name), "sldId")) == 301


@settings(max_examples=25, deadline=None)
@given(st.sets(st.integers(1, 12), max_size=12))
def test_next_id_is_free_and_in_range(taken: set[int]) -> None:
    if taken >= set(range(3, 11)):
        return
    found = next_id(taken, 3, 10)
    assert 3 <= found <= 10
    assert found not in taken
