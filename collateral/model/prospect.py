"""The profile of one customer-to-be, as a value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NewType

from collateral.diagnostics import Span
from collateral.diagnostics.lazy_dataclass import dataclass, field

ProspectId = NewType("ProspectId", str)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a fact comes from and how old it is."""

    source: str | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Prospect:
    """One profile. `facts` is the profile as plain values (`{value, source, as_of}` unwrapped), without `internal`.

    `spans` and `provenance` are keyed by the dotted path of the fact: "fleet_size", "contacts.0.persona", "needs.1".
    `internal` never reaches a customer-facing piece. `folder` is what relative paths in it (a logo) start from.
    """

    id: ProspectId
    path: str
    facts: Mapping[str, object]
    internal: Mapping[str, object] = field(default_factory=dict)
    provenance: Mapping[str, Provenance] = field(default_factory=dict)
    spans: Mapping[str, Span] = field(default_factory=dict)
    folder: str = ""

    @property
    def name(self) -> str:
        """The full name; the id when the profile has none."""
        return str(self.facts.get("name") or self.id)
