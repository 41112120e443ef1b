"""A plan → an artifact: hands the renderer its compiled master and the pictures the plan names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from collateral.build.homes import at_home
from collateral.build.kit_values import DeckKit, DocumentKit, EmailKit
from collateral.build.kits import Kits
from collateral.build.memo import keep_scans, recall_scans
from collateral.build.pictures import PictureShelf
from collateral.diagnostics import Diagnostic, Span, has_errors
from collateral.diagnostics.lazy_dataclass import replace
from collateral.model.artifact import Artifact
from collateral.model.plan import DeckContent, DocumentContent, EmailContent, Plan


def render_plan(plan: Plan, kits: Kits) -> tuple[Artifact | None, list[Diagnostic]]:
    """The piece in memory; None with every reason why not."""
    if plan.master is None:
        return None, [Diagnostic.error("no-master", f'template "{plan.template}" has no master')]
    kit, found = kits.of(plan.piece, plan.master)
    match kit, plan.content:
        case DeckKit(), DeckContent():
            return _deck(plan, plan.content, kit, kits)
        case DocumentKit(), DocumentContent():
            return _document(plan, plan.content, kit, kits)
        case EmailKit(), EmailContent():
            return _email(plan, plan.content, kit, kits)
        case _:
            wrong = Diagnostic.error(
                "wrong-master", f'"{plan.master}" is no master for a {plan.piece}', Span(plan.master)
            )
            return None, [*found, wrong]


def _deck(
    plan: Plan, content: DeckContent, kit: DeckKit, kits: Kits
) -> tuple[Artifact | None, list[Diagnostic]]:
    from collateral.render.deck import DeckTools, render_deck
    from collateral.render.office import remember

    remember(kit.looks)
    tools = DeckTools(
        kit.template, kit.master, PictureShelf(kits.root, kits.cache_folder).image, kit.table_style
    )
    artifact, found = render_deck(plan, content, tools)
    return _checked(plan, artifact, at_home(found, kit.homes), kit, kits.cache_folder)


def _document(
    plan: Plan, content: DocumentContent, kit: DocumentKit, kits: Kits
) -> tuple[Artifact | None, list[Diagnostic]]:
    from collateral.render.document import DocumentTools, render_document

    sources = [part.source for section in content.sections for part in section.parts if part.source]
    designed = {source: made for source in sources if (made := kits.part(source)[0]) is not None}
    found = [problem for source in sources for problem in kits.part(source)[1]]
    if has_errors(found):
        return None, found
    parts = {source: made.template for source, made in designed.items()}
    tools = DocumentTools(kit.template, kit.styles, PictureShelf(kits.root, kits.cache_folder).image, parts)
    artifact, problems = render_document(plan, content, tools)
    # what is odd about a designed part is not held against the piece, as little as what is odd about the master
    whole = replace(kit, baseline=(*kit.baseline, *(d for made in designed.values() for d in made.baseline)))
    return _checked(plan, artifact, [*found, *problems], whole if designed else kit, kits.cache_folder)


def _checked(
    plan: Plan,
    artifact: Artifact | None,
    found: list[Diagnostic],
    kit: DeckKit | DocumentKit,
    cache_folder: Path | None,
) -> tuple[Artifact | None, list[Diagnostic]]:
    """The piece, unless the validator finds that it would not open, or holds what must not be sent."""
    if artifact is None:
        return None, found
    from collateral.ooxml.validate import remember_scans, validate_file

    remember_scans(kit.scans)
    recall_scans(cache_folder)
    own = (plan.properties.author, plan.properties.company)
    problems = validate_file(
        artifact.chunks, file=artifact.file_name, baseline=kit.baseline, values=_Braced(plan), own=own
    )
    if has_errors(problems):
        return None, [*found, *problems]
    keep_scans(cache_folder)
    return artifact, found


class _Braced(Collection[str]):
    """Texts of the plan that hold braces, line by line: they are somebody's own words, not tags that were left over.

    The plan is searched only when the validator meets braces in the piece, which is seldom.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    @cached_property
    def _found(self) -> frozenset[str]:
        from collateral.ooxml.xml import clean_text

        lines = (line for text in _texts(self._plan) if "{" in text for line in clean_text(text).splitlines())
        return frozenset(part for line in lines for part in line.split("\t") if "{" in part)

    def __contains__(self, text: object) -> bool:
        return text in self._found

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def _texts(value: object) -> Iterator[str]:
    from dataclasses import fields, is_dataclass

    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


def _email(
    plan: Plan, content: EmailContent, kit: EmailKit, kits: Kits
) -> tuple[Artifact | None, list[Diagnostic]]:
    from collateral.render.email import render_email

    logo, found = (
        PictureShelf(kits.root, kits.cache_folder).logo(content.logo) if content.logo else (None, [])
    )
    artifact, problems = render_email(plan, content, kit.template, logo=logo)
    return artifact, [*found, *problems]
