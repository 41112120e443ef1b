"""Rows → profiles: the campaign's rules applied to one row at a time.

In: a row and the campaign. Out: a prospect, or the reason why the row has none. It must not know how prospects are used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from collateral.campaign.cells import CellError, quoted, read_cell
from collateral.campaign.rows import Row
from collateral.diagnostics import Diagnostic, Span, has_errors
from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.expressions import Expression, ExpressionError, Formats, MissingValue, parse, to_text, value
from collateral.expressions.typography import composed
from collateral.load.facts import make_prospect
from collateral.model.campaign import Campaign, FactRule
from collateral.model.library import Library
from collateral.model.prospect import Prospect

PLAIN = Formats()


class RowError(ValueError):
    """Why a row cannot be used."""


@dataclass(frozen=True, slots=True)
class Mapper:
    """The rules of a campaign, parsed once."""

    campaign: Campaign
    library: Library
    rules: tuple[tuple[FactRule, Expression | None], ...]
    key: Expression
    where: Expression | None
    output: tuple[str | Expression, ...] | None  # texts and expressions in turn
    tables: Mapping[str, Mapping[str, object]]  # keys folded: case and outer blanks do not matter

    def wanted(self, row: Row) -> bool:
        """Whether the campaign's `where` lets the row in."""
        return self.where is None or bool(_evaluate(self.where, row, soft=True))

    def key_of(self, row: Row) -> str:
        """The prospect id of a row; raises RowError when it is empty."""
        key = to_text(_evaluate(self.key, row), PLAIN).strip()
        if not key:
            raise RowError(f"the key '{self.key.source}' is empty")
        return key

    def prospect(self, row: Row, key: str, folder: str) -> tuple[Prospect, tuple[str, ...]]:
        """The profile of a row, with what was left out of it; raises RowError with all that is wrong with it."""
        data = _Branch()
        wrong: list[str] = []
        for rule, expression in self.rules:
            try:
                found = self._fact(rule, expression, row)
            except (RowError, CellError) as error:
                wrong.append(f"{rule.fact}: {error}")
                continue
            if found is not None:
                data.put(rule.fact, found)
        here = Span(self.campaign.source.file, row.line)
        plain = data.as_plain()
        assert isinstance(plain, dict)
        prospect, problems = make_prospect(
            key,
            plain,
            self.library,
            path=self.campaign.source.file,
            folder=folder,
            place=lambda _, key=False: here,
        )
        wrong += [_told(d) for d in problems if has_errors([d])]
        if "name" not in prospect.facts and not any(reason.startswith("name: ") for reason in wrong):
            wrong.append("name: there is none")
        if wrong:
            raise RowError("; ".join(wrong))
        return prospect, tuple(
            _told(d) for d in problems if d.code != "unknown-fact"
        )  # that is said once for all rows

    def _fact(self, rule: FactRule, expression: Expression | None, row: Row) -> object:
        found = self._source(rule, expression, row)
        if isinstance(found, str):
            found = found.strip()
            if "\ufffd" in found:
                raise RowError(
                    f"{quoted(found)} holds \ufffd, which stands for a letter that was lost before"
                )
        if found is None or found == "":
            if rule.required and rule.default is None:
                raise RowError("is required and blank")
            return rule.default
        if rule.split and isinstance(found, str):
            parts = [part.strip() for part in found.split(rule.split)]
            return [self._looked_up(rule, part) for part in parts if part]
        return self._looked_up(rule, found)

    def _source(self, rule: FactRule, expression: Expression | None, row: Row) -> object:
        if expression is not None:
            return _evaluate(expression, row)
        if rule.column is None:
            return None
        if rule.column not in row.cells:
            raise RowError(f"the CSV has no column '{rule.column}'")
        return row.cells[rule.column]

    def _looked_up(self, rule: FactRule, found: object) -> object:
        if rule.table is not None:
            table = self.tables.get(rule.table, {})
            folded = _folded(found)
            if folded not in table:
                raise RowError(f"{quoted(str(found))} is not in the table '{rule.table}'")
            found = table[folded]
        return read_cell(found, rule.type) if isinstance(found, str) and rule.type else found


def make_mapper(campaign: Campaign, library: Library) -> tuple[Mapper | None, list[Diagnostic]]:
    """The campaign's rules ready to run; None when an expression cannot be read or a table is missing."""
    problems: list[Diagnostic] = []

    def parsed(source: str | None, at: Span | None) -> Expression | None:
        if source is None:
            return None
        expression, found = parse(source, at=at)
        problems.extend(found)
        return expression

    rules = tuple((rule, parsed(rule.expression, rule.at)) for rule in campaign.rules)
    places = campaign.places
    key, where = parsed(campaign.key, places.get("key")), parsed(campaign.where, places.get("where"))
    output = _pattern(campaign.output, lambda source: parsed(source, places.get("output")))
    for rule in campaign.rules:
        if rule.table is not None and rule.table not in campaign.tables:
            problems.append(
                Diagnostic.error(
                    "unknown-table", f"there is no table '{rule.table}'", rule.at, "add it under `tables:`"
                )
            )
    if has_errors(problems) or key is None:
        return None, problems
    tables = {name: {_folded(k): v for k, v in table.items()} for name, table in campaign.tables.items()}
    return Mapper(campaign, library, rules, key, where, output, tables), problems


def _pattern(
    text: str | None, parsed: Callable[[str], Expression | None]
) -> tuple[str | Expression, ...] | None:
    """A text with `{{ tags }}` as its pieces."""
    if text is None:
        return None
    pieces: list[str | Expression] = []
    for number, piece in enumerate(re.split(r"\{\{(.*?)\}\}", text)):
        part = parsed(piece.strip()) if number % 2 else piece
        if part is not None:
            pieces.append(part)
    return tuple(pieces)


def _evaluate(expression: Expression, row: Row, *, soft: bool = False) -> object:
    try:
        return value(expression, {"row": row.cells}, PLAIN, soft=soft)
    except MissingValue as missing:
        raise RowError(f"the CSV has no column for '{missing.path}'") from None
    except ExpressionError as error:
        raise RowError(str(error)) from None


class _Branch(dict[str, object]):
    """What dotted paths lead through; lists are kept by the numbers of their items until `as_plain`."""

    def put(self, path: str, found: object) -> None:
        """Set a dotted path; none leads through another's value, which loading sees to."""
        *steps, last = path.split(".")
        node = self
        for step in steps:
            below = node.setdefault(step, _Branch())
            assert isinstance(below, _Branch)
            node = below
        node[last] = found

    def as_plain(self) -> dict[str, object] | list[object]:
        """A list, in order, where all keys are numbers: `contacts.0.name`. A number without a value takes no place."""
        items = {key: item.as_plain() if isinstance(item, _Branch) else item for key, item in self.items()}
        if items and all(key.isdecimal() for key in items):
            return [items[key] for key in sorted(items, key=int)]
        return items


def _folded(found: object) -> str:
    return composed(" ".join(str(found).split()).casefold())


def _told(problem: Diagnostic) -> str:
    hints = f" ({problem.hints[0]})" if problem.hints else ""
    return problem.message + hints
