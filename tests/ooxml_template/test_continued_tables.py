"""Tables of designed slides that outgrow their slide: the slide is written again for the rest of their rows."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.util import Emu, Inches, Pt

sys.path.insert(0, str(Path(__file__).parent))

from template_builders import _saved as saved
from template_builders import animated, connected

from collateral.build.table_text import measure_cell
from collateral.diagnostics import Diagnostic
from collateral.ooxml import compile_template
from collateral.ooxml import fill as fill_bytes
from collateral.ooxml.template.filling.deck import DeckTemplate
from collateral.ooxml.template.filling.deck_values import TemplateSlide
from collateral.ooxml.validate import validate_file

HEADER, LOOP = ("Lane", "No"), ("{%tr for lane in lanes %}", "")
ROW, END = ("{{ lane }}", "{{ loop.index }}"), ("{%tr endfor %}", "")
TOTAL = ("Total", "{{ lanes | length }}")
Rows = Sequence[tuple[str, ...]]


def table_on(slide: Any, rows: Rows, name: str = "Lanes", left: float = 1, width: float = 6) -> Any:
    """A table of rows half an inch high, two inches below the top."""
    size = len(rows), len(rows[0])
    box = (Inches(left), Inches(2), Inches(width), Inches(0.5 * len(rows)))
    frame = slide.shapes.add_table(*size, *box)
    frame.name = name
    for row, texts in zip(frame.table.rows, rows, strict=True):
        row.height = Emu(Inches(0.5))
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
            for run in cell.text_frame.paragraphs[0].runs:
                run.font.size = Pt(12)
    return frame


def template(*rows: tuple[str, ...], change: Callable[[Any, Any], None] | None = None) -> DeckTemplate:
    """A deck of one slide, 7.5 inches high, with a table of these rows; `change` may do more to the slide."""
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Lanes of {{ name }}"
    slide.notes_slide.notes_text_frame.text = "Speak to {{ name }}"
    frame = table_on(slide, rows)
    if change is not None:
        change(slide, frame)
    made, found = compile_template(saved(deck), file="pitch.pptx")
    assert isinstance(made, DeckTemplate), found
    return made


def fill(made: DeckTemplate, **data: Any) -> tuple[bytes, list[Diagnostic]]:
    chunks, found = made.fill({"name": "Acme", **data}, measure=measure_cell)
    assert chunks is not None, found
    broken = validate_file(chunks, file="pitch.pptx")
    assert [d.message for d in broken if d.severity.value == "error" and "tag is left" not in d.message] == []
    return b"".join(chunks), found


def tables(data: bytes, name: str = "Lanes") -> list[list[list[str]]]:
    """The table of each slide as texts; nothing for slides that do not have it."""
    return [
        [[cell.text for cell in row.cells] for row in shape.table.rows]
        for slide in Presentation(io.BytesIO(data)).slides
        for shape in slide.shapes
        if shape.has_table and shape.name == name
    ]


def numbers(count: int) -> list[str]:
    return [str(i) for i in range(1, count + 1)]


def test_rows_that_fit_stay_on_one_slide() -> None:
    data, found = fill(template(HEADER, LOOP, ROW, END), lanes=numbers(10))
    assert found == []
    assert [len(rows) for rows in tables(data)] == [11]


def test_every_slide_has_the_header_and_rows_keep_counting() -> None:
    data, found = fill(template(HEADER, LOOP, ROW, END), lanes=numbers(23))
    parts = tables(data)
    assert found == []
    assert [part[0] for part in parts] == [["Lane", "No"]] * 3
    assert [len(part) - 1 for part in parts] == [9, 9, 5]
    assert [row for part in parts for row in part[1:]] == [[n, n] for n in numbers(23)]


def test_rows_after_the_loop_stand_on_the_last_slide_only_and_never_alone() -> None:
    data, _ = fill(template(HEADER, LOOP, ROW, END, TOTAL), lanes=numbers(10))
    first, last = tables(data)
    assert [row[0] for row in first] == ["Lane", *numbers(9)]
    assert last == [["Lane", "No"], ["10", "10"], ["Total", "10"]]


def test_title_texts_and_notes_stand_on_every_slide_each_with_parts_of_its_own() -> None:
    def add_box(slide: Any, _: Any) -> None:
        slide.shapes.add_textbox(
            Inches(8), Inches(1), Inches(1), Inches(1)
        ).text_frame.text = "for {{ name }}"

    data, _ = fill(template(HEADER, LOOP, ROW, END, change=add_box), lanes=numbers(15))
    slides = list(Presentation(io.BytesIO(data)).slides)
    assert [s.shapes.title.text for s in slides] == ["Lanes of Acme (1/2)", "Lanes of Acme (2/2)"]
    assert [s.notes_slide.notes_text_frame.text for s in slides] == ["Speak to Acme"] * 2
    assert [s.shapes[-1].text_frame.text for s in slides] == ["for Acme"] * 2
    assert len({s.part.partname for s in slides} | {s.notes_slide.part.partname for s in slides}) == 4
    assert len({s.slide_id for s in slides}) == 2


@pytest.mark.parametrize(
    ("tag", "title", "shown"),
    [
        ("{{ title }}", "Lanes & more", ["Lanes & more (2/3)"]),
        ("{{ title }}", "", [""]),
        ("{{ title }}", ["one", "two"], ["one (2/3)", "two (2/3)"]),
        ("{{p title }}", "Lanes", ["Lanes (2/3)"]),
        ("{% if title %}{{ title }}{% endif %}", "Lanes", ["Lanes (2/3)"]),
        ("{% if title %}{{ title }}{% endif %}", "", [""]),
        ("Plain", "", ["Plain (2/3)"]),
    ],
)
def test_title_can_end_in_the_number_of_the_slide(tag: str, title: object, shown: list[str]) -> None:
    def retitle(slide: Any, _: Any) -> None:
        slide.shapes.title.text = tag

    made = template(HEADER, LOOP, ROW, END, change=retitle)
    values = {"name": "Acme", "lanes": numbers(3), "title": title}
    for end, wanted in ((" (2/3)", shown), ("", [text.removesuffix(" (2/3)") for text in shown])):
        chunks, found = made.assemble([TemplateSlide(1, values, shares={1: (0, 2)}, title_end=end)])
        assert chunks is not None, found
        (slide,) = Presentation(io.BytesIO(b"".join(chunks))).slides
        assert [paragraph.text for paragraph in slide.shapes.title.text_frame.paragraphs] == wanted


def test_text_that_wraps_makes_its_row_count_for_more() -> None:
    lanes = [f"{n}: " + "a lane that is described at some length " * 5 for n in numbers(9)]
    data, found = fill(template(HEADER, LOOP, ROW, END), lanes=lanes)
    parts = tables(data)
    assert found == []
    assert [row[0] for part in parts for row in part[1:]] == lanes
    assert len(parts) > 1


def test_table_ends_above_what_stands_below_it() -> None:
    def add_source(slide: Any, _: Any) -> None:
        slide.shapes.add_textbox(Inches(1), Inches(5), Inches(4), Inches(0.4)).text_frame.text = "Source"

    data, _ = fill(template(HEADER, LOOP, ROW, END, change=add_source), lanes=numbers(8))
    assert [len(rows) for rows in tables(data)] == [6, 4]


def test_what_stands_beside_the_table_takes_no_room() -> None:
    def add_note(slide: Any, _: Any) -> None:
        slide.shapes.add_textbox(Inches(8), Inches(5), Inches(1), Inches(0.4)).text_frame.text = "Note"

    data, _ = fill(template(HEADER, LOOP, ROW, END, change=add_note), lanes=numbers(8))
    assert [len(rows) for rows in tables(data)] == [9]


def test_merged_cells_and_heights_are_kept_on_every_slide() -> None:
    def merge(_: Any, frame: Any) -> None:
        frame.table.cell(0, 0).merge(frame.table.cell(0, 1))
        frame.table.cell(2, 0).merge(frame.table.cell(2, 1))

    data, _ = fill(template(HEADER, LOOP, ROW, END, change=merge), lanes=numbers(12))
    for slide in Presentation(io.BytesIO(data)).slides:
        table = next(s.table for s in slide.shapes if s.has_table)
        assert all(table.cell(n, 0).is_merge_origin for n in range(len(table.rows)))
        assert {row.height for row in table.rows} == {Inches(0.5)}


def test_look_of_the_last_row_stands_on_the_last_slide_only() -> None:
    def style(_: Any, frame: Any) -> None:
        frame.table.last_row = True

    made = template(HEADER, LOOP, ROW, END, TOTAL, change=style)
    for count, looks in ((3, [True]), (15, [False, True])):
        data, _ = fill(made, lanes=numbers(count))
        shapes = [s for slide in Presentation(io.BytesIO(data)).slides for s in slide.shapes if s.has_table]
        assert [shape.table.last_row for shape in shapes] == looks


def test_distances_between_lines_and_paragraphs_count() -> None:
    def space(_: Any, frame: Any) -> None:
        frame.table.cell(2, 0).text_frame.paragraphs[0].space_before = Pt(0)
        frame.table.cell(2, 0).text_frame.paragraphs[0].line_spacing = Pt(68)

    data, _ = fill(template(HEADER, LOOP, ROW, END, change=space), lanes=numbers(8))
    assert [len(rows) for rows in tables(data)] == [5, 5]


def test_empty_box_and_one_with_a_slide_directive_do_not_bound_it() -> None:
    def add_boxes(slide: Any, _: Any) -> None:
        for text in ("", "{%slide if lanes %}"):
            slide.shapes.add_textbox(Inches(1), Inches(5), Inches(4), Inches(0.4)).text_frame.text = text

    data, _ = fill(template(HEADER, LOOP, ROW, END, change=add_boxes), lanes=numbers(8))
    assert [len(rows) for rows in tables(data)] == [9]


def test_line_below_the_table_bounds_it() -> None:
    def draw(slide: Any, _: Any) -> None:
        slide.shapes.add_connector(1, Inches(0), Inches(5.1), Inches(9), Inches(5.1))

    data, _ = fill(template(HEADER, LOOP, ROW, END, change=draw), lanes=numbers(8))
    assert [len(rows) for rows in tables(data)] == [6, 4]


def test_rows_of_one_turn_are_not_torn_apart() -> None:
    rows = [HEADER, LOOP, ROW, ("", "second"), ("", "third"), END]
    data, _ = fill(template(*rows), lanes=numbers(7))
    assert [len(part) - 1 for part in tables(data)] == [9, 9, 3]


def test_loop_in_a_loop_is_shared_out_by_the_outer_one() -> None:
    rows = [
        HEADER, ("{%tr for group in groups %}", ""), ("{{ group.name }}", ""),
        ("{%tr for lane in group.lanes %}", ""), ("{{ lane }}", "{{ loop.index }}"), END, END,
    ]  # fmt: skip
    groups = [{"name": f"group {n}", "lanes": numbers(3)} for n in numbers(5)]
    data, _ = fill(template(*rows), groups=groups)
    parts = tables(data)
    assert [[row[0] for row in part if row[0].startswith("group")] for part in parts] == [
        ["group 1", "group 2"], ["group 3", "group 4"], ["group 5"],
    ]  # fmt: skip


def test_turn_of_an_outer_loop_that_is_too_high_is_parted_between_the_turns_in_it() -> None:
    rows = [
        HEADER, ("{%tr for group in groups %}", ""), ("{{ group.name }}", "{{ loop.index }}"),
        ("{%tr for lane in group.lanes %}", ""), ("{{ lane }}", "{{ loop.index }}"), END,
        ("end of {{ group.name }}", ""), END, TOTAL,
    ]  # fmt: skip
    groups = [{"name": f"group {n}", "lanes": numbers(count)} for n, count in ((1, 2), (2, 18), (3, 1))]
    data, found = fill(template(*rows), groups=groups, lanes=[])
    parts = tables(data)
    assert found == []
    assert [len(part) for part in parts] == [10, 10, 9, 5]
    again = [part[1] for part in parts[1:3]]
    assert again == [["group 2", "2"]] * 2
    assert parts[0][1:] + [row for part in parts[1:3] for row in part[2:]] + parts[3][1:] == [
        row
        for n, group in enumerate(groups, 1)
        for row in (
            [group["name"], str(n)],
            *([lane, lane] for lane in group["lanes"]),
            [f"end of {group['name']}", ""],
        )
    ] + [["Total", "0"]]


GROUPS = (
    HEADER, ("{%tr for group in groups %}", ""), ("{{ group.name }}", "{{ loop.index }}"),
    ("{%tr for lane in group.lanes %}", ""), ROW, END, END,
)  # fmt: skip


def test_slide_that_begins_in_the_middle_of_a_group_repeats_its_heading_below_the_header() -> None:
    groups = [{"name": "short", "lanes": ["a"]}, {"name": "long", "lanes": numbers(20)}]
    data, found = fill(template(*GROUPS), groups=groups)
    parts = tables(data)
    assert found == []
    assert [[row[0] for row in part[:3]] for part in parts] == [
        ["Lane", "short", "a"],
        ["Lane", "long", "7"],
        ["Lane", "long", "15"],
    ]
    assert all(len(part) <= 10 for part in parts)
    assert {row[1] for part in parts for row in part if row[0] == "long"} == {"2"}


def test_slide_that_begins_with_a_group_has_its_heading_once() -> None:
    groups = [{"name": "one", "lanes": numbers(8)}, {"name": "two", "lanes": numbers(16)}]
    parts = tables(fill(template(*GROUPS), groups=groups)[0])
    assert [[row[0] for row in part] for part in parts] == [
        ["Lane", "one", *numbers(8)],
        ["Lane", "two", *numbers(8)],
        ["Lane", "two", *numbers(16)[8:]],
    ]


def test_heading_that_leaves_no_room_for_a_row_is_not_repeated() -> None:
    high = ["\n".join([letter, *["line"] * 21]) for letter in "abc"]
    data, found = fill(template(*GROUPS), groups=[{"name": "high", "lanes": ["short", *high]}])
    assert found == []
    assert [[row[0].split("\v")[0] for row in part] for part in tables(data)] == [
        ["Lane", "high", "short"],
        *(["Lane", letter] for letter in "abc"),
    ]


def test_rows_before_a_condition_in_a_group_belong_to_its_heading() -> None:
    rows = [*GROUPS[:3], ("{%tr if group.note %}", ""), ("{{ group.note }}", ""), ("{%tr endif %}", "")]
    made = template(*rows, *GROUPS[3:])
    data, _ = fill(made, groups=[{"name": "g", "note": "n", "lanes": numbers(10)}])
    assert [[row[0] for row in part[:4]] for part in tables(data)] == [
        ["Lane", "g", "n", "1"],
        ["Lane", "g", "n", "8"],
    ]


def test_rows_between_two_loops_keep_their_place() -> None:
    second = ("{%tr for lane in others %}", "")
    rows = [HEADER, LOOP, ROW, END, ("Others", ""), second, ROW, END, TOTAL]
    data, _ = fill(template(*rows), lanes=numbers(7), others=["a", "b", "c", "d", "e"])
    body = [row[0] for part in tables(data) for row in part[1:]]
    assert body == [*numbers(7), "Others", "a", "b", "c", "d", "e", "Total"]


def test_row_directives_with_conditions_stay_what_they_are() -> None:
    rows = [HEADER, LOOP, ("{%tr if lane != '3' %}", ""), ROW, ("{%tr endif %}", ""), END]
    data, _ = fill(template(*rows), lanes=numbers(14))
    assert [row[0] for part in tables(data) for row in part[1:]] == [n for n in numbers(14) if n != "3"]


def test_rows_for_an_empty_list_stand_once() -> None:
    rows = [HEADER, LOOP, ROW, ("{%tr else %}", ""), ("none", ""), END, TOTAL]
    data, found = fill(template(*rows), lanes=[])
    assert found == []
    assert tables(data) == [[["Lane", "No"], ["none", ""], ["Total", "0"]]]


def test_two_tables_go_on_by_themselves_and_the_shorter_is_left_out_when_it_is_at_its_end() -> None:
    def add_second(slide: Any, _: Any) -> None:
        table_on(slide, [("Port", ""), ("{%tr for lane in ports %}", ""), ROW, END], "Ports", 7.2, 2)

    made = template(HEADER, LOOP, ROW, END, change=add_second)
    data, _ = fill(made, lanes=numbers(23), ports=numbers(12))
    assert [len(part) - 1 for part in tables(data)] == [9, 9, 5]
    assert [len(part) - 1 for part in tables(data, "Ports")] == [9, 3]


@pytest.mark.parametrize("line_first", [True, False])
def test_animation_of_a_table_and_lines_to_it_are_left_out_with_it(line_first: bool) -> None:
    ids: list[str] = []

    def add_second(slide: Any, frame: Any) -> None:
        other = table_on(slide, [("Port", ""), ("{%tr for lane in ports %}", ""), ROW, END], "Ports", 7.2, 2)
        line = connected(slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, 0, 0, 9, 9), frame, other)
        if line_first:
            frame._element.addprevious(line)
        animated(slide, frame, other)
        ids.extend((str(frame.shape_id), str(other.shape_id)))

    data, _ = fill(template(HEADER, LOOP, ROW, END, change=add_second), lanes=numbers(12), ports=numbers(2))
    assert [len(part) - 1 for part in tables(data, "Ports")] == [2]
    for slide, expected in zip(Presentation(io.BytesIO(data)).slides, (ids, ids[:1]), strict=True):
        named = slide._element.iter("{*}spTgt", "{*}bldP", "{*}stCxn", "{*}endCxn")
        assert sorted(e.get("spid") or e.get("id") for e in named) == sorted(expected * 3)


def test_row_higher_than_the_slide_gets_a_slide_of_its_own_and_a_warning() -> None:
    lanes = ["short", "very long " * 400, "short again"]
    data, found = fill(template(HEADER, LOOP, ROW, END), lanes=lanes)
    assert [[row[0] for row in part[1:]] for part in tables(data)] == [[lane] for lane in lanes]
    assert [(d.code, str(d.severity.value)) for d in found] == [("table-does-not-fit", "warning")]
    assert "turn 2" in found[0].message and "Lanes" in str(found[0].at)


def test_rows_too_high_are_told_of_once() -> None:
    lanes = ["very long " * 400] * 5
    data, found = fill(template(HEADER, LOOP, ROW, END), lanes=lanes)
    assert len(tables(data)) == 5
    assert ["and so is that of 4 others" in d.message for d in found] == [True]


def test_table_that_counts_its_rows_in_a_variable_stays_whole_and_is_warned_of() -> None:
    counting = ("{{ lane }}{% set n = n + 1 %}", "{{ n }}")
    made = template(("{% set n = 0 %}Lane", "No"), LOOP, counting, END)
    data, found = fill(made, lanes=numbers(20))
    assert [len(part) - 1 for part in tables(data)] == [20]
    assert [d.code for d in found] == ["table-does-not-fit"]


@pytest.mark.parametrize(("name", "codes"), [("Acme", []), ("very long " * 120, ["table-does-not-fit"])])
def test_table_without_loops_is_warned_of_when_its_texts_make_it_too_high(
    name: str, codes: list[str]
) -> None:
    made = template(HEADER, ("{{ who }}", "1"), *[("plain", "2")] * 5)
    data, found = fill(made, who=name)
    assert [d.code for d in found] == codes
    assert all("higher than its slide has room for" in d.message for d in found)
    assert len(tables(data)) == 1


def test_table_without_loops_stands_on_every_slide_of_one_that_goes_on() -> None:
    made = template(
        HEADER, LOOP, ROW, END, change=lambda slide, _: table_on(slide, [("{{ name }}", "x")], "Who", 7.2, 2)
    )
    data, found = fill(made, lanes=numbers(15))
    assert found == []
    assert tables(data, "Who") == [[["Acme", "x"]]] * 2
    assert len(tables(data)) == 2


@pytest.mark.parametrize("side", ["vert270", "vert"])
def test_turned_text_makes_its_row_higher(side: str) -> None:
    def turn(_: Any, frame: Any) -> None:
        frame.table.cell(0, 0)._tc.get_or_add_tcPr().set("vert", side)
        frame.table.columns[0].width = Inches(0.4)

    made = template(("{{ who }}", "No"), LOOP, ROW, END, change=turn)
    short, long = (
        fill(made, who=who, lanes=numbers(9))[0] for who in ("Lane", "the lanes of this year in full " * 3)
    )
    assert [len(part) for part in tables(short)] == [10]
    assert len(tables(long)) > 1


def test_table_without_tags_is_left_alone() -> None:
    made = template(*[("plain " * 300, "2")] * 9)
    assert made.slides[0].tables == ()


def test_table_that_cannot_be_parted_is_warned_of_beside_one_that_is() -> None:
    counting = ("{{ lane }}{% set n = n + 1 %}", "{{ n }}")

    def add_second(slide: Any, _: Any) -> None:
        rows = [("{% set n = 0 %}Port", ""), ("{%tr for lane in ports %}", ""), counting, END]
        table_on(slide, rows, "Ports", 7.2, 2)

    made = template(HEADER, LOOP, ROW, END, change=add_second)
    _, found = fill(made, lanes=numbers(12), ports=numbers(15))
    assert {(d.code, str(d.at).rpartition(" ")[2]) for d in found} == {("table-does-not-fit", '"Ports"')}


def test_empty_cells_are_as_high_as_a_line_of_theirs() -> None:
    def lower(_: Any, frame: Any) -> None:
        for row in frame.table.rows:
            row.height = Emu(Inches(0.25))

    def set_ends(slide: Any, frame: Any) -> None:
        lower(slide, frame)
        for row in frame.table.rows:
            for cell in row.cells:
                cell.text_frame.paragraphs[0]._p.get_or_add_endParaRPr().set("sz", "800")

    rows = [HEADER, LOOP, ("{{ lane }}", ""), END]
    data, _ = fill(template(*rows, change=lower), lanes=numbers(14))  # the empty cells are of 18 points
    assert [len(part) for part in tables(data)] == [13, 3]
    data, _ = fill(template(*rows, change=set_ends), lanes=numbers(14))
    assert [len(part) for part in tables(data)] == [15]


def test_covered_text_takes_no_room_and_turned_text_what_its_lines_need() -> None:
    def turn(_: Any, frame: Any) -> None:
        frame.table.cell(2, 1)._tc.get_or_add_tcPr().set("vert", "vert270")

    row = ("{{ lane }}", "a text of many lines that lie side by side in so wide a column")
    data, found = fill(template(HEADER, LOOP, row, END, change=turn), lanes=numbers(8))
    assert found == []
    assert [len(part) for part in tables(data)] == [9]


def test_list_that_is_worked_out_is_the_same_on_every_slide() -> None:
    rows = [HEADER, ("{%tr for n, lane in lanes if lane != 'x' %}", ""), ("{{ lane }}", "{{ n }}"), END]
    lanes = {n: "x" if int(n) % 3 == 0 else f"lane {n}" for n in numbers(30)}
    data, _ = fill(template(*rows), lanes=lanes)
    shown = [row for part in tables(data) for row in part[1:]]
    assert shown == [[lane, n] for n, lane in lanes.items() if lane != "x"]


def test_without_a_measure_the_table_stays_whole_and_is_warned_of() -> None:
    chunks, found = template(HEADER, LOOP, ROW, END).fill({"name": "Acme", "lanes": numbers(20)})
    assert chunks is not None
    assert [len(part) - 1 for part in tables(b"".join(chunks))] == [20]
    assert [d.code for d in found] == ["table-does-not-fit"]


def test_bytes_can_be_filled_in_one_call() -> None:
    deck = Presentation()
    table_on(deck.slides.add_slide(deck.slide_layouts[5]), [HEADER, LOOP, ROW, END])
    data, found = fill_bytes(saved(deck), {"lanes": numbers(12)}, measure=measure_cell)
    assert data is not None and found == []
    assert [len(part) - 1 for part in tables(data)] == [9, 3]


def test_missing_value_in_a_table_is_said_once() -> None:
    made = template(HEADER, LOOP, ("{{ lane.name }}", ""), END)
    lanes = [{"name": n} for n in numbers(20)] + [{}]
    chunks, found = made.fill({"name": "Acme", "lanes": lanes}, measure=measure_cell)
    assert chunks is None
    assert [d.code for d in found] == ["missing-value"]
    assert "turn 21" in found[0].message


P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"


def test_continued_slides_stay_in_their_section() -> None:
    deck = Presentation()
    slides = [deck.slides.add_slide(deck.slide_layouts[5]) for _ in range(2)]
    table_on(slides[0], [HEADER, LOOP, ROW, END])
    sections = "".join(
        f'<p14:section name="{name}" id="{{0000000{n}-0000-0000-0000-000000000000}}"><p14:sldIdLst>'
        f'<p14:sldId id="{slide.slide_id}"/></p14:sldIdLst></p14:section>'
        for n, (name, slide) in enumerate(zip(("Lanes", "End"), slides, strict=True))
    )
    whole = f'<p14:sectionLst xmlns:p14="{P14}">{sections}</p14:sectionLst>'
    uri = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
    space = "http://schemas.openxmlformats.org/presentationml/2006/main"
    known = deck.part._element.find(f"{{{space}}}extLst")
    extension = etree.fromstring(f'<p:ext xmlns:p="{space}" uri="{uri}">{whole}</p:ext>')
    (known if known is not None else etree.SubElement(deck.part._element, f"{{{space}}}extLst")).append(
        extension
    )
    made, found = compile_template(saved(deck), file="pitch.pptx")
    assert isinstance(made, DeckTemplate), found
    data, _ = fill(made, lanes=numbers(20))
    filled = Presentation(io.BytesIO(data))
    listed = {
        section.get("name"): [int(item.get("id")) for item in section.iter(f"{{{P14}}}sldId")]
        for section in filled.part._element.iter(f"{{{P14}}}section")
    }
    ids = [slide.slide_id for slide in filled.slides]
    assert listed == {"Lanes": ids[:3], "End": ids[3:]}


def test_jumps_lead_to_the_first_of_continued_slides() -> None:
    deck = Presentation()
    slides = [deck.slides.add_slide(deck.slide_layouts[5]) for _ in range(2)]
    table_on(slides[0], [HEADER, LOOP, ROW, END])
    box = slides[1].shapes.add_textbox(Inches(1), Inches(1), Inches(3), Inches(1))
    box.text_frame.text = "back to {{ name }}"
    box.click_action.target_slide = slides[0]
    made, found = compile_template(saved(deck), file="pitch.pptx")
    assert isinstance(made, DeckTemplate), found
    data, _ = fill(made, lanes=numbers(20))
    first, *_, last = Presentation(io.BytesIO(data)).slides
    assert len(Presentation(io.BytesIO(data)).slides) == 4
    assert last.shapes[-1].click_action.target_slide.slide_id == first.slide_id


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=300)


@settings(max_examples=25, deadline=None)
@given(st.lists(TEXT, max_size=60), st.booleans())
def test_no_row_is_lost_or_doubled_whatever_the_list(lanes: list[str], total: bool) -> None:
    made = _LONG if total else _SHORT
    data, _ = fill(made, lanes=lanes)
    parts = tables(data)
    assert all(part[0] == ["Lane", "No"] for part in parts)
    rows = [row for part in parts for row in part[1:]]
    assert rows[: len(lanes)] == [[lane, str(n)] for n, lane in enumerate(lanes, 1)]
    assert rows[len(lanes) :] == ([["Total", str(len(lanes))]] if total else [])


_SHORT, _LONG = template(HEADER, LOOP, ROW, END), template(HEADER, LOOP, ROW, END, TOTAL)


LISTS = {name: numbers(count) for name, count in (("empty", 0), ("one", 1), ("few", 4), ("many", 17))}
PLAIN = st.just([("plain", "")])
ENDIF = [("{%tr else %}", ""), ("else", ""), ("{%tr endif %}", "")]
INNER = st.one_of(
    PLAIN,
    st.just([ROW]),
    st.just([ROW, ("again {{ lane }}", "")]),
    st.just([("{%tr if loop.index != 2 %}", ""), ROW, ("{%tr endif %}", "")]),
    st.just([("{%tr for lane in few %}", ""), ROW, END]),
    st.just([("before", ""), ("{%tr for lane in many %}", ""), ROW, END, ("after", "")]),
    st.just(
        [ROW, ("{%tr if loop.index == 2 %}", ""), ("{%tr for lane in many %}", ""), ROW, ROW, END, *ENDIF]
    ),
    st.just([("{%tr for lane in empty %}", ""), ROW, ("{%tr else %}", ""), ("nothing in it", ""), END, ROW]),
)


def _looped(name: str, body: list[tuple[str, str]], otherwise: bool) -> list[tuple[str, str]]:
    other = [("{%tr else %}", ""), ("nothing", "")] if otherwise else []
    return [(f"{{%tr for lane in {name} %}}", ""), *body, *other, END]


def _conditional(rows: list[tuple[str, str]], name: str) -> list[tuple[str, str]]:
    return [(f"{{%tr if {name} %}}", ""), *rows, ("{%tr else %}", ""), ("not so", ""), ("{%tr endif %}", "")]


LOOPED = st.builds(_looped, st.sampled_from(sorted(LISTS)), INNER, st.booleans())
PARTS = st.one_of(PLAIN, LOOPED, LOOPED, st.builds(_conditional, LOOPED, st.sampled_from(sorted(LISTS))))


@settings(max_examples=40, deadline=None)
@given(st.lists(PARTS, min_size=1, max_size=4))
def test_whatever_its_rows_are_a_parted_table_has_those_of_the_whole(
    parts: list[list[tuple[str, str]]],
) -> None:
    rows = [HEADER, *[row for part in parts for row in part]]
    made = template(*rows)
    whole, _ = made.fill({"name": "Acme", **LISTS})
    assert whole is not None
    ((_, *expected),) = tables(b"".join(whole))
    data, _ = fill(made, **LISTS)
    found = tables(data)
    head = next((n for n, row in enumerate(rows) if "for lane" in row[0]), len(rows))
    fixed = [row[0] for row in rows[:head] if "{%" not in row[0]]
    assert all([row[0] for row in part[: len(fixed)]] == fixed for part in found) or len(found) == 1
    assert (
        found[0][1:] + _without_repeated_headings(found[1:], len(fixed), found[0][1:], expected) == expected
    )


def _without_repeated_headings(
    parts: list[list[list[str]]], header: int, before: list[list[str]], expected: list[list[str]]
) -> list[list[str]]:
    """The rows of further slides, those left out that stand below the header and stood on an earlier slide."""
    told = list(before)
    for _, *rest in ([part, *part[header:]] for part in parts):
        for left_out in range(len(rest) + 1):
            rows = rest[left_out:]
            if expected[len(told) : len(told) + len(rows)] == rows and all(
                row in told for row in rest[:left_out]
            ):
                told += rows
                break
    return told[len(before) :]


def grouped(slide: Any, frame: Any, *, scale: float = 1.0, down: float = 0.0, deep: bool = False) -> None:
    """Put a table into a group that shows it so many times as large, so many inches further down; `deep` into one more."""
    group = slide.shapes.add_group_shape()
    group.name = "Panel"
    left, top, width, height = frame.left, frame.top, frame.width, frame.height
    group._element.append(frame._element)
    form = group._element.grpSpPr.get_or_add_xfrm()
    inner, outer = (left, top, width, height), (left, top + Inches(down), width * scale, height * scale)
    for tag, (x, y, cx, cy) in (("", outer), ("ch", inner)):
        off = form.get_or_add_chOff() if tag else form.get_or_add_off()
        ext = form.get_or_add_chExt() if tag else form.get_or_add_ext()
        off.x, off.y, ext.cx, ext.cy = (int(number) for number in (x, y, cx, cy))
    if deep:
        around = slide.shapes.add_group_shape([group])
        around.name = "Around"


def texts_in_groups(data: bytes) -> list[list[str]]:
    """The first column of each slide's tables, whatever groups they are in."""
    return [
        [
            "".join(t.text for t in row[0].iter("{*}t"))
            for row in slide._element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}tr")
        ]
        for slide in Presentation(io.BytesIO(data)).slides
    ]


