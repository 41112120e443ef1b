"""Pieces carry a record that survives what people do to them in PowerPoint, Word and mail programs."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office_builders import deck, document, png
from record_builders import opened, recorded_deck, recorded_document

from collateral.ooxml.names import REL_HYPERLINK
from collateral.ooxml.package import Relationship, write_package
from collateral.ooxml.record import (
    Item,
    Record,
    ShapeDigest,
    SlideDigest,
    SlideState,
    compare,
    control_tag,
    digest_document,
    digest_email,
    digest_fragment,
    digest_slide,
    document_is_intact,
    email_header,
    parse_email_header,
    parse_record,
    piece_id,
    read_record,
    read_tags,
    record_xml,
    slide_parts,
    slide_tags_xml,
    with_record,
    word_control,
)
from collateral.ooxml.values import Fragment, RelatedPart


def _saved_by_python_pptx(data: bytes, edit: object = None) -> bytes:
    from pptx import Presentation

    made = Presentation(io.BytesIO(data))
    if edit is not None:
        edit(made)  # type: ignore[operator]
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _states(data: bytes) -> list[tuple[str, str]]:
    return [(s.key, s.state) for s in compare(data)]


def _changes(states: list[SlideState], key: str) -> list[tuple[str, str]]:
    return [(c.name, c.change) for s in states if s.key == key for c in s.shapes]


def test_a_fresh_piece_is_intact() -> None:
    assert _states(recorded_deck()) == [("one", "intact"), ("two", "intact"), ("three", "intact")]


def test_the_state_carries_block_and_digest_for_the_caller_to_judge() -> None:
    first = compare(recorded_deck())[0]
    assert first.item is not None
    assert (first.item.block, first.item.digest, first.number) == ("block-one", "d1", 1)


def test_saving_in_another_program_changes_nothing() -> None:
    assert _states(_saved_by_python_pptx(recorded_deck())) == [(k, "intact") for k in ("one", "two", "three")]


def test_an_edited_text_is_told_with_its_shape() -> None:
    def edit(made: object) -> None:
        made.slides[0].shapes.title.text = "Better deck"  # type: ignore[attr-defined]

    states = compare(_saved_by_python_pptx(recorded_deck(), edit))
    assert [s.state for s in states] == ["edited", "intact", "intact"]
    assert _changes(states, "one") == [("Title 1", "edited")]


def test_an_edited_chart_or_table_is_told() -> None:
    def edit(made: object) -> None:
        from pptx.chart.data import CategoryChartData

        data = CategoryChartData()
        data.categories = ["a", "b"]
        data.add_series("S1", (1, 5))
        shapes = made.slides[1].shapes  # type: ignore[attr-defined]
        next(s for s in shapes if s.has_chart).chart.replace_data(data)
        next(s for s in shapes if s.has_table).table.cell(1, 1).text = "new"

    states = compare(_saved_by_python_pptx(recorded_deck(), edit))
    assert [change for _, change in _changes(states, "two")] == ["edited", "edited"]


def test_a_shape_that_was_only_moved_leaves_the_content_intact() -> None:
    def edit(made: object) -> None:
        made.slides[0].shapes[2].left += 500_000  # type: ignore[attr-defined]

    states = compare(_saved_by_python_pptx(recorded_deck(), edit))
    assert [s.state for s in states] == ["moved", "intact", "intact"]
    assert [change for _, change in _changes(states, "one")] == ["moved"]


def test_an_added_and_a_removed_shape_are_told() -> None:
    def edit(made: object) -> None:
        shapes = made.slides[0].shapes  # type: ignore[attr-defined]
        shapes[2]._element.getparent().remove(shapes[2]._element)
        shapes.add_textbox(1, 1, 1, 1).name = "Mine"

    changes = _changes(compare(_saved_by_python_pptx(recorded_deck(), edit)), "one")
    assert ("Mine", "added") in changes or ("Mine", "edited") in changes


def test_reordered_slides_are_known_by_their_tag() -> None:
    def edit(made: object) -> None:
        ids = made.slides._sldIdLst  # type: ignore[attr-defined]
        ids.append(ids[0])

    states = _states(_saved_by_python_pptx(recorded_deck(), edit))
    assert states == [("two", "intact"), ("three", "intact"), ("one", "moved")]


def test_a_deleted_slide_is_missing_and_a_new_one_foreign() -> None:
    def edit(made: object) -> None:
        ids = made.slides._sldIdLst  # type: ignore[attr-defined]
        made.slides.add_slide(made.slide_layouts[6])  # type: ignore[attr-defined]
        made.part.drop_rel(ids[1].rId)  # type: ignore[attr-defined]
        ids.remove(ids[1])

    states = _states(_saved_by_python_pptx(recorded_deck(), edit))
    assert states == [("one", "intact"), ("three", "intact"), ("", "foreign"), ("two", "missing")]


def test_a_slide_pasted_from_another_piece_is_foreign_but_still_says_what_it_is() -> None:
    package = opened(recorded_deck())
    stranger = Record("deck", "pitch", "acme", "en", "2026-11-01")
    slide = slide_parts(package)[0]
    tags = package.related(slide, "tags")[0]
    item = Item("one", block="block-one", digest="d0", made=SlideDigest("x"))
    pasted = package.with_parts([tags.with_data(slide_tags_xml(item, piece_id(stranger)))])
    first = compare(pasted)[0]
    assert first.state == "foreign" and first.item is not None
    assert (first.item.block, first.item.digest) == ("block-one", "d0")
    assert b"acme" not in tags.data()


def test_tags_of_add_ins_stay() -> None:
    tags = read_tags(slide_tags_xml(Item("k"), "p", keep={"THINKCELL": "a&b", "COLLATERAL_KEY": "old"}))
    assert tags == {"THINKCELL": "a&b", "COLLATERAL_KEY": "k", "COLLATERAL_PIECE": "p"}


_SLIDE = (
    '<p:sld xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:cSld><p:spTree>'
    '<p:sp><p:nvSpPr><p:cNvPr id="2" name="T"/></p:nvSpPr><p:txBody><a:p>{}</a:p></p:txBody></p:sp>'
    "</p:spTree></p:cSld></p:sld>"
)


def _content(paragraph: str) -> str:
    return digest_slide(_SLIDE.format(paragraph).encode(), {"rId1": "link https://example.com"}).content


@pytest.mark.parametrize(
    "same",
    [
        "<a:r><a:t>Hel</a:t></a:r><a:r><a:t>lo</a:t></a:r>",
        '<a:r><a:rPr lang="nl-NL" dirty="0" err="1"/><a:t>Hello</a:t></a:r>',
        '<a:r><a:rPr b="0"/><a:t>Hello</a:t></a:r><a:endParaRPr lang="en-US" b="1"/>',
        "<a:r><a:t>H&#101;llo</a:t></a:r>",
    ],
)
def test_what_powerpoint_rewrites_freely_does_not_count(same: str) -> None:
    assert _content(same) == _content("<a:r><a:t>Hello</a:t></a:r>")


@pytest.mark.parametrize(
    "other",
    [
        "<a:r><a:t>hello</a:t></a:r>",
        '<a:r><a:rPr b="1"/><a:t>Hello</a:t></a:r>',
        "<a:r><a:t>Hello</a:t></a:r><a:br/>",
        '<a:pPr lvl="1"/><a:r><a:t>Hello</a:t></a:r>',
        '<a:r><a:rPr><a:hlinkClick r:id="rId1"/></a:rPr><a:t>Hello</a:t></a:r>',
        "<a:r><a:t>Hello</a:t></a:r></a:p><a:p>",
    ],
)
def test_what_a_reader_sees_counts(other: str) -> None:
    assert _content(other) != _content("<a:r><a:t>Hello</a:t></a:r>")


def test_what_an_equation_says_counts() -> None:
    equation = (
        '<a14:m xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main">'
        '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
        "<m:r><m:t>x={}</m:t></m:r></m:oMath></a14:m>"
    )
    assert _content(equation.format(7)) != _content(equation.format(8))


@pytest.mark.parametrize(("crop", "same"), [("", True), (' l="0"', True), (' l="25000"', False)])
def test_cropping_a_picture_counts(crop: str, same: bool) -> None:
    picture = '<a:r><a:t>x</a:t></a:r></a:p><a:blip r:embed="rId1"/>{}<a:p>'
    assert (_content(picture.format(f"<a:srcRect{crop}/>")) == _content(picture.format(""))) == same


_TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
)
_KEYS = st.from_regex(r"[a-z0-9-]{1,12}", fullmatch=True)
_ITEMS = st.builds(
    Item,
    key=_TEXTS,
    block=_KEYS,
    language=_KEYS,
    digest=_KEYS,
    wording=_TEXTS,
    claims=st.lists(_KEYS, max_size=3).map(tuple),
    made=st.builds(
        SlideDigest,
        _KEYS,
        _KEYS,
        st.lists(st.builds(ShapeDigest, _KEYS, _TEXTS, _KEYS, _KEYS), max_size=2).map(tuple),
        _KEYS,
        _KEYS,
        _KEYS,
        _KEYS,
    ),
)
_RECORDS = st.builds(
    Record, _KEYS, _TEXTS, _TEXTS, _KEYS, _KEYS, st.lists(_ITEMS, max_size=3).map(tuple), _KEYS, _KEYS, _KEYS
)


@settings(max_examples=60, deadline=None)
@given(_RECORDS)
def test_every_record_comes_back_from_its_part(record: Record) -> None:
    assert parse_record(record_xml(record)) == record


@settings(max_examples=40, deadline=None)
@given(_RECORDS)
def test_every_record_comes_back_from_a_mail_header(record: Record) -> None:
    name, value = email_header(record)
    message = f"{name}: {value}\r\n\r\nhello".encode()
    bare = tuple(replace(i, made=SlideDigest(i.made.content)) for i in record.items)
    assert max(map(len, message.split(b"\r\n"))) < 100
    assert parse_email_header(value) == read_record(message) == replace(record, items=bare)


@pytest.mark.parametrize("value", ["", "!", "bnVsbA==", "eyJpdGVtcyI6IDF9", "W10=", "eyJpdGVtcyI6IFsxXX0="])
def test_a_broken_mail_header_is_no_record(value: str) -> None:
    assert parse_email_header(value) is None


def test_an_edited_email_is_told() -> None:
    record = Record(
        "email", "intro", "p", "en", "2026-11-01", (Item("a"),), content=digest_email("Hi", "One line.")
    )
    message = EmailMessage(policy=SMTP)
    message["Subject"] = "Hi"
    name, value = email_header(record)
    message.set_content("One\nline.\n")
    data = f"{name}: {value}\r\n".encode() + message.as_bytes()
    assert _states(data) == [("a", "intact")]
    assert _states(data.replace(b"line.", b"word.")) == [("a", "edited")]


def _saved_by_python_docx(data: bytes, edit: object = None) -> bytes:
    import docx

    made = docx.Document(io.BytesIO(data))
    if edit is not None:
        edit(made)  # type: ignore[operator]
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_blocks_of_a_document_are_intact_after_a_save() -> None:
    data = _saved_by_python_docx(recorded_document())
    assert _states(data) == [("why/1", "intact"), ("x" * 80, "intact")]
    record = read_record(data)
    assert record is not None and document_is_intact(opened(data), record)


def test_an_edited_block_and_an_edit_between_blocks_are_told() -> None:
    def edit_block(made: object) -> None:
        text = next(made.element.body.iter("{*}sdtContent")).find(".//{*}t")  # type: ignore[attr-defined]
        text.text = "Why not"

    def edit_between(made: object) -> None:
        made.paragraphs[1].text = "Good-bye"  # type: ignore[attr-defined]

    edited = _saved_by_python_docx(recorded_document(), edit_block)
    assert [state for _, state in _states(edited)] == ["edited", "intact"]
    between = _saved_by_python_docx(recorded_document(), edit_between)
    assert [state for _, state in _states(between)] == ["intact", "intact"]
    record = read_record(between)
    assert record is not None and not document_is_intact(opened(between), record)


def test_revision_marks_and_page_fields_do_not_count_but_accepted_words_do() -> None:
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

    def content(inside: str) -> str:
        return digest_document(f'<w:p xmlns:w="{w}">{inside}</w:p>'.encode(), {}).content

    plain = content("<w:r><w:t>Hello</w:t></w:r>")
    assert content('<w:r w:rsidR="1"><w:t>Hel</w:t></w:r><w:proofErr/><w:r><w:t>lo</w:t></w:r>') == plain
    assert content('<w:r><w:t>Hel</w:t></w:r><w:ins w:id="1"><w:r><w:t>lo</w:t></w:r></w:ins>') == plain
    assert content("<w:r><w:t>Hello</w:t></w:r><w:del><w:r><w:delText>x</w:delText></w:r></w:del>") == plain

    def field(instr: str, result: str) -> str:
        marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
        code = f"<w:r><w:instrText> {instr} </w:instrText></w:r>"
        return content(marks[0] + code + marks[1] + f"<w:r><w:t>{result}</w:t></w:r>" + marks[2])

    assert field("PAGE", "1") == field("PAGE", "2")
    assert field('HYPERLINK "x"', "1") != field('HYPERLINK "x"', "2")


def test_a_fragment_has_the_digest_its_block_will_have_in_the_document() -> None:
    package = opened(document())
    body = package.main.data().decode()
    drawing = re.search(r"<w:p>(?:(?!</w:p>).)*<w:drawing>.*?</w:p>", body, re.DOTALL)
    assert drawing is not None
    picture = package.related(package.main, "image")[0].data()
    pieces = re.split(r'(?<=r:embed=")(rId\d+)', drawing[0])
    related = (RelatedPart("local", "image", data=picture),)
    text = b'<w:p><w:hyperlink r:id="web"><w:r><w:rPr><w:b/></w:rPr><w:t>x</w:t></w:r></w:hyperlink></w:p>'
    link = RelatedPart("web", REL_HYPERLINK, target="https://example.com/")
    fragment = Fragment("block", (text, pieces[0].encode(), "local", pieces[2].encode()), (*related, link))
    head, foot = word_control("k")
    link_text = text.replace(b'"web"', b'"rIdW"')
    inside = head + link_text + drawing[0].encode() + foot
    xml = body.encode().replace(b"<w:sectPr", inside + b"<w:sectPr", 1)
    rel = Relationship("rIdW", REL_HYPERLINK, "https://example.com", True)
    main = package.main.with_data(xml, [*package.main.relationships, rel])
    record = Record("document", "t", "p", "en", "2026-11-01", (Item("k", made=digest_fragment(fragment)),))
    whole = with_record(package.with_parts([main]), record, {})
    assert _states(b"".join(write_package(whole))) == [("k", "intact")]
    assert document_is_intact(whole, record) is None


def test_tags_of_controls_are_never_longer_than_word_takes() -> None:
    assert control_tag("k") == "collateral:k"
    assert len(control_tag("k" * 200)) <= 64
    assert control_tag("k" * 200) != control_tag("k" * 201)


def test_files_without_a_record_have_none() -> None:
    assert read_record(deck()) is None
    assert read_record(document()) is None
    assert read_record(b"") is None
    assert read_record(b"PK\3\4 broken") is None
    assert read_record(png()) is None
    assert [s.state for s in compare(deck())] == ["foreign"] * 3
    assert compare(document()) == []
