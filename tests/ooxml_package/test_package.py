"""Packages: opening, refusing, changing and writing Office files."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from office_builders import CORPUS, changed, deck, document, png, swap

from collateral.diagnostics import Severity
from collateral.ooxml import names
from collateral.ooxml.package import Package, Part, PartNames, Relationship, open_package, write_package

TYPES = "[Content_Types].xml"
MAIN_RELS = "ppt/_rels/presentation.xml.rels"


def _opened(data: bytes) -> Package:
    package, found = open_package(data)
    assert package is not None, found
    return package


def _refusal(data: bytes) -> tuple[str, str]:
    package, found = open_package(data, file="x.pptx")
    assert package is None
    first = next(d for d in found if d.severity is Severity.ERROR)
    return first.code, first.message


def _warnings(data: bytes) -> list[str]:
    package, found = open_package(data)
    assert package is not None
    return [d.code for d in found]


def test_a_deck_opens_with_its_parts_and_relationships() -> None:
    package = _opened(deck())
    assert (package.kind, package.is_deck, package.main.name) == ("pptx", True, "ppt/presentation.xml")
    slides = package.related(package.main, "slide")
    assert [s.name for s in slides] == [f"ppt/slides/slide{n}.xml" for n in (1, 2, 3)]
    assert package.related(slides[0], "image")[0].data() == png()
    link = next(r for r in slides[2].relationships if r.type == names.REL_HYPERLINK)
    assert (link.target, link.external) == ("https://example.com", True)


def test_a_document_opens() -> None:
    package = _opened(document())
    assert (package.kind, package.is_deck, package.main.content_type) == ("docx", False, names.CT_DOCUMENT)


@pytest.mark.parametrize(
    ("content_type", "kind"),
    [(names.CT_PRESENTATION_TEMPLATE, "potx"), (names.CT_SLIDESHOW, "ppsx")],
)
def test_templates_and_shows_are_known_by_their_content_type(content_type: str, kind: str) -> None:
    data = changed(deck(), {TYPES: swap(names.CT_PRESENTATION, content_type)})
    assert _opened(data).kind == kind


def test_a_path_is_read_and_a_missing_one_is_told(tmp_path: Path) -> None:
    path = tmp_path / "deck.pptx"
    path.write_bytes(deck())
    package, found = open_package(path)
    assert package is not None and package.file == "deck.pptx" and not found
    package, found = open_package(tmp_path / "none.pptx")
    assert package is None and found[0].code == "unreadable-file"


def test_macro_files_are_refused_by_name() -> None:
    macro = "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"
    assert _refusal(changed(deck(), {TYPES: swap(names.CT_PRESENTATION, macro)}))[0] == "macro-file"
    override = '<Override PartName="/ppt/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    data = changed(deck(), {TYPES: swap("</Types>", override)}, add={"ppt/vbaProject.bin": b"x"})
    assert _refusal(data)[0] == "macro-file"


def test_strict_files_and_workbooks_are_refused_by_name() -> None:
    strict = {"_rels/.rels": swap(names.REL_OFFICE_DOCUMENT, names.REL_STRICT_OFFICE_DOCUMENT)}
    assert _refusal(changed(deck(), strict))[0] == "strict-file"
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    code, message = _refusal(changed(deck(), {TYPES: swap(names.CT_PRESENTATION, sheet)}))
    assert (code, "Excel" in message) == ("not-an-office-file", True)


@pytest.mark.parametrize(
    ("edit", "drop", "code"),
    [
        ({}, [TYPES], "not-an-office-file"),
        ({}, ["_rels/.rels"], "not-an-office-file"),
        ({}, ["ppt/presentation.xml"], "not-an-office-file"),
        ({TYPES: swap("<Types", "<Typos")}, [], "broken-part"),
        ({MAIN_RELS: swap('Id="rId1"', 'Id="rId2"')}, [], "duplicate-relationship"),
        (
            {MAIN_RELS: lambda x: x.replace("<Rel", '<!DOCTYPE x [<!ENTITY a "b">]><Rel', 1)},
            [],
            "broken-part",
        ),
    ],
)
def test_broken_packages_are_refused(edit: dict, drop: list[str], code: str) -> None:
    assert _refusal(changed(deck(), edit, drop=drop))[0] == code


def test_relationships_that_lead_nowhere_are_dropped_and_told() -> None:
    rel = f'<Relationship Id="rIdX" Type="{names.REL_IMAGE}" Target="NULL"/></Relationships>'
    data = changed(deck(), {MAIN_RELS: swap("</Relationships>", rel)})
    assert _warnings(data) == ["dangling-relationship"]
    again = b"".join(write_package(_opened(data)))
    assert _warnings(again) == []
    assert _opened(again).main.relationship("rIdX") is None


def test_targets_are_found_in_another_case_or_escaped() -> None:
    rels = "ppt/slides/_rels/slide1.xml.rels"
    assert _warnings(changed(deck(), {rels: swap("media/image1", "Media/IMAGE1")})) == ["relationship-case"]
    assert _warnings(changed(deck(), {rels: swap("media/image1", "media/%69mage1")})) == []


def test_a_part_without_a_content_type_is_guessed_or_left_out() -> None:
    data = changed(deck(), {TYPES: swap('Extension="jpeg"', 'Extension="jpgx"')}, add={"junk": b"1"})
    package = _opened(data)
    assert set(_warnings(data)) == {"part-without-content-type"}
    assert "junk" not in package.parts
    assert package.get("docProps/thumbnail.jpeg") is not None
    assert _warnings(b"".join(write_package(package))) == []


def test_writing_an_unchanged_package_copies_everything() -> None:
    package = _opened(deck())
    again = _opened(b"".join(write_package(package)))
    assert list(again.parts) == list(package.parts)
    for name, part in package.parts.items():
        assert again.parts[name].member.packed == part.member.packed
        assert again.parts[name].relationships == part.relationships


def test_added_replaced_and_removed_parts_are_in_the_new_file_and_the_old_value_stays() -> None:
    package = _opened(deck())
    notes = Part.of("ppt/notes.txt", "text/plain", b"hello")
    slide = package.parts["ppt/slides/slide1.xml"]
    link = Relationship("rId99", names.REL_CUSTOM_XML, notes.name)
    external = Relationship("rId98", names.REL_HYPERLINK, "https://a.b/?x=1&y=2", True)
    new = package.with_parts(
        [notes, slide.with_relationships([*slide.relationships, link, external])],
        remove=["/docProps/thumbnail.jpeg"],
        relationships=[r for r in package.relationships if r.type != names.REL_THUMBNAIL],
    )
    again = _opened(b"".join(write_package(new)))
    assert again.parts["ppt/notes.txt"].data() == b"hello"
    assert again.parts[slide.name].relationships[-2:] == (link, external)
    assert "docProps/thumbnail.jpeg" in package.parts and "docProps/thumbnail.jpeg" not in again.parts


def test_a_written_package_opens_in_python_pptx_and_python_docx() -> None:
    import docx
    from pptx import Presentation

    slide = _opened(deck()).parts["ppt/slides/slide1.xml"]
    data = slide.data().replace(b"Good deck", b"Other deck")
    made = b"".join(write_package(_opened(deck()).with_parts([slide.with_data(data)])))
    assert Presentation(io.BytesIO(made)).slides[0].shapes.title.text == "Other deck"
    whole = b"".join(write_package(_opened(document())))
    assert docx.Document(io.BytesIO(whole)).paragraphs[0].text == "Proposal"


def test_writing_is_deterministic() -> None:
    def made() -> bytes:
        package = _opened(deck())
        return b"".join(
            write_package(package.with_parts([Part.of("ppt/x.xml", "application/x+xml", b"<x/>")]))
        )

    assert made() == made()


def test_part_names_are_free_and_counted_on() -> None:
    taken = PartNames(["ppt/slides/slide1.xml", "ppt/slides/Slide2.xml", "/ppt/media/logo.png"])
    assert [taken.take("/ppt/slides/slide{n}.xml") for _ in range(2)] == [
        "ppt/slides/slide3.xml",
        "ppt/slides/slide4.xml",
    ]
    assert taken.take("ppt/media/logo.png") == "ppt/media/logo2.png"
    assert taken.add("ppt/new.xml") and not taken.add("PPT/new.xml")


def test_ten_thousand_names_take_no_time_to_speak_of() -> None:
    taken = PartNames([])
    assert len({taken.take("ppt/slides/slide{n}.xml") for _ in range(10_000)}) == 10_000
    assert taken.take("ppt/slides/slide{n}.xml") == "ppt/slides/slide10001.xml"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not here")
def test_every_corpus_file_opens_and_is_written_again_without_loss() -> None:
    files = sorted(p for p in CORPUS.glob("d*/*/*.*") if p.suffix in (".pptx", ".potx", ".docx"))
    for path in files:
        package, found = open_package(path)
        assert package is not None, (path.name, found)
        again, found = open_package(b"".join(write_package(package)))
        assert again is not None and not found, path.name
        assert {n: p.member.crc for n, p in again.parts.items()} == {
            n: p.member.crc for n, p in package.parts.items()
        }
        assert all(again.parts[n].relationships == p.relationships for n, p in package.parts.items()), (
            path.name
        )
