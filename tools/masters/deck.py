"""The deck master: the bare package, filled with designed slides and written with fixed dates."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from masters.brand import NAME
from masters.package import EPOCH, bare_deck
from masters.slides import Words, add_slides

_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def write_deck(path: Path, assets: Path, words: Words) -> None:
    """Write the deck master in one language."""
    from pptx import Presentation

    deck = Presentation(io.BytesIO(bare_deck(assets, f"{NAME} master")))
    deck.core_properties.language = words["lang"]
    add_slides(deck, words, blank_logo())
    buffer = io.BytesIO()
    deck.save(buffer)
    path.write_bytes(settled(buffer.getvalue()))


def blank_logo() -> bytes:
    """The grey card that stands where the customer's logo goes."""
    import resvg_py

    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 536 198"><rect width="536" height="198" rx="10" fill="#E7EBEC"/>'
        '<circle cx="150" cy="99" r="34" fill="#9AA9B2"/><rect x="206" y="78" width="180" height="16" rx="8" fill="#9AA9B2"/>'
        '<rect x="206" y="106" width="120" height="14" rx="7" fill="#BCC7CC"/></svg>'
    )
    return bytes(resvg_py.svg_to_bytes(svg_string=svg))


def settled(data: bytes) -> bytes:
    """The package with fixed dates inside and out, workbooks included; equal input gives equal bytes."""
    source = zipfile.ZipFile(io.BytesIO(data))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            target.writestr(
                zipfile.ZipInfo(item.filename, EPOCH),
                _settled_part(item.filename, source.read(item)),
                zipfile.ZIP_DEFLATED,
            )
    return buffer.getvalue()


def _settled_part(name: str, data: bytes) -> bytes:
    if name.endswith(".xlsx"):
        return settled(data)
    if name.endswith("core.xml"):
        return _STAMP.sub(rb"\g<1>2026-01-01T00:00:00Z\g<2>", data)
    return data
