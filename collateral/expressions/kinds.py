"""What kind of data stands where in a profile: the schema expressions are checked against, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from collateral.diagnostics.lazy_dataclass import dataclass, field


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of data. `name`: text, number, date, yes/no, list, group or any.

    `values` are the only ones allowed when there are any; `item` is what a list holds; `fields` what a group has;
    an `open` group may have others too.
    """

    name: str
    values: tuple[str, ...] = ()
    item: Kind | None = None
    fields: Mapping[str, Kind] = field(default_factory=lambda: MappingProxyType({}))
    open: bool = False

    def __str__(self) -> str:
        if self.name == "list" and self.item is not None and self.item.name != "any":
            return f"a list of {self.item.name}s"
        return {
            "number": "a number",
            "text": "text",
            "date": "a date",
            "list": "a list",
            "group": "a group",
        }.get(self.name, self.name)


TEXT, NUMBER, DATE, YES_NO, ANY = Kind("text"), Kind("number"), Kind("date"), Kind("yes/no"), Kind("any")

Schema = Mapping[str, Kind]


def one_of(values: tuple[str, ...]) -> Kind:
    """Text out of a list of allowed values."""
    return Kind("text", values=values)


def list_of(item: Kind) -> Kind:
    """A list of one kind."""
    return Kind("list", item=item)


def group(fields: Mapping[str, Kind], *, open: bool = False) -> Kind:
    """A group of named values."""
    return Kind("group", fields=fields, open=open)
