"""Files that were just made are judged once for all that are alike, and what is odd in one of them only is still seen."""

from __future__ import annotations

import pytest
from office_builders import changed, deck, document, png, swap
from sins import CHART, DECK_SINS, DOCUMENT_SINS, S1, S1R, S2R, S3R, Edit, sub

from collateral.diagnostics import Diagnostic
from collateral.ooxml.archive import ArchiveWriter, WrittenArchive, read_archive
from collateral.ooxml.validate import validate_file

CORE = "docProps/core.xml"
WORKBOOK = "ppt/embeddings/Microsoft_Excel_Sheet1.xlsx"
GOOD = {"deck": deck(), "document": document()}


def just_made(data: bytes) -> WrittenArchive:
    writer = ArchiveWriter(remember=True)
    for member in read_archive(data, file="")[0].values():
        writer.add_member(member)
    chunks = writer.chunks()
    assert isinstance(chunks, WrittenArchive)
    return chunks


def judged_after(good: bytes, data: bytes, *, leaks: bool = True) -> list[Diagnostic]:
    """What is found in a file after good ones, and once more; as it is found in the same file from a stranger."""
    for _ in range(2):
        validate_file(just_made(good), file="good", leaks=leaks)
    found = validate_file(just_made(data), file="x", leaks=leaks)
    assert found == validate_file(just_made(data), file="x", leaks=leaks)
    assert found == validate_file(data, file="x", leaks=leaks)
    return found


@pytest.mark.parametrize(
    ("kind", "code", "edit"),
    [("deck", code, edit) for code, _, edit in DECK_SINS]
    + [("document", code, edit) for code, _, edit in DOCUMENT_SINS],
    ids=lambda x: x if isinstance(x, str) else "",
)
def test_what_is_wrong_is_seen_after_a_file_that_is_right(
    kind: str, code: str, edit: dict[str, Edit]
) -> None:
    assert code in [d.code for d in judged_after(GOOD[kind], changed(GOOD[kind], edit))]


@pytest.mark.parametrize(
    ("code", "edit"),
    [
        ("leftover-tag", {S1: swap("Good deck", "{{ name }}")}),
        ("leftover-tag", {CHART: swap("<c:v>S1</c:v>", "<c:v>{{ name }}</c:v>")}),
        ("broken-part", {S1: swap("Good deck", "a & b")}),
        ("invalid-number", {CHART: sub(r"(<c:numCache>.*?<c:v>)[^<]*", r"\1many")}),
        ("name-left", {CORE: sub(r"<cp:lastModifiedBy>[^<]*", "<cp:lastModifiedBy>Els van Dijk")}),
        ("hidden-slide", {S1: swap("<p:sld ", '<p:sld show="0" ')}),
        ("file-path-left", {S3R: swap("https://example.com", "file:///C:/prices.xlsx")}),
        ("dangling-relationship", {S1R: sub(r"slideLayout\d+\.xml", "slideLayout99.xml")}),
    ],
)
def test_words_names_and_addresses_of_one_piece_only_are_seen(code: str, edit: dict[str, Edit]) -> None:
    good = changed(GOOD["deck"], {CORE: sub(r"<cp:lastModifiedBy>[^<]*", "<cp:lastModifiedBy>")})
    assert code in [d.code for d in judged_after(good, changed(good, edit))]


def test_a_picture_that_is_the_same_as_another_in_one_piece_only_is_seen() -> None:
    two = "ppt/media/image77.png"
    link = f'<Relationship Id="rId77" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="../media/{two[10:]}"/></Relationships>'
    own, same, empty = (
        changed(GOOD["deck"], {S2R: swap("</Relationships>", link)}, add={two: data})
        for data in (b"other", png(), b"")
    )
    assert "duplicate-media" not in [d.code for d in judged_after(own, own)]
    assert "duplicate-media" in [d.code for d in judged_after(own, same)]
    assert "empty-media" in [d.code for d in judged_after(own, empty)]


def test_a_name_in_the_workbook_of_one_piece_only_is_seen() -> None:
    package = read_archive(GOOD["deck"], file="")[0]
    named = changed(
        package[WORKBOOK].data(), {CORE: sub(r"<cp:lastModifiedBy>[^<]*", "<cp:lastModifiedBy>Els van Dijk")}
    )
    piece = changed(GOOD["deck"], drop=[WORKBOOK], add={WORKBOOK: named})
    found = judged_after(
        changed(GOOD["deck"], drop=[WORKBOOK], add={WORKBOOK: package[WORKBOOK].data()}), piece
    )
    assert any("Els van Dijk" in d.message for d in found if d.code == "embedded-leak")


def test_names_that_may_stand_there_depend_on_who_sends_the_piece() -> None:
    data = changed(GOOD["deck"], {CORE: sub(r"<cp:lastModifiedBy>[^<]*", "<cp:lastModifiedBy>Harborline")})
    for own, left in ((("Harborline",), False), ((), True), (("Another",), True), (("Harborline",), False)):
        found = validate_file(just_made(data), file="x", own=own)
        assert any("Harborline" in d.message for d in found) is left
        assert not any(d.code == "name-left" for d in validate_file(just_made(data), file="x", leaks=False))


def test_a_finding_names_the_file_it_is_found_in() -> None:
    data = changed(GOOD["deck"], {S1: swap("<a:off x=", '<a:off bogus="1" x=')})
    for file in ("one", "two"):
        found = validate_file(just_made(data), file=file)
        assert {d.at.file for d in found if d.at} == {file}
