"""A finished piece that is made a template leaves nothing of itself in the pieces made from it."""

from __future__ import annotations

from record_builders import opened, recorded_deck, recorded_document

from collateral.ooxml import fill
from collateral.ooxml.package import write_package
from collateral.ooxml.record import (
    Item,
    Record,
    compare,
    find_record,
    piece_id,
    read_record,
    read_tags,
    slide_parts,
    slide_tags_xml,
    with_record,
    without_record,
)
from collateral.ooxml.validate import validate_package


def test_a_record_and_the_tags_of_slides_are_taken_out_without_a_trace() -> None:
    clean = opened(b"".join(write_package(without_record(opened(recorded_deck())))))
    assert read_record(clean) is None
    assert [name for name in clean.parts if "customXml" in name or "tags" in name] == []
    assert not any(b"custDataLst" in slide.data() for slide in slide_parts(clean))
    assert validate_package(clean) == validate_package(opened(recorded_deck()))


def test_tags_of_others_stay_on_a_slide() -> None:
    package = opened(recorded_deck())
    tags = package.related(slide_parts(package)[0], "tags")[0]
    both = tags.with_data(slide_tags_xml(Item("one"), "p", keep={"THINKCELL": "x"}))
    clean = without_record(package.with_parts([both]))
    assert read_tags(clean.related(slide_parts(clean)[0], "tags")[0].data()) == {"THINKCELL": "x"}


def test_content_controls_of_a_document_no_longer_go_by_the_names_of_blocks() -> None:
    clean = without_record(opened(recorded_document()))
    assert b"collateral:" not in clean.main.data()
    assert clean.main.data().count(b"<w:sdtContent>") == 2
    assert compare(clean) == []


def test_a_package_that_never_was_a_piece_is_the_same_one() -> None:
    clean = without_record(opened(recorded_deck()))
    assert without_record(clean) is clean


def test_a_template_made_from_a_piece_fills_without_the_record_of_the_piece() -> None:
    for piece in (recorded_deck("acme"), recorded_document()):
        filled, problems = fill(piece, {})
        assert filled is not None and not problems
        assert [problem.code for problem in find_record(filled)[1]] == ["no-record"]


def test_a_piece_made_from_a_piece_is_its_own() -> None:
    package = without_record(opened(recorded_deck("acme")))
    first = slide_parts(package)[0]
    record = Record("deck", "pitch", "p", "en", "2026-11-01", (Item("mine"),))
    again = with_record(package, record, {first.name: "mine"})
    assert find_record(again) == (record, [])
    tags = read_tags(again.related(slide_parts(again)[0], "tags")[0].data())
    assert tags["COLLATERAL_PIECE"] == piece_id(record)
