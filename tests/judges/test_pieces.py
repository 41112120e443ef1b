"""Every sample prospect × template, judged from outside."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from judges import ROOT, sdk_errors, sdk_validator, to_pdf

from collateral.build import PieceResult, Workspace
from collateral.diagnostics import has_errors

DAY = date(2026, 11, 30)
Pieces = list[PieceResult]


@pytest.fixture(scope="module")
def pieces(tmp_path_factory: pytest.TempPathFactory, cache_folder: Path) -> Pieces:
    """All pieces of the sample workspace."""
    workspace = Workspace(ROOT, cache_folder=cache_folder)
    folder = tmp_path_factory.mktemp("pieces")
    prospects, _ = workspace.prospects()
    return [
        r
        for p in prospects
        for r in workspace.generate(p, list(workspace.library.templates), as_of=DAY, folder=folder)
    ]


def test_every_prospect_and_template_gives_a_piece(pieces: Pieces) -> None:
    assert len(pieces) >= 10 * 6
    assert [(r.prospect, r.template) for r in pieces if r.path is None or has_errors(r.diagnostics)] == []


def test_open_xml_sdk_finds_nothing_wrong(pieces: Pieces) -> None:
    sdk_validator()
    files = [r.path for r in pieces if r.path is not None and r.path.suffix in (".pptx", ".docx")]
    with ThreadPoolExecutor(2) as pool:
        found = dict(zip(files, pool.map(sdk_errors, files), strict=True))
    assert {f.name: e for f, e in found.items() if e} == {}


def test_open_xml_sdk_finds_nothing_wrong_with_slides_whose_tables_go_on(
    sample: Path, cache_folder: Path, tmp_path: Path
) -> None:
    sdk_validator()
    file = sample / "prospects" / "van-dijk.yaml"
    steps = "".join(f"  - {{what: Stap {n}, who: Joris, by: 2026-12-{n:02d}}}\n" for n in range(1, 29))
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("next_steps:\n", f"next_steps:\n{steps}"), encoding="utf-8")
    workspace = Workspace(sample, cache_folder=cache_folder)
    (made,) = workspace.generate("van-dijk", ["pitch-deck"], as_of=DAY, folder=tmp_path)
    assert made.path is not None, made.diagnostics
    assert sdk_errors(made.path) == []


def test_libreoffice_opens_decks_and_documents(pieces: Pieces, tmp_path: Path) -> None:
    wanted = [r for r in pieces if r.prospect in ("van-dijk", "hostile-values", "very-long-names")]
    files = [r.path for r in wanted if r.path is not None and r.path.suffix in (".pptx", ".docx")]
    pdfs = to_pdf(files, tmp_path)
    assert all(pdf.stat().st_size > 5_000 for pdf in pdfs)


def test_libreoffice_shows_links_and_bold_at_the_start_of_a_block(tmp_path: Path) -> None:
    """It loses both in the first paragraph of a content control that does not say it came from a gallery."""
    from docx import Document

    from collateral.ooxml.record import word_control

    head, foot = word_control("why", "why")
    link = '<w:hyperlink w:anchor="here"><w:r><w:rPr><w:b/></w:rPr><w:t>bold link</w:t></w:r></w:hyperlink>'
    document = Document()
    document.save(str(tmp_path / "block.docx"))
    file = tmp_path / "block.docx"
    with zipfile.ZipFile(file) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    rest = '<w:r><w:t xml:space="preserve"> after it</w:t></w:r>'
    block = head + f"<w:p>{link}{rest}</w:p>".encode() + foot
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:sectPr", block + b"<w:sectPr", 1)
    with zipfile.ZipFile(file, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)
    (pdf,) = to_pdf([file], tmp_path)
    text = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    assert "bold link after it" in text
    assert "HYPERLINK" not in text
    fonts = subprocess.run(["pdffonts", str(pdf)], capture_output=True, text=True, check=True).stdout
    assert "Bold" in fonts


def test_no_other_prospects_name_is_in_a_piece(pieces: Pieces) -> None:
    from pptx import Presentation

    names = {r.prospect: r.prospect.replace("-", " ").title() for r in pieces}
    for result in (r for r in pieces if r.piece == "deck" and r.path is not None):
        shapes = [
            s for slide in Presentation(str(result.path)).slides for s in slide.shapes if s.has_text_frame
        ]
        text = "\n".join(s.text_frame.text for s in shapes)
        others = [name for prospect, name in names.items() if prospect != result.prospect and name in text]
        assert others == [], result.path
