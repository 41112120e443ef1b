"""Document properties callers may set on a filled file."""

from __future__ import annotations

from collateral.diagnostics.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class PieceProperties:
    """Properties of a filled file; an empty one keeps what the template says. `modified` is an ISO date and time."""

    title: str = ""
    subject: str = ""
    author: str = ""
    company: str = ""
    keywords: str = ""
    language: str = ""
    modified: str = ""

    def get(self, name: str) -> str:
        """The property by its name."""
        return str(getattr(self, name, ""))
