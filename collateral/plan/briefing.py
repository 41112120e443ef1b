"""The internal briefing's own sections: contacts, known facts with source and age, why each part was picked, questions.

In: the materials of a briefing and the selections of the customer-facing pieces it speaks about. Out: document sections
named `contacts`, `facts`, `why` and `questions`, which a master places with `{{p slot("…") }}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal

from collateral.expressions import ExpressionError
from collateral.model import content as c
from collateral.model.library import BlockId
from collateral.model.plan import DocumentPart, DocumentSection, Origin
from collateral.model.prospect import Provenance
from collateral.model.selection import Pick
from collateral.plan.labels import fact_label, match_label, template_title, value_label
from collateral.plan.materials import Materials
from collateral.plan.words import word

HIDDEN = frozenset(
    {"contacts", "logo", "logo_ground", "language", "short_name"}
)  # shown elsewhere, or not a fact about the customer
MAX_QUESTIONS = 12


def briefing_sections(materials: Materials) -> tuple[DocumentSection, ...]:
    """The sections no block holds, in the order a rep reads them."""
    makers = {"contacts": _contacts, "facts": _facts, "why": _reasons, "questions": _questions}
    return tuple(_section(materials, name, maker(materials)) for name, maker in makers.items())


def _section(materials: Materials, name: str, nodes: c.Nodes) -> DocumentSection:
    nodes = nodes or (c.Paragraph(_cell(word("nothing", materials.language))),)
    origin = Origin(
        None, materials.language, materials.selection.template.digest, why="made from the profile"
    )
    return DocumentSection(word(name, materials.language), (DocumentPart(nodes, origin),), name)


def _contacts(materials: Materials) -> c.Nodes:
    people = [p for p in _items(materials.prospect.facts.get("contacts")) if isinstance(p, Mapping)]
    header = ("name", "title", "role", "e-mail")
    rows = [[materials.filler.text(p.get(key)) for key in ("name", "title", "role", "email")] for p in people]
    return _table(materials, header, rows)


def _facts(materials: Materials) -> c.Nodes:
    prospect, language = materials.prospect, materials.language
    rows = [
        [
            fact_label(materials.library, fact, language),
            _shown(materials, fact, value),
            *_provenance(materials, prospect.provenance.get(fact)),
        ]
        for fact, value in prospect.facts.items()
        if fact not in HIDDEN and value not in (None, "", [], {})
    ]
    internal = word("internal", language)
    rows += [
        [
            f"{fact_label(materials.library, fact, language)} ({internal})",
            _shown(materials, fact, value),
            "",
            "",
        ]
        for fact, value in prospect.internal.items()
    ]
    return _table(materials, ("fact", "value", "source", "age"), rows)


def _shown(materials: Materials, fact: str, value: object) -> str:
    """A fact's value for people: labels for dimension values, one line an item for lists of groups."""
    match value:
        case Mapping() if {"value", "currency"} <= value.keys():
            rest = [
                _shown(materials, fact, item)
                for key, item in value.items()
                if key not in ("value", "currency")
            ]
            return ", ".join([_money(materials, value), *rest])
        case Mapping():
            return ", ".join(_shown(materials, fact, item) for item in value.values())
        case list() | tuple():
            separator = "\n" if any(isinstance(item, Mapping) for item in value) else ", "
            return separator.join(_shown(materials, fact, item) for item in value)
        case _:
            return value_label(materials.library, fact, value, materials.language) or materials.filler.text(
                value
            )


def _money(materials: Materials, value: Mapping[str, object]) -> str:
    """The sum as the language writes it; as it stands where it is no number or its currency is none."""
    amount, currency = value["value"], str(value["currency"])
    if isinstance(amount, int | Decimal):
        with suppress(ExpressionError):
            return materials.filler.formats.money(amount, currency)
    return f"{currency} {materials.filler.text(amount)}"


def _provenance(materials: Materials, known: Provenance | None) -> tuple[str, str]:
    if known is None:
        return "", ""
    return known.source or word("no source", materials.language), _age(materials, known.as_of)


def _age(materials: Materials, day: date | None) -> str:
    if day is None:
        return ""
    old = word("days old", materials.language).format(days=(materials.as_of - day).days)
    return f"{materials.filler.text(day)} ({old})"


def _reasons(materials: Materials) -> c.Nodes:
    """A row a block: why it was picked, and the pieces it is in."""
    found: dict[str, tuple[str, str, list[str]]] = {}
    for selection in materials.explained:
        piece = template_title(selection.template, materials.language)
        for pick in selection.picks():
            reason = pick.because or _matches(materials, pick) or word("everyone", materials.language)
            _, _, pieces = found.setdefault(pick.block.id, (pick.block.title, reason, []))
            if piece not in pieces:
                pieces.append(piece)
    rows = [[title, reason, ", ".join(pieces)] for title, reason, pieces in found.values()]
    return _table(materials, ("part", "reason", "in"), rows)


def _matches(materials: Materials, pick: Pick) -> str:
    """What a block and the prospect have in common; the language goes without saying."""
    return "; ".join(
        match_label(materials.library, match, materials.language)
        for match in pick.matches
        if match.dimension != "language"
    )


def _questions(materials: Materials) -> c.Nodes:
    asked: dict[str, tuple[str, list[str]]] = {}
    for selection in (*materials.explained, materials.selection):
        for question in selection.questions:
            _, unlocks = asked.setdefault(question.fact, (question.text, []))
            unlocks += [block for block in question.unlocks if block not in unlocks]
    rows = [
        [text, ", ".join(_title(materials, BlockId(block)) for block in unlocks)]
        for text, unlocks in list(asked.values())[:MAX_QUESTIONS]
    ]
    return _table(materials, ("question", "unlocks"), rows)


def _title(materials: Materials, block: BlockId) -> str:
    """What a block is called in the piece's language, else in the one it has."""
    variants = materials.library.blocks[block]
    return (variants.get(materials.language) or next(iter(variants.values()))).title


def _table(materials: Materials, header: Sequence[str], rows: Iterable[Sequence[str]]) -> c.Nodes:
    body = tuple(tuple(_cell(text) for text in row) for row in rows)
    if not body:
        return ()
    return (c.Table(tuple(_cell(word(h, materials.language)) for h in header), body, (None,) * len(header)),)


def _cell(text: str) -> tuple[c.Run, ...]:
    return (c.Run(text),) if text else ()


def _items(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()
