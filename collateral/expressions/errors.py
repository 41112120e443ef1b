"""What can go wrong while an expression is evaluated, as exceptions and as the third truth value."""

from __future__ import annotations

from typing import TypeGuard

from collateral.diagnostics.lazy_dataclass import dataclass


class ExpressionError(Exception):
    """The data do not fit the expression (text where a number is needed, a result that is too large).

    The message is lower case, without a full stop, and quotes the offending value.
    """


class MissingValue(ExpressionError):
    """A value a tag needs is not there. `path` is how the author wrote it: "prospect.contacts.0.name"."""

    def __init__(self, path: str) -> None:
        super().__init__(f'no value for "{path}"' if path else "no value")
        self.path = path


@dataclass(frozen=True, slots=True)
class Unknown:
    """The third truth value: neither true nor false, because of what is not known.

    `facts` are the dotted paths that would have to be known; `reason` is set when the data do not fit instead.
    """

    facts: tuple[str, ...] = ()
    reason: str | None = None

    def __bool__(self) -> bool:
        raise TypeError("unknown is neither true nor false; ask is_unknown() or is_true()")


UNKNOWN = Unknown()


def is_unknown(value: object) -> TypeGuard[Unknown]:
    """Whether the value is the third truth value."""
    return isinstance(value, Unknown)


def is_true(value: object) -> bool:
    """Whether a rule holds for certain."""
    return not isinstance(value, Unknown) and bool(value)


def is_false(value: object) -> bool:
    """Whether a rule fails for certain."""
    return not isinstance(value, Unknown) and not value


def merge(*values: object) -> Unknown:
    """All that is unknown among the values, as one unknown; facts keep their order."""
    found = [v for v in values if isinstance(v, Unknown)]
    facts = dict.fromkeys(fact for unknown in found for fact in unknown.facts)
    return Unknown(tuple(facts), next((u.reason for u in found if u.reason), None))
