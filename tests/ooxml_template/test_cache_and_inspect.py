"""The cache of compiled templates, and what inspecting a file tells."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from template_builders import deck, filled, p, problems_of, tbl, tr, word

from collateral.ooxml import inspect
from collateral.ooxml.template.compiling.inspect import to_json_schema
from collateral.ooxml.template.filling.cache import compiled


def _source(folder: Path) -> Path:
    source = folder / "offer.docx"
    source.write_bytes(word(p("{{ x }}")))
    return source


def test_cached_template_fills_as_the_fresh_one(tmp_path: Path) -> None:
    source = _source(tmp_path)
    fresh, _ = compiled(source, tmp_path / "cache")
    cached, _ = compiled(source, tmp_path / "cache")
    assert fresh is not None
    assert cached is not None
    assert fresh.fill({"x": "y"}) == cached.fill({"x": "y"})
    assert len(list((tmp_path / "cache").iterdir())) == 1


def test_damaged_cache_is_compiled_anew(tmp_path: Path) -> None:
    source = _source(tmp_path)
    compiled(source, tmp_path / "cache")
    kept = next((tmp_path / "cache").iterdir())
    kept.write_bytes(kept.read_bytes()[:-3] + b"xyz")
    template, problems = compiled(source, tmp_path / "cache")
    assert template is not None
    assert not problems


def test_changed_file_misses_the_cache(tmp_path: Path) -> None:
    source = _source(tmp_path)
    compiled(source, tmp_path / "cache")
    source.write_bytes(word(p("{{ y }}")))
    template, _ = compiled(source, tmp_path / "cache")
    assert template is not None
    assert template.fields == ("y",)


def test_filling_from_the_cache_imports_neither_lxml_nor_jinja(tmp_path: Path) -> None:
    source = _source(tmp_path)
    compiled(source, tmp_path / "cache")
    code = (
        "import sys; from pathlib import Path; from collateral.ooxml.template.filling.cache import compiled\n"
        f"t, _ = compiled(Path({str(source)!r}), Path({str(tmp_path / 'cache')!r}))\n"
        "t.fill({'x': 'y'}); print([m for m in ('lxml', 'jinja2', 'zipfile', 'babel') if m in sys.modules])"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "[]\n"
    )


def test_missing_file_is_a_diagnostic(tmp_path: Path) -> None:
    template, problems = compiled(tmp_path / "none.docx", None)
    assert template is None
    assert [d.code for d in problems] == ["unreadable-file"]


def test_fields_are_listed_with_kind_place_and_need() -> None:
    body = p("{{ a | money }} {{ b | default('x') }}") + tbl(
        tr("{% for r in rows %}{{ r.n }}", "{{ r.d | date }}{% endfor %}")
    )
    found, problems = inspect(word(body + p("{% if c %}x{% endif %}")), file="offer.docx")
    assert found is not None
    assert not problems
    assert [(f.path, f.kind, f.optional) for f in found.fields] == [
        ("a", "number", False),
        ("b", "text", True),
        ("c", "boolean", True),
        ("rows", "list", False),
        ("rows[].d", "date", False),
        ("rows[].n", "texts", False),
    ]
    assert str(found.fields[0].places[0]) == "offer.docx › word/document.xml › paragraph 1"


SET = "{% set x = 'q' %}"


@pytest.mark.parametrize(
    ("body", "need"),
    [
        (p("{% if a %}" + SET + "{% endif %}") + p("{{ x }}"), {"a": True, "x": True}),
        (p("{% if a %}" + SET + "{% else %}{% set x = 'z' %}{% endif %}") + p("{{ x }}"), {"a": True}),
        (p("{%p if a %}") + p("{%p set x = 1 %}") + p("{%p endif %}") + p("{{ x }}"), {"a": True, "x": True}),
        (p("{%p set x = 1 %}") + p("{{ x }}"), {}),
        (p("{% set ns = namespace(n=0) %}") + p("{{ ns.n }}"), {}),
        (p("{% for a in bs %}" + SET + "{{ x }}{% endfor %}{{ x }}"), {"bs": False, "x": False}),
        (p("{% for a in bs %}{% else %}" + SET + "{% endfor %}{{ x }}"), {"bs": False, "x": True}),
        (
            p("{% set x = b.c %}{% if a %}" + SET + "{% endif %}{{ x.t }}"),
            {"a": True, "b.c": False, "b.c.t": True},
        ),
    ],
    ids=["branch", "all branches", "paragraphs", "lone", "namespace", "turn", "no turn", "path"],
)
def test_name_that_is_set_is_a_field_only_where_it_may_not_have_been_set(
    body: str, need: dict[str, bool]
) -> None:
    """The contract says what filling does: what no taken branch set is read from the data."""
    found, _ = inspect(word(body), file="offer.docx")
    assert {f.path: f.optional for f in found.fields} == need


def test_name_no_taken_branch_set_is_read_from_the_data() -> None:
    body = p("{% if a %}" + SET + "{% endif %}{{ x }}")
    assert [filled(body, a=True), filled(body, a=False, x="data")] == [["q"], ["data"]]
    assert [d.code for d in problems_of(body, a=False)] == ["missing-value"]


def test_schema_nests_lists_and_names_what_is_required() -> None:
    found, _ = inspect(word(p("{% for r in rows %}{{ r.n }}{% endfor %}{{ who.name }}{{ x | default(1) }}")))
    assert found is not None
    schema = to_json_schema(found)
    assert schema["required"] == ["rows", "who"]
    assert schema["properties"]["rows"]["items"]["required"] == ["n"]
    assert "x" in schema["properties"]


def test_deck_shows_its_slides_layouts_and_slide_loops() -> None:
    notes = "@id: case\n@when: show\n{%slide for c in cases %}"
    found, _ = inspect(deck({"title": "Case {{ c.name }}", "notes": notes}))
    assert found is not None
    slide = found.slides[0]
    assert (slide.number, slide.id, slide.when, slide.layout) == (1, "case", "show", "Title Only")
    assert [f.path for f in found.fields] == ["cases", "cases[].name", "show"]
    assert "Title Slide" in found.layouts


def test_what_filters_look_at_and_what_is_named_for_a_while_is_in_the_contract() -> None:
    body = (
        p("{% with who = deal.owner %}{{ who.name }}{% endwith %}")
        + p("{{ lanes | map(attribute='city') | join }} {{ lanes | sum('km') }}")
        + p("{% for part in sites | slice(2) %}{% for s in part %}{{ s.id }}{% endfor %}{% endfor %}")
        + p("{% for key, value in facts.items() %}{{ key }}{% endfor %}")
    )
    found, _ = inspect(word(body))
    assert found is not None
    assert {field.path: field.kind for field in found.fields} == {
        "deal.owner": "any",
        "deal.owner.name": "text",
        "facts": "pairs",
        "lanes": "list",
        "lanes[].city": "text",
        "lanes[].km": "number",
        "sites": "list",
        "sites[].id": "text",
    }
