"""What `inspect` says a template needs is what filling asks for: data its schema takes raise no error."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from template_builders import image, p, word

from collateral.diagnostics import Diagnostic
from collateral.ooxml import compile_template, inspect
from collateral.ooxml.template.compiling.inspect import to_json_schema


def schema_of(body: str) -> dict[str, Any]:
    found, problems = inspect(word(body))
    assert found is not None and not problems
    return to_json_schema(found)


def problems_with(template: Any, data: Mapping[str, Any]) -> list[Diagnostic]:
    return template.fill(data)[1]  # type: ignore[no-any-return]


_LEAVES: dict[str, st.SearchStrategy[Any]] = {
    "string": st.sampled_from(["", "x", "3", "R&D\nline"]),
    "number": st.integers(-1000, 1000) | st.floats(-1000, 1000),
    "boolean": st.booleans(),
    "null": st.none(),
    "array": st.lists(st.just("x"), max_size=2),
    "object": st.just({"k": 1}),
}


def values_of(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Any value the schema takes."""
    kinds = schema.get("type", list(_LEAVES))
    return st.one_of([_of_kind(schema, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)])


def _of_kind(schema: Mapping[str, Any], kind: str) -> st.SearchStrategy[Any]:
    if kind == "string" and schema.get("format") == "date":
        return st.just("2026-05-06")
    if kind == "string" and "picture" in schema.get("description", ""):
        return st.just(image())
    if kind == "array" and "items" in schema:
        least = schema.get("minItems", 0)
        return st.lists(values_of(schema["items"]), min_size=least, max_size=least + 2)
    if kind == "object" and "properties" in schema:
        made = {name: values_of(child) for name, child in schema["properties"].items()}
        required = schema.get("required", ())
        return st.fixed_dictionaries(
            {name: value for name, value in made.items() if name in required},
            optional={name: value for name, value in made.items() if name not in required},
        )
    return _LEAVES[kind]


@pytest.mark.parametrize(
    "body",
    [
        "{{ a }} {{ b | money }} {{ c | date }} {{ d | upper }}",
        "{% if a %}{{ a }}{% endif %}",
        "{% if a is defined and a > 3 %}{{ a }}{% endif %}",
        "{% if not a %}-{% elif b %}{{ a }}{{ b }}{% else %}{{ a }}{% endif %}",
        "{% if a.b %}{{ a.b }}{{ a.c }}{% endif %}",
        "{% if a == 'x' %}{{ a }}{% endif %}",
        "{% if a > 3 or b %}{{ b or 'none' }}{% endif %}",
        "{% if rows | length > 3 %}many{% endif %}",
        "{% for x in rows %}{{ x.a }}{% if x.b %}{{ x.b | upper }}{% endif %}{% endfor %}",
        "{% for x in rows or [] %}{{ x.a }}{% endfor %}",
        "{% for x in rows | default([]) if x.on %}{{ x.on }}{{ rows | length }}{% endfor %}",
        "{% for x in rows[:2] %}{{ x.a | number(decimals=2) }}{% else %}{{ else_ }}{% endfor %}",
        "{% for part in rows | batch(2) %}{% for x in part %}{{ x.a }}{% endfor %}{% endfor %}",
        "{{ a[0] }} {{ a[2] }} {{ b[1].name }}",
        "{{ a | first }} {{ b | last | upper }} {{ (c | first).name }}",
        "{{ a | join(', ') }} {{ b | map(attribute='n') | join }} {{ c | sum }} {{ d | sum('n') | money }}",
        "{{ a | list }} {{ b | reverse | join }}",
        "{{ a if a else b }} {{ c if c is defined else '-' }} {{ d | default(e) }}",
        "{{ (a or {}).b | default('-') }}",
        "{% set x = a.b %}{{ x }} {% with y = c %}{{ y.d }}{% endwith %}",
        "{% set n = namespace(t=0) %}{% for x in rows %}{% set n.t = n.t + x.n * 1 %}{% endfor %}{{ n.t | money }}",
        "{{ a is none }} {{ not b }} {{ a.items() | length }}",
        "{% if picture_ %}{{ picture(picture_) }}{% endif %}{{ picture(photos | first) }}",
    ],
)
def test_data_the_schema_takes_raise_no_error(body: str) -> None:
    schema = schema_of(p("text " + body))
    template, problems = compile_template(word(p("text " + body)))
    assert template is not None, problems

    @settings(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(values_of(schema))
    def take(data: Mapping[str, Any]) -> None:
        assert not problems_with(template, data)

    take()


@pytest.mark.parametrize(
    ("body", "required"),
    [
        ("{% if a %}{{ a }}{{ b }}{% endif %}", {"b"}),
        ("{% if a.b %}{{ a.b }}{{ a.c }}{% endif %}", set()),
        ("{% if a > 3 %}x{% endif %}", {"a"}),
        ("{% if a | length > 3 %}x{% endif %}", {"a"}),
        ("{% if a == 3 and not b %}x{% endif %}", set()),
        ("{{ a if known(a) else b }}", {"b"}),
        ("{{ a | number(decimals=b) }}", {"a", "b"}),
        ("{% for x in a or [] %}{{ x.b }}{% endfor %}", set()),
    ],
)
def test_what_a_condition_asks_for_is_not_required(body: str, required: set[str]) -> None:
    assert set(schema_of(p("text " + body)).get("required", ())) == required


def test_places_in_a_list_are_a_list_in_the_schema() -> None:
    schema = schema_of(p("{{ a[0].name }} {{ a[2].name }} {% for x in b %}{{ x.c }}{% endfor %}"))
    assert (schema["properties"]["a"]["type"], schema["properties"]["a"]["minItems"]) == ("array", 3)
    assert schema["properties"]["a"]["items"]["required"] == ["name"]
    assert "minItems" not in schema["properties"]["b"]


def test_what_a_branch_needs_is_required_inside_what_it_asks_for() -> None:
    schema = schema_of(p("{% if a.b %}{{ a.c }}{% endif %}"))
    assert schema["properties"]["a"]["required"] == ["c"]
