"""Cells that span, merge and take a colour, in documents and on slides."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation
from template_builders import deck, filled_deck, p, problems_of, tbl, tc, tr, word

from collateral.ooxml import fill

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def _document_rows(body: str, **data: Any) -> list[str]:
    """Each row of the first table as "2:text 1:text": what its cells span and say."""
    made, problems = fill(word(body), data)
    assert made is not None, [d.message for d in problems]
    table = Document(io.BytesIO(made)).element.body.find(f"{_W}tbl")
    return [" ".join(f"{_span(c)}:{_text(c)}" for c in row.iter(f"{_W}tc")) for row in table.iter(f"{_W}tr")]


def _span(cell: Any) -> str:
    found = cell.find(f"{_W}tcPr/{_W}gridSpan")
    return "1" if found is None else found.get(f"{_W}val")


def _text(cell: Any) -> str:
    return "".join(t.text or "" for t in cell.iter(f"{_W}t"))


def _slide_rows(rows: list[list[str]], **data: Any) -> list[list[str]]:
    """Each cell of a slide's table as its merge attributes and its text."""
    frame = next(
        s
        for s in Presentation(io.BytesIO(filled_deck({"table": rows}, **data))).slides[0].shapes
        if s.has_table
    )
    return [[_slide_cell(c) for c in row.findall(f"{_A}tc")] for row in frame.table._tbl.findall(f"{_A}tr")]


def _slide_cell(cell: Any) -> str:
    merged = {k: v for k, v in cell.attrib.items() if v not in ("0", "1") or (k[1:] == "Merge" and v == "1")}
    return " ".join(
        [*(f"{k}={v}" for k, v in merged.items()), "".join(t.text for t in cell.iter(f"{_A}t"))]
    ).strip()


@pytest.mark.parametrize(
    ("cells", "columns", "n", "expected"),
    [
        (("{% colspan 2 %}a", ""), 2, 0, "2:a"),
        (("{% colspan n %}a", ""), 2, 2, "2:a"),
        (("{% colspan n %}a", ""), 2, "2", "2:a"),
        (("{% colspan n %}a", ""), 2, 1, "1:a 1:"),
        (("{% colspan n %}a", "", "", "x"), 4, 3, "3:a 1:x"),
        (("{% colspan n %}a", "", "", "x"), 4, 2, "2:a 1: 1:x"),
        (("{% colspan 2 %}a", "", "{% colspan 2 %}b", ""), 4, 0, "2:a 2:b"),
        (("{% colspan n %}a",), 4, 4, "4:a"),
        (("{% colspan n %}a", ""), 4, 3, "3:a 1:"),
    ],
)
def test_row_with_a_spanning_cell_ends_where_its_table_ends(
    cells: tuple[str, ...], columns: int, n: object, expected: str
) -> None:
    full = tr(*("x" * columns))
    assert _document_rows(tbl(tr(*cells), full, columns=columns), n=n)[0] == expected


_A_TEXT, _B_TEXT, _B_ALONE = "{% colspan a %}A", "{% colspan b %}B", "{% colspan b %}"


@pytest.mark.parametrize(
    ("cells", "a", "b", "expected"),
    [
        ((_A_TEXT, "", _B_TEXT, ""), 2, 2, "2:A 2:B"),
        ((_A_TEXT, "", _B_TEXT, ""), 1, 2, "1:A 1: 2:B"),
        ((_A_TEXT, "", _B_TEXT, ""), 3, 1, "3:A 1:B"),
        ((_A_TEXT, "", _B_TEXT, ""), 1, 1, "1:A 1: 1:B 1:"),
        ((_A_TEXT, "", _B_TEXT), 2, 2, "2:A 2:B"),
        ((_A_TEXT, "", _B_TEXT), 1, 2, "1:A 1: 2:B"),
        ((_A_TEXT, "", _B_ALONE, ""), 2, 2, "2:A 2:"),
        ((_A_TEXT, _B_TEXT), 3, 1, "3:A 1:B"),
        ((_A_TEXT, _B_TEXT), 1, 2, "1:A 2:B 1:"),
        (("x", _A_TEXT, "", _B_TEXT), 2, 1, "1:x 2:A 1:B"),
        (
            (tc(p(_A_TEXT)).replace("</w:tcPr>", '<w:gridSpan w:val="2"/></w:tcPr>'), _B_TEXT, ""),
            1,
            1,
            "1:A 1: 1:B 1:",
        ),
    ],
)
def test_row_with_several_spanning_cells_ends_where_its_table_ends(
    cells: tuple[str, ...], a: int, b: int, expected: str
) -> None:
    assert _document_rows(tbl(tr(*cells), tr(*"xxxx"), columns=4), a=a, b=b)[0] == expected


