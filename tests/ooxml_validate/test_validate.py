"""The validator sees what makes PowerPoint or Word repair a file, and what must not be sent."""

from __future__ import annotations

import io
import pickle
import zipfile
from collections import Counter

import pytest
from office_builders import CORPUS, changed, deck, document, swap
from pptx import Presentation
from pptx.util import Inches
from sins import CHART, CT, DECK_SINS, DOCUMENT_SINS, S1, S1R, S2, S2R, S3R, D, Edit, relation, sub

from collateral.diagnostics import Diagnostic, Severity
from collateral.ooxml import names
from collateral.ooxml.package import Package, open_package, write_package
from collateral.ooxml.validate import (
    leftover_tags,
    remember_scans,
    scans_of,
    validate_file,
    validate_package,
)


def _found(data: bytes, good: bytes) -> list[Diagnostic]:
    return validate_file(data, file="x", baseline=validate_file(good, file="x"), leaks=False)


def test_files_of_other_programs_are_clean() -> None:
    for data in (deck(), document()):
        assert [d for d in validate_file(data, file="x") if d.severity is Severity.ERROR] == []


@pytest.mark.parametrize(("code", "words", "edit"), DECK_SINS, ids=lambda x: x if isinstance(x, str) else "")
def test_a_broken_deck_is_seen(code: str, words: str, edit: dict[str, Edit]) -> None:
    found = _found(changed(deck(), edit), deck())
    assert any(d.code == code and words in d.message for d in found), found


@pytest.mark.parametrize(
    ("code", "words", "edit"), DOCUMENT_SINS, ids=lambda x: x if isinstance(x, str) else ""
)
def test_a_broken_document_is_seen(code: str, words: str, edit: dict[str, Edit]) -> None:
    found = _found(changed(document(), edit), document())
    assert any(d.code == code and words in d.message for d in found), found


def test_a_lost_workbook_stray_and_doubled_media_are_seen() -> None:
    picture = open_package(deck())[0].parts["ppt/media/image1.png"].data()  # type: ignore[union-attr]
    add = {"ppt/media/image2.png": picture, "ppt/media/image3.png": b"stray"}
    data = changed(deck(), {S2R: relation("image", "../media/image2.png")}, add=add)
    assert {d.code for d in _found(data, deck())} == {"duplicate-media", "stray-part"}
    workbook = "ppt/embeddings/Microsoft_Excel_Sheet1.xlsx"
    codes = {d.code for d in _found(changed(deck(), drop=[workbook]), deck())}
    assert {"dangling-relationship", "unknown-relationship"} <= codes


def test_pictures_of_embedded_objects_may_all_have_the_id_0() -> None:
    """As PowerPoint and python-pptx write them."""
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    for at in (1, 3):
        slide.shapes.add_ole_object(io.BytesIO(b"text"), "Package", Inches(at), Inches(1))
    out = io.BytesIO()
    made.save(out)
    assert "duplicate-id" not in [d.code for d in validate_package(_opened(out.getvalue()))]


def test_a_finding_tells_part_slide_and_shape() -> None:
    data = changed(deck(), {S2: sub(r'<a:ext cx="\d+"', '<a:ext cx="-5"')})
    where = _found(data, deck())[0].at
    assert where is not None
    assert (where.part, where.slide, where.shape) == (S2, 2, "Chart 2")  # type: ignore[union-attr]


def test_a_template_s_own_sins_are_not_reported_again() -> None:
    template = changed(deck(), {S1: swap("<a:off x=", '<a:off bogus="1" x=')})
    piece = changed(template, {S2: swap("<a:off x=", '<a:off wrong="1" x=')})
    assert [d.message for d in _found(piece, template)] == ["a:off cannot have wrong"]


def test_only_changed_parts_are_looked_into_when_told_so() -> None:
    package = _opened(changed(deck(), {S1: swap("<a:off x=", '<a:off bogus="1" x=')}))
    assert [d.code for d in validate_package(package, leaks=False, changed={S2})] == []
    assert [d.code for d in validate_package(package, leaks=False, changed={S1})] == ["invalid-attribute"]


def test_scans_are_remembered_but_broken_text_in_known_markup_is_still_seen() -> None:
    assert _found(deck(), deck()) == []
    assert [d.code for d in _found(changed(deck(), {S1: swap("Good deck", "a & b")}), deck())] == [
        "broken-part"
    ]
    assert _found(changed(deck(), {S1: swap("Good deck", "a &amp; b")}), deck()) == []


