"""A selection → a plan: the one face of the composer.

In: materials (values and pure functions). Out: a `Plan` in which nothing is left to decide, or None with diagnostics
that say why this piece cannot be made. It must not know pptx, docx or HTML.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from collateral.diagnostics import Diagnostic, Span, has_errors
from collateral.model.library import INTERNAL_PIECES
from collateral.model.plan import DeckContent, DocumentContent, EmailContent, Plan, Properties
from collateral.plan.labels import template_title
from collateral.plan.materials import Materials
from collateral.plan.patterns import fill_pattern

EXTENSIONS = {"deck": ".pptx", "document": ".docx", "briefing": ".docx", "email": ".eml"}


def compose_plan(materials: Materials, *, fields: Iterable[str] = ()) -> tuple[Plan | None, list[Diagnostic]]:
    """The plan of one piece. `fields` are the dotted paths the master's own tags read (documents and e-mails)."""
    content, problems = _content(materials, tuple(fields))
    template = materials.selection.template
    properties = _properties(materials)
    file_name = _file_name(materials)
    problems = _unique([*problems, *materials.filler.problems])
    if content is None or has_errors(problems):
        return None, problems
    plan = Plan(
        template=template.id,
        template_digest=template.digest,
        piece=template.piece,
        master=template.masters.get(materials.language, template.master),
        prospect=materials.prospect.id,
        language=materials.language,
        as_of=materials.as_of,
        file_name=file_name,
        properties=properties,
        content=content,
        currency=materials.filler.formats.currency,
        internal=template.piece in INTERNAL_PIECES,
    )
    return plan, problems


def _content(
    materials: Materials, fields: tuple[str, ...]
) -> tuple[DeckContent | DocumentContent | EmailContent | None, list[Diagnostic]]:
    template = materials.selection.template
    match template.piece:
        case "deck":
            if materials.master is None:
                return None, [
                    Diagnostic.error(
                        "no-master", f"template '{template.id}' has no master", Span(template.path)
                    )
                ]
            from collateral.plan.deck import compose_deck

            return compose_deck(materials, materials.master)
        case "document":
            from collateral.plan.document import compose_document

            return compose_document(materials, fields)
        case "briefing":
            from collateral.plan.briefing import briefing_sections
            from collateral.plan.document import compose_document

            return compose_document(materials, fields, briefing_sections(materials))
        case "email":
            from collateral.plan.document import compose_email

            return compose_email(materials, fields)
        case other:
            return None, [
                Diagnostic.error(
                    "unknown-piece",
                    f"'{other}' is no piece",
                    Span(template.path),
                    "use deck, document, email or briefing",
                )
            ]


def _properties(materials: Materials) -> Properties:
    template, prospect = materials.selection.template, materials.prospect
    seller = materials.scope.get("seller")
    name = str(seller.get("name") or "") if isinstance(seller, Mapping) else ""
    title = template_title(template, materials.language)
    return Properties(
        title=f"{title} – {prospect.name}",
        subject=title,
        author=name,
        company=name,
        language=materials.language,
    )


def _file_name(materials: Materials) -> str:
    """The name of the file; made safe for file systems when it is written."""
    template = materials.selection.template
    pattern = template.file_name or "{{ prospect.short_name | default(prospect.name) }} - " + (
        template.title or template.id
    )
    name = fill_pattern(pattern, materials.filler, template.spans.get("file_name") or template.at)
    extension = EXTENSIONS.get(template.piece, "")
    return name if name.lower().endswith(extension) else name + extension


def _unique(problems: Iterable[Diagnostic]) -> list[Diagnostic]:
    return list(dict.fromkeys(problems))
