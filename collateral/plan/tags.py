"""The tags of one piece: what an expression yields, whether a condition holds, how a value is written.

In: what tags may read and the formats of the piece's language. Out: values and texts; `problems` collects, once for each place,
what had no value. It must not know content nodes.
"""

from __future__ import annotations

from collections.abc import Mapping

from collateral.diagnostics import Diagnostic, Span
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.expressions import ExpressionError, Formats, MissingValue, parse, tag_value, to_text
from collateral.expressions.hints import where_to_give


@dataclass(slots=True)
class Tags:
    """Evaluates the tags of one piece."""

    scope: Mapping[str, object]
    formats: Formats
    problems: list[Diagnostic] = field(default_factory=list)

    def value(self, source: str, at: Span | None, local: Mapping[str, object] | None = None) -> object:
        """What a tag's expression yields; None, with a diagnostic, where it has no value."""
        expression, found = parse(source, at=at)
        self.problems += found
        if expression is None:
            return None
        try:
            return tag_value(expression, {**self.scope, **(local or {})}, self.formats)
        except MissingValue as missing:
            self.problems.append(_missing(missing, source, at))
        except ExpressionError as error:
            self.problems.append(Diagnostic.error("bad-value", f"{error} in '{{{{ {source} }}}}'", at))
        return None

    def holds(self, source: str | None, at: Span | None, local: Mapping[str, object] | None = None) -> bool:
        """Whether a condition holds; what is missing is false, an `else` (None) always holds."""
        if source is None:
            return True
        expression, found = parse(source, at=at)
        self.problems += found
        if expression is None:
            return False
        try:
            return bool(tag_value(expression, {**self.scope, **(local or {})}, self.formats, soft=True))
        except ExpressionError as error:
            self.problems.append(Diagnostic.error("bad-value", f"{error} in '{{% if {source} %}}'", at))
            return False

    def text(self, value: object, at: Span | None = None, source: str = "") -> str:
        """A value as the piece writes it; empty, with a diagnostic, for what cannot be written, such as a group of values."""
        if value is None:
            return ""
        try:
            return to_text(value, self.formats)
        except ExpressionError as error:
            told = f"{error} in '{{{{ {source} }}}}'" if source else str(error)
            self.problems.append(Diagnostic.error("bad-value", told, at))
            return ""


def _missing(missing: MissingValue, source: str, at: Span | None) -> Diagnostic:
    fact = missing.path or source
    hint = where_to_give(fact, f"{{{{ {source} | default(…) }}}}")
    return Diagnostic.error("missing-value", f"no value for '{fact}'", at, hint)
