"""The HTML master of an e-mail: marketing's markup with tags, filled with escaped values.

The tags are those of Office masters: `{{ expression }}`, `{% if %}`, `{% for %}`, `{# … #}`; `{{ body }}` or
`{{ slot("body") }}` is where the text goes. A value becomes text or part of an attribute and is always escaped, and encoded within
an address; an address that is neither web, mail nor an inline picture is refused by `html_page`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Literal
from urllib.parse import quote

from collateral.diagnostics import Diagnostic, Span
from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.expressions import Expression, ExpressionError, Formats, MissingValue, parse, to_text, value
from collateral.expressions.hints import where_to_give
from collateral.expressions.typography import NAME
from collateral.ooxml.drawing.addresses import safe_address

MAX_TURNS = 1_000
Stands = Literal["in text", "as address", "in address"]
_TAG = re.compile(r"\{\{(?P<value>.*?)\}\}|\{%-?(?P<statement>.*?)-?%\}|\{#.*?#\}", re.DOTALL)
_BODY = re.compile(r"""body|slot\(\s*["'][\w-]+["']\s*\)""")
_ADDRESS = re.compile(r"""\b(?:href|src)\s*=\s*(?:"(?P<a>[^"<>]*)|'(?P<b>[^'<>]*))$""", re.IGNORECASE)
_LOOKED_BACK = 2_000  # characters
_FOR = re.compile(rf"for\s+({NAME})\s+in\s+(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Value:
    """A `{{ expression }}`; without one, the place of the text. `stands` tells where it becomes what."""

    expression: Expression | None
    at: Span
    stands: Stands = "in text"


@dataclass(frozen=True, slots=True)
class Choice:
    """`{% if %}` with its branches; the `else` branch has no expression."""

    branches: tuple[tuple[Expression | None, Ops], ...]
    at: Span


@dataclass(frozen=True, slots=True)
class Loop:
    """`{% for name in expression %}`."""

    name: str
    expression: Expression
    body: Ops
    at: Span


Op = str | Value | Choice | Loop
Ops = tuple[Op, ...]


@dataclass(frozen=True, slots=True)
class HtmlTemplate:
    """A compiled HTML master."""

    file: str
    ops: Ops

    @property
    def fields(self) -> frozenset[str]:
        """The dotted paths its tags read, loop variables left out."""
        return frozenset(_fields(self.ops, frozenset({"body", "language", "subject"})))

    def fill(
        self, values: Mapping[str, object], *, body: str, language: str, currency: str = "EUR"
    ) -> tuple[str, list[Diagnostic]]:
        """The HTML, and a diagnostic for each tag without a value."""
        filler = _Filler(Formats(language, currency), body)
        html = "".join(filler.ops(self.ops, {**values, "language": language}))
        return html, filler.problems


def compile_html(text: str, file: str) -> tuple[HtmlTemplate, list[Diagnostic]]:
    """The master as a template; each tag that makes no sense is a diagnostic and leaves a gap."""
    reader = _Reader(text, file)
    return HtmlTemplate(file, reader.block(())), reader.problems


class _Reader:
    """A recursive reader over the tags of the text."""

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file
        self.problems: list[Diagnostic] = []
        self.position = 0
        self.ended_by = ""

    def block(self, ends: tuple[str, ...]) -> Ops:
        """Everything up to one of the statements in `ends`, which is left in `ended_by`."""
        ops: list[Op] = []
        while found := _TAG.search(self.text, self.position):
            if found.start() > self.position:
                ops.append(self.text[self.position : found.start()])
            self.position = found.end()
            at = self._span(found.start())
            if found["value"] is not None:
                ops += self._value(found["value"].strip(), at)
            elif found["statement"] is not None:
                statement = found["statement"].strip()
                if statement.split(maxsplit=1)[:1] and statement.split(maxsplit=1)[0] in ends:
                    self.ended_by = statement
                    return tuple(ops)
                ops += self._statement(statement, at)
        ops.append(self.text[self.position :])
        self.position = len(self.text)
        self.ended_by = ""
        return tuple(op for op in ops if op != "")

    def _value(self, source: str, at: Span) -> Iterator[Op]:
        if _BODY.fullmatch(source):
            yield Value(None, at)
        elif expression := self._parse(source, at):
            yield Value(expression, at, self._stands())

    def _stands(self) -> Stands:
        """Where the tag that was just read stands."""
        end = self.text.rfind("{{", 0, self.position)
        found = _ADDRESS.search(self.text, max(end - _LOOKED_BACK, 0), end)
        if found is None:
            return "in text"
        return "in address" if found["a"] or found["b"] else "as address"

    def _statement(self, statement: str, at: Span) -> Iterator[Op]:
        if statement.startswith("if "):
            yield self._choice(statement[3:], at)
        elif found := _FOR.fullmatch(statement):
            expression = self._parse(found[2], at)
            body = self.block(("endfor",))
            self._expect("endfor", at, statement)
            if expression is not None:
                yield Loop(found[1], expression, body, at)
        else:
            self._problem("unknown-tag", f"'{{% {statement} %}}' is no tag here", at)

    def _choice(self, condition: str, at: Span) -> Choice:
        branches: list[tuple[Expression | None, Ops]] = []
        expression = self._parse(condition, at)
        while True:
            body = self.block(("elif", "else", "endif"))
            branches.append((expression, body))
            if not self.ended_by.startswith("elif "):
                break
            expression = self._parse(self.ended_by[5:], at)
        if self.ended_by == "else":
            branches.append((None, self.block(("endif",))))
        self._expect("endif", at, f"if {condition}")
        return Choice(tuple(branches), at)

    def _expect(self, end: str, at: Span, statement: str) -> None:
        if self.ended_by != end:
            self._problem("unclosed-tag", f"'{{% {statement} %}}' has no '{{% {end} %}}'", at)

    def _parse(self, source: str, at: Span) -> Expression | None:
        expression, found = parse(source, at=at)
        self.problems += found
        return expression

    def _problem(self, code: str, message: str, at: Span) -> None:
        self.problems.append(Diagnostic.error(code, message, at))

    def _span(self, offset: int) -> Span:
        before = self.text[:offset]
        return Span(self.file, before.count("\n") + 1, offset - before.rfind("\n"))


class _Filler:
    def __init__(self, formats: Formats, body: str) -> None:
        self.formats, self.body = formats, body
        self.problems: list[Diagnostic] = []

    def ops(self, ops: Ops, scope: Mapping[str, object]) -> Iterator[str]:
        for op in ops:
            match op:
                case str():
                    yield op
                case Value(expression=None):
                    yield self.body
                case Value(expression=Expression() as expression):
                    yield escape(_WRITTEN[op.stands](self._text(expression, op.at, scope)))
                case Choice():
                    yield from self._choice(op, scope)
                case Loop():
                    for item in self._items(op, scope):
                        yield from self.ops(op.body, {**scope, op.name: item})

    def _choice(self, op: Choice, scope: Mapping[str, object]) -> Iterator[str]:
        for expression, body in op.branches:
            if expression is None or self._value(expression, op.at, scope, soft=True):
                yield from self.ops(body, scope)
                return

    def _items(self, op: Loop, scope: Mapping[str, object]) -> list[object]:
        found = self._value(op.expression, op.at, scope)
        if not isinstance(found, list | tuple):
            self.problems.append(
                Diagnostic.error("loop-over-no-list", f"'{op.expression.source}' is not a list", op.at)
            )
            return []
        if len(found) > MAX_TURNS:
            message = f"'{op.expression.source}' has {len(found)} items, the limit is {MAX_TURNS}"
            self.problems.append(Diagnostic.error("loop-too-long", message, op.at))
        return list(found[:MAX_TURNS])

    def _text(self, expression: Expression, at: Span, scope: Mapping[str, object]) -> str:
        found = self._value(expression, at, scope)
        try:
            return to_text(found, self.formats)
        except ExpressionError as error:
            self.problems.append(
                Diagnostic.error("bad-value", f"{error} in '{{{{ {expression.source} }}}}'", at)
            )
            return ""

    def _value(
        self, expression: Expression | None, at: Span, scope: Mapping[str, object], *, soft: bool = False
    ) -> object:
        if expression is None:
            return ""
        try:
            return value(expression, scope, self.formats, soft=soft)
        except MissingValue as missing:
            self.problems.append(
                Diagnostic.error(
                    "missing-value",
                    f"no value for '{missing.path}'",
                    at,
                    where_to_give(missing.path, "| default(…)"),
                )
            )
        except ExpressionError as error:
            self.problems.append(Diagnostic.error("bad-value", str(error), at))
        return ""


_WRITTEN: Mapping[Stands, Callable[[str], str]] = {
    "in text": str,
    "as address": lambda text: safe_address(text) or text,  # any other is refused by the page
    "in address": lambda text: quote(text.encode("utf-8", "ignore"), safe=""),
}
"""A value as it is written where it stands: within an address it ends no query, and stays one value."""


def _fields(ops: Ops, local: frozenset[str]) -> Iterator[str]:
    for op in ops:
        match op:
            case Value(expression=Expression() as expression):
                yield from expression.reads_outside(local)
            case Choice():
                for condition, body in op.branches:
                    if condition is not None:
                        yield from condition.reads_outside(local)
                    yield from _fields(body, local)
            case Loop():
                yield from op.expression.reads_outside(local)
                yield from _fields(op.body, local | {op.name, "loop"})
