"""The Office engine: tagged .pptx and .docx files → programs that fill them; a library of its own.

    template, problems = compile_template(Path("offer.docx"))          # once
    chunks, problems = template.fill({"prospect": {"name": "Acme"}})    # for each piece
    Path("out.docx").write_bytes(b"".join(chunks))

`fill(source, data)` does both, `inspect(source)` tells which fields a file needs, `load_picture(Path("logo.png"))` gives a
value where a template wants a picture. Everything is imported when it is first
used: filling from a compiled template needs neither lxml nor Jinja.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collateral.diagnostics import Diagnostic
    from collateral.expressions import Formats
    from collateral.ooxml.package import Package
    from collateral.ooxml.template.compiling.inspect import Inspection
    from collateral.ooxml.template.filling.deck import DeckTemplate
    from collateral.ooxml.template.filling.document import DocumentTemplate
    from collateral.ooxml.template.tables.values import MeasureCell
    from collateral.ooxml.values import Image

__all__ = ["compile_template", "fill", "inspect", "load_picture"]


def compile_template(
    source: Package | bytes | Path, *, file: str | None = None
) -> tuple[DeckTemplate | DocumentTemplate | None, list[Diagnostic]]:
    """The compiled template of a tagged file, or None and all that is wrong with it.

    `file` is the name diagnostics use. A deck gives a `DeckTemplate`, a document a `DocumentTemplate`; both have `fill`.
    """
    from collateral.ooxml.package import open_package

    found: list[Diagnostic] = []
    if isinstance(source, bytes | Path):
        opened, found = open_package(source, file=file)
        if opened is None:
            return None, found
        source = opened
    template, more = _compile(source)
    return template, [*found, *more]


def _compile(package: Package) -> tuple[DeckTemplate | DocumentTemplate | None, list[Diagnostic]]:
    if package.is_deck:
        from collateral.ooxml.template.compiling.compile_deck import compile_deck

        return compile_deck(package)
    from collateral.ooxml.template.compiling.compile_document import compile_document

    return compile_document(package)


def fill(
    source: Package | bytes | Path,
    data: Mapping[str, Any],
    *,
    file: str | None = None,
    formats: Formats | None = None,
    measure: MeasureCell | None = None,
) -> tuple[bytes | None, list[Diagnostic]]:
    """The filled file, or None and every place where a value is missing or a tag is wrong.

    With `measure`, which says how high a table cell's text is, tables of a deck go on on further slides.
    """
    from collateral.expressions import Formats
    from collateral.ooxml.template.filling.deck import DeckTemplate

    template, found = compile_template(source, file=file)
    if template is None:
        return None, found
    formats = formats or Formats()
    if isinstance(template, DeckTemplate):
        chunks, more = template.fill(data, formats=formats, measure=measure)
    else:
        chunks, more = template.fill(data, formats=formats)
    return (b"".join(chunks) if chunks is not None else None), [*found, *more]


def load_picture(
    source: bytes | Path, *, width: str = "", height: str = "", alt: str = ""
) -> tuple[Image | None, list[Diagnostic]]:
    """A picture as a value of the data, or None and why it is none.

    `width` and `height` ("20mm", also cm, in, pt, px) are its size where it stands in the running text of a document and the
    tag asks for no other; its proportions are kept. `alt` tells what is to be seen.
    """
    from collateral.ooxml.drawing.pictures import read_picture

    return read_picture(source, width=width, height=height, alt=alt)


def inspect(
    source: Package | bytes | Path, *, file: str | None = None
) -> tuple[Inspection | None, list[Diagnostic]]:
    """What a file needs and holds: fields with places and kinds, slides, layouts, frames, fonts; None when refused."""
    from collateral.ooxml.package import open_package
    from collateral.ooxml.template.compiling.inspect import inspect_package

    found: list[Diagnostic] = []
    if isinstance(source, bytes | Path):
        opened, found = open_package(source, file=file)
        if opened is None:
            return None, found
        source = opened
    made, more = inspect_package(source)
    return made, [*found, *more]
