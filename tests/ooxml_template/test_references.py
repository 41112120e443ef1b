"""Cross-references show what stands at their bookmark in the filled document, without Word being asked to update them."""

from __future__ import annotations

import re

import pytest
from template_builders import filled, member, p, word

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
