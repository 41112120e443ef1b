"""Word content poured into a small document made with python-docx, and ways to read what came out."""

from __future__ import annotations

import hashlib
import io
import zipfile
from functools import lru_cache
from typing import Any

import docx
from docx.document import Document
from PIL import Image as Pillow

from collateral.diagnostics import Diagnostic
from collateral.model import content as c
from collateral.ooxml import compile_template
from collateral.ooxml.package import open_package
from collateral.ooxml.template.filling.document import DocumentTemplate
from collateral.ooxml.values import Fragment, Image
from collateral.ooxml.word.nodes import WordSetting, word_content
from collateral.ooxml.word.styles import WordStyles, read_styles

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SLOT = '{{p slot("body") }}'


def saved(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


@lru_cache(1)
def master() -> tuple[DocumentTemplate, WordStyles]:
    """python-docx's own document with one slot."""
    document = docx.Document()
    document.add_paragraph(SLOT)
    return compiled(saved(document))


def compiled(data: bytes) -> tuple[DocumentTemplate, WordStyles]:
    """A master of bytes, ready to be filled."""
    template, found = compile_template(data, file="master.docx")
    assert isinstance(template, DocumentTemplate), found
    package, _ = open_package(data, file="master.docx")
    assert package is not None
    return template, read_styles(package)


def poured(*fragments: Fragment, template: DocumentTemplate | None = None) -> bytes:
    """The bytes of a document with the fragments in its slot."""
    chunks, found = (template or master()[0]).fill({}, slots={"body": fragments})
    assert chunks is not None, found
    return b"".join(chunks)


def written(
    *nodes: c.Node, images: dict[str, Image] | None = None, language: str = "en"
) -> tuple[bytes, list[Diagnostic]]:
    """A document with these nodes in its body, and what could not be written."""
    setting = WordSetting(master()[1], language, images or {})
    fragment, found = word_content(nodes, setting)
    return poured(fragment), found


def document(*nodes: c.Node, **options: Any) -> Document:
    """The same, read back by python-docx; nothing may have gone wrong."""
    data, found = written(*nodes, **options)
    assert found == []
    return opened(data)


def text(words: str, **look: Any) -> tuple[c.Run, ...]:
    return (c.Run(words, **look),)


def para(words: str, **look: Any) -> c.Paragraph:
    return c.Paragraph(text(words), **look)


def texts(of: Document) -> list[str]:
    """The paragraphs that say something."""
    return [p.text for p in of.paragraphs if p.text]


def numbering_of(of: Document) -> list[tuple[str, str, str]]:
    """(list instance, level, text) of the paragraphs that name a list themselves."""
    found = []
    for p in of.paragraphs:
        numbers = p._p.pPr.numPr if p._p.pPr is not None else None
        if numbers is not None:
            found.append((numbers.numId.val, numbers.ilvl.val if numbers.ilvl is not None else 0, p.text))
    return found


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return {name: source.read(name) for name in source.namelist()}


def png(width: int, height: int, color: str = "navy") -> bytes:
    buffer = io.BytesIO()
    Pillow.new("RGB", (width, height), color).save(buffer, "PNG")
    return buffer.getvalue()


def image(width: int = 200, height: int = 100, *, svg: bytes | None = None, color: str = "navy") -> Image:
    data = png(width, height, color)
    return Image(data, "image/png", width, height, hashlib.sha256(data + (svg or b"")).hexdigest(), svg=svg)
