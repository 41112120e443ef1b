"""Puts our tags into the bench's templates: reads its own "plain" deck and "jinja" proposal, writes ours beside them.

In: the bench folder (PERF_ROOT) with its templates built. Out: tpl/deck14.ours.pptx, tpl/deck140.ours.pptx and
tpl/prop.ours.docx. Works on the text of paragraphs with python-pptx, python-docx: it is a fixture, not the engine.
"""

from __future__ import annotations

import os
from pathlib import Path

from docx import Document
from pptx import Presentation

ROOT = Path(os.environ.get("PERF_ROOT", "."))
ROLES = (
    "title", "agenda", "summary", "about", "challenges", "case", "solution",
    "chart", "pricing", "timeline", "team", "drop", "drop", "closing",
)  # fmt: skip


def main() -> None:
    """Build the three templates."""
    for stem in ("deck14", "deck140"):
        deck = Presentation(str(ROOT / "tpl" / f"{stem}.plain.pptx"))
        for index, slide in enumerate(deck.slides):
            convert_slide(slide, ROLES[index % len(ROLES)])
        deck.save(str(ROOT / "tpl" / f"{stem}.ours.pptx"))
    document = Document(str(ROOT / "tpl" / "prop.jinja.docx"))
    for shape in document.inline_shapes:
        shape._inline.docPr.set("descr", "{{ logo }}")
    document.save(str(ROOT / "tpl" / "prop.ours.docx"))


def convert_slide(slide, role: str) -> None:  # type: ignore[no-untyped-def]
    """Turn one slide's plain tags into ours."""
    for shape in slide.shapes:
        if shape.has_text_frame:
            for paragraph in shape.text_frame.paragraphs:
                convert_runs(paragraph)
        elif getattr(shape, "has_table", False) and shape.has_table:
            convert_table(shape.table)
        if shape.name == "Logo":
            shape._element.nvPicPr.cNvPr.set("descr", "{{ logo }}")
        if getattr(shape, "has_chart", False) and shape.has_chart:
            shape._element.nvGraphicFramePr.cNvPr.set("descr", "{{ chart(chart) }}")
    directive = {"drop": "{%slide if show_optional %}", "case": "{%slide for case in cases %}"}.get(role)
    if directive:
        slide.notes_slide.notes_text_frame.text = directive


def convert_runs(paragraph) -> None:  # type: ignore[no-untyped-def]
    """`{{name[]}}` is a list in the bench's plain tags; in ours a lone list value makes one paragraph an item."""
    for run in paragraph.runs:
        run.text = run.text.replace("[]}}", "}}")


def convert_table(table) -> None:  # type: ignore[no-untyped-def]
    """The row with `row.` fields repeats."""
    cells = list(table.rows[1].cells)
    first, last = cells[0].text_frame.paragraphs[0].runs[0], cells[-1].text_frame.paragraphs[0].runs[-1]
    first.text = "{% for row in rows %}" + first.text
    last.text += "{% endfor %}"


if __name__ == "__main__":
    main()
