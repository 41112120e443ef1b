"""Compiling masters, through the cache folder where there is one.

A compiled master is kept under a digest of everything it was made from: the master's bytes, the designed slides moved
into it, and the version of the engine. What is damaged is compiled anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from collateral.build.kits import DeckKit, DocumentKit, combine, default_table_style, describe
from collateral.diagnostics import Diagnostic, has_errors
from collateral.model.library import BlockId
from collateral.ooxml.package import open_package

Sources = Mapping[tuple[BlockId, str], tuple[str, bytes]]


def document_kit(
    data: bytes, master: str, cache_folder: Path | None
) -> tuple[DocumentKit | None, list[Diagnostic]]:
    """A Word master, compiled."""
    from collateral.ooxml.template.compile_document import compile_document
    from collateral.ooxml.word.styles import read_styles

    package, found = open_package(data, file=master)
    if package is None:
        return None, found
    template, problems = compile_document(package)
    found += problems
    if template is None or has_errors(found):
        return None, found
    return DocumentKit(template, read_styles(package)), found


def deck_kit(
    data: bytes, master: str, sources: Sources, cache_folder: Path | None
) -> tuple[DeckKit | None, list[Diagnostic]]:
    """A deck master with the designed slides of blocks, compiled."""
    from collateral.ooxml.template.compile_deck import compile_deck

    package, found = open_package(data, file=master)
    if package is None:
        return None, found
    package, numbers, problems = combine(package, sources)
    found += problems
    template, problems = compile_deck(package)
    found += problems
    if template is None or has_errors(found):
        return None, found
    described, designed, problems = describe(package, template, numbers)
    return DeckKit(template, described, designed, default_table_style(package)), [*found, *problems]
