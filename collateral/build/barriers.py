"""What masters and designed files lack for people who listen to pieces, read from the files as their authors drew them.

In: a library and the workspace's folder. Out: `Barrier`s at their places in the files. Of a deck's master only the slides that a template
names count; files that cannot be read are reported by others.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from collateral.diagnostics import Place
from collateral.model.frames import Barrier
from collateral.model.library import Library


def find_barriers(library: Library, root: Path) -> tuple[Barrier, ...]:
    """Every barrier, each file read once."""
    found: list[Barrier] = []
    for file, slides in sorted(_masters(library).items()):
        found += [b for b in _of_file(root, file) if b.at.slide is None or b.slide in slides]
    designed = sorted(
        file
        for languages in library.blocks.values()
        for block in languages.values()
        for file in block.designed.values()
    )
    return (*found, *(b for file in dict.fromkeys(designed) for b in _of_file(root, file)))


def _masters(library: Library) -> dict[str, set[str]]:
    """The masters of all templates, each with the slides that are named of it."""
    found: dict[str, set[str]] = {}
    for template in library.templates.values():
        named = {slot.slide for section in template.sections for slot in section.slots if slot.slide}
        for file in dict.fromkeys([template.master, *template.masters.values()]):
            if file is not None:
                found.setdefault(file, set()).update(named)
    return found


def _of_file(root: Path, file: str) -> Iterator[Barrier]:
    from collateral.ooxml.frames.barriers import document_barriers, slide_barriers
    from collateral.ooxml.package import open_package

    try:
        data = (root / file).read_bytes()
    except OSError:
        return
    if file.lower().endswith((".html", ".htm")):
        yield from _of_page(data, file)
        return
    package, _ = open_package(data, file=file)
    if package is not None:
        yield from slide_barriers(package) if package.is_deck else document_barriers(package)


def _of_page(data: bytes, file: str) -> Iterator[Barrier]:
    from collateral.render.html_page import undescribed_pictures

    pictures = undescribed_pictures(data.decode("utf-8-sig", "replace"))
    if pictures:
        yield Barrier("description", Place(file), pictures)
