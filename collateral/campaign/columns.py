"""The columns a campaign reads against those the CSV has, before any row is looked at.

In: the campaign's rules, parsed, and the header. Out: a diagnostic for each column that is not there. A name that is wrong in `where:`
would otherwise be unknown for every row, and let in the very rows it was to keep out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from collateral.campaign.mapping import Mapper
from collateral.diagnostics import Diagnostic, Span
from collateral.diagnostics.hints import did_you_mean
from collateral.expressions import Expression
from collateral.expressions import nodes as n

_FALLBACKS = ("default", "d")
_QUESTIONS = ("known", "has")


def unknown_columns(mapper: Mapper, header: Sequence[str]) -> list[Diagnostic]:
    """An error for each column the rules read that the CSV does not have; a warning where they say what then."""
    found = [
        _missing(mapper, rule.column, header, rule.at)
        for rule in mapper.campaign.rules
        if rule.column is not None and rule.column not in header
    ]
    for expression, at, names in _expressions(mapper):
        found += _unknown_reads(mapper, expression, header, at, names)
    return list(dict.fromkeys(found))


def _expressions(mapper: Mapper) -> Iterator[tuple[Expression, Span | None, tuple[str, ...]]]:
    """Every expression over a row, where it stands, and the names it may read."""
    places, row = mapper.campaign.places, ("row",)
    for rule, expression in mapper.rules:
        if expression is not None:
            yield expression, rule.at, row
    yield mapper.key, places.get("key"), row
    if mapper.where is not None:
        yield mapper.where, places.get("where"), row
    for part in mapper.output or ():
        if isinstance(part, Expression):
            yield part, places.get("output"), ("row", "key")


def _unknown_reads(
    mapper: Mapper, expression: Expression, header: Sequence[str], at: Span | None, names: Sequence[str]
) -> Iterator[Diagnostic]:
    asked = _asked(expression.node)
    for path in sorted(expression.reads):
        root, _, column = path.partition(".")
        if root not in names:
            message = f"'{root}' is nothing a campaign knows"
            yield Diagnostic.error("unknown-value", message, at, 'a column is row["its heading"]')
        elif root == "row" and column and not _is_there(column, header):
            yield _missing(mapper, column, header, at, is_asked=path in asked)


def _is_there(column: str, header: Sequence[str]) -> bool:
    """Whether a path begins with a heading, which may have dots of its own."""
    return any(column == name or (name and column.startswith(f"{name}.")) for name in header)


def _asked(node: n.Node) -> frozenset[str]:
    """The paths of which the expression itself asks whether they are there, or says what else."""
    found: set[str] = set()
    for each in n.walk(node):
        match each:
            case n.Filter(name=name, operand=operand) if name in _FALLBACKS:
                found |= n.reads_of(operand)
            case n.Call(name=name, args=args) if name in _QUESTIONS:
                found = found.union(*map(n.reads_of, args))
            case n.Is(name=name, operand=operand) if name in ("defined", "undefined"):
                found |= n.reads_of(operand)
            case _:
                pass
    return frozenset(found)


def _missing(
    mapper: Mapper, column: str, header: Sequence[str], at: Span | None, *, is_asked: bool = False
) -> Diagnostic:
    message = f"'{mapper.campaign.source.file}' has no column '{column}'"
    hints = did_you_mean(column, list(header)) or (f"its columns: {', '.join(header)}",)
    make = Diagnostic.warning if is_asked else Diagnostic.error
    return make("unknown-column", message, at, *hints)
