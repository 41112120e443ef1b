"""Masters made ready: compiled once, kept in memory, and on disk where there is a cache folder.

In: the workspace's files. Out: for each template and language a *kit*: the compiled master and what the composer may
know of it. The designed slides of all blocks are moved into the deck master here, at compile time, so that rendering
only chooses slides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from collateral.diagnostics import Diagnostic, Span, has_errors
from collateral.model.frames import DeckMaster, MasterSlide
from collateral.model.library import Block, BlockId, Library, Template
from collateral.plan.materials import Designed

if TYPE_CHECKING:
    from collateral.ooxml.package import Package
    from collateral.ooxml.template.deck import DeckTemplate
    from collateral.ooxml.template.document import DocumentTemplate
    from collateral.ooxml.word.styles import WordStyles
    from collateral.render.html_template import HtmlTemplate

Found = tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class DeckKit:
    """A deck master with the designed slides of all blocks."""

    template: DeckTemplate
    master: DeckMaster
    designed: Mapping[tuple[BlockId, str], Designed]
    table_style: str | None = None  # the id of the master's default table style


@dataclass(frozen=True, slots=True)
class DocumentKit:
    """A Word master and the styles its content is written in."""

    template: DocumentTemplate
    styles: WordStyles


@dataclass(frozen=True, slots=True)
class EmailKit:
    """An HTML master."""

    template: HtmlTemplate


Kit = DeckKit | DocumentKit | EmailKit


class Kits:
    """The kits of a workspace, each made when it is first asked for."""

    def __init__(self, root: Path, library: Library, cache_folder: Path | None) -> None:
        self.root = root
        self.library = library
        self.cache_folder = cache_folder
        self._kits: dict[tuple[str, str], tuple[Kit | None, Found]] = {}

    def get(self, template: Template, language: str) -> tuple[Kit | None, Found]:
        """The kit of a template in a language; None with errors when its master cannot be used."""
        master = template.masters.get(language, template.master)
        if master is None:
            missing = Diagnostic.error(
                "no-master", f'template "{template.id}" has no master', Span(template.path)
            )
            return None, (missing,)
        return self.of(template.piece, master)

    def of(self, piece: str, master: str) -> tuple[Kit | None, Found]:
        """The kit of a master file, relative to the workspace."""
        key = (piece, master)
        if key not in self._kits:
            kit, found = self._make(piece, master)
            self._kits[key] = kit, tuple(found)
        return self._kits[key]

    def fields(self, template: Template, language: str) -> tuple[str, ...]:
        """The dotted paths a master's own tags read."""
        kit, _ = self.get(template, language)
        match kit:
            case DocumentKit():
                return tuple(kit.template.fields)
            case EmailKit():
                return tuple(sorted(kit.template.fields))
            case _:
                return ()

    def _make(self, piece: str, master: str) -> tuple[Kit | None, list[Diagnostic]]:
        try:
            data = (self.root / master).read_bytes()
        except OSError as error:
            reason = f'cannot read the master "{master}": {error.strerror or error}'
            return None, [Diagnostic.error("unreadable-master", reason, Span(master))]
        if piece == "email":
            return self._email(data, master)
        if piece == "deck":
            return self._deck(data, master)
        return self._document(data, master)

    def _email(self, data: bytes, master: str) -> tuple[Kit | None, list[Diagnostic]]:
        from collateral.render.html_template import compile_html

        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            return None, [
                Diagnostic.error("wrong-encoding", f"byte {error.start} is not UTF-8", Span(master))
            ]
        template, found = compile_html(text, master)
        return (None if has_errors(found) else EmailKit(template)), found

    def _document(self, data: bytes, master: str) -> tuple[Kit | None, list[Diagnostic]]:
        from collateral.build.kit_cache import document_kit

        return document_kit(data, master, self.cache_folder)

    def _deck(self, data: bytes, master: str) -> tuple[Kit | None, list[Diagnostic]]:
        from collateral.build.kit_cache import deck_kit

        sources = {
            (block.id, block.language): self._bytes(block.designed["pptx"])
            for block in self._designed_blocks()
        }
        return deck_kit(data, master, sources, self.cache_folder)

    def _designed_blocks(self) -> Iterator[Block]:
        for languages in self.library.blocks.values():
            for block in languages.values():
                if "pptx" in block.designed:
                    yield block

    def _bytes(self, file: str) -> tuple[str, bytes]:
        try:
            return file, (self.root / file).read_bytes()
        except OSError:
            return file, b""


def combine(
    package: Package, sources: Mapping[tuple[BlockId, str], tuple[str, bytes]]
) -> tuple[Package, dict[tuple[BlockId, str], tuple[int, ...]], list[Diagnostic]]:
    """The master with the slides of all designed blocks appended, and the numbers (from 1) each block's slides got."""
    from collateral.ooxml.package import open_package
    from collateral.ooxml.slides import import_slides

    numbers: dict[tuple[BlockId, str], tuple[int, ...]] = {}
    found: list[Diagnostic] = []
    for key in sorted(sources):
        file, data = sources[key]
        source, problems = open_package(data, file=file)
        found += problems
        if source is None:
            continue
        package, arrived, problems = import_slides(package, source)
        found += problems
        numbers[key] = tuple(slide.number for slide in arrived)
    return package, numbers, found


def default_table_style(package: Package) -> str | None:
    """The id of the table style the master's designer made the default."""
    from collateral.ooxml.xml import XmlError, parse_xml

    for part in package.related(package.main, "tableStyles"):
        try:
            return parse_xml(part.data()).get("def")
        except XmlError:
            return None
    return None


def describe(
    package: Package, template: DeckTemplate, numbers: Mapping[tuple[BlockId, str], tuple[int, ...]]
) -> tuple[DeckMaster, dict[tuple[BlockId, str], Designed], list[Diagnostic]]:
    """The master as values, the designed slides of blocks among its slides as `BLOCK.LANGUAGE#N`."""
    from collateral.ooxml.frames import read_master, read_slide_frames

    master, found = read_master(package)
    slides: dict[str, MasterSlide] = {}
    for slide in master.slides.values():
        compiled = template.slides[slide.index]
        slides[slide.id] = replace(slide, title=slide.title or compiled.title, fields=tuple(compiled.fields))
    designed: dict[tuple[BlockId, str], Designed] = {}
    for (block, language), places in numbers.items():
        ids = tuple(f"{block}.{language}#{n}" for n in range(1, len(places) + 1))
        designed[block, language] = Designed(ids)
        for slide_id, number in zip(ids, places, strict=True):
            compiled = template.slides[number - 1]
            shapes, problems = read_slide_frames(package, package.parts[compiled.owned[0].name])
            found += problems
            slides[slide_id] = MasterSlide(
                slide_id, number - 1, compiled.title, None, tuple(compiled.fields), shapes
            )
    return replace(master, slides=slides), designed, found
