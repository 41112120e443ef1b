"""Sections of a document that come and go: their pages, headers and footers stay those they were drawn with."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from template_builders import member, p, problems_of, word, word_texts

from collateral.ooxml import fill


def _document(*sections: tuple[str, str | None, bool], directives: dict[int, str] | None = None) -> bytes:
    """Sections of one paragraph each: its text, the header if it has one of its own, and whether it lies on its side."""
    document = Document()
    for at, (text, header, landscape) in enumerate(sections):
        section = document.sections[0] if at == 0 else document.add_section()
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (
            (1000 * 635, 800 * 635) if landscape else (800 * 635, 1000 * 635)
        )
        if header is not None:
            section.header.is_linked_to_previous = False
            section.header.paragraphs[0].text = header
        document.add_paragraph((directives or {}).get(at, "") + text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _sections(data: bytes, **values: Any) -> list[tuple[bool, str]]:
    """Whether each section of the filled document lies on its side, and its header."""
    made, problems = fill(data, values, file="letter.docx")
    assert made is not None, [d.message for d in problems]
    assert "<?c8" not in member(made, "word/document.xml")
    return [
        (s.orientation == WD_ORIENT.LANDSCAPE, s.header.paragraphs[0].text)
        for s in Document(io.BytesIO(made)).sections
    ]


def _texts(data: bytes, **values: Any) -> list[str]:
    made, _ = fill(data, values, file="letter.docx")
    assert made is not None
    return [text for text in word_texts(made) if text]


_THREE = (("one", "H1", False), ("two", "H2", True), ("three", None, False))


def test_document_whose_last_section_goes_ends_with_the_one_before() -> None:
    data = _document(("one", "H1", False), ("two", "H2", True), directives={1: "{%section if x %}"})
    assert _sections(data, x=True) == [(False, "H1"), (True, "H2")]
    assert _sections(data, x=False) == [(False, "H1")]
    assert _texts(data, x=False) == ["one"]


@pytest.mark.parametrize("broken", ["{%p for x in xs %}", "{%p endfor %}"])
def test_section_break_in_the_paragraph_of_a_directive_is_not_lost(broken: str) -> None:
    lines = ["{%p for x in xs %}", "{{ x }}", "{%p endfor %}"]
    found = problems_of("".join(_ending(line) if line == broken else p(line) for line in lines), xs=[1])
    assert [(d.code, d.message) for d in found] == [
        ("text-beside-directive", f'"{broken}" would delete the section break beside it')
    ]


@pytest.mark.parametrize("line", ["{%p set x = 1 %}", "{% set x = 1 %}", "{# note #}", "{{ x }}"])
def test_section_break_beside_what_leaves_nothing_stays(line: str) -> None:
    made, problems = fill(word(_ending(line) + p("y")), {"x": ""})
    assert made is not None, problems
    assert len(Document(io.BytesIO(made)).sections) == 2


def _ending(text: str) -> str:
    """A paragraph that ends a section."""
    return p(text, properties='<w:sectPr><w:pgSz w:w="800" w:h="1000"/></w:sectPr>')


def test_section_keeps_its_header_when_the_one_it_came_from_goes() -> None:
    data = _document(*_THREE, directives={1: "{%section if x %}"})
    assert _sections(data, x=True) == [(False, "H1"), (True, "H2"), (False, "H2")]
    assert _sections(data, x=False) == [(False, "H1"), (False, "H2")]
    assert _texts(data, x=False) == ["one", "three"]


@pytest.mark.parametrize(("x", "y", "expected"), [(0, 0, 1), (1, 0, 2), (0, 1, 2), (1, 1, 3)])
def test_several_sections_at_the_end_may_go(x: int, y: int, expected: int) -> None:
    data = _document(*_THREE, directives={1: "{%section if x %}", 2: "{%section if y %}"})
    assert len(_sections(data, x=x, y=y)) == expected
    assert _sections(data, x=x, y=y)[-1][0] == (x == 1 and y == 0)


def test_last_section_that_repeats_has_an_end_in_every_turn() -> None:
    data = _document(
        ("one", "H1", False), ("{{ n }}", "H2", True), directives={1: "{%section for n in xs %}"}
    )
    assert _sections(data, xs=[1, 2, 3]) == [(False, "H1"), (True, "H2"), (True, "H2"), (True, "H2")]
    assert _texts(data, xs=[1, 2, 3]) == ["one", "1", "2", "3"]
    assert _sections(data, xs=[]) == [(False, "H1")]


def test_only_section_that_goes_leaves_a_valid_document() -> None:
    data = _document(("one", "H1", True), directives={0: "{%section if x %}"})
    assert _sections(data, x=False) == [(True, "H1")]
