"""What is wrong with decks and documents, as edits of a good one: code, words of the message, and the edits by member."""

from __future__ import annotations

import re
from collections.abc import Callable

from office_builders import swap

from collateral.ooxml import names

P, PR, CT = "ppt/presentation.xml", "ppt/_rels/presentation.xml.rels", "[Content_Types].xml"
S1, S2, S3 = (f"ppt/slides/slide{n}.xml" for n in (1, 2, 3))
S1R, S2R, S3R = (f"ppt/slides/_rels/slide{n}.xml.rels" for n in (1, 2, 3))
CHART, D = "ppt/charts/chart1.xml", "word/document.xml"
Edit = Callable[[str], str]


def sub(pattern: str, new: str) -> Edit:
    return lambda text: re.sub(pattern, new, text, count=1, flags=re.DOTALL)


def relation(kind: str, target: str) -> Edit:
    line = (
        f'<Relationship Id="rId77" Type="{names.NAMESPACES["r"]}/{kind}" Target="{target}"/></Relationships>'
    )
    return swap("</Relationships>", line)


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
    ("duplicate-relationship", "slideLayout", {S1R: relation("slideLayout", "../slideLayouts/slideLayout3.xml")}),
    ("missing-relationship", "no slideLayout", {S3R: sub('<Relationship [^>]*slideLayout"[^>]*/>', "")}),
    ("shared-notes", "2 slides", {S2R: relation("notesSlide", "../notesSlides/notesSlide1.xml")}),
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
    ("wrong-content-type", "as a slide and as a presProps", {S1R: relation("presProps", "slide2.xml")}),
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
