"""A profile as plain data → checked facts with their places and provenance. Used for files and for campaign rows alike.

In: a map of values, the library's vocabulary and a way to place a path. Out: a `Prospect` and diagnostics. A fact with an error
is left out of the profile, so that nothing wrong is ever shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from collateral.diagnostics import Diagnostic, Span
from collateral.diagnostics.hints import near_hint, one_of
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.load.files import SETTINGS
from collateral.model.library import Dimension, Library
from collateral.model.prospect import Prospect, ProspectId, Provenance

if TYPE_CHECKING:
    from typing import Protocol

    class Placer(Protocol):
        """Where a dotted path stands: its value, or its key."""

        def __call__(self, path: str, /, *, key: bool = False) -> Span:
            """The place."""


_WRAPPER = {"value", "source", "as_of"}
_URL = re.compile(r"https?://[^\s<>\"]+\Z", re.IGNORECASE)
_CURRENCY = re.compile(r"[A-Za-z]{3}\Z")
_EMAIL = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+\Z")
# the facts every workspace knows, beside its dimensions; `internal` is kept apart
KNOWN_FACTS: dict[str, str] = {
    "name": "text", "short_name": "text", "language": "text", "currency": "currency", "country": "text",
    "website": "url", "logo": "picture", "contacts": "list", "opportunity": "map",
}  # fmt: skip

CONTACT_KEYS = ("name", "first_name", "title", "persona", "role", "email", "phone", "language")
OPPORTUNITY_KEYS = ("value", "amount", "currency", "close")
_OF_OPPORTUNITY = {"opportunity.currency": "currency"}

# a wrong address is common in what a CRM exports, and no reason to refuse a piece that can do without it
_LEFT_OUT_QUIETLY = ("url", "email")


@dataclass(slots=True)
class _Unwrapped:
    provenance: dict[str, Provenance] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def fact_types(library: Library) -> dict[str, str]:
    """Every fact a profile may hold, with its type; dimensions read from several values are lists."""
    dimensions = {
        d.fact: "list" if d.fact != d.id else "text" for d in library.dimensions.values() if "." not in d.fact
    }
    return {**KNOWN_FACTS, **dimensions, **library.facts}


def make_prospect(
    id: str, data: Mapping[str, object], library: Library, *, path: str, folder: str, place: Placer
) -> tuple[Prospect, list[Diagnostic]]:
    """The profile. `place` tells where a dotted path stands."""
    state = _Unwrapped()
    types = fact_types(library)
    plain = {key: _unwrap_fact(value, key, types.get(key), state, place) for key, value in data.items()}
    internal = plain.pop("internal", None)
    plain.pop("id", None)
    facts, problems = _check_facts(plain, library, place)
    spans = {path_: place(path_) for path_ in _paths({**facts, "internal": internal})}
    prospect = Prospect(
        id=ProspectId(id),
        path=path,
        facts=facts,
        internal=internal if isinstance(internal, dict) else {},
        provenance=state.provenance,
        spans=spans,
        folder=folder,
    )
    return prospect, [*state.diagnostics, *problems]


def is_wrapper(value: Mapping[str, object]) -> bool:
    """Whether a map is `{value, source, as_of}`, as every plain value may be written."""
    return "value" in value and value.keys() <= _WRAPPER


def bare_map(value: object, type_: str | None) -> object:
    """A fact that is a map may have a key `value` of its own, as an opportunity has; then only its source and day go."""
    if type_ != "map" or not isinstance(value, dict) or not is_wrapper(value):
        return value
    return value if isinstance(value["value"], dict) else {"value": value["value"]}


def _unwrap_fact(value: object, key: str, type_: str | None, state: _Unwrapped, place: Placer) -> object:
    bare = bare_map(value, type_)
    if bare is value or not isinstance(value, dict):
        return _unwrap(value, key, state, place)
    if len(value) > 1:
        state.provenance[key] = _provenance(value, key, state, place)
    return {"value": _unwrap(value["value"], f"{key}.value", state, place)}


def _unwrap(value: object, path: str, state: _Unwrapped, place: Placer) -> object:
    """The plain value; `{value, source, as_of}` leaves its provenance behind."""
    if isinstance(value, dict):
        if is_wrapper(value):
            state.provenance[path] = _provenance(value, path, state, place)
            return _unwrap(value["value"], path, state, place)
        return {key: _unwrap(item, f"{path}.{key}", state, place) for key, item in value.items()}
    if isinstance(value, list):
        return [_unwrap(item, f"{path}.{n}", state, place) for n, item in enumerate(value)]
    return value


def _provenance(value: Mapping[str, object], path: str, state: _Unwrapped, place: Placer) -> Provenance:
    as_of = value.get("as_of")
    if as_of is not None and not isinstance(as_of, date):
        at = place(f"{path}.as_of")
        state.diagnostics.append(
            Diagnostic.error("bad-value", f'"as_of" must be a date such as 2026-03-01, not "{as_of}"', at)
        )
        as_of = None
    source = value.get("source")
    return Provenance(None if source is None else str(source), as_of)


def _paths(value: object, path: str = "") -> list[str]:
    found = [path] if path else []
    if isinstance(value, dict):
        for key, item in value.items():
            found += _paths(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            found += _paths(item, f"{path}.{number}")
    return found


def _check_facts(
    data: Mapping[str, object], library: Library, place: Placer
) -> tuple[dict[str, object], list[Diagnostic]]:
    # without its settings nobody knows what a workspace knows
    types = fact_types(library) if SETTINGS not in library.broken else {}
    by_fact = {d.fact: d for d in library.dimensions.values()} | {
        d.id: d for d in library.dimensions.values()
    }
    facts: dict[str, object] = {}
    found: list[Diagnostic] = []
    for key, value in data.items():
        if value is None or value == "":
            continue  # left open on purpose: as good as unknown
        if key in by_fact:
            value, problems = _dimension_fact(value, key, by_fact[key], place)
        else:
            problems = _fact_problems(key, value, types, place) or _too_small(key, value, library, place)
            # what is no currency stays, to stop what shows money: the seller's own would be taken for it
            if key != "currency" and any(d.code == "bad-value" for d in problems):
                value = None
        found += problems
        if key == "contacts" and value is not None:
            value, problems = _contacts(value, library.dimensions.get("persona"), place)
            found += problems
        if key == "opportunity" and isinstance(value, dict):
            found += _mistyped(value, OPPORTUNITY_KEYS, key, place)
            if code := value.get("currency"):
                found += _fact_problems("opportunity.currency", code, _OF_OPPORTUNITY, place)
        if value is not None:
            facts[key] = value
    return facts, found


def _fact_problems(key: str, value: object, types: Mapping[str, str], place: Placer) -> list[Diagnostic]:
    if key not in types:
        return [_unknown_fact(key, types, place)] if types else []
    wanted = _TYPE_CHECKS[types[key]](value)
    if wanted is None:
        return []
    from collateral.load.validate import shown

    message = f'"{key}" must be {wanted}, not {shown(value)}'
    if types[key] in _LEFT_OUT_QUIETLY:
        return [Diagnostic.warning("bad-value", message, place(key), "it is left out")]
    return [Diagnostic.error("bad-value", message, place(key))]


def _too_small(key: str, value: object, library: Library, place: Placer) -> list[Diagnostic]:
    """A number or a sum below what the settings allow: no offer is made for minus five people."""
    details = library.attributes.get("fact_details")
    known = details.get(key) if isinstance(details, Mapping) else None
    least = known.get("at_least") if isinstance(known, Mapping) else None
    amount = value.get("value", value.get("amount")) if isinstance(value, dict) else value
    if not isinstance(least, Decimal) or not isinstance(amount, int | Decimal) or amount >= least:
        return []
    return [Diagnostic.error("bad-value", f'"{key}" must be at least {least}, not {amount}', place(key))]


def _unknown_fact(key: str, types: Mapping[str, str], place: Placer) -> Diagnostic:
    hints = near_hint(key, types) or ("declare it under facts: in collateral.yaml",)
    return Diagnostic.warning(
        "unknown-fact", f'"{key}" is not a fact this workspace knows', place(key, key=True), *hints
    )


def _dimension_fact(
    value: object, key: str, dimension: Dimension, place: Placer
) -> tuple[object | None, list[Diagnostic]]:
    """The known values of a dimension; a wrong one is left out."""
    many = isinstance(value, list)
    values = value if isinstance(value, list) else [value]
    kept: list[object] = []
    found: list[Diagnostic] = []
    for number, item in enumerate(values):
        if isinstance(item, str) and item in dimension.values:
            kept.append(item)
        else:
            found.append(_unknown_value(item, dimension, place(f"{key}.{number}" if many else key)))
    if many:
        return (kept or None), found
    return (kept[0] if kept else None), found


def _unknown_value(item: object, dimension: Dimension, at: Span) -> Diagnostic:
    from collateral.load.validate import shown

    message = f"{shown(item)} is not a value of {dimension.id}"
    several = [part.strip() for part in str(item).split(",")]
    if len(several) > 1 and all(part in dimension.values for part in several):
        hints: tuple[str, ...] = (f"write a list: [{', '.join(several)}]",)
    else:
        hints = one_of(str(item), list(dimension.values))
    return Diagnostic.error("unknown-dimension-value", message, at, *hints)


def _contacts(value: object, persona: Dimension | None, place: Placer) -> tuple[object, list[Diagnostic]]:
    """The contacts, without personas nobody knows."""
    found: list[Diagnostic] = []
    contacts: list[object] = []
    for number, contact in enumerate(value if isinstance(value, list) else []):
        if not isinstance(contact, dict):
            found.append(
                Diagnostic.error(
                    "bad-value", "a contact must be a map with a name", place(f"contacts.{number}")
                )
            )
            continue
        kept = {key: item for key, item in contact.items() if item not in (None, "")}
        if persona is not None and "persona" in kept and str(kept["persona"]) not in persona.values:
            found.append(_unknown_value(kept.pop("persona"), persona, place(f"contacts.{number}.persona")))
        found += _mistyped(kept, CONTACT_KEYS, f"contacts.{number}", place)
        contacts.append(kept)
    return contacts, found


def _mistyped(group: Mapping[str, object], keys: Sequence[str], path: str, place: Placer) -> list[Diagnostic]:
    """Keys that look like a known one. Others are a workspace's own, which its templates may read."""
    from difflib import get_close_matches

    found = []
    for key in group:
        close = get_close_matches(key.lower(), keys, 1, 0.8) if key not in keys else []
        if close and close[0] not in group:
            message = f'"{key}" is not "{close[0]}", and will not be taken for it'
            found.append(
                Diagnostic.warning(
                    "unknown-fact", message, place(f"{path}.{key}", key=True), f'did you mean "{close[0]}"?'
                )
            )
    return found


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _text(value: object) -> str | None:
    return None if isinstance(value, str | int | Decimal | date) and not isinstance(value, bool) else "text"