_CELL = st.one_of(st.just(("", 1)), st.just(("x", 1)), st.tuples(st.integers(0, 6), st.integers(1, 3)))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(_CELL, min_size=1, max_size=6).filter(lambda cells: any(isinstance(c[0], int) for c in cells))
)
def test_row_takes_all_columns_of_its_table_or_is_refused_and_loses_no_text(
    cells: list[tuple[str | int, int]],
) -> None:
    drawn = [
        tc(p(f"{{% colspan {what} %}}t" if isinstance(what, int) else what)).replace(
            "</w:tcPr>", f'<w:gridSpan w:val="{width}"/></w:tcPr>'
        )
        for what, width in cells
    ]
    made, found = fill(word(tbl(tr(*drawn), tr(*"123456"), columns=6)), {})
    if made is None:
        taken = sum(max(what, 1) if isinstance(what, int) else width for what, width in cells)
        assert [d.code for d in found] == ["value-unusable"]
        assert taken > 6
        return
    table = Document(io.BytesIO(made)).element.body.find(f"{_W}tbl")
    row = next(table.iter(f"{_W}tr"))
    assert sum(int(_span(cell)) for cell in row.iter(f"{_W}tc")) == 6
    assert "".join(map(_text, row.iter(f"{_W}tc"))) == "".join(
        "t" if isinstance(what, int) else what for what, _ in cells
    )


def test_cell_keeps_the_width_it_was_drawn_with_only_for_as_many_columns() -> None:
    rows = [tr("{% colspan n %}a", ""), tr("1", "2")]
    widths = {}
    for n in (1, 2):
        made, _ = fill(word(tbl(*rows)), {"n": n})
        assert made is not None
        cell = next(Document(io.BytesIO(made)).element.body.iter(f"{_W}tc"))
        widths[n] = [w.get(f"{_W}w") for w in cell.iter(f"{_W}tcW")]
    assert widths == {1: ["2000"], 2: []}


def test_spans_of_every_turn_of_a_loop_fill_their_own_row() -> None:
    loop = [tr("{%tr for r in rs %}", "", "", ""), tr("{% colspan r.a %}A", "", "{% colspan r.b %}B", "")]
    body = tbl(*loop, tr("{%tr endfor %}", "", "", ""), tr(*"xxxx"), columns=4)
    turns = [{"a": 2, "b": 2}, {"a": 3, "b": 1}, {"a": 1, "b": 2}]
    assert _document_rows(body, rs=turns)[:3] == ["2:A 2:B", "3:A 1:B", "1:A 1: 2:B"]


def test_spans_beside_a_merged_cell_fill_the_columns_of_a_loop() -> None:
    head = tr("{% colspan n %}l", "", "{%tc for c in cs %}", "{% hm %}H", "{%tc endfor %}")
    loop = tr("l", "m", "{%tc for c in cs %}", "{{ c }}", "{%tc endfor %}")
    assert _document_rows(tbl(head, loop, columns=5), n=2, cs=[1, 2, 3]) == ["2:l 3:H", "1:l 1:m 1:1 1:2 1:3"]


def test_heads_of_groups_span_the_columns_of_a_loop_in_the_row_below() -> None:
    head = tr("l", "{%tc for g in gs %}", "{% colspan g.n %}{{ g.t }}", "{%tc endfor %}")
    loop = tr("l", "{%tc for c in cs %}", "{{ c }}", "{%tc endfor %}")
    groups = [{"n": 2, "t": "a"}, {"n": 1, "t": "b"}]
    made, _ = fill(word(tbl(head, loop, columns=4)), {"gs": groups, "cs": [1, 2, 3]})
    assert made is not None
    table = Document(io.BytesIO(made)).element.body.find(f"{_W}tbl")
    assert len(list(table.iter(f"{_W}gridCol"))) == 4
    assert _document_rows(tbl(head, loop, columns=4), gs=groups, cs=[1, 2, 3])[0] == "1:l 2:a 1:b"


