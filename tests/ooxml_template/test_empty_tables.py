"""Tables whose loops have no turns: Office calls a table without a cell broken, so it goes as a whole."""

from __future__ import annotations

import io

import pytest
from lxml import etree
from pptx import Presentation
from template_builders import animated, deck, filled_deck, member, p, tbl, tc, tr, word

from collateral.ooxml import fill

ROWS = [["{%tr for x in xs %}", ""], ["{{ x }}", "b"], ["{%tr endfor %}", ""]]


def _document(body: str, **data: object) -> str:
    made, found = fill(word(body), data)
    assert made is not None, found
    return member(made, "word/document.xml")


def _word_table(rows: list[list[str]]) -> str:
    return tbl(*(tr(*(tc(p(text)) for text in row)) for row in rows))


COLUMNS = tbl(tr(tc(p("{%tc for x in xs %}")), tc(p("{{ x }}")), tc(p("{%tc endfor %}"))), columns=3)


@pytest.mark.parametrize("table", [_word_table(ROWS), COLUMNS], ids=["rows", "columns"])
def test_table_of_a_document_goes_with_its_last_row_or_column(table: str) -> None:
    body = p("before") + table + p("after")
    assert "<w:tbl>" not in _document(body, xs=[])
    assert "<w:tbl>" in _document(body, xs=["a"])


def test_table_with_a_row_of_its_own_stays() -> None:
    assert "<w:tbl>" in _document(_word_table([["Head", ""], *ROWS]) + p("after"), xs=[])


def _control(content: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"


_LINE = tr("{%tr for x in xs %}{{ x }}", "b{%tr endfor %}")


@pytest.mark.parametrize(
    "lines",
    [
        _control(_LINE),
        _control(_control(_LINE)),
        tr("{%tr if xs %}", "") + _control(_LINE) + tr("{%tr endif %}", ""),
    ],
)
def test_control_around_rows_goes_with_its_last_row(lines: str) -> None:
    table = tbl(tr("Head", ""), lines) + p("after")
    made = _document(table, xs=[])
    assert "<w:tbl>" in made and "<w:sdt>" not in made
    assert "<w:sdt>" in _document(table, xs=["a"])
    assert "<w:tbl>" not in _document(tbl(lines) + p("after"), xs=[])


def test_control_around_a_row_of_its_own_stays() -> None:
    made = _document(tbl(_control(tr("{{ x }}", "b"))) + p("after"), x="")
    assert "<w:tbl>" in made and "<w:sdt>" in made


NESTED = _word_table([["{{ x }}", ""]])


@pytest.mark.parametrize(
    "content",
    [
        p("{%p for x in xs %}") + NESTED + p("{%p endfor %}"),
        p("before") + p("{%p for x in xs %}") + NESTED + p("{%p endfor %}"),
        p("{%p for x in xs %}") + NESTED + p("{{ y }}") + p("{%p endfor %}"),
        p("{%p for x in xs %}") + NESTED + p("{%p if y %}") + p("z") + p("{%p endif %}") + p("{%p endfor %}"),
        p("{%p for x in xs %}") + NESTED + p("{%p endfor %}") + p("{{ y }}"),
    ],
)
@pytest.mark.parametrize("xs", [[], ["a"], ["a", "b"]])
def test_cell_ends_with_a_paragraph_behind_the_tables_of_a_loop_in_it(content: str, xs: list[str]) -> None:
    for y in ("", "y"):
        made = etree.fromstring(_document(tbl(tr(tc(content), "")) + p("after"), xs=xs, y=y).encode())
        cell = made.find(".//{*}tc")
        assert cell[-1].tag.endswith("}p")
        assert sum(child.tag.endswith("}tbl") for child in cell) == len(xs)


@pytest.mark.parametrize(("x", "kept"), [("", "one"), ("x", "two")])
def test_tables_of_two_branches_need_nothing_between_them(x: str, kept: str) -> None:
    branches = [
        p("{%p if not x %}"),
        tbl(tr("one", "")),
        p("{%p else %}"),
        p("{{ y }}"),
        tbl(tr("two", "")),
        p("{%p endif %}"),
    ]
    made = _document("".join(branches) + p("after"), x=x, y="")
    assert kept in made and made.count("<w:tbl>") == 1


def test_table_between_a_condition_that_opens_and_closes_beside_text_in_a_cell() -> None:
    content = (
        p("head {% if x %}") + NESTED + p("{% endif %} tail") + p("{%p if y %}") + p("z") + p("{%p endif %}")
    )
    for x in ("", "x"):
        made = _document(tbl(tr(tc(content), "")) + p("after"), x=x, y="")
        assert made.count("<w:tbl>") == (2 if x else 1)


def test_no_paragraph_is_added_where_one_is_behind_the_table() -> None:
    content = p("{%p for x in xs %}") + NESTED + p("end") + p("{%p endfor %}")
    assert _document(tbl(tr(tc(content), "")) + p("after"), xs=["a"]).count("<w:p>") == 5


def test_table_in_a_cell_goes_and_leaves_a_paragraph() -> None:
    body = tbl(tr(tc(_word_table(ROWS), p("{{ e }}"))), columns=1)
    xml = _document(body, xs=[], e="")
    assert xml.count("<w:tbl>") == 1 and "<w:p" in xml


def test_frame_of_a_slide_goes_with_its_table() -> None:
    empty, full = (filled_deck({"title": "T", "table": ROWS}, xs=xs) for xs in ([], ["a"]))
    assert "graphicFrame" not in member(empty, "ppt/slides/slide1.xml")
    assert "graphicFrame" in member(full, "ppt/slides/slide1.xml")


@pytest.mark.parametrize("grouped", [False, True])
def test_animation_of_a_table_goes_with_it_and_so_does_the_group_it_was_in(grouped: bool) -> None:
    drawn = Presentation(io.BytesIO(deck({"title": "T", "table": ROWS})))
    slide = drawn.slides[0]
    title, frame = slide.shapes
    if grouped:
        slide.shapes.add_group_shape()._element.append(frame._element)
    animated(slide, title, frame)
    source = io.BytesIO()
    drawn.save(source)
    for xs, count in (([], 1), (["a"], 2)):
        made, found = fill(source.getvalue(), {"xs": xs})
        assert made is not None, found
        shapes = Presentation(io.BytesIO(made)).slides[0].shapes
        assert len(shapes) == count
        assert len(list(shapes._spTree.getparent().getparent().iter("{*}spTgt"))) == count


def test_tables_without_rows_go_slide_by_slide() -> None:
    slide = {
        "title": "{{ g.k }}",
        "notes": "{%slide for g in gs %}",
        "table": [[c.replace("xs", "g.xs") for c in r] for r in ROWS],
    }
    made, found = fill(
        deck(slide), {"gs": [{"k": "A", "xs": ["1"]}, {"k": "B", "xs": []}, {"k": "C", "xs": ["2"]}]}
    )
    assert made is not None, found
    assert ["graphicFrame" in member(made, f"ppt/slides/slide{n}.xml") for n in (1, 2, 3)] == [
        True,
        False,
        True,
    ]
