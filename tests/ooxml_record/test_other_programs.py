"""Pieces that were saved by programs which do not keep what PowerPoint and Word keep; and records somebody tampered with."""

from __future__ import annotations

import io
from base64 import b64encode
from dataclasses import replace

import pytest
from office_builders import changed, swap
from other_programs import edited, saved_as_libreoffice_does
from pptx import Presentation
from record_builders import opened, recorded_deck, recorded_document

from collateral.ooxml.names import REL_HYPERLINK
from collateral.ooxml.package import Package, Relationship
from collateral.ooxml.record import (
    Item,
    Record,
    SlideDigest,
    compare,
    digest_of_slide,
    document_is_intact,
    find_record,
    read_record,
    record_xml,
    slide_parts,
    without_record,
)

ITEM = "customXml/item1.xml"


def known(data: bytes) -> list[tuple[str, str, str]]:
    return [(state.key, state.state, state.known_by) for state in compare(data)]


@pytest.mark.parametrize("piece", [recorded_deck(), recorded_document()], ids=["deck", "document"])
def test_the_record_is_found_where_libreoffice_hangs_it(piece: bytes) -> None:
    assert read_record(saved_as_libreoffice_does(piece)) == read_record(piece) is not None


def test_the_record_is_found_when_nothing_points_to_it() -> None:
    lost = changed(
        recorded_deck(),
        {
            "ppt/_rels/presentation.xml.rels": lambda text: text.replace(
                "relationships/customXml", "relationships/x"
            )
        },
    )
    assert find_record(lost) == (read_record(recorded_deck()), [])


def test_slides_whose_marks_were_dropped_are_known_by_their_words() -> None:
    assert known(saved_as_libreoffice_does(recorded_deck())) == [
        (key, "edited", "words") for key in ("one", "two", "three")
    ]


def test_a_slide_whose_words_were_changed_too_is_known_by_its_title() -> None:
    saved = edited(saved_as_libreoffice_does(recorded_deck()), "ppt/slides/slide1.xml", swap("First", "Next"))
    assert known(saved)[0] == ("one", "edited", "title")


def test_a_slide_of_which_neither_words_nor_title_are_as_made_is_foreign() -> None:
    saved = saved_as_libreoffice_does(recorded_deck())
    saved = edited(
        saved, "ppt/slides/slide1.xml", lambda text: swap("First", "Next")(swap("Good", "Bad")(text))
    )
    states = known(saved)
    assert states[0] == ("", "foreign", "mark")
    assert states[-1] == ("one", "missing", "mark")


def test_a_slide_without_its_mark_that_is_otherwise_as_made_is_intact() -> None:
    package = opened(recorded_deck())
    bare = [
        s.with_relationships([r for r in s.relationships if not r.type.endswith("/tags")])
        for s in slide_parts(package)
    ]
    states = compare(package.with_parts(bare))
    assert [(s.state, s.known_by) for s in states] == [("intact", "content")] * 3


def test_where_marks_are_kept_only_the_very_same_slide_is_known_without_one() -> None:
    package = opened(recorded_deck())
    first = slide_parts(package)[0]
    bare = first.with_relationships([r for r in first.relationships if not r.type.endswith("/tags")])
    assert [s.state for s in compare(package.with_parts([bare]))] == ["intact"] * 3
    other = bare.with_data(
        bare.data()
        .replace(b"<a:r>", b'<a:r><a:rPr b="1"/>', 1)
        .replace(b'<a:rPr b="1"/><a:rPr', b'<a:rPr b="1"')
    )
    states = compare(package.with_parts([other]))
    assert [s.state for s in states] == ["foreign", "intact", "intact", "missing"]


def test_slides_that_say_the_same_are_told_apart_by_their_order() -> None:
    package = opened(recorded_deck())
    digest = digest_of_slide(package, slide_parts(package)[0])
    twins = tuple(Item(key, made=replace(digest, content="other")) for key in ("first", "again"))
    record = Record("deck", "pitch", "p", "en", "2026-11-01", twins)
    keys = [state.key for state in compare(opened(saved_as_libreoffice_does(recorded_deck())), record)]
    assert keys == ["first", "", "", "again"]


def test_blocks_whose_marks_were_dropped_are_known_by_their_words() -> None:
    saved = saved_as_libreoffice_does(recorded_document())
    assert known(saved) == [("why/1", "edited", "words"), ("x" * 80, "edited", "words")]
    assert [state.number for state in compare(saved)] == [1, 2]


def test_a_block_whose_words_are_not_found_is_in_the_record_only() -> None:
    saved = edited(
        saved_as_libreoffice_does(recorded_document()), "word/document.xml", swap("Because", "Although")
    )
    assert known(saved) == [("x" * 80, "edited", "words"), ("why/1", "edited", "record")]


def test_words_added_between_blocks_are_told_without_the_marks_too() -> None:
    record = read_record(recorded_document())
    assert record is not None
    saved = saved_as_libreoffice_does(recorded_document())
    assert document_is_intact(opened(saved), record) is True
    more = edited(saved, "word/document.xml", swap("Hello", "Hello and good-bye"))
    assert document_is_intact(opened(more), record) is False


@pytest.mark.parametrize("words", ["", "-", "zz-1", "-5-ab", "f" * 4000 + "-1", "7-wrong"])
def test_a_record_that_tells_nonsense_about_words_finds_none(words: str) -> None:
    item = Item("k", made=SlideDigest("x", words=words, title=words))
    record = Record("document", "t", "p", "en", "2026-11-01", (item,))
    saved = saved_as_libreoffice_does(recorded_document())
    assert [(s.key, s.known_by) for s in compare(saved, record)] == [("k", "record")]


