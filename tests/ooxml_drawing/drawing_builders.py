"""What the tests of charts share: data, decks on the sample master, and a reading of charts by other people's libraries."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from pptx import Presentation
from pptx.util import Inches

from collateral.diagnostics import has_errors
from collateral.model.content import Chart, Nodes, Picture, Run, Series, Table
from collateral.model.frames import DeckMaster
from collateral.ooxml import compile_template
from collateral.ooxml.drawing.slides import FullSize, SlideSetting, new_slide
from collateral.ooxml.frames.master import read_master
from collateral.ooxml.package import open_package
from collateral.ooxml.template.filling.deck import DeckTemplate
from collateral.ooxml.template.filling.deck_values import NewSlide

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = 'A & B <c:v> "q" {{ x }} =1+1 \'@cmd \u05d0\u05d1 日本 😀'
KINDS = ("bar", "column", "line", "area", "pie", "doughnut", "scatter", "bubble", "radar")
XY = ("scatter", "bubble")


FULL = FullSize()


@dataclass(frozen=True)
class Filling:
    placeholder: int
    content: Nodes | Table | Picture | Chart
    fit: FullSize = FULL


def chart_of(kind: str, series: int = 2, points: int = 3, **rest: Any) -> Chart:
    """A chart with a gap in its last series."""
    made = []
    for number in range(series):
        gap = number == series - 1 and number > 0
        values = tuple(None if gap and i == 1 else number * 10 + i + 0.5 for i in range(points))
        x = tuple(i * 2.5 for i in range(points)) if kind in XY else ()
        made.append(Series(f"{HOSTILE} {number}", values, x, tuple(range(1, points + 1)) if x else ()))
    categories = () if kind in XY else tuple(f"{i} {HOSTILE}" for i in range(points))
    return Chart(kind, categories, tuple(made), **rest)


@cache
def sample_master() -> tuple[DeckTemplate, DeckMaster]:
    """The sample workspace's master, compiled."""
    package, _ = open_package(ROOT / "templates" / "harborline.pptx")
    assert package is not None
    template, _ = compile_template(package)
    assert isinstance(template, DeckTemplate)
    return template, read_master(package)[0]


def deck_with(contents: Sequence[Any], layout: str) -> bytes:
    """A deck on the sample master with one slide for each content, in the first place of the layout."""
    template, master = sample_master()
    form = master.layouts[layout]
    place = next(p.index for p in form.placeholders if p.kind in ("chart", "tbl", "obj"))
    slides = []
    for number, content in enumerate(contents):
        slide, found = new_slide(
            form, title=(Run("Title"),), fillings=[Filling(place, content)], setting=SlideSetting()
        )
        assert not has_errors(found), found
        slides.append(NewSlide(form.part, slide.xml, slide.related, key=f"s{number}"))
    chunks, found = template.assemble(slides)
    assert chunks is not None, found
    return b"".join(chunks)


def charts_in(data: bytes) -> list[Any]:
    """The charts of a deck as python-pptx sees them."""
    slides = Presentation(io.BytesIO(data)).slides
    return [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]


def series_in(chart: Any) -> list[tuple[str, list[float | None]]]:
    """Names and values of all series, in the order of the data."""
    found = [one for plot in chart.plots for one in plot.series]
    found.sort(key=lambda one: int(one._element.find("{*}order").get("val")))
    return [(one.name, list(one.values)) for one in found]


def workbook_of(chart: Any) -> Any:
    """The embedded workbook as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))


def cells_against_cache(chart: Any) -> list[tuple[str, list[Any], list[Any]]]:
    """(formula, cells, cached points) for every reference of a chart whose cells do not hold what is shown."""
    book, wrong = workbook_of(chart), []
    for formula in chart._chartSpace.iter("{*}f"):
        sheet, _, area = formula.text.rpartition("!")
        cells = book[sheet.strip("'").replace("''", "'")][area.replace("$", "")]
        held = [cell.value for row in cells for cell in row] if isinstance(cells, tuple) else [cells.value]
        cached = formula.getnext()
        points = {int(p.get("idx")): p.find("{*}v").text for p in cached.findall("{*}pt")}
        numbers = cached.tag.endswith("numCache")
        shown = [
            float(points[i]) if numbers and i in points else points.get(i)
            for i in range(int(cached.find("{*}ptCount").get("val")))
        ]
        if [h or None if isinstance(h, str) else h for h in held] != shown:
            wrong.append((formula.text, held, shown))
    return wrong


def template_deck(kind: Any, data: Any, tag: str = "{{ chart(data) }}") -> bytes:
    """A deck with one chart made by python-pptx, tagged in its alt text."""
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    box = (Inches(1), Inches(2), Inches(6), Inches(4))
    frame = slide.shapes.add_chart(kind, *box, data)
    frame.name = "Results"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", tag)
    return saved(deck)


def saved(deck: Any) -> bytes:
    """The bytes of a deck."""
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()
