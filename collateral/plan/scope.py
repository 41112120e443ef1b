"""The names tags may read in a piece: prospect, contact, seller, value, labels, definitions, as_of, language.

In: the library, the prospect and its computed values. Out: one mapping of plain values. Facts under `internal:` are in it
for a briefing only, so that no customer-facing tag can reach them.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from datetime import date

from collateral.diagnostics import Diagnostic
from collateral.expressions import evaluate, is_unknown, parse
from collateral.model.content import Picture
from collateral.model.library import Library
from collateral.model.prospect import Prospect
from collateral.plan.facts import known_facts

PICTURES = frozenset({"logo", "photo", "picture"})
DECIDERS = ("decision-maker", "economic-buyer", "champion")


def build_scope(
    library: Library,
    prospect: Prospect,
    values: Mapping[str, object],
    *,
    as_of: date,
    language: str,
    internal: bool,
) -> tuple[dict[str, object], list[Diagnostic]]:
    """What tags read, and a diagnostic for each fact that cannot be used as it is."""
    facts, problems = _facts(prospect)
    if internal:
        facts["internal"] = dict(prospect.internal)
    scope: dict[str, object] = {
        "prospect": facts,
        "seller": dict(library.seller),
        "value": dict(values),
        "labels": _labels(library, facts, language),
        "as_of": as_of,
        "language": language,
    }
    contact = main_contact(facts)
    if contact is not None:
        scope["contact"] = contact
    scope.update(_definitions(library, scope))
    return scope, problems


_HONORIFICS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "prof",
        "professor",
        "doctor",
        "sir",
        "dame",
        "lord",
        "lady",
        "rev",
        "ir",
        "ing",
        "drs",
        "mw",
        "mevr",
        "mevrouw",
        "dhr",
        "heer",
        "herr",
        "frau",
        "mag",
        "dipl",
        "mme",
        "mlle",
        "monsieur",
        "madame",
        "sra",
        "señor",
        "señora",
        "dott",
    ]
)
_SUFFIXES = frozenset(
    ["jr", "sr", "ii", "iii", "iv", "phd", "md", "mba", "msc", "bsc", "ma", "ba", "ra", "esq", "cpa"]
)


def main_contact(facts: Mapping[str, object]) -> Mapping[str, object] | None:
    """Who a piece is for: the decision maker, else the first contact; with `first_name` when only a name is known."""
    listed = facts.get("contacts")
    people = (
        [p for p in listed if isinstance(p, Mapping)]
        if isinstance(listed, Sequence) and not isinstance(listed, str)
        else []
    )
    if not people:
        return None
    ranked = sorted(
        people, key=lambda p: DECIDERS.index(p["role"]) if p.get("role") in DECIDERS else len(DECIDERS)
    )
    contact = dict(ranked[0])
    if contact.get("name"):
        contact.setdefault("first_name", first_name(str(contact["name"])))
    return contact


def first_name(name: str) -> str:
    """What "Els van Dijk" and "van Dijk, Els" are called: Els. The whole name where that cannot be told, as behind a title
    or for initials: a mail to "Dr. E. Jansen" must not begin with "Hi Dr."."""
    _, _, given = name.partition(",")
    words = given.split() or name.split()
    if given.split() and _bare(words[0]) in _SUFFIXES:
        words = name.split()
    known = words[0] if words else ""
    is_told = len(known) > 1 and "." not in known and not known.islower() and _bare(known) not in _HONORIFICS
    return known.rstrip(",") if is_told else " ".join(name.split())


def _bare(word: str) -> str:
    return word.replace(".", "").rstrip(",").casefold()


def _facts(prospect: Prospect) -> tuple[dict[str, object], list[Diagnostic]]:
    """The facts, with pictures as picture values; a path that leaves the workspace is not one."""
    facts = known_facts(prospect)
    problems = []
    for key in PICTURES & facts.keys():
        source = facts.pop(key)
        if not isinstance(source, str) or not source:
            continue
        path = posixpath.normpath(posixpath.join(prospect.folder, source))
        if path.startswith(("/", "..")) or "\\" in source or ":" in source:
            at = prospect.spans.get(key)
            problems.append(
                Diagnostic.error(
                    "path-outside-workspace",
                    f"{key} '{source}' is outside the workspace",
                    at,
                    "keep pictures beside the profile",
                )
            )
            continue
        facts[key] = Picture(path, alt=prospect.name, at=prospect.spans.get(key))
    return facts, problems


def _labels(library: Library, facts: Mapping[str, object], language: str) -> dict[str, object]:
    """For each dimension the prospect's value in words: "Freight forwarding" for freight-forwarding."""
    labels: dict[str, object] = {}
    for dimension in library.dimensions.values():
        known = facts.get(dimension.fact)
        if isinstance(known, str):
            labels[dimension.id] = _label(library, dimension.id, known, language)
        elif isinstance(known, list | tuple):
            labels[dimension.id] = [_label(library, dimension.id, str(item), language) for item in known]
    return labels


def _label(library: Library, dimension: str, value: str, language: str) -> str:
    found = library.dimensions[dimension].values.get(value)
    return found.labels.get(language, found.label) if found else value


def _definitions(library: Library, scope: Mapping[str, object]) -> dict[str, object]:
    """What each definition comes to; one that is unknown is not there, so that a tag asking for it is told."""
    known: dict[str, object] = {}
    for definition in library.definitions.values():
        expression, _ = parse(definition.expression, at=definition.at)
        if expression is None:
            continue
        result = evaluate(expression, {**scope, **known})
        if not is_unknown(result):
            known[definition.name] = result
    return known
