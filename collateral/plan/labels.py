"""Facts and templates in people's words, in the piece's language where the workspace has it."""

from __future__ import annotations

from collections.abc import Mapping

from collateral.model.library import Library, Template


def fact_label(library: Library, fact: str, language: str) -> str:
    """What a fact is called: as the workspace says, else its own name spelled out."""
    details = library.attributes.get("fact_details")
    detail = details.get(fact) if isinstance(details, Mapping) else None
    labels = detail.get("label") if isinstance(detail, Mapping) else None
    if isinstance(labels, Mapping) and labels:
        return str(
            labels.get(language) or labels.get(library.default_language) or next(iter(labels.values()))
        )
    words = fact.replace("_", " ")
    return words[:1].upper() + words[1:]


def template_title(template: Template, language: str) -> str:
    """What a template is called."""
    titles = template.attributes.get("titles")
    found = titles.get(language) if isinstance(titles, Mapping) else None
    return str(found or template.title or template.id)


def value_label(library: Library, fact: str, value: object, language: str) -> str | None:
    """A dimension's value in words; None for anything else."""
    dimension = next((d for d in library.dimensions.values() if d.fact == fact), None)
    known = dimension.values.get(str(value)) if dimension else None
    return known.labels.get(language, known.label) if known else None
