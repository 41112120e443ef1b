"""The validator sees what makes PowerPoint or Word repair a file, and what must not be sent."""

from __future__ import annotations

import io
import pickle
import re
import zipfile
from collections import Counter
from collections.abc import Callable

import pytest
from office_builders import CORPUS, changed, deck, document, swap
from pptx import Presentation
from pptx.util import Inches

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

P, PR, CT = "ppt/presentation.xml", "ppt/_rels/presentation.xml.rels", "[Content_Types].xml"
S1, S2, S3 = (f"ppt/slides/slide{n}.xml" for n in (1, 2, 3))
S1R, S2R, S3R = (f"ppt/slides/_rels/slide{n}.xml.rels" for n in (1, 2, 3))
CHART, D = "ppt/charts/chart1.xml", "word/document.xml"
Edit = Callable[[str], str]


def sub(pattern: str, new: str) -> Edit:
    return lambda text: re.sub(pattern, new, text, count=1, flags=re.DOTALL)


def _rel(kind: str, target: str) -> Edit:
    line = (
        f'<Relationship Id="rId77" Type="{names.NAMESPACES["r"]}/{kind}" Target="{target}"/></Relationships>'
    )
    return swap("</Relationships>", line)


def _found(data: bytes, good: bytes) -> list[Diagnostic]:
    return validate_file(data, file="x", baseline=validate_file(good, file="x"), leaks=False)


