"""Where PDFs go."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from collateral.build.pdf import pdf_path, write_pdf

# what stands for LibreOffice writes its settings where it would write the PDF
OFFICE = """#!/bin/sh
for word in "$@"; do case "$word" in -env:*) profile="${word#*file://}";; esac; done
cp "$profile/user/registrymodifications.xcu" "$7/Offer.pdf"
"""


def test_pdf_stands_beside_its_piece(tmp_path: Path) -> None:
    assert pdf_path(tmp_path / "Offer.docx").name == "Offer.pdf"


def test_deck_and_document_of_one_name_have_a_pdf_each(tmp_path: Path) -> None:
    for ending in ("pptx", "docx"):
        (tmp_path / f"Offer.{ending}").touch()
    assert {pdf_path(tmp_path / f"Offer.{e}").name for e in ("pptx", "docx")} == {
        "Offer.pptx.pdf",
        "Offer.docx.pdf",
    }


@pytest.mark.parametrize(("language", "wanted"), [("nl", "nl-NL"), ("", "en-US"), ("<x>", "en-US")])
def test_pdf_is_tagged_and_in_the_language_of_the_piece(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, wanted: str
) -> None:
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(OFFICE, encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    piece = Document()
    piece.core_properties.language = language
    piece.save(str(tmp_path / "Offer.docx"))
    assert write_pdf(tmp_path / "Offer.docx") == []
    settings = (tmp_path / "Offer.pdf").read_text(encoding="utf-8")
    assert f"<value>{wanted}</value>" in settings
    assert 'name="UseTaggedPDF" oor:op="fuse"><value>true</value>' in settings
