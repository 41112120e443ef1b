"""A plan → an artifact: hands the renderer its compiled master and the pictures the plan names."""

from __future__ import annotations

from pathlib import Path

from collateral.build.kits import DeckKit, DocumentKit, EmailKit, Kits
from collateral.build.pictures import PictureShelf
from collateral.diagnostics import Diagnostic, Span
from collateral.model.artifact import Artifact
from collateral.model.plan import DeckContent, DocumentContent, EmailContent, Plan


def render_plan(plan: Plan, kits: Kits, root: Path) -> tuple[Artifact | None, list[Diagnostic]]:
    """The piece in memory; None with every reason why not."""
    if plan.master is None:
        return None, [Diagnostic.error("no-master", f'template "{plan.template}" has no master')]
    kit, found = kits.of(plan.piece, plan.master)
    match kit, plan.content:
        case DeckKit(), DeckContent():
            return _deck(plan, plan.content, kit, root)
        case DocumentKit(), DocumentContent():
            return _document(plan, plan.content, kit, root)
        case EmailKit(), EmailContent():
            return _email(plan, plan.content, kit, root)
        case _:
            wrong = Diagnostic.error(
                "wrong-master", f'"{plan.master}" is no master for a {plan.piece}', Span(plan.master)
            )
            return None, [*found, wrong]


def _deck(
    plan: Plan, content: DeckContent, kit: DeckKit, root: Path
) -> tuple[Artifact | None, list[Diagnostic]]:
    from collateral.render.deck import DeckTools, render_deck

    tools = DeckTools(kit.template, kit.master, PictureShelf(root).image, kit.table_style)
    return render_deck(plan, content, tools)


def _document(
    plan: Plan, content: DocumentContent, kit: DocumentKit, root: Path
) -> tuple[Artifact | None, list[Diagnostic]]:
    from collateral.render.document import DocumentTools, render_document

    return render_document(plan, content, DocumentTools(kit.template, kit.styles, PictureShelf(root).image))


def _email(
    plan: Plan, content: EmailContent, kit: EmailKit, root: Path
) -> tuple[Artifact | None, list[Diagnostic]]:
    from collateral.render.email import render_email

    logo, found = PictureShelf(root).logo(content.logo) if content.logo else (None, [])
    artifact, problems = render_email(plan, content, kit.template, logo=logo)
    return artifact, [*found, *problems]