DECK_SINS: list[tuple[str, str, dict[str, Edit]]] = [
    ("duplicate-id", "2 shapes have the id 2", {S1: sub('<p:cNvPr id="3"', '<p:cNvPr id="2"')}),
    ("unknown-relationship", "rId99", {S1: sub(r'r:embed="rId\d+"', 'r:embed="rId99"')}),
    ("invalid-attribute", "bogus", {S1: swap("<a:off x=", '<a:off bogus="1" x=')}),
    ("invalid-attribute", "titel", {S1: swap('<p:ph type="title"', '<p:ph type="titel"')}),
    ("invalid-attribute", "-5", {S1: sub(r'<a:ext cx="\d+"', '<a:ext cx="-5"')}),
    ("invalid-attribute", 'sz="50"', {S1: sub(r"<a:r>\s*<a:t>", '<a:r><a:rPr sz="50"/><a:t>')}),
    ("misplaced-element", "a:bodyPr", {S1: sub(r"(<p:txBody>\s*<a:bodyPr/>)(.*?)(<a:p>.*?</a:p>)", r"<p:txBody>\3\2<a:bodyPr/>")}),
    ("misplaced-element", "a:solidFill", {S3: sub(r"<a:rPr>(<a:hlinkClick[^>]*/>)", r"<a:rPr>\1<a:solidFill/>")}),
    ("unexpected-element", "p:bogus", {S1: swap("<p:txBody>", "<p:bogus/><p:txBody>")}),
    ("unexpected-element", "a:lstStyle twice", {S1: swap("<a:lstStyle/>", "<a:lstStyle/><a:lstStyle/>")}),
    ("missing-element", "p:txBody has no a:p", {S1: sub("<a:p>.*?</a:p>", "")}),
    ("missing-attribute", "p:cNvPr has no id", {S1: sub('<p:cNvPr id="3"', "<p:cNvPr")}),
    ("duplicate-id", "slide id 256", {P: sub('<p:sldId ([^>]*)id="257"', r'<p:sldId \1id="256"')}),
    ("slide-id-out-of-range", '"12"', {P: sub(r'(<p:sldId [^>]*?)\bid="257"', r'\1id="12"')}),
    ("duplicate-id", "masters", {P: sub(r'(<p:sldMasterId [^>]*?)\bid="2147483648"', r'\1id="2147483649"')}),
    ("orphan-slide", "not shown", {P: sub('<p:sldId [^>]*id="257"[^>]*/>', "")}),
    ("wrong-content-type", "is a slide", {CT: sub('<Override PartName="/ppt/slides/slide2.xml"[^>]*/>', "")}),
    ("stale-content-type", "slide77", {CT: swap("</Types>", '<Override PartName="/ppt/slides/slide77.xml" ContentType="a/b"/></Types>')}),
    ("duplicate-relationship", "slideLayout", {S1R: _rel("slideLayout", "../slideLayouts/slideLayout3.xml")}),
    ("missing-relationship", "no slideLayout", {S3R: sub('<Relationship [^>]*slideLayout"[^>]*/>', "")}),
    ("shared-notes", "2 slides", {S2R: _rel("notesSlide", "../notesSlides/notesSlide1.xml")}),
    ("broken-part", "not well-formed", {S2: swap("</p:sld>", "</p:sl>")}),
    ("broken-part", "not well-formed", {S1: swap("Good deck", "R&D")}),
    ("broken-part", "not well-formed", {S1: swap("Good deck", "Good&#11;deck")}),
    ("uneven-table", "2 cells", {S2: sub("<a:gridCol [^>]*/>", "")}),
    ("misplaced-element", "c:plotArea", {CHART: sub("(<c:plotArea>.*</c:plotArea>)(<c:dispBlanksAs[^>]*/>)", r"\2\1")}),
    ("relationship-case", "image1", {S1R: swap("media/image1", "Media/Image1")}),
    ("invalid-address", "exa mple", {S3R: swap("https://example.com", "https://exa mple.com/a")}),
    ("leftover-tag", "{{ client }}", {S1: swap("Good deck", "{{ client }}")}),
    ("leftover-tag", "{% if x %}", {S1: swap("Good deck", "{% i</a:t></a:r><a:r><a:t>f x %}")}),
    ("lost-target", "shape 99", {S1: swap("</p:sld>", '<p:timing><p:x><p:spTgt spid="99"/></p:x></p:timing></p:sld>')}),
    ("lost-section-slide", "999", {P: swap("</p:presentation>", '<p:extLst><p:ext uri="x"><p14:sldId xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main" id="999"/></p:ext></p:extLst></p:presentation>')}),
]  # fmt: skip
DECK_SINS += [
    ("invalid-attribute", 'x="12.5"', {S1: sub(r'<a:off x="\d+"', '<a:off x="12.5"')}),
    ("invalid-attribute", 'val="none"', {S1: swap("<a:lstStyle/>", '<a:lstStyle><a:lvl1pPr><a:lnSpc><a:spcPct val="none"/></a:lnSpc></a:lvl1pPr></a:lstStyle>')}),
    ("uneven-table", "spans 7 columns", {S2: sub("<a:tc>", '<a:tc gridSpan="7">')}),
    ("uneven-table", "down to row 9", {S2: sub("<a:tc>", '<a:tc rowSpan="9">')}),
    ("unknown-relationship", 'the image "rId1"', {S1: sub(r'r:embed="rId\d+"', 'r:embed="rId1"')}),
    ("wrong-content-type", "is a core-properties", {CT: sub('<Override PartName="/docProps/core.xml"[^>]*/>', "")}),
    ("wrong-content-type", "holds p:sldLayout", {S2: lambda text: text.replace("p:sld ", "p:sldLayout ").replace("</p:sld>", "</p:sldLayout>")}),
    ("wrong-content-type", "as a slide and as a presProps", {S1R: _rel("presProps", "slide2.xml")}),
    ("broken-content-types", "two content types", {CT: swap("</Types>", f'<Override PartName="/{S1}" ContentType="a/b"/></Types>')}),
    ("broken-content-types", "relationships", {CT: sub('<Default Extension="rels"[^>]*/>', "")}),
    ("broken-part", "not well-formed", {"docProps/core.xml": swap("</cp:coreProperties>", "R&D</cp:coreProperties>")}),
    ("unexpected-element", "times the property dc:title", {"docProps/core.xml": swap("</cp:coreProperties>", '<dc:title xmlns:dc="http://purl.org/dc/elements/1.1/"/><dc:title xmlns:dc="http://purl.org/dc/elements/1.1/"/></cp:coreProperties>')}),
    ("invalid-number", '"nan"', {CHART: sub(r"(<c:numCache>.*?<c:v>)[^<]*", r"\1nan")}),
    ("duplicate-id", "two points", {CHART: sub('<c:pt idx="1">', '<c:pt idx="0">')}),
    ("lost-target", "axis 77", {CHART: sub(r'<c:crossAx val="[^"]*"', '<c:crossAx val="77"')}),
    ("missing-element", "no p14:sldIdLst", {P: swap("</p:presentation>", '<p:extLst><p:ext uri="x"><p14:sectionLst xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"><p14:section name="a" id="{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"/></p14:sectionLst></p:ext></p:extLst></p:presentation>')}),
]  # fmt: skip
DOCUMENT_SINS: list[tuple[str, str, dict[str, Edit]]] = [
    ("misplaced-element", "w:rPr", {D: swap("<w:t>Hello</w:t>", "<w:t>Hello</w:t><w:rPr><w:b/></w:rPr>")}),
    ("misplaced-element", "w:b", {D: swap("<w:t>Hello</w:t>", "<w:t>Hello</w:t></w:r><w:r><w:rPr><w:i/><w:b/></w:rPr>")}),
    ("missing-element", "does not end with a paragraph", {D: sub(r"(<w:tc>\s*<w:tcPr>.*?</w:tcPr>)\s*<w:p>.*?</w:p>", r"\1")}),
    ("misplaced-element", "w:pPr", {D: sub(r'(<w:pPr>\s*<w:pStyle w:val="ListBullet"/>\s*</w:pPr>)\s*(<w:r>.*?</w:r>)', r"\2\1")}),
    ("unknown-style", "NoSuchStyle", {D: swap('w:val="ListBullet"', 'w:val="NoSuchStyle"')}),
    ("unknown-numbering", "4711", {D: swap('<w:pStyle w:val="ListBullet"/>', '<w:pStyle w:val="ListBullet"/><w:numPr><w:numId w:val="4711"/></w:numPr>')}),
    ("unknown-relationship", "rId99", {D: sub(r'r:embed="rId\d+"', 'r:embed="rId99"')}),
    ("unexpected-element", "w:bogus", {D: swap("<w:body>", "<w:body><w:bogus/>")}),
    ("unexpected-element", "w:r", {D: swap("<w:body>", "<w:body><w:r/>")}),
    ("invalid-attribute", "middle", {D: swap('<w:pStyle w:val="ListBullet"/>', '<w:pStyle w:val="ListBullet"/><w:jc w:val="middle"/>')}),
    ("open-bookmark", "bookmark 1", {D: sub(r"(<w:r>\s*<w:t>Hello)", r'<w:bookmarkStart w:id="1" w:name="x"/>\1')}),
    ("open-field", "1 fields begin", {D: swap("<w:t>Hello</w:t>", '<w:fldChar w:fldCharType="begin"/>')}),
    ("lost-note", "footnote 7", {D: swap("<w:t>Hello</w:t>", '<w:footnoteReference w:id="7"/>')}),
    ("part-without-content-type", "image1.png", {CT: sub('<Default Extension="png"[^>]*/>', "")}),
]  # fmt: skip
DOCUMENT_SINS += [
    ("invalid-attribute", 'w="12.5"', {D: sub("<w:tcPr>", '<w:tcPr><w:tcW w:w="12.5" w:type="dxa"/>')}),
    ("invalid-attribute", "xml:space", {D: swap("<w:t>Hello</w:t>", '<w:t xml:space="yes">Hello</w:t>')}),
    ("duplicate-id", "2 styles have the id Normal", {"word/styles.xml": sub(r'(<w:style [^>]*w:styleId=")[^"]*("[^>]*>.{0,80}List Bullet")', r"\1Normal\2")}),
    ("unexpected-element", "w:zoom twice", {"word/settings.xml": lambda text: re.sub(r"(<w:zoom[^>]*/>)", r"\1\1", text)}),
]  # fmt: skip


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
    data = changed(deck(), {S2R: _rel("image", "../media/image2.png")}, add=add)
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
            {S1R: _rel("comments", "../comments/comment1.xml"), CT: swap("</Types>", f'<Override PartName="/ppt/comments/comment1.xml" ContentType="{names.CT_COMMENTS_PML}"/></Types>')},
            {"ppt/comments/comment1.xml": COMMENTS.encode()},
        ),
        (
            "comment-author-left",
            {"ppt/_rels/presentation.xml.rels": _rel("commentAuthors", "commentAuthors.xml"), CT: swap("</Types>", f'<Override PartName="/ppt/commentAuthors.xml" ContentType="{names.CT_COMMENT_AUTHORS}"/></Types>')},
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
