"""Compiling masters, through the cache folder where there is one.

A compiled master is kept under a digest of everything it was made from: the master's bytes, the designed slides moved into
it, and our code. What is damaged is compiled anew; the folder may be deleted at any time.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from collateral.build.homes import at_home, homes_of
from collateral.build.kit_values import DeckKit, DocumentKit
from collateral.build.stores import ByteStore
from collateral.diagnostics import Diagnostic, Place, Severity, has_errors
from collateral.diagnostics.hashes import blake2b
from collateral.model.library import BlockId
from collateral.model.sealed import code_version
from collateral.ooxml.template.filling.cache import dump, engine_version, load

if TYPE_CHECKING:
    from collateral.ooxml.package import Package
    from collateral.ooxml.validate import PartScan

Sources = Mapping[tuple[BlockId, str], tuple[str, bytes]]
Found = list[Diagnostic]

LEFT_OUT = "its slides are left out until it is right"


def document_kit(data: bytes, master: str, cache_folder: Path | None) -> tuple[DocumentKit | None, Found]:
    """A Word master, compiled."""
    store, key = _store(cache_folder), _key("document", master, data, {})
    kept = _kept(store, key)
    if isinstance(kept, DocumentKit):
        return kept, list(kept.template.warnings)
    kit, found = _compile_document(data, master)
    if kit is not None:
        kit.template.warnings = tuple(found)
        store[key] = dump(kit)
    return kit, found


def deck_kit(
    data: bytes, master: str, sources: Sources, cache_folder: Path | None
) -> tuple[DeckKit | None, Found]:
    """A deck master with the designed slides of blocks, compiled."""
    store, key = _store(cache_folder), _key("deck", master, data, sources)
    kept = _kept(store, key)
    if isinstance(kept, DeckKit):
        return kept, list(kept.template.warnings)
    kit, found = _compile_deck(data, master, sources)
    if kit is not None:
        kit.template.warnings = tuple(found)
        store[key] = dump(kit)
    return kit, found


def _compile_document(data: bytes, master: str) -> tuple[DocumentKit | None, Found]:
    from collateral.build.master_leaks import master_leaks
    from collateral.ooxml.package import open_package
    from collateral.ooxml.template.compiling.compile_document import compile_document
    from collateral.ooxml.template.parts.descriptions import without_descriptions
    from collateral.ooxml.word.styles import read_styles

    package, found = open_package(data, file=master)
    if package is None:
        return None, found
    if package.is_deck:
        hint = "the master of a document or briefing is a .docx"
        return None, [*found, Diagnostic.error("wrong-master", f'"{master}" is a deck', Place(master), hint)]
    package = without_descriptions(package)
    template, problems = compile_document(package)
    found += problems
    if template is None or has_errors(found):
        return None, found
    found += master_leaks(package)
    return DocumentKit(template, read_styles(package), *_judged(package)), found


def _compile_deck(data: bytes, master: str, sources: Sources) -> tuple[DeckKit | None, Found]:
    """The deck. Designed slides with an error are left out, so that one block does not stop every piece."""
    kit, found = _try_deck(data, master, sources)
    wrong = {d.at.file for d in found if d.severity is Severity.ERROR and d.at is not None}
    rest = {key: source for key, source in sources.items() if source[0] not in wrong}
    if kit is not None or len(rest) == len(sources):
        return kit, found
    kit, more = _compile_deck(data, master, rest)
    gone = [d for d in found if d.at is not None and d.at.file in wrong - {master}]
    return kit, [*more, *(Diagnostic.warning(d.code, d.message, d.at, *d.hints, LEFT_OUT) for d in gone)]


def _try_deck(data: bytes, master: str, sources: Sources) -> tuple[DeckKit | None, Found]:
    from collateral.build.combining import combine, default_table_style, describe
    from collateral.build.master_leaks import master_leaks
    from collateral.ooxml.package import open_package
    from collateral.ooxml.slides import with_table_styles
    from collateral.ooxml.template.compiling.compile_deck import compile_deck
    from collateral.ooxml.template.parts.descriptions import without_descriptions

    package, found = open_package(data, file=master)
    if package is None:
        return None, found
    if not package.is_deck:
        hint = "a deck's master is a .pptx"
        return None, [*found, Diagnostic.error("wrong-master", f'"{master}" is no deck', Place(master), hint)]
    whole, problems = combine(with_table_styles(without_descriptions(package)), sources)
    package, numbers = whole.package, whole.numbers
    homes = homes_of(master, numbers, {key: file for key, (file, _) in sources.items()})
    found += problems
    template, problems = compile_deck(package, whole.homes)
    found += at_home(problems, homes)
    if template is None or has_errors(found):
        return None, found
    described, designed, problems = describe(package, template, numbers)
    found += at_home(problems, homes)
    if has_errors(found):
        return None, found
    shown = {slide.index + 1 for slide in described.slides.values()}
    found += at_home(master_leaks(package, shown), homes)
    style = default_table_style(package)
    return DeckKit(template, described, designed, style, *_judged(package), _looks(package), homes), found


def _judged(package: Package) -> tuple[tuple[Diagnostic, ...], Mapping[bytes, PartScan]]:
    """What is odd about the master itself, which is not held against the pieces, and what its parts hold."""
    from collateral.ooxml.validate import scans_of, validate_package

    return tuple(validate_package(package, tags_allowed=True, leaks=False)), scans_of(package)


def _looks(package: Package) -> Mapping[bytes, str]:
    """What layouts and masters say by themselves, by their members' digests."""
    from collateral.ooxml.names import CT_SLIDE_LAYOUT, CT_SLIDE_MASTER
    from collateral.ooxml.record import look_words

    looks = [p for p in package.parts.values() if p.content_type in (CT_SLIDE_LAYOUT, CT_SLIDE_MASTER)]
    return {part.member.digest: look_words(part.data()) for part in looks}


def _store(cache_folder: Path | None) -> ByteStore:
    return ByteStore(cache_folder / "masters" if cache_folder else None)


def _kept(store: ByteStore, key: str) -> object:
    data = store.get(key)
    return load(data) if data is not None else None


def _key(kind: str, master: str, data: bytes, sources: Sources) -> str:
    digest = blake2b(digest_size=20)
    for part in (kind.encode(), engine_version().encode(), code_version(), master.encode(), data):
        digest.update(len(part).to_bytes(8, "big") + part)
    for (block, language), (file, source) in sorted(sources.items()):
        named = f"{block}\0{language}\0{file}".encode()
        for part in (named, source):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