@pytest.mark.parametrize("deep", [False, True])
def test_table_in_a_group_goes_on_with_its_header(deep: bool) -> None:
    made = template(HEADER, LOOP, ROW, END, change=lambda s, f: grouped(s, f, deep=deep))
    data, found = fill(made, lanes=numbers(23))
    assert found == []
    slides = texts_in_groups(data)
    assert [len(rows) - 1 for rows in slides] == [9, 9, 5]
    assert [row for rows in slides for row in rows[1:]] == numbers(23)


def test_table_in_a_group_has_the_room_below_where_the_group_puts_it() -> None:
    made = template(HEADER, LOOP, ROW, END, change=lambda s, f: grouped(s, f, down=2))
    assert [len(rows) - 1 for rows in texts_in_groups(fill(made, lanes=numbers(12))[0])] == [5, 5, 2]


@pytest.mark.parametrize("scale", [0.5, 2])
def test_rows_of_a_table_keep_their_height_whatever_the_scale_of_its_group(scale: float) -> None:
    made = template(HEADER, LOOP, ROW, END, change=lambda s, f: grouped(s, f, scale=scale))
    assert [len(rows) - 1 for rows in texts_in_groups(fill(made, lanes=numbers(12))[0])] == [9, 3]


def test_table_in_a_repeated_group_is_reported_and_not_parted() -> None:
    def change(slide: Any, frame: Any) -> None:
        for name, tag in (("Opens", "{%shape for x in twice %}"), ("Closes", "{%shape endfor %}")):
            box = slide.shapes.add_textbox(Inches(1), Inches(7), Inches(1), Inches(0.2))
            box.name, box.text_frame.text = name, tag
        grouped(slide, frame)
        slide.shapes._spTree.append(slide.shapes[-2]._element)

    data, found = fill(template(HEADER, LOOP, ROW, END, change=change), lanes=numbers(23), twice=[1, 2])
    assert {(d.code, d.at.slide, d.at.shape) for d in found if d.at} == {("table-does-not-fit", 1, "Lanes")}
    assert len(texts_in_groups(data)) == 1


