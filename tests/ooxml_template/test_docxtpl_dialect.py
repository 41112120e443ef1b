"""Templates written for docxtpl give the text docxtpl gives; where it loses text we keep it or refuse.

The expected texts were recorded from runs of docxtpl.
"""

from __future__ import annotations

from typing import Any

import pytest
from template_builders import filled, p, tbl, tr

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
    "loop around a table": (
        p("{%p for t in ts %}") + tbl(tr("{{ t }}", "x")) + p("{%p endfor %}"),
        {"ts": ["a", "b"]},
        [["a", "x"], ["b", "x"]],
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
    "line ends": (p("{{ x }}"), {"x": "a\nb\tc"}, ["a\nb\tc"]),
}


@pytest.mark.parametrize("name", CASES)
def test_text_is_that_of_docxtpl(name: str) -> None:
    body, data, expected = CASES[name]
    assert filled(body, **data) == expected


def test_ampersand_does_not_end_the_document() -> None:
    assert filled(p("{{ x }} rest"), x="Smith & Sons <Ltd>") == ["Smith & Sons <Ltd> rest"]
