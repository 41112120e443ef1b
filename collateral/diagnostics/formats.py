"""Diagnostics as text: for people (text, short), for programs (json), for code review (github, sarif).

In: diagnostics, and the folder their files are relative to (to show the line). Out: one string without a final newline.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from collateral.diagnostics.excerpt import Sources
from collateral.diagnostics.values import Diagnostic, Place, Severity, Span

DOCS = "docs/reference/rules.md"
_COLORS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(
    diagnostics: Iterable[Diagnostic], *, form: str = "text", color: bool = False, root: Path | None = None
) -> str:
    """The findings in a form: text, short, json, github or sarif. KeyError for another one."""
    found = list(diagnostics)
    if form == "text":
        return _text(found, color=color, root=root)
    return _FORMS[form](found)


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """How many of each: "2 errors, 1 warning"; "no problems" when there are none."""
    found = [d.severity for d in diagnostics]
    counts = [(severity.value, found.count(severity)) for severity in Severity]
    parts = [f"{count} {name}{'' if count == 1 else 's'}" for name, count in counts if count]
    return ", ".join(parts) or "no problems"


def _text(found: Sequence[Diagnostic], *, color: bool, root: Path | None) -> str:
    sources = Sources(root)
    blocks = [_one(d, sources, color) for d in found]
    return "\n\n".join([*blocks, summary(found)]) if blocks else ""


def _one(diagnostic: Diagnostic, sources: Sources, color: bool) -> str:
    head = _paint(f"{diagnostic.severity.value}[{diagnostic.code}]", _COLORS[diagnostic.severity], color)
    lines = [f"{head}: {_clean(diagnostic.message)}"]
    if diagnostic.at is not None:
        lines.append(f"  --> {_clean(str(diagnostic.at))}")
        lines += sources.excerpt(
            diagnostic.at, lambda caret: _paint(caret, _COLORS[diagnostic.severity], color)
        )
    for what, where in diagnostic.notes:
        lines.append(f"  note: {_clean(what)}" + (f" ({_clean(str(where))})" if where is not None else ""))
    lines += [f"  help: {_clean(hint)}" for hint in diagnostic.hints]
    return "\n".join(lines)


def _paint(text: str, code: str, color: bool) -> str:
    return f"\x1b[1;{code}m{text}\x1b[0m" if color else text


def _clean(text: str) -> str:
    """Without control characters: a value in a message must not steer the terminal."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _short(found: Sequence[Diagnostic]) -> str:
    return "\n".join(
        f"{_clean(str(d.at))}: {d.severity.value}: {_clean(d.message)} [{d.code}]"
        if d.at is not None
        else f"{d.severity.value}: {_clean(d.message)} [{d.code}]"
        for d in found
    )


def _json(found: Sequence[Diagnostic]) -> str:
    return json.dumps([as_dict(d) for d in found], ensure_ascii=False, indent=2)


def as_dict(diagnostic: Diagnostic) -> dict[str, object]:
    """One finding as plain data, without empty keys."""
    notes = [{"message": what, "at": _where(where)} for what, where in diagnostic.notes]
    full: dict[str, object] = {
        "severity": diagnostic.severity.value,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "at": _where(diagnostic.at),
        "hints": list(diagnostic.hints),
        "notes": notes,
    }
    return {key: value for key, value in full.items() if value}


def _where(at: Span | Place | None) -> dict[str, object]:
    if at is None:
        return {}
    return {name: value for name in at.__slots__ if (value := getattr(at, name)) is not None}


def _github(found: Sequence[Diagnostic]) -> str:
    return "\n".join(_annotation(d) for d in found)


def _annotation(diagnostic: Diagnostic) -> str:
    at = diagnostic.at
    keys: dict[str, object] = {"file": at.file if at is not None else None, "title": diagnostic.code}
    if isinstance(at, Span):
        keys |= {"line": at.line, "col": at.column, "endLine": at.end_line, "endColumn": at.end_column}
    place = f" ({at})" if isinstance(at, Place) else ""
    message = ". ".join([diagnostic.message + place, *diagnostic.hints])
    properties = ",".join(f"{k}={_property(str(v))}" for k, v in keys.items() if v is not None)
    return f"::{_GITHUB[diagnostic.severity]} {properties}::{_escape(message)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")


def _sarif(found: Sequence[Diagnostic]) -> str:
    rules = [{"id": code, "helpUri": f"{DOCS}#{code}"} for code in sorted({d.code for d in found})]
    driver = {
        "name": "collateral",
        "informationUri": "https://github.com/collateral/collateral",
        "rules": rules,
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(d) for d in found],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _result(diagnostic: Diagnostic) -> dict[str, object]:
    text = ". ".join([diagnostic.message, *diagnostic.hints])
    result: dict[str, object] = {
        "ruleId": diagnostic.code,
        "level": diagnostic.severity.value,
        "message": {"text": text},
    }
    if diagnostic.at is not None:
        result["locations"] = [_location(diagnostic.at)]
    if diagnostic.notes:
        result["relatedLocations"] = [
            {**_location(where), "message": {"text": what}}
            for what, where in diagnostic.notes
            if where is not None
        ]
    return result


def _location(at: Span | Place) -> dict[str, object]:
    physical: dict[str, object] = {"artifactLocation": {"uri": at.file}}
    if isinstance(at, Span) and at.line is not None:
        keys = (
            ("startLine", at.line),
            ("startColumn", at.column),
            ("endLine", at.end_line),
            ("endColumn", at.end_column),
        )
        physical["region"] = {name: value for name, value in keys if value is not None}
    location: dict[str, object] = {"physicalLocation": physical}
    if isinstance(at, Place):
        location["logicalLocations"] = [{"fullyQualifiedName": str(at)}]
    return location


_FORMS: dict[str, Callable[[Sequence[Diagnostic]], str]] = {
    "short": _short,
    "json": _json,
    "github": _github,
    "sarif": _sarif,
}
