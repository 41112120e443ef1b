"""The designed, tagged slides of the deck master, made on its own layouts with python-pptx."""

from __future__ import annotations

import copy
from typing import Any

from lxml import etree

from masters.brand import CONTENT_WIDTH, MARGIN, TABLE_STYLE, emu
from masters.layouts import BODY_TOP, GUTTER
from masters.shapes import NS, Level, Tree, paragraph, scheme

Words = dict[str, Any]
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
ON_DARK = 'known(prospect.logo_ground) and prospect.logo_ground == "dark"'
CARD = (
    Level(40, "accent2", bold=True, font="+mj-lt", line=90),
    Level(18, "tx1", before=6, line=98),
)


def add_slides(deck: Any, words: Words, blank_logo: bytes) -> None:
    """Add every designed slide there are words for to the deck."""
    _covers(deck, words, blank_logo)
    for build in (_agenda, _numbers, _chart, _plan, _closing):
        if build is not _chart or "chart_title" in words:
            build(deck, words)


def _new(deck: Any, layout: str, identity: str, note: str, when: str = "") -> Any:
    slide = deck.slides.add_slide(next(item for item in deck.slide_layouts if item.name == layout))
    rules = f"@id: {identity}\n" + (f"@when: {when}\n" if when else "")
    slide.notes_slide.notes_text_frame.text = rules + note
    return slide


def _fill(slide: Any, words: Words, texts: dict[int, tuple[tuple[str, int], ...] | str]) -> None:
    """Text into placeholders by idx (0 is the title); placeholders without text are taken off."""
    for shape in list(slide.placeholders):
        content = texts.get(shape.placeholder_format.idx)
        if content is None:
            shape._element.getparent().remove(shape._element)
            continue
        body = shape.text_frame._txBody
        for old in body.findall("{*}p"):
            body.remove(old)
        items = ((content, 0),) if isinstance(content, str) else content
        for text, level in items:
            body.append(_parse(paragraph(text, level=level, language=words["lang"])))


def _parse(xml: str) -> Any:
    return copy.deepcopy(etree.fromstring(f"<root {NS}>{xml}</root>")[0])


def _append(slide: Any, tree: Tree) -> None:
    """Put hand-written shapes on the slide, with ids that follow those it has."""
    target = slide.shapes._spTree
    first = max(int(e.get("id")) for e in target.iter("{*}cNvPr")) + 1
    for n, shape in enumerate(_parse(tree.xml()).findall("{*}*")[2:]):
        for element in shape.iter("{*}cNvPr"):
            element.set("id", str(first + n))
        target.append(shape)


def _footer(slide: Any, words: Words) -> None:
    """The slide number, which python-pptx leaves out."""
    for shape in slide.slide_layout.placeholders:
        if shape.placeholder_format.idx == 12:
            element = copy.deepcopy(shape._element)
            ids = [int(e.get("id")) for e in slide.shapes._spTree.iter("{*}cNvPr")]
            element.find(".//{*}cNvPr").set("id", str(max(ids) + 1))
            for properties in element.iter("{*}rPr"):
                properties.set("lang", words["lang"])
            slide.shapes._spTree.append(element)


def _covers(deck: Any, words: Words, blank_logo: bytes) -> None:
    """Three covers: the logo on a white plate, a light logo on the ground itself, and none."""
    for identity in ("cover", "cover-light-logo", "cover-without-logo"):
        slide = _new(deck, "Title", identity, words["cover_note"])
        lines = ((words["contact"], 0), ("{{ as_of | date }}", 1))
        _fill(slide, words, {0: words["cover_title"], 1: words["cover_sub"], 13: lines})
        if identity == "cover":
            tree = Tree(language=words["lang"])
            tree.rectangle(
                "Logo plate", (9.55, 0.62, 3.08, 1.35), scheme("bg1"), shape="roundRect", adjust=6000
            )
            _append(slide, tree)
        if identity != "cover-without-logo":
            _add_logo(slide, blank_logo)


def _add_logo(slide: Any, blank_logo: bytes) -> None:
    from io import BytesIO

    picture = slide.shapes.add_picture(BytesIO(blank_logo), emu(9.75), emu(0.8), emu(2.68), emu(0.99))
    properties = picture._element.nvPicPr.cNvPr
    properties.set("name", "Customer logo")
    properties.set("descr", "{{ prospect.logo }}")


def _agenda(deck: Any, words: Words) -> None:
    slide = _new(deck, "Agenda", "agenda", words["agenda_note"])
    points = tuple(item for head, detail in words["agenda_points"] for item in ((head, 0), (detail, 1)))
    _fill(slide, words, {0: words["agenda"], 1: points})
    _footer(slide, words)


