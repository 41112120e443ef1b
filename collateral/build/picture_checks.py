"""Pictures that are there but cannot be shown, found before a piece needs them: damaged, too large, of no known kind.

In: the library, the profiles and the parsed forms. Out: an error where each picture is named. Pictures that are missing or
lie outside the workspace are found by loading.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from collateral.build.materials import FormStore
from collateral.build.pictures import PictureShelf
from collateral.diagnostics import Diagnostic, Span
from collateral.diagnostics.lazy_dataclass import replace
from collateral.model import content as c
from collateral.model.library import Library
from collateral.model.prospect import Prospect

UNUSABLE = "unusable-picture"


def unusable_pictures(
    library: Library, prospects: Sequence[Prospect], forms: FormStore, shelf: PictureShelf
) -> Iterator[Diagnostic]:
    """An error for each place that names a picture nobody can show."""
    for source, at in dict.fromkeys([*_of_prospects(library, prospects), *_of_blocks(library, forms)]):
        for problem in shelf.image(source)[1]:
            if problem.code == UNUSABLE:
                yield replace(problem, at=at or problem.at)


def _of_prospects(library: Library, prospects: Sequence[Prospect]) -> Iterator[tuple[str, Span | None]]:
    facts = ["logo", *(name for name, kind in library.facts.items() if kind == "picture")]
    for prospect in prospects:
        for fact in facts:
            source = prospect.facts.get(fact)
            if isinstance(source, str):
                path = posixpath.normpath(posixpath.join(prospect.folder, source))
                yield path, prospect.spans.get(fact)


def _of_blocks(library: Library, forms: FormStore) -> Iterator[tuple[str, Span | None]]:
    for languages in library.blocks.values():
        for block in languages.values():
            folder = posixpath.dirname(block.path)
            for form in block.forms:
                content, _ = forms.content(block, form)
                nodes = [*content.nodes, *(node for slide in content.slides for node in slide.nodes)]
                for picture in _pictures(nodes):
                    yield posixpath.normpath(posixpath.join(folder, picture.source)), picture.at


def _pictures(nodes: Sequence[c.Node]) -> Iterator[c.Picture]:
    for node in nodes:
        match node:
            case c.Picture() if "{{" not in node.source:
                yield node
            case c.If():
                yield from _pictures([child for _, body in node.branches for child in body])
            case c.For():
                yield from _pictures(node.body)
