"""Span, Severity and Diagnostic: plain frozen values."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from collateral.diagnostics.lazy_dataclass import dataclass


class Severity(StrEnum):
    """How bad: an error stops the piece it belongs to, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text file; lines and columns count from 1, `None` where the whole file (or line) is meant."""

    file: str
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


@dataclass(frozen=True, slots=True)
class Place:
    """A spot inside an Office file, in the words its author sees: slide 3 › "Title 1" › paragraph 2.

    A paragraph in a table is counted in its cell; `table` counts the tables of a document, a slide's are known by shape.
    """

    file: str
    part: str | None = None
    slide: int | None = None
    shape: str | None = None
    paragraph: int | None = None
    heading: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        steps = [self.file]
        if self.slide is not None:
            steps.append(f"slide {self.slide}")
        elif self.part is not None:
            steps.append(self.part)
        if self.heading is not None:
            steps.append(f'under "{self.heading}"')
        if self.shape is not None:
            steps.append(f'"{self.shape}"')
        if self.table is not None:
            steps.append(f"table {self.table}")
        if self.row is not None:
            steps.append(f"row {self.row}, column {self.column}")
        if self.paragraph is not None:
            steps.append(f"paragraph {self.paragraph}")
        return " › ".join(steps)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `code` is the problem in kebab case and is what waivers and the docs refer to.

    `notes` tell how we got there: (what, where) pairs, outermost first.
    """

    severity: Severity
    code: str
    message: str
    at: Span | Place | None = None
    hints: tuple[str, ...] = ()
    notes: tuple[tuple[str, Span | Place | None], ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Plain data for the --json of commands that make or judge files: the place in words."""
        return {
            "severity": self.severity.value,
            "code": self.code,
            "message": self.message,
            "at": str(self.at) if self.at else None,
            "hints": list(self.hints),
        }

    @staticmethod
    def error(code: str, message: str, at: Span | Place | None = None, *hints: str) -> Diagnostic:
        """An error with any number of hints."""
        return Diagnostic(Severity.ERROR, code, message, at, hints)

    @staticmethod
    def warning(code: str, message: str, at: Span | Place | None = None, *hints: str) -> Diagnostic:
        """A warning with any number of hints."""
        return Diagnostic(Severity.WARNING, code, message, at, hints)

    @staticmethod
    def note(code: str, message: str, at: Span | Place | None = None, *hints: str) -> Diagnostic:
        """A note with any number of hints."""
        return Diagnostic(Severity.NOTE, code, message, at, hints)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them is an error."""
    return any(d.severity is Severity.ERROR for d in diagnostics)