def test_spans_that_cannot_fit_beside_what_the_row_says_are_refused_with_the_place() -> None:
    found = problems_of(tbl(tr("x", "{% colspan n %}a", "b"), tr(*"123"), columns=3), n=2)
    assert [d.code for d in found] == ["value-unusable"]
    assert "take 4 columns, and the table has 3" in found[0].message
    assert found[0].at is not None
    assert "row 1, column 2" in str(found[0].at)


def test_span_that_is_no_number_is_all_that_is_said_of_its_row() -> None:
    found = problems_of(tbl(tr("{% colspan a %}A", "{% colspan b %}B"), tr("1", "2")), a="many", b=9)
    assert [d.message for d in found] == ['"{% colspan a %}": the text "many" is not a number']


def test_row_of_a_table_whose_grid_is_not_true_keeps_all_its_cells() -> None:
    body = tbl(tr("{% colspan 2 %}a", "b", "c"), tr(*"1234"), columns=1)
    assert _document_rows(body)[0] == "2:a 1:b 1:c"


def test_spanning_cell_of_a_slide_covers_no_other_spanning_cell() -> None:
    rows = [["{% colspan a %}A", "", "{% colspan b %}", ""], ["1", "2", "3", "4"]]
    assert _slide_rows(rows, a=2, b=2)[0] == ["gridSpan=2 A", "hMerge=1", "gridSpan=2", "hMerge=1"]


def test_spanning_cell_over_columns_of_a_loop_takes_them_all() -> None:
    head, loop = tr("{% colspan cs|length %}head"), tr("{%tc for c in cs %}", "{{ c }}", "{%tc endfor %}")
    assert _document_rows(tbl(head, loop, columns=3), cs=[1, 2, 3, 4]) == ["4:head", "1:1 1:2 1:3 1:4"]


@pytest.mark.parametrize("n", ["x", 2.5, -1, 64])
def test_span_that_is_no_number_of_columns_is_refused(n: object) -> None:
    assert [d.code for d in problems_of(tbl(tr("{% colspan n %}a", "")), n=n)] == ["value-unusable"]


def test_span_without_a_number_is_refused_once() -> None:
    found = problems_of(tbl(tr("{% colspan %}a", "")))
    assert [d.code for d in found] == ["expression-syntax"]
    assert "{% colspan %}" in found[0].message


@pytest.mark.parametrize("tag", ["{% vm %}", "{% hm %}"])
def test_merge_outside_of_a_loop_is_refused(tag: str) -> None:
    assert [d.code for d in problems_of(tbl(tr(f"{tag}a", "")))] == ["tag-misplaced"]


@pytest.mark.parametrize(("color", "expected"), [("1f4e79", "1F4E79"), ("#F80", "FF8800"), ("", "auto")])
def test_cell_takes_its_colour(color: str, expected: str) -> None:
    made, _ = fill(word(tbl(tr("{% cellbg c %}a", ""))), {"c": color})
    assert made is not None
    shade = next(Document(io.BytesIO(made)).element.body.iter(f"{_W}shd"))
    assert shade.get(f"{_W}fill") == expected


def test_colour_that_is_none_is_refused() -> None:
    assert [d.code for d in problems_of(tbl(tr("{% cellbg c %}a", "")), c="blue")] == ["value-unusable"]


def test_spanning_cell_of_a_slide_covers_its_empty_neighbours() -> None:
    rows = [["{% colspan n %}a", "", "c"], ["1", "2", "3"]]
    assert _slide_rows(rows, n=2) == [["gridSpan=2 a", "hMerge=1", "c"], ["1", "2", "3"]]
    assert _slide_rows(rows, n=1) == [["a", "", "c"], ["1", "2", "3"]]


def test_spanning_cell_of_a_slide_covers_no_text() -> None:
    made, found = fill(deck({"table": [["{% colspan n %}a", "", "c"]]}), {"n": 3}, file="pitch.pptx")
    assert made is None
    assert [(d.code, d.at.slide) for d in found if d.at] == [("value-unusable", 1)]


def test_cell_of_a_slide_merges_down_its_loop() -> None:
    rows = [["h", "i"], ["{%tr for x in xs %}", ""], ["{% vm %}{{ g }}", "{{ x }}"], ["{%tr endfor %}", ""]]
    assert _slide_rows(rows, xs=[1, 2, 3], g="G") == [
        ["h", "i"],
        ["rowSpan=3 G", "1"],
        ["vMerge=1", "2"],
        ["vMerge=1", "3"],
    ]
    assert _slide_rows(rows, xs=[1], g="G") == [["h", "i"], ["G", "1"]]


