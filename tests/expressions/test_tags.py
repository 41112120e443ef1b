"""Tags: the code the template compiler gets, and what a missing value says."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collateral.expressions import (
    Expression,
    ExpressionError,
    Formats,
    MissingValue,
    parse,
    runtime,
    tag_value,
)

DATA: dict[str, Any] = {
    "prospect": {
        "name": "Van Dijk",
        "fleet_size": 420,
        "blank": None,
        "needs": ["dwell-time", "labour-cost", "dwell-time"],
        "contacts": [{"name": "Els", "role": "coo"}, {"name": "Bo", "role": "cfo", "age": 3}],
        "items": "a key, not a method",
        "since": date(2026, 3, 1),
    },
    "value": {"saving": Decimal("182345.37"), "share": Decimal("0.314")},
    "row": {"qty": 2},
}


def parsed(source: str) -> Expression:
    expression, problems = parse(source)
    assert expression is not None, problems
    return expression


def fast(source: str, *, soft: bool = False, names: dict[str, str] | None = None) -> object:
    """What the compiled code yields."""
    code = parsed(source).code(names or {}, soft=soft)
    return eval(f"lambda c, L, v1=None: {code}", runtime())(DATA, Formats("en"), DATA["row"])


CASES = [
    ("prospect.name", "Van Dijk"),
    ("prospect.contacts[0].name", "Els"),
    ("prospect.contacts.0.name", "Els"),
    ('prospect["name"]', "Van Dijk"),
    ("prospect.items", "a key, not a method"),
    ("value.saving | money", "€182,345"),
    ("value.saving | money('USD', decimals=2)", "$182,345.37"),
    ("value.saving | number", "182,345.37"),
    ("value.saving | round", 182345),
    ("value.saving | round(1)", Decimal("182345.4")),
    ("value.share | percent(1)", "31.4%"),
    ("prospect.since | date", "March 1, 2026"),
    ("prospect.since | date('d MMM')", "1 Mar"),
    ("prospect.needs | unique | list", "dwell-time and labour-cost"),
    ("prospect.needs | first", "dwell-time"),
    ("prospect.needs | last", "dwell-time"),
    ("prospect.needs | length", 3),
    ("prospect.needs | join(', ')", "dwell-time, labour-cost, dwell-time"),
    ("prospect.needs | sort | join('|')", "dwell-time|dwell-time|labour-cost"),
    ("prospect.contacts | map(attribute='name') | list", "Els and Bo"),
    ("prospect.contacts | selectattr('role', 'eq', 'cfo') | map(attribute='name') | join", "Bo"),
    ("prospect.contacts | rejectattr('age') | map(attribute='name') | join", "Els"),
    ("prospect.contacts | map('length') | sum", 5),
    ("prospect.contacts | map('role') | join('/')", "coo/cfo"),
    ("[3, 1, 2] | min", 1),
    ("[3, 1, 2] | max", 3),
    ("[3, 1, 2] | sort(reverse=true)", [3, 2, 1]),
    ("'a-b' | replace('-', ' ') | title", "A B"),
    ("'one two three' | truncate(9)", "one two…"),
    ("'eLS' | capitalize", "Els"),
    ("'  x ' | trim", "x"),
    ("'--x-' | trim('-') ~ ' é '.strip()", "xé"),
    ("'12' | int + 1", 13),
    ("prospect.fleet_size | plural('truck', 'trucks')", "trucks"),
    ("prospect.town | default('somewhere')", "somewhere"),
    ("prospect.address.city | default('?')", "?"),
    ("prospect.blank | default('–')", "–"),
    ("'' | default('x', true)", "x"),
    ("prospect.fleet_size is even", True),
    ("prospect.fleet_size is divisibleby(7)", True),
    ("prospect.town is defined", False),
    ("prospect.name[:3]", "Van"),
    ("prospect.needs[-1]", "dwell-time"),
    ("prospect.needs[row.qty]", "dwell-time"),
    ("'a' if prospect.town else 'b'", "b"),
    ("'a' if prospect.town", ""),
    ("prospect.town or prospect.name", "Van Dijk"),
    ("'x' in prospect.needs", False),
    ("has(prospect.wishes, 'x')", False),
    ("1 < row.qty < 3", True),
    ("range(3)", [0, 1, 2]),
    ("{'coo': 'Chief'}[prospect.contacts[0].role]", "Chief"),
    ("[1, 2] + [3]", [1, 2, 3]),
    ("2 ** 3", 8),
    ("'%.2f' | format(2.5)", "2.50"),
    ("'%05d %s %%' % (7, prospect.name)", "00007 Van Dijk %"),
    ("'%(a)-5s|' | format(a='x')", "x    |"),
    ("'{:,.2f}'.format(1234.5)", "1,234.50"),
    ("'{0} {1} {0} {{}}'.format('a', 1)", "a 1 a {}"),
    ("'{:.1%}'.format(0.256)", "25.6%"),
    ("'a b&c/é' | urlencode", "a%20b%26c/%C3%A9"),
    ("prospect.name | e", "Van Dijk"),
    ("prospect.needs | safe | length", 3),
    ("[3, 1, 2] | select('gt', 1) | list", "3 and 2"),
    ("[3, 1, 2] | reject('odd')", [2]),
    ("{'b': 1, 'a': 2} | dictsort", [["a", 2], ["b", 1]]),
    ("prospect.contacts | groupby('role') | map('first') | join(',')", "cfo,coo"),
    ("prospect.contacts | groupby('role') | map(attribute='grouper') | join(',')", "cfo,coo"),
    ("[{'n': 1}, {'n': 2}, {'n': 3}] | selectattr('n', '>', 1) | map(attribute='n') | list", "2 and 3"),
    ("[1, 2, 3] | select('<=', 2) | list", "1 and 2"),
    ("3 is greaterthan 2 and 2 is lessthan 3", True),
    ("'{:%d.%m.%Y} at {}'.format(prospect.since, 'noon')", "01.03.2026 at noon"),
    ("'one two' | wordcount", 2),
    (
        "[{'a': 2, 'b': 1}, {'a': 1, 'b': 9}, {'a': 1, 'b': 3}] | sort(attribute='a, b') | map('b') | join",
        "391",
    ),
    ("'2026-03-04T15:07:30Z' | date", "March 4, 2026"),
    ("'2026-03-04T15:07:30+02:00' | date('d MMM, HH:mm')", "4 Mar, 15:07"),
    ("'2026-03-04 15:07' | date('h:mm a')", "3:07 PM"),
    ("'2026-03-04T15:07' | strftime('%d.%m.%Y %H:%M')", "04.03.2026 15:07"),
    ("'2026-03-04' | strftime('%d/%m/%y')", "04/03/26"),
]


@pytest.mark.parametrize(("source", "expected"), CASES)
def test_compiled_and_careful_code_agree(source: str, expected: object) -> None:
    assert fast(source) == expected
    assert tag_value(parsed(source), DATA, Formats("en")) == expected


def test_dates_have_parts() -> None:
    parts = "prospect.since.year ~ '/' ~ prospect.since.month ~ '/' ~ prospect.since.day"
    assert tag_value(parsed(parts), DATA, Formats("en")) == "2026/3/1"
    with pytest.raises(MissingValue):
        tag_value(parsed("prospect.since.hour"), DATA, Formats("en"))


def test_plain_path_costs_two_look_ups() -> None:
    assert parsed("prospect.name").code() == "c['prospect']['name']"
    assert parsed("prospect.name").code({"prospect": "p"}) == "p['name']"


def test_loop_names_are_replaced_by_local_source() -> None:
    names = {"row": "v1", "loop.index": "(1 + 1)", "loop.first": "False"}
    assert fast("row.qty * loop.index", names=names) == 4
    assert parsed("loop.first").code(names) == "False"


@pytest.mark.parametrize(
    ("source", "path"),
    [
        ("prospect.town", "prospect.town"),
        ("prospect.blank", "prospect.blank"),
        ("prospect.address.city", "prospect.address"),
        ("nobody", "nobody"),
        ("prospect.contacts[7].name", "prospect.contacts.7"),
        ("prospect.name.first", "prospect.name.first"),
        ("prospect.town | upper", "prospect.town"),
        ("'In ' ~ prospect.town", "prospect.town"),
        ("prospect.fleet_size + prospect.vans", "prospect.vans"),
        ("[] | first", "[] | first"),
    ],
)
def test_missing_value_names_its_path(source: str, path: str) -> None:
    with pytest.raises(MissingValue) as caught:
        tag_value(parsed(source), DATA, Formats("en"))
    assert caught.value.path == path
    with pytest.raises((KeyError, IndexError, TypeError, ExpressionError)):
        runtime()["x_text"](fast(source), Formats("en"))  # type: ignore[operator]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("prospect.town", None),
        ("not prospect.town", True),
        ("prospect.town == 'x'", False),
        ("prospect.town != 'x'", True),
        ("prospect.town in ['x']", False),
        ("'x' in prospect.wishes", False),
        ("prospect.town and prospect.name", None),
        ("prospect.town | upper", None),
    ],
)
def test_in_a_condition_what_is_missing_is_false_and_equal_to_nothing(source: str, expected: object) -> None:
    assert fast(source, soft=True) == expected
    assert tag_value(parsed(source), DATA, Formats(), soft=True) == expected


def test_in_a_condition_what_is_missing_has_no_order() -> None:
    with pytest.raises(MissingValue, match=r"prospect\.vans"):
        tag_value(parsed("prospect.vans > 3"), DATA, Formats(), soft=True)


@pytest.mark.parametrize(
    "source",
    [
        "prospect.name * 3",
        "prospect.name + 3",
        "prospect.needs | money",
        "prospect.fleet_size | upper | money",
        "1 / 0",
        "10 ** 60 ** 9",
        "range(100000)",
        "'x' | replace('', 'y' | replace('y', 'z')) | date",
        "prospect | upper",
        "prospect.name | round",
        "prospect.fleet_size | items",
    ],
)
def test_data_that_do_not_fit_are_refused_in_words(source: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        tag_value(parsed(source), DATA, Formats("en"))
    assert str(caught.value)


def test_growing_text_is_bounded() -> None:
    source = "t" + " | replace('a', 'aaaaaaaaaaaaaaaaaaaaaaaa')" * 8
    with pytest.raises(ExpressionError, match="longer than"):
        tag_value(parsed(source), {"t": "a" * 100}, Formats())


class Trap:
    """An object whose attributes must never be touched."""

    secret = "s3cret"

    def __getattribute__(self, name: str) -> object:
        if not name.startswith("__"):
            raise AssertionError(name)
        return object.__getattribute__(self, name)


@pytest.mark.parametrize(
    "source",
    ["o.secret", "o['secret']", "o.secret | default('x')", "o | map(attribute='secret')", "o | length"],
)
def test_attributes_of_objects_are_out_of_reach(source: str) -> None:
    with contextlib.suppress(ExpressionError):
        assert tag_value(parsed(source), {"o": Trap()}, Formats()) == "x"


def test_functions_of_the_caller_are_called() -> None:
    expression, _ = parse('slot("why") ~ "!"', functions=frozenset({"slot"}))
    assert expression is not None
    assert tag_value(expression, {}, Formats(), calls={"slot": lambda name: f"<{name}>"}) == "<why>!"


@given(value=st.text())
@settings(max_examples=60, deadline=None)
def test_any_string_survives_as_a_value(value: str) -> None:
    assert tag_value(parsed("p.x"), {"p": {"x": value}}, Formats("nl")) == value


@given(source=st.text(alphabet="ab.|()[]'\"+-*/%~<>=! ,:0123456789{}", max_size=25))
@settings(max_examples=300, deadline=None)
def test_whatever_is_written_parses_or_is_refused_and_never_raises(source: str) -> None:
    expression, problems = parse(source)
    assert (expression is None) == bool(problems)
    if expression is not None:
        compile(expression.code(), "x", "eval")
        with contextlib.suppress(ExpressionError):
            tag_value(expression, {"a": 3, "b": ["x"]}, Formats("en"))


@pytest.mark.parametrize(
    "deep",
    ["not " * 58 + "a.b", "-" * 58 + "1", "a.b" + ".c" * 56, "a" + " | upper" * 57, "[" * 58 + "]" * 58],
)
def test_deepest_expression_still_compiles(deep: str) -> None:
    for soft in (False, True):
        assert compile(parsed(deep).code(soft=soft), "x", "eval").co_code


def test_importing_the_language_imports_neither_jinja_nor_babel() -> None:
    code = "import sys, collateral.expressions; sys.exit(bool({'jinja2', 'babel'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    "source",
    [
        "'%999d' | format(1)",
        "'%d' | format('x')",
        "'%*d' | format(5, 1)",
        "'%d %d' | format(1)",
        "'{:999}'.format(1)",
        "'{0.__class__}'.format(1)",
        "'{a[0]}'.format(a=[1])",
        "'{:%Y}'.format(1)",
        "known(1) | strftime('%d')",
    ],
)
def test_place_for_a_value_that_is_unknown_or_without_bound_is_refused(source: str) -> None:
    expression, _ = parse(source)
    assert expression is not None
    with pytest.raises(ExpressionError):
        tag_value(expression, {}, Formats())


@pytest.mark.parametrize(
    "source", ['"1e999999999" | int', 'range("1e999999999" | float)', "[1, 2] | batch('1e999999999' | float)"]
)
def test_number_of_a_thousand_million_digits_is_refused_at_once(source: str) -> None:
    with pytest.raises(ExpressionError, match="digits"):
        fast(source)


@pytest.mark.parametrize("text", ["inf", "nan"])
def test_what_is_no_number_is_none_for_the_float_filter(text: str) -> None:
    with pytest.raises(ExpressionError):
        fast(f'"{text}" | float')
    assert fast(f'"{text}" | int') == 0


@pytest.mark.parametrize(
    "value",
    [Decimal("1e999999999"), Decimal("1e-999999999"), 10**5000, Decimal("Infinity")],
    ids=["large", "small", "whole", "endless"],
)
def test_number_too_long_to_be_printed_is_refused(value: object) -> None:
    with pytest.raises(ExpressionError, match="digits"):
        Formats("en").text(value)