def test_what_is_known_of_a_template_can_be_kept_for_another_process() -> None:
    template = _opened(changed(deck(), {S1: swap("<a:off x=", '<a:off later="1" x=')}))
    kept = pickle.loads(pickle.dumps(scans_of(template)))
    remember_scans(kept)
    assert [d.code for d in validate_package(template, leaks=False)] == ["invalid-attribute"]
    assert sum(len(scan.problems) for scan in kept.values()) == 1


def _opened(data: bytes) -> Package:
    package, found = open_package(data)
    assert package is not None, found
    return package


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("{0D108BD9-81ED-4DB2-BD59-A6C34878D82A}", False),
        ("a { b } c", False),
        ("{{ x }}", True),
        ("{#note#}", True),
        ("{%p if x %}", True),
    ],
)
def test_braces_are_told_from_tags(text: str, left: bool) -> None:
    a = names.NAMESPACES["a"]
    assert bool(leftover_tags(f'<a:p xmlns:a="{a}"><a:r><a:t>{text}</a:t></a:r></a:p>'.encode())) is left


def test_braces_that_came_from_a_value_are_no_tag() -> None:
    xml = f'<a:p xmlns:a="{names.NAMESPACES["a"]}"><a:t>Dear {{{{ACME}}}} Ltd</a:t></a:p>'.encode()
    assert leftover_tags(xml) == ["Dear {{ACME}} Ltd"]
    assert leftover_tags(xml, ["{{ACME}} Ltd"]) == []
    assert leftover_tags(xml.replace(b" Ltd", b" {{ name }}"), ["{{ACME}}"]) == ["Dear {{ACME}} {{ name }}"]


def test_tags_in_alternative_text_and_chart_titles_are_seen() -> None:
    alt = changed(deck(), {S1: swap('descr="image.png"', 'descr="{{ logo }}"')})
    assert [d.code for d in _found(alt, deck())] == ["leftover-tag"]
    chart = changed(deck(), {CHART: swap("<c:v>S1</c:v>", "<c:v>{{ name }}</c:v>")})
    assert [d.code for d in _found(chart, deck())] == ["leftover-tag"]


def _leaks(data: bytes, own: tuple[str, ...] = ()) -> list[str]:
    return [d.code for d in validate_package(_opened(data), own=own)]


COMMENTS = '<p:cmLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"/>'


@pytest.mark.parametrize(
    ("code", "edit", "add"),
    [
        ("hidden-slide", {S2: swap("<p:sld ", '<p:sld show="0" ')}, {}),
        ("file-path-left", {S3R: swap("https://example.com", r"file:///C:\Users\els\prices.xlsx")}, {}),
        ("file-path-left", {S3R: swap("https://example.com", r"\\server\share\prices.xlsx")}, {}),
        ("unsafe-link", {S3R: swap("https://example.com", "javascript:alert(1)")}, {}),
        ("link-without-address", {S3R: swap("https://example.com", "www.example.com")}, {}),
        ("link-without-address", {S3R: swap("https://example.com", "prices.xlsx")}, {}),
        (
            "comment-left",
            {S1R: relation("comments", "../comments/comment1.xml"), CT: swap("</Types>", f'<Override PartName="/ppt/comments/comment1.xml" ContentType="{names.CT_COMMENTS_PML}"/></Types>')},
            {"ppt/comments/comment1.xml": COMMENTS.encode()},
        ),
        (
            "comment-author-left",
            {"ppt/_rels/presentation.xml.rels": relation("commentAuthors", "commentAuthors.xml"), CT: swap("</Types>", f'<Override PartName="/ppt/commentAuthors.xml" ContentType="{names.CT_COMMENT_AUTHORS}"/></Types>')},
            {"ppt/commentAuthors.xml": COMMENTS.replace("cmLst", "cmAuthorLst").encode()},
        ),
        (
            "custom-properties-left",
            {"_rels/.rels": sub("</Relationships>", f'<Relationship Id="rId99" Type="{names.REL_CUSTOM_PROPERTIES}" Target="docProps/custom.xml"/></Relationships>'), CT: swap("</Types>", f'<Override PartName="/docProps/custom.xml" ContentType="{names.CT_CUSTOM_PROPERTIES}"/></Types>')},
            {"docProps/custom.xml": f'<Properties xmlns="{names.NAMESPACES["op"]}"><property name="Client"/></Properties>'.encode()},
        ),
    ],
)  # fmt: skip
def test_what_must_not_be_sent_is_seen_and_nothing_else(
    code: str, edit: dict[str, Edit], add: dict[str, bytes]
) -> None:
    clean = _leaks(deck())  # python-pptx's own template names its author and carries a thumbnail
    assert sorted(clean) == ["name-left", "thumbnail-left"]
    found = Counter(_leaks(changed(deck(), edit, add=add))) - Counter(clean)
    found.pop("invalid-address", None)  # of backslashes, which is another check's business
    assert found == {code: 1}


