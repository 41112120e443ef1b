"""What is an expression and what is not."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest

from collateral.diagnostics import Span
from collateral.expressions import Expression, pack_memo, parse, unpack_memo


def parsed(source: str) -> Expression:
    expression, problems = parse(source)
    assert expression is not None and problems == []
    return expression


@pytest.mark.parametrize(
    ("source", "normal"),
    [
        ("prospect.fleet_size>=100", "prospect.fleet_size >= 100"),
        ("a and not (b or c)", "a and not (b or c)"),
        ("prospect.stage in [\"a\", 'b']", 'prospect.stage in ["a", "b"]'),
        ("x|default('–')|upper", 'x | default("–") | upper'),
        ("x[1:3]", "x[1:3]"),
        ("x.name.upper()", "x.name | upper"),
        ("x == none", "x is none"),
        ("x is not defined", "not x is defined"),
        ("“quoted” ~ x", '"quoted" ~ x'),
        ("x – 1 − y — 2", "x - 1 - y - 2"),
        ("x – d['a – b'] ~ “c – d”", 'x - (d["a – b"] ~ "c – d")'),
        ("x ≥ 1 and x ≤ 9 and x ≠ 5", "x >= 1 and x <= 9 and x != 5"),
        ("\u200ex\xad\u061c + \u20091", "x + 1"),
        ("0.10", "0.1"),
        ('{"a": 1}[x]', '{"a": 1}[x]'),
    ],
)
def test_expression_is_read_as_jinja_reads_it(source: str, normal: str) -> None:
    assert parsed(source).text() == normal
    assert parsed(normal).text() == normal


def test_reads_are_the_longest_constant_paths() -> None:
    expression = parsed('prospect.contacts[0].name ~ value["saving"] ~ row.item | upper')
    assert expression.reads == {"prospect.contacts.0.name", "value.saving", "row.item"}
    assert expression.reads_outside(frozenset({"row"})) == {"prospect.contacts.0.name", "value.saving"}
    assert expression.filters == {"upper"} and expression.names == {"prospect", "value", "row"}


@pytest.mark.parametrize(
    ("source", "code", "part"),
    [
        ("", "expression-syntax", "no expression"),
        ("a b", "expression-syntax", '"b" is not expected'),
        ("a +", "expression-syntax", "its end"),
        ("a | uper", "unknown-filter", '"uper"'),
        ("a is od", "unknown-test", '"is od"'),
        ("open('/etc/passwd')", "unknown-function", '"open"'),
        ("a.__class__", "expression-not-allowed", "__class__"),
        ('a["__class__"]', "expression-not-allowed", "__class__"),
        ("a()()", "expression-not-allowed", "calls a value"),
        ("a.mro()", "unknown-method", 'no method "mro"'),
        ("f(*a)", "unknown-function", '"f"'),
        ("range(*a)", "expression-not-allowed", "star"),
        ("(" * 70 + "1" + ")" * 70, "expression-too-large", "nested"),
        ("not " * 900 + "a", "expression-too-large", "nested"),
        ("[" + "1," * 600 + "]", "expression-too-large", "at most 500 parts"),
        ("x" * 5000, "expression-too-large", "4000 characters"),
        ("a | money(nonsense=1)", "bad-arguments", "money"),
        ("a | replace('x')", "bad-arguments", "replace"),
        ("a | money(class=1)", "bad-arguments", "class"),
    ],
)
def test_what_is_no_expression_gets_a_diagnostic(source: str, code: str, part: str) -> None:
    expression, problems = parse(source, at=Span("a.md", 3))
    assert expression is None
    assert [(d.code, d.at) for d in problems] == [(code, Span("a.md", 3))]
    assert part in problems[0].message


def test_wrong_filter_suggests_the_right_one() -> None:
    assert parse("a | uper")[1][0].hints == ('did you mean "upper"?',)


def test_functions_of_the_caller_are_allowed_only_when_named() -> None:
    assert parse('slot("why")')[0] is None
    expression, _ = parse('slot("why")', functions=frozenset({"slot"}))
    assert expression is not None and expression.code() == "fn_slot('why')"


def test_expression_is_a_plain_value() -> None:
    expression = parsed('prospect.name | default("x") if prospect.fleet_size > 2.5 else [1, "b"]')
    assert pickle.loads(pickle.dumps(expression)) == expression


def test_packed_expressions_come_back_in_a_process_that_never_imports_jinja() -> None:
    expression = parsed("packed.once >= 0.25 and packed.twice in [1, 2]")
    code = (
        "import sys; from ast import literal_eval; from collateral.expressions import memo_grew, parse, unpack_memo;"
        "packed = literal_eval(sys.stdin.read()); unpack_memo(packed); unpack_memo(None);"
        "print(parse(packed[0][0])[0].text(), memo_grew(), 'jinja2' in sys.modules)"
    )
    packed = tuple(e for e in pack_memo() if isinstance(e, tuple) and e[0] == expression.source)
    done = subprocess.run(
        [sys.executable, "-c", code], input=repr(packed), capture_output=True, text=True, check=True
    )
    assert done.stdout == f"{expression.text()} False False\n"


def test_damaged_cache_is_ignored() -> None:
    unpack_memo((("dam.aged", (), ("@Nonsense", 1)), ("broken",), None, 3, ("dam.too", (), ("@Attr",))))
    assert parsed("dam.aged").reads == {"dam.aged"} and parsed("dam.too").reads == {"dam.too"}
