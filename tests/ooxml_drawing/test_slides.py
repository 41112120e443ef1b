"""Slides on layouts, opened by python-pptx."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import openpyxl
import pytest

from collateral.model.content import Chart, Nodes, Paragraph, Picture, Run, Series, Table
from collateral.model.frames import Layout
from collateral.model.table_widths import column_widths
from collateral.ooxml.box import Box, contain, cover
from collateral.ooxml.drawing.charts import KINDS, ChartLook, chart_part
from collateral.ooxml.drawing.relations import Relations
from collateral.ooxml.drawing.slides import FullSize, SlideSetting, SlideXml, new_slide, notes_slide
from collateral.ooxml.drawing.tables import TableLook, table_graphic
from collateral.ooxml.drawing.text import TextWriter
from collateral.ooxml.values import Image
from collateral.ooxml.xml import parse_xml

Layouts = Callable[[int], Layout]
FULL = FullSize()
Deck = Callable[[Sequence[tuple[SlideXml, Layout]]], Any]
SETTING = SlideSetting(footer="Harborline")
TITLE = (Run("A title & more"),)


@dataclass(frozen=True)
class Filling:
    placeholder: int
    content: Nodes | Table | Picture | Chart
    fit: FullSize = FULL


def _cells(*texts: str) -> tuple[tuple[Run, ...], ...]:
    return tuple((Run(text),) for text in texts)


def _table(rows: int) -> Table:
    return Table(
        _cells("Name", "Amount"), tuple(_cells(f"row {i}", str(i)) for i in range(rows)), (None, "right")
    )


def _chart(kind: str) -> Chart:
    if kind in ("scatter", "bubble"):
        return Chart(kind, (), (Series("A & B", (1, 2.5), x=(3, 4), sizes=(5, 6)),))
    series = (Series("A & B", (1, None, 2.5)), Series("<C>", (4, 5, 6)))
    return Chart(kind, ("x", "y & z", "w"), series[:1] if kind in ("pie", "doughnut") else series)


def test_title_comes_first_and_empty_placeholders_are_not_there(layout: Layouts, deck: Deck) -> None:
    two = layout(4)
    slide, problems = new_slide(
        two, title=TITLE, fillings=[Filling(2, (Paragraph((Run("right"),)),))], setting=SETTING
    )
    shapes = list(deck([(slide, two)]).slides[0].shapes)
    assert not problems
    assert [s.placeholder_format.idx for s in shapes] == [0, 2, 11, 12]
    assert [s.text_frame.text for s in shapes][:3] == ["A title & more", "right", "Harborline"]
    assert [s.shape_id for s in shapes] == [2, 3, 4, 5]


def test_same_slide_twice_is_the_same_bytes(layout: Layouts) -> None:
    made = [
        new_slide(layout(2), title=TITLE, fillings=[Filling(1, _chart("line"))], setting=SETTING)
        for _ in "ab"
    ]
    assert made[0] == made[1]


def test_placeholder_the_layout_has_not_is_named(layout: Layouts) -> None:
    _, problems = new_slide(
        layout(2), title=TITLE, fillings=[Filling(77, (Paragraph((Run("lost?"),)),))], setting=SETTING
    )
    assert [p.code for p in problems] == ["unknown-placeholder"] and "77" in problems[0].message


def test_title_on_a_layout_without_one_stands_above_the_slide_with_a_warning(
    layout: Layouts, deck: Deck
) -> None:
    slide, problems = new_slide(layout(7), title=TITLE, fillings=[], setting=SETTING)
    assert [p.code for p in problems] == ["layout-without-title"]
    shapes = deck([(slide, layout(7))]).slides[0].shapes
    assert shapes.title.text == "A title & more"
    assert shapes.title.top + shapes.title.height <= 0


def test_picture_without_a_description_is_decoration(layout: Layouts) -> None:
    image = Image(b"png", "image/png", 200, 100, "d")
    setting = SlideSetting(images={"yard.png": image})
    for alt, told, marks in (("A yard", "A yard", 0), ("", None, 1)):
        slide, _ = new_slide(
            layout(2), title=TITLE, fillings=[Filling(1, Picture("yard.png", alt))], setting=setting
        )
        root = parse_xml(slide.xml)
        named = next(root.iter("{*}pic")).find(".//{*}cNvPr")
        assert named is not None and named.get("descr") == told
        assert len(list(named.iter("{*}decorative"))) == marks


def test_chart_and_table_say_what_they_hold(layout: Layouts) -> None:
    unnamed = Chart("column", ("Q1", "Q2"), (Series("", (1, 2)),))
    for content, told in ((unnamed, "Q1, Q2"), (_chart("column"), "A & B, <C>"), (_table(1), "Name, Amount")):
        slide, _ = new_slide(layout(2), title=TITLE, fillings=[Filling(1, content)], setting=SETTING)
        named = next(parse_xml(slide.xml).iter("{*}graphicFrame")).find(".//{*}cNvPr")
        assert named is not None and named.get("descr") == told


def test_table_is_native_and_holds_every_cell(layout: Layouts, deck: Deck) -> None:
    two = layout(2)
    slide, _ = new_slide(two, title=TITLE, fillings=[Filling(1, _table(3))], setting=SETTING)
    shape = next(s for s in deck([(slide, two)]).slides[0].shapes if s.has_table)
    texts = [[cell.text for cell in row.cells] for row in shape.table.rows]
    assert texts == [["Name", "Amount"], ["row 0", "0"], ["row 1", "1"], ["row 2", "2"]]
    assert shape.table.first_row and sum(c.width for c in shape.table.columns) == shape.width


def test_ragged_rows_are_filled_up() -> None:
    table = Table(_cells("a", "b"), (_cells("only one"),), ())
    graphic, _ = table_graphic(TextWriter(Relations("/ppt/media"), "en"), table, TableLook(1_000_000))
    assert "".join(graphic).count("<a:tc>") == 4


def test_columns_share_the_width_by_what_they_hold() -> None:
    table = Table(_cells("n", "text"), (_cells("1", "a rather long remark about something"),), ())
    narrow, wide = column_widths(table, 1000)
    assert narrow + wide == 1000 and wide > narrow * 3


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_chart_holds_its_points_in_cache_and_workbook(
    kind: str, layout: Layouts, deck: Deck
) -> None:
    two, chart = layout(2), _chart(kind)
    slide, problems = new_slide(two, title=TITLE, fillings=[Filling(1, chart)], setting=SETTING)
    made = next(s for s in deck([(slide, two)]).slides[0].shapes if s.has_chart).chart
    assert not problems
    assert [(s.name, tuple(s.values)) for s in made.plots[0].series] == [
        (s.name, s.values) for s in chart.series
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(made.part.chart_workbook.xlsx_part.blob))["Sheet1"]
    column = "B"
    assert [sheet[f"{column}{row}"].value for row in range(1, len(chart.series[0].values) + 2)] == [
        chart.series[0].name,
        *chart.series[0].values,
    ]


def test_value_that_looks_like_a_formula_stays_text() -> None:
    part, _ = chart_part(Chart("bar", ("=1+1",), (Series("=cmd()", (1,)),)), ChartLook())
    assert part is not None and part.related[0].data is not None
    sheet = openpyxl.load_workbook(io.BytesIO(part.related[0].data))["Sheet1"]
    assert (sheet["A2"].data_type, sheet["B1"].data_type) != ("f", "f")
    assert b"<f>" not in part.data if part.data else False


def test_legend_is_there_for_several_series_only() -> None:
    one, _ = chart_part(Chart("bar", ("a",), (Series("s", (1,)),)), ChartLook())
    two, _ = chart_part(Chart("bar", ("a",), (Series("s", (1,)), Series("t", (2,)))), ChartLook())
    assert one and two and b"<c:legend>" not in (one.data or b"") and b"<c:legend>" in (two.data or b"")


@pytest.mark.parametrize(
    ("chart", "code"),
    [
        (Chart("sunburst", ("a",), (Series("s", (1,)),)), "unknown-chart-kind"),
        (Chart("bar", ("a",), ()), "chart-without-data"),
        (Chart("scatter", (), (Series("s", (1, 2), x=(1,)),)), "chart-points-unequal"),
        (Chart("bubble", (), (Series("s", (1,), x=(1,)),)), "chart-points-unequal"),
    ],
)
def test_chart_that_cannot_be_drawn_is_refused_by_name(chart: Chart, code: str) -> None:
    part, problems = chart_part(chart, ChartLook())
    assert part is None and [p.code for p in problems] == [code]


def test_picture_that_is_missing_is_named_and_leaves_no_frame(layout: Layouts) -> None:
    slide, problems = new_slide(
        layout(2), title=TITLE, fillings=[Filling(1, Picture("x.png", "X"))], setting=SETTING
    )
    assert [p.code for p in problems] == ["picture-missing"] and b"<p:pic>" not in slide.xml


def test_photograph_fills_its_frame_and_a_logo_is_shown_whole(layout: Layouts) -> None:
    photo = Image(b"j", "image/jpeg", 400, 100, "d1", "jpeg")
    logo = Image(b"p", "image/png", 400, 100, "d2", "png", svg=b"<svg/>")
    setting = SlideSetting(images={"photo": photo, "logo": logo})
    pictures = layout(9)
    index = next(p.index for p in pictures.placeholders if p.kind == "pic")
    photo_slide, logo_slide = (
        new_slide(
            pictures, title=TITLE, fillings=[Filling(index, Picture(s, "Alt & text"))], setting=setting
        )[0]
        for s in ("photo", "logo")
    )
    assert b"<a:srcRect l=" in photo_slide.xml and b"<p:spPr/></p:pic>" in photo_slide.xml
    assert b"<a:srcRect/>" in logo_slide.xml and b"svgBlip" in logo_slide.xml and b"<a:off" in logo_slide.xml
    assert b'descr="Alt &amp; text"' in photo_slide.xml
    assert [part.content_type for part in logo_slide.related] == ["image/png", "image/svg+xml"]


def test_contain_keeps_proportions_and_cover_cuts_evenly() -> None:
    assert contain(200, 100, Box(0, 0, 1000, 1000)) == Box(0, 250, 1000, 500)
    assert cover(200, 100, Box(0, 0, 1000, 1000)).sides() == (("l", 25000), ("t", 0), ("r", 25000), ("b", 0))


def test_notes_hold_their_paragraphs() -> None:
    notes, _ = notes_slide((Paragraph((Run("Ask who owns the yard"),)),), language="en")
    assert "Ask who owns the yard" in "".join(str(t) for t in parse_xml(notes.xml).itertext())