def test_link_to_a_file_says_what_leads_there_and_what_to_do() -> None:
    edit = {S3R: swap("https://example.com", r"file:///C:\Users\els\prices.xlsx")}
    (problem,) = [d for d in validate_package(_opened(changed(deck(), edit))) if d.code == "file-path-left"]
    assert problem.message.startswith('a link leads to the file "file:///C:')
    assert problem.hints == ("embed it, or break the link, in the file it comes from",)


def test_titles_of_slides_that_were_left_out_are_seen() -> None:
    vt = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
    ep = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    titles = ["Theme", "Slide Titles", "Office", "One", "Two", "Three", "Secret plans for Acme"]
    pairs = [
        f"<vt:lpstr>{name}</vt:lpstr><vt:i4>{n}</vt:i4>" for name, n in (("Theme", 1), ("Slide Titles", 4))
    ]
    listed = "".join(f"<vt:lpstr>{title}</vt:lpstr>" for title in titles[2:])
    app = f'<Properties xmlns="{ep}" xmlns:vt="{vt}"><HeadingPairs>{"".join(pairs)}</HeadingPairs>{listed}</Properties>'
    data = changed(deck(), {"docProps/app.xml": lambda _: app})
    found = [d.message for d in validate_package(_opened(data)) if d.code == "stale-slide-titles"]
    assert len(found) == 1 and "Secret plans" not in found[0] and "4 slide titles" in found[0]


def test_names_in_embedded_workbooks_are_seen() -> None:
    workbook = "ppt/embeddings/Microsoft_Excel_Sheet1.xlsx"
    book = open_package(deck())[0].parts[workbook].data()  # type: ignore[union-attr]
    core = '<cp:coreProperties xmlns:cp="%s" xmlns:dc="%s"><dc:creator>Els</dc:creator></cp:coreProperties>'
    other = changed(
        book, {"docProps/core.xml": lambda _: core % (names.NAMESPACES["cp"], names.NAMESPACES["dc"])}
    )
    package = _opened(deck())
    named = package.with_parts([package.parts[workbook].with_data(other)])
    assert "embedded-leak" in [d.code for d in validate_package(named)]
    assert "embedded-leak" not in [d.code for d in validate_package(named, own=["Els"])]


@pytest.mark.parametrize(
    ("member", "text", "told"),
    [
        ("xl/workbook.xml", '<workbook xmlns="m"><sheet name="Costs" state="hidden"/></workbook>', '"Costs"'),
        (
            "xl/workbook.xml",
            '<workbook xmlns="m"><sheet name="Costs" state="veryHidden"/></workbook>',
            '"Costs"',
        ),
        ("xl/comments1.xml", "<comments/>", "comments"),
    ],
)
def test_hidden_sheets_and_comments_in_embedded_workbooks_are_seen(member: str, text: str, told: str) -> None:
    workbook = "ppt/embeddings/Microsoft_Excel_Sheet1.xlsx"
    package = _opened(deck())
    book = io.BytesIO(package.parts[workbook].data())
    other = io.BytesIO()
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(other, "w") as target:
        for name in {*source.namelist(), member}:
            target.writestr(name, text if name == member else source.read(name))
    changed_book = package.with_parts([package.parts[workbook].with_data(other.getvalue())])
    found = [d.message for d in validate_package(changed_book) if d.code == "embedded-leak"]
    assert any(told in message for message in found)


def test_tracked_changes_are_seen() -> None:
    edit = swap("<w:t>Hello</w:t></w:r>", '<w:t>Hello</w:t></w:r><w:del w:id="1" w:author="Els"/>')
    assert "revision-left" in _leaks(changed(document(), {D: edit}))


def test_the_seller_s_own_name_may_stand_in_the_properties() -> None:
    assert "name-left" not in _leaks(deck(), own=("Steve Canny",))


def test_a_file_that_cannot_be_opened_is_an_error() -> None:
    assert [d.code for d in validate_file(b"", file="x")] == ["not-an-office-file"]
    assert [d.code for d in validate_file([deck()[:3000], b""], file="x")] == ["damaged-archive"]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not here")
def test_writing_corpus_files_again_adds_no_finding() -> None:
    files = sorted(p for p in CORPUS.glob("d*/*/*.*") if p.suffix in (".pptx", ".potx", ".docx"))
    for path in files:
        package = _opened(path.read_bytes())
        before = validate_package(package, tags_allowed=True)
        after = validate_package(
            _opened(b"".join(write_package(package))), baseline=before, tags_allowed=True, leaks=False
        )
        assert after == [], (path.name, after)