def _numbers(deck: Any, words: Words) -> None:
    when = words.get("numbers_when", "value.saving > value.cost_year")
    slide = _new(deck, "Title Only", "your-numbers", words["numbers_note"], when)
    _fill(slide, words, {0: words["numbers_title"]})
    width = (CONTENT_WIDTH - 2 * GUTTER) / 3
    tree = Tree(language=words["lang"])
    for n, (figure, caption) in enumerate(words["numbers_cards"]):
        left = MARGIN + n * (width + GUTTER)
        tree.rectangle(f"Card rule {n + 1}", (left, BODY_TOP + 0.1, width, 0.05), scheme("accent1"))
        text = paragraph(figure, language=words["lang"]) + paragraph(caption, level=1, language=words["lang"])
        tree.text(
            f"Figure {n + 1}", (left, BODY_TOP + 0.15, width, 2.1), text, levels=CARD, fill=scheme("bg2"),
            insets=(0.25, 0.22, 0.25, 0.15),
        )  # fmt: skip
    tree.text(
        "Assumptions", (MARGIN, BODY_TOP + 2.75, CONTENT_WIDTH, 1.5),
        paragraph(words["numbers_basis"], language=words["lang"]), levels=(Level(18, line=105),),
    )  # fmt: skip
    _append(slide, tree)
    _footer(slide, words)


def _chart(deck: Any, words: Words) -> None:
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    slide = _new(deck, "Chart", "value-by-quarter", words["chart_note"], "value.net_first_year > 0")
    _fill(slide, words, {0: words["chart_title"], 1: tuple((p, 0) for p in words["chart_points"])})
    data = CategoryChartData(number_format="#,##0")
    data.categories = ["Q1", "Q2", "Q3", "Q4"]
    data.add_series(words["chart_series"][0], (20000, 70000, 150000, 250000))
    data.add_series(words["chart_series"][1], (60000, 85000, 110000, 135000))
    box = (MARGIN, BODY_TOP, 7.6, 4.7)
    frame = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *(emu(v) for v in box), data)
    frame.name = "Saving and cost by quarter"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", words["chart_alt"])
    _style_chart(frame.chart)
    _footer(slide, words)


def _style_chart(chart: Any) -> None:
    from pptx.enum.chart import XL_LEGEND_POSITION
    from pptx.enum.dml import MSO_THEME_COLOR
    from pptx.util import Pt

    chart.font.size, chart.font.color.theme_color = Pt(14), MSO_THEME_COLOR.TEXT_1
    chart.has_legend, chart.has_title = True, False
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.plots[0].gap_width, chart.plots[0].overlap = 60, -5
    for series, color in zip(
        chart.plots[0].series, (MSO_THEME_COLOR.ACCENT_1, MSO_THEME_COLOR.ACCENT_4), strict=True
    ):
        series.format.fill.solid()
        series.format.fill.fore_color.theme_color = color
        series.invert_if_negative = False
    for axis in (chart.value_axis, chart.category_axis):
        axis.format.line.fill.background()
        axis.tick_labels.font.size = Pt(12)
    chart.value_axis.tick_labels.number_format, chart.value_axis.tick_labels.number_format_is_linked = (
        "#,##0",
        False,
    )
    grid = chart.value_axis.major_gridlines.format.line
    grid.width, grid.color.theme_color, grid.color.brightness = Pt(0.5), MSO_THEME_COLOR.ACCENT_5, 0.6
    for tag in ("axId", "crossAx"):  # python-pptx writes signed ids, the format has unsigned ones
        for element in chart._chartSpace.iter(f"{C}{tag}"):
            element.set("val", str(int(element.get("val")) & 0x7FFFFFFF))


def _plan(deck: Any, words: Words) -> None:
    from pptx.util import Pt

    slide = _new(deck, "Title Only", "mutual-plan", words["plan_note"], "known(prospect.next_steps)")
    _fill(slide, words, {0: words["plan_title"]})
    frame = slide.shapes.add_table(4, 3, emu(MARGIN), emu(BODY_TOP + 0.1), emu(CONTENT_WIDTH), emu(2.64))
    frame.name = "Mutual plan"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", words["plan_title"])
    table = frame.table
    table._tbl.tblPr.find("{*}tableStyleId").text = TABLE_STYLE
    table._tbl.tblPr.set("bandRow", "0")
    rows = (
        words["plan_head"],
        ("{%tr for step in prospect.next_steps %}", "", ""),
        ("{{ step.what }}", "{{ step.who }}", "{{ step.by | date('medium') }}"),
        ("{%tr endfor %}", "", ""),
    )
    for column, width in zip(table.columns, (6.7, 3.85, CONTENT_WIDTH - 10.55), strict=True):
        column.width = emu(width)
    for row, texts in zip(table.rows, rows, strict=True):
        row.height = emu(0.66)
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
            cell.vertical_anchor = 3
            cell.margin_left = cell.margin_right = emu(0.12)
            for run in cell.text_frame.paragraphs[0].runs:
                run.font.size = Pt(15)
                run._r.get_or_add_rPr().set("lang", words["lang"])
    _footer(slide, words)


def _closing(deck: Any, words: Words) -> None:
    slide = _new(deck, "Closing", "closing", words["closing_note"])
    contact = (
        (words["contact"], 0),
        ("{{ seller.contact.email }}  ·  {{ seller.contact.phone }}", 1),
    )
    _fill(slide, words, {0: words["closing_title"], 1: words["closing_text"], 13: contact})
