"""Masters made ready: compiled once, kept in memory, and on disk where there is a cache folder.

In: the workspace's files. Out: for each template and language a *kit*: the compiled master and what the composer may
know of it. The designed slides of all blocks are moved into the deck master here, at compile time, so that rendering
only chooses slides.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from collateral.build.homes import Homes
from collateral.build.kit_values import DeckKit, DocumentKit, EmailKit, Found, Kit
from collateral.diagnostics import Diagnostic, Span, has_errors
from collateral.model.library import Block, Library, Template

if TYPE_CHECKING:
    from collateral.build.table_text import CellMeasure
    from collateral.typeset import FontBook

FONTS = "fonts"
"""The folder of a workspace that holds font files of its own."""


class Kits:
    """The kits of a workspace, each made when it is first asked for."""

    def __init__(self, root: Path, library: Library, cache_folder: Path | None) -> None:
        self.root = root
        self.library = library
        self.cache_folder = cache_folder
        self._kits: dict[tuple[str, str], tuple[Kit | None, Found]] = {}
        self._parts: dict[str, tuple[DocumentKit | None, Found]] = {}

    @cached_property
    def book(self) -> FontBook:
        """The fonts text is measured in: those we have tables of, and those in the workspace's own folder."""
        from collateral.typeset import book_of

        return book_of(self.root / FONTS)

    @cached_property
    def measure_cell(self) -> CellMeasure:
        """How high cells of designed tables are in these fonts."""
        from collateral.build.table_text import CellMeasure

        return CellMeasure(self.book)

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
                return tuple(sorted({*kit.template.fields, *self.part_fields()}))
            case EmailKit():
                return tuple(sorted(kit.template.fields))
            case DeckKit():
                return kit.master.fields
            case _:
                return ()

    def homes(self, template: Template, language: str) -> Homes:
        """Where the slides of a deck's master stood that came from blocks' own files."""
        kit, _ = self.get(template, language)
        return kit.homes if isinstance(kit, DeckKit) else {}

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
            for block in self._designed_blocks("pptx")
        }
        return deck_kit(data, master, sources, self.cache_folder)

    def part(self, file: str) -> tuple[DocumentKit | None, Found]:
        """A part of documents that somebody designed in Word, compiled; its kit's styles are not used."""
        if file not in self._parts:
            from collateral.build.kit_cache import document_kit

            kit, found = document_kit(self._bytes(file)[1], file, self.cache_folder)
            self._parts[file] = kit, tuple(found)
        return self._parts[file]

    def part_fields(self) -> tuple[str, ...]:
        """The dotted paths all designed document parts read."""
        kits = [self.part(block.designed["docx"])[0] for block in self._designed_blocks("docx")]
        return tuple(sorted({path for kit in kits if kit for path in kit.template.fields}))

    def part_problems(self) -> list[Diagnostic]:
        """What is wrong with designed document parts."""
        return [d for block in self._designed_blocks("docx") for d in self.part(block.designed["docx"])[1]]

    def _designed_blocks(self, kind: str) -> Iterator[Block]:
        for languages in self.library.blocks.values():
            for block in languages.values():
                if kind in block.designed:
                    yield block

    def _bytes(self, file: str) -> tuple[str, bytes]:
        try:
            return file, (self.root / file).read_bytes()
        except OSError:
            return file, b""
