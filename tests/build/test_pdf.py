"""Where PDFs go."""

from __future__ import annotations

from pathlib import Path

from collateral.build.pdf import pdf_path


def test_pdf_stands_beside_its_piece(tmp_path: Path) -> None:
    assert pdf_path(tmp_path / "Offer.docx").name == "Offer.pdf"


def test_deck_and_document_of_one_name_have_a_pdf_each(tmp_path: Path) -> None:
    for ending in ("pptx", "docx"):
        (tmp_path / f"Offer.{ending}").touch()
    assert {pdf_path(tmp_path / f"Offer.{e}").name for e in ("pptx", "docx")} == {
        "Offer.pptx.pdf",
        "Offer.docx.pdf",
    }
