"""Numbers of captions count what is in the filled document."""

from __future__ import annotations

import pytest
from template_builders import filled, p, tbl, tr


def char(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def caption(text: str, shown: str = "1", code: str = "SEQ Figure \\* ARABIC") -> str:
    """A caption as Word inserts it."""
    field = (
        char("begin")
        + f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        + char("separate")
        + f"<w:r><w:t>{shown}</w:t></w:r>"
        + char("end")
    )
    return (
        f'<w:p><w:r><w:t xml:space="preserve">Figure </w:t></w:r>{field}<w:r><w:t>: {text}</w:t></w:r></w:p>'
    )


def looped(*lines: str) -> str:
    return "".join([p("{%p for x in xs %}"), *lines, p("{%p endfor %}")])


def test_captions_of_a_loop_and_those_behind_it_are_numbered_on() -> None:
    body = caption("first") + looped(caption("{{ x }}", "2")) + caption("last", "3")
    assert filled(body, xs=["a", "b"]) == ["Figure 1: first", "Figure 2: a", "Figure 3: b", "Figure 4: last"]


def test_caption_that_is_left_out_does_not_count() -> None:
    body = p("{%p if c %}") + caption("gone") + p("{%p endif %}") + caption("there", "2")
    assert filled(body, c=False) == ["Figure 1: there"]


def test_sequences_count_each_for_itself_also_in_tables_and_simple_fields() -> None:
    simple = '<w:p><w:fldSimple w:instr=" SEQ Table "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'
    cell = f"<w:tc><w:tcPr/>{caption('{{ x }}')}{simple}</w:tc>"
    rows = tbl(tr("{%tr for x in xs %}"), f"<w:tr>{cell}</w:tr>", tr("{%tr endfor %}"), columns=1)
    assert filled(rows, xs=["a", "b"]) == [["Figure 1: a¶1"], ["Figure 2: b¶2"]]


@pytest.mark.parametrize(
    "code", ["SEQ Figure \\r 5", "SEQ Figure \\c", "SEQ Figure \\* ROMAN", "SEQ Figure \\h", "PAGE"]
)
def test_number_that_is_set_hidden_or_written_otherwise_stays(code: str) -> None:
    assert filled(looped(caption("{{ x }}", "1", code)), xs=["a", "b"]) == ["Figure 1: a", "Figure 1: b"]


def test_captions_that_no_directive_changes_stay() -> None:
    assert filled(caption("{{ x }}", "1") + caption("b", "7"), xs=[], x="a") == ["Figure 1: a", "Figure 7: b"]