def rows_on_slides(change: Callable[[Any, Any], None], **lane: str) -> list[int]:
    """How many rows of the table each slide has, for twenty lanes alike."""
    data, _ = fill(template(HEADER, LOOP, ("{{ lane.text }}", "-"), END, change=change), lanes=[lane] * 20)
    return [len(rows) for rows in tables(data)]


def look_of_lane(**look: Any) -> Callable[[Any, Any], None]:
    def change(_: Any, frame: Any) -> None:
        for row in frame.table.rows:
            row.height = Emu(Inches(0.2))
        run = frame.table.cell(2, 0).text_frame.paragraphs[0].runs[0]
        for name, value in look.items():
            setattr(run.font, name, value)

    return change


def test_lines_of_a_value_are_as_high_as_its_look_and_not_as_the_text_around_it() -> None:
    small = rows_on_slides(look_of_lane(size=Pt(9)), text="one\ntwo\nthree")
    assert small == rows_on_slides(look_of_lane(size=Pt(9)), text="three " * 20)
    assert small != rows_on_slides(look_of_lane(size=None), text="one\ntwo\nthree")


@pytest.mark.parametrize(("columns", "codes"), [(6, []), (30, ["table-columns-narrow"])])
def test_columns_that_leave_no_room_for_a_word_are_told(columns: int, codes: list[str]) -> None:
    made = template(
        ("Lane", "{%tc for n in numbers %}", "{{ n }}", "{%tc endfor %}"),
        ("{%tr for lane in lanes %}", "", "", ""),
        ("{{ lane }}", "{%tc for n in numbers %}", "{{ n }}", "{%tc endfor %}"),
        ("{%tr endfor %}", "", "", ""),
    )
    _, found = fill(made, lanes=["A"], numbers=[str(10 + n) for n in range(columns)])
    assert [d.code for d in found] == codes
