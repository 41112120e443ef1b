"""An Office file → a PDF beside it, by LibreOffice with a profile of its own."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from collateral.diagnostics import Diagnostic, Place

SECONDS = 180
OFFICE = frozenset({".pptx", ".docx"})


def pdf_path(path: Path) -> Path:
    """Where the PDF of a piece goes: "Offer.pdf", or "Offer.docx.pdf" where an "Offer.pptx" has its own beside it."""
    others = [path.with_suffix(ending) for ending in OFFICE if ending != path.suffix]
    return path.with_name(f"{path.name}.pdf") if any(map(Path.exists, others)) else path.with_suffix(".pdf")


def write_pdf(path: Path) -> list[Diagnostic]:
    """Write PATH's PDF next to it; a diagnostic says why there is none."""
    if path.suffix not in OFFICE:
        return []
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return [
            Diagnostic.error(
                "no-libreoffice",
                "a PDF needs LibreOffice, which is not here",
                Place(str(path)),
                "install LibreOffice, or print to PDF from PowerPoint or Word",
            )
        ]
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder, "profile").as_uri()
        command = [
            program,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--norestore",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            str(path),
        ]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)  # noqa: S603  our own command line, no shell
            shutil.move(Path(folder, path.stem + ".pdf"), pdf_path(path))
        except (OSError, subprocess.SubprocessError) as error:
            return [Diagnostic.error("no-pdf", f"LibreOffice made no PDF: {error}", Place(str(path)))]
    return []