def _number(value: object) -> str | None:
    return None if _is_number(value) else "a number"


def _money(value: object) -> str | None:
    if _is_number(value) or (isinstance(value, dict) and _is_number(value.get("value", value.get("amount")))):
        return None
    return "a sum of money: a number, or {value, currency}"


def _date(value: object) -> str | None:
    return None if isinstance(value, date) else "a date such as 2026-03-01"


def _boolean(value: object) -> str | None:
    return None if isinstance(value, bool) else "true or false"


def _list(value: object) -> str | None:
    return None if isinstance(value, list) else "a list"


def _map(value: object) -> str | None:
    return None if isinstance(value, dict) else "a map of keys and values"


def _url(value: object) -> str | None:
    return None if isinstance(value, str) and _URL.match(value) else "a web address that begins with https://"


def _currency(value: object) -> str | None:
    if isinstance(value, str) and _CURRENCY.match(value):
        return None
    return "the three letters of a currency, such as EUR"


def _email(value: object) -> str | None:
    return None if isinstance(value, str) and _EMAIL.match(value) else "an e-mail address"


_TYPE_CHECKS: dict[str, Callable[[object], str | None]] = {
    "text": _text, "number": _number, "money": _money, "date": _date, "boolean": _boolean, "list": _list,
    "map": _map, "url": _url, "email": _email, "picture": _text, "currency": _currency,
}  # fmt: skip
