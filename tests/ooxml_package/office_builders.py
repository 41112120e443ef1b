"""Small real Office files for the tests, and ways to break them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

CORPUS = Path(__file__).parents[2] / ".." / "shared" / "corpus"


@lru_cache(maxsize=1)
def deck() -> bytes:
    """Three slides: title with bullets and notes, a table and a chart, a group with a link and two pictures."""
    from pptx import Presentation
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches

    made = Presentation()
    first = made.slides.add_slide(made.slide_layouts[1])
    first.shapes.title.text = "Good deck"
    first.placeholders[1].text = "First bullet\nSecond bullet"
    first.notes_slide.notes_text_frame.text = "speaker notes"
    first.shapes.add_picture(io.BytesIO(png()), Inches(1), Inches(5))
    second = made.slides.add_slide(made.slide_layouts[5])
    second.shapes.title.text = "Chart and table"
    data = CategoryChartData()
    data.categories = ["a", "b"]
    data.add_series("S1", (1, 2))
    chart = second.shapes.add_chart(
        XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(2), Inches(4), Inches(4), data
    )
    for axis in chart.chart._chartSpace.iter("{*}axId", "{*}crossAx"):
        axis.set("val", str(int(axis.get("val")) & 0x7FFFFFFF))
    table = second.shapes.add_table(2, 2, Inches(5), Inches(2), Inches(4), Inches(2)).table
    table.cell(0, 0).text = "cell"
    third = made.slides.add_slide(made.slide_layouts[6])
    box = third.shapes.add_group_shape().shapes.add_textbox(Inches(1), Inches(1), Inches(3), Inches(1))
    box.text_frame.text = "grouped"
    run = box.text_frame.paragraphs[0].add_run()
    run.text, run.hyperlink.address = " link", "https://example.com"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@lru_cache(maxsize=1)
def document() -> bytes:
    """A heading, a list item, a table, a picture and a header."""
    import docx

    made = docx.Document()
    made.add_heading("Proposal", 0)
    made.add_paragraph("Hello", style="List Bullet")
    made.add_table(2, 2).cell(0, 0).text = "x"
    made.add_picture(io.BytesIO(png()))
    made.sections[0].header.paragraphs[0].text = "head"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@lru_cache(maxsize=1)
def png() -> bytes:
    """A small red picture."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (80, 50), "red").save(out, "PNG")
    return out.getvalue()


def changed(
    source: bytes,
    edit: dict[str, Callable[[str], str]] | None = None,
    *,
    drop: Iterable[str] = (),
    add: dict[str, bytes] | None = None,
) -> bytes:
    """A copy of an archive with some members edited, dropped or added."""
    edit = dict(edit or {})
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name in drop:
                continue
            data = old.read(name)
            if name in edit:
                text = edit.pop(name)(data.decode())
                assert text.encode() != data, f"the edit of {name} changed nothing"
                data = text.encode()
            new.writestr(name, data)
        for name, data in (add or {}).items():
            new.writestr(name, data)
    assert not edit, f"no such members: {sorted(edit)}"
    return out.getvalue()


def swap(old: str, new: str) -> Callable[[str], str]:
    """An edit that replaces the first occurrence."""
    return lambda text: text.replace(old, new, 1)


def zipped(members: Iterable[tuple[str, bytes]]) -> bytes:
    """An archive of these members in this order, whatever their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            info = zipfile.ZipInfo("x")
            info.filename = name
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
