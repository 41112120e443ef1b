"""Templates written for docxtpl give the text docxtpl gives; where it loses text we keep it or refuse.

The expected texts were recorded from runs of docxtpl.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from template_builders import filled, p, problems_of, tbl, tr

CASES: dict[str, tuple[str, dict[str, Any], list[Any]]] = {
    "inline if": (p("a {% if x %}", "*b{{ x }}", "c{% else %}d", "e{% endif %} f"), {"x": "X"}, ["a bXc f"]),
    "tag over runs": (
        p("Hello {", "{ na", "*me }} {", "% if na", "me %}yes{% end", "if %}"),
        {"name": "N"},
        ["Hello N yes"],
    ),
    "paragraph loop": (
        p("{%p for i in xs %}") + p("- {{ i }} {{loop.index}}/{{ loop.length }}") + p("{%p endfor %}"),
        {"xs": ["a", "b"]},
        ["- a 1/2", "- b 2/2"],
    ),
    "nested paragraph directives": (
        p("{%p for g in gs %}")
        + p("{{ g.n }}")
        + p("{%p if g.show %}")
        + p("shown")
        + p("{%p endif %}{%p endfor %}"),
        {"gs": [{"n": "A", "show": 1}, {"n": "B", "show": 0}]},
        ["A", "shown", "B"],
    ),
    "row loop": (
        tbl(tr("{%tr for r in rows %}", ""), tr("{{ r.a }}", "{{ r.b }}"), tr("{%tr endfor %}", "")),
        {"rows": [{"a": 1, "b": 2}, {"a": 3, "b": 4}]},
        [["1", "2"], ["3", "4"]],
    ),
    "row condition": (
        tbl(tr("h", "i"), tr("{%tr if x %}", ""), tr("yes", "y"), tr("{%tr endif %}", "")),
        {"x": 0},
        [["h", "i"]],
    ),
    "column loop": (
        tbl(tr("{%tc for c in cs %}", "{{ c }}", "{%tc endfor %}"), columns=3),
        {"cs": ["x", "y"]},
        [["x", "y"]],
    ),
    "merge across": (
        tbl(tr("{%tc for i in xs %}", "{% hm %}wide", "{%tc endfor %}"), columns=3),
        {"xs": [1, 2]},
        [["wide"]],
    ),
    "run condition": (p("a", "{%r if x %}", "B", "{%r endif %}", "c"), {"x": 0}, ["ac"]),
    "trimmed": (
        "".join(
            p(t)
            for t in ("My house is", "{%- if x -%}", "in town", "{%- else -%}", "far", "{%- endif -%}", ".")
        ),
        {"x": 1},
        ["My house isin town."],
    ),
    "escapes": (p("{_{ a }_} {_% b %_} {{ x }}"), {"x": "X"}, ["{{ a }} {% b %} X"]),
    "set": (p("{%p set t = 3 %}") + p("{{ t * 2 }}"), {}, ["6"]),
    "condition over paragraphs": (p("A {% if x %}b") + p("c {% endif %}D"), {"x": 0}, ["A D"]),
    "loop over paragraphs": (
        p("A {% for x in xs %}{{ x }}") + p("c {% endfor %}D"),
        {"xs": [1, 2]},
        ["A 1", "c 2", "c D"],
    ),
    "elif": (p("{% if a == 1 %}one{% elif a == 2 %}two{% else %}many{% endif %}"), {"a": 2}, ["two"]),
    "filters": (
        p(
            "{{ a|upper }} {{ b|join('-') }} {{ d|length }} {{ e|title }} {{ f|replace('a','o') }} {{ b|first }}"
        ),
        {"a": "abC", "b": ["x", "y"], "d": [1, 2], "e": "hello world", "f": "banana"},
        ["ABC x-y 2 Hello World bonono x"],
    ),
    "numbers": (
        p("{{ a }} {{ b }} {{ c }} {{ d }} {{ a + b }} {{ a ~ 'x' }}"),
        {"a": 3, "b": 2.5, "c": True, "d": -1},
        ["3 2.5 True -1 5.5 3x"],
    ),
    "tests": (
        p(
            "{% if 'a' in xs %}in{% endif %}{% if x is defined %}def{% endif %}{% if zz is not defined %}undef{% endif %}"
        ),
        {"xs": ["a"], "x": 1},
        ["indefundef"],
    ),
    "ternary": (
        p("{{ 'yes' if x else 'no' }} {{ x and y }} {{ not x }}"),
        {"x": 1, "y": "Y"},
        ["yes Y False"],
    ),
    "nested loops": (
        p(
            "{% for g in gs %}{{ loop.index }}:{% for i in g %}{{ loop.index }}{{ i }} {% endfor %};{% endfor %}"
        ),
        {"gs": [["a", "b"], ["c"]]},
        ["1:1a 2b ;2:1c ;"],
    ),
    "raw": (
        p("a {% raw %}{{ x }} {% if %}{# c #}", "*{% endraw %} {{ x }}"),
        {"x": 1},
        ["a {{ x }} {% if %}{# c #} 1"],
    ),
    "raw over paragraphs": (
        p("{%p raw %}") + p("{{ x }} {% if") + p("{%p endraw %}") + p("{{ x }}"),
        {"x": 1},
        ["{{ x }} {% if", "1"],
    ),
    "escape filters": (p("{{ x|e }} {{ x|safe }} {{ x|escape }}"), {"x": "X"}, ["X X X"]),
    "formats": (
        p('{{ "%.2f"|format(x) }} {{ "{:,.1f}".format(x) }} {{ "%d" % x }}'),
        {"x": 1234.5},
        ["1234.50 1,234.5 1234"],
    ),
    "groups of a list": (
        p("{%p for c, all in xs|groupby('c') %}")
        + p("{{ c }}: {{ all|map(attribute='n')|join(',') }}")
        + p("{%p endfor %}"),
        {"xs": [{"c": "B", "n": 1}, {"c": "A", "n": 2}, {"c": "B", "n": 3}]},
        ["A: 2", "B: 1,3"],
    ),
    "turns": (
        p("{% for x in xs %}{{ loop.cycle('a', 'b') }}{{ x }} {% endfor %}"),
        {"xs": [1, 2, 3]},
        ["a1 b2 a3 "],
    ),
    "several names set": (
        p("{% set a, b = 1, 2 %}{% set a, b = b, a %}{{ a }}{{ b }}{% set (c, d) = pair %}{{ c }}{{ d }}"),
        {"pair": ["x", "y"]},
        ["21xy"],
    ),
    "names for a while": (
        p("{% with a = x, b = 2 %}{{ a }}{{ b }}{% set a = 9 %}{{ a }}{% endwith %}{{ a }}"),
        {"x": 1, "a": "outer"},
        ["129outer"],
    ),
    "names for some paragraphs": (
        p("{%p for x in xs %}")
        + p("{%p with f = loop.first, y = x * 2 %}")
        + p("{{ y }}{% if f %}!{% endif %}{{ loop.index }}")
        + p("{%p endwith %}{%p endfor %}"),
        {"xs": [1, 2]},
        ["2!1", "42"],
    ),
    "names for some rows": (
        tbl(tr("{%tr with a = xs[1] %}", ""), tr("{{ a }}", "b"), tr("{%tr endwith %}", "")),
        {"xs": [1, 2]},
        [["2", "b"]],
    ),
    "neighbours in a loop": (
        p(
            "{% for x in xs %}{% if loop.first or loop.previtem.c != x.c %}{{ x.c }}{% endif %}"
            "{{ x.n }}{{ ';' if loop.nextitem is defined and loop.nextitem.c != x.c }}{% endfor %}"
        ),
        {"xs": [{"c": "A", "n": 1}, {"c": "A", "n": 2}, {"c": "B", "n": 3}]},
        ["A12;B3"],
    ),
    "depth of loops": (
        p(
            "{% for x in xs %}{{ loop.depth }}{% for y in x %}{{ loop.depth0 }}{{ y }}{% endfor %}{% endfor %}"
        ),
        {"xs": [["a", "b"], []]},
        ["11a1b1"],
    ),
    "names in brackets": (
        p("{% for (a, b) in xs %}{{ a }}{{ b }} {% endfor %}"),
        {"xs": [[1, 2], [3, 4]]},
        ["12 34 "],
    ),
    "set in a loop": (
        p("{% set t = 0 %}{% for x in xs %}{{ t }}{% set t = x %}{{ t }} {% endfor %}={{ t }}"),
        {"xs": [1, 2]},
        ["01 02 =0"],
    ),
    "trimmed values": (
        p("a") + p("{{- x }} b {{- x }}") + p("{{ x -}} c {{ x -}}") + p("d"),
        {"x": 1},
        ["a", "1 b1", "1c 1", "d"],
    ),
    "trimmed value behind a directive": (
        p("{%p for i in xs %}") + p("{{- i }}") + p("{{ i -}}") + p("{%p endfor %}"),
        {"xs": [1, 2]},
        ["1", "1", "2", "2"],
    ),
    "set in a condition": (
        p("{% for x in xs %}{% if x == 2 %}{% set t = 'two' %}{% endif %}{{ t|default('-') }}{% endfor %}"),
        {"xs": [1, 2, 3]},
        ["-two-"],
    ),
    "namespace": (
        p("{% set ns = namespace(t=0) %}{% for x in xs %}{% set ns.t = ns.t + x %}{% endfor %}{{ ns.t }}"),
        {"xs": [1, 2]},
        ["3"],
    ),
    "join of a text": (p("{{ ', '.join(xs) }}"), {"xs": ["a", "b"]}, ["a, b"]),
    "list in the middle": (
        p("{{ xs|map('upper')|list|length }}{% for x in xs|list %}{{ x }}{% endfor %}{{ (xs|list)[0] }}"),
        {"xs": ["a", "b"]},
        ["2aba"],
    ),
    "date": (p("{{ d.strftime('%d/%m/%Y') }}"), {"d": date(2026, 3, 1)}, ["01/03/2026"]),
    "line ends": (p("{{ x }}"), {"x": "a\nb\tc"}, ["a\nb\tc"]),
}


@pytest.mark.parametrize("name", CASES)
def test_text_is_that_of_docxtpl(name: str) -> None:
    body, data, expected = CASES[name]
    assert filled(body, **data) == expected


def test_ampersand_does_not_end_the_document() -> None:
    assert filled(p("{{ x }} rest"), x="Smith & Sons <Ltd>") == ["Smith & Sons <Ltd> rest"]


def test_escape_filters_escape_nothing_twice() -> None:
    assert filled(p("{{ x|e }} {{ x|safe }}"), x="R&D <b>") == ["R&D <b> R&D <b>"]


@pytest.mark.parametrize(
    ("tag", "hint"),
    [
        ("{% macro m(x) %}", "defines no functions"),
        ("{% include 'a.docx' %}", "no other files"),
        ("{% filter upper %}", "{{ value | upper }}"),
        ("{% autoescape true %}", "always escaped"),
        ("{% break %}", "{% for item in list if"),
        ("{% set x %}", "{% set name = value %}"),
        ("{{ loop.parent }}", "known are"),
        ("{{ loop.changed(x) }}", "loop.previtem"),
        ("{{ namespace(a=1) }}", "{% set ns = namespace"),
        ("{% unheard %}", "known are"),
    ],
)
def test_what_jinja_has_and_is_not_here_is_refused_with_what_to_write_instead(tag: str, hint: str) -> None:
    found = problems_of(p(f"{{% for x in xs %}}a {tag} b{{% endfor %}}"), xs=[1])
    assert len(found) == 1
    assert tag in found[0].message
    assert hint in found[0].hints[0]
    assert found[0].at is not None and found[0].at.paragraph == 1


def test_raw_text_without_an_end_is_refused() -> None:
    assert [d.code for d in problems_of(p("{% raw %}{{ x }}"))] == ["tag-not-closed"]


def test_loop_over_a_group_of_values_says_how_to_go_through_one() -> None:
    found = problems_of(p("{% for k in g %}{{ k }}{% endfor %}"), g={"a": 1})
    assert [d.code for d in found] == ["value-unusable"]
    assert "group.items()" in found[0].message
    assert filled(p("{% for k, v in g.items() %}{{ k }}={{ v }}{% endfor %}"), g={"a": 1}) == ["a=1"]
