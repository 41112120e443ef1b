"""What a value model came to for one prospect: every number with the inputs and sources it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from collateral.diagnostics import Span
from collateral.diagnostics.lazy_dataclass import dataclass, field


@dataclass(frozen=True, slots=True)
class InputUse:
    """One input as it was used. `assumed` when the profile does not know it and the model's default stood in.

    `value` is None when there is neither. `source` and `as_of` are those of the fact, or of the assumption.
    """

    id: str
    label: str
    unit: str
    fact: str  # dotted path in the profile: "fleet_size"
    value: object
    assumed: bool = False
    source: str | None = None
    as_of: date | None = None
    at: Span | None = None


@dataclass(frozen=True, slots=True)
class ValueTrace:
    """One output of a value model: its value (None when it cannot be told), unit, formula and all it rests on.

    `inputs` are the inputs it uses, directly or through earlier outputs. `needs` are the profile facts that would have
    to be known; `reason` says in words why there is no value.
    """

    model: str
    id: str
    label: str
    unit: str
    formula: str
    value: object
    inputs: tuple[InputUse, ...] = ()
    needs: tuple[str, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Values:
    """All outputs of all models: plain values by name (those that have one), and how each came about."""

    plain: Mapping[str, object] = field(default_factory=dict)
    traces: Mapping[str, ValueTrace] = field(default_factory=dict)
