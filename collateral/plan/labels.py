"""Facts and templates in people's words, in the piece's language where the workspace has it."""

from __future__ import annotations

from collections.abc import Mapping

from collateral.model.library import Dimension, Library, Template
from collateral.model.selection import Match
from collateral.plan.words import WORDS, word


def fact_label(library: Library, fact: str, language: str) -> str:
    """What a fact is called: as the workspace says, else its own name spelled out."""
    details = library.attributes.get("fact_details")
    detail = details.get(fact) if isinstance(details, Mapping) else None
    labels = detail.get("label") if isinstance(detail, Mapping) else None
    if isinstance(labels, Mapping) and labels:
        return str(
            labels.get(language) or labels.get(library.default_language) or next(iter(labels.values()))
        )
    dimension = _dimension(library, fact)
    own = dimension.labels if dimension is not None else {}
    if own:
        return own.get(language) or own.get(library.default_language) or next(iter(own.values()))
    if fact in WORDS["en"]:
        return word(fact, language)
    words = fact.replace("_", " ").replace(".", " ")
    return words[:1].upper() + words[1:]


def match_label(library: Library, match: Match, language: str) -> str:
    """What a block and a prospect have in common, as a rep reads it: `Need: lower labour cost`."""
    dimension = library.dimensions[match.dimension]
    has, wanted = (
        known.labels.get(language, known.label) if (known := dimension.values.get(value)) else value
        for value in (match.has, match.wanted)
    )
    both = word("through", language).format(has=has, wanted=wanted) if match.parent else has
    return f"{dimension.labels.get(language) or dimension.label}: {both}"


def template_title(template: Template, language: str) -> str:
    """What a template is called."""
    titles = template.attributes.get("titles")
    found = titles.get(language) if isinstance(titles, Mapping) else None
    return str(found or template.title or template.id)


def value_label(library: Library, fact: str, value: object, language: str) -> str | None:
    """A dimension's value in words; None for anything else."""
    dimension = _dimension(library, fact)
    known = dimension.values.get(str(value)) if dimension else None
    return known.labels.get(language, known.label) if known else None


def _dimension(library: Library, fact: str) -> Dimension | None:
    return next((d for d in library.dimensions.values() if d.fact == fact), None)
