"""What programs and servers added to a template is not in what is made of it: signatures, add-ins, ribbons, a library's columns."""

from __future__ import annotations

import io
import zipfile
from itertools import pairwise

import pytest
from docx import Document
from pptx import Presentation

from collateral.ooxml import fill

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office"
SIGNATURE = f"{PACKAGE}/digital-signature/origin"
CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
LABELS = f"{MICROSOFT}/2020/02/relationships/classificationlabels"
COLUMNS = (
    f'<p:properties xmlns:p="{MICROSOFT}/2006/metadata/properties"><documentManagement>'
    '<Client xmlns="x">Another customer</Client></documentManagement></p:properties>'
)
LIBRARY_ID = "{B1977F7D-205B-4081-913C-38D41E755F92}"
BOUND = (
    '<w:sdt xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:sdtPr>'
    f'<w:dataBinding w:xpath="/p:properties" w:storeItemID="{LIBRARY_ID}"/></w:sdtPr>'
    "<w:sdtContent><w:p><w:r><w:t>Another customer</w:t></w:r></w:p></w:sdtContent></w:sdt>"
)


def template(kind: str, *, control: str = "") -> bytes:
    out = io.BytesIO()
    if kind == "docx":
        letter = Document()
        letter.add_paragraph("Dear {{ name }}")
        if control:
            from docx.oxml import parse_xml

            letter.paragraphs[0]._p.addnext(parse_xml(control))
        letter.save(out)
    else:
        deck = Presentation()
        deck.slides.add_slide(deck.slide_layouts[5]).shapes.title.text = "Dear {{ name }}"
        deck.save(out)
    return out.getvalue()


def with_part(file: bytes, home: str, type_: str, parts: dict[str, str]) -> bytes:
    """The file with these parts; a relationship leads from `home` to the first of them, and from each to the next."""
    names = list(parts)
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        members = {name: archive.read(name).decode("latin-1") for name in archive.namelist()}
    entry = f'<Relationship Id="rIdNew" Type="{type_}" Target="/{names[0]}"/></Relationships>'
    members[home] = members[home].replace("</Relationships>", entry)
    types = "".join(f'<Override PartName="/{name}" ContentType="application/xml"/>' for name in names)
    members["[Content_Types].xml"] = members["[Content_Types].xml"].replace("</Types>", types + "</Types>")
    for name, following in pairwise(names):
        folder, _, leaf = name.rpartition("/")
        kind = f"{OFFICE}/customXmlProps" if "customXml" in name else f"{type_}/next"
        members[f"{folder}/_rels/{leaf}.rels"] = (
            f'<Relationships xmlns="{PACKAGE}">'
            f'<Relationship Id="rId1" Type="{kind}" Target="/{following}"/></Relationships>'
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (members | parts).items():
            archive.writestr(name, text.encode("latin-1"))
    return out.getvalue()


def filled_names(file: bytes, kind: str) -> tuple[list[str], str]:
    """The parts of the filled file, and all that its XML says."""
    made, problems = fill(file, {"name": "Els"}, file=f"template.{kind}")
    assert made is not None, problems
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        names = archive.namelist()
        return names, "".join(
            archive.read(n).decode("latin-1") for n in names if n.endswith((".xml", ".rels"))
        )


@pytest.mark.parametrize("kind", ["docx", "pptx"])
@pytest.mark.parametrize(
    ("type_", "first", "second"),
    [
        (SIGNATURE, "_xmlsignatures/origin.xml", "_xmlsignatures/sig1.xml"),
        (
            f"{MICROSOFT}/2011/relationships/webextensiontaskpanes",
            "webextensions/taskpanes.xml",
            "webextensions/one.xml",
        ),
        (f"{MICROSOFT}/2007/relationships/ui/extensibility", "customUI/customUI14.xml", "customUI/icon.xml"),
        (f"{MICROSOFT}/2006/relationships/ui/extensibility", "customUI/customUI.xml", "customUI/icon.xml"),
    ],
)
def test_signatures_add_ins_and_ribbons_of_a_template_stay_behind(
    kind: str, type_: str, first: str, second: str
) -> None:
    file = with_part(template(kind), "_rels/.rels", type_, {first: "<a/>", second: "<b/>"})
    names, texts = filled_names(file, kind)
    assert first not in names and second not in names
    assert "rIdNew" not in texts and first not in texts and "Dear Els" in texts


@pytest.mark.parametrize("kind", ["docx", "pptx"])
def test_labels_of_confidentiality_stay(kind: str) -> None:
    label = {"docMetadata/LabelInfo.xml": "<labels/>"}
    names, _ = filled_names(with_part(template(kind), "_rels/.rels", LABELS, label), kind)
    assert "docMetadata/LabelInfo.xml" in names


LIBRARY = {
    "customXml/item7.xml": COLUMNS,
    "customXml/itemProps7.xml": f'<ds:datastoreItem xmlns:ds="x" ds:itemID="{LIBRARY_ID}"/>',
}


@pytest.mark.parametrize(
    ("kind", "home"), [("docx", "word/_rels/document.xml.rels"), ("pptx", "ppt/_rels/presentation.xml.rels")]
)
def test_what_a_document_library_knows_of_a_template_stays_behind(kind: str, home: str) -> None:
    names, texts = filled_names(with_part(template(kind), home, f"{OFFICE}/customXml", LIBRARY), kind)
    assert not set(LIBRARY) & set(names) and "Another customer" not in texts


def test_columns_of_a_library_that_a_content_control_shows_stay() -> None:
    letter = with_part(
        template("docx", control=BOUND), "word/_rels/document.xml.rels", f"{OFFICE}/customXml", LIBRARY
    )
    assert set(LIBRARY) <= set(filled_names(letter, "docx")[0])


def test_data_of_the_template_itself_stay() -> None:
    own = {"customXml/item7.xml": '<prices xmlns="urn:example:prices"/>'}
    file = with_part(template("docx"), "word/_rels/document.xml.rels", f"{OFFICE}/customXml", own)
    assert "customXml/item7.xml" in filled_names(file, "docx")[0]


def _properties(*names: str) -> str:
    each = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{n}" name="{name}"><vt:lpwstr>x</vt:lpwstr></property>'
        for n, name in enumerate(names, 2)
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006"
    return (
        f'<Properties xmlns="{kind}/custom-properties" xmlns:vt="{kind}/docPropsVTypes">{each}</Properties>'
    )


@pytest.mark.parametrize("kind", ["docx", "pptx"])
def test_columns_of_a_library_among_the_custom_properties_stay_behind(kind: str) -> None:
    for own in ((), ("Client", "MSIP_Label_1_Enabled")):
        custom = {"docProps/custom.xml": _properties("ContentTypeId", "_dlc_DocIdUrl", *own)}
        file = with_part(template(kind), "_rels/.rels", f"{OFFICE}/custom-properties", custom)
        names, texts = filled_names(_typed(file), kind)
        assert ("docProps/custom.xml" in names) == bool(own)
        assert "_dlc_" not in texts and "ContentTypeId" not in texts
        assert all(name in texts for name in own)


def _typed(file: bytes) -> bytes:
    """The file whose custom properties have their content type."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as archive, zipfile.ZipFile(out, "w") as made:
        for name in archive.namelist():
            data = archive.read(name)
            if name == "[Content_Types].xml":
                wrong, right = (
                    f'PartName="/docProps/custom.xml" ContentType="{t}"'.encode()
                    for t in ("application/xml", CUSTOM)
                )
                data = data.replace(wrong, right)
            made.writestr(name, data)
    return out.getvalue()
