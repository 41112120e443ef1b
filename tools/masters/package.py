"""The bare presentation package: content types, relationships, presentation, master, layouts, theme, properties."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from masters.brand import NAME, SLIDE_HEIGHT, SLUG, emu
from masters.layouts import LAYOUTS, layout_xml, master_xml
from masters.shapes import NS, Level
from masters.theme import table_styles_xml, theme_xml

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CT = "application/vnd.openxmlformats-officedocument"
EPOCH = (2026, 1, 1, 0, 0, 0)


def relationships(*targets: tuple[str, str]) -> str:
    """A .rels part: (kind or full type, target) become rId1, rId2 …"""
    items = "".join(
        f'<Relationship Id="rId{n}" Type="{kind if "://" in kind else f"{REL}/{kind}"}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{items}</Relationships>'


def core_xml(title: str, *, language: str = "en-GB") -> str:
    """docProps/core.xml with fixed dates."""
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:creator>{NAME}</dc:creator><cp:lastModifiedBy>{NAME}</cp:lastModifiedBy>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">2026-01-01T00:00:00Z</dcterms:created>'
        '<dcterms:modified xsi:type="dcterms:W3CDTF">2026-01-01T00:00:00Z</dcterms:modified>'
        f"<dc:language>{language}</dc:language></cp:coreProperties>"
    )


def app_xml(application: str) -> str:
    """docProps/app.xml."""
    return (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>{application}</Application><Company>{NAME}</Company></Properties>"
    )


def _presentation_xml() -> str:
    defaults = "".join(Level(18, left=0.5 * n).xml(n + 1) for n in range(9))
    return (
        f'<p:presentation {NS} saveSubsetFonts="1"><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/>'
        f'</p:sldMasterIdLst><p:sldSz cx="12192000" cy="{emu(SLIDE_HEIGHT)}"/><p:notesSz cx="6858000" cy="9144000"/>'
        f'<p:defaultTextStyle><a:defPPr><a:defRPr lang="en-GB"/></a:defPPr>{defaults}</p:defaultTextStyle></p:presentation>'
    )


def _content_types() -> str:
    parts = {
        "/ppt/presentation.xml": f"{CT}.presentationml.presentation.main+xml",
        "/ppt/slideMasters/slideMaster1.xml": f"{CT}.presentationml.slideMaster+xml",
        "/ppt/theme/theme1.xml": f"{CT}.theme+xml",
        "/ppt/presProps.xml": f"{CT}.presentationml.presProps+xml",
        "/ppt/viewProps.xml": f"{CT}.presentationml.viewProps+xml",
        "/ppt/tableStyles.xml": f"{CT}.presentationml.tableStyles+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": f"{CT}.extended-properties+xml",
    }
    for n in range(1, len(LAYOUTS) + 1):
        parts[f"/ppt/slideLayouts/slideLayout{n}.xml"] = f"{CT}.presentationml.slideLayout+xml"
    overrides = "".join(f'<Override PartName="{p}" ContentType="{t}"/>' for p, t in parts.items())
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f"{overrides}</Types>"
    )


def bare_deck(assets: Path, title: str) -> bytes:
    """The deck master without slides."""
    count = len(LAYOUTS)
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": relationships(
            ("officeDocument", "ppt/presentation.xml"),
            ("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
            ("extended-properties", "docProps/app.xml"),
        ),
        "docProps/core.xml": core_xml(title),
        "docProps/app.xml": app_xml("Microsoft Office PowerPoint"),
        "ppt/presentation.xml": _presentation_xml(),
        "ppt/_rels/presentation.xml.rels": relationships(
            ("slideMaster", "slideMasters/slideMaster1.xml"), ("theme", "theme/theme1.xml"),
            ("presProps", "presProps.xml"), ("viewProps", "viewProps.xml"), ("tableStyles", "tableStyles.xml"),
        ),
        "ppt/presProps.xml": f"<p:presentationPr {NS}/>",
        "ppt/viewProps.xml": f"<p:viewPr {NS}/>",
        "ppt/tableStyles.xml": table_styles_xml(),
        "ppt/theme/theme1.xml": theme_xml(),
        "ppt/slideMasters/slideMaster1.xml": master_xml(count),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": relationships(
            *[("slideLayout", f"../slideLayouts/slideLayout{n}.xml") for n in range(1, count + 1)],
            ("theme", "../theme/theme1.xml"), ("image", "../media/logo.png"),
        ),
        "ppt/media/logo.png": (assets / f"{SLUG}-logo.png").read_bytes(),
        "ppt/media/logo-white.png": (assets / f"{SLUG}-logo-white.png").read_bytes(),
    }  # fmt: skip
    for n, layout in enumerate(LAYOUTS, 1):
        xml = layout_xml(*layout)
        parts[f"ppt/slideLayouts/slideLayout{n}.xml"] = xml
        logo = "logo.png" if layout[0] == "Quote" else "logo-white.png"
        images = [("image", f"../media/{logo}")] if "rId2" in xml else []
        rels = relationships(("slideMaster", "../slideMasters/slideMaster1.xml"), *images)
        parts[f"ppt/slideLayouts/_rels/slideLayout{n}.xml.rels"] = rels
    return zipped(parts)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """The parts as a package with fixed dates; text parts get the XML declaration."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            raw = (
                (data if data.startswith("<?xml") else HEAD + data).encode()
                if isinstance(data, str)
                else data
            )
            archive.writestr(zipfile.ZipInfo(name, EPOCH), raw, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
