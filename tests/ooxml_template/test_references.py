"""Cross-references show what stands at their bookmark in the filled document, without Word being asked to update them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from template_builders import W, filled, member, names_in, p, word

from collateral.ooxml import fill


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def char(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def reference(shown: str, name: str = "_Ref1", code: str = "REF {} \\h") -> str:
    """A cross-reference as Word inserts it."""
    instruction = f'<w:r><w:instrText xml:space="preserve"> {code.format(name)} </w:instrText></w:r>'
    return f"{char('begin')}{instruction}{char('separate')}{run(shown)}{char('end')}"


def marked(content: str, name: str = "_Ref1", number: int = 1) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


def figure(number: int, name: str, tail: str) -> str:
    count = f'<w:fldSimple w:instr=" SEQ Figure "><w:r><w:t>{number}</w:t></w:r></w:fldSimple>'
    return f"<w:p>{marked(run('Figure ') + count, name, number)}{run(tail)}</w:p>"


def test_reference_shows_the_value_at_its_bookmark() -> None:
    body = f"<w:p>{marked(run('{{ name }}'))}</w:p><w:p>{run('for ')}{reference('Acme')}</w:p>"
    assert filled(body, name="Smith & Sons") == ["Smith & Sons", "for Smith & Sons"]


def test_reference_before_its_caption_shows_the_number_it_came_to_have() -> None:
    body = f"<w:p>{run('see ')}{reference('Figure 2', 'two')}</w:p>"
    body += p("{%p if c %}") + figure(1, "one", ": gone") + p("{%p endif %}") + figure(2, "two", ": there")
    assert filled(body, c=False) == ["see Figure 1", "Figure 1: there"]
    assert filled(body, c=True) == ["see Figure 2", "Figure 1: gone", "Figure 2: there"]


def test_reference_in_a_loop_shows_what_its_turn_has() -> None:
    line = f"<w:p>{marked(run('{{ x }}'))}{run(' is ')}{reference('Acme')}</w:p>"
    body = p("{%p for x in xs %}") + line + p("{%p endfor %}")
    assert filled(body, xs=["a", "b"]) == ["a is a", "b is b"]


def test_result_of_several_runs_is_written_once() -> None:
    shown = reference("Ac").replace(run("Ac"), run("Ac") + run("me"))
    body = f"<w:p>{marked(run('{{ name }}'))}</w:p><w:p>{shown}{run('.')}</w:p>"
    assert filled(body, name="B") == ["B", "B."]


@pytest.mark.parametrize("code", ["PAGEREF {} \\h", "REF {} \\r \\h", "NOTEREF {}", "REF other", "SEQ {}"])
def test_other_references_stay(code: str) -> None:
    body = f"<w:p>{marked(run('{{ name }}'))}</w:p><w:p>{reference('old', code=code)}</w:p>"
    assert filled(body, name="B") == ["B", "old"]


@pytest.mark.parametrize(
    "content",
    ["", run("a") + "<w:r><w:tab/></w:r>" + run("b"), f"{run('a')}</w:p><w:p>{run('b')}"],
    ids=["nothing", "a tab", "two paragraphs"],
)
def test_reference_to_what_is_no_line_of_text_stays(content: str) -> None:
    body = f"<w:p>{run('{{ x }}')}{marked(content)}</w:p><w:p>{reference('old')}</w:p>"
    assert filled(body, x="x")[-1] == "old"


def test_word_is_not_asked_to_update_anything() -> None:
    body = f"<w:p>{marked(run('{{ name }}'))}</w:p><w:p>{reference('Acme')}</w:p>"
    made, problems = fill(word(body), {"name": "B"})
    assert made is not None, problems
    assert "updateFields" not in member(made, "word/settings.xml")
    assert re.search(r"REF _Ref1 \\h", member(made, "word/document.xml"))


REGIONS = [{"name": "Benelux"}, {"name": "R&D"}]


def heading(content: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{content}</w:p>'


def in_loop(content: str) -> str:
    return p("{%p for region in regions %}") + content + p("{%p endfor %}")


def field(code: str, *shown: str) -> str:
    """A field with a paragraph for each text it shows."""
    began = f"{char('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{char('separate')}"
    first, *others = [run(text) for text in shown]
    return f"<w:p>{'</w:p><w:p>'.join([began + first, *others])}{char('end')}</w:p>"


@pytest.mark.parametrize(
    "entry", ["{{ region.name }}", "{{ loop.index }} {{ region.name }}", "{% if c %}{{ client }}"]
)
def test_table_of_contents_that_was_updated_in_the_template_is_written_anew(entry: str) -> None:
    contents = field('TOC \\o "1-3"', "About {{ client }}\t1", f"{entry}\t2")
    body = contents + heading(run("About {{ client }}")) + in_loop(heading(run("{{ region.name }}")))
    made = filled(body, regions=REGIONS, client="Acme", c=True)
    assert [text for text in made if text] == ["About Acme", "Benelux", "R&D"] * 2


def test_reference_to_what_a_loop_writes_shows_that_of_the_first_turn() -> None:
    body = f"<w:p>{reference('{{ region.name }}')}</w:p>" + in_loop(heading(marked(run("{{ region.name }}"))))
    assert filled(body, regions=REGIONS) == ["Benelux", "Benelux", "R&D"]


def test_reference_to_several_lines_in_its_own_loop_keeps_the_tag_it_shows() -> None:
    lines = marked("</w:p><w:p>".join([run("{{ region.name }}"), run("!")]))
    body = in_loop(f"<w:p>{lines}</w:p><w:p>{reference('{{ region.name }}')}</w:p>")
    assert filled(body, regions=REGIONS) == ["Benelux", "!", "Benelux", "R&D", "!", "R&D"]


def test_running_title_that_shows_a_tag_of_a_loop_is_left_to_word() -> None:
    from docx import Document
    from template_builders import _saved

    document = Document()
    for text in ("{%p for region in regions %}", "{{ region.name }}", "{%p endfor %}"):
        document.add_paragraph(text, style="Heading 1" if "name" in text else None)
    header = document.sections[0].header.paragraphs[0]
    header._p.append(
        _element(f'<w:fldSimple w:instr=" STYLEREF 1 ">{run("{{ region.name }}")}</w:fldSimple>')
    )
    made, problems = fill(_saved(document), {"regions": REGIONS})
    assert made is not None, problems
    name = next(n for n in names_in(made) if "header" in n and "rels" not in n)
    assert "{{" not in member(made, name) and "STYLEREF" in member(made, name)
    assert "updateFields" not in member(made, "word/settings.xml")


@pytest.mark.parametrize("code", ['INDEX \\c "2"', 'TOC \\c "Figure"', "STYLEREF 1"])
def test_word_is_asked_to_update_a_field_that_showed_a_tag_of_a_loop(code: str) -> None:
    body = field(code, "{{ region.name }}, 1") + in_loop(heading(run("{{ region.name }}")))
    made, problems = fill(word(body), {"regions": REGIONS})
    assert made is not None, problems
    assert "updateFields" in member(made, "word/settings.xml")


def _element(xml: str) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(xml.replace(" ", f' xmlns:w="{W}" ', 1))
