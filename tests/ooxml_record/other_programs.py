"""What LibreOffice makes of a piece when it saves it, done by hand: where the record goes, and which marks are dropped."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping

_CUSTOM = re.compile(r'<Relationship [^>]*/customXml"[^>]*/>')
_TAGS = re.compile(r'<Relationship [^>]*/relationships/tags"[^>]*/>')


def saved_as_libreoffice_does(data: bytes) -> bytes:
    """The record hangs on the package under another name; slides have no tags, other names and numbers of shapes and every
    look written out; blocks have no content controls."""
    members = _members(data)
    moved = {name.replace("item1", "item7"): content for name, content in members.items()}
    edits: Mapping[str, Callable[[str], str]] = {
        r"_rels/\.rels": lambda text: text.replace("</Relationships>", _ON_PACKAGE + "</Relationships>"),
        r"(ppt|word)/_rels/(presentation|document)\.xml\.rels": lambda text: _CUSTOM.sub("", text),
        r"customXml/_rels/item7\.xml\.rels": lambda text: text,
        r"ppt/slides/_rels/.*": lambda text: _TAGS.sub("", text),
        r"ppt/slides/slide\d+\.xml": _plain_slide,
        r"word/document\.xml": _without_controls,
        r"\[Content_Types\]\.xml": lambda text: re.sub(r'<Override PartName="/ppt/tags/[^>]*/>', "", text),
    }
    kept = {name: content for name, content in moved.items() if not name.startswith("ppt/tags/")}
    for pattern, edit in edits.items():
        for name in kept:
            if re.fullmatch(pattern, name):
                kept[name] = edit(kept[name].decode()).encode()
    return _zipped(kept)


_ON_PACKAGE = (
    '<Relationship Id="rIdMoved" Target="../customXml/item7.xml"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"/>'
)


def edited(data: bytes, part: str, edit: Callable[[str], str]) -> bytes:
    """The file with one part edited."""
    members = _members(data)
    text = members[part].decode()
    assert edit(text) != text
    return _zipped({**members, part: edit(text).encode()})


def _plain_slide(text: str) -> str:
    text = re.sub(r"<p:custDataLst>.*?</p:custDataLst>", "", text)
    text = re.sub(r'<p:cNvPr id="(\d+)"', lambda m: f'<p:cNvPr id="{int(m[1]) + 400}"', text)
    text = re.sub(
        r'name="(Title|Subtitle|Text Placeholder|Content Placeholder)[^"]*"', 'name="PlaceHolder 1"', text
    )
    return re.sub(r"<a:rPr(?![^>]* sz=)", '<a:rPr sz="2000"', text).replace(
        "<a:r><a:t>", '<a:r><a:rPr sz="2000"/><a:t>'
    )


def _without_controls(text: str) -> str:
    text = re.sub(r"<w:sdtPr>.*?</w:sdtPr>", "", text)
    return re.sub(r"</?w:sdt(Content|EndPr)?\s*/?>", "", text)


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zipped(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()
