"""YAML text → plain values with a place for every key and value.

In: text, the file's name, the line the text starts on. Out: a `YamlText` (or None) and diagnostics.
The YAML 1.2 core schema is read (`NO` and `yes` are text, `0o17` is a number) plus ISO dates; numbers with a fraction become
`Decimal`. Duplicate keys, merge keys and tags are refused; anchors may be used in moderation and cannot explode.
It reads no file, and knows nothing of what the keys mean.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from unicodedata import normalize

from collateral.diagnostics import Diagnostic, Span
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.model.spans import PlaceRow, SpanTable

MAX_DEPTH = 40
MAX_ALIASES = 100
MAX_ALIASED_NODES = 10_000
MAX_DIGITS = 40

Area = tuple[int, int, int, int]

_WORDS: dict[str, object] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)\Z")
_INTEGER = re.compile(r"[-+]?[0-9]+\Z")
_BASED = re.compile(r"0o([0-7]+)\Z|0x([0-9a-fA-F]+)\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_SPECIAL = re.compile(r"[-+]?\.(inf|Inf|INF)\Z|\.(nan|NaN|NAN)\Z")
_NUMERIC_START = frozenset("0123456789+-.")


@dataclass(slots=True)
class YamlText:
    """A parsed YAML text: its plain value and where each dotted path stands (the key's place for maps and lists)."""

    file: str
    value: object
    places: dict[str, Area] = field(default_factory=dict)
    keys: dict[str, Area] = field(default_factory=dict)
    first_line: int = 1

    def span(self, path: str) -> Span:
        """Where the value at the path stands, or what contains it."""
        return self._nearest(path, self.places)

    def key_span(self, path: str) -> Span:
        """Where the key at the path stands."""
        return self._nearest(path, self.keys if path in self.keys else self.places)

    def place(self, path: str, /, *, key: bool = False) -> Span:
        """Where the value or the key at the path stands."""
        return self.key_span(path) if key else self.span(path)

    def table(self) -> SpanTable:
        """All places, packed."""
        rows: list[PlaceRow] = [(_one_line(path), *area) for path, area in self.places.items()]
        return SpanTable.pack(self.file, rows)

    def _nearest(self, path: str, table: Mapping[str, Area]) -> Span:
        while path not in table and path:
            path = path.rpartition(".")[0]
        if path not in table:
            return Span(self.file, self.first_line, 1)  # there is nothing in it
        line, column, end_line, end_column = table[path]
        return Span(self.file, line, column, end_line or None, end_column or None)


def read_yaml(text: str, file: str, *, first_line: int = 1) -> tuple[YamlText | None, list[Diagnostic]]:
    """The value of one YAML document, None when it cannot be read; an empty text has the value None."""
    reader = _Reader(file, first_line)
    try:
        value = reader.read(text)
    except _Stopped as stopped:
        return None, [*reader.diagnostics, stopped.diagnostic]
    return YamlText(file, value, reader.places, reader.keys, first_line), reader.diagnostics


class _Stopped(Exception):
    """The text cannot be read any further."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


class _Reader:
    """One pass over the parser's events, building values and noting places."""

    def __init__(self, file: str, first_line: int) -> None:
        self.file = file
        self.offset = first_line
        self.diagnostics: list[Diagnostic] = []
        self.places: dict[str, Area] = {}
        self.keys: dict[str, Area] = {}
        self._anchors: dict[str, tuple[object, int]] = {}
        self._aliases = 0
        self._aliased = 0
        self._nodes = 0

    def read(self, text: str) -> object:
        import yaml  # not on the warm path

        loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
        try:
            self._next = iter(yaml.parse(text, Loader=loader)).__next__
            return self._document()
        except yaml.MarkedYAMLError as error:
            raise _Stopped(self._syntax(text, error)) from error
        except yaml.reader.ReaderError as error:
            raise _Stopped(self._unreadable(text, error)) from error

    def _document(self) -> object:
        kind = type(self._event()).__name__
        while kind in ("StreamStartEvent", "DocumentStartEvent"):
            event = self._event()
            kind = type(event).__name__
        if kind == "StreamEndEvent":
            return None
        value = self._value(event, "", 0, None)
        self._event()  # the document's end
        after = self._event()
        if type(after).__name__ == "DocumentStartEvent":
            self._error(
                "several-documents", "a second document begins here", after, "keep one document in a file"
            )
        return value

    def _event(self) -> Any:
        return self._next()

    def _value(self, event: Any, path: str, depth: int, key: Area | None) -> object:
        self._nodes += 1
        if depth > MAX_DEPTH:
            raise _Stopped(self._problem("too-deep", f"nested deeper than {MAX_DEPTH} levels", event))
        kind = type(event).__name__
        if kind == "ScalarEvent":
            self.places[path] = self._area(event)
            value = self._scalar(event)
            if event.anchor is not None:
                self._anchors[event.anchor] = (value, 1)
            return value
        if kind == "AliasEvent":
            self.places[path] = self._area(event)
            return self._alias(event)
        self.places[path] = key or self._start(event)
        self._refuse_tag(event)
        return self._collection(event, kind, path, depth)

    def _collection(self, event: Any, kind: str, path: str, depth: int) -> object:
        before = self._nodes + self._aliased
        value: object
        if kind == "MappingStartEvent":
            value = self._mapping(path, depth)
        else:
            value = self._sequence(path, depth)
        if event.anchor is not None:
            self._anchors[event.anchor] = (value, self._nodes + self._aliased - before + 1)
        return value

    def _sequence(self, path: str, depth: int) -> list[object]:
        items: list[object] = []
        event = self._event()
        while type(event).__name__ != "SequenceEndEvent":
            items.append(
                self._value(event, f"{path}.{len(items)}" if path else str(len(items)), depth + 1, None)
            )
            event = self._event()
        return items

    def _mapping(self, path: str, depth: int) -> dict[str, object]:
        found: dict[str, object] = {}
        event = self._event()
        while type(event).__name__ != "MappingEndEvent":
            key = self._key(event)
            below = f"{path}.{key}" if path else key
            area = self._area(event)
            if key in found:
                self._duplicate(key, below, event)
                self._value(self._event(), below + "\0", depth + 1, area)
            else:
                self.keys[below] = area
                found[key] = self._value(self._event(), below, depth + 1, area)
            event = self._event()
        return found

    def _key(self, event: Any) -> str:
        if type(event).__name__ != "ScalarEvent":
            problem = self._problem(
                "key-not-text", "a key must be text", event, 'quote a tag: "{{ value.saving }}"'
            )
            raise _Stopped(problem)
        self._refuse_tag(event)
        if event.value == "<<" and event.implicit[0]:
            self._error("merge-key", "merge keys (<<) are not read", event, "write the keys out")
        # names are alike that look alike, whether an accent was typed with its letter or behind it
        return normalize("NFC", str(event.value))

    def _duplicate(self, key: str, path: str, event: Any) -> None:
        line, column, end_line, end_column = self.keys[path]
        first = Span(self.file, line, column, end_line or None, end_column or None)
        problem = self._problem("duplicate-key", f'"{key}" is given twice', event, "keep one of them")
        self.diagnostics.append(
            Diagnostic(
                problem.severity,
                problem.code,
                problem.message,
                problem.at,
                problem.hints,
                (("first given", first),),
            )
        )

    def _alias(self, event: Any) -> object:
        if event.anchor not in self._anchors:
            raise _Stopped(
                self._problem("unknown-anchor", f'no finished anchor "&{event.anchor}" before this', event)
            )
        value, size = self._anchors[event.anchor]
        self._aliases += 1
        self._aliased += size
        if self._aliases > MAX_ALIASES or self._aliased > MAX_ALIASED_NODES:
            raise _Stopped(
                self._problem(
                    "too-many-aliases",
                    f"aliases (*{event.anchor}) repeat too much",
                    event,
                    "write the values out",
                )
            )
        return value

    def _scalar(self, event: Any) -> object:
        self._refuse_tag(event)
        text: str = event.value
        if not event.implicit[0]:
            return text
        if text in _WORDS:
            return _WORDS[text]
        return self._number(text, event) if text[0] in _NUMERIC_START else text

    def _number(self, text: str, event: Any) -> object:
        day = _DATE.match(text)
        if day:
            return self._date(text, day, event)
        if len(text) > MAX_DIGITS:
            return text
        if _INTEGER.match(text):
            if len(text.lstrip("+-")) > 1 and text.lstrip("+-").startswith("0"):
                self._warning(
                    "leading-zero",
                    f"{text} is read as the number {int(text)}",
                    event,
                    "quote it to keep the zero",
                )
            return int(text)
        based = _BASED.match(text)
        if based:
            return int(based[1], 8) if based[1] else int(based[2], 16)
        if _FLOAT.match(text):
            return self._decimal(text, event)
        if _SPECIAL.match(text):
            self._error(
                "not-a-number", f"{text} is not a usable number", event, "quote it if it is meant as text"
            )
        return text

    def _decimal(self, text: str, event: Any) -> object:
        number = Decimal(text)
        if abs(number.adjusted()) > MAX_DIGITS:
            self._error("number-too-large", f"{text} is out of range", event)
            return text
        return number

    def _date(self, text: str, day: re.Match[str], event: Any) -> object:
        try:
            return date(int(day[1]), int(day[2]), int(day[3]))
        except ValueError:
            self._error("no-such-date", f"{text} is not in the calendar", event)
            return text

    def _refuse_tag(self, event: Any) -> None:
        if event.tag is not None and event.tag != "!":
            short = str(event.tag).replace("tag:yaml.org,2002:", "!!")
            self._error(
                "yaml-tag",
                f'the tag "{short}" is not read',
                event,
                "leave it out; quote the value if it is text",
            )

    def _area(self, event: Any) -> Area:
        start, end = event.start_mark, event.end_mark
        return start.line + self.offset, start.column + 1, end.line + self.offset, end.column + 1

    def _start(self, event: Any) -> Area:
        mark = event.start_mark
        return mark.line + self.offset, mark.column + 1, 0, 0

    def _problem(self, code: str, message: str, event: Any, *hints: str) -> Diagnostic:
        line, column, end_line, end_column = self._area(event)
        return Diagnostic.error(code, message, Span(self.file, line, column, end_line, end_column), *hints)

    def _error(self, code: str, message: str, event: Any, *hints: str) -> None:
        self.diagnostics.append(self._problem(code, message, event, *hints))

    def _warning(self, code: str, message: str, event: Any, *hints: str) -> None:
        line, column, end_line, end_column = self._area(event)
        self.diagnostics.append(
            Diagnostic.warning(code, message, Span(self.file, line, column, end_line, end_column), *hints)
        )

    def _syntax(self, text: str, error: Any) -> Diagnostic:
        mark = error.problem_mark or error.context_mark
        at = Span(self.file, mark.line + self.offset, mark.column + 1) if mark else Span(self.file)
        problem = str(error.problem or error.context or "not readable as YAML")
        if mark and _sign_at(text, mark) == "\t":
            return Diagnostic.error("tab-indentation", "a tab indents this line", at, "indent with spaces")
        message = f"{problem} {error.context}" if error.context and error.problem else problem
        return Diagnostic.error("yaml-syntax", message.lower(), at, *_syntax_hints(problem))

    def _unreadable(self, text: str, error: Any) -> Diagnostic:
        before = text[: error.position] if isinstance(error.position, int) else ""
        at = Span(self.file, before.count("\n") + self.offset, len(before) - before.rfind("\n"))
        code = error.character if isinstance(error.character, int) else ord(str(error.character)[:1] or "\0")
        return Diagnostic.error(
            "control-character", f"the character U+{code:04X} cannot stand in YAML", at, "remove it"
        )


def _sign_at(text: str, mark: Any) -> str:
    lines = text.split("\n")
    return lines[mark.line][mark.column : mark.column + 1] if mark.line < len(lines) else ""


def _syntax_hints(problem: str) -> tuple[str, ...]:
    if "mapping values are not allowed" in problem:
        return ("quote a value that holds a colon followed by a space",)
    if "cannot start any token" in problem:
        return ("quote a value that starts with @, %, ` or another sign",)
    if "expected" in problem and ("','" in problem or "key" in problem):
        return ("look for a missing bracket, comma or quote, or lines indented differently",)
    return ()


def _one_line(path: str) -> str:
    return path.replace("\n", " ")