def codes(data: bytes) -> list[str]:
    return [problem.code for problem in find_record(data, "piece.pptx")[1]]


def test_a_damaged_record_is_told_with_its_part() -> None:
    package = opened(recorded_deck())
    broken = package.parts[ITEM].with_data(b'<record xmlns="urn:collateral:record:1" piece="deck"')
    record, (problem,) = find_record(package.with_parts([broken]), "piece.pptx")
    assert record is None
    assert problem.code == "damaged-record"
    assert "piece.pptx" in str(problem.at) and ITEM in str(problem.at)


def test_a_record_that_does_not_say_of_what_is_damaged() -> None:
    assert codes(changed(recorded_deck(), {ITEM: swap('piece="deck"', "")})) == ["damaged-record"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('record:1" version="2"', 'record:1" version="3"'),
        ('record:1" version="2"', 'record:2" version="2"'),
        ('record:1" version="2"', 'record:3" form="new"'),
    ],
)
def test_a_record_of_a_later_version_is_refused_rather_than_misread(old: str, new: str) -> None:
    data = changed(recorded_deck(), {ITEM: swap(old, new)})
    record, (problem,) = find_record(data, "piece.pptx")
    assert record is None and problem.code == "newer-record"
    assert "version" in problem.message and "install" in problem.hints[0]
    assert ITEM in str(problem.at)
    assert read_record(data) is None
    assert codes(changed(recorded_deck(), {ITEM: swap(old, new)}, add={"customXml/item9.xml": b"<a/>"})) == [
        "newer-record"
    ]


def test_a_record_whose_version_is_no_number_is_damaged() -> None:
    assert codes(
        changed(recorded_deck(), {ITEM: swap('record:1" version="2"', 'record:1" version="one"')})
    ) == ["damaged-record"]


def test_a_record_of_a_later_version_leaves_a_file_that_becomes_a_template() -> None:
    package = opened(changed(recorded_deck(), {ITEM: swap('record:1" version="2"', 'record:1" version="3"')}))
    assert ITEM not in without_record(package).parts


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ('{"version":3,"blocks":{}}', "newer-record"),
        ("[1]", "damaged-record"),
        ('{"version":"x"}', "damaged-record"),
    ],
)
def test_the_record_of_an_email_is_judged_alike(fields: str, code: str) -> None:
    header = b64encode(fields.encode()).decode()
    assert codes(f"X-Collateral-Record: {header}\r\nSubject: hi\r\n\r\nhello".encode()) == [code]


def test_two_records_that_tell_different_things_are_a_problem_and_twice_the_same_is_none() -> None:
    own = record_xml(read_record(recorded_deck()) or Record("", "", "", "", ""))
    other = record_xml(Record("deck", "pitch", "acme", "en", "2026-11-01"))
    assert codes(changed(recorded_deck(), add={"customXml/item9.xml": own})) == []
    twice = changed(recorded_deck(), add={"customXml/item9.xml": other})
    assert codes(twice) == ["several-records"]
    assert read_record(twice) == read_record(recorded_deck())


def test_a_part_in_another_namespace_is_no_record() -> None:
    data = changed(recorded_deck(), {ITEM: swap("urn:collateral:record:1", "urn:collateral:record:0")})
    assert codes(data) == ["no-record"]
    assert compare(data) and all(state.state == "foreign" for state in compare(data))


def test_a_file_that_cannot_be_opened_says_so_rather_than_that_it_has_no_record() -> None:
    assert codes(b"PK\3\4 broken") != ["no-record"]
    assert codes(b"Subject: hi\r\n\r\nhello") == ["no-record"]


def test_a_deck_is_still_known_after_it_went_through_two_programs() -> None:
    made = Presentation(io.BytesIO(saved_as_libreoffice_does(recorded_deck())))
    out = io.BytesIO()
    made.save(out)
    assert [by for _, _, by in known(out.getvalue())] == ["words"] * 3


def test_hidden_slide_is_told_to_be_edited_and_why() -> None:
    package = opened(recorded_deck())
    first = slide_parts(package)[0]
    hidden = first.with_data(first.data().replace(b"<p:sld ", b'<p:sld show="0" ', 1))
    state = compare(package.with_parts([hidden]))[0]
    assert state.state == "edited"
    assert [change.name for change in state.shapes] == ["Hiding or order of shapes"]


def _linked(address: str, *, marked: bool) -> Package:
    """The deck whose first slide leads to an address, with or without the marks of its slides."""
    package = opened(recorded_deck())
    parts = []
    for slide in slide_parts(package):
        rels = [rel for rel in slide.relationships if marked or not rel.type.endswith("/tags")]
        parts.append(slide.with_relationships(rels))
    run = b'<a:r><a:rPr b="1"><a:hlinkClick r:id="rId77"/></a:rPr><a:t>more</a:t></a:r></a:p>'
    link = Relationship("rId77", REL_HYPERLINK, address, external=True)
    first = parts[0].with_data(parts[0].data().replace(b"</a:p>", run, 1))
    return package.with_parts([first.with_relationships([*first.relationships, link]), *parts[1:]])


@pytest.mark.parametrize("marked", [True, False])
def test_other_address_is_told_with_and_without_marks(marked: bool) -> None:
    before, after = (_linked(f"https://{host}.example", marked=marked) for host in ("own", "elsewhere"))
    made = digest_of_slide(before, slide_parts(before)[0])
    record = read_record(before)
    assert record is not None
    record = replace(record, items=(replace(record.items[0], made=made), *record.items[1:]))
    assert compare(before, record)[0].state == "intact"
    told = compare(after, record)[0]
    assert (told.state, told.known_by) == ("edited", "mark" if marked else "words")
    assert marked or [change.name for change in told.shapes] == ["Links"]
