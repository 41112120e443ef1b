"""A finished piece that is made a template leaves nothing of itself in the pieces made from it."""

from __future__ import annotations

from record_builders import opened, recorded_deck, recorded_document

from collateral.diagnostics import has_errors
from collateral.ooxml import compile_template, fill
from collateral.ooxml.names import CT_TAGS, REL_TAGS
from collateral.ooxml.package import Part, Relationship, write_package
from collateral.ooxml.record import (
    Item,
    Record,
    compare,
    find_record,
    piece_id,
    place_slide_tags,
    read_record,
    read_tags,
    slide_parts,
    slide_tags_xml,
    with_record,
    without_record,
)
from collateral.ooxml.record.tags import tags_xml
from collateral.ooxml.template.filling.deck import DeckTemplate
from collateral.ooxml.template.filling.deck_values import TemplateSlide
from collateral.ooxml.validate import validate_package
from collateral.ooxml.xml import parse_xml, serialise


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


def _with_add_in_tags() -> bytes:
    """The deck with what an add-in has noted on its first slide, under a relationship id that is also ours."""
    package = without_record(opened(recorded_deck()))
    first = slide_parts(package)[0]
    tags = Part.of("ppt/tags/tag1.xml", CT_TAGS, tags_xml({"ADDIN": "a & b"}))
    root = parse_xml(first.data())
    place_slide_tags(root, "rIdTag")
    rel = Relationship("rIdTag", REL_TAGS, tags.name)
    slide = first.with_data(serialise(root), [*first.relationships, rel])
    return b"".join(write_package(package.with_parts([slide, tags])))


def test_what_an_add_in_noted_on_a_slide_stays_when_it_is_filled() -> None:
    filled, problems = fill(_with_add_in_tags(), {})
    assert filled is not None and not problems
    slide = slide_parts(opened(filled))[0]
    assert read_tags(opened(filled).related(slide, "tags")[0].data()) == {"ADDIN": "a & b"}


def test_what_an_add_in_noted_on_a_slide_stands_beside_the_tag_of_the_piece() -> None:
    template, _ = compile_template(_with_add_in_tags())
    assert isinstance(template, DeckTemplate)
    slides = [TemplateSlide(1, {}, key="a"), TemplateSlide(1, {}, key="b")]
    own = {key: slide_tags_xml(Item(key), "p") for key in ("a", "b")}
    chunks, problems = template.assemble(slides, slide_tags=own)
    assert chunks is not None and not problems
    made = opened(b"".join(chunks))
    assert not has_errors(validate_package(made))
    for key, slide in zip(("a", "b"), slide_parts(made), strict=True):
        (tags,) = made.related(slide, "tags")
        assert read_tags(tags.data()) == {
            "COLLATERAL_KEY": key,
            "COLLATERAL_PIECE": "p",
            "ADDIN": "a & b",
        }
    assert len([name for name in made.parts if "tags" in name]) == 2
