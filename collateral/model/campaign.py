"""A campaign: templates × many prospects read from a CSV, as a value."""

from __future__ import annotations

from collections.abc import Mapping

from collateral.diagnostics import Span
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.model.library import TemplateId


@dataclass(frozen=True, slots=True)
class CampaignSource:
    """The CSV: `file` relative to the campaign file; encoding and delimiter are found out when None."""

    file: str
    encoding: str | None = None
    delimiter: str | None = None
    at: Span | None = None


@dataclass(frozen=True, slots=True)
class FactRule:
    """How one fact of the profile is made from a row: by an expression over `row`, or from a column.

    A column's text is looked up in the value table `table` when given (case and outer blanks do not matter); a blank
    gives `default`, or leaves the fact unknown. `split` turns the text into a list.
    """

    fact: str  # dotted path in the profile
    expression: str | None = None
    column: str | None = None
    table: str | None = None
    default: object | None = None
    split: str | None = None
    type: str | None = None  # "text", "number", "date", "boolean"
    required: bool = False
    at: Span | None = None


@dataclass(frozen=True, slots=True)
class Campaign:
    """What to make for which rows. `key` gives each row its prospect id; `where` limits the rows."""

    id: str
    path: str
    source: CampaignSource
    templates: tuple[TemplateId, ...]
    rules: tuple[FactRule, ...]
    key: str
    tables: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    where: str | None = None
    output: str | None = None  # pattern of the folder of a row's pieces; by default its key
    at: Span | None = None
    places: Mapping[str, Span] = field(default_factory=dict)  # of key, where and output
