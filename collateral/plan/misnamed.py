"""Slips of the pen in rules: names nothing in the workspace has.

In: a rule that does not hold, and the library. Out: a warning for each such name. What is not known of one prospect keeps a part
out of one piece; a name that does not exist keeps it out of all of them, without a word but for this one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from collateral.diagnostics import Diagnostic, Span
from collateral.diagnostics.lazy_dataclass import dataclass, field, replace
from collateral.expressions import Expression
from collateral.expressions.kinds import TEXT, Kind, group
from collateral.model.library import Library

_HINT = "what the rule is for is left out until it is right"


@dataclass(slots=True)
class Names:
    """What rules may read in a library; worked out when the first rule is asked about."""

    library: Library
    definitions: Mapping[str, Expression]
    _schema: dict[str, Kind] = field(default_factory=dict)

    def misnamed(self, rule: Expression, at: Span | None) -> Iterator[Diagnostic]:
        """A warning for each name in a rule, or in a definition it uses, that does not exist."""
        if self.library.broken:
            return  # what a file with errors would have given is not known
        for expression, place in self._with_definitions(rule, at):
            yield from self._in(expression, place)

    def _with_definitions(
        self, rule: Expression, at: Span | None
    ) -> Iterator[tuple[Expression, Span | None]]:
        seen: set[str] = set()
        waiting: list[tuple[Expression, Span | None]] = [(rule, at)]
        while waiting:
            expression, place = waiting.pop()
            yield expression, place
            for name in sorted(expression.names & self.definitions.keys() - seen):
                seen.add(name)
                waiting.append((self.definitions[name], self.library.definitions[name].at))

    def _in(self, expression: Expression, at: Span | None) -> Iterator[Diagnostic]:
        from collateral.expressions import check

        for found in check(expression, self._known(), definitions=self.definitions, at=at):
            if found.code.startswith("unknown-"):
                yield Diagnostic.warning("unknown-value", found.message, found.at, *found.hints, _HINT)

    def _known(self) -> Mapping[str, Kind]:
        if not self._schema:
            from collateral.expressions.profile import profile_schema

            library, anything = self.library, group({}, open=True)
            known = profile_schema(library.dimensions, library.facts, library.value_models)
            prospect = replace(known["prospect"], fields={**known["prospect"].fields, "internal": anything})
            self._schema.update(known)
            self._schema.update(prospect=prospect, contact=anything, labels=anything, language=TEXT)
        return self._schema
