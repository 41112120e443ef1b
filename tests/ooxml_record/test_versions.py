"""What digests count since the second version of the record, and that files with the first are judged as they were."""

from __future__ import annotations

import pytest
from office_builders import deck, document
from record_builders import opened, recorded_deck

from collateral.ooxml.package import write_package
from collateral.ooxml.record import (
    Item,
    Record,
    compare,
    digest_chart,
    digest_document,
    digest_of_slide,
    digest_slide,
    document_is_intact,
    slide_parts,
    with_record,
)

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
C = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
RUN = "<w:r><w:t>the plan</w:t></w:r>"


def _field(instruction: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return mark.format("begin") + code + mark.format("separate") + RUN + mark.format("end")


def _body(inside: str, version: int) -> str:
    return digest_document(f"<w:body {W}><w:p>{inside}</w:p></w:body>".encode(), {}, version).content


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (_field(' HYPERLINK "https://a.example" '), _field(' HYPERLINK "https://b.example" ')),
        (
            f'<w:fldSimple w:instr="HYPERLINK &quot;https://a.example&quot;">{RUN}</w:fldSimple>',
            f'<w:fldSimple w:instr="HYPERLINK &quot;https://b.example&quot;">{RUN}</w:fldSimple>',
        ),
        (_field(' QUOTE "x" '), _field(' QUOTE "x" ').replace("the plan", "for free")),
        (RUN, "<w:r><w:rPr><w:vanish/></w:rPr><w:t>the plan</w:t></w:r>"),
        (RUN, RUN + '<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>'),
        (RUN, RUN + '<w:r><w:footnoteReference w:id="2"/></w:r>'),
    ],
    ids=["link-field", "simple-link-field", "field-of-text", "hidden", "symbol", "note"],
)
def test_what_a_document_says_and_leads_to_counts_since_2(before: str, after: str) -> None:
    assert _body(before, 2) != _body(after, 2)
    assert _body(before, 1) == _body(after, 1)


@pytest.mark.parametrize("kind", ["PAGE", 'DATE \\@ "d-M-yyyy"', "TOC \\o", "= SUM(ABOVE)"])
def test_what_word_computes_does_not_count(kind: str) -> None:
    assert _body(_field(kind), 2) == _body(_field(kind).replace("the plan", "7"), 2)


def test_table_of_contents_that_was_updated_does_not_count() -> None:
    def contents(*entries: str) -> str:
        mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
        links = [f'<w:hyperlink w:anchor="_Toc{entry}">{RUN}</w:hyperlink>' for entry in entries]
        begin = mark.format("begin") + "<w:r><w:instrText>TOC</w:instrText></w:r>" + mark.format("separate")
        return begin + "</w:p><w:p>".join(links) + "</w:p><w:p>" + mark.format("end")

    assert _body(contents("1", "2"), 2) == _body(contents("3", "4", "5"), 2)
    assert _body(contents("1") + RUN, 2) != _body(contents("1"), 2)


def test_link_under_the_mouse_counts_since_2() -> None:
    shape = "<p:sp><p:txBody><a:p><a:r><a:rPr>{}</a:rPr><a:t>x</a:t></a:r></a:p></p:txBody></p:sp>"
    linked, plain = (
        f"<p:sld {A} {R} {P}>{shape.format(link)}</p:sld>".encode()
        for link in ('<a:hlinkMouseOver r:id="rId1"/>', "")
    )
    targets = {"rId1": "link https://a.example"}
    assert digest_slide(linked, targets).content != digest_slide(plain, targets).content
    of_1 = [digest_slide(xml, targets, version=1).content for xml in (linked, plain)]
    assert of_1[0] == of_1[1]


def test_where_an_axis_begins_counts_since_2() -> None:
    chart = f'<c:chart {C}><c:valAx><c:scaling><c:min val="{{}}"/></c:scaling></c:valAx></c:chart>'
    zero, same, ten = (chart.format(value).encode() for value in ("0", "0.0", "10"))
    assert digest_chart(zero) == digest_chart(same) != digest_chart(ten)
    assert digest_chart(zero, 1) == digest_chart(ten, 1)


def test_deck_with_a_record_of_version_1_is_judged_by_what_counted_then() -> None:
    package = opened(deck())
    slides = slide_parts(package)
    items = tuple(Item(f"k{n}", made=digest_of_slide(package, s, 1)) for n, s in enumerate(slides))
    record = Record("deck", "pitch", "p", "en", "2026-11-01", items, version=1)
    keys = {slide.name: item.key for slide, item in zip(slides, items, strict=True)}
    made = b"".join(write_package(with_record(package, record, keys)))
    assert [state.state for state in compare(made)] == ["intact"] * len(slides)
    assert [state.state for state in compare(recorded_deck())] == ["intact"] * 3


def test_text_between_blocks_is_told_apart_from_blocks_since_2() -> None:
    def xml(block: str, between: str) -> bytes:
        control = f'<w:sdt><w:sdtPr><w:tag w:val="collateral:a"/></w:sdtPr><w:sdtContent>{block}</w:sdtContent></w:sdt>'
        return f"<w:body {W}>{control}<w:p>{between}</w:p></w:body>".encode()

    before, block, between = xml(RUN, RUN), xml(RUN + RUN, RUN), xml(RUN, RUN + RUN)
    digests = [digest_document(made, {}) for made in (before, block, between)]
    assert digests[0].content == digests[1].content != digests[2].content
    package = opened(document())
    record = Record("document", "t", "p", "en", "2026-11-01", content=digests[0].content)
    assert document_is_intact(package.with_parts([package.main.with_data(block)]), record) is True
    assert document_is_intact(package.with_parts([package.main.with_data(between)]), record) is False