@pytest.mark.parametrize("tags", ["{% vm %}{% colspan n %}", "{% colspan n %}{% vm %}"])
def test_cell_of_a_slide_merges_down_its_loop_and_across_its_row(tags: str) -> None:
    loop, end = ["{%tr for x in xs %}", "", ""], ["{%tr endfor %}", "", ""]
    rows = [["h", "i", "j"], loop, [f"{tags}G", "", "{{ x }}"], end]
    cells = [[set(cell.split()) for cell in row] for row in _slide_rows(rows, xs=[1, 2], n=2)[1:]]
    assert cells == [
        [{"gridSpan=2", "rowSpan=2", "G"}, {"hMerge=1", "rowSpan=2"}, {"1"}],
        [{"gridSpan=2", "vMerge=1"}, {"hMerge=1", "vMerge=1"}, {"2"}],
    ]
    assert _slide_rows(rows, xs=[1, 2], n=1)[1:] == [["rowSpan=2 G", "", "1"], ["vMerge=1", "", "2"]]


def test_two_tags_that_merge_a_cell_across_are_refused_on_a_slide() -> None:
    rows = [["{%tc for x in xs %}", "{% hm %}{% colspan 2 %}a", "{%tc endfor %}"]]
    _, found = fill(deck({"table": rows}), {"xs": [1]}, file="pitch.pptx")
    assert {d.code for d in found} == {"tag-misplaced"}
    assert "beside another tag" in found[0].message


def test_cell_of_a_slide_merges_across_its_loop() -> None:
    loop = ["{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"]
    rows = [["{%tc for x in xs %}", "{% hm %}wide", "{%tc endfor %}"], loop]
    assert _slide_rows(rows, xs=[1, 2]) == [["gridSpan=2 wide", "hMerge=1"], ["1", "2"]]


def test_merge_that_rows_beside_it_would_break_is_refused_on_a_slide() -> None:
    rows = [["{%tr for x in xs %}", ""], ["{% vm %}a", "{{ x }}"], ["b", "c"], ["{%tr endfor %}", ""]]
    _, found = fill(deck({"table": rows}), {"xs": [1]}, file="pitch.pptx")
    assert [d.code for d in found] == ["tag-misplaced"]
    assert "only row" in found[0].hints[0]


def test_colour_of_a_slides_cell_is_its_own_when_none_is_given() -> None:
    made = filled_deck({"table": [["{% cellbg c %}a", "{% cellbg d %}b"]]}, c="#1F4E79", d="")
    table = next(s for s in Presentation(io.BytesIO(made)).slides[0].shapes if s.has_table).table
    assert str(table.cell(0, 0).fill.fore_color.rgb) == "1F4E79"
    assert table.cell(0, 1).fill.type is None


def test_paragraph_with_a_cell_directive_in_running_text_is_refused() -> None:
    assert [d.code for d in problems_of(p("{% colspan 2 %}a"))] == ["tag-misplaced"]


@pytest.mark.parametrize("count", [1, 2, 3, 6])
def test_table_stays_as_wide_as_it_was_drawn_however_many_columns_a_loop_gives_it(count: int) -> None:
    row = ["label", "{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"]
    made = filled_deck({"table": [row]}, xs=list(range(count)))
    frame = next(s for s in Presentation(io.BytesIO(made)).slides[0].shapes if s.has_table)
    widths = [column.width for column in frame.table.columns]
    assert len(widths) == count + 1
    assert widths[0] == frame.width // 4
    assert frame.width - count <= sum(widths) <= frame.width


def test_cells_of_a_document_share_the_width_like_their_columns() -> None:
    row = tr("label", "{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}")
    made, _ = fill(word(tbl(row, columns=4)), {"xs": [1, 2, 3, 4, 5]})
    assert made is not None
    table = Document(io.BytesIO(made)).element.body.find(f"{_W}tbl")
    assert [c.get(f"{_W}w") for c in table.iter(f"{_W}gridCol")] == ["2000", *["1200"] * 5]
    assert [c.get(f"{_W}w") for c in table.iter(f"{_W}tcW")] == ["2000", *["1200"] * 5]
