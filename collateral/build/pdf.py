"""An Office file → a PDF beside it, by LibreOffice with a profile of its own.

The PDF has tags, so that screen readers know its titles, lists, tables and pictures, and the language of the piece, in whose way
LibreOffice then writes the numbers of charts; what the machine is set to makes no difference.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from collateral.diagnostics import Diagnostic, Place
from collateral.ooxml.drawing.language import office_language
from collateral.ooxml.names import qn
from collateral.ooxml.package import open_package
from collateral.ooxml.xml import XmlError, parse_xml

SECONDS = 180
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Filter/PDF/Export"><prop oor:name="UseTaggedPDF" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{language}</value></prop></item>
</oor:items>
"""
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
        command = [
            program,
            f"-env:UserInstallation={_profile(Path(folder, 'profile'), path).as_uri()}",
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


def _profile(folder: Path, piece: Path) -> Path:
    """A new profile that says how the PDF of a piece is written."""
    (folder / "user").mkdir(parents=True)
    settings = _SETTINGS.format(language=office_language(_language(piece)))
    (folder / "user" / "registrymodifications.xcu").write_text(settings, encoding="utf-8")
    return folder


def _language(piece: Path) -> str:
    """The language a piece says it is written in; "" when it does not."""
    try:
        package, _ = open_package(piece.read_bytes())
        properties = package.get("/docProps/core.xml") if package is not None else None
        return (
            parse_xml(properties.data()).findtext(qn("dc:language")) or "" if properties is not None else ""
        )
    except (OSError, XmlError):
        return ""
