"""Promise 2: every name in an expression exists, and is compared with what it can be."""

from __future__ import annotations

from collections.abc import Iterator

from collateral import expressions
from collateral.diagnostics import Diagnostic, Severity
from collateral.diagnostics.lazy_dataclass import replace
from collateral.rules.rule import Rule, View
from collateral.rules.uses import all_uses, schema_of, with_internal

ID = "unknown-value"
VALUE_MODELS = "content_blocks/value_models/"


def check(view: View) -> Iterator[Diagnostic]:
    """Expressions with a wrong name, a value a dimension does not have, or a mistake in their grammar."""
    library = view.library
    base = schema_of(view)
    inside = {**base, "prospect": with_internal(base["prospect"])}
    broken_model = any(path.startswith(VALUE_MODELS) for path in library.broken)
    for one in all_uses(view):
        if one.expression is None:
            yield from one.problems
            continue
        schema = {**(base if one.customer_facing else inside), **one.local}
        for found in expressions.check(one.expression, schema, definitions=library.definitions, at=one.at):
            if one.customer_facing and '"internal"' in found.message:
                continue  # internal-fact-in-customer-form says so
            if found.message.startswith('"value" has no') and broken_model:
                continue  # what a value model with errors would give is not known
            code = ID if found.code.startswith("unknown-") else found.code
            yield replace(found, code=code, notes=((one.within, None),) if one.within else ())


RULE = Rule(ID, "an expression reads something that does not exist", Severity.ERROR, check)
