"""The one expression language: parse, check, evaluate and explain. It knows neither blocks nor files.

Jinja's expression grammar, read by Jinja's own parser, restricted to listed node kinds, filters, tests and functions, and
run by our own code: on plain data only (mappings, sequences, text, numbers, dates), bounded, without a clock.

**Parsing.** `parse(text, at=…, functions=…)` → `(Expression | None, diagnostics)`, memoised. `Expression` is a plain
picklable value. `pack_memo()` gives everything parsed so far as plain tuples for a cache, `unpack_memo(…)` takes them
back, so a warm start never imports Jinja; `memo_grew()` tells whether there is something new to keep.

**Rules** (`when`, definitions, value models): `evaluate(expression, scope, definitions=…)` → a value or an `Unknown`; use
`is_true`, `is_false`, `is_unknown`. Three-valued, never raises for data. `explain(…)` → what each part came to,
`shortfalls(…)` → the conditions that failed and what the data say instead.

**Tags**, for the template compiler. Its generated functions run with `runtime()` as globals and take the context `c` and
the `Formats` `L`:

    expression.code(names, context="c", formats="L")   Python source of the value, e.g. c["prospect"]["name"]
    expression.code(names, soft=True)                  the same for the condition of an `if`: what is missing is None
    x_text(value, L)                                   a value as text; a str comes back as it is (inline that test)

`names` replaces root names or dotted paths by local source: {"row": "v1", "loop.index": "(i1 + 1)", "loop.first": "(i1 == 0)"}.
Fast code has no checks: missing data surface as KeyError, IndexError, TypeError or ExpressionError. Catch those once per
part, then call `tag_value(expression, scope, formats, soft=…)` for each tag: it raises MissingValue(path) or ExpressionError
with a message for people. Functions of your own (slot, block, chart) are passed to `parse(functions=…)`, appear in the code
as `fn_slot(…)` and must be put into the namespace. In conditions a missing value is false and equal to nothing, ordering it
(`<`) is an error; everywhere else it is an error unless `| default(…)`.

**Checking.** `check(expression, schema, definitions=…)` compares names and kinds with a schema (`profile_schema(…)` makes
the one of a workspace) and says "did you mean".

**Formats.** `Formats(locale, currency)`: how values are written. An empty locale writes them as Jinja does.
"""

from collateral.expressions.arguments import to_text
from collateral.expressions.check import check
from collateral.expressions.errors import (
    UNKNOWN,
    ExpressionError,
    MissingValue,
    Unknown,
    is_false,
    is_true,
    is_unknown,
)
from collateral.expressions.evaluate import evaluate
from collateral.expressions.explain import Explanation, Shortfall, explain, shortfalls
from collateral.expressions.expression import Expression
from collateral.expressions.filters import FILTERS
from collateral.expressions.formats import Formats
from collateral.expressions.kinds import Kind, Schema
from collateral.expressions.parsing import FUNCTIONS, memo_grew, pack_memo, parse, unpack_memo
from collateral.expressions.profile import profile_schema
from collateral.expressions.runtime import lookup, runtime, tag_value
from collateral.expressions.value_tests import TESTS

value = tag_value  # the same under a shorter name

__all__ = [
    "FILTERS",
    "FUNCTIONS",
    "TESTS",
    "UNKNOWN",
    "Explanation",
    "Expression",
    "ExpressionError",
    "Formats",
    "Kind",
    "MissingValue",
    "Schema",
    "Shortfall",
    "Unknown",
    "check",
    "evaluate",
    "explain",
    "is_false",
    "is_true",
    "is_unknown",
    "lookup",
    "memo_grew",
    "pack_memo",
    "parse",
    "profile_schema",
    "runtime",
    "shortfalls",
    "tag_value",
    "to_text",
    "unpack_memo",
    "value",
]
